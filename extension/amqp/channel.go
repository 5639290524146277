// The channel as a script holds it.

package amqp

import (
	"context"
	"reflect"
	"slices"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// channelOptions are comparable: equal options mean the same channel.
type channelOptions struct {
	confirm                                 bool
	stamp                                   bool
	window, confirmTimeoutMs, sendTimeoutMs int
}

func parseChannelOptions(argument sobek.Value) (channelOptions, error) {
	o := channelOptions{confirm: true, stamp: true, window: 100, confirmTimeoutMs: 10_000, sendTimeoutMs: 5000}
	err := script.Keys{
		"confirm":          script.Flag(&o.confirm),
		"stamp":            script.Flag(&o.stamp),
		"window":           script.Whole(&o.window, 1, maxWindow),
		"confirmTimeoutMs": script.Whole(&o.confirmTimeoutMs, 1, maxMs),
		"sendTimeoutMs":    script.Whole(&o.sendTimeoutMs, 1, maxMs),
	}.Parse("channel", argument)
	return o, err
}

func (o channelOptions) publisherConfig() client.PublisherConfig {
	return client.PublisherConfig{
		Confirm: o.confirm, Window: o.window,
		ConfirmTimeout: milliseconds(o.confirmTimeoutMs), SendTimeout: milliseconds(o.sendTimeoutMs),
	}
}

// channelHandle publishes on one AMQP channel, gets on a second and opens one for every consumer: what goes wrong on one
// of them closes that one only.
type channelHandle struct {
	*instance
	client    *clientHandle
	options   channelOptions
	object    *sobek.Object
	publisher *client.Publisher // from the first use on
	getter    *client.Getter    // likewise
	closed    bool
}

// channel gives the same channel for equal options, so that a script may ask for it in every iteration.
func (c *clientHandle) channel(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(1, "channel", call); err != nil {
		return nil, err
	}
	options, err := parseChannelOptions(call.Argument(0))
	if err != nil {
		return nil, err
	}
	for _, known := range c.channels {
		if !known.closed && reflect.DeepEqual(known.options, options) {
			return known.object, nil
		}
	}
	handle := &channelHandle{instance: c.instance, client: c, options: options}
	handle.object = c.instance.host.Functions(map[string]script.Function{
		"publish":     handle.publish,
		"publishMany": handle.publishMany,
		"consume":     handle.consume,
		"get":         handle.get,
		"close":       handle.close,
	})
	c.channels = append(c.channels, handle)
	return handle.object, nil
}

// open gives the link of the channel's client.
func (c *channelHandle) open(function string) (*client.Link, error) {
	if c.closed {
		return nil, script.Errorf(string(client.Closed), "the channel was closed")
	}
	return c.client.open(function)
}

func (c *channelHandle) openPublisher(function string) (*client.Publisher, error) {
	link, err := c.open(function)
	if err != nil || c.publisher != nil {
		return c.publisher, err
	}
	if c.client.pool != nil {
		c.publisher = c.client.pool.publisher(c.options.publisherConfig(), c.module)
	} else {
		c.publisher = client.NewPublisher(link, c.options.publisherConfig(), &c.module.inFlight)
	}
	return c.publisher, nil
}

func (c *channelHandle) close(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(0, "close", call); err != nil {
		return nil, err
	}
	if c.vu.State() == nil {
		return nil, script.Errorf(initContext, "close works in the code of a virtual user, not in the init context")
	}
	c.closed = true
	c.client.forgetChannel(c)
	return c.promise(maxMs, func(context.Context) (any, error) {
		c.closeAll()
		return nil, nil
	}), nil
}

// closeAll closes what belongs to this user alone.
func (c *channelHandle) closeAll() {
	if c.publisher != nil && c.client.pool == nil {
		c.publisher.Close()
	}
	if c.getter != nil {
		c.getter.Close()
	}
}

func (c *clientHandle) forgetChannel(closed *channelHandle) {
	c.channels = slices.DeleteFunc(c.channels, func(known *channelHandle) bool { return known == closed })
}
