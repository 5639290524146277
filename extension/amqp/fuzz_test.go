package amqp

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"
	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/script"
)

// FuzzOptions: whatever a script passes in, it is accepted or refused with a typed error, and no password is shown.
func FuzzOptions(f *testing.F) {
	for _, seed := range []string{
		`{"urls":["amqp://h"],"password":"sesame-open"}`, `{"urls":["amqp://u:sesame-open@h"]}`, `{"urls":["amqps://[::1]:1"]}`,
		`{"urls":["amqp://h:sesame-open"],"pool":{"name":"x"}}`, `{"urls":[null],"tls":{"ca":"sesame-open"}}`, `[]`, `1e400`,
		`{"urls":["amqp://%zz"],"heartbeatMs":-1,"reconnect":{"initialMs":1e9}}`, `{"__proto__":null,"urls":{"length":-1}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u := initUser(t, newModule(t), 1)
		argument := parseJSON(u, text)
		if argument == nil {
			return
		}
		_, err := u.instance.parseClientOptions(argument)
		requireTyped(t, err)
		if err != nil {
			require.NotContains(t, err.Error(), "sesame-open")
		}
		_, err = parseChannelOptions(argument)
		requireTyped(t, err)
		requireTyped(t, newMessage().parseFields("publish", argument))
	})
}

// FuzzHeaders: what a script can say in headers goes to the wire and comes back as it was.
func FuzzHeaders(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":-1.5,"c":"ü","d":null,"e":true,"f":[1,[2,{"g":3}]],"h":{"i":{}}}`, `{"":9007199254740991,"x":2147483648}`,
		`{"__proto__":1}`, `{"a":-0}`, `{"a":1e308,"b":[]}`, `{"a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}`, `[]`, `"text"`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u := initUser(t, newModule(t), 1)
		argument := parseJSON(u, text)
		if argument == nil {
			return
		}
		table, err := toTable("headers", argument, 0)
		requireTyped(t, err)
		if err != nil {
			return
		}
		require.NoError(t, table.Validate(), "the library takes it")
		require.Equal(t, stringify(t, u, argument), stringify(t, u, fromTable(u.runtime.VU.Runtime(), table)))
	})
}

// parseJSON is JSON.parse, nil for what is none.
func parseJSON(u *user, text string) sobek.Value {
	rt := u.runtime.VU.Runtime()
	_ = rt.Set("text", text)
	value, err := rt.RunString(`JSON.parse(text)`)
	if err != nil {
		return nil
	}
	return value
}

// stringify sorts the keys, which have no order in AMQP.
func stringify(t *testing.T, u *user, value sobek.Value) string {
	t.Helper()
	rt := u.runtime.VU.Runtime()
	require.NoError(t, rt.Set("value", value))
	text, err := rt.RunString(`
		(function sorted(v) {
			if (v === null || typeof v !== 'object') return JSON.stringify(v);
			if (Array.isArray(v)) return '[' + v.map(sorted).join() + ']';
			return '{' + Object.keys(v).sort().map((k) => JSON.stringify(k) + ':' + sorted(v[k])).join() + '}';
		})(value)`)
	require.NoError(t, err)
	return text.String()
}

func requireTyped(t *testing.T, err error) {
	t.Helper()
	var typed *script.Error
	if err != nil {
		require.True(t, errors.As(err, &typed), "%v", err)
	}
}

func TestHeadersThatJSONDoesNotHaveComeThrough(t *testing.T) {
	_, u := besideOthers(t)
	rt := u.runtime.VU.Runtime()
	value, err := rt.RunString(`({
		big: 2n ** 62n, bytes: new Uint8Array([1, 2]), buffer: new ArrayBuffer(1), date: new Date(86400000), none: undefined,
		nan: NaN, far: 2 ** 53, hole: [, 1],
	})`)
	require.NoError(t, err)
	table, err := toTable("headers", value, 0)
	require.NoError(t, err)
	require.True(t, math.IsNaN(table["nan"].(float64)))
	delete(table, "nan")
	require.Equal(t, time.UnixMilli(86400000).UTC(), table["date"].(time.Time).UTC())
	delete(table, "date")
	require.Equal(t, amqp091.Table{
		"big": int64(1) << 62, "bytes": []byte{1, 2}, "buffer": []byte{0}, "far": float64(1 << 53), "hole": []any{nil, int32(1)},
	}, table)

	back := fromTable(rt, amqp091.Table{
		"big": int64(1) << 62, "small": int64(5), "when": time.UnixMilli(5000), "bytes": []byte{7}, "octet": byte(3),
		"money": amqp091.Decimal{Scale: 2, Value: 1995}, "single": float32(0.5),
	})
	require.NoError(t, rt.Set("back", back))
	text, err := rt.RunString(`[typeof back.big, back.big === 2n ** 62n, back.small, back.when.getTime(),
		back.when instanceof Date, new Uint8Array(back.bytes)[0], back.octet, back.money, back.single].join()`)
	require.NoError(t, err)
	require.Equal(t, "bigint,true,5,5000,true,7,3,19.95,0.5", text.String())
}
