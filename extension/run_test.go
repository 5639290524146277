package extension_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestARunWritesAHistoryAndATimelineThatFitTheirSchemas(t *testing.T) {
	t.Parallel()
	run := newRun(t, "orders.js")
	require.Equal(t, 0, run.toEnd(t), run.output.String())
	lines := run.history(t)
	requireConsistent(t, lines)
	expected := map[string]int{"begin": 1, "invoke": 200, "ok": 50, "fail": 50, "info": 100, "end": 1}
	require.Equal(t, expected, countTypes(lines))
	require.Zero(t, lines[len(lines)-1].LostLines)
	requireValid(t, filepath.Join(run.directory, "history.ndjson"), "history-line.schema.json")
	requireValid(t, filepath.Join(run.directory, "timeline.ndjson"), "timeline-line.schema.json")

	iterations := 0.0
	for _, window := range readLines[struct {
		Metric, Stage, Step string
		Value               float64
	}](t, filepath.Join(run.directory, "timeline.ndjson")) {
		if window.Metric == "iterations" {
			require.Equal(t, "hold", window.Stage)
			require.Equal(t, "complete", window.Step)
			iterations += window.Value
		}
	}
	require.InDelta(t, 100, iterations, 0)
}

func TestAnIterationThatThrowsLeavesAnInvokeWithoutCompletion(t *testing.T) {
	t.Parallel()
	run := newRun(t, "throws.js")
	require.Equal(t, 0, run.toEnd(t), run.output.String())
	lines := run.history(t)
	requireConsistent(t, lines)
	require.Equal(t, map[string]int{"begin": 1, "invoke": 20, "ok": 10, "end": 1}, countTypes(lines))
}

// witness is the system under load: it knows which operations have certainly begun, and when.
type witness struct {
	*httptest.Server
	mu   sync.Mutex
	seen map[string]time.Time
}

func newWitness(t *testing.T) *witness {
	t.Helper()
	w := &witness{seen: map[string]time.Time{}}
	w.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.seen[strings.TrimPrefix(request.URL.Path, "/")] = time.Now()
	}))
	t.Cleanup(w.Close)
	return w
}

func (w *witness) seenBefore(moment time.Time) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var keys []string
	for key, at := range w.seen {
		if at.Before(moment) {
			keys = append(keys, key)
		}
	}
	return keys
}

// awaitHundred waits until more than a hundred operations have begun this long ago.
func (w *witness) awaitHundred(t *testing.T, ago time.Duration) {
	t.Helper()
	require.Eventually(t, func() bool {
		return len(w.seenBefore(time.Now().Add(-ago))) > 100
	}, runLimit, 10*time.Millisecond)
}

// newEndlessRun is a load that goes on until it is ended, on a witness.
func newEndlessRun(t *testing.T) (*k6Run, *witness) {
	t.Helper()
	witness := newWitness(t)
	run := newRun(t, "endless.js")
	run.environ = append(run.environ, "WITNESS="+witness.URL)
	return run, witness
}

func TestKillingK6LosesLessThanASecond(t *testing.T) {
	t.Parallel()
	run, witness := newEndlessRun(t)
	run.start(t)
	witness.awaitHundred(t, 1500*time.Millisecond)
	killed := time.Now()
	require.NoError(t, run.command.Process.Kill())
	require.Equal(t, -1, run.wait(t))

	lines := run.history(t)
	requireConsistent(t, lines)
	require.Zero(t, countTypes(lines)["end"])
	invoked := map[string]bool{}
	for _, line := range lines {
		invoked[line.Key] = true
	}
	begun := witness.seenBefore(killed.Add(-time.Second))
	require.NotEmpty(t, begun)
	for _, key := range begun {
		require.True(t, invoked[key], "%s was sent a second before the kill and is not in the history", key)
	}
}

