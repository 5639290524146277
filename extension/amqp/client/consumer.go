// Consuming a queue until told, idle, cancelled or interrupted, over as many connections as it takes.

package client

import (
	"context"
	"sync"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// EndReason says why a consumer ended.
type EndReason string

// The reasons.
const (
	EndedStopped     EndReason = "stopped"
	EndedIdle        EndReason = "idle"
	EndedCancelled   EndReason = "cancelled"
	EndedInterrupted EndReason = "interrupted"
	EndedLost        EndReason = "connection_lost"
	EndedFailed      EndReason = "failed"
)

// ConsumerConfig says what to consume and how.
type ConsumerConfig struct {
	Queue     string
	Tag       string
	Prefetch  int
	AutoAck   bool
	Exclusive bool
	// Resume subscribes again after a lost connection or a closed channel.
	Resume bool
	// Idle ends the consumer when it was subscribed for so long without a message, and none is being handled. 0 is never.
	Idle      time.Duration
	Arguments amqp.Table
	// OpenTimeout bounds the first subscription.
	OpenTimeout time.Duration
}

// ConsumerSink takes what a consumer brings. Its methods are called from one goroutine of the consumer.
type ConsumerSink interface {
	// Deliver must not wait; Handled is due once for every delivery.
	Deliver(*Delivery)
	// Ended is called last and once. err is nil unless reason is EndedFailed.
	// resumed is how often it subscribed again.
	Ended(reason EndReason, resumed int, err error)
}

// Consumer consumes one queue.
type Consumer struct {
	link    *Link
	config  ConsumerConfig
	sink    ConsumerSink
	backoff Backoff

	stopOnce    sync.Once
	stop        chan struct{}   // closed when told to stop
	ctx         context.Context //nolint:containedctx // it is the life of the consumer
	opening     context.Context //nolint:containedctx // ends with ctx, or when told to stop
	stopOpening context.CancelFunc
	handled     chan struct{} // one for every delivery that was handled
	resumed     int
	open        int // deliveries that are being handled
}

// autoAckCredit is how many messages may wait for their handlers when the broker limits nothing. The library keeps the
// rest.
const autoAckCredit = 1000

// NewConsumer makes a consumer that is to be started; it ends with ctx at the latest.
func NewConsumer(ctx context.Context, link *Link, config ConsumerConfig, sink ConsumerSink) *Consumer {
	room := config.Prefetch
	if config.AutoAck {
		room = autoAckCredit
	}
	c := &Consumer{
		link: link, config: config, sink: sink, backoff: link.config.Backoff,
		stop: make(chan struct{}), ctx: ctx, handled: make(chan struct{}, room),
	}
	c.opening, c.stopOpening = context.WithCancel(ctx)
	return c
}

// Start begins to consume.
func (c *Consumer) Start() {
	c.link.Connect()
	go c.run()
}

// Stop ends the subscription; what is being handled may still be acknowledged.
func (c *Consumer) Stop() {
	c.stopOnce.Do(func() {
		close(c.stop)
		c.stopOpening()
	})
}

// Stopping tells whether Stop was called: messages that wait for a handler are then not handled any more.
func (c *Consumer) Stopping() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

// Handled says that a delivery's handler is through.
func (c *Consumer) Handled() {
	select {
	case c.handled <- struct{}{}:
	case <-c.ctx.Done():
	}
}

func (c *Consumer) run() {
	defer c.stopOpening()
	reason, err := c.subscribeUntilEnd()
	c.sink.Ended(reason, c.resumed, err)
}

// subscribeUntilEnd subscribes again and again.
func (c *Consumer) subscribeUntilEnd() (EndReason, error) {
	attempt := 1
	for first := true; ; {
		sub, err := c.subscribe(first)
		if err == nil {
			if !first {
				c.resumed++
			}
			first, attempt = false, 1
			reason, ended := c.consume(sub)
			if ended || !c.config.Resume {
				return reason, nil
			}
			continue
		}
		if c.ctx.Err() != nil {
			return EndedInterrupted, nil
		}
		if c.Stopping() {
			return EndedStopped, nil
		}
		if first || isFinal(err) {
			return EndedFailed, err
		}
		wait(c.opening, c.backoff.after(attempt))
		attempt++
	}
}

// isFinal tells what no waiting cures. A queue whose node is away is also "not found", but comes back.
func isFinal(err *Error) bool { return err.Code == Closed || err.Reply == amqp.AccessRefused }
