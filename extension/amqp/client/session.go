// One AMQP connection, from its dial to its end.

package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

const (
	frameSizeBytes = 128 << 10 // RabbitMQ's own limit
	locale         = "en_US"   // the only one that the protocol has
	// closeLimit bounds the good-bye; a broker that does not answer shall not hold up the end of a test.
	closeLimit = 2 * time.Second
)

// session is an open AMQP connection.
type session struct {
	conn    *amqp.Connection
	socket  net.Conn
	address Address
	lost    chan struct{} // closed when the connection has ended, for whatever reason
	reason  error         // why, to be read after lost; nil when this side closed it
	// blockedSince is in nanoseconds of the Unix clock, 0 while the broker takes messages.
	blockedSince atomic.Int64
	// confirming are the channels that are told after every read; a change makes a new list.
	confirming atomic.Pointer[[]*confirmChannel]
	changing   sync.Mutex
}

// dialAny tries every address once and returns the first that opens, or the error of the last.
func dialAny(ctx context.Context, config *Config) (*session, error) {
	var err error
	for i := range config.Addresses {
		address := config.Addresses[(config.First+i)%len(config.Addresses)]
		var opened *session
		if opened, err = dial(ctx, config, address); err == nil {
			return opened, nil
		}
		if err = config.describe(address, err); ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

// describe names the address and makes sure that no password goes into an error.
func (c *Config) describe(address Address, err error) *Error {
	described := *fromBroker(err)
	described.Text = c.Redact(fmt.Sprintf("%s, virtual host %q: %s", address, c.VirtualHost, described.Text))
	return &described
}

func dial(ctx context.Context, config *Config, address Address) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, config.ConnectTimeout)
	defer cancel()
	tcp, err := config.Dial(ctx, "tcp", address.String())
	if err != nil {
		return nil, err
	}
	socket := newCoalescing(tcp)
	stopWatching := context.AfterFunc(ctx, func() { _ = socket.Close() })
	s, err := open(ctx, config, address, socket)
	if !stopWatching() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		_ = socket.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	return s, nil
}

func open(ctx context.Context, config *Config, address Address, socket net.Conn) (*session, error) {
	transport := socket
	if address.TLS {
		secured := tls.Client(socket, config.tlsFor(address))
		if err := secured.HandshakeContext(ctx); err != nil {
			return nil, fmt.Errorf("TLS: %w", err)
		}
		transport = secured
	}
	properties := amqp.NewConnectionProperties()
	properties.SetClientConnectionName(config.Name)
	reading := &heedful{Conn: transport}
	conn, err := amqp.Open(reading, amqp.Config{
		SASL:       []amqp.Authentication{&amqp.PlainAuth{Username: config.User, Password: config.Password}},
		Vhost:      config.VirtualHost,
		Heartbeat:  config.Heartbeat,
		FrameSize:  frameSizeBytes,
		Locale:     locale,
		Properties: properties,
	})
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, socket: socket, address: address, lost: make(chan struct{})}
	s.confirming.Store(&[]*confirmChannel{})
	settle := s.settleResolved
	reading.before.Store(&settle)
	return s, nil
}

func (s *session) settleResolved() {
	for _, channel := range *s.confirming.Load() {
		channel.settleResolved()
	}
}

// heed has the channel told after every read.
func (s *session) heed(channel *confirmChannel) {
	s.changing.Lock()
	defer s.changing.Unlock()
	longer := append(slices.Clone(*s.confirming.Load()), channel)
	s.confirming.Store(&longer)
}

func (s *session) forget(channel *confirmChannel) {
	s.changing.Lock()
	defer s.changing.Unlock()
	kept := slices.DeleteFunc(slices.Clone(*s.confirming.Load()), func(each *confirmChannel) bool { return each == channel })
	s.confirming.Store(&kept)
}

func (c *Config) tlsFor(address Address) *tls.Config {
	own := c.TLS.Clone()
	if own == nil {
		own = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if own.ServerName == "" {
		own.ServerName = address.Host
	}
	return own
}

// watch hears the connection until it ends; changed is called whenever its state has changed. It returns after lost is
// closed.
func (s *session) watch(observer Observer, changed func()) {
	// Room for one: the library sends one and closes.
	closes := s.conn.NotifyClose(make(chan *amqp.Error, 1))
	blockings := s.conn.NotifyBlocked(make(chan amqp.Blocking, 16))
	defer changed()
	defer close(s.lost)
	defer s.setBlocked(false, observer)
	for {
		select {
		case blocking, ok := <-blockings:
			if !ok {
				blockings = nil
				continue
			}
			s.setBlocked(blocking.Active, observer)
			changed()
		case reason, ok := <-closes:
			if ok && reason != nil {
				s.reason = fromBroker(reason)
			}
			// The library, when a half-open connection is given up, first waits for the locks of its channels and then
			// closes the socket; but a write into the full socket holds such a lock, and has no deadline. It tells
			// before it waits, so the socket is closed here.
			_ = s.socket.Close()
			return
		}
	}
}

func (s *session) setBlocked(blocked bool, observer Observer) {
	now := time.Now()
	if blocked {
		s.blockedSince.CompareAndSwap(0, now.UnixNano())
		return
	}
	if since := s.blockedSince.Swap(0); since != 0 {
		observer.Unblocked(now.Sub(time.Unix(0, since)))
	}
}

func (s *session) blocked() bool { return s.blockedSince.Load() != 0 }

// usable tells whether the connection is open, as far as this side knows.
func (s *session) usable() bool { return !s.conn.IsClosed() }

// close says good-bye to the broker, for a limited time, and waits until the connection has ended.
func (s *session) close() {
	err := s.conn.CloseDeadline(time.Now().Add(closeLimit))
	if err != nil && !errors.Is(err, amqp.ErrClosed) {
		_ = s.socket.Close()
	}
	<-s.lost
}
