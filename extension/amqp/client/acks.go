// The acknowledgements of one channel, written in a goroutine of their own: a socket that takes no bytes must not hold
// up whoever acknowledges.

package client

import (
	"sync"

	amqp "github.com/rabbitmq/amqp091-go"
)

type acks struct {
	channel *amqp.Channel
	writing sync.WaitGroup

	mu     sync.Mutex
	queue  []acknowledgement
	busy   bool // a goroutine writes; there is none while there is nothing to write
	closed bool
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
	if !a.busy {
		a.busy = true
		a.writing.Go(a.write)
	}
	return true
}

// close takes no more, and returns when what was added is written or the channel is closed.
func (a *acks) close() {
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	a.writing.Wait()
}

func (a *acks) write() {
	for batch := a.next(); batch != nil; batch = a.next() {
		for _, acknowledgement := range batch {
			if acknowledgement.send(a.channel) != nil {
				break // the channel is closed; the broker delivers these messages again
			}
		}
	}
}

// next is nil, and the goroutine over, when there is nothing more to write.
func (a *acks) next() []acknowledgement {
	a.mu.Lock()
	defer a.mu.Unlock()
	batch := a.queue
	a.queue = nil
	a.busy = batch != nil
	return batch
}
