package timeline

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/metrics"

	"github.com/stampede-load/stampede/extension/history"
)

var testOrigin = history.Origin{Run: "run-1", Generator: "g1", Tool: "test"}

// atSecond is a moment in the first half of a second whose number is a multiple of 100.
func atSecond(offset time.Duration) time.Time {
	return time.Unix(1_800_000_000, 0).Add(100*time.Millisecond + offset)
}

// write puts samples through a writer and returns the lines of its closed file.
func write(t *testing.T, samples ...metrics.Sample) ([]windowLine, *endLine) {
	t.Helper()
	file := &fakeFile{roomLines: 1 << 30}
	w := newWriter(file, testOrigin, history.StartClock())
	w.samples.add([]metrics.SampleContainer{metrics.Samples(samples)})
	require.NoError(t, w.close())
	windows, end := parseLines(t, file.content.Bytes())
	require.NotNil(t, end)
	require.EqualValues(t, len(windows), end.Lines)
	return windows, end
}

func TestEachKindOfMetricHasItsValue(t *testing.T) {
	t.Parallel()
	s := newSource()
	tags := map[string]string{"stage": "hold", "step": "checkout", "url": "http://x"}
	early, late := atSecond(0), atSecond(300*time.Millisecond)
	counter := s.metric(t, "a_count", metrics.Counter, metrics.Default)
	gauge := s.metric(t, "b_gauge", metrics.Gauge, metrics.Default)
	rate := s.metric(t, "c_rate", metrics.Rate, metrics.Default)
	trend := s.metric(t, "d_trend", metrics.Trend, metrics.Time)
	windows, end := write(t,
		s.sample(counter, tags, early, 2), s.sample(counter, tags, late, 0.5),
		s.sample(gauge, tags, late, 7), s.sample(gauge, tags, early, 9),
		s.sample(rate, tags, early, 1), s.sample(rate, tags, late, 0),
		s.sample(trend, tags, early, 1.5), s.sample(trend, tags, late, 0.25),
	)
	require.Len(t, windows, 4)
	for i, expected := range []struct {
		metric, kind string
		value        float64
	}{{"a_count", "counter", 2.5}, {"b_gauge", "gauge", 7}, {"c_rate", "rate", 1}, {"d_trend", "trend", 1.75}} {
		window := windows[i]
		require.Equal(t, expected.kind == "trend", window.Hist != "")
		window.Hist = ""
		require.Equal(t, windowLine{
			V: 1, Run: "run-1", Generator: "g1", TimeMs: 1_800_000_000_000, WindowMs: 1000, Metric: expected.metric,
			Kind: expected.kind, Stage: "hold", Step: "checkout", Count: 2, Value: expected.value,
		}, window)
	}
	histogram, err := hdrhistogram.Decode([]byte(windows[3].Hist))
	require.NoError(t, err)
	require.EqualValues(t, 2, histogram.TotalCount())
	require.EqualValues(t, 250, histogram.Min(), "microseconds")
	require.EqualValues(t, 1500, histogram.ValueAtPercentile(100))
	require.Equal(t, endLine{V: 1, Run: "run-1", Generator: "g1", Type: "end", Lines: 4}, *end)
}

func TestSecondsStagesAndStepsAreTold_OtherTagsAreNot(t *testing.T) {
	t.Parallel()
	s := newSource()
	count := func(at time.Duration, tags map[string]string) metrics.Sample {
		return s.count(t, "orders", tags, atSecond(at))
	}
	untagged := count(0, nil)
	untagged.Tags = nil
	windows, _ := write(t,
		count(0, nil),
		count(0, map[string]string{"url": "1"}),
		count(0, map[string]string{"url": "2", "stage": "ramp"}),
		count(0, map[string]string{"step": "pay", "stage": "ramp"}),
		untagged,
		count(time.Second, nil),
	)
	var told []string
	for _, w := range windows {
		told = append(told, fmt.Sprintf("%d %s/%s %d", w.TimeMs%100_000, w.Stage, w.Step, w.Count))
	}
	require.Equal(t, []string{"0 / 3", "0 ramp/ 1", "0 ramp/pay 1", "1000 / 1"}, told)
}

func TestWhatAHistogramCannotHoldIsClampedOrDroppedAndCounted(t *testing.T) {
	t.Parallel()
	s := newSource()
	trend := func(value float64) metrics.Sample {
		return s.sample(s.metric(t, "wait", metrics.Trend, metrics.Time), nil, atSecond(0), value)
	}
	plain := s.sample(s.metric(t, "size", metrics.Trend, metrics.Default), nil, atSecond(0), 41.6)
	windows, end := write(t,
		trend(-1), trend(1e12), trend(3_600_000), trend(0), trend(math.NaN()), trend(math.Inf(1)), plain)

	require.Len(t, windows, 2)
	require.EqualValues(t, 2, end.ClampedSamples)
	require.EqualValues(t, 2, end.DroppedSamples)
	size, err := hdrhistogram.Decode([]byte(windows[0].Hist))
	require.NoError(t, err)
	require.EqualValues(t, 42, size.Max(), "no time: the plain value")
	wait, err := hdrhistogram.Decode([]byte(windows[1].Hist))
	require.NoError(t, err)
	require.EqualValues(t, 4, wait.TotalCount())
	require.Zero(t, wait.Min())
	require.InEpsilon(t, 3_600_000_000, wait.Max(), 0.001)
}

