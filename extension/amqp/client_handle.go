// The client as a script holds it.

package amqp

import (
	"context"
	"net"
	"reflect"
	"slices"
	"sync/atomic"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/lib"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// clientHandle is a connection of a virtual user, or its share in a pool. It lives as long as the user: iterations come
// and go.
type clientHandle struct {
	instance *instance
	options  clientOptions
	object   *sobek.Object
	dialer   atomic.Pointer[lib.DialContexter]
	link     *client.Link // from the first use on
	pool     *pool
	channels []*channelHandle
	closed   bool
}

// newClient gives the same client for equal options, so that a script may ask for it in every iteration.
func (i *instance) newClient(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(1, "client", call); err != nil {
		return nil, err
	}
	options, err := i.parseClientOptions(call.Argument(0))
	if err != nil {
		return nil, err
	}
	for _, known := range i.clients {
		if !known.closed && reflect.DeepEqual(known.options, options) {
			return known.object, nil
		}
	}
	c := &clientHandle{instance: i, options: options}
	c.object = i.host.Functions(c.functions())
	i.clients = append(i.clients, c)
	return c.object, nil
}

func (c *clientHandle) functions() map[string]script.Function {
	functions := c.topologyFunctions()
	functions["channel"] = c.channel
	functions["connect"] = c.connect
	functions["state"] = c.state
	functions["close"] = c.close
	return functions
}

// open gives the link, and is where everything that needs the network begins.
func (c *clientHandle) open(function string) (*client.Link, error) {
	state := c.instance.vu.State()
	if state == nil {
		return nil, script.Errorf(initContext,
			"%s works in the code of a virtual user, not in the init context", function)
	}
	if c.closed {
		return nil, script.Errorf(string(client.Closed), "the client was closed")
	}
	if c.link != nil {
		return c.link, nil
	}
	c.instance.module.events.useLogger(state.Logger)
	c.dialer.Store(&state.Dialer)
	return c.link, c.makeLink(int(state.VUID)) //nolint:gosec // there are fewer virtual users than that
}

func (c *clientHandle) makeLink(number int) (err error) {
	module := c.instance.module
	if c.options.pool.name == "" {
		config, err := c.options.config(number, c.dial)
		if err != nil {
			return err
		}
		c.link = module.newLink(config)
		return nil
	}
	if c.pool, err = module.sharedPool(c.options, c.dial); err != nil {
		return err
	}
	c.link = c.pool.link()
	return nil
}

// dial is k6's own: it knows hosts, DNS and blocked addresses, and counts bytes.
func (c *clientHandle) dial(ctx context.Context, network, address string) (net.Conn, error) {
	return (*c.dialer.Load()).DialContext(ctx, network, address)
}

func (c *clientHandle) state(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(0, "state", call); err != nil {
		return nil, err
	}
	state := client.Idle
	switch {
	case c.closed:
		state = client.IsClosed
	case c.link != nil:
		state = c.link.State()
	}
	return c.instance.vu.Runtime().ToValue(string(state)), nil
}

// connect waits until the connection is open; nobody has to call it.
func (c *clientHandle) connect(call sobek.FunctionCall) (sobek.Value, error) {
	timeoutMs := c.options.connectTimeoutMs * len(c.options.addresses)
	err := script.Keys{"timeoutMs": script.Whole(&timeoutMs, 1, maxMs)}.Parse("connect", call.Argument(0))
	if err != nil {
		return nil, err
	}
	link, err := c.open("connect")
	if err != nil {
		return nil, err
	}
	return c.instance.promise(timeoutMs, func(ctx context.Context) (any, error) { return nil, link.Await(ctx) }), nil
}

// close ends the connection of this user alone; a pool lives until the end of the test.
func (c *clientHandle) close(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(0, "close", call); err != nil {
		return nil, err
	}
	if c.instance.vu.State() == nil {
		return nil, script.Errorf(initContext, "close works in the code of a virtual user, not in the init context")
	}
	channels, link := c.channels, c.link
	c.closed, c.channels, c.link = true, nil, nil
	c.instance.forget(c)
	return c.instance.promise(maxMs, func(context.Context) (any, error) {
		for _, channel := range channels {
			channel.closeAll()
		}
		if link != nil && c.pool == nil {
			c.instance.module.closeLink(link)
		}
		return nil, nil
	}), nil
}

func (i *instance) forget(closed *clientHandle) {
	i.clients = slices.DeleteFunc(i.clients, func(known *clientHandle) bool { return known == closed })
}
