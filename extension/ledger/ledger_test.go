package ledger

import (
	"encoding/json"
	"testing"

	"github.com/grafana/sobek"
	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/history"
)

func TestBeginAndItsThreeOutcomes(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	returned := u.run(t, `
		const ok = ledger.begin({ f: 'complete', key: 'a', stage: 'hold', value: { items: [1, 2.5, 'ü'] } });
		const fail = ledger.begin({ f: 'complete', key: 'b' });
		const info = ledger.begin({ f: 'complete', key: 'c', stage: undefined });
		const durations = [
			info.info({ code: 'timeout', message: '' }),
			fail.fail({ code: 'http_400', message: 'bad request' }, null),
			ok.ok({ orderId: null, skipped: undefined }),
		];
		({ startMs: ok.startMs, durations, now: ledger.nowMs() })`).Export().(map[string]any)

	lines := u.lines(t)
	require.Len(t, lines, 7)
	for i, expected := range []map[string]any{
		{"type": "invoke", "seq": 1.0, "key": "a", "stage": "hold",
			"value": map[string]any{"items": []any{1.0, 2.5, "ü"}}},
		{"type": "invoke", "seq": 2.0, "key": "b"},
		{"type": "invoke", "seq": 3.0, "key": "c"},
		{"type": "info", "seq": 3.0, "key": "c", "error": map[string]any{"code": "timeout"}},
		{"type": "fail", "seq": 2.0, "key": "b", "value": nil,
			"error": map[string]any{"code": "http_400", "message": "bad request"}},
		{"type": "ok", "seq": 1.0, "key": "a", "stage": "hold", "value": map[string]any{"orderId": nil}},
	} {
		line := lines[i]
		if line["type"] != "invoke" {
			require.Equal(t, line["durationMs"], toFloat(returned["durations"].([]any)[i-3]))
		}
		for _, key := range []string{"timeMs", "durationMs", "v", "run", "generator"} {
			delete(line, key)
		}
		expected["process"], expected["f"] = "vu17", "complete"
		require.Equal(t, expected, line)
	}
	require.Equal(t, map[string]any{"invoke": 3.0, "ok": 1.0, "fail": 1.0, "info": 1.0}, lines[6]["counts"])
	require.Greater(t, toFloat(returned["now"]), toFloat(returned["startMs"]))
}

func toFloat(number any) float64 {
	if whole, ok := number.(int64); ok {
		return float64(whole)
	}
	return number.(float64)
}

func TestWhatAScriptDoesWrongIsATypedError(t *testing.T) {
	t.Parallel()
	const op = `const op = ledger.begin({ f: 'f', key: 'k' }); `
	u := newUser(t)
	for _, wrong := range []struct{ script, code, message string }{
		{`ledger.begin()`, "invalid_argument", "begin takes an object, not undefined"},
		{`ledger.begin('complete')`, "invalid_argument", `begin takes an object, not "complete"`},
		{`ledger.begin(['complete'])`, "invalid_argument", "begin takes an object, not an object (Array)"},
		{`ledger.begin({ f: 'f' })`, "invalid_argument", "begin needs f and key"},
		{`ledger.begin({ f: '', key: 'k' })`, "invalid_argument", "begin needs f and key"},
		{`ledger.begin({ f: 'f', key: 17 })`, "invalid_argument", "key takes text, not 17"},
		{`ledger.begin({ f: 'f', key: 'k', stage: null })`, "invalid_argument", "stage takes text, not null"},
		{
			`ledger.begin({ f: 'f', key: 'k', stag: 's' })`,
			"unknown_key", `begin knows no key "stag"; it takes f, key, stage, value`,
		},
		{`ledger.begin({ f: 'f', key: 'k' }, 1)`, "invalid_argument", "begin takes at most 1 arguments, not 2"},
		{
			`ledger.begin({ f: 'f', key: 'k', value: () => 1 })`,
			"invalid_argument", "an object (Function) has no JSON form",
		},
		{`ledger.begin({ f: 'f', key: 'k', value: NaN })`, "invalid_argument", "NaN has no JSON form"},
		{`ledger.begin({ f: 'f', key: 'k', value: Symbol('s') })`, "invalid_argument", "s has no JSON form"},
		{
			`const v = {}; v.v = v; ledger.begin({ f: 'f', key: 'k', value: v })`,
			"invalid_argument", "a value has no JSON form: TypeError",
		},
		{`ledger.nowMs(1)`, "invalid_argument", "nowMs takes at most 0 arguments, not 1"},
		{op + `op.ok({}, 12)`, "invalid_argument", "ok takes at most 1 arguments, not 2"},
		{op + `op.fail()`, "invalid_argument", "a failure takes an object, not undefined"},
		{op + `op.fail({ message: 'm' })`, "invalid_argument", "a failure needs a code"},
		{
			op + `op.info({ code: 'c', cause: 'x' })`,
			"unknown_key", `a failure knows no key "cause"; it takes code, message`,
		},
		{op + `op.info({ code: 'c' }, {}, 12)`, "invalid_argument", "info takes at most 2 arguments, not 3"},
		{op + `const { ok } = op; ok()`, "invalid_argument", "called on its operation"},
		{op + `op.ok(); op.ok()`, "already_completed", "the operation was completed before"},
		{
			op + `op.info({ code: 'c' }); op.fail({ code: 'c' })`,
			"already_completed", "the operation was completed before",
		},
	} {
		name, code, message := u.thrown(t, wrong.script)
		require.Equal(t, "LedgerError", name, wrong.script+": "+message)
		require.Equal(t, wrong.code, code, wrong.script)
		require.Contains(t, message, wrong.message, wrong.script)
	}
	require.EqualValues(t, 0, u.lines(t)[len(u.lines(t))-1]["lostLines"], "a wrong call loses no line")
}

