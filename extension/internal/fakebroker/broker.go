// The server: it answers what every client asks, and leaves the fate of messages to the test.

package fakebroker

import (
	"bytes"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// Message is a message that a client has published.
type Message struct {
	Conn       *Conn
	Channel    uint16
	Tag        uint64 // counts per channel, as confirms do
	Exchange   string
	RoutingKey string
	Mandatory  bool
	Body       []byte
	header     []byte
}

// Settlement is a basic.ack, basic.nack or basic.reject of a client.
type Settlement struct {
	Method  string
	Tag     uint64
	Requeue bool
}

// Broker is a fake broker.
type Broker struct {
	heartbeatSeconds atomic.Uint32
	refuseLogin      atomic.Uint32

	listener net.Listener
	messages chan Message
	consumed chan Subscription
	settled  chan Settlement
	closes   chan struct{}
	running  sync.WaitGroup

	mu    sync.Mutex
	conns []*Conn
	login []byte
}

// Subscription is a basic.consume of a client.
type Subscription struct {
	Conn    *Conn
	Channel uint16
	Queue   string
	Tag     string
}

// Start begins to listen on a port of the loopback; the test's end ends it.
func Start(t testing.TB) *Broker {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &Broker{
		listener: listener, messages: make(chan Message, 100_000), consumed: make(chan Subscription, 100),
		settled: make(chan Settlement, 100_000), closes: make(chan struct{}, 1000),
	}
	b.running.Go(b.accept)
	t.Cleanup(b.Stop)
	return b
}

// Address is host:port.
func (b *Broker) Address() string { return b.listener.Addr().String() }

// AskForHeartbeats is what it asks of clients that connect from now on.
func (b *Broker) AskForHeartbeats(seconds uint16) { b.heartbeatSeconds.Store(uint32(seconds)) }

// RefuseLogins answers logins with this reply code from now on, 0 with a welcome.
func (b *Broker) RefuseLogins(code uint16) { b.refuseLogin.Store(uint32(code)) }

// Messages are what clients publish.
func (b *Broker) Messages() <-chan Message { return b.messages }

// Subscriptions are what clients consume.
func (b *Broker) Subscriptions() <-chan Subscription { return b.consumed }

// Settlements are what clients say of deliveries.
func (b *Broker) Settlements() <-chan Settlement { return b.settled }

// GoodByes has one for every client that closed its connection in the proper way.
func (b *Broker) GoodByes() <-chan struct{} { return b.closes }

// Stop ends everything.
func (b *Broker) Stop() {
	_ = b.listener.Close()
	b.DropAll()
	b.running.Wait()
}

// DropAll ends all connections without a word.
func (b *Broker) DropAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, conn := range b.conns {
		_ = conn.socket.Close()
	}
	b.conns = nil
}

// Conns are the connections that were opened and not dropped.
func (b *Broker) Conns() []*Conn {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]*Conn{}, b.conns...)
}

// LastPassword is what the last client logged in with.
func (b *Broker) LastPassword() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	// PLAIN is NUL user NUL password, and then comes the locale.
	response, _, _ := bytes.Cut(b.login[bytes.Index(b.login, []byte("PLAIN"))+5+4:], []byte("\x05en_US"))
	return string(response[bytes.LastIndexByte(response, 0)+1:])
}

func (b *Broker) remember(login []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.login = login
}

func (b *Broker) accept() {
	for {
		socket, err := b.listener.Accept()
		if err != nil {
			return
		}
		conn := &Conn{
			broker: b, socket: socket,
			tags: map[uint16]uint64{}, partial: map[uint16]*Message{}, left: map[uint16]uint64{},
		}
		b.mu.Lock()
		b.conns = append(b.conns, conn)
		b.mu.Unlock()
		b.running.Go(conn.serve)
	}
}
