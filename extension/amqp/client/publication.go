// A message on its way to the broker.

package client

import (
	"sync/atomic"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// SequenceHeader numbers the messages of a channel that the broker shall return when it finds no queue for them: a
// returned message carries nothing else that tells which one it is.
const SequenceHeader = "x-k6-sequence"

// SentHeader tells when a message was published: microseconds since the epoch.
const SentHeader = "x-k6-sent-us"

// Stages of a publication. Each changes once, so that exactly one party decides what became of the message.
const (
	queued int32 = iota
	sent
	settled
)

// Publication is one message to publish and, once it is settled, what became of it.
type Publication struct {
	Exchange   string
	RoutingKey string
	Mandatory  bool
	Message    amqp.Publishing
	// SentUs goes into SentHeader; 0 is none.
	SentUs int64
	// Settled is called once, from any goroutine, when Outcome stands.
	Settled func(*Publication)

	// Outcome may be read from Settled on.
	Outcome Outcome
	// ConfirmDuration is the time from the write to the broker's word; 0 when there was none.
	ConfirmDuration time.Duration

	stage    atomic.Int32
	queuedAt time.Time
	sentAt   time.Time
}

// Interrupt settles the publication at once: a message that is still waiting will not be sent, and of one that was sent
// nobody will know.
func (p *Publication) Interrupt() {
	reason := errorf(Interrupted, "the iteration ended first")
	if !p.settle(queued, Outcome{Kind: Rejected, Reason: reason}) {
		p.settle(sent, Outcome{Kind: Unknown, Reason: reason})
	}
}

// settle does nothing unless the publication is at this stage.
func (p *Publication) settle(from int32, outcome Outcome) bool {
	if !p.stage.CompareAndSwap(from, settled) {
		return false
	}
	p.Outcome = outcome
	p.Settled(p)
	return true
}

func (p *Publication) isSettled() bool { return p.stage.Load() == settled }

// Reject settles a publication that is not to be sent.
func (p *Publication) Reject(reason *Error) {
	p.settle(queued, Outcome{Kind: Rejected, Reason: reason})
}
