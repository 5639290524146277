// The AMQP channel of a publisher, opened when it is needed.

package client

import (
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// reopenDelay keeps a channel that cannot be opened from being tried in a tight loop.
const reopenDelay = 100 * time.Millisecond

// openLocked makes sure that the channel is open. It lets go of the lock while the broker answers.
func (p *Publisher) openLocked(s *session) bool {
	if p.channel != nil && p.channel.session == s && !p.channel.IsClosed() {
		return true
	}
	if p.retry {
		return false
	}
	p.channel = nil
	p.mu.Unlock()
	channel, err := p.open(s)
	p.mu.Lock()
	if err != nil {
		p.obstacle = fromBroker(err)
		p.obstacle.Code = NotOpen
		p.retry = true
		time.AfterFunc(reopenDelay, func() {
			p.mu.Lock()
			p.retry = false
			p.wake.Broadcast()
			p.mu.Unlock()
		})
		return false
	}
	p.channel = channel
	if p.stopped {
		p.mu.Unlock()
		_ = channel.Close()
		p.mu.Lock()
		return false
	}
	// Whatever has changed meanwhile, what the caller saw before is out of date.
	return !s.blocked()
}

func (p *Publisher) open(s *session) (*confirmChannel, error) {
	channel, err := s.conn.Channel()
	if err != nil {
		return nil, err
	}
	opened := &confirmChannel{Channel: channel, publisher: p, session: s, returns: newReturns(p.config.Window)}
	opened.closed = channel.NotifyClose(make(chan *amqp.Error, 1))
	// Without confirms nobody would read the returns, and the library would wait for each of them.
	if !p.config.Confirm {
		return opened, nil
	}
	channel.NotifyReturn(opened.returns.incoming)
	if err := channel.Confirm(false); err != nil {
		return nil, err
	}
	s.heed(opened)
	go opened.watch(channel.NotifyClose(make(chan *amqp.Error, 1)))
	return opened, nil
}

// whyClosed is the reason of a channel that has closed.
func (c *confirmChannel) whyClosed() *Error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reason != nil {
		return c.reason
	}
	// The library sends the reason, if there is one, before it resolves the confirms.
	select {
	case reason, ok := <-c.closed:
		if ok {
			c.reason = c.describe(reason)
			return c.reason
		}
	default:
	}
	return errorf(ConnectionLost, lostBeforeConfirm)
}

const lostBeforeConfirm = "the connection was lost before the confirm came"

func (c *confirmChannel) describe(reason *amqp.Error) *Error {
	if reason.Server && !c.session.conn.IsClosed() {
		return &Error{Code: ChannelClosed, Reply: reason.Code, Text: reason.Reason}
	}
	return &Error{Code: ConnectionLost, Reply: serverCode(reason), Text: lostBeforeConfirm + ": " + reason.Reason}
}

func serverCode(err *amqp.Error) int {
	if err.Server {
		return err.Code
	}
	return 0
}
