// What a test has the broker do.

package fakebroker

// Ack confirms the message, or all up to it.
func (m Message) Ack(multiple bool) {
	m.Conn.call(m.Channel, newMethod(60, 80).longlong(m.Tag).octet(bit(multiple)))
}

// Nack refuses the message, or all up to it.
func (m Message) Nack(multiple bool) {
	m.Conn.call(m.Channel, newMethod(60, 120).longlong(m.Tag).octet(bit(multiple)))
}

// Return gives the message back as unroutable; its ack is yet to come.
func (m Message) Return() {
	returned := newMethod(60, 50).short(312).shortText("NO_ROUTE").shortText(m.Exchange).shortText(m.RoutingKey)
	m.Conn.send(
		frame{frameMethod, m.Channel, returned},
		frame{frameHeader, m.Channel, m.header},
		frame{frameBody, m.Channel, m.Body},
	)
}

// CloseChannel is a channel error.
func (c *Conn) CloseChannel(channel, code uint16, text string) {
	c.call(channel, newMethod(20, 40).short(code).shortText(text).short(60).short(40))
}

// Close is a connection error.
func (c *Conn) Close(code uint16, text string) {
	c.call(0, newMethod(10, 50).short(code).shortText(text).short(0).short(0))
}

// Block says that the broker takes no messages.
func (c *Conn) Block(reason string) { c.call(0, newMethod(10, 60).shortText(reason)) }

// Unblock says that it does again.
func (c *Conn) Unblock() { c.call(0, newMethod(10, 61)) }

// HalfFrameThenDrop sends the beginning of a confirm and ends the connection.
func (m Message) HalfFrameThenDrop() {
	half := frame{frameMethod, m.Channel, newMethod(60, 80).longlong(m.Tag).octet(0)}.encode()
	m.Conn.mu.Lock()
	defer m.Conn.mu.Unlock()
	_, _ = m.Conn.socket.Write(half[:len(half)-3])
	_ = m.Conn.socket.Close()
}

// Deliver brings a message to a consumer.
func (s Subscription) Deliver(tag uint64, redelivered bool, body string) {
	deliver := newMethod(60, 60).shortText(s.Tag).longlong(tag).octet(bit(redelivered)).shortText("").shortText(s.Queue)
	header := newMethod(60, 0).longlong(uint64(len(body))).short(0)
	s.Conn.send(
		frame{frameMethod, s.Channel, deliver},
		frame{frameHeader, s.Channel, header},
		frame{frameBody, s.Channel, []byte(body)},
	)
}

// Cancel is the notice that the queue is gone.
func (s Subscription) Cancel() { s.Conn.call(s.Channel, newMethod(60, 30).shortText(s.Tag).octet(1)) }

func bit(set bool) byte {
	if set {
		return 1
	}
	return 0
}

// Drop ends the connection without a word.
func (c *Conn) Drop() { _ = c.socket.Close() }
