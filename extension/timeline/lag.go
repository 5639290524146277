// How late this process is: what the generator itself adds to every time that it takes.

package timeline

import (
	"sync"
	"time"

	"go.k6.io/k6/v2/metrics"
)

const (
	// lagMetric is the name of the series, as in lib/model/timeline.ts.
	lagMetric = "generator_lag"
	// lagPeriod is how often the probe wants to be woken: a hundred samples a second cost next to nothing.
	lagPeriod = 10 * time.Millisecond
	// maxMissed bounds what one stall adds: ten minutes.
	maxMissed = 60_000
)

// lagProbe asks to be woken every lagPeriod and notes by how much it was woken too late. That is the run queue of the
// machine, Go's scheduler and its garbage collector together: whatever delays this goroutine delays virtual users too.
type lagProbe struct {
	metric *metrics.Metric
	stop   chan struct{}
	gone   sync.WaitGroup

	mu      sync.Mutex
	samples []metrics.Sample
}

func startLagProbe() *lagProbe {
	probe := &lagProbe{
		metric: metrics.NewRegistry().MustNewMetric(lagMetric, metrics.Trend, metrics.Time),
		stop:   make(chan struct{}),
	}
	probe.gone.Go(probe.watch)
	return probe
}

func (p *lagProbe) watch() {
	timer := time.NewTimer(lagPeriod)
	defer timer.Stop()
	due := time.Now().Add(lagPeriod)
	for {
		select {
		case <-p.stop:
			return
		case <-timer.C:
			now := time.Now()
			p.note(now, now.Sub(due))
			due = now.Add(lagPeriod)
			timer.Reset(lagPeriod)
		}
	}
}

// note counts a delay as often as it lasted: while the process stood still, every wake-up that was due in that time was
// late, the first by all of it. Otherwise a stall of seconds would be one sample among a hundred of the next second.
func (p *lagProbe) note(at time.Time, lag time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for missed := 0; lag >= 0 && missed < maxMissed; missed++ {
		p.samples = append(p.samples, metrics.Sample{
			TimeSeries: metrics.TimeSeries{Metric: p.metric}, Time: at, Value: metrics.D(lag),
		})
		at, lag = at.Add(-lagPeriod), lag-lagPeriod
	}
}

// take gives the samples since the last call.
func (p *lagProbe) take() []metrics.Sample {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := p.samples
	p.samples = nil
	return taken
}

// close ends the probe.
func (p *lagProbe) close() {
	close(p.stop)
	p.gone.Wait()
}
