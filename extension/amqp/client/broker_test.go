// How many publishers a few connections to a real RabbitMQ hold.

package client

import (
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRealBrokerHoldsAThousandPublishersOnTenConnections(t *testing.T) {
	urls := os.Getenv("STAMPEDE_AMQP_URLS")
	if urls == "" {
		t.Skip("SKIPPED, NOTHING SHOWN: STAMPEDE_AMQP_URLS, …_USER and …_PASSWORD_FILE name no RabbitMQ")
	}
	password, err := os.ReadFile(os.Getenv("STAMPEDE_AMQP_PASSWORD_FILE"))
	require.NoError(t, err)
	first, _, _ := strings.Cut(strings.ReplaceAll(urls, "amqp://", ""), ",")
	config := configFor(t, first)
	config.User, config.Password = os.Getenv("STAMPEDE_AMQP_USER"), strings.TrimSpace(string(password))
	config.ConnectTimeout, config.Heartbeat = limit, limit
	var inFlight, returned atomic.Int64
	var settled sync.WaitGroup
	for range 10 {
		link := newTestLink(t, config)
		for range 100 {
			publisher := NewPublisher(link, usual(), &inFlight)
			t.Cleanup(publisher.Close)
			settled.Add(1)
			publisher.Publish(&Publication{RoutingKey: "nowhere", Mandatory: true, Settled: func(p *Publication) {
				if p.Outcome.Kind == Returned {
					returned.Add(1)
				}
				settled.Done()
			}})
		}
	}
	settled.Wait()
	require.EqualValues(t, 1000, returned.Load())
	require.Zero(t, inFlight.Load())
}
