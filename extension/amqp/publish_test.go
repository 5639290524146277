package amqp

import (
	"strings"
	"testing"
	"time"

	"github.com/grafana/sobek"
	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

// byBody does with a message what its body says.
func byBody(m fakebroker.Message) {
	switch string(m.Body) {
	case "ack":
		m.Ack(false)
	case "nack":
		m.Nack(false)
	case "return":
		m.Return()
		m.Ack(false)
	case "404":
		m.Conn.CloseChannel(m.Channel, 404, "NOT_FOUND - no exchange 'x' in vhost '/'")
	}
}

func TestEveryMessageHasItsOutcome(t *testing.T) {
	broker, u := besideOthers(t)
	answer(t, broker, byBody)
	outcomes := u.iteration(t, `
		const all = [];
		for (const body of ['ack', 'nack', 'return', '404', 'ack']) all.push(await ch.publish({ routingKey: 'q', body }));
		all.push(await ch.publish({ routingKey: 'q'.repeat(256), body: 'ack' }));
		for (const outcome of all) if (outcome.durationMs !== undefined) outcome.durationMs = typeof outcome.durationMs;
		return all;`)
	require.Equal(t, []any{
		map[string]any{"kind": "acked", "durationMs": "number"},
		map[string]any{"kind": "nacked", "durationMs": "number"},
		map[string]any{
			"kind": "returned", "durationMs": "number", "code": "returned", "replyCode": 312.0, "text": "NO_ROUTE",
		},
		map[string]any{
			"kind": "unknown", "code": "channel_closed", "replyCode": 404.0, "text": "NOT_FOUND - no exchange 'x' in vhost '/'",
		},
		map[string]any{"kind": "acked", "durationMs": "number"},
		map[string]any{
			"kind": "rejected", "code": "invalid_message", "text": "routingKey has 256 bytes; AMQP has room for 255",
		},
	}, outcomes)
	require.Equal(t, map[string]float64{
		"amqp_published": 5, "amqp_confirm_duration count": 4,
		"amqp_outcomes acked": 2, "amqp_outcomes nacked": 1, "amqp_outcomes returned": 1, "amqp_outcomes unknown": 1,
		"amqp_outcomes rejected": 1,
	}, u.counts())
}

func TestABatchHasOnePromiseAndTellsWhatIsNotAckedByIndex(t *testing.T) {
	broker, u := besideOthers(t)
	answer(t, broker, byBody)
	summary := u.iteration(t, `
		const bodies = ['ack', 'nack', { body: 'return', routingKey: 'other' }, new Uint8Array([97, 99, 107]).buffer];
		const summary = await ch.publishMany(bodies, { routingKey: 'q', headers: { a: 1 } });
		for (const other of summary.others) delete other.durationMs;
		return [summary, await ch.publishMany([])];`).([]any)
	require.Equal(t, map[string]any{
		"total": 4.0, "acked": 2.0, "nacked": 1.0, "returned": 1.0, "unknown": 0.0, "rejected": 0.0, "others": []any{
			map[string]any{"index": 1.0, "kind": "nacked"},
			map[string]any{"index": 2.0, "kind": "returned", "code": "returned", "replyCode": 312.0, "text": "NO_ROUTE"},
		},
	}, summary[0])
	require.InDelta(t, 0, summary[1].(map[string]any)["total"], 0)
	require.InDelta(t, 4, u.counts()["amqp_confirm_duration count"], 0)
}

func TestAConnectionOutlivesIterationsAndEqualOptionsMeanTheSame(t *testing.T) {
	broker, u := besideOthers(t)
	ackAll(t, broker)
	for range 100 { // one after the other, so that the end of each meets the beginning of the next
		same := u.iteration(t, `
			if ((await ch.publish({ routingKey: 'q', body: 'x' })).kind !== 'acked') return 'not acked';
			const again = amqp.client(options);
			return [again === client, again.channel() === ch, client.state(), client.channel({ window: 5 }) === ch];`)
		require.Equal(t, []any{true, true, "open", false}, same)
	}
	require.Len(t, broker.Conns(), 1)
	require.Equal(t, "closed", u.iteration(t, `await client.close(); return client.state()`))
	await(t, broker.GoodByes())
	require.Equal(t, []any{false, "acked"}, u.iteration(t, `
		const next = amqp.client(options);
		const { kind } = await next.channel().publish({ routingKey: 'q', body: 'x' });
		return [next === client, kind]`))
}

func TestAnIterationThatIsCutLeavesItsMessagesUnknownAndEveryCallbackCompleted(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	u := initUser(t, newModule(t), 1)
	u.connect(t, broker.Address(), "{ window: 2 }")
	u.runtime.MoveToVUContext(u.state)
	cancel := u.begin()
	go func() {
		await(t, broker.Messages())
		await(t, broker.Messages())
		cancel() // as k6 does on SIGTERM, with messages in flight
	}()
	start := time.Now()
	outcomes, err := u.runIn(cancel, `
		const single = ch.publish({ routingKey: 'q', body: 'a' });
		const many = ch.publishMany(['b', 'c', 'd'], { routingKey: 'q' });
		return [(await single).code, await many]`)
	require.NoError(t, err)
	require.Less(t, time.Since(start), 5*time.Second)
	require.Equal(t, "interrupted", outcomes.([]any)[0])
	many := outcomes.([]any)[1].(map[string]any)
	require.Equal(t, []any{1.0, 2.0}, []any{many["unknown"], many["rejected"]})
	counts := u.counts()
	require.InDelta(t, 2, counts["amqp_outcomes unknown"], 0, "the samples of a cut iteration count")
	require.InDelta(t, 2, counts["amqp_outcomes rejected"], 0)
}

func TestWhatIsPublishedAfterTheIterationWasCutIsRejectedAtOnce(t *testing.T) {
	_, u := besideOthers(t)
	cancel := u.begin()
	cancel()
	outcome, err := u.runIn(cancel, `return (await ch.publish({ routingKey: 'q', body: 'a' })).code`)
	require.NoError(t, err)
	require.Equal(t, "interrupted", outcome)
}

func TestAnInterruptOfTheRuntimeStillCompletesEveryCallback(t *testing.T) {
	broker, u := besideOthers(t)
	cancel := u.begin()
	go func() {
		await(t, broker.Messages())
		u.runtime.VU.Runtime().Interrupt("the test is over") // k6 does this, and cancels
		cancel()
	}()
	_, err := u.runIn(cancel, `await ch.publish({ routingKey: 'q', body: 'a' }); for (;;) {}`)
	var interrupted *sobek.InterruptedError
	require.ErrorAs(t, err, &interrupted)
}

func TestTheBlockedStateIsSeenAndTimed(t *testing.T) {
	broker, u := besideOthers(t)
	go func() {
		m := await(t, broker.Messages())
		m.Ack(false)
		m.Conn.Block("low on disk")
	}()
	seen := u.iteration(t, `
		await ch.publish({ routingKey: 'q', body: 'a' });
		while (client.state() !== 'blocked') await new Promise((resolve) => setTimeout(resolve, 5));
		const impatient = client.channel({ sendTimeoutMs: 20 });
		const outcome = await impatient.publish({ routingKey: 'q', body: 'b' });
		return [outcome.kind, outcome.code, client.state()]`)
	require.Equal(t, []any{"rejected", "blocked", "blocked"}, seen)
	broker.Conns()[0].Unblock()
	ackAll(t, broker)
	require.Equal(t, "acked", u.iteration(t, `return (await ch.publish({ routingKey: 'q', body: 'c' })).kind`))
	require.InDelta(t, 1, u.counts()["amqp_blocked_duration count"], 0)
}

func TestEveryReconnectIsCountedAndEveryOutageIsLoggedToItsEnd(t *testing.T) {
	broker, u := besideOthers(t)
	ackAll(t, broker)
	const publish = `
		const clients = ['a', 'b', 'c'].map((name) => amqp.client({ ...options, name }));
		const outcomes = await Promise.all(clients.map((c) => c.channel().publish({ routingKey: 'q', body: 'x' })));
		return outcomes.map(({ kind }) => kind).join()`
	require.Equal(t, "acked,acked,acked", u.iteration(t, publish))
	broker.DropAll()
	require.Eventually(t, func() bool { return len(broker.Conns()) == 3 }, limit, time.Millisecond)
	require.Equal(t, "acked,acked,acked", u.iteration(t, publish))
	require.InDelta(t, 3, u.counts()["amqp_reconnects"], 0)
	// The connections are dropped one after the other: one may be back before the next is gone, which is an outage of its own.
	outages := strings.Count(u.logged(), "lost the connection to "+broker.Address())
	require.InDelta(t, 2, outages, 1, u.logged())
	require.Equal(t, outages, strings.Count(u.logged(), "lost connections are back"), u.logged())
}

func TestOneUsersChannelErrorLeavesTheOthersAlone(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	held := make(chan fakebroker.Message, 1)
	answer(t, broker, func(m fakebroker.Message) {
		if string(m.Body) == "hold" {
			held <- m
			return
		}
		byBody(m)
	})
	module := newModule(t)
	pooled := func(id uint64) *user {
		u := initUser(t, module, id)
		u.runtime.MoveToVUContext(u.state)
		require.NoError(t, u.runtime.VU.Runtime().Set("address", broker.Address()))
		_, err := u.runtime.VU.Runtime().RunString(`
			const pool = { name: 'shared', connections: 1, channels: 2 };
			const client = amqp.client({ urls: ['amqp://' + address], pool });
			const ch = client.channel();`)
		require.NoError(t, err)
		return u
	}
	one, other := pooled(1), pooled(2)
	outcome := make(chan any, 1)
	go func() {
		result, _ := one.tryIteration(`return (await ch.publish({ routingKey: 'q', body: 'hold' })).kind`)
		outcome <- result
	}()
	m := await(t, held)
	require.Equal(t, "unknown", other.iteration(t, `return (await ch.publish({ routingKey: 'q', body: '404' })).kind`))
	m.Ack(false)
	require.Equal(t, "acked", await(t, outcome))
	require.Len(t, broker.Conns(), 1)
}

func TestManyPromisesAtATimeAreAllSettledAndTheIterationEnds(t *testing.T) {
	broker, u := besideOthers(t)
	ackAll(t, broker)
	acked := make(chan any, 1)
	go func() {
		result, _ := u.tryIteration(`
			let acked = 0;
			const chain = async () => {
				for (let i = 0; i < 20; i++) if ((await ch.publish({ routingKey: 'q', body: 'x' })).kind === 'acked') acked++;
			};
			await Promise.all(Array.from({ length: 50 }, chain));
			return acked`)
		acked <- result
	}()
	require.InDelta(t, 1000, await(t, acked), 0)
}
