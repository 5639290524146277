// What the tests of this package share: a fake broker, a link to it, and publications whose outcomes can be awaited.

package client

import (
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// limit is far more than anything here takes; what reaches it hangs.
const limit = 20 * time.Second

// witness is an Observer that remembers.
type witness struct {
	mu         sync.Mutex
	lost       []error
	reconnects int
	gaveUp     int
	blocked    []time.Duration
}

func (w *witness) ConnectionLost(_ Address, reason error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lost = append(w.lost, reason)
}

func (w *witness) Reconnected(Address, time.Duration, int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reconnects++
}

func (w *witness) GaveUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gaveUp++
}

func (w *witness) Unblocked(blocked time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.blocked = append(w.blocked, blocked)
}

func (w *witness) counts() (lost, reconnects, blocked int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.lost), w.reconnects, len(w.blocked)
}

func addressOf(t testing.TB, hostPort string) Address {
	t.Helper()
	host, text, err := net.SplitHostPort(hostPort)
	require.NoError(t, err)
	port, err := strconv.Atoi(text)
	require.NoError(t, err)
	return Address{Host: host, Port: port}
}

func configFor(t testing.TB, addresses ...string) Config {
	t.Helper()
	config := Config{
		Credentials: Credentials{User: "user", Password: "pass"}, VirtualHost: "/", Name: "test",
		Heartbeat: 2 * time.Second, ConnectTimeout: 2 * time.Second,
		Backoff: Backoff{Initial: 5 * time.Millisecond, Max: 20 * time.Millisecond},
		Dial:    (&net.Dialer{}).DialContext, Observer: &witness{},
	}
	for _, address := range addresses {
		config.Addresses = append(config.Addresses, addressOf(t, address))
	}
	return config
}

func newTestLink(t testing.TB, config Config) *Link {
	t.Helper()
	link := NewLink(config)
	t.Cleanup(link.Close)
	return link
}

// fixture is a publisher that talks to a fake broker.
type fixture struct {
	broker    *fakebroker.Broker
	link      *Link
	publisher *Publisher
	witness   *witness
	inFlight  atomic.Int64
}

func usual() PublisherConfig {
	return PublisherConfig{Confirm: true, Window: 100, ConfirmTimeout: limit, SendTimeout: limit}
}

func newFixture(t testing.TB, config PublisherConfig) *fixture {
	t.Helper()
	f := &fixture{broker: fakebroker.Start(t)}
	f.connect(t, f.broker.Address(), config)
	return f
}

func (f *fixture) connect(t testing.TB, address string, config PublisherConfig) {
	t.Helper()
	linkConfig := configFor(t, address)
	f.witness = linkConfig.Observer.(*witness)
	f.link = newTestLink(t, linkConfig)
	f.publisher = NewPublisher(f.link, config, &f.inFlight)
	t.Cleanup(f.publisher.Close)
}

// publish sends one message and gives a channel on which its publication comes when it is settled.
func (f *fixture) publish(key string) (*Publication, <-chan Outcome) {
	outcomes := make(chan Outcome, 2)
	p := &Publication{RoutingKey: key, Mandatory: true, Settled: func(p *Publication) { outcomes <- p.Outcome }}
	p.Message.Body = []byte(key)
	f.publisher.Publish(p)
	return p, outcomes
}

func (f *fixture) message(t testing.TB) fakebroker.Message {
	t.Helper()
	return await(t, f.broker.Messages())
}

func await[T any](t testing.TB, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(limit):
		t.Fatal("it did not come in time")
		panic("unreachable")
	}
}

func requireKind(t testing.TB, kind Kind, outcomes <-chan Outcome) Outcome {
	t.Helper()
	outcome := await(t, outcomes)
	require.Equal(t, kind.String(), outcome.Kind.String(), "%v", outcome.Reason)
	require.Empty(t, outcomes, "settled twice")
	return outcome
}

// awaitTrue polls with a deadline.
func awaitTrue(t testing.TB, condition func() bool, what string) {
	t.Helper()
	require.Eventually(t, condition, limit, time.Millisecond, what)
}
