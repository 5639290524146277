// Samples into windows, within bounds of memory.

package timeline

import (
	"math"
	"slices"
	"time"

	"go.k6.io/k6/v2/metrics"

	"github.com/stampede-load/stampede/extension/history"
)

const (
	// maxSeries bounds the series of a whole run, and so its memory: more than this is a tag that holds an id.
	maxSeries = 2000
	// openForSeconds is how long a window waits for late samples after its second has passed.
	openForSeconds = 1
	windowMs       = 1000

	stageTag = "stage"
	stepTag  = "step"
)

// aggregator sorts samples into windows. It serves one goroutine at a time; its memory does not grow with the run.
type aggregator struct {
	clock   history.Clock
	windows map[windowKey]*window
	known   map[series]struct{}

	// droppedSamples belonged to a series too many, or were no numbers; clampedSamples are recorded as a bound.
	droppedSamples, clampedSamples int64
}

// closedWindow is one that is ready to be written.
type closedWindow struct {
	windowKey
	*window
}

func newAggregator(clock history.Clock) *aggregator {
	return &aggregator{clock: clock, windows: map[windowKey]*window{}, known: map[series]struct{}{}}
}

func (a *aggregator) add(containers []metrics.SampleContainer) {
	for _, container := range containers {
		a.addSamples(container.GetSamples())
	}
}

func (a *aggregator) addSamples(samples []metrics.Sample) {
	// The samples of one request share their tags: looking at these once is the greater part of the cost saved.
	var tags *metrics.TagSet
	var stage, step string
	for _, sample := range samples {
		if sample.Tags != tags {
			tags = sample.Tags
			stage, step = tagOf(tags, stageTag), tagOf(tags, stepTag)
		}
		a.addSample(sample, series{sample.Metric, stage, step})
	}
}

func tagOf(tags *metrics.TagSet, name string) string {
	if tags == nil {
		return ""
	}
	value, _ := tags.Get(name)
	return value
}

func (a *aggregator) addSample(sample metrics.Sample, owner series) {
	if math.IsNaN(sample.Value) || math.IsInf(sample.Value, 0) || !a.admit(owner) {
		a.droppedSamples++
		return
	}
	key := windowKey{secondOf(a.clock.At(sample.Time)), owner}
	open, ok := a.windows[key]
	if !ok {
		open = new(window)
		a.windows[key] = open
	}
	if open.add(sample) {
		a.clampedSamples++
	}
}

func (a *aggregator) admit(owner series) bool {
	if _, ok := a.known[owner]; ok {
		return true
	}
	if len(a.known) >= maxSeries {
		return false
	}
	a.known[owner] = struct{}{}
	return true
}

// takeDue removes the windows that have waited long enough. One far in the future will not get more samples soon
// either: it goes too, so that wrong times of samples cannot fill the memory.
func (a *aggregator) takeDue(now history.Micros) []closedWindow {
	second := secondOf(now)
	return a.take(func(key windowKey) bool {
		age := second - key.second
		return age > openForSeconds || age < -openForSeconds
	})
}

// takeAll removes every window.
func (a *aggregator) takeAll() []closedWindow {
	return a.take(func(windowKey) bool { return true })
}

func (a *aggregator) take(due func(windowKey) bool) []closedWindow {
	var taken []closedWindow
	for key, open := range a.windows {
		if due(key) {
			taken = append(taken, closedWindow{key, open})
			delete(a.windows, key)
		}
	}
	slices.SortFunc(taken, func(one, other closedWindow) int { return one.compare(other.windowKey) })
	return taken
}

func secondOf(at history.Micros) int64 {
	return int64(at / history.Micros(time.Second/time.Microsecond))
}
