package history

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAnOperationIsAnInvokeAndACompletionBetweenBeginAndEnd(t *testing.T) {
	t.Parallel()
	book, closeAndRead := openBook(t)
	op, err := book.Writer().Begin(Invocation{
		Process: "vu7", F: "complete", Key: "k", Stage: "hold", Value: []byte(`{"a":1}`),
	})
	require.NoError(t, err)
	duration, err := op.Complete(Completion{
		Outcome: Info, Failure: &Failure{Code: "timeout", Message: "after 5 s"}, Value: []byte(`null`),
	})
	require.NoError(t, err)

	lines := closeAndRead()
	require.Len(t, lines, 4)
	begin, invoke, info, end := lines[0], lines[1], lines[2], lines[3]

	require.Equal(t, "begin", begin.Type)
	require.Equal(t, "k6/2.2.0", begin.Tool)
	require.Equal(t, begin.TimeMs, begin.Clock.WallMs)
	for _, line := range lines {
		require.Equal(t, Version, line.V)
		require.Equal(t, "run-1", line.Run)
		require.Equal(t, "g1", line.Generator)
	}
	for _, line := range []testLine{invoke, info} {
		require.Equal(t, "vu7", line.Process)
		require.EqualValues(t, 1, line.Seq)
		require.Equal(t, "complete", line.F)
		require.Equal(t, "k", line.Key)
		require.Equal(t, "hold", *line.Stage)
	}
	require.Equal(t, "invoke", invoke.Type)
	require.JSONEq(t, `{"a":1}`, string(invoke.Value))
	require.Nil(t, invoke.DurationMs)
	require.Equal(t, op.Start().Ms(), invoke.TimeMs)

	require.Equal(t, "info", info.Type)
	require.Equal(t, "null", string(info.Value))
	require.Equal(t, "timeout", info.Error.Code)
	require.Equal(t, "after 5 s", *info.Error.Message)
	require.Equal(t, duration.Ms(), *info.DurationMs)
	require.InDelta(t, info.TimeMs-invoke.TimeMs, *info.DurationMs, 0.0005)

	require.Equal(t, "end", end.Type)
	require.Equal(t, Counts{Invoke: 1, Info: 1}, *end.Counts)
	require.Zero(t, *end.LostLines)
	require.Equal(t, begin.Clock.BootID, end.Clock.BootID)
	require.InDelta(t, end.Clock.WallMs-begin.Clock.WallMs, end.Clock.MonotonicMs-begin.Clock.MonotonicMs, 5)
}

func TestWhatIsAbsentHasNoKey(t *testing.T) {
	t.Parallel()
	op := &Operation{seq: 3, invocation: Invocation{Process: "vu1", F: "f", Key: "k"}}
	invoke := appendLine(nil, testOrigin.prefix(), line{kind: kindInvoke, operation: op, time: 1_700_000_000_000_005})
	require.Equal(t, `{"v":1,"run":"run-1","generator":"g1","type":"invoke","process":"vu1","seq":3,"f":"f","key":"k",`+
		`"timeMs":1700000000000.005}`+"\n", string(invoke))

	fail := appendLine(nil, testOrigin.prefix(), line{
		kind: kindFail, operation: op, time: 1_700_000_000_000_999, duration: 994, failure: &Failure{Code: "http_400"},
	})
	require.Equal(t, `{"v":1,"run":"run-1","generator":"g1","type":"fail","process":"vu1","seq":3,"f":"f","key":"k",`+
		`"timeMs":1700000000000.999,"durationMs":0.994,"error":{"code":"http_400"}}`+"\n", string(fail))
}

func TestTextOfAnyKindSurvives(t *testing.T) {
	t.Parallel()
	texts := []string{
		`"quoted"`, `back\slash`, "two\nlines\r\t\x00\x1f\x7f", "ü 漢 🐘", "<b>&\u2028", "", strings.Repeat("long ", 1000),
	}
	book, closeAndRead := openBook(t)
	for _, text := range texts {
		_, err := book.Writer().Begin(Invocation{Process: "vu1", F: "f", Key: text, Stage: text})
		require.NoError(t, err)
	}
	lines := closeAndRead()
	require.Len(t, lines, len(texts)+2)
	for i, text := range texts {
		require.Equal(t, text, lines[i+1].Key)
	}
}

func TestManyAppendWithoutLossGapOrDisorder(t *testing.T) {
	t.Parallel()
	const processes, operations = 50, 200
	book, closeAndRead := openBook(t)
	var group sync.WaitGroup
	for p := range processes {
		group.Go(func() {
			for i := range operations {
				invocation := Invocation{Process: fmt.Sprint("vu", p), F: "f", Key: fmt.Sprint(p, "/", i)}
				op, err := book.Writer().Begin(invocation)
				if err == nil {
					_, err = op.Complete(Completion{Outcome: OK})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()

	lines := closeAndRead()
	require.Len(t, lines, 2*processes*operations+2)
	nextSeq, lastMs, open := int64(1), 0.0, map[int64]string{}
	for _, line := range lines[1 : len(lines)-1] {
		require.GreaterOrEqual(t, line.TimeMs, lastMs)
		lastMs = line.TimeMs
		if line.Type == "invoke" {
			require.Equal(t, nextSeq, line.Seq)
			nextSeq++
			open[line.Seq] = line.Key
			continue
		}
		require.Equal(t, open[line.Seq], line.Key)
		delete(open, line.Seq)
	}
	require.Empty(t, open)
	require.Equal(t, Counts{Invoke: processes * operations, OK: processes * operations}, *lines[len(lines)-1].Counts)
}

func TestASecondCompletionIsRefusedAndWritesNothing(t *testing.T) {
	t.Parallel()
	book, closeAndRead := openBook(t)
	op, err := book.Writer().Begin(Invocation{Process: "vu1", F: "f", Key: "k"})
	require.NoError(t, err)
	_, err = op.Complete(Completion{Outcome: OK})
	require.NoError(t, err)
	_, err = op.Complete(Completion{Outcome: Fail, Failure: &Failure{Code: "c"}})
	require.ErrorIs(t, err, ErrCompleted)
	require.Len(t, closeAndRead(), 4)
}

func TestALineIsOnFileSoonWithoutAnyoneAsking(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	book := NewBook()
	require.NoError(t, book.Open(path, testOrigin, func(error) {}))
	defer func() { _ = book.Close() }()
	_, err := book.Writer().Begin(Invocation{Process: "vu1", F: "f", Key: "needle"})
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		content, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(content), "needle")
	}, time.Second, 5*time.Millisecond)
}

func TestABookWithoutAHistoryKeepsTimeAndWritesNothing(t *testing.T) {
	t.Parallel()
	w := NewBook().Writer()
	require.True(t, w.Discards())
	op, err := w.Begin(Invocation{Process: "vu1", F: "f", Key: "k"})
	require.NoError(t, err)
	require.InDelta(t, float64(time.Now().UnixMicro())/1000, op.Start().Ms(), 1000)
	_, err = op.Complete(Completion{Outcome: OK})
	require.NoError(t, err)
	require.Zero(t, w.LostLines())
	require.NoError(t, w.Close())
}
