// The network connection under an AMQP connection: what is written while a write is under way goes out with the next.

package client

import (
	"net"
	"sync"
	"time"
)

const (
	// maxUnwritten is how many bytes may wait for the socket; then writers wait, as they would for the socket itself.
	maxUnwritten = 256 << 10
	// lastWriteLimit bounds what is still written when the connection is closed.
	lastWriteLimit = 100 * time.Millisecond
)

// coalescing saves system calls: the library makes one for every message. That a write has returned does not mean that
// its bytes are with the system; but nothing here concludes that a message was sent from anything but its confirm.
type coalescing struct {
	net.Conn

	mu        sync.Mutex
	changed   *sync.Cond
	unwritten []byte
	spare     []byte // the buffer that is not in use
	busy      bool
	err       error
}

func newCoalescing(conn net.Conn) *coalescing {
	c := &coalescing{Conn: conn}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// Write takes the bytes, and gives the error of an earlier write that failed.
func (c *coalescing) Write(bytes []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.unwritten) > maxUnwritten && c.err == nil {
		c.changed.Wait()
	}
	if c.err != nil {
		return 0, c.err
	}
	c.unwritten = append(c.unwritten, bytes...)
	if !c.busy {
		c.busy = true
		go c.write()
	}
	return len(bytes), nil
}

func (c *coalescing) write() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.unwritten) > 0 && c.err == nil {
		batch := c.unwritten
		c.unwritten = c.spare[:0]
		c.mu.Unlock()
		_, err := c.Conn.Write(batch)
		c.mu.Lock()
		c.spare, c.err = batch, err
		c.changed.Broadcast()
	}
	c.busy = false
	c.changed.Broadcast()
}

// Close lets what waits be written, for a moment: it may be the good-bye.
func (c *coalescing) Close() error {
	// A connection that is closed already has no deadlines.
	_ = c.SetWriteDeadline(time.Now().Add(lastWriteLimit))
	c.mu.Lock()
	for c.busy {
		c.changed.Wait()
	}
	if c.err == nil {
		c.err = net.ErrClosed
	}
	c.mu.Unlock()
	return c.Conn.Close()
}
