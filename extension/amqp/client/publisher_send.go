// Writing a message and judging the answer.

package client

import (
	"errors"
	"maps"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// send writes one message. It may wait for as long as the connection takes no bytes; the sweep settles the message in
// time all the same. What it gives is to be attached, unless it is nothing.
func (p *Publisher) send(publication *Publication, channel *confirmChannel) awaited {
	sequence := int64(0)
	if publication.Mandatory && p.config.Confirm {
		channel.sequence++
		sequence = channel.sequence
	}
	message := publication.Message
	message.Headers = p.headersOf(publication, sequence)
	if !p.beginSending(publication) {
		return awaited{}
	}
	confirmation, err := channel.PublishWithDeferredConfirm(
		publication.Exchange, publication.RoutingKey, publication.Mandatory, false, message)
	switch {
	case err != nil:
		p.free(1)
		publication.settle(sent, outcomeOfWriteError(err, channel))
	case confirmation == nil:
		p.free(1)
		publication.settle(sent, Outcome{Kind: Unknown, Reason: errorf(Unconfirmed, "the channel asks for no confirms")})
	default:
		return awaited{publication, channel, confirmation, sequence}
	}
	return awaited{}
}

// headersOf are the message's own headers and ours. The table is filled anew for every message: the library has put it
// into bytes when the message is written, and one publisher writes one message at a time.
func (p *Publisher) headersOf(publication *Publication, sequence int64) amqp.Table {
	if sequence == 0 && publication.SentUs == 0 {
		return publication.Message.Headers
	}
	if p.headers == nil {
		p.headers = amqp.Table{}
	}
	clear(p.headers)
	maps.Copy(p.headers, publication.Message.Headers)
	if sequence != 0 {
		p.headers[SequenceHeader] = sequence
	}
	if publication.SentUs != 0 {
		p.headers[SentHeader] = publication.SentUs
	}
	return p.headers
}

// beginSending takes a place in the window; it is false when the message was settled before.
func (p *Publisher) beginSending(publication *Publication) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	publication.sentAt = time.Now()
	p.progressAt = publication.sentAt
	if !publication.stage.CompareAndSwap(queued, sent) {
		return false
	}
	p.unconfirmed++
	p.inFlight.Add(1)
	p.dropSettledLocked()
	p.sent = append(p.sent, publication)
	if len(p.sent) == 1 {
		p.scheduleSweepLocked()
	}
	return true
}

// free gives places in the window back.
func (p *Publisher) free(count int) {
	p.mu.Lock()
	p.freeLocked(count)
	p.mu.Unlock()
}

func (p *Publisher) freeLocked(count int) {
	if count == 0 {
		return
	}
	p.inFlight.Add(int64(-count))
	if p.unconfirmed >= p.config.Window {
		p.wake.Signal()
	}
	p.unconfirmed -= count
}

// judge tells a broker's nack from a channel that was closed: the library resolves both with false, but marks the
// channel as closed first. A nack at the very moment of closing is therefore Unknown.
func judge(acked bool, returned *Error, channel *confirmChannel) Outcome {
	switch {
	case acked && returned != nil:
		return Outcome{Kind: Returned, Reason: returned}
	case acked:
		return Outcome{Kind: Acked}
	case channel.IsClosed():
		return Outcome{Kind: Unknown, Reason: channel.whyClosed()}
	default:
		return Outcome{Kind: Nacked}
	}
}

// outcomeOfWriteError: the library gives ErrClosed only when it has left out a part of the message, so the broker
// cannot have taken it. After any other error the bytes may be on their way.
func outcomeOfWriteError(err error, channel *confirmChannel) Outcome {
	switch {
	case errors.Is(err, amqp.ErrClosed):
		return Outcome{Kind: Rejected, Reason: errorf(NotOpen, "the channel closed before the message was sent: %v",
			channel.whyClosed())}
	default:
		return Outcome{Kind: Unknown, Reason: errorf(ConnectionLost, "while sending: %v", err)}
	}
}