func TestAnInterruptedRunHasItsEndLine(t *testing.T) {
	t.Parallel()
	run, witness := newEndlessRun(t)
	run.start(t)
	witness.awaitHundred(t, 0)
	require.NoError(t, run.command.Process.Signal(syscall.SIGINT))
	require.Equal(t, 105, run.wait(t), run.output.String())

	lines := run.history(t)
	requireConsistent(t, lines)
	end := lines[len(lines)-1]
	require.Equal(t, "end", end.Type)
	require.Zero(t, end.LostLines)
	require.GreaterOrEqual(t, end.Counts["invoke"], len(witness.seen))
}

// onFullDisk runs k6 with its run directory on a file system of 256 KiB, in a mount namespace that vanishes with it.
const onFullDisk = `mkdir "$1/small" && mount -t tmpfs -o size=256k none "$1/small" || exit 90
shift_to="$1"; shift
"$@"; code=$?
cp "$shift_to/small/"*.ndjson "$shift_to" || exit 91
exit $code`

func TestAFullDiskStopsTheRunAndIsTold(t *testing.T) {
	t.Parallel()
	run, _ := newEndlessRun(t)
	for i, argument := range run.arguments {
		run.arguments[i] = strings.Replace(argument, "stampede="+run.directory, "stampede="+run.directory+"/small", 1)
	}
	namespace := []string{"--mount"}
	if os.Getuid() != 0 {
		namespace = append(namespace, "--user", "--map-root-user")
	}
	arguments := append(namespace, "sh", "-c", onFullDisk, "sh", run.directory, k6Binary)
	run.startCommand(t, "unshare", append(arguments, run.arguments...)...)
	require.Equal(t, 111, run.wait(t), run.output.String())
	require.Contains(t, run.output.String(), "the history cannot be written")
	require.Contains(t, run.output.String(), "no space left on device")

	content, err := os.ReadFile(filepath.Join(run.directory, "history.ndjson"))
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(string(content), "}\n"), "whole lines only")
	lines := run.history(t)
	requireConsistent(t, lines)
	if end := lines[len(lines)-1]; end.Type == "end" {
		require.Positive(t, end.LostLines)
	}
}

func TestK6DoesNotStartWithoutAHistory(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]struct {
		prepare func(*k6Run)
		message string
	}{
		"a history is there already": {func(r *k6Run) {
			_ = os.WriteFile(filepath.Join(r.directory, "history.ndjson"), []byte("kept"), 0o600)
		}, "history.ndjson: file exists"},
		"no run directory": {func(r *k6Run) { _ = os.Remove(r.directory) }, "no such file or directory"},
		"no run":           {func(r *k6Run) { r.environ = without(r.environ, "STAMPEDE_RUN=") }, "set STAMPEDE_RUN"},
		"no generator": {func(r *k6Run) {
			r.environ = without(r.environ, "STAMPEDE_GENERATOR=")
		}, "set STAMPEDE_GENERATOR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := newRun(t, "orders.js")
			refused.prepare(run)
			require.Equal(t, 104, run.toEnd(t), run.output.String())
			require.Contains(t, run.output.String(), refused.message)
			content, _ := os.ReadFile(filepath.Join(run.directory, "history.ndjson"))
			require.Contains(t, []string{"", "kept"}, string(content))
		})
	}
}

func TestWithoutTheOutputTheLedgerIsOffAndSaysSoOnce(t *testing.T) {
	t.Parallel()
	run := newRun(t, "orders.js")
	run.arguments = without(without(run.arguments, "-o"), "stampede=")
	require.Equal(t, 0, run.toEnd(t), run.output.String())
	require.Equal(t, 1, strings.Count(run.output.String(), "the ledger is disabled"))
	require.NoFileExists(t, filepath.Join(run.directory, "history.ndjson"))
}

func TestTheInitContextMayNotBegin(t *testing.T) {
	t.Parallel()
	run := newRun(t, "init.js")
	require.Equal(t, 107, run.toEnd(t), run.output.String())
	require.Contains(t, run.output.String(), "LedgerError: begin works in the code of a virtual user, not")
}
