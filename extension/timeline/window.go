// One second of one series.

package timeline

import (
	"cmp"
	"math"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"go.k6.io/k6/v2/metrics"
)

// series is what samples are told apart by, beside their second.
type series struct {
	metric      *metrics.Metric
	stage, step string
}

// windowKey is one second of one series.
type windowKey struct {
	second int64 // since the Unix epoch
	series
}

func (k windowKey) compare(other windowKey) int {
	return cmp.Or(
		cmp.Compare(k.second, other.second),
		cmp.Compare(k.metric.Name, other.metric.Name),
		cmp.Compare(k.stage, other.stage),
		cmp.Compare(k.step, other.step),
	)
}

// window sums up the samples of one second of one series.
type window struct {
	count    int64
	sum      float64
	nonZero  int64
	last     float64
	lastTime time.Time
	// histogram of a trend, nil for other kinds. It is sparse: a dense one takes 188 kB.
	histogram *hdrhistogram.PackedHistogram
}

const microsPerMs = 1000

// add returns true if the sample was beyond the bounds of the histogram and was recorded as the nearest bound.
func (w *window) add(sample metrics.Sample) (clamped bool) {
	w.count++
	w.sum += sample.Value
	if sample.Value != 0 {
		w.nonZero++
	}
	if !sample.Time.Before(w.lastTime) {
		w.last, w.lastTime = sample.Value, sample.Time
	}
	if sample.Metric.Type != metrics.Trend {
		return false
	}
	return w.record(sample.Value, sample.Metric.Contains)
}

func (w *window) record(value float64, contains metrics.ValueType) (clamped bool) {
	if w.histogram == nil {
		w.histogram = newHistogram()
	}
	if contains == metrics.Time {
		value *= microsPerMs
	}
	value = math.Round(value)
	bounded := min(max(value, 0), float64(highestRecorded))
	// A value within the bounds of the histogram is never refused.
	_ = w.histogram.RecordValue(int64(bounded))
	return bounded != value
}

// value is what lib/model/timeline.ts says it is for each kind of metric.
func (w *window) value(kind metrics.MetricType) float64 {
	switch kind {
	case metrics.Gauge:
		return w.last
	case metrics.Rate:
		return float64(w.nonZero)
	default:
		return w.sum
	}
}
