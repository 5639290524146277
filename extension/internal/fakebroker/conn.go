// One connection of a client.

package fakebroker

import (
	"encoding/binary"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Conn is a connection of a client, and what a test can do to it.
type Conn struct {
	broker  *Broker
	socket  net.Conn
	tags    map[uint16]uint64
	partial map[uint16]*Message
	left    map[uint16]uint64
	welcome atomic.Bool

	mu sync.Mutex // for writing
}

func (c *Conn) send(frames ...frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var bytes []byte
	for _, f := range frames {
		bytes = append(bytes, f.encode()...)
	}
	_, _ = c.socket.Write(bytes)
}

func (c *Conn) call(channel uint16, m method) { c.send(frame{frameMethod, channel, m}) }

func (c *Conn) serve() {
	defer func() { _ = c.socket.Close() }()
	defer c.beat()()
	var greeting [8]byte
	if _, err := io.ReadFull(c.socket, greeting[:]); err != nil {
		return
	}
	c.call(0, newMethod(10, 10).octet(0).octet(9).long(0).longText("PLAIN").longText("en_US"))
	for {
		f, err := readFrame(c.socket)
		if err != nil {
			return
		}
		switch f.kind {
		case frameMethod:
			c.method(f.channel, binary.BigEndian.Uint16(f.payload), binary.BigEndian.Uint16(f.payload[2:]), f.payload[4:])
		case frameHeader:
			c.header(f)
		case frameBody:
			c.body(f)
		}
	}
}

// beat sends heartbeats until the returned function is called.
func (c *Conn) beat() (stop func()) {
	ticker, stopped := time.NewTicker(beatInterval), make(chan struct{})
	c.broker.running.Go(func() {
		for {
			select {
			case <-ticker.C:
				if c.welcome.Load() {
					c.send(frame{kind: frameHeartbeat})
				}
			case <-stopped:
				return
			}
		}
	})
	return func() { ticker.Stop(); close(stopped) }
}

// beatInterval is short, so that no client gives up.
const beatInterval = 200 * time.Millisecond

// answers are the methods that need no more than a plain yes.
var answers = map[[2]uint16]method{
	{20, 40}: newMethod(20, 41), // channel.close
	{60, 10}: newMethod(60, 11), // basic.qos
	{85, 10}: newMethod(85, 11), // confirm.select
}

func (c *Conn) method(channel, class, id uint16, arguments []byte) {
	switch [2]uint16{class, id} {
	case [2]uint16{10, 11}: // connection.start-ok
		c.login(arguments)
	case [2]uint16{10, 40}: // connection.open
		c.call(0, newMethod(10, 41).shortText(""))
		c.welcome.Store(true)
	case [2]uint16{10, 50}: // connection.close
		c.broker.closes <- struct{}{}
		c.call(0, newMethod(10, 51))
	case [2]uint16{20, 10}: // channel.open
		c.tags[channel] = 0
		c.call(channel, newMethod(20, 11).longText(""))
	case [2]uint16{60, 20}: // basic.consume
		queue, rest := takeShortText(arguments[2:])
		tag, _ := takeShortText(rest)
		c.call(channel, newMethod(60, 21).shortText(tag))
		c.broker.consumed <- Subscription{c, channel, queue, tag}
	case [2]uint16{60, 30}: // basic.cancel
		tag, _ := takeShortText(arguments)
		c.call(channel, newMethod(60, 31).shortText(tag))
	case [2]uint16{60, 40}: // basic.publish
		c.publish(channel, arguments[2:])
	case [2]uint16{60, 80}, [2]uint16{60, 90}, [2]uint16{60, 120}:
		c.settle(id, arguments)
	default:
		if answer, ok := answers[[2]uint16{class, id}]; ok {
			c.call(channel, answer)
		}
	}
}

func (c *Conn) login(arguments []byte) {
	c.broker.remember(arguments)
	if code := uint16(c.broker.refuseLogin.Load()); code != 0 { //nolint:gosec // it was one
		c.call(0, newMethod(10, 50).short(code).shortText("ACCESS_REFUSED - no").short(0).short(0))
		return
	}
	c.call(0, newMethod(10, 30).short(2047).long(131072).short(uint16(c.broker.heartbeatSeconds.Load()))) //nolint:gosec // it was one
}

func (c *Conn) publish(channel uint16, arguments []byte) {
	exchange, rest := takeShortText(arguments)
	key, rest := takeShortText(rest)
	c.tags[channel]++
	c.partial[channel] = &Message{
		Conn: c, Channel: channel, Tag: c.tags[channel], Exchange: exchange, RoutingKey: key, Mandatory: rest[0]&1 != 0,
	}
}

func (c *Conn) header(f frame) {
	message := c.partial[f.channel]
	message.header = f.payload
	c.left[f.channel] = binary.BigEndian.Uint64(f.payload[4:])
	c.finish(f.channel, message)
}

func (c *Conn) body(f frame) {
	message := c.partial[f.channel]
	message.Body = append(message.Body, f.payload...)
	c.left[f.channel] -= uint64(len(f.payload))
	c.finish(f.channel, message)
}

func (c *Conn) finish(channel uint16, message *Message) {
	if c.left[channel] == 0 {
		c.broker.messages <- *message
	}
}

func (c *Conn) settle(id uint16, arguments []byte) {
	names := map[uint16]string{80: "ack", 90: "reject", 120: "nack"}
	settlement := Settlement{Method: names[id], Tag: binary.BigEndian.Uint64(arguments)}
	switch id {
	case 90:
		settlement.Requeue = arguments[8]&1 != 0
	case 120:
		settlement.Requeue = arguments[8]&2 != 0
	}
	c.broker.settled <- settlement
}
