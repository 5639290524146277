// What the tests of the whole binary share: how to build it, run it and read what it wrote.

package extension_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// k6Binary is built once, as it is built for its users.
var k6Binary string

func TestMain(m *testing.M) { os.Exit(buildAndRun(m)) }

func buildAndRun(m *testing.M) int {
	directory, err := os.MkdirTemp("", "stampede-k6-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(directory) }()
	k6Binary = filepath.Join(directory, "k6")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", k6Binary, "./cmd/k6")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build k6: %v\n%s", err, output)
		return 1
	}
	return m.Run()
}

// runLimit is far more than any of these runs takes: one that reaches it hangs.
const runLimit = time.Minute

// k6Run is one run of a script of testdata with a run directory of its own.
type k6Run struct {
	directory string
	arguments []string
	environ   []string
	output    bytes.Buffer
	command   *exec.Cmd
}

func newRun(t *testing.T, script string) *k6Run {
	t.Helper()
	directory := t.TempDir()
	return &k6Run{
		directory: directory,
		arguments: []string{
			"run", "--quiet", "--summary-mode=disabled", "--no-thresholds",
			"-o", "stampede=" + directory, filepath.Join("testdata", script),
		},
		environ: []string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + directory,
			"K6_AUTO_EXTENSION_RESOLUTION=false", "K6_NO_USAGE_REPORT=true",
			"STAMPEDE_RUN=run-1", "STAMPEDE_GENERATOR=g1",
		},
	}
}

func (r *k6Run) start(t *testing.T) {
	t.Helper()
	r.startCommand(t, k6Binary, r.arguments...)
}

func (r *k6Run) startCommand(t *testing.T, name string, arguments ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), runLimit)
	t.Cleanup(cancel)
	r.command = exec.CommandContext(ctx, name, arguments...)
	// Whatever k6 was started by ends with it, should it hang.
	r.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	r.command.Cancel = func() error { return syscall.Kill(-r.command.Process.Pid, syscall.SIGKILL) }
	r.command.Env, r.command.Stdout, r.command.Stderr = r.environ, &r.output, &r.output
	require.NoError(t, r.command.Start())
}

// wait returns the exit code, -1 for a signal.
func (r *k6Run) wait(t *testing.T) int {
	t.Helper()
	err := r.command.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return r.command.ProcessState.ExitCode()
}

func (r *k6Run) toEnd(t *testing.T) int {
	t.Helper()
	r.start(t)
	return r.wait(t)
}

// historyLine has the keys that these tests look at.
type historyLine struct {
	Type      string
	Process   string
	Seq       int64
	Key       string
	TimeMs    float64
	Counts    map[string]int
	LostLines int
}

func (r *k6Run) history(t *testing.T) []historyLine {
	t.Helper()
	return readLines[historyLine](t, filepath.Join(r.directory, "history.ndjson"))
}

// readLines reads whole lines; half a line at the end is what a killed process may leave.
func readLines[Line any](t *testing.T, path string) []Line {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	var lines []Line
	for text := range bytes.Lines(content) {
		if !bytes.HasSuffix(text, []byte("\n")) {
			break
		}
		var line Line
		require.NoError(t, json.Unmarshal(text, &line), string(text))
		lines = append(lines, line)
	}
	return lines
}

func countTypes(lines []historyLine) map[string]int {
	counts := map[string]int{}
	for _, line := range lines {
		counts[line.Type]++
	}
	return counts
}

// requireConsistent holds of every history: begin first, numbers without gaps, a completion after its invoke, end last
// if at all and with true counts.
func requireConsistent(t *testing.T, lines []historyLine) {
	t.Helper()
	require.NotEmpty(t, lines)
	require.Equal(t, "begin", lines[0].Type)
	invokes, open := int64(0), map[int64]string{}
	for i, line := range lines[1:] {
		switch line.Type {
		case "invoke":
			invokes++
			require.Equal(t, invokes, line.Seq)
			open[line.Seq] = line.Process + line.Key
		case "end":
			require.Equal(t, len(lines)-2, i, "nothing follows the end line")
			counts := countTypes(lines)
			for _, kind := range []string{"invoke", "ok", "fail", "info"} {
				require.Equal(t, counts[kind], line.Counts[kind], kind)
			}
		default:
			require.Equal(t, open[line.Seq], line.Process+line.Key)
			delete(open, line.Seq)
		}
	}
}

func requireValid(t *testing.T, path, schema string) {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	node, err := filepath.Abs("../node_modules/.bin/node")
	require.NoError(t, err)
	validate := exec.Command(node, "testdata/validate-lines.mjs", filepath.Join("../reports/schema", schema))
	validate.Stdin = bytes.NewReader(content)
	output, err := validate.CombinedOutput()
	require.NoError(t, err, "run npm install first? %s", output)
	require.Equal(t, fmt.Sprint(bytes.Count(content, []byte("\n"))), strings.TrimSpace(string(output)))
}

func without(list []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(entry string) bool { return strings.HasPrefix(entry, prefix) })
}
