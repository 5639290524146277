// Why something could not be done, in words that a program can tell apart.

package client

import (
	"context"
	"errors"
	"fmt"

	amqp "github.com/rabbitmq/amqp091-go"
)

// Code is a stable word for a reason.
type Code string

// The reasons.
const (
	// Closed means that this side closed the thing before.
	Closed Code = "closed"
	// NotOpen means that there was no open connection, or no open channel, for longer than the limit.
	NotOpen Code = "not_open"
	// Blocked means that the broker took no messages for longer than the limit.
	Blocked Code = "blocked"
	// WindowFull means that too many messages were without a confirm for longer than the limit.
	WindowFull Code = "window_full"
	// Stalled means that the connection took no bytes for longer than the limit.
	Stalled Code = "stalled"
	// Interrupted means that the iteration ended first.
	Interrupted Code = "interrupted"
	// ConfirmTimeout means that no confirm came in time.
	ConfirmTimeout Code = "confirm_timeout"
	// ConnectionLost means that the connection ended with the answer outstanding.
	ConnectionLost Code = "connection_lost"
	// ChannelClosed means that the broker closed the channel with the answer outstanding.
	ChannelClosed Code = "channel_closed"
	// Unconfirmed means that the channel does not ask for confirms.
	Unconfirmed Code = "unconfirmed"
	// InvalidMessage means that the message has no form on the wire.
	InvalidMessage Code = "invalid_message"
	// Timeout means that no answer came in time.
	Timeout Code = "timeout"
	// Refused means that the broker answered no; Error.Reply has its code.
	Refused Code = "refused"
)

// Error is a reason with its code and, if the broker gave one, its reply code (312, 403, 404 …).
type Error struct {
	Code  Code
	Reply int
	Text  string
}

// Error is the text for people.
func (e *Error) Error() string {
	if e.Reply != 0 {
		return fmt.Sprintf("%s (%d)", e.Text, e.Reply)
	}
	return e.Text
}

func errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}

// fromBroker gives the reason of an operation that the library ended with err.
func fromBroker(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var reply *amqp.Error
	switch {
	case errors.As(err, &reply) && reply.Server:
		return &Error{Code: Refused, Reply: reply.Code, Text: reply.Reason}
	case errors.As(err, &reply) && reply.Code == amqp.ErrClosed.Code:
		return errorf(ConnectionLost, "the channel or connection is closed")
	case errors.As(err, &reply):
		return errorf(ConnectionLost, "%s", reply.Reason)
	case errors.Is(err, context.DeadlineExceeded):
		return errorf(Timeout, "no answer in time")
	case errors.Is(err, context.Canceled):
		return errorf(Interrupted, "the iteration ended first")
	default:
		return errorf(ConnectionLost, "%v", err)
	}
}
