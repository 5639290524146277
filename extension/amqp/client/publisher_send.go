// Writing a message and judging the answer.

package client

import (
	"errors"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// send writes one message. It may wait for as long as the connection takes no bytes; the sweep settles the message in
// time all the same.
func (p *Publisher) send(publication *Publication, channel *confirmChannel) {
	sequence := int64(0)
	if publication.Mandatory && p.config.Confirm {
		channel.sequence++
		sequence = channel.sequence
		publication.Message.Headers = withSequence(publication.Message.Headers, sequence)
	}
	if !p.beginSending(publication) {
		return
	}
	confirmation, err := channel.PublishWithDeferredConfirm(
		publication.Exchange, publication.RoutingKey, publication.Mandatory, false, publication.Message)
	switch {
	case err != nil:
		p.freeSlot()
		publication.settle(sent, outcomeOfWriteError(err, channel))
	case confirmation == nil:
		p.freeSlot()
		publication.settle(sent, Outcome{Kind: Unknown, Reason: errorf(Unconfirmed, "the channel asks for no confirms")})
	default:
		// Each confirm has its own time: in one queue after the other they would wait for the slowest before them.
		go p.awaitConfirm(publication, channel, confirmation, sequence)
	}
}

// withSequence copies, because messages may share their headers.
func withSequence(headers amqp.Table, sequence int64) amqp.Table {
	numbered := make(amqp.Table, len(headers)+1)
	for key, value := range headers {
		numbered[key] = value
	}
	numbered[SequenceHeader] = sequence
	return numbered
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

func (p *Publisher) freeSlot() {
	p.inFlight.Add(-1)
	p.mu.Lock()
	if p.unconfirmed == p.config.Window {
		p.wake.Signal()
	}
	p.unconfirmed--
	p.mu.Unlock()
}

func (p *Publisher) awaitConfirm(
	publication *Publication, channel *confirmChannel, confirmation *amqp.DeferredConfirmation, sequence int64,
) {
	acked := confirmation.Wait()
	duration := time.Since(publication.sentAt)
	var returned *Error
	if sequence != 0 {
		returned = channel.returns.take(sequence)
	}
	outcome := judge(acked, returned, channel)
	p.freeSlot()
	if outcome.Kind != Unknown {
		publication.ConfirmDuration = duration
	}
	publication.settle(sent, outcome)
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
