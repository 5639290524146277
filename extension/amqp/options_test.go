package amqp

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestWhatAScriptDoesWrongIsATypedError(t *testing.T) {
	_, u := besideOthers(t)
	for _, wrong := range []struct{ script, code, message string }{
		{`amqp.client()`, "invalid_argument", "client takes an object, not undefined"},
		{`amqp.client({})`, "invalid_argument", "client needs urls"},
		{`amqp.client({ urls: 'amqp://h' })`, "invalid_argument", "urls takes an array of texts"},
		{`amqp.client({ urls: [5] })`, "invalid_argument", "urls[0] is no text"},
		{`amqp.client({ urls: ['http://h'] })`, "invalid_argument", "urls[0] is not of the form amqp://host:port"},
		{`amqp.client({ urls: ['amqp://h', 'amqp://h/vhost'] })`, "invalid_argument", "urls[1] has more than host and port"},
		{`amqp.client({ urls: ['amqp://h:99999'] })`, "invalid_argument", "urls[0] has no port between 1 and 65535"},
		{`amqp.client({ urls: ['amqp://u:p@h'] })`, "credentials", "urls[0] holds a user name or a password"},
		{`amqp.client({ url: 'amqp://h' })`, "unknown_key", `client knows no key "url"; it takes connectTimeoutMs, failover`},
		{`amqp.client({ urls: ['amqp://h'], heartbeatMs: 10 })`, "invalid_argument", "a whole number from 1000 to 60000, not 10"},
		{`amqp.client({ urls: ['amqp://h'], failover: 'random' })`, "invalid_argument", `not "random"`},
		{`amqp.client({ urls: ['amqp://h'], tls: {} })`, "invalid_argument", "no url begins with amqps://"},
		{`amqp.client({ urls: ['amqps://h'], tls: { cert: 'x' } })`, "invalid_argument", "cert and key together"},
		{`amqp.client({ urls: ['amqps://h'], tls: { ca: 'x' } })`, "invalid_argument", "tls.ca holds no certificate"},
		{`amqp.client({ urls: ['amqps://h'], tls: { ca: 'file:/nowhere' } })`, "invalid_argument", "/nowhere cannot be read"},
		{`amqp.client({ urls: ['amqp://h'], pool: {} })`, "invalid_argument", "a pool needs a name"},
		{`amqp.client({ urls: ['amqp://h'], password: 'a', passwordFrom: 'env:X' })`, "invalid_argument", "not both"},
		{`amqp.client({ urls: ['amqp://h'], passwordFrom: 'X' })`, "invalid_argument", "begins with env:, file: or secret:"},
		{`amqp.client({ urls: ['amqp://h'], passwordFrom: 'env:NOT_SET_HERE' })`, "credentials", "env:NOT_SET_HERE is not set"},
		{`amqp.client({ urls: ['amqp://h'], passwordFrom: 'file:/nowhere' })`, "credentials", "/nowhere cannot be read"},
		{`amqp.client({ urls: ['amqp://h'], passwordFrom: 'secret:x' })`, "init_context", "works in the init context"},
		{`client.channel({ windows: 1 })`, "unknown_key", `channel knows no key "windows"`},
		{`client.channel({ window: 1.5 })`, "invalid_argument", "window takes a whole number from 1 to 1000000, not 1.5"},
		{`client.channel({ confirm: 1 })`, "invalid_argument", "confirm takes true or false, not 1"},
		{`ch.publish()`, "invalid_argument", "publish takes an object, not undefined"},
		{`ch.publish({ key: 'q' })`, "unknown_key", `publish knows no key "key"`},
		{`ch.publish({ body: {} })`, "invalid_argument", "body takes text, an ArrayBuffer or a Uint8Array"},
		{`ch.publish({ headers: { f: () => 1 } })`, "invalid_argument", "headers.f: an object (Function) has no form"},
		{`ch.publish({ headers: { ['x'.repeat(256)]: 1 } })`, "invalid_argument", "a key of more than 255 bytes"},
		{`const h = {}; h.h = h; ch.publish({ headers: h })`, "invalid_argument", "deeper than 16 levels"},
		{`ch.publish({}, 1)`, "invalid_argument", "publish takes at most 1 arguments, not 2"},
		{`ch.publishMany({})`, "invalid_argument", "publishMany takes an array"},
		{`ch.publishMany([1])`, "invalid_argument", "a message of publishMany takes text"},
		{`ch.publishMany(['a'], { kye: 1 })`, "unknown_key", `publishMany knows no key "kye"`},
		{`ch.consume({ queue: 'q' })`, "invalid_argument", "consume takes a function"},
		{`ch.consume({}, () => {})`, "invalid_argument", "consume needs queue"},
		{`ch.consume({ queue: 'q', prefetch: 0 }, () => {})`, "invalid_argument", "prefetch takes a whole number from 1"},
		{`ch.get({})`, "invalid_argument", "get needs queue"},
		{`client.declareQueue({ name: 'q', type: 'lazy' })`, "invalid_argument", `not "lazy"`},
		{`client.deleteQueue({})`, "invalid_argument", "deleteQueue needs name"},
		{`client.bindQueue({ queue: 'q', exchnage: 'e' })`, "unknown_key", `bindQueue knows no key "exchnage"`},
		{`client.purgeQueue({ name: 'q'.repeat(256) })`, "invalid_argument", "name has more than 255 bytes"},
	} {
		name, code, message := u.thrown(t, wrong.script)
		require.Equal(t, "AmqpError", name, wrong.script+": "+message)
		require.Equal(t, wrong.code, code, wrong.script)
		require.Contains(t, message, wrong.message, wrong.script)
	}
}