func TestAWindowWaitsForLateSamplesAndALaterOneMakesASecondLine(t *testing.T) {
	t.Parallel()
	s := newSource()
	file := &fakeFile{roomLines: 100}
	w := newWriter(file, testOrigin, history.StartClock())
	add := func(at time.Duration) {
		w.samples.add([]metrics.SampleContainer{s.count(t, "orders", nil, atSecond(at))})
	}
	flushAt := func(at time.Duration) int {
		require.NoError(t, w.write(w.samples.takeDue(w.samples.clock.At(atSecond(at)))))
		return bytes.Count(file.content.Bytes(), []byte("\n"))
	}
	add(0)
	require.Equal(t, 0, flushAt(1800*time.Millisecond))
	add(0)
	require.Equal(t, 1, flushAt(1900*time.Millisecond))
	add(0)
	require.Equal(t, 2, flushAt(2000*time.Millisecond))
	windows, _ := parseLines(t, file.content.Bytes())
	require.EqualValues(t, 2, windows[0].Count)
	require.EqualValues(t, 1, windows[1].Count)
	require.Equal(t, windows[0].TimeMs, windows[1].TimeMs)

	add(time.Hour)
	require.Equal(t, 3, flushAt(2000*time.Millisecond), "a time far in the future does not stay in memory")
}

func TestSeriesAreCappedAndTheOverflowIsCounted(t *testing.T) {
	t.Parallel()
	s := newSource()
	samples := make([]metrics.Sample, 0, maxSeries+7)
	for i := range maxSeries + 7 {
		tags := map[string]string{"step": fmt.Sprint("order ", i)}
		samples = append(samples, s.count(t, "orders", tags, atSecond(0)))
	}
	windows, end := write(t, samples...)
	require.Len(t, windows, maxSeries)
	require.EqualValues(t, 7, end.DroppedSamples)
}

func TestLinesThatDidNotFitAreCountedAndLaterOnesAreTried(t *testing.T) {
	t.Parallel()
	s := newSource()
	file := &fakeFile{roomLines: 1}
	w := newWriter(file, testOrigin, history.StartClock())
	sample := func(name string) metrics.Sample {
		return s.count(t, name, nil, atSecond(0))
	}
	w.samples.add([]metrics.SampleContainer{sample("aa"), sample("bb"), sample("cc")})
	require.ErrorIs(t, w.write(w.samples.takeAll()), errNoRoom)
	file.roomLines = 10
	w.samples.add([]metrics.SampleContainer{sample("dd")})
	require.NoError(t, w.close())
	windows, end := parseLines(t, file.content.Bytes())
	require.Len(t, windows, 2)
	require.EqualValues(t, 2, end.Lines)
	require.EqualValues(t, 2, end.LostLines)
}

func TestMemoryDoesNotGrowWithTheRun(t *testing.T) {
	s := newSource()
	file := &fakeFile{roomLines: 1 << 30}
	w := newWriter(file, testOrigin, history.StartClock())
	trend := s.metric(t, "wait", metrics.Trend, metrics.Time)
	hourOf := func(first int) {
		for second := first; second < first+3600; second++ {
			at := atSecond(time.Duration(second) * time.Second)
			for step := range 4 {
				tags := map[string]string{"step": fmt.Sprint("step ", step), "stage": "hold"}
				for _, value := range []float64{1, 5, float64(second % 100)} {
					w.samples.add([]metrics.SampleContainer{s.sample(trend, tags, at, value)})
				}
			}
			require.NoError(t, w.write(w.samples.takeDue(w.samples.clock.At(at))))
			file.content.Reset()
		}
	}
	hourOf(0)
	before := heapBytes()
	hourOf(3600)
	require.Less(t, heapBytes(), before+100_000, "bytes after the second hour, against the first")
	require.LessOrEqual(t, len(w.samples.windows), 12)
	require.EqualValues(t, 28_800-len(w.samples.windows), w.lines)
	runtime.KeepAlive(w)
}

func heapBytes() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func BenchmarkAddRequest(b *testing.B) {
	s := newSource()
	a := newAggregator(history.StartClock())
	tags := map[string]string{"step": "checkout", "stage": "hold", "url": "x", "method": "POST", "status": "200"}
	var request metrics.Samples
	for _, name := range []string{"duration", "blocked", "connecting", "handshake", "sending", "waiting", "receiving"} {
		request = append(request, s.sample(s.metric(b, name, metrics.Trend, metrics.Time), tags, time.Now(), 12.5))
	}
	b.ReportAllocs()
	for i := range b.N {
		for j := range request {
			request[j].Value = float64(i%5000) / 10
		}
		a.addSamples(request)
	}
}
