// Publishing with confirms.

package main

import (
	"strings"
	"time"

	amqp091 "github.com/rabbitmq/amqp091-go"
)

// publish waits for the oldest confirm whenever the window is full.
func (l *load) publish(channel *amqp091.Channel) error {
	if err := channel.Confirm(false); err != nil {
		return err
	}
	body := []byte(strings.Repeat("x", l.bytes))
	pending := make([]*amqp091.DeferredConfirmation, 0, l.window)
	for l.begun.Add(1) <= l.messages && time.Now().Before(l.deadline) {
		if len(pending) == l.window {
			l.await(pending[0])
			pending = append(pending[:0], pending[1:]...)
		}
		confirmation, err := channel.PublishWithDeferredConfirm("", l.queue, true, false, amqp091.Publishing{
			DeliveryMode: amqp091.Persistent, Body: body,
		})
		if err != nil {
			return err
		}
		pending = append(pending, confirmation)
	}
	for _, confirmation := range pending {
		l.await(confirmation)
	}
	return nil
}

func (l *load) await(confirmation *amqp091.DeferredConfirmation) {
	if confirmation.Wait() {
		l.settled.Add(1)
	}
}