func TestTheInitContextMakesClientsAndSendsNothing(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	u := initUser(t, newModule(t), 1)
	u.connect(t, broker.Address(), "{}")
	for _, script := range []string{
		`ch.publish({})`, `ch.publishMany([])`, `ch.get({ queue: 'q' })`, `ch.consume({ queue: 'q' }, () => {})`,
		`client.connect()`, `client.declareQueue({})`, `client.close()`, `ch.close()`,
	} {
		_, code, message := u.thrown(t, script)
		require.Equal(t, "init_context", code, message)
	}
	require.Equal(t, "idle", u.iteration(t, `return client.state()`))
	require.Empty(t, broker.Conns())
}

// forms are the ways in which a password could be shown.
func forms(secret string) []string {
	return []string{
		secret, url.QueryEscape(secret), url.PathEscape(secret), url.UserPassword("", secret).String(),
		strings.ToLower(url.QueryEscape(secret)),
	}
}

func TestThePasswordIsSeenNowhere(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	refusing := fakebroker.Start(t)
	refusing.RefuseLogins(403)
	u := newUser(t, broker.Address())
	require.NoError(t, u.runtime.VU.Runtime().Set("refusing", refusing.Address()))
	texts := u.iteration(t, `
		const texts = [];
		const say = (e) => texts.push(e.name + e.message + e.stack + JSON.stringify(e) + String(e));
		const attempts = [
			() => amqp.client({ urls: ['amqp://u:' + encodeURIComponent(canary) + '@h:5672'] }),
			() => amqp.client({ urls: ['amqp://u:' + canary + '@h:5672'] }),
			() => amqp.client({ urls: ['amqp://h:' + canary] }),
			() => amqp.client({ urls: [canary] }),
			() => amqp.client({ urls: ['amqp://h'], passwordFrom: 'env:' , password: canary }),
			() => amqp.client({ urls: ['amqp://h'], password: [canary] }),
			() => amqp.client({ urls: ['amqps://h'], tls: { key: canary, cert: canary } }),
			() => amqp.client({ urls: ['amqp://' + refusing], user: 'u', password: canary }).connect(),
			() => amqp.client({ urls: ['amqp://127.0.0.1:1'], user: 'u', password: canary }).connect({ timeoutMs: 50 }),
		];
		for (const attempt of attempts) try { await attempt(); texts.push('nothing was thrown'); } catch (e) { say(e); }
		texts.push(JSON.stringify(client), String(client), JSON.stringify(Object.entries(ch)));
		return texts`).([]any)
	texts = append(texts, u.logged())
	require.NotContains(t, texts, "nothing was thrown")
	for _, text := range texts {
		for _, form := range forms(canary) {
			require.NotContains(t, text, form)
		}
	}
}

func TestAPasswordComesByReference(t *testing.T) {
	broker := fakebroker.Start(t)
	u := newUser(t, broker.Address())
	t.Setenv("AMQP_TEST_PASSWORD", canary)
	require.Equal(t, "open", u.iteration(t, `
		const other = amqp.client({ urls: ['amqp://' + address], user: 'x', passwordFrom: 'env:AMQP_TEST_PASSWORD' });
		await other.connect();
		return other.state()`))
	require.Equal(t, canary, broker.LastPassword())
}

func TestAPoolOfOneNameHasOneSetOfOptions(t *testing.T) {
	broker, u := besideOthers(t)
	ackAll(t, broker)
	require.Equal(t, []any{"acked", "pool_mismatch"}, u.iteration(t, `
		const words = [];
		const pool = { name: 'p', connections: 2, channels: 3 };
		const shared = amqp.client({ ...options, pool }).channel();
		words.push((await shared.publish({ routingKey: 'q', body: 'x' })).kind);
		const other = amqp.client({ ...options, pool: { ...pool, connections: 3 } }).channel();
		try { await other.publish({ routingKey: 'q', body: 'x' }); } catch (e) { words.push(e.code); }
		return words`))
}
