package shopper

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/js/modulestest"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

func newShopper(t *testing.T) *modulestest.Runtime {
	t.Helper()
	runtime := modulestest.NewRuntime(t)
	exports := Module{}.NewModuleInstance(runtime.VU).Exports()
	require.NoError(t, runtime.VU.Runtime().Set("shopper", exports.Default))
	return runtime
}

func enterScenario(runtime *modulestest.Runtime, startTime time.Time) *lib.State {
	state := &lib.State{
		GetScenarioGlobalVUIter: func() uint64 { return 41 },
		Tags:                    lib.NewVUStateTags(metrics.NewRegistry().RootTagSet()),
	}
	runtime.VU.CtxField = lib.WithScenarioState(runtime.VU.CtxField, &lib.ScenarioState{StartTime: startTime})
	runtime.MoveToVUContext(state)
	return state
}

func TestAnOrderLearnsItsNumberItsTimeAndItsHash(t *testing.T) {
	t.Parallel()
	runtime := newShopper(t)
	enterScenario(runtime, time.Now().Add(-1500*time.Millisecond))
	seen, err := runtime.VU.Runtime().RunString(`[shopper.orderNumber(), shopper.elapsedMs(), shopper.hexSha1('ü')]`)
	require.NoError(t, err)
	values := seen.Export().([]any)
	require.EqualValues(t, 41, values[0])
	require.InDelta(t, 1500, values[1], 1000)
	require.Equal(t, "94a759fd37735430753c7b6b80684306d80ea16e", values[2])
}

func TestTheStageTagsWhatIsMeasuredFromThenOn(t *testing.T) {
	t.Parallel()
	runtime := newShopper(t)
	state := enterScenario(runtime, time.Now())
	for _, stage := range []string{"100", "down"} {
		_, err := runtime.VU.Runtime().RunString(`shopper.tagStage('` + stage + `')`)
		require.NoError(t, err)
		tagged, _ := state.Tags.GetCurrentValues().Tags.Get("stage")
		require.Equal(t, stage, tagged)
	}
}

func TestTheInitContextHasNoShopper(t *testing.T) {
	t.Parallel()
	for _, script := range []string{`shopper.orderNumber()`, `shopper.elapsedMs()`, `shopper.tagStage('100')`} {
		_, err := newShopper(t).VU.Runtime().RunString(script)
		require.ErrorContains(t, err, "not in the init context", script)
	}
}
