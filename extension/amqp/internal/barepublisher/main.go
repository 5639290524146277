// Command barepublisher publishes with confirms as plainly as amqp091-go allows: what k6/x/amqp is measured against.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	amqp091 "github.com/rabbitmq/amqp091-go"
)

type load struct {
	urls      []string
	user      string
	password  string
	queue     string
	window    int
	bytes     int
	deadline  time.Time
	confirmed atomic.Int64
}

func main() {
	urls := flag.String("urls", "amqp://127.0.0.1:5672", "addresses with commas between them")
	user := flag.String("user", "guest", "user; the password is in AMQP_PASSWORD")
	queue := flag.String("queue", "", "queue to publish to")
	connections := flag.Int("connections", 10, "connections, with one channel each")
	window := flag.Int("window", 100, "messages without a confirm, per channel")
	bytes := flag.Int("bytes", 256, "bytes a message")
	duration := flag.Duration("duration", 10*time.Second, "how long")
	flag.Parse()
	l := &load{
		urls: strings.Split(*urls, ","), user: *user, password: os.Getenv("AMQP_PASSWORD"), queue: *queue,
		window: *window, bytes: *bytes, deadline: time.Now().Add(*duration),
	}
	exitOn(l.withChannel(l.declare))
	start := time.Now()
	var running sync.WaitGroup
	for range *connections {
		running.Go(func() {
			exitOn(l.withChannel(l.publish))
		})
	}
	running.Wait()
	exitOn(l.withChannel(func(channel *amqp091.Channel) error {
		_, err := channel.QueueDelete(l.queue, false, false, false)
		return err
	}))
	fmt.Printf("{\"confirmed\":%d,\"seconds\":%.3f}\n", l.confirmed.Load(), time.Since(start).Seconds())
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (l *load) withChannel(do func(*amqp091.Channel) error) error {
	// The first address, as k6/x/amqp takes it.
	connection, err := amqp091.DialConfig(l.urls[0], amqp091.Config{
		SASL: []amqp091.Authentication{&amqp091.PlainAuth{Username: l.user, Password: l.password}}, Vhost: "/",
	})
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	channel, err := connection.Channel()
	if err != nil {
		return err
	}
	return do(channel)
}

func (l *load) declare(channel *amqp091.Channel) error {
	_, err := channel.QueueDeclare(l.queue, true, false, false, false, amqp091.Table{"x-queue-type": "quorum"})
	return err
}

// publish waits for the oldest confirm whenever the window is full.
func (l *load) publish(channel *amqp091.Channel) error {
	if err := channel.Confirm(false); err != nil {
		return err
	}
	body := []byte(strings.Repeat("x", l.bytes))
	pending := make([]*amqp091.DeferredConfirmation, 0, l.window)
	for time.Now().Before(l.deadline) {
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
		l.confirmed.Add(1)
	}
}
