package history

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAFullDiskLosesLinesLoudly(t *testing.T) {
	t.Parallel()
	file := &fakeFile{roomLines: 4, writeErr: syscall.ENOSPC}
	failures := make(chan error, 10)
	w, err := newWriter(file, testOrigin, func(err error) { failures <- err })
	require.NoError(t, err)

	first, err := w.Begin(Invocation{Process: "vu1", F: "f", Key: "1"})
	require.NoError(t, err)
	_, err = first.Complete(Completion{Outcome: OK})
	require.NoError(t, err)
	second, err := w.Begin(Invocation{Process: "vu1", F: "f", Key: "2"})
	require.NoError(t, err)
	_, err = second.Complete(Completion{Outcome: OK}) // begin, invoke, ok, invoke fit; this does not
	require.NoError(t, err)

	require.ErrorIs(t, <-failures, syscall.ENOSPC)
	_, err = w.Begin(Invocation{Process: "vu1", F: "f", Key: "3"})
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.EqualValues(t, 2, w.LostLines())

	file.roomLines = 100
	require.ErrorIs(t, w.Close(), syscall.ENOSPC)
	lines := parseLines(t, file.content.Bytes())
	end := lines[len(lines)-1]
	require.Len(t, lines, 5)
	require.Equal(t, Counts{Invoke: 2, OK: 1}, *end.Counts)
	require.EqualValues(t, 2, *end.LostLines)
	require.Empty(t, failures, "told once")
}

func TestAHistoryThatHasStoppedDoesNotGoOn(t *testing.T) {
	t.Parallel()
	file := &fakeFile{roomLines: 1, writeErr: syscall.ENOSPC, heals: true}
	failures := make(chan error, 10)
	w, err := newWriter(file, testOrigin, func(err error) { failures <- err })
	require.NoError(t, err)

	file.gate.Lock()
	_, err = w.Begin(Invocation{Process: "vu1", F: "f", Key: "fails"})
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return len(w.pending.lines) == 0
	}, 5*time.Second, time.Millisecond)
	_, err = w.Begin(Invocation{Process: "vu1", F: "f", Key: "waits meanwhile"})
	require.NoError(t, err)
	file.gate.Unlock()

	require.ErrorIs(t, <-failures, syscall.ENOSPC)
	require.ErrorIs(t, w.Close(), syscall.ENOSPC)
	lines := parseLines(t, file.content.Bytes())
	require.Len(t, lines, 2)
	require.EqualValues(t, 2, *lines[1].LostLines)
}

func TestASlowDiskStopsTheHistoryInsteadOfFillingTheMemory(t *testing.T) {
	t.Parallel()
	file := &fakeFile{roomLines: 1 << 30}
	failures := make(chan error, 10)
	w, err := newWriter(file, testOrigin, func(err error) { failures <- err })
	require.NoError(t, err)

	file.gate.Lock()
	accepted, value := 0, []byte(`"`+strings.Repeat("x", 1<<20)+`"`)
	for err == nil && accepted < 1000 {
		if _, err = w.Begin(Invocation{Process: "vu1", F: "f", Key: "k", Value: value}); err == nil {
			accepted++
		}
	}
	file.gate.Unlock()
	require.ErrorIs(t, err, errTooSlow)
	require.Less(t, accepted, 2*maxPendingBytes>>20+5)
	require.ErrorIs(t, <-failures, errTooSlow)
	require.ErrorIs(t, w.Close(), errTooSlow)

	content := bytes.TrimSpace(file.content.Bytes())
	require.Equal(t, accepted+1, bytes.Count(content, []byte("\n")), "what was accepted is on file")
	end := parseLines(t, append(content[bytes.LastIndexByte(content, '\n')+1:], '\n'))[0]
	require.EqualValues(t, accepted, end.Counts.Invoke)
	require.EqualValues(t, 1, *end.LostLines)
}

func TestAPanicWhileWritingLosesLinesAndNothingElse(t *testing.T) {
	t.Parallel()
	file := &fakeFile{roomLines: 100}
	failures := make(chan error, 10)
	w, err := newWriter(file, testOrigin, func(err error) { failures <- err })
	require.NoError(t, err)
	file.gate.Lock()
	file.panics = true
	file.gate.Unlock()

	_, err = w.Begin(Invocation{Process: "vu1", F: "f", Key: "k"})
	require.NoError(t, err)
	require.ErrorContains(t, <-failures, "a defect")
	require.ErrorContains(t, w.Close(), "a defect")
	lines := parseLines(t, file.content.Bytes())
	require.EqualValues(t, 1, *lines[len(lines)-1].LostLines)
}

func TestADefectThatKeptALineOutIsOnTheEndLine(t *testing.T) {
	t.Parallel()
	book, closeAndRead := openBook(t)
	book.Writer().CountLost()
	lines := closeAndRead()
	require.EqualValues(t, 1, *lines[1].LostLines)
}

func TestAfterTheEndNothingIsAppended(t *testing.T) {
	t.Parallel()
	book, closeAndRead := openBook(t)
	op, err := book.Writer().Begin(Invocation{Process: "vu1", F: "f", Key: "k"})
	require.NoError(t, err)
	require.Len(t, closeAndRead(), 3)
	_, err = book.Writer().Begin(Invocation{Process: "vu1", F: "f", Key: "k"})
	require.ErrorIs(t, err, ErrClosed)
	_, err = op.Complete(Completion{Outcome: OK})
	require.ErrorIs(t, err, ErrClosed)
	require.Len(t, closeAndRead(), 3)
}

func TestASealThatFailsIsTold(t *testing.T) {
	t.Parallel()
	file := &fakeFile{roomLines: 100, sealErr: syscall.EIO}
	w, err := newWriter(file, testOrigin, func(error) {})
	require.NoError(t, err)
	require.ErrorIs(t, w.Close(), syscall.EIO)
}

func TestAHistoryThatCannotBeginLeavesNoGoroutine(t *testing.T) {
	t.Parallel()
	_, err := newWriter(&fakeFile{writeErr: syscall.ENOSPC}, testOrigin, func(error) {})
	require.ErrorIs(t, err, syscall.ENOSPC)
}

func TestABookNeverOpensTheFileOfAnotherRun(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	require.NoError(t, os.WriteFile(path, []byte("kept"), 0o600))
	book := NewBook()
	require.True(t, errors.Is(book.Open(path, testOrigin, func(error) {}), fs.ErrExist))
	require.True(t, book.Writer().Discards())
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "kept", string(content))
}
