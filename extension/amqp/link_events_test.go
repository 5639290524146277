package amqp

import (
	"errors"
	"testing"
	"time"

	logtest "github.com/sirupsen/logrus/hooks/test"
	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/amqp/client"
)

func TestAnOutageOfManyConnectionsIsLoggedOnceHoweverManyItTook(t *testing.T) {
	t.Parallel()
	logger, logs := logtest.NewNullLogger()
	events := &linkEvents{}
	events.useLogger(logger)
	address := client.Address{Host: "rabbit-1", Port: 5672}
	for range 3 {
		events.ConnectionLost(address, errors.New("EOF"))
	}
	for range 3 {
		events.Reconnected(address, time.Second, 1)
	}
	require.Len(t, logs.AllEntries(), 2)
	require.Contains(t, logs.AllEntries()[0].Message, "lost the connection to rabbit-1")
	require.Contains(t, logs.AllEntries()[1].Message, "all 3 lost connections are back")
	reconnects, _ := events.take()
	require.Equal(t, 3, reconnects)
}
