// What a real RabbitMQ does with this module.

package amqp

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

// The environment tells where a RabbitMQ is that these tests may use: URLs with commas between them, the name of a user
// with all permissions on the virtual host "/", and the file with the password.
const (
	urlsVariable     = "STAMPEDE_AMQP_URLS"
	userVariable     = "STAMPEDE_AMQP_USER"
	passwordVariable = "STAMPEDE_AMQP_PASSWORD_FILE"
)

// realUser is a virtual user with `client`, `ch` and an unused `queue` name, connected to the real broker.
func realUser(t *testing.T) *user {
	t.Helper()
	urls := os.Getenv(urlsVariable)
	if urls == "" {
		t.Skipf("SKIPPED, NOTHING SHOWN: %s, %s and %s name no RabbitMQ", urlsVariable, userVariable, passwordVariable)
	}
	return realUserAt(t, urls)
}

func realUserAt(t *testing.T, urls string) *user {
	t.Helper()
	u := initUser(t, newModule(t), 1)
	rt := u.runtime.VU.Runtime()
	for name, value := range map[string]any{
		"urls": urls, "user": os.Getenv(userVariable), "file": os.Getenv(passwordVariable),
		"queue": fmt.Sprintf("k6-test-%s-%d", t.Name(), time.Now().UnixNano()),
	} {
		require.NoError(t, rt.Set(name, value))
	}
	_, err := rt.RunString(`
		const client = amqp.client({ urls: urls.split(','), user, passwordFrom: 'file:' + file, heartbeatMs: 2000 });
		const ch = client.channel();`)
	require.NoError(t, err)
	u.runtime.MoveToVUContext(u.state)
	t.Cleanup(func() { _, _ = u.tryIteration(`await client.deleteQueue({ name: queue })`) })
	return u
}

func TestRealBrokerGivesEveryOutcome(t *testing.T) {
	u := realUser(t)
	require.Equal(t, []any{"acked", "nacked", "returned", "unknown 404", "acked"}, u.iteration(t, `
		await client.declareQueue({
			name: queue, durable: false, arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' },
		});
		const say = async (message) => {
			const { kind, replyCode } = await ch.publish({ body: 'x', ...message });
			return kind === 'unknown' ? kind + ' ' + replyCode : kind;
		};
		const words = [
			await say({ routingKey: queue }), await say({ routingKey: queue }), await say({ routingKey: 'nowhere' }),
			await say({ exchange: 'nowhere' }),
		];
		await client.purgeQueue({ name: queue });
		words.push(await say({ routingKey: queue }));
		return words`))
}

func TestRealBrokerRedeliversAndCountsIt(t *testing.T) {
	u := realUser(t)
	require.Equal(t, []any{[]any{"m", false, 0.0}, []any{"m", true, 1.0}, []any{"m", true, 2.0}, nil}, u.iteration(t, `
		await client.declareQueue({ name: queue, type: 'quorum' });
		await ch.publish({ routingKey: queue, body: 'm', headers: { nested: { list: [1, 'two', null] } } });
		const seen = [];
		const consumer = ch.consume({ queue, prefetch: 1 }, (delivery, self) => {
			seen.push([delivery.text(), delivery.redelivered, delivery.deliveryCount]);
			if (JSON.stringify(delivery.headers.nested) !== '{"list":[1,"two",null]}') throw new Error('headers');
			if (seen.length < 3) { delivery.reject(); return; }
			delivery.ack();
			self.stop();
		});
		await consumer.finished;
		seen.push(await ch.get({ queue }));
		return seen`))
}

func TestRealBrokerTopology(t *testing.T) {
	u := realUser(t)
	require.Equal(t, []any{1.0, 1.0, 0.0, 404.0, 406.0, "returned", "stream"}, u.iteration(t, `
		const exchange = queue + '-x', source = queue + '-s', stream = queue + '-stream';
		const words = [];
		await client.declareExchange({ name: exchange, type: 'topic', autoDelete: true });
		await client.declareExchange({ name: source, type: 'fanout', durable: false });
		await client.declareQueue({ name: queue, type: 'quorum', arguments: { 'x-delivery-limit': 5 } });
		await client.bindQueue({ queue, exchange, routingKey: 'a.*' });
		await client.bindExchange({ destination: exchange, source });
		await ch.publish({ exchange: source, routingKey: 'a.b', body: 'x' });
		words.push((await client.declareQueue({ name: queue, passive: true })).messages);
		words.push((await client.purgeQueue({ name: queue })).messages);
		words.push((await client.deleteQueue({ name: queue })).messages);
		for (const declare of [{ name: queue, passive: true }, { name: stream, type: 'classic' }]) {
			if (declare.type) await client.declareQueue({ name: stream, type: 'stream' });
			try { await client.declareQueue(declare); } catch (e) { words.push(e.replyCode); }
		}
		await client.declareQueue({ name: queue, durable: false });
		await client.bindQueue({ queue, exchange: source });
		await client.unbindQueue({ queue, exchange: source });
		await client.unbindExchange({ destination: exchange, source });
		words.push((await ch.publish({ exchange: source, body: 'x' })).kind);
		await ch.publish({ routingKey: stream, body: 'stream' });
		const { finished } = ch.consume({ queue: stream, idleMs: 300, arguments: { 'x-stream-offset': 'first' } }, (d) => {
			words.push(d.text());
			d.ack();
		});
		await finished;
		await client.deleteQueue({ name: stream });
		await client.deleteExchange({ name: source });
		return words`))
}

func TestRealBrokerHasEveryAckedMessageThoughTheConnectionIsCutAgainAndAgain(t *testing.T) {
	urls := os.Getenv(urlsVariable)
	realUser(t) // says that it is skipped
	first, _, _ := strings.Cut(urls, ",")
	proxy := fakebroker.StartProxy(t, strings.TrimPrefix(first, "amqp://"))
	u := realUserAt(t, "amqp://"+proxy.Address())
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for cut := 0; ; cut++ {
			select {
			case <-time.After(150 * time.Millisecond):
				if cut%2 == 0 {
					proxy.Cut()
				}
			case <-stop:
				return
			}
		}
	}()
	result := u.iteration(t, `
		await client.declareQueue({ name: queue, type: 'quorum' });
		const fate = {};
		for (let batch = 0; batch < 30; batch++) {
			const ids = Array.from({ length: 200 }, (_, i) => batch + '-' + i);
			const { others } = await ch.publishMany(ids, { routingKey: queue });
			for (const id of ids) fate[id] = 'acked';
			for (const { index, kind } of others) fate[ids[index]] = kind;
		}
		return fate`).(map[string]any)
	close(stop)
	<-done
	drained := u.iteration(t, `
		const bodies = [];
		const consumer = ch.consume({ queue, prefetch: 500, idleMs: 500 }, (d) => { bodies.push(d.text()); d.ack(); });
		await consumer.finished;
		return bodies`).([]any)
	seen := map[string]int{}
	for _, body := range drained {
		seen[body.(string)]++
	}
	kinds := map[any]int{}
	for id, kind := range result {
		kinds[kind]++
		switch kind {
		case "acked":
			require.NotZero(t, seen[id], "%s was acked and is lost", id)
		case "unknown":
		default:
			require.Zero(t, seen[id], "%s was %s and is there", id, kind)
		}
	}
	t.Logf("%v, %d deliveries, %v reconnects", kinds, len(drained), u.counts()["amqp_reconnects"])
	require.NotZero(t, kinds["unknown"], "the cuts met messages in flight")
}
