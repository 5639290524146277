// The k6 metrics of this module.

package amqp

import (
	"sync/atomic"
	"time"

	"go.k6.io/k6/v2/js/modules"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"

	"github.com/stampede-load/stampede/extension/amqp/client"
)

// The names of the metrics. Trends are in milliseconds with fractions.
const (
	PublishedMetric        = "amqp_published"
	ConfirmDurationMetric  = "amqp_confirm_duration"
	OutcomesMetric         = "amqp_outcomes"
	DeliveredMetric        = "amqp_delivered"
	RedeliveredMetric      = "amqp_redelivered"
	EndToEndDurationMetric = "amqp_end_to_end_duration"
	ReconnectsMetric       = "amqp_reconnects"
	BlockedDurationMetric  = "amqp_blocked_duration"
	InFlightMetric         = "amqp_in_flight"
)

// outcomeTag is the only tag that this module adds.
const outcomeTag = "outcome"

// definitions are the metrics of a k6 process.
type definitions struct {
	published, confirmDuration, outcomes, delivered, redelivered *metrics.Metric
	endToEndDuration, reconnects, blockedDuration, inFlight      *metrics.Metric
}

func registerMetrics(registry *metrics.Registry) (*definitions, error) {
	d := &definitions{}
	for _, entry := range []struct {
		target *(*metrics.Metric)
		name   string
		kind   metrics.MetricType
		value  metrics.ValueType
	}{
		{&d.published, PublishedMetric, metrics.Counter, metrics.Default},
		{&d.confirmDuration, ConfirmDurationMetric, metrics.Trend, metrics.Time},
		{&d.outcomes, OutcomesMetric, metrics.Counter, metrics.Default},
		{&d.delivered, DeliveredMetric, metrics.Counter, metrics.Default},
		{&d.redelivered, RedeliveredMetric, metrics.Counter, metrics.Default},
		{&d.endToEndDuration, EndToEndDurationMetric, metrics.Trend, metrics.Time},
		{&d.reconnects, ReconnectsMetric, metrics.Counter, metrics.Default},
		{&d.blockedDuration, BlockedDurationMetric, metrics.Trend, metrics.Time},
		{&d.inFlight, InFlightMetric, metrics.Gauge, metrics.Default},
	} {
		metric, err := registry.NewMetric(entry.name, entry.kind, entry.value)
		if err != nil {
			return nil, err
		}
		*entry.target = metric
	}
	return d, nil
}

// gathered are the samples of one virtual user since its last push. Only its event loop touches them.
type gathered struct {
	confirmDurations, endToEndDurations []time.Duration
	outcomes                            [client.KindCount]int
	published, delivered, redelivered   int
}

// recorder turns what happens into samples.
type recorder struct {
	vu       modules.VU
	metrics  *definitions
	links    *linkEvents
	inFlight *atomic.Int64
	gathered gathered
	tagged   taggedOutcomes
}

// taggedOutcomes are the tags of the outcomes, beside the tags that they were made from.
type taggedOutcomes struct {
	from  *metrics.TagSet
	kinds [client.KindCount]*metrics.TagSet
}

func (r *recorder) settled(p *client.Publication) {
	r.gathered.outcomes[p.Outcome.Kind]++
	if p.Outcome.Kind != client.Rejected {
		r.gathered.published++
	}
	if p.ConfirmDuration > 0 {
		r.gathered.confirmDurations = append(r.gathered.confirmDurations, p.ConfirmDuration)
	}
}

// push sends what was gathered. It runs on the event loop, before the iteration ends: k6 takes samples until then, also
// of an iteration that was cut.
func (r *recorder) push() {
	state := r.vu.State()
	if state == nil {
		return
	}
	b := newBatch(state)
	g := r.gathered
	r.gathered = gathered{confirmDurations: g.confirmDurations[:0], endToEndDurations: g.endToEndDurations[:0]}
	b.count(r.metrics.published, g.published)
	b.count(r.metrics.delivered, g.delivered)
	b.count(r.metrics.redelivered, g.redelivered)
	b.durations(r.metrics.confirmDuration, g.confirmDurations)
	b.durations(r.metrics.endToEndDuration, g.endToEndDurations)
	for kind, count := range g.outcomes {
		if count > 0 {
			b.add(r.metrics.outcomes, r.outcomeTags(b.tags, client.Kind(kind)), float64(count)) //nolint:gosec // it is small
		}
	}
	reconnects, blocked := r.links.take()
	b.count(r.metrics.reconnects, reconnects)
	b.durations(r.metrics.blockedDuration, blocked)
	if len(b.samples) > 0 {
		b.add(r.metrics.inFlight, b.tags, float64(r.inFlight.Load()))
		state.Samples <- b.samples
	}
}

// outcomeTags makes tags anew only when the user's have changed; equal ones are the same pointer.
func (r *recorder) outcomeTags(tags *metrics.TagSet, kind client.Kind) *metrics.TagSet {
	if r.tagged.from != tags {
		r.tagged = taggedOutcomes{from: tags}
	}
	if r.tagged.kinds[kind] == nil {
		r.tagged.kinds[kind] = tags.With(outcomeTag, client.KindNames[kind])
	}
	return r.tagged.kinds[kind]
}

// batch is the samples of one moment.
type batch struct {
	samples  metrics.Samples
	tags     *metrics.TagSet
	metadata map[string]string
	now      time.Time
}

func newBatch(state *lib.State) *batch {
	current := state.Tags.GetCurrentValues()
	return &batch{tags: current.Tags, metadata: current.Metadata, now: time.Now()}
}

func (b *batch) add(metric *metrics.Metric, tags *metrics.TagSet, value float64) {
	b.samples = append(b.samples, metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: metric, Tags: tags}, Time: b.now, Value: value, Metadata: b.metadata,
	})
}

func (b *batch) count(metric *metrics.Metric, count int) {
	if count > 0 {
		b.add(metric, b.tags, float64(count))
	}
}

func (b *batch) durations(metric *metrics.Metric, durations []time.Duration) {
	for _, duration := range durations {
		b.add(metric, b.tags, metrics.D(duration))
	}
}
