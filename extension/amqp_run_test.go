// k6/x/amqp in the real binary.

package extension_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/internal/fakebroker"
)

const canary = "c@nary/p:ss w%rd"

func newAMQPRun(t *testing.T, script string, broker *fakebroker.Broker) *k6Run {
	t.Helper()
	run := newRun(t, script)
	run.arguments = append(run.arguments, "--verbose", "--out", "json="+filepath.Join(run.directory, "samples.json"))
	run.environ = append(run.environ, "AMQP_URL=amqp://"+broker.Address(), "CANARY="+canary)
	return run
}

func TestSIGTERMWithMessagesInFlightEndsK6AndSaysGoodBye(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	run := newAMQPRun(t, "amqp-endless.js", broker)
	run.start(t)
	require.Eventually(t, func() bool {
		return len(broker.Messages()) == 5 && len(broker.Subscriptions()) == 2
	}, runLimit, 10*time.Millisecond)
	terminated := time.Now()
	require.NoError(t, run.command.Process.Signal(syscall.SIGTERM))
	require.Equal(t, 105, run.wait(t), run.output.String())
	require.Less(t, time.Since(terminated), 10*time.Second)
	require.Len(t, broker.GoodByes(), 7, "every connection was closed in the proper way")
	samples, err := os.ReadFile(filepath.Join(run.directory, "samples.json"))
	require.NoError(t, err)
	require.Equal(t, 5, strings.Count(string(samples), `"outcome":"unknown"`), "no outcome is lost")
}

func TestThePasswordIsInNoOutputOfK6(t *testing.T) {
	t.Parallel()
	broker := fakebroker.Start(t)
	broker.RefuseLogins(403)
	run := newAMQPRun(t, "amqp-canary.js", broker)
	require.Equal(t, 0, run.toEnd(t), run.output.String())
	shown := run.output.String()
	require.Equal(t, 5, strings.Count(shown, "thrown: AmqpError"), shown)
	require.NoError(t, filepath.WalkDir(run.directory, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			content, err := os.ReadFile(path)
			shown += string(content)
			return err
		}
		return err
	}))
	for _, form := range []string{canary, url.QueryEscape(canary), url.PathEscape(canary), "nary"} {
		require.NotContains(t, strings.ToLower(strings.ReplaceAll(shown, "amqp-canary.js", "")), strings.ToLower(form))
	}
}
