// One subscription of a consumer: as long as one channel lives.

package client

import (
	"context"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

type subscription struct {
	channel    *amqp.Channel
	deliveries <-chan amqp.Delivery
	cancels    chan string
	acks       *acks
}

// subscribe opens a channel and consumes on it. The first time it is bounded, later only by the life of the consumer.
func (c *Consumer) subscribe(first bool) (*subscription, *Error) {
	ctx := c.opening
	if first {
		bounded, cancel := context.WithTimeout(c.opening, c.config.OpenTimeout)
		defer cancel()
		ctx = bounded
	}
	s, why := c.link.await(ctx)
	if why != nil {
		return nil, why
	}
	return c.subscribeOn(ctx, s)
}

func (c *Consumer) subscribeOn(ctx context.Context, s *session) (*subscription, *Error) {
	type answer struct {
		sub *subscription
		err error
	}
	answers := make(chan answer)
	go func() {
		sub, err := c.openSubscription(s)
		select {
		case answers <- answer{sub, err}:
		case <-ctx.Done():
			if err == nil {
				sub.close()
			}
		}
	}()
	select {
	case got := <-answers:
		if got.err != nil {
			return nil, fromBroker(got.err)
		}
		return got.sub, nil
	case <-ctx.Done():
		return nil, fromBroker(ctx.Err())
	}
}

func (c *Consumer) openSubscription(s *session) (*subscription, error) {
	channel, err := s.conn.Channel()
	if err != nil {
		return nil, err
	}
	// Room for one: there is one consumer on the channel.
	cancels := channel.NotifyCancel(make(chan string, 1))
	err = channel.Qos(c.config.Prefetch, 0, false)
	var deliveries <-chan amqp.Delivery
	if err == nil {
		deliveries, err = channel.Consume(c.config.Queue, c.config.Tag, c.config.AutoAck, c.config.Exclusive, false, false,
			c.config.Arguments)
	}
	if err != nil {
		if !channel.IsClosed() {
			_ = channel.Close()
		}
		return nil, err
	}
	return &subscription{channel: channel, deliveries: deliveries, cancels: cancels, acks: &acks{channel: channel}}, nil
}

// close sends the acknowledgements so far and closes the channel; the broker takes the rest back.
func (s *subscription) close() {
	s.acks.close()
	if !s.channel.IsClosed() {
		_ = s.channel.Close()
	}
}

// consume passes messages on until the subscription ends; ended is false when the channel was lost.
func (c *Consumer) consume(sub *subscription) (reason EndReason, ended bool) {
	reason, ended = c.pump(sub)
	if reason == EndedInterrupted {
		go sub.close() // the iteration is over and waits for nothing
		return reason, ended
	}
	if ended && reason != EndedCancelled {
		// Handlers that are at work may still acknowledge; no new messages shall come meanwhile.
		_ = sub.channel.Cancel(c.config.Tag, false)
	}
	if ended && !c.awaitHandlers() {
		go sub.close()
		return EndedInterrupted, true
	}
	sub.close()
	return reason, ended
}

func (c *Consumer) pump(sub *subscription) (reason EndReason, ended bool) {
	idle := newIdleTimer(c.config.Idle)
	defer idle.stop()
	for {
		select {
		case message, ok := <-sub.deliveries:
			if !ok {
				return c.whyNoMore(sub)
			}
			if !c.deliver(sub, message) {
				return EndedInterrupted, true
			}
			idle.reset()
		case <-c.handled:
			c.open--
			idle.reset()
		case <-idle.expired():
			if c.open == 0 {
				return EndedIdle, true
			}
			idle.reset()
		case <-c.stop:
			return EndedStopped, true
		case <-c.ctx.Done():
			return EndedInterrupted, true
		}
	}
}

// whyNoMore tells a consumer that the broker cancelled from a channel that is closed.
func (c *Consumer) whyNoMore(sub *subscription) (EndReason, bool) {
	select {
	case _, ok := <-sub.cancels:
		if ok {
			return EndedCancelled, true
		}
	default:
	}
	return EndedLost, false
}

// deliver waits for room when too many messages are with their handlers; it is false when the iteration has ended.
func (c *Consumer) deliver(sub *subscription, message amqp.Delivery) bool {
	delivery := &Delivery{Delivery: message, ReceivedAt: time.Now(), acks: sub.acks}
	delivery.settled.Store(c.config.AutoAck)
	for c.open >= cap(c.handled) {
		select {
		case <-c.handled:
			c.open--
		case <-c.ctx.Done():
			return false
		}
	}
	c.open++
	c.sink.Deliver(delivery)
	return true
}

// awaitHandlers is false when the iteration ended first.
func (c *Consumer) awaitHandlers() bool {
	for c.open > 0 {
		select {
		case <-c.handled:
			c.open--
		case <-c.ctx.Done():
			return false
		}
	}
	return true
}

// idleTimer is a timer that may be none.
type idleTimer struct {
	*time.Timer
	after time.Duration
}

func newIdleTimer(after time.Duration) idleTimer {
	if after == 0 {
		return idleTimer{}
	}
	return idleTimer{time.NewTimer(after), after}
}

func (t idleTimer) expired() <-chan time.Time {
	if t.Timer == nil {
		return nil
	}
	return t.C
}

func (t idleTimer) reset() {
	if t.Timer != nil {
		t.Reset(t.after)
	}
}

func (t idleTimer) stop() {
	if t.Timer != nil {
		t.Stop()
	}
}
