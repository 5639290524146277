// The acknowledgements of one channel, written in a goroutine of their own: a socket that takes no bytes must not hold
// up whoever acknowledges.

package client

import (
	"sync"

	amqp "github.com/rabbitmq/amqp091-go"
)

type acks struct {
	channel *amqp.Channel
	done    chan struct{}

	mu     sync.Mutex
	wake   *sync.Cond
	queue  []acknowledgement
	closed bool
}

func newAcks(channel *amqp.Channel) *acks {
	a := &acks{channel: channel, done: make(chan struct{})}
	a.wake = sync.NewCond(&a.mu)
	go a.run()
	return a
}

// add is false when the channel is closed. That it is true does not mean that the broker has the acknowledgement:
// AMQP confirms none.
func (a *acks) add(acknowledgement acknowledgement) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed || a.channel.IsClosed() {
		return false
	}
	a.queue = append(a.queue, acknowledgement)
	a.wake.Signal()
	return true
}

// close takes no more, and returns when what was added is written or the channel is closed.
func (a *acks) close() {
	a.mu.Lock()
	a.closed = true
	a.wake.Signal()
	a.mu.Unlock()
	<-a.done
}

func (a *acks) run() {
	defer close(a.done)
	for {
		batch := a.next()
		if batch == nil {
			return
		}
		for _, acknowledgement := range batch {
			if acknowledgement.send(a.channel) != nil {
				break // the channel is closed; the broker delivers these messages again
			}
		}
	}
}

func (a *acks) next() []acknowledgement {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.queue) == 0 {
		if a.closed {
			return nil
		}
		a.wake.Wait()
	}
	batch := a.queue
	a.queue = nil
	return batch
}
