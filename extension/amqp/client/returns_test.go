package client

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestAReturnedMessageIsReturnedThoughItIsAcked(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	_, first := f.publish("a")
	_, second := f.publish("b")
	f.message(t).Ack(false)
	m := f.message(t)
	m.Return()
	m.Ack(false)
	requireKind(t, Acked, first)
	outcome := requireKind(t, Returned, second)
	require.Equal(t, 312, outcome.Reason.Reply)
	require.Equal(t, "NO_ROUTE", outcome.Reason.Text)
}

func TestAWindowFullOfReturnsBeforeOneMultipleAckLosesNone(t *testing.T) {
	t.Parallel()
	config := usual()
	f := newFixture(t, config)
	var outcomes []<-chan Outcome
	var last fakebroker.Message
	for i := range config.Window {
		_, settled := f.publish(strconv.Itoa(i))
		outcomes = append(outcomes, settled)
	}
	for i := range config.Window {
		last = f.message(t)
		if i%2 == 0 {
			last.Return()
		}
	}
	last.Ack(true)
	for i, settled := range outcomes {
		requireKind(t, []Kind{Returned, Acked}[i%2], settled)
	}
}

func TestReturnsThatNoConfirmFollowsHoldUpNothingOnTheirConnection(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Confirm = false
	f := newFixture(t, config)
	for i := range config.Window + 10 {
		_, settled := f.publish(strconv.Itoa(i))
		f.message(t).Return()
		await(t, settled)
	}
	other := NewPublisher(f.link, usual(), &f.inFlight)
	t.Cleanup(other.Close)
	beside := &fixture{broker: f.broker, publisher: other}
	_, settled := beside.publish("b")
	f.message(t).Ack(false)
	requireKind(t, Acked, settled)
	lost, _, _ := f.witness.counts()
	require.Zero(t, lost)
}
