// One AMQP channel in confirm mode, until it is closed, and the messages on it that wait for the broker's word.

package client

import (
	"sync"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// maxLooked is up to which window the waiting messages are looked through after every read. With a larger one each
// message has a goroutine.
const maxLooked = 10_000

type confirmChannel struct {
	*amqp.Channel
	publisher *Publisher
	session   *session
	returns   *returns
	closed    chan *amqp.Error
	sequence  int64
	resolved  []awaited // used by the reader of the connection alone

	// Both are guarded by the publisher's lock.
	awaiting []awaited // in the order in which they were sent
	over     bool      // the channel was closed, and who waited for it has been told

	mu     sync.Mutex
	reason *Error
}

// awaited is a message that was written and whose confirm is due.
type awaited struct {
	publication  *Publication
	channel      *confirmChannel
	confirmation *amqp.DeferredConfirmation
	sequence     int64
}

func (a *awaited) isResolved() bool {
	select {
	case <-a.confirmation.Done():
		return true
	default:
		return false
	}
}

// attachLocked has the message wait for its confirm, which may be there already.
func (p *Publisher) attachLocked(a awaited) {
	switch {
	case a.confirmation == nil:
	case a.isResolved():
		p.freeLocked(1)
		p.mu.Unlock()
		a.conclude(time.Now())
		p.mu.Lock()
	case a.channel.over, p.config.Window > maxLooked:
		go p.awaitAlone(a)
	default:
		a.channel.awaiting = append(a.channel.awaiting, a)
	}
}

func (p *Publisher) awaitAlone(a awaited) {
	a.confirmation.Wait()
	at := time.Now()
	p.free(1)
	a.conclude(at)
}

// settleResolved is called by the reader of the connection whenever all that came has been dealt with. Confirms may come
// out of order, so all that wait are looked at: no message waits for the slowest before it.
func (c *confirmChannel) settleResolved() {
	p := c.publisher
	p.mu.Lock()
	waiting := c.awaiting[:0]
	for index := range c.awaiting {
		if c.awaiting[index].isResolved() {
			c.resolved = append(c.resolved, c.awaiting[index])
		} else {
			waiting = append(waiting, c.awaiting[index])
		}
	}
	clear(c.awaiting[len(waiting):])
	c.awaiting = waiting
	p.freeLocked(len(c.resolved))
	p.mu.Unlock()
	if len(c.resolved) == 0 {
		return
	}
	concludeAll(c.resolved)
	clear(c.resolved)
	c.resolved = c.resolved[:0]
}

// watch settles what waits when the channel is closed: no read follows that end.
func (c *confirmChannel) watch(closed <-chan *amqp.Error) {
	<-closed
	p := c.publisher
	p.mu.Lock()
	c.over = true
	left := c.awaiting
	c.awaiting = nil
	p.mu.Unlock()
	c.session.forget(c)
	for _, a := range left {
		a.confirmation.Wait() // the library resolves all of a closed channel
	}
	p.free(len(left))
	concludeAll(left)
}

func concludeAll(all []awaited) {
	now := time.Now()
	for index := range all {
		all[index].conclude(now)
	}
}

// conclude settles a message whose confirm is resolved; its place in the window is free by then.
func (a *awaited) conclude(at time.Time) {
	var returned *Error
	if a.sequence != 0 {
		returned = a.channel.returns.take(a.sequence)
	}
	outcome := judge(a.confirmation.Acked(), returned, a.channel)
	if outcome.Kind != Unknown {
		// The write itself may end after the confirm has come.
		a.publication.ConfirmDuration = max(at.Sub(a.publication.sentAt), 1)
	}
	a.publication.settle(sent, outcome)
}
