package amqp

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestAConsumerEndsWhenToldAndItsHandlerAcknowledges(t *testing.T) {
	broker, u := besideOthers(t)
	go func() {
		s := await(t, broker.Subscriptions())
		s.Deliver(1, false, `{"n":1}`)
		s.Deliver(2, true, `{"n":2}`)
		s.Deliver(3, false, `{"n":3}`)
		s.Deliver(4, false, `{"n":4}`)
	}()
	result := u.iteration(t, `
		const seen = [];
		const consumer = ch.consume({ queue: 'q', prefetch: 10 }, (delivery, self) => {
			seen.push([delivery.json().n, delivery.redelivered, delivery.routingKey]);
			if (seen.length === 1) delivery.ack();
			if (seen.length === 2) delivery.nack();
			if (seen.length === 3) delivery.reject({ requeue: false });
			if (seen.length === 3) self.stop();
		});
		return [seen, await consumer.finished]`).([]any)
	require.Equal(t, []any{[]any{1.0, false, "q"}, []any{2.0, true, "q"}, []any{3.0, false, "q"}}, result[0])
	require.Equal(t, map[string]any{"reason": "stopped", "delivered": 3.0, "redelivered": 1.0, "resumed": 0.0}, result[1])
	require.Equal(t, fakebroker.Settlement{Method: "ack", Tag: 1}, await(t, broker.Settlements()))
	require.Equal(t, fakebroker.Settlement{Method: "nack", Tag: 2, Requeue: true}, await(t, broker.Settlements()))
	require.Equal(t, fakebroker.Settlement{Method: "reject", Tag: 3}, await(t, broker.Settlements()))
	counts := u.counts()
	require.InDelta(t, 3, counts["amqp_delivered"], 0)
	require.InDelta(t, 1, counts["amqp_redelivered"], 0)
}

func TestAConsumerEndsWhenIdleButNotBeforeItsHandlersAreThrough(t *testing.T) {
	broker, u := besideOthers(t)
	go func() {
		s := await(t, broker.Subscriptions())
		s.Deliver(1, false, "x")
		time.Sleep(150 * time.Millisecond) // a gap of five times idleMs, in which only a handler at work keeps the consumer
		s.Deliver(2, false, "y")
	}()
	result := u.iteration(t, `
		let through = 0;
		let tell;
		const second = new Promise((resolve) => { tell = resolve; });
		const consumer = ch.consume({ queue: 'q', idleMs: 30 }, async (delivery) => {
			if (delivery.text() === 'x') await second;
			tell();
			through++;
			delivery.ack();
		});
		const { reason } = await consumer.finished;
		return [reason, through]`)
	require.Equal(t, []any{"idle", 2.0}, result)
	require.Equal(t, "ack", await(t, broker.Settlements()).Method)
}

func TestAHandlerThatIsAtWorkWhenTheConsumerIsStoppedMayStillAcknowledge(t *testing.T) {
	broker, u := besideOthers(t)
	go func() { await(t, broker.Subscriptions()).Deliver(1, false, "x") }()
	require.Equal(t, []any{true, "stopped"}, u.iteration(t, `
		let open;
		const consumer = ch.consume({ queue: 'q' }, async (delivery, self) => {
			self.stop();
			await new Promise((resolve) => setTimeout(resolve, 100)); // the broker has long ended the subscription by then
			open = delivery.ack();
		});
		const { reason } = await consumer.finished;
		return [open, reason]`))
	require.Equal(t, "ack", await(t, broker.Settlements()).Method)
}

func TestTheNoticeThatTheQueueIsGoneEndsAConsumer(t *testing.T) {
	broker, u := besideOthers(t)
	go func() { await(t, broker.Subscriptions()).Cancel() }()
	require.Equal(t, "cancelled", u.iteration(t, `
		return (await ch.consume({ queue: 'q' }, () => {}).finished).reason`))
}

func TestAConsumerEndsWithItsIteration(t *testing.T) {
	broker, u := besideOthers(t)
	cancel := u.begin()
	go func() {
		await(t, broker.Subscriptions()).Deliver(1, false, "x")
		await(t, broker.Settlements())
		cancel()
	}()
	result, err := u.runIn(cancel, `
		return (await ch.consume({ queue: 'q' }, (delivery) => { delivery.ack(); }).finished).reason`)
	require.NoError(t, err)
	require.Equal(t, "interrupted", result)
}

