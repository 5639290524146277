// Exchanges.

package amqp

import (
	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"

	"github.com/stampede-load/stampede/extension/script"
)

type exchangeOptions struct {
	name, kind                             string
	durable, autoDelete, internal, passive bool
	arguments                              amqp091.Table
}

func (c *clientHandle) declareExchange(call sobek.FunctionCall) (sobek.Value, error) {
	o := exchangeOptions{kind: "direct", durable: true}
	r := c.request("declareExchange", script.Keys{
		"durable":    script.Flag(&o.durable),
		"autoDelete": script.Flag(&o.autoDelete),
		"internal":   script.Flag(&o.internal),
		"passive":    script.Flag(&o.passive),
		"arguments":  table(&o.arguments),
	})
	r.name("name", &o.name, true)
	r.name("type", &o.kind, true)
	return r.send(call, func(channel *amqp091.Channel) (map[string]any, error) { return nil, o.declare(channel) })
}

func (o *exchangeOptions) declare(channel *amqp091.Channel) error {
	if o.passive {
		return channel.ExchangeDeclarePassive(o.name, o.kind, o.durable, o.autoDelete, o.internal, false, o.arguments)
	}
	return channel.ExchangeDeclare(o.name, o.kind, o.durable, o.autoDelete, o.internal, false, o.arguments)
}

func (c *clientHandle) deleteExchange(call sobek.FunctionCall) (sobek.Value, error) {
	var name string
	var ifUnused bool
	r := c.request("deleteExchange", script.Keys{"ifUnused": script.Flag(&ifUnused)})
	r.name("name", &name, true)
	return r.send(call, func(channel *amqp091.Channel) (map[string]any, error) {
		return nil, channel.ExchangeDelete(name, ifUnused, false)
	})
}
