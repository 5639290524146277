// What the tests of this package share: a file that fails when told to, and a reader of histories.

package history

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var testOrigin = Origin{Run: "run-1", Generator: "g1", Tool: "k6/2.2.0"}

// fakeFile is a file with room for so many lines; its writes wait while gate is locked.
type fakeFile struct {
	gate      sync.Mutex
	content   bytes.Buffer
	roomLines int
	heals     bool // there is room again after a failed write
	writeErr  error
	sealErr   error
	panics    bool
}

func (f *fakeFile) WriteLines(batch []byte) (int, error) {
	f.gate.Lock()
	defer f.gate.Unlock()
	if f.panics {
		panic("a defect")
	}
	for i, line := range bytes.SplitAfter(batch, []byte("\n")) {
		if len(line) == 0 {
			return i, nil
		}
		if f.roomLines == 0 {
			if f.heals {
				f.roomLines = 1000
			}
			return i, f.writeErr
		}
		f.roomLines--
		f.content.Write(line)
	}
	return bytes.Count(batch, []byte("\n")), nil
}

func (f *fakeFile) Seal(last []byte) error {
	f.gate.Lock()
	defer f.gate.Unlock()
	f.content.Write(last)
	return f.sealErr
}

// testLine has every key that a line may have.
type testLine struct {
	V          int             `json:"v"`
	Run        string          `json:"run"`
	Generator  string          `json:"generator"`
	Type       string          `json:"type"`
	Process    string          `json:"process"`
	Seq        int64           `json:"seq"`
	F          string          `json:"f"`
	Key        string          `json:"key"`
	Stage      *string         `json:"stage"`
	Value      json.RawMessage `json:"value"`
	TimeMs     float64         `json:"timeMs"`
	DurationMs *float64        `json:"durationMs"`
	Error      *struct {
		Code    string  `json:"code"`
		Message *string `json:"message"`
	} `json:"error"`
	Clock     *Reading `json:"clock"`
	Tool      string   `json:"tool"`
	Counts    *Counts  `json:"counts"`
	LostLines *int64   `json:"lostLines"`
}

func parseLines(t *testing.T, content []byte) []testLine {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	var lines []testLine
	for decoder.More() {
		var line testLine
		require.NoError(t, decoder.Decode(&line))
		lines = append(lines, line)
	}
	require.Equal(t, bytes.Count(content, []byte("\n")), len(lines), "one line each")
	return lines
}

// openBook opens a history on file and returns how to close and read it.
func openBook(t *testing.T) (*Book, func() []testLine) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	book := NewBook()
	require.NoError(t, book.Open(path, testOrigin, func(err error) { t.Errorf("lost lines: %v", err) }))
	t.Cleanup(func() { _ = book.Close() })
	return book, func() []testLine {
		require.NoError(t, book.Close())
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		return parseLines(t, content)
	}
}
