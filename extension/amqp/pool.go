// Connections that the virtual users of a process share.

package amqp

import (
	"reflect"
	"sync"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// pool is N connections with M channels each for publishing. Consumers and get open channels of their own beside them.
type pool struct {
	options clientOptions
	links   []*client.Link

	mu sync.Mutex
	// failed is why it could not be opened; nobody gets it then.
	failed     error
	nextLink   int
	publishers map[client.PublisherConfig]*publisherSlots
}

// publisherSlots are the channels for one kind of publishing; more users than channels share them in turn.
type publisherSlots struct {
	publishers []*client.Publisher
	next       int
}

// sharedPool finds the pool of this name or makes it. Its connections are dialled by the virtual user who came first.
func (m *Module) sharedPool(options clientOptions, dial client.DialFunc) (*pool, error) {
	m.mu.Lock()
	found := m.pools[options.pool.name]
	if found == nil {
		made := &pool{options: options, publishers: map[client.PublisherConfig]*publisherSlots{}}
		// Locked before anybody can find it.
		made.mu.Lock()
		defer made.mu.Unlock()
		m.pools[options.pool.name] = made
		m.mu.Unlock()
		made.failed = made.open(m, dial)
		return made, made.failed
	}
	m.mu.Unlock()
	if !reflect.DeepEqual(found.options, options) {
		return nil, script.Errorf(poolMismatch, "the pool %q exists with other options", options.pool.name)
	}
	found.mu.Lock()
	defer found.mu.Unlock()
	return found, found.failed
}

// open fills links. p.mu is held.
func (p *pool) open(m *Module, dial client.DialFunc) error {
	for number := range p.options.pool.connections {
		config, err := p.options.config(number, dial)
		if err != nil {
			return err
		}
		p.links = append(p.links, m.newLink(config))
	}
	return nil
}

// link gives the connections in turn.
func (p *pool) link() *client.Link {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.nextLink++
	return p.links[(p.nextLink-1)%len(p.links)]
}

// publisher gives the channels in turn, one connection after the other.
func (p *pool) publisher(config client.PublisherConfig, m *Module) *client.Publisher {
	p.mu.Lock()
	defer p.mu.Unlock()
	slots := p.publishers[config]
	if slots == nil {
		slots = &publisherSlots{}
		p.publishers[config] = slots
	}
	number := slots.next % (len(p.links) * p.options.pool.channels)
	slots.next++
	if number == len(slots.publishers) {
		link := p.links[number%len(p.links)]
		slots.publishers = append(slots.publishers, client.NewPublisher(link, config, &m.inFlight))
	}
	return slots.publishers[number]
}
