// Queues.

package amqp

import (
	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"

	"github.com/stampede-load/stampede/extension/script"
)

type queueOptions struct {
	name, kind                              string
	durable, exclusive, autoDelete, passive bool
	arguments                               amqp091.Table
}

func (c *clientHandle) declareQueue(call sobek.FunctionCall) (sobek.Value, error) {
	o := queueOptions{durable: true}
	r := c.request("declareQueue", script.Keys{
		"type":       o.parseKind,
		"durable":    script.Flag(&o.durable),
		"exclusive":  script.Flag(&o.exclusive),
		"autoDelete": script.Flag(&o.autoDelete),
		"passive":    script.Flag(&o.passive),
		"arguments":  table(&o.arguments),
	})
	r.name("name", &o.name, false)
	return r.send(call, func(channel *amqp091.Channel) (map[string]any, error) {
		queue, err := o.declare(channel)
		if err != nil {
			return nil, err
		}
		return map[string]any{"name": queue.Name, "messages": queue.Messages, "consumers": queue.Consumers}, nil
	})
}

func (o *queueOptions) parseKind(key string, value sobek.Value) error {
	switch value.String() {
	case amqp091.QueueTypeClassic, amqp091.QueueTypeQuorum, amqp091.QueueTypeStream:
		return script.Text(&o.kind)(key, value)
	default:
		return script.Errorf(script.InvalidArgument, `type is "classic", "quorum" or "stream", not %s`, script.Describe(value))
	}
}

func (o *queueOptions) declare(channel *amqp091.Channel) (amqp091.Queue, error) {
	if o.passive {
		return channel.QueueDeclarePassive(o.name, o.durable, o.autoDelete, o.exclusive, false, o.arguments)
	}
	arguments := amqp091.Table{}
	for key, value := range o.arguments {
		arguments[key] = value
	}
	if o.kind != "" {
		arguments[amqp091.QueueTypeArg] = o.kind
	}
	return channel.QueueDeclare(o.name, o.durable, o.autoDelete, o.exclusive, false, arguments)
}

func (c *clientHandle) deleteQueue(call sobek.FunctionCall) (sobek.Value, error) {
	var name string
	var ifUnused, ifEmpty bool
	r := c.request("deleteQueue", script.Keys{"ifUnused": script.Flag(&ifUnused), "ifEmpty": script.Flag(&ifEmpty)})
	r.name("name", &name, true)
	return r.send(call, func(channel *amqp091.Channel) (map[string]any, error) {
		messages, err := channel.QueueDelete(name, ifUnused, ifEmpty, false)
		return map[string]any{"messages": messages}, err
	})
}

func (c *clientHandle) purgeQueue(call sobek.FunctionCall) (sobek.Value, error) {
	var name string
	r := c.request("purgeQueue", script.Keys{})
	r.name("name", &name, true)
	return r.send(call, func(channel *amqp091.Channel) (map[string]any, error) {
		messages, err := channel.QueuePurge(name, false)
		return map[string]any{"messages": messages}, err
	})
}