func TestAConsumerSubscribesAgainAfterALostConnection(t *testing.T) {
	broker, u := besideOthers(t)
	go func() {
		first := await(t, broker.Subscriptions())
		first.Deliver(1, false, "a")
		await(t, broker.Settlements())
		first.Conn.Drop()
		await(t, broker.Subscriptions()).Deliver(1, true, "b")
	}()
	result := u.iteration(t, `
		const bodies = [];
		const consumer = ch.consume({ queue: 'q' }, (delivery, self) => {
			bodies.push(delivery.text());
			delivery.ack();
			if (bodies.length === 2) self.stop();
		});
		return [(await consumer.finished).resumed, bodies]`)
	require.Equal(t, []any{1.0, []any{"a", "b"}}, result)
	require.Equal(t, "connection_lost", newResult(t, broker, u))
}

// newResult is how a consumer ends that shall not resume.
func newResult(t *testing.T, broker *fakebroker.Broker, u *user) any {
	t.Helper()
	go func() { await(t, broker.Subscriptions()).Conn.Drop() }()
	return u.iteration(t, `return (await ch.consume({ queue: 'q', resume: false }, () => {}).finished).reason`)
}

func TestWhatAHandlerThrowsEndsTheConsumerAndReachesTheScript(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]string{
		"at once":     `() => { throw new RangeError('mine'); }`,
		"in an await": `async () => { await null; throw new RangeError('mine'); }`,
	} {
		t.Run(name, func(t *testing.T) {
			broker, u := besideOthers(t)
			go func() {
				s := await(t, broker.Subscriptions())
				s.Deliver(1, false, "x")
				s.Deliver(2, false, "y")
			}()
			thrown, _, message := u.thrown(t, `await ch.consume({ queue: 'q' }, `+handler+`).finished`)
			require.Equal(t, []string{"RangeError", "mine"}, []string{thrown, message})
			require.Empty(t, broker.Settlements())
		})
	}
}

func TestAPanicInsideAHandlerNeitherEndsTheProcessNorHangsTheIteration(t *testing.T) {
	broker, u := besideOthers(t)
	require.NoError(t, u.runtime.VU.Runtime().Set("defective", func() { panic("a defect of some module") }))
	go func() { await(t, broker.Subscriptions()).Deliver(1, false, "x") }()
	_, err := u.tryIteration(`
		const consumer = ch.consume({ queue: 'q', idleMs: 50 }, () => { defective(); });
		return (await consumer.finished).reason`)
	require.ErrorContains(t, err, "a defect of some module")
	require.Contains(t, u.logged(), "defect in k6/x/amqp: a defect of some module")
}

func TestAHandlerThatIsSlowForMoreThanFiveSecondsLosesNothing(t *testing.T) {
	broker, u := besideOthers(t)
	broker.AskForHeartbeats(2)
	answer(t, broker, func(m fakebroker.Message) {
		m.Return()
		m.Ack(false)
	})
	go func() {
		s := await(t, broker.Subscriptions())
		for tag := range uint64(60) {
			s.Deliver(tag+1, false, "x")
		}
	}()
	result := u.iteration(t, `
		let handled = 0;
		const consumer = ch.consume({ queue: 'q', prefetch: 60 }, (delivery, self) => {
			if (handled === 0) for (const end = Date.now() + 6000; Date.now() < end; );
			delivery.ack();
			if (++handled === 60) self.stop();
		});
		const many = await ch.publishMany(Array(100).fill('y'), { routingKey: 'q' });
		return [(await consumer.finished).resumed, handled, many.returned, client.state()]`)
	require.Equal(t, []any{0.0, 60.0, 100.0, "open"}, result)
	for range 60 {
		require.Equal(t, "ack", await(t, broker.Settlements()).Method)
	}
	require.Empty(t, u.logged())
}

func TestASecondSettlementIsAnErrorAndOneOnAClosedChannelSaysSo(t *testing.T) {
	broker, u := besideOthers(t)
	kept := make(chan struct{})
	require.NoError(t, u.runtime.VU.Runtime().Set("tell", func() { close(kept) }))
	go func() {
		s := await(t, broker.Subscriptions())
		s.Deliver(1, false, "x")
		await(t, broker.Settlements())
		s.Deliver(2, false, "y")
		await(t, kept)
		s.Conn.Drop()
	}()
	result := u.iteration(t, `
		const words = [];
		let kept;
		const consumer = ch.consume({ queue: 'q', resume: false }, (delivery) => {
			if (delivery.text() === 'y') { kept = delivery; tell(); return; }
			words.push(delivery.ack());
			try { delivery.ack(); } catch (e) { words.push(e.code); }
		});
		await consumer.finished;
		words.push(kept.ack());
		return words`)
	require.Equal(t, []any{true, "already_settled", false}, result)
}
