// Consuming with one ack a message.

package main

import (
	"errors"
	"time"

	amqp091 "github.com/rabbitmq/amqp091-go"
)

// silence is how long no message may come while some are still due.
const silence = 30 * time.Second

// consume ends when all connections together have had all messages.
func (l *load) consume(channel *amqp091.Channel) error {
	if err := channel.Qos(l.window, 0, false); err != nil {
		return err
	}
	deliveries, err := channel.Consume(l.queue, "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for last := time.Now(); l.settled.Load() < l.messages; {
		select {
		case delivery, ok := <-deliveries:
			if !ok {
				return errors.New("the channel was closed")
			}
			if err := delivery.Ack(false); err != nil {
				return err
			}
			l.settled.Add(1)
			last = time.Now()
		case <-look.C:
			if time.Since(last) > silence {
				return errors.New("no message came any more, and not all had come")
			}
		}
	}
	return nil
}
