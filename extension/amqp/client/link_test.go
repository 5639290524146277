package client

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestALinkTriesTheAddressesInOrder(t *testing.T) {
	t.Parallel()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, nobody.Close())
	first, second := fakebroker.Start(t), fakebroker.Start(t)
	link := newTestLink(t, configFor(t, nobody.Addr().String(), first.Address(), second.Address()))
	require.Equal(t, Idle, link.State())
	require.NoError(t, link.Await(t.Context()))
	require.Len(t, first.Conns(), 1)
	first.Stop()
	awaitTrue(t, func() bool { return len(second.Conns()) == 1 && link.State() == Open }, "failover")
}

func TestARefusedLoginFailsAtOnceAndForGood(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	broker.RefuseLogins(403)
	link := newTestLink(t, configFor(t, broker.Address()))
	err := link.Await(t.Context())
	var reason *Error
	require.ErrorAs(t, err, &reason)
	require.Equal(t, Refused, reason.Code)
	require.Equal(t, 403, reason.Reply)
	require.Equal(t, Failed, link.State())
}

func TestABrokerThatIsAwayIsWaitedForUntilTheTimeIsOver(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	broker.Stop()
	link := newTestLink(t, configFor(t, broker.Address()))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := link.Await(ctx)
	var reason *Error
	require.ErrorAs(t, err, &reason)
	require.Equal(t, NotOpen, reason.Code)
	require.Contains(t, reason.Text, "connection refused")
	require.Equal(t, Connecting, link.State())
}

func TestASilentPeerIsGivenUpAndAFullSocketHoldsNothingUp(t *testing.T) {
	t.Parallel()
	f := &fixture{broker: fakebroker.Start(t)}
	f.broker.AskForHeartbeats(2)
	proxy := fakebroker.StartProxy(t, f.broker.Address())
	config := usual()
	config.Window, config.ConfirmTimeout = 1000, 500*time.Millisecond
	f.connect(t, proxy.Address(), config)
	_, first := f.publish("a")
	f.message(t).Ack(false)
	requireKind(t, Acked, first)
	proxy.Stall()
	// Far more than the sockets between here and there hold, so that a write waits with the library's locks in hand.
	var outcomes []<-chan Outcome
	var big []*Publication
	for range 40 {
		settled := make(chan Outcome, 2)
		p := &Publication{RoutingKey: "big", Settled: func(p *Publication) { settled <- p.Outcome }}
		p.Message.Body = make([]byte, 1<<20)
		f.publisher.Publish(p)
		outcomes, big = append(outcomes, settled), append(big, p)
	}
	require.Equal(t, ConfirmTimeout, requireKind(t, Unknown, outcomes[0]).Reason.Code)
	awaitTrue(t, func() bool { lost, _, _ := f.witness.counts(); return lost == 1 }, "the heartbeat gives it up")
	awaitTrue(t, func() bool {
		f.publisher.mu.Lock()
		defer f.publisher.mu.Unlock()
		return !f.publisher.writing
	}, "the write into the full socket ends with it")
	for _, p := range big {
		p.Interrupt() // what still waits would hold up the last
	}
	proxy.Cut()
	_, last := f.publish("z")
	go func() {
		for m := range f.broker.Messages() {
			m.Ack(false)
			if string(m.Body) == "z" {
				return
			}
		}
	}()
	requireKind(t, Acked, last)
	for i, settled := range outcomes[1:] {
		outcome := await(t, settled)
		require.Contains(t, []Kind{Unknown, Rejected}, outcome.Kind, i)
	}
}

func TestClosingSaysGoodByeAndDoesNotWaitForASilentBroker(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	proxy := fakebroker.StartProxy(t, broker.Address())
	polite, silent := newTestLink(t, configFor(t, proxy.Address())), newTestLink(t, configFor(t, proxy.Address()))
	require.NoError(t, polite.Await(t.Context()))
	require.NoError(t, silent.Await(t.Context()))
	polite.Close()
	await(t, broker.GoodByes())
	require.Equal(t, IsClosed, polite.State())
	proxy.Stall()
	start := time.Now()
	silent.Close()
	require.Less(t, time.Since(start), closeLimit+time.Second)
}

func TestClosingALinkThatCannotConnectEndsIt(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	broker.Stop()
	link := NewLink(configFor(t, broker.Address()))
	link.Connect()
	link.Close()
	require.Equal(t, IsClosed, link.State())
	never := NewLink(configFor(t, broker.Address()))
	never.Close()
	require.Equal(t, IsClosed, never.State())
}

func TestTheWaitsGrowToTheirMaximumAndAreNeverInStep(t *testing.T) {
	t.Parallel()
	backoff := Backoff{Initial: 100 * time.Millisecond, Max: time.Second}
	for round, most := range map[int]time.Duration{1: 100, 2: 200, 3: 400, 4: 800, 5: 1000, 60: 1000} {
		most *= time.Millisecond
		different := map[time.Duration]bool{}
		for range 50 {
			wait := backoff.after(round)
			require.GreaterOrEqual(t, wait, most/2)
			require.LessOrEqual(t, wait, most)
			different[wait] = true
		}
		require.Greater(t, len(different), 10)
	}
}

func TestPasswordsAreShownInNoForm(t *testing.T) {
	t.Parallel()
	credentials := Credentials{User: "u", Password: "c@nary/p ss%İ"}
	for _, text := range []string{
		"c@nary/p ss%İ", "c%40nary%2Fp+ss%25%C4%B0", "c@nary%2Fp%20ss%25%C4%B0", "C%40NARY%2fp+ss%25%c4%b0",
	} {
		require.Equal(t, "<***>", credentials.Redact("<"+text+">"), text)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		shown := fmt.Sprintf(verb, credentials) + fmt.Sprintf(verb, Config{Credentials: credentials})
		require.NotContains(t, shown, "nary", verb)
	}
	require.Equal(t, "text", Credentials{}.Redact("text"))
}
