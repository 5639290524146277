package shopper

import (
	"context"
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

func TestAnOrderLearnsItsNumberItsTimeAndItsKey(t *testing.T) {
	t.Parallel()
	runtime := newShopper(t)
	enterScenario(runtime, time.Now().Add(-1500*time.Millisecond))
	seen, err := runtime.VU.Runtime().RunString(`[shopper.orderNumber(), shopper.elapsedMs(), shopper.orderKey('a-run', 'g1', 7)]`)
	require.NoError(t, err)
	values := seen.Export().([]any)
	require.EqualValues(t, 41, values[0])
	require.InDelta(t, 1500, values[1], 1000)
	require.Equal(t, "4b16341f-d19f-53f2-8201-0dc9cb9c097d", values[2])
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

func TestAShopperSleepsUntilItIsTimeOrTheIterationEnds(t *testing.T) {
	t.Parallel()
	runtime := newShopper(t)
	enterScenario(runtime, time.Now())
	began := time.Now()
	_, err := runtime.VU.Runtime().RunString(`shopper.sleep(0.05)`)
	require.NoError(t, err)
	require.GreaterOrEqual(t, time.Since(began), 50*time.Millisecond)

	ctx, cut := context.WithTimeout(runtime.VU.Context(), 50*time.Millisecond)
	defer cut()
	runtime.VU.CtxField = ctx
	_, err = runtime.VU.Runtime().RunString(`shopper.sleep(60)`)
	require.NoError(t, err)
	require.Less(t, time.Since(began), 30*time.Second)
}

// measured is what a script has measured, by metric.
func measured(t *testing.T, script string) map[string][]float64 {
	t.Helper()
	runtime := newShopper(t)
	state := enterScenario(runtime, time.Now())
	samples := make(chan metrics.SampleContainer, 10)
	state.Samples = samples
	_, err := runtime.VU.Runtime().RunString(script)
	require.NoError(t, err)
	close(samples)
	values := map[string][]float64{}
	for container := range samples {
		for _, sample := range container.GetSamples() {
			values[sample.Metric.Name] = append(values[sample.Metric.Name], sample.Value)
		}
	}
	return values
}

func TestAPauseIsMeasuredByWhatItTookTooLong(t *testing.T) {
	t.Parallel()
	values := measured(t, `shopper.rest(20); shopper.rest(0); shopper.rest(-5)`)
	require.Len(t, values["think_time_overshoot"], 1)
	overshoot := values["think_time_overshoot"][0]
	require.Positive(t, overshoot)
	require.Less(t, overshoot, 10_000.0)
}

func TestAnOrderIsCountedWithTheTimesThatItHas(t *testing.T) {
	t.Parallel()
	values := measured(t, `shopper.countOrder(12.5, 30); shopper.countOrder(7, null); shopper.countOrder(null, null)`)
	require.Equal(t, map[string][]float64{
		"order_failed": {0, 0, 1}, "order_completion_time": {12.5, 7}, "order_flow_time": {30},
	}, values)
}

func TestTheInitContextHasNoShopper(t *testing.T) {
	t.Parallel()
	for _, script := range []string{`shopper.orderNumber()`, `shopper.elapsedMs()`, `shopper.tagStage('100')`, `shopper.sleep(0)`, `shopper.rest(1)`, `shopper.countOrder(1, 1)`} {
		_, err := newShopper(t).VU.Runtime().RunString(script)
		require.ErrorContains(t, err, "not in the init context", script)
	}
}
