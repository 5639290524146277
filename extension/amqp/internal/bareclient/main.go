// Command bareclient publishes with confirms, or consumes with acks, as plainly as amqp091-go allows: what k6/x/amqp is
// measured against.
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

// load is what is asked for, and what came of it.
type load struct {
	urls     []string
	user     string
	password string
	queue    string
	window   int
	bytes    int
	messages int64
	deadline time.Time
	keep     bool

	begun, settled atomic.Int64
}

func main() {
	l, how, connections := parse()
	work := map[string]func(*amqp091.Channel) error{"publish": l.publish, "consume": l.consume}[how]
	if work == nil {
		exitOn(fmt.Errorf("-how is publish or consume, not %s", how))
	}
	exitOn(l.withChannel(l.declare))
	start := time.Now()
	var running sync.WaitGroup
	for range connections {
		running.Go(func() { exitOn(l.withChannel(work)) })
	}
	running.Wait()
	seconds := time.Since(start).Seconds()
	if !l.keep {
		exitOn(l.withChannel(l.remove))
	}
	fmt.Printf("{\"messages\":%d,\"seconds\":%.3f}\n", l.settled.Load(), seconds)
}

func parse() (l *load, how string, connections int) {
	l = &load{password: os.Getenv("AMQP_PASSWORD")}
	urls := flag.String("urls", "amqp://127.0.0.1:5672", "addresses with commas between them")
	duration := flag.Duration("duration", time.Hour, "publish: how long at most")
	flag.StringVar(&how, "how", "publish", "publish or consume")
	flag.StringVar(&l.user, "user", "guest", "user; the password is in AMQP_PASSWORD")
	flag.StringVar(&l.queue, "queue", "", "queue to publish to or to consume, made if it is not there")
	flag.IntVar(&connections, "connections", 10, "connections, with one channel each")
	flag.IntVar(&l.window, "window", 100, "messages without a confirm, or an ack, per channel")
	flag.IntVar(&l.bytes, "bytes", 256, "publish: bytes a message")
	flag.Int64Var(&l.messages, "messages", 1<<62, "how many messages; the end of consuming")
	flag.BoolVar(&l.keep, "keep", false, "leave the queue there")
	flag.Parse()
	l.urls, l.deadline = strings.Split(*urls, ","), time.Now().Add(*duration)
	return l, how, connections
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

func (l *load) remove(channel *amqp091.Channel) error {
	_, err := channel.QueueDelete(l.queue, false, false, false)
	return err
}
