// Getting single messages.

package amqp

import (
	"context"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

func (c *channelHandle) get(call sobek.FunctionCall) (sobek.Value, error) {
	queue, autoAck, timeoutMs := "", false, defaultTimeoutMs
	err := script.Keys{
		"queue":     script.Text(&queue),
		"autoAck":   script.Flag(&autoAck),
		"timeoutMs": script.Whole(&timeoutMs, 1, maxMs),
	}.ParseRequired("get", call.Argument(0))
	if err != nil {
		return nil, err
	}
	if queue == "" {
		return nil, script.Errorf(script.InvalidArgument, "get needs queue")
	}
	link, err := c.open("get")
	if err != nil {
		return nil, err
	}
	if c.getter == nil {
		c.getter = client.NewGetter(link)
	}
	getter := c.getter
	return c.promise(timeoutMs, func(ctx context.Context) (any, error) {
		delivery, err := getter.Get(ctx, queue, autoAck)
		if err != nil {
			return nil, err
		}
		return converted(func() sobek.Value { return c.got(delivery) }), nil
	}), nil
}

func (c *channelHandle) got(delivery *client.Delivery) sobek.Value {
	if delivery == nil {
		return sobek.Null()
	}
	c.recorder.delivered(delivery, c.module.clock)
	return c.deliveryObject(delivery)
}
