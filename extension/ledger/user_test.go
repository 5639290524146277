// What the tests of this package share: a virtual user with the module and a history of its own.

package ledger

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/grafana/sobek"
	logtest "github.com/sirupsen/logrus/hooks/test"
	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/js/modulestest"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
	"go.uber.org/goleak"

	"github.com/stampede-load/stampede/extension/history"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// user is a virtual user with the module as `ledger`.
type user struct {
	runtime  *modulestest.Runtime
	instance *ledger
	book     *history.Book
	path     string
	samples  chan metrics.SampleContainer
	logs     *logtest.Hook
	state    *lib.State
}

// initUser is a virtual user in the init context of a process that keeps a history.
func initUser(t *testing.T) *user {
	t.Helper()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	book := history.NewBook()
	origin := history.Origin{Run: "run-1", Generator: "g1", Tool: "test"}
	require.NoError(t, book.Open(path, origin, func(err error) { t.Errorf("lost lines: %v", err) }))
	t.Cleanup(func() { _ = book.Close() })
	u := initUserOf(t, book)
	u.path = path
	return u
}

func initUserOf(t testing.TB, book *history.Book) *user {
	t.Helper()
	runtime := modulestest.NewRuntime(t)
	logger, logs := logtest.NewNullLogger()
	samples := make(chan metrics.SampleContainer, 100)
	u := &user{runtime: runtime, book: book, samples: samples, logs: logs}
	u.state = &lib.State{
		VUID: 17, Logger: logger, Samples: samples,
		Tags: lib.NewVUStateTags(runtime.VU.InitEnvField.Registry.RootTagSet()),
	}
	u.instance = New(book).NewModuleInstance(runtime.VU).(*ledger)
	require.NoError(t, runtime.VU.Runtime().Set("ledger", u.instance.Exports().Default))
	return u
}

func newUser(t *testing.T) *user {
	t.Helper()
	u := initUser(t)
	u.runtime.MoveToVUContext(u.state)
	return u
}

func (u *user) run(t *testing.T, code string) sobek.Value {
	t.Helper()
	value, err := u.runtime.RunOnEventLoop(code)
	require.NoError(t, err)
	return value
}

// thrown runs code that throws and returns name, code and message of the error.
func (u *user) thrown(t *testing.T, code string) (name, errorCode, message string) {
	t.Helper()
	value := u.run(t, `(() => { try { `+code+` } catch (e) {
		if (!(e instanceof Error) || !e.stack) return ['no Error with a stack', '', String(e)];
		return [e.name, e.code, e.message];
	} return ['nothing was thrown', '', '']; })()`)
	var parts []string
	require.NoError(t, u.runtime.VU.Runtime().ExportTo(value, &parts))
	return parts[0], parts[1], parts[2]
}

// lines closes the history and returns it without its first line.
func (u *user) lines(t *testing.T) []map[string]any {
	t.Helper()
	require.NoError(t, u.book.Close())
	content, err := os.ReadFile(u.path)
	require.NoError(t, err)
	var lines []map[string]any
	for _, text := range bytes.Split(bytes.TrimSpace(content), []byte("\n"))[1:] {
		var line map[string]any
		require.NoError(t, json.Unmarshal(text, &line), string(text))
		lines = append(lines, line)
	}
	return lines
}
