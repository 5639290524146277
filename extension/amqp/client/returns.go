// The messages that the broker gave back.

package client

import (
	"sync"

	amqp "github.com/rabbitmq/amqp091-go"
)

// returns remembers returned messages until their confirm comes. The library puts a return into the channel before it
// resolves the confirm that follows; so whoever has seen the confirm finds the return here. The channel has room for
// as many returns as messages may be without a confirm, so the library never waits to deliver one (it would drop the
// return after five seconds, and the message would look acknowledged).
type returns struct {
	incoming chan amqp.Return

	mu         sync.Mutex
	bySequence map[int64]*Error
}

func newReturns(window int) *returns {
	return &returns{incoming: make(chan amqp.Return, window), bySequence: map[int64]*Error{}}
}

// take gives the reason if the message of this sequence number was returned, and forgets it.
func (r *returns) take(sequence int64) *Error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.incoming) == 0 && len(r.bySequence) == 0 {
		return nil
	}
	for {
		select {
		case returned, ok := <-r.incoming:
			if ok {
				r.remember(returned)
				continue
			}
		default:
		}
		reason := r.bySequence[sequence]
		delete(r.bySequence, sequence)
		return reason
	}
}

func (r *returns) remember(returned amqp.Return) {
	if sequence, ok := returned.Headers[SequenceHeader].(int64); ok {
		r.bySequence[sequence] = &Error{Code: Refused, Reply: int(returned.ReplyCode), Text: returned.ReplyText}
	}
}
