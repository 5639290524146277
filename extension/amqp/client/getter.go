// Single messages, for draining a queue by hand.

package client

import (
	"context"
	"sync"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// Getter gets messages on one channel, which stays open so that they can be acknowledged.
type Getter struct {
	link *Link

	mu      sync.Mutex // one request at a time, as AMQP has it on a channel
	channel *amqp.Channel
	acks    *acks
	closed  bool
}

// NewGetter makes a getter on a link.
func NewGetter(link *Link) *Getter { return &Getter{link: link} }

// Get takes the first message of a queue, nil when there is none. A message that comes after ctx is done goes back.
func (g *Getter) Get(ctx context.Context, queue string, autoAck bool) (*Delivery, error) {
	type answer struct {
		delivery *Delivery
		err      error
	}
	answers := make(chan answer)
	go func() {
		delivery, err := g.get(ctx, queue, autoAck)
		select {
		case answers <- answer{delivery, err}:
		case <-ctx.Done():
			if delivery != nil && !autoAck {
				delivery.Settle(NackRequeue)
			}
		}
	}()
	select {
	case got := <-answers:
		return got.delivery, got.err
	case <-ctx.Done():
		return nil, fromBroker(ctx.Err())
	}
}

func (g *Getter) get(ctx context.Context, queue string, autoAck bool) (*Delivery, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.openLocked(ctx); err != nil {
		return nil, err
	}
	message, ok, err := g.channel.Get(queue, autoAck)
	if err != nil {
		return nil, fromBroker(err)
	}
	if !ok {
		return nil, nil //nolint:nilnil // no message is no error
	}
	delivery := &Delivery{Delivery: message, ReceivedAt: time.Now(), acks: g.acks}
	delivery.settled.Store(autoAck)
	return delivery, nil
}

func (g *Getter) openLocked(ctx context.Context) error {
	if g.closed {
		return errorf(Closed, "the channel was closed")
	}
	if g.channel != nil && !g.channel.IsClosed() {
		return nil
	}
	g.dropLocked()
	s, why := g.link.await(ctx)
	if why != nil {
		return why
	}
	channel, err := s.conn.Channel()
	if err != nil {
		return fromBroker(err)
	}
	g.channel, g.acks = channel, &acks{channel: channel}
	return nil
}

func (g *Getter) dropLocked() {
	if g.acks != nil {
		g.acks.close()
		g.acks = nil
	}
}

// Close closes the channel after the acknowledgements so far; the broker delivers what was not acknowledged again.
func (g *Getter) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	g.dropLocked()
	if g.channel != nil && !g.channel.IsClosed() {
		_ = g.channel.Close()
	}
}
