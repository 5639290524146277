package client

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestAnAckedMessageIsAckedAndItsConfirmIsTimed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	p, outcomes := f.publish("a")
	m := f.message(t)
	require.Equal(t, "a", string(m.Body))
	require.True(t, m.Mandatory)
	m.Ack(false)
	requireKind(t, Acked, outcomes)
	require.Positive(t, p.ConfirmDuration)
}

func TestABrokersNackIsNacked(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	_, outcomes := f.publish("a")
	f.message(t).Nack(false)
	require.Nil(t, requireKind(t, Nacked, outcomes).Reason)
}

func TestMessagesWhoseTimeIsOverWhileTheirChannelOpensAreRejectedAndTheNextIsSent(t *testing.T) {
	t.Parallel()
	f := &fixture{broker: fakebroker.Start(t)}
	proxy := fakebroker.StartProxy(t, f.broker.Address())
	f.connect(t, proxy.Address(), usual())
	_, connected := f.publish("a")
	f.message(t).Ack(false)
	requireKind(t, Acked, connected)
	config := usual()
	config.SendTimeout = 50 * time.Millisecond
	beside := &fixture{broker: f.broker, publisher: NewPublisher(f.link, config, &f.inFlight)}
	t.Cleanup(beside.publisher.Close)
	proxy.Stall()
	_, late := beside.publish("b")
	require.Equal(t, NotOpen, requireKind(t, Rejected, late).Reason.Code)
	proxy.Resume()
	require.Eventually(t, func() bool {
		_, next := beside.publish("c")
		select {
		case m := <-f.broker.Messages():
			m.Ack(false)
		case <-next:
			return false // the channel was not open yet
		}
		requireKind(t, Acked, next)
		return true
	}, limit, time.Millisecond)
}

func TestWhatWasAttachedAfterTheEndOfItsChannelIsSettledAllTheSame(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	_, first := f.publish("a")
	m := f.message(t)
	m.Ack(false)
	requireKind(t, Acked, first)
	f.publisher.mu.Lock()
	f.publisher.channel.over = true // as when the channel ends between the write and this moment
	f.publisher.mu.Unlock()
	_, second := f.publish("b")
	f.message(t).Ack(false)
	requireKind(t, Acked, second)
}

func TestAConnectionThatDiesWithConfirmsPendingLeavesThemUnknown(t *testing.T) {
	t.Parallel()
	for name, kill := range map[string]func(fakebroker.Message){
		"dropped":           func(m fakebroker.Message) { m.Conn.Close(320, "CONNECTION_FORCED - going down") },
		"half a frame":      func(m fakebroker.Message) { m.HalfFrameThenDrop() },
		"without a warning": func(m fakebroker.Message) { m.Conn.Drop() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, usual())
			_, first := f.publish("a")
			_, second := f.publish("b")
			f.message(t)
			kill(f.message(t))
			for _, outcomes := range []<-chan Outcome{first, second} {
				require.Equal(t, ConnectionLost, requireKind(t, Unknown, outcomes).Reason.Code)
			}
			// The link comes back by itself, and nothing is sent again.
			_, third := f.publish("c")
			m := f.message(t)
			require.Equal(t, "c", string(m.Body))
			m.Ack(false)
			requireKind(t, Acked, third)
			lost, reconnects, _ := f.witness.counts()
			require.Equal(t, []int{1, 1}, []int{lost, reconnects})
		})
	}
}

func TestAChannelErrorLeavesItsMessagesUnknownAndTheOtherChannelAlone(t *testing.T) {
	t.Parallel()
	f := newFixture(t, usual())
	other := NewPublisher(f.link, usual(), &f.inFlight)
	t.Cleanup(other.Close)
	_, broken := f.publish("a")
	m := f.message(t)
	g := &fixture{broker: f.broker, publisher: other}
	_, whole := g.publish("b")
	kept := f.message(t)
	m.Conn.CloseChannel(m.Channel, 404, "NOT_FOUND - no exchange")
	outcome := requireKind(t, Unknown, broken)
	require.Equal(t, ChannelClosed, outcome.Reason.Code)
	require.Equal(t, 404, outcome.Reason.Reply)
	kept.Ack(false)
	requireKind(t, Acked, whole)
	_, again := f.publish("c")
	f.message(t).Ack(false)
	requireKind(t, Acked, again)
	lost, _, _ := f.witness.counts()
	require.Zero(t, lost)
}

