// Requests that the broker answers, each on a channel of its own.

package client

import (
	"context"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// Do opens a channel, has request use it and closes it: a request that the broker refuses closes its channel, and no
// other. It waits for the connection and for the answer until ctx is done; the request may then still be carried out.
func (l *Link) Do(ctx context.Context, request func(*amqp.Channel) error) error {
	s, why := l.await(ctx)
	if why != nil {
		return why
	}
	answered := make(chan error, 1)
	go func() { answered <- onChannel(s, request) }()
	select {
	case err := <-answered:
		if err != nil {
			return fromBroker(err)
		}
		return nil
	case <-ctx.Done():
		return fromBroker(ctx.Err())
	}
}

func onChannel(s *session, request func(*amqp.Channel) error) error {
	channel, err := s.conn.Channel()
	if err != nil {
		return err
	}
	if err := request(channel); err != nil {
		if !channel.IsClosed() {
			_ = channel.Close()
		}
		return err
	}
	return channel.Close()
}

// wait pauses for a duration, or until ctx is done.
func wait(ctx context.Context, duration time.Duration) {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
