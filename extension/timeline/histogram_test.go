package timeline

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/stretchr/testify/require"
)

func histogramOf(values ...int64) *hdrhistogram.PackedHistogram {
	histogram := newHistogram()
	for _, value := range values {
		_ = histogram.RecordValue(value)
	}
	return histogram
}

func skewedValues(seed uint64, count int) []int64 {
	random := rand.New(rand.NewPCG(seed, 1))
	values := make([]int64, count)
	for i := range values {
		values[i] = min(int64(random.ExpFloat64()*random.ExpFloat64()*50_000), highestRecorded)
	}
	return values
}

// inflate shows what is inside the compressed form: header and counts, the same however well they were compressed.
func inflate(t *testing.T, encoded string) []byte {
	t.Helper()
	decoded, err := base64.StdEncoding.DecodeString(encoded)
	require.NoError(t, err)
	reader, err := zlib.NewReader(bytes.NewReader(decoded[8:]))
	require.NoError(t, err)
	plain, err := io.ReadAll(reader)
	require.NoError(t, err)
	return plain
}

func TestAHistogramIsEncodedAsTheLibraryEncodesIt(t *testing.T) {
	t.Parallel()
	encoder := newHistogramEncoder()
	samples := map[string][]int64{
		"one zero":                {0},
		"one at the upper bound":  {highestRecorded},
		"neighbours":              {1, 2, 3, 3, 3},
		"one zero count between":  {1, 3},
		"edges of the buckets":    {2046, 2047, 2048, 2049, 4095, 4096, 4097, 1<<31 - 1, 1 << 31},
		"a whole second of times": skewedValues(1, 5_000),
	}
	for seed := range uint64(200) {
		samples[fmt.Sprint("seed ", seed)] = skewedValues(seed, int(seed)+1)
	}
	for name, values := range samples {
		histogram := histogramOf(values...)
		expected, err := histogram.Encode()
		require.NoError(t, err)
		encoded, err := encoder.encode(histogram)
		require.NoError(t, err)
		require.Equal(t, inflate(t, string(expected)), inflate(t, encoded), name)

		decoded, err := hdrhistogram.DecodePacked([]byte(encoded))
		require.NoError(t, err, name)
		require.Equal(t, int64(len(values)), decoded.TotalCount(), name)
		require.Equal(t, histogram.ValueAtPercentile(99), decoded.ValueAtPercentile(99), name)
	}
}

func BenchmarkEncodeHistogram(b *testing.B) {
	for _, count := range []int{10, 100, 1_000, 10_000} {
		histogram := histogramOf(skewedValues(1, count)...)
		b.Run(fmt.Sprint(count, " samples"), func(b *testing.B) {
			encoder := newHistogramEncoder()
			b.ReportAllocs()
			for b.Loop() {
				encoded, err := encoder.encode(histogram)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(encoded)), "encoded-B")
			}
		})
		b.Run(fmt.Sprint(count, " samples by the library"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				encoded, err := histogram.Encode()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(encoded)), "encoded-B")
			}
		})
	}
}
