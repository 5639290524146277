package amqp

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/stampede-load/stampede/extension/amqp/client"
)

func nowhere(context.Context, string, string) (net.Conn, error) { return nil, errors.New("nowhere") }

func pooled(name string) clientOptions {
	o := defaultOptions()
	o.addresses = []client.Address{{Host: "h", Port: plainPort}}
	o.pool = poolOptions{name: name, connections: 200, channels: 1}
	return o
}

func TestUsersThatComeTogetherFindAPoolThatIsOpen(t *testing.T) {
	t.Parallel()
	for range 20 {
		m := New()
		var users sync.WaitGroup
		for range 16 {
			users.Go(func() {
				p, err := m.sharedPool(pooled("p"), nowhere)
				assert.NoError(t, err)
				assert.NotPanics(t, func() { p.link() })
			})
		}
		users.Wait()
		require.Len(t, m.links, 200)
		for link := range m.links {
			link.Close()
		}
	}
}

func TestAPoolThatCannotBeOpenedIsRefusedToEveryUser(t *testing.T) {
	t.Parallel()
	m := New()
	o := pooled("p")
	o.tls = tlsOptions{given: true, ca: "no certificate"}
	for range 2 {
		_, err := m.sharedPool(o, nowhere)
		require.Error(t, err)
	}
}