func TestAnExceptionOfTheScriptPassesThroughUnchanged(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	name, _, message := u.thrown(t, `ledger.begin({ f: 'f', get key() { throw new RangeError('mine'); } })`)
	require.Equal(t, "RangeError", name)
	require.Equal(t, "mine", message)
	require.Zero(t, u.book.Writer().LostLines())
}

func TestAnInterruptPassesThroughUnchanged(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	rt := u.runtime.VU.Runtime()
	require.NoError(t, rt.Set("interrupt", func() { rt.Interrupt("iteration cut") }))
	_, err := u.runtime.RunOnEventLoop(`ledger.begin({ f: 'f', get key() { interrupt(); for (;;) {} } })`)
	var interrupted *sobek.InterruptedError
	require.ErrorAs(t, err, &interrupted)
	require.Zero(t, u.book.Writer().LostLines())
}

func TestValuesAreWrittenAsJSONStringifyWould(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	for _, value := range []string{
		`null`, `true`, `-0.5`, `9007199254740991`, `'text "quoted" \n'`, `[undefined, NaN]`, `new Date(0)`,
		`({ b: 1, a: { toJSON() { return 'own' } } })`, `'\ud83d\udc18'`, `[{}, []]`,
	} {
		u.run(t, `ledger.begin({ f: 'f', key: JSON.stringify(`+value+`), value: `+value+` })`)
	}
	lines := u.lines(t)
	for _, line := range lines[:len(lines)-1] {
		written, err := json.Marshal(line["value"])
		require.NoError(t, err)
		require.JSONEq(t, line["key"].(string), string(written))
	}
}

func TestTheInitContextHasNoLedger(t *testing.T) {
	t.Parallel()
	u := initUser(t)
	for _, script := range []string{`ledger.begin({ f: 'f', key: 'k' })`, `ledger.nowMs()`} {
		name, code, message := u.thrown(t, script)
		require.Equal(t, "LedgerError", name, message)
		require.Equal(t, "init_context", code)
	}
	require.Len(t, u.lines(t), 1, "the end line alone")
}

func TestWithoutAHistoryTheLedgerWorksAndWarnsOnce(t *testing.T) {
	t.Parallel()
	u := initUserOf(t, history.NewBook())
	u.runtime.MoveToVUContext(u.state)
	duration := u.run(t, `
		ledger.begin({ f: 'f', key: 'k' }).ok();
		ledger.begin({ f: 'f', key: 'k' }).info({ code: 'timeout' })`)
	require.GreaterOrEqual(t, duration.ToFloat(), 0.0)
	require.Len(t, u.logs.AllEntries(), 1)
	require.Equal(t, logrus.WarnLevel, u.logs.LastEntry().Level)
	require.Contains(t, u.logs.LastEntry().Message, "-o stampede=")
}

func TestAPanicBecomesATypedErrorALostLineAndASample(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	defective := u.instance.host.Export(func(sobek.FunctionCall) (sobek.Value, error) { panic("a defect of ours") })
	require.NoError(t, u.runtime.VU.Runtime().Set("defective", defective))
	name, code, message := u.thrown(t, `defective()`)
	require.Equal(t, "LedgerError", name, message)
	require.Equal(t, "internal", code)
	require.Equal(t, "a defect of ours", message)
	require.Contains(t, u.logs.LastEntry().Message, "defect in k6/x/ledger: a defect of ours")

	require.Len(t, u.samples, 1)
	sample := (<-u.samples).GetSamples()[0]
	require.Equal(t, LostLinesMetric, sample.Metric.Name)
	require.InDelta(t, 1, sample.Value, 0)
	require.EqualValues(t, 1, u.lines(t)[0]["lostLines"])
}

func TestWhatComesAfterTheEndOfTheHistoryIsRefused(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	require.NoError(t, u.book.Close())
	_, code, message := u.thrown(t, `ledger.begin({ f: 'f', key: 'k' })`)
	require.Equal(t, "write_failed", code)
	require.Contains(t, message, "the history is closed")
}

func TestLostLinesAreCountedByTheMetricOnceAcrossVirtualUsers(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.book.Writer().CountLost()
	u.book.Writer().CountLost()
	u.run(t, `ledger.begin({ f: 'f', key: 'k' }).ok()`)
	require.Len(t, u.samples, 1)
	require.InDelta(t, 2, (<-u.samples).GetSamples()[0].Value, 0)
}
