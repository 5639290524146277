// Package client is an AMQP 0-9-1 client that says what became of every message: connections that are made anew when
// they are lost, publishers whose outcomes are never guessed, and consumers. It knows nothing of k6.
package client

import (
	"context"
	"crypto/tls"
	"net"
	"strconv"
	"time"
)

// Address is one node of a cluster.
type Address struct {
	Host string
	Port int
	TLS  bool
}

// String is the address as host:port.
func (a Address) String() string { return net.JoinHostPort(a.Host, strconv.Itoa(a.Port)) }

// Credentials are what a connection logs in with. They never stand in a URL.
type Credentials struct {
	User     string
	Password string
}

// String shows no password, whichever way it is printed.
func (c Credentials) String() string { return "user " + c.User }

// GoString shows no password either.
func (c Credentials) GoString() string { return c.String() }

// DialFunc opens a TCP connection.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Config says how to reach a cluster.
type Config struct {
	// Addresses are tried in this order, beginning with number First modulo their count.
	Addresses []Address
	First     int
	Credentials
	VirtualHost string
	// Name is shown by the broker for the connection.
	Name string
	// Heartbeat is what is asked of the broker. A silent peer is given up after one and a half times as long.
	Heartbeat time.Duration
	// ConnectTimeout bounds one attempt at one address, from the dial to the open connection.
	ConnectTimeout time.Duration
	// Backoff is the wait after a round of attempts in which no address answered.
	Backoff Backoff
	TLS     *tls.Config
	Dial    DialFunc
	// Observer hears what happens to the connection; nil is allowed.
	Observer Observer
}

// Observer is told of outages and blocked times. Its methods are called from goroutines of the link and must not wait.
type Observer interface {
	// ConnectionLost is called once for every open connection that ended without being told to.
	ConnectionLost(address Address, reason error)
	// Reconnected is called when a lost connection is open again.
	Reconnected(address Address, outage time.Duration, attempts int)
	// GaveUp is called when a link is closed while its connection was lost.
	GaveUp()
	// Unblocked is called when the broker takes messages again, or the connection ends while it did not.
	Unblocked(blocked time.Duration)
}

type silentObserver struct{}

func (silentObserver) ConnectionLost(Address, error)           {}
func (silentObserver) Reconnected(Address, time.Duration, int) {}
func (silentObserver) GaveUp()                                 {}
func (silentObserver) Unblocked(time.Duration)                 {}
