// The end of the test.

package amqp

import (
	"sync"

	"go.k6.io/k6/v2/js/modules"

	"github.com/stampede-load/stampede/extension/amqp/client"
)

// exitEvent is event.Exit of k6, which it keeps in an internal package: the number is the only way to name it. A k6 that
// numbers its events otherwise ends the connections without a good-bye, as the end of any process does.
const exitEvent = 6

// closeAtExit says good-bye to the broker when k6 ends, so that it does not log every connection as broken.
func (m *Module) closeAtExit(vu modules.VU) {
	global := vu.Events().Global
	if global == nil {
		return
	}
	_, events := global.Subscribe(exitEvent)
	go func() {
		for event := range events {
			m.Close()
			event.Done()
		}
	}()
}

// Close ends all connections, each within about two seconds.
func (m *Module) Close() {
	m.mu.Lock()
	links := m.links
	m.links = map[*client.Link]struct{}{}
	m.mu.Unlock()
	var closing sync.WaitGroup
	for link := range links {
		closing.Go(link.Close)
	}
	closing.Wait()
}

func (m *Module) newLink(config client.Config) *client.Link {
	config.Observer = &m.events
	link := client.NewLink(config)
	m.mu.Lock()
	m.links[link] = struct{}{}
	m.mu.Unlock()
	return link
}

func (m *Module) closeLink(link *client.Link) {
	m.mu.Lock()
	delete(m.links, link)
	m.mu.Unlock()
	link.Close()
}
