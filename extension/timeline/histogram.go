// Histograms and their wire format.

package timeline

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// The geometry of every histogram: integer microseconds of a time, up to an hour; the plain value of other trends.
const (
	lowestRecorded    = 1
	highestRecorded   = int64(time.Hour / time.Microsecond)
	significantDigits = 3
	// subBucketBits follows from three digits: 2 × 10³ values rounded up to 2¹¹ stand in the first bucket, each later
	// bucket covers twice the range at half the resolution.
	subBucketBits = 11
)

// encodingFlag is set in the cookies of version 2, which knows counts of one size only.
const encodingFlag = 0x10

func newHistogram() *hdrhistogram.PackedHistogram {
	return hdrhistogram.NewPacked(lowestRecorded, highestRecorded, significantDigits)
}

// histogramEncoder writes the V2 compressed form in base64. The library's own encoder makes a new compressor of 800 kB
// for each histogram, which was a tenth of k6's CPU time at 260 requests a second; this one keeps its compressor.
type histogramEncoder struct {
	compressor *zlib.Writer
	payload    []byte
	plain      []byte
	compressed bytes.Buffer
}

func newHistogramEncoder() *histogramEncoder {
	// The level is valid, so there is no error; its tables are small, and so are the histograms.
	compressor, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed)
	return &histogramEncoder{compressor: compressor}
}

func (e *histogramEncoder) encode(histogram *hdrhistogram.PackedHistogram) (string, error) {
	e.payload = appendCounts(e.payload[:0], histogram)
	e.plain = appendHeader(e.plain[:0], len(e.payload))
	e.plain = append(e.plain, e.payload...)

	const envelopeBytes = 8
	e.compressed.Reset()
	e.compressed.Write(make([]byte, envelopeBytes))
	e.compressor.Reset(&e.compressed)
	if _, err := e.compressor.Write(e.plain); err != nil {
		return "", fmt.Errorf("compress a histogram: %w", err)
	}
	if err := e.compressor.Close(); err != nil {
		return "", fmt.Errorf("compress a histogram: %w", err)
	}
	encoded := e.compressed.Bytes()
	binary.BigEndian.PutUint32(encoded, uint32(hdrhistogram.V2CompressedEncodingCookieBase|encodingFlag))
	binary.BigEndian.PutUint32(encoded[4:], uint32(len(encoded)-envelopeBytes))
	return base64.StdEncoding.EncodeToString(encoded), nil
}

func appendHeader(dst []byte, payloadBytes int) []byte {
	const normalizingIndexOffset, conversionRatio = 0, 1.0
	dst = binary.BigEndian.AppendUint32(dst, uint32(hdrhistogram.V2EncodingCookieBase|encodingFlag))
	dst = binary.BigEndian.AppendUint32(dst, uint32(payloadBytes))
	dst = binary.BigEndian.AppendUint32(dst, normalizingIndexOffset)
	dst = binary.BigEndian.AppendUint32(dst, significantDigits)
	dst = binary.BigEndian.AppendUint64(dst, lowestRecorded)
	dst = binary.BigEndian.AppendUint64(dst, uint64(highestRecorded))
	return binary.BigEndian.AppendUint64(dst, math.Float64bits(conversionRatio))
}

// appendCounts writes the counts up to the last that is not zero as zig-zag varints; a negative one is a run of zeros.
func appendCounts(dst []byte, histogram *hdrhistogram.PackedHistogram) []byte {
	next := int64(0)
	for value, count := range histogram.ForEachBucket {
		switch zeros := countsIndex(value) - next; zeros {
		case 0:
		case 1:
			dst = binary.AppendVarint(dst, 0)
		default:
			dst = binary.AppendVarint(dst, -zeros)
		}
		dst = binary.AppendVarint(dst, count)
		next = countsIndex(value) + 1
	}
	return dst
}

// countsIndex is the place of a value's count in the histogram's array.
func countsIndex(value int64) int64 {
	bucket := max(bits.Len64(uint64(value))-subBucketBits, 0)
	return int64(bucket)<<(subBucketBits-1) + value>>bucket
}
