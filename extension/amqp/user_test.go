// What the tests of this package share: virtual users with the module, and a fake broker.

package amqp

import (
	"context"
	"encoding/json"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/grafana/sobek"
	"github.com/sirupsen/logrus"
	logtest "github.com/sirupsen/logrus/hooks/test"
	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/js/modulestest"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
	"go.uber.org/goleak"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// limit is far more than anything here takes; what reaches it hangs.
const limit = 20 * time.Second

// canary is the password of all tests: it must be seen nowhere. It has characters that encodings change.
const canary = "c@nary/p:ss w%rd"

// user is a virtual user with the module as `amqp`.
type user struct {
	runtime  *modulestest.Runtime
	instance *instance
	module   *Module
	samples  chan metrics.SampleContainer
	logs     *logtest.Hook
	state    *lib.State
}

func newModule(t testing.TB) *Module {
	t.Helper()
	module := New()
	t.Cleanup(module.Close)
	return module
}

func initUser(t testing.TB, module *Module, id uint64) *user {
	t.Helper()
	runtime := modulestest.NewRuntime(t)
	logger, logs := logtest.NewNullLogger()
	logger.SetLevel(logrus.DebugLevel)
	u := &user{runtime: runtime, module: module, samples: make(chan metrics.SampleContainer, 100_000), logs: logs}
	u.state = &lib.State{
		VUID: id, Logger: logger, Samples: u.samples, Dialer: &net.Dialer{},
		Tags: lib.NewVUStateTags(runtime.VU.InitEnvField.Registry.RootTagSet()),
	}
	u.instance = module.NewModuleInstance(runtime.VU).(*instance)
	require.NoError(t, runtime.VU.Runtime().Set("amqp", u.instance.Exports().Default))
	return u
}

// newUser is a virtual user in an iteration, with `client` and `ch` connected to the broker.
func newUser(t testing.TB, address string) *user {
	t.Helper()
	u := initUser(t, newModule(t), 17)
	u.connect(t, address, "{}")
	u.runtime.MoveToVUContext(u.state)
	return u
}

// besideOthers is a virtual user in an iteration and the broker it is connected to, in a test that runs beside others.
func besideOthers(t *testing.T) (*fakebroker.Broker, *user) {
	t.Helper()
	t.Parallel()
	broker := fakebroker.Start(t)
	return broker, newUser(t, broker.Address())
}

func (u *user) connect(t testing.TB, address, channelOptions string) {
	t.Helper()
	rt := u.runtime.VU.Runtime()
	require.NoError(t, rt.Set("address", address))
	require.NoError(t, rt.Set("canary", canary))
	_, err := rt.RunString(`
		const options = {
			urls: ['amqp://' + address], user: 'tester', password: canary, heartbeatMs: 2000,
			reconnect: { initialMs: 5, maxMs: 50 },
		};
		const client = amqp.client(options);
		const ch = client.channel(` + channelOptions + `);`)
	require.NoError(t, err)
}

// iteration runs code in an async function as one iteration: its context ends with it. It returns what the code
// returned, as JSON makes it.
func (u *user) iteration(t testing.TB, code string) any {
	t.Helper()
	value, err := u.tryIteration(code)
	require.NoError(t, err)
	return value
}

func (u *user) tryIteration(code string) (any, error) {
	return u.runIn(u.begin(), code)
}

// begin gives the next iteration a context of its own, and what ends it.
func (u *user) begin() (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	u.runtime.VU.CtxField = ctx
	return cancel
}

// runIn is what k6 does with an iteration: run, cancel, wait for all callbacks.
func (u *user) runIn(cancel func(), code string) (any, error) {
	var promise *sobek.Promise
	err := u.runtime.EventLoop.Start(func() error {
		value, err := u.runtime.VU.Runtime().RunString(`(async () => {` + code + `})()`)
		if err == nil {
			promise = value.Export().(*sobek.Promise)
		}
		return err
	})
	cancel()
	u.runtime.EventLoop.WaitOnRegistered()
	if err != nil || promise.Result() == nil {
		return nil, err
	}
	text, err := json.Marshal(promise.Result())
	if err != nil {
		return nil, err
	}
	var result any
	return result, json.Unmarshal(text, &result)
}

// thrown runs code that throws and returns name, code and message of the error.
func (u *user) thrown(t testing.TB, code string) (name, errorCode, message string) {
	t.Helper()
	parts := u.iteration(t, `try { `+code+` } catch (e) {
		if (!(e instanceof Error) || !e.stack) return ['no Error with a stack', '', String(e)];
		return [e.name, e.code ?? '', e.message];
	} return ['nothing was thrown', '', ''];`).([]any)
	return parts[0].(string), parts[1].(string), parts[2].(string)
}

// counts sums up what samples came by metric, and by metric and outcome.
func (u *user) counts() map[string]float64 {
	sums := map[string]float64{}
	for {
		select {
		case container := <-u.samples:
			for _, sample := range container.GetSamples() {
				if sample.Metric.Type == metrics.Gauge {
					continue
				}
				name := sample.Metric.Name
				if outcome, ok := sample.Tags.Get(outcomeTag); ok {
					name += " " + outcome
				}
				if sample.Metric.Type == metrics.Trend {
					name, sample.Value = name+" count", 1
				}
				sums[name] += sample.Value
			}
		default:
			return sums
		}
	}
}

// logged is all that was logged.
func (u *user) logged() string {
	var lines []string
	for _, entry := range u.logs.AllEntries() {
		lines = append(lines, entry.Message)
	}
	return strings.Join(lines, "\n")
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

// ackAll has the broker confirm everything.
func ackAll(t testing.TB, broker *fakebroker.Broker) {
	t.Helper()
	answer(t, broker, func(m fakebroker.Message) { m.Ack(false) })
}

func answer(t testing.TB, broker *fakebroker.Broker, with func(fakebroker.Message)) {
	t.Helper()
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case m := <-broker.Messages():
				with(m)
			case <-stop:
				return
			}
		}
	}()
	t.Cleanup(func() { close(stop); <-done })
}
