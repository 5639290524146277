package history

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func BenchmarkAppend(b *testing.B) {
	b.Run("one process", func(b *testing.B) {
		w := benchWriter(b)
		b.ReportAllocs()
		for b.Loop() {
			benchOperation(b, w)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(2*b.N), "ns/line")
	})
	b.Run("many processes", func(b *testing.B) {
		w := benchWriter(b)
		b.SetParallelism(500)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				benchOperation(b, w)
			}
		})
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(2*b.N), "ns/line")
	})
}

func benchWriter(b *testing.B) *Writer {
	b.Helper()
	book := NewBook()
	path := filepath.Join(b.TempDir(), "history.ndjson")
	require.NoError(b, book.Open(path, testOrigin, func(err error) { b.Error(err) }))
	b.Cleanup(func() { require.NoError(b, book.Close()) })
	return book.Writer()
}

func benchOperation(b *testing.B, w *Writer) {
	const id = "0b8e6e7e-0000-4222-8333-944444444444"
	op, err := w.Begin(Invocation{
		Process: "vu17", F: "complete", Key: id, Stage: "hold-1000", Value: []byte(`{"quantity":2}`),
	})
	if err == nil {
		_, err = op.Complete(Completion{Outcome: OK, Value: []byte(`{"orderId":"` + id + `"}`)})
	}
	if err != nil {
		b.Error(err)
	}
}
