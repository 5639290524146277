// The network connection under an AMQP connection.

package client

import "net"

// selfClosing closes itself when reading fails. The library, when its reads time out on a half-open connection, first
// waits for the locks of its channels and then closes the socket; but a write into the full socket holds such a lock,
// and has no deadline. Closing the socket at once ends that write.
type selfClosing struct{ net.Conn }

// Read is net.Conn's, and closes the connection on any error.
func (c selfClosing) Read(buffer []byte) (int, error) {
	n, err := c.Conn.Read(buffer)
	if err != nil {
		// The error of the read is the one that tells something.
		_ = c.Conn.Close()
	}
	return n, err
}
