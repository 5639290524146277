// The network connection over an AMQP connection: it tells when all that came has been dealt with.

package client

import (
	"net"
	"sync/atomic"
)

// heedful calls before at the beginning of every Read. The library reads in one goroutine and hands each frame to its
// channel before it asks for more, so by then every confirm and every return that came is known.
type heedful struct {
	net.Conn

	before atomic.Pointer[func()]
}

func (c *heedful) Read(bytes []byte) (int, error) {
	if before := c.before.Load(); before != nil {
		(*before)()
	}
	return c.Conn.Read(bytes)
}
