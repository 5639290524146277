// A TCP proxy that stalls and cuts.

package fakebroker

import (
	"net"
	"sync"
	"testing"
)

// Proxy passes connections on to a target until it is told not to.
type Proxy struct {
	listener net.Listener
	target   string
	running  sync.WaitGroup

	mu      sync.Mutex
	flowing *sync.Cond
	stalled bool
	closed  bool
	sockets []net.Conn
}

// StartProxy begins to listen on a port of the loopback; the test's end ends it.
func StartProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: listener, target: target}
	p.flowing = sync.NewCond(&p.mu)
	p.running.Go(p.accept)
	t.Cleanup(func() {
		p.mu.Lock()
		p.closed = true
		p.mu.Unlock()
		_ = p.listener.Close()
		p.Cut()
		p.running.Wait()
	})
	return p
}

// Address is host:port.
func (p *Proxy) Address() string { return p.listener.Addr().String() }

// Stall lets no byte through any more, in either direction, and keeps all connections open: a half-open socket.
func (p *Proxy) Stall() { p.set(true) }

// Resume lets bytes through again.
func (p *Proxy) Resume() { p.set(false) }

func (p *Proxy) set(stalled bool) {
	p.mu.Lock()
	p.stalled = stalled
	p.flowing.Broadcast()
	p.mu.Unlock()
}

// Cut ends all connections.
func (p *Proxy) Cut() {
	p.set(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, socket := range p.sockets {
		_ = socket.Close()
	}
	p.sockets = nil
}

func (p *Proxy) accept() {
	for {
		from, err := p.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", p.target)
		if err != nil {
			_ = from.Close()
			continue
		}
		p.mu.Lock()
		p.sockets = append(p.sockets, from, to)
		if p.closed {
			_, _ = from.Close(), to.Close()
		}
		p.mu.Unlock()
		p.running.Go(func() { p.pass(from, to) })
		p.running.Go(func() { p.pass(to, from) })
	}
}

func (p *Proxy) pass(from, to net.Conn) {
	defer func() { _, _ = from.Close(), to.Close() }()
	buffer := make([]byte, 32<<10)
	for {
		// It waits before it reads, so that what is sent meanwhile fills the sender's socket.
		p.await()
		n, err := from.Read(buffer)
		p.await()
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *Proxy) await() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.stalled {
		p.flowing.Wait()
	}
}
