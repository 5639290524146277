package client

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAMultipleAckAcksAllBefore(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	_, first := f.publish("a")
	_, second := f.publish("b")
	_, third := f.publish("c")
	f.message(t)
	second2 := f.message(t)
	last := f.message(t)
	second2.Ack(true)
	requireKind(t, Acked, first)
	requireKind(t, Acked, second)
	require.Empty(t, third)
	last.Nack(true)
	requireKind(t, Nacked, third)
}

func TestConfirmsOutOfOrderReachTheirOwnMessages(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	_, first := f.publish("a")
	_, second := f.publish("b")
	_, third := f.publish("c")
	a, b, c := f.message(t), f.message(t), f.message(t)
	c.Ack(false)
	requireKind(t, Acked, third)
	require.Empty(t, first, "a later ack says nothing of an earlier message")
	b.Nack(false)
	requireKind(t, Nacked, second)
	a.Ack(false)
	requireKind(t, Acked, first)
}

func TestConfirmsReachTheirMessagesInAVeryLargeWindowToo(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Window = maxLooked + 1
	f := newFixture(t, config)
	_, first := f.publish("a")
	_, second := f.publish("b")
	f.message(t)
	f.message(t).Ack(false)
	requireKind(t, Acked, second)
	require.Empty(t, first)
	f.publisher.Close()
	requireKind(t, Unknown, first)
	require.Zero(t, f.inFlight.Load())
}
