package ledger

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/history"
)

func BenchmarkOperation(b *testing.B) {
	book := history.NewBook()
	path := filepath.Join(b.TempDir(), "history.ndjson")
	require.NoError(b, book.Open(path, history.Origin{Run: "r", Generator: "g"}, func(err error) { b.Error(err) }))
	b.Cleanup(func() { require.NoError(b, book.Close()) })
	u := initUserOf(b, book)
	u.runtime.MoveToVUContext(u.state)
	rt := u.runtime.VU.Runtime()
	require.NoError(b, rt.Set("count", b.N))
	b.ReportAllocs()
	b.ResetTimer()
	_, err := rt.RunString(`
		const key = '0b8e6e7e-0000-4222-8333-944444444444';
		for (let i = 0; i < count; i++) {
			ledger.begin({ f: 'complete', key, stage: 'hold-1000' }).ok({ orderId: key });
		}`)
	require.NoError(b, err)
}
