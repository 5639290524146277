package timeline

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	logtest "github.com/sirupsen/logrus/hooks/test"
	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"

	"github.com/stampede-load/stampede/extension/history"
)

func paramsFor(directory string) (output.Params, *logtest.Hook) {
	logger, logs := logtest.NewNullLogger()
	return output.Params{
		ConfigArgument: directory, Logger: logger,
		Environment: map[string]string{RunVariable: "run-1", GeneratorVariable: "g1"},
	}, logs
}

func newOutput(t *testing.T, directory string) (*Output, *history.Book, *logtest.Hook) {
	t.Helper()
	book := history.NewBook()
	params, logs := paramsFor(directory)
	made, err := NewConstructor(book)(params)
	require.NoError(t, err)
	return made.(*Output), book, logs
}

func requireRefused(t *testing.T, err error, message, hint string) {
	t.Helper()
	require.ErrorContains(t, err, message)
	var withHint errext.HasHint
	require.ErrorAs(t, err, &withHint)
	require.Contains(t, withHint.Hint(), hint)
	var withCode errext.HasExitCode
	require.ErrorAs(t, err, &withCode)
	require.Equal(t, exitcodes.InvalidConfig, withCode.ExitCode())
}

func TestTheOutputSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	for _, lacking := range []struct {
		change        func(*output.Params)
		message, hint string
	}{
		{func(p *output.Params) { p.ConfigArgument = "" }, "it needs a run directory", "-o stampede=<run directory>"},
		{func(p *output.Params) { delete(p.Environment, RunVariable) }, "the run has no name", "set STAMPEDE_RUN"},
		{
			func(p *output.Params) { p.Environment[GeneratorVariable] = "" },
			"the generator has no name", "set STAMPEDE_GENERATOR",
		},
	} {
		params, _ := paramsFor("runs/1")
		lacking.change(&params)
		_, err := NewConstructor(history.NewBook())(params)
		requireRefused(t, err, lacking.message, lacking.hint)
	}
}

func TestTheOutputNeedsItsDirectory(t *testing.T) {
	t.Parallel()
	o, _, _ := newOutput(t, filepath.Join(t.TempDir(), "missing"))
	requireRefused(t, o.Start(), "no such file or directory", "must exist")
}

func TestTheOutputNeverOverwritesARunAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for existing, other := range map[string]string{
		"history.ndjson": "timeline.ndjson", "timeline.ndjson": "history.ndjson",
	} {
		directory := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(directory, existing), []byte("kept"), 0o600))
		o, book, _ := newOutput(t, directory)
		requireRefused(t, o.Start(), existing, "a directory of its own")
		require.True(t, book.Writer().Discards())
		content, err := os.ReadFile(filepath.Join(directory, existing))
		require.NoError(t, err)
		require.Equal(t, "kept", string(content))
		_, err = os.Stat(filepath.Join(directory, other))
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
}

func TestAProcessKeepsOneHistory(t *testing.T) {
	t.Parallel()
	first, book, _ := newOutput(t, t.TempDir())
	require.NoError(t, first.Start())
	params, _ := paramsFor(t.TempDir())
	second, err := NewConstructor(book)(params)
	require.NoError(t, err)
	require.ErrorContains(t, second.Start(), "this process keeps a history already")
	require.NoFileExists(t, filepath.Join(params.ConfigArgument, "timeline.ndjson"))
	require.NoError(t, first.Stop())
}

func TestARunHasItsHistoryAndItsTimeline(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	o, book, logs := newOutput(t, directory)
	require.NoError(t, o.Start())
	require.False(t, book.Writer().Discards())

	s := newSource()
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			o.AddMetricSamples([]metrics.SampleContainer{s.count(t, "orders", nil, time.Now())})
		})
	}
	group.Wait()
	require.NoError(t, o.Stop())

	content, err := os.ReadFile(filepath.Join(directory, "timeline.ndjson"))
	require.NoError(t, err)
	windows, end := parseLines(t, content)
	require.NotNil(t, end)
	orders := 0.0
	for _, window := range windows {
		orders += window.Value
		require.Zero(t, window.TimeMs%1000)
		require.InDelta(t, time.Now().UnixMilli(), window.TimeMs, 5000)
	}
	require.InDelta(t, 20, orders, 0)
	content, err = os.ReadFile(filepath.Join(directory, "history.ndjson"))
	require.NoError(t, err)
	require.Contains(t, string(content), `"type":"begin"`)
	require.Contains(t, string(content), `"type":"end"`)
	require.Empty(t, logs.AllEntries())
}

func TestALostHistoryStopsTheRun(t *testing.T) {
	t.Parallel()
	o, _, _ := newOutput(t, t.TempDir())
	var stopped error
	o.SetTestRunStopCallback(func(err error) { stopped = err })
	o.historyFailed(errNoRoom)
	require.ErrorIs(t, stopped, errNoRoom)
	var withCode errext.HasExitCode
	require.ErrorAs(t, stopped, &withCode)
	require.Equal(t, HistoryLost, withCode.ExitCode())
}

func TestAPanicWhileFlushingIsLoggedOnceAndCountedAsLost(t *testing.T) {
	t.Parallel()
	o, _, logs := newOutput(t, t.TempDir())
	o.writer = newWriter(&fakeFile{}, testOrigin, history.StartClock())
	work := o.guarded(func() { panic("a defect of ours") })
	work()
	work()
	require.EqualValues(t, 2, o.writer.lostLines)
	require.Len(t, logs.AllEntries(), 1)
	require.ErrorContains(t, logs.LastEntry().Data["error"].(error), "a defect of ours")
}
