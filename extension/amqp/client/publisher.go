// Publishing on one AMQP channel, and what became of every message.

package client

import (
	"sync"
	"sync/atomic"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// PublisherConfig bounds a publisher.
type PublisherConfig struct {
	// Confirm asks the broker for confirms. Without, every sent message is Unknown.
	Confirm bool
	// Window is how many messages may be without a confirm. A message whose confirm timed out still counts: the broker
	// may have it.
	Window int
	// ConfirmTimeout bounds the wait for a confirm, from the write.
	ConfirmTimeout time.Duration
	// SendTimeout bounds the time in which a waiting message sees no message sent: no open channel, a broker that takes
	// none, no room in the window.
	SendTimeout time.Duration
}

// Publisher owns one AMQP channel of a link and makes it anew when it was closed. It never sends a message twice.
type Publisher struct {
	link     *Link
	config   PublisherConfig
	unlisten func()
	inFlight *atomic.Int64 // sent and not settled, over all publishers that share the counter
	done     chan struct{}

	mu          sync.Mutex
	wake        *sync.Cond
	started     bool
	stopped     bool
	waiting     []*Publication // in the order in which they came
	sent        []*Publication // in the order in which they were sent; the settled ones are dropped lazily
	unconfirmed int
	obstacle    *Error // why the first in waiting is still there
	channel     *confirmChannel
	retry       bool // opening failed; wait for the timer
	sweeper     *time.Timer
	sweepAt     time.Time
	writing     bool
	progressAt  time.Time // when the last message was sent

	headers amqp.Table // used by run alone
}

// NewPublisher makes a publisher on a link. Nothing is sent before the first message.
func NewPublisher(link *Link, config PublisherConfig, inFlight *atomic.Int64) *Publisher {
	p := &Publisher{link: link, config: config, inFlight: inFlight, done: make(chan struct{})}
	p.wake = sync.NewCond(&p.mu)
	return p
}

// Publish takes messages to send, in this order. It does not wait; each is settled through its Settled.
func (p *Publisher) Publish(publications ...*Publication) {
	now := time.Now()
	p.mu.Lock()
	if p.stopped {
		p.mu.Unlock()
		rejectAll(publications, errorf(Closed, "the channel was closed"))
		return
	}
	p.startLocked()
	for _, publication := range publications {
		publication.queuedAt = now
	}
	first := len(p.waiting) == 0
	p.waiting = append(p.waiting, publications...)
	if first && len(publications) > 0 {
		p.scheduleSweepLocked()
	}
	p.wake.Signal()
	p.mu.Unlock()
}

func rejectAll(publications []*Publication, reason *Error) {
	for _, publication := range publications {
		publication.settle(queued, Outcome{Kind: Rejected, Reason: reason})
	}
}

func (p *Publisher) startLocked() {
	if p.started {
		return
	}
	p.started = true
	p.link.Connect()
	p.unlisten = p.link.listen(func() {
		p.mu.Lock()
		p.wake.Broadcast()
		p.mu.Unlock()
	})
	go p.run()
}

// Close rejects what waits, and closes the channel; messages without a confirm become unknown.
func (p *Publisher) Close() {
	p.mu.Lock()
	if p.stopped {
		p.mu.Unlock()
		<-p.done
		return
	}
	p.stopped = true
	waiting := p.waiting
	p.waiting = nil
	if p.sweeper != nil {
		p.sweeper.Stop()
	}
	started, channel := p.started, p.channel
	p.wake.Broadcast()
	p.mu.Unlock()
	rejectAll(waiting, errorf(Closed, "the channel was closed"))
	if !started {
		close(p.done)
		return
	}
	p.unlisten()
	if channel != nil && !channel.IsClosed() {
		// A connection that does not answer is ended by its heartbeat, and this with it.
		_ = channel.Close()
	}
	<-p.done
	p.sweep()
}

func (p *Publisher) run() {
	defer close(p.done)
	var written awaited
	for {
		publication, channel := p.next(written)
		if publication == nil {
			return
		}
		written = p.send(publication, channel)
	}
}

// next attaches what was written, waits until the first waiting message can be sent, and returns nil when the publisher
// was closed.
func (p *Publisher) next(written awaited) (*Publication, *confirmChannel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.writing = false
	p.attachLocked(written)
	for {
		for len(p.waiting) > 0 && p.waiting[0].isSettled() {
			p.dropFirstLocked()
		}
		if p.stopped || p.hopelessLocked() {
			return nil, nil
		}
		if len(p.waiting) > 0 && p.readyLocked() {
			// To open a channel lets go of the lock: the time of what waited before may be over.
			if len(p.waiting) == 0 || p.waiting[0].isSettled() {
				continue
			}
			publication := p.waiting[0]
			p.dropFirstLocked()
			p.writing = true
			return publication, p.channel
		}
		p.wake.Wait()
	}
}

// hopelessLocked rejects what waits for a connection that will never be. It is true when the link was closed, which is
// the end of the publisher too.
func (p *Publisher) hopelessLocked() bool {
	why := p.link.hopeless()
	if why == nil {
		return false
	}
	waiting := p.waiting
	p.waiting = nil
	p.stopped = why.Code == Closed
	if p.stopped {
		p.unlisten()
	}
	p.mu.Unlock()
	rejectAll(waiting, why)
	p.mu.Lock()
	return p.stopped
}

func (p *Publisher) dropFirstLocked() {
	p.waiting[0] = nil
	p.waiting = p.waiting[1:]
}

// readyLocked tells whether a message can be sent now; if not, obstacle says why.
func (p *Publisher) readyLocked() bool {
	s, why, _ := p.link.current()
	switch {
	case why != nil:
		p.obstacle = why
	case s.blocked():
		p.obstacle = errorf(Blocked, "the broker takes no messages: it has an alarm")
	case p.unconfirmed >= p.config.Window:
		p.obstacle = errorf(WindowFull, "%d messages are without a confirm", p.unconfirmed)
	default:
		return p.openLocked(s)
	}
	return false
}