func TestAConfirmThatDoesNotComeInTimeIsUnknownAndKeepsItsPlaceInTheWindow(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Window, config.ConfirmTimeout, config.SendTimeout = 1, 30*time.Millisecond, 30*time.Millisecond
	f := newFixture(t, config)
	_, first := f.publish("a")
	m := f.message(t)
	require.Equal(t, ConfirmTimeout, requireKind(t, Unknown, first).Reason.Code)
	_, second := f.publish("b")
	require.Equal(t, WindowFull, requireKind(t, Rejected, second).Reason.Code)
	m.Ack(false) // late
	awaitTrue(t, func() bool { return f.inFlight.Load() == 0 }, "the late confirm frees the window")
	_, third := f.publish("c")
	require.Equal(t, "c", string(f.message(t).Body))
	requireKind(t, Unknown, third)
	require.Empty(t, first)
}

func TestWhileTheBrokerBlocksNothingIsSentAndItIsAStateOfItsOwn(t *testing.T) {
	t.Parallel()
	config := usual()
	config.SendTimeout = 50 * time.Millisecond
	f := newFixture(t, config)
	_, first := f.publish("a")
	m := f.message(t)
	m.Ack(false)
	requireKind(t, Acked, first)
	m.Conn.Block("low on memory")
	awaitTrue(t, func() bool { return f.link.State() == IsBlocked }, "blocked")
	_, second := f.publish("b")
	require.Equal(t, Blocked, requireKind(t, Rejected, second).Reason.Code)
	_, third := f.publish("c")
	m.Conn.Unblock()
	n := f.message(t)
	require.Equal(t, "c", string(n.Body), "b was never sent")
	n.Ack(false)
	requireKind(t, Acked, third)
	require.Equal(t, Open, f.link.State())
	_, _, blocked := f.witness.counts()
	require.Equal(t, 1, blocked)
	require.Greater(t, f.witness.blocked[0], 40*time.Millisecond)
}

func TestAMessageInterruptedBeforeItWasSentIsRejectedAndAfterwardsUnknown(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Window = 1
	f := newFixture(t, config)
	sentMessage, first := f.publish("a")
	waiting, second := f.publish("b")
	m := f.message(t)
	sentMessage.Interrupt()
	waiting.Interrupt()
	require.Equal(t, Interrupted, requireKind(t, Unknown, first).Reason.Code)
	require.Equal(t, Interrupted, requireKind(t, Rejected, second).Reason.Code)
	m.Ack(false)
	_, third := f.publish("c")
	n := f.message(t)
	require.Equal(t, "c", string(n.Body), "b was never sent")
	n.Ack(false)
	requireKind(t, Acked, third)
	require.Empty(t, first)
}

func TestWithoutConfirmsEverySentMessageIsUnknown(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Confirm = false
	f := newFixture(t, config)
	_, outcomes := f.publish("a")
	f.message(t)
	require.Equal(t, Unconfirmed, requireKind(t, Unknown, outcomes).Reason.Code)
}

func TestTheWindowBoundsWhatIsWithoutAConfirm(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Window = 3
	f := newFixture(t, config)
	for range 10 {
		f.publish("a")
	}
	for range 3 {
		f.message(t)
	}
	require.EqualValues(t, 3, f.inFlight.Load())
	select {
	case m := <-f.broker.Messages():
		t.Fatalf("a fourth message was sent: %d", m.Tag)
	case <-time.After(50 * time.Millisecond):
	}
}

func TestABatchThatTakesLongerThanTheLimitIsSentAsLongAsItMoves(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Window, config.SendTimeout = 1, time.Second
	f := newFixture(t, config)
	var outcomes []<-chan Outcome
	for range 10 {
		_, settled := f.publish("a")
		outcomes = append(outcomes, settled)
	}
	for range 10 {
		m := f.message(t)
		time.AfterFunc(150*time.Millisecond, func() { m.Ack(false) })
	}
	for _, settled := range outcomes {
		requireKind(t, Acked, settled)
	}
}

func TestWhatWaitsWhenThePublisherIsClosedIsRejectedAndTheRestUnknown(t *testing.T) {
	t.Parallel()
	config := usual()
	config.Window = 1
	f := newFixture(t, config)
	_, first := f.publish("a")
	f.message(t)
	_, second := f.publish("b")
	f.publisher.Close()
	requireKind(t, Unknown, first)
	require.Equal(t, Closed, requireKind(t, Rejected, second).Reason.Code)
	_, third := f.publish("c")
	require.Equal(t, Closed, requireKind(t, Rejected, third).Reason.Code)
}
