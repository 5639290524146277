// Package fakebroker is an AMQP 0-9-1 server for tests, for what a real broker cannot be made to do on command: nacks,
// confirms in a wanted order, half frames, silence.
package fakebroker

import (
	"encoding/binary"
	"errors"
	"io"
)

// The frame types, and the byte that ends a frame.
const (
	frameMethod    = 1
	frameHeader    = 2
	frameBody      = 3
	frameHeartbeat = 8
	frameEnd       = 0xCE
)

type frame struct {
	kind    byte
	channel uint16
	payload []byte
}

func readFrame(from io.Reader) (frame, error) {
	var head [7]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return frame{}, err
	}
	payload := make([]byte, binary.BigEndian.Uint32(head[3:])+1)
	if _, err := io.ReadFull(from, payload); err != nil {
		return frame{}, err
	}
	if payload[len(payload)-1] != frameEnd {
		return frame{}, errors.New("a frame without its end")
	}
	return frame{head[0], binary.BigEndian.Uint16(head[1:]), payload[:len(payload)-1]}, nil
}

func (f frame) encode() []byte {
	encoded := binary.BigEndian.AppendUint16([]byte{f.kind}, f.channel)
	encoded = binary.BigEndian.AppendUint32(encoded, uint32(len(f.payload))) //nolint:gosec // tests are small
	return append(append(encoded, f.payload...), frameEnd)
}

// method builds the payload of a method frame.
type method []byte

func newMethod(class, id uint16) method {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, class), id)
}

func (m method) octet(value byte) method   { return append(m, value) }
func (m method) short(value uint16) method { return binary.BigEndian.AppendUint16(m, value) }
func (m method) long(value uint32) method  { return binary.BigEndian.AppendUint32(m, value) }
func (m method) longlong(value uint64) method {
	return binary.BigEndian.AppendUint64(m, value)
}

func (m method) shortText(text string) method {
	return append(m.octet(byte(len(text))), text...)
}

func (m method) longText(text string) method {
	return append(m.long(uint32(len(text))), text...) //nolint:gosec // tests are small
}

// takeShortText reads a short text and gives the rest.
func takeShortText(payload []byte) (string, []byte) {
	length := int(payload[0])
	return string(payload[1 : 1+length]), payload[1+length:]
}
