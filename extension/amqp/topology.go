// Exchanges, queues and bindings. Every request has a channel of its own: one that the broker refuses harms no other.

package amqp

import (
	"context"

	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"

	"github.com/stampede-load/stampede/extension/script"
)

// defaultTimeoutMs bounds requests that the broker answers.
const defaultTimeoutMs = 10_000

func (c *clientHandle) topologyFunctions() map[string]script.Function {
	return map[string]script.Function{
		"declareQueue":    c.declareQueue,
		"deleteQueue":     c.deleteQueue,
		"purgeQueue":      c.purgeQueue,
		"bindQueue":       c.binding("bindQueue", "queue", "exchange", bindQueue),
		"unbindQueue":     c.binding("unbindQueue", "queue", "exchange", unbindQueue),
		"declareExchange": c.declareExchange,
		"deleteExchange":  c.deleteExchange,
		"bindExchange":    c.binding("bindExchange", "destination", "source", bindExchange),
		"unbindExchange":  c.binding("unbindExchange", "destination", "source", unbindExchange),
	}
}

// request is what all topology functions share.
type request struct {
	client    *clientHandle
	function  string
	timeoutMs int
	keys      script.Keys
	needed    map[string]*string
}

func (c *clientHandle) request(function string, keys script.Keys) *request {
	r := &request{client: c, function: function, timeoutMs: defaultTimeoutMs, keys: keys, needed: map[string]*string{}}
	keys["timeoutMs"] = script.Whole(&r.timeoutMs, 1, maxMs)
	return r
}

// name adds a key for a name; one that is needed must not be empty.
func (r *request) name(key string, target *string, needed bool) {
	r.keys[key] = func(key string, value sobek.Value) error {
		if err := script.Text(target)(key, value); err != nil {
			return err
		}
		if len(*target) > maxShortText {
			return script.Errorf(script.InvalidArgument, "%s has more than %d bytes", key, maxShortText)
		}
		return nil
	}
	if needed {
		r.needed[key] = target
	}
}

// send parses the argument and carries the request out. do gives what the promise is resolved with.
func (r *request) send(call sobek.FunctionCall, do func(*amqp091.Channel) (map[string]any, error)) (sobek.Value, error) {
	if err := script.AtMost(1, r.function, call); err != nil {
		return nil, err
	}
	if err := r.keys.ParseRequired(r.function, call.Argument(0)); err != nil {
		return nil, err
	}
	for key, value := range r.needed {
		if *value == "" {
			return nil, script.Errorf(script.InvalidArgument, "%s needs %s", r.function, key)
		}
	}
	link, err := r.client.open(r.function)
	if err != nil {
		return nil, err
	}
	i := r.client.instance
	return i.promise(r.timeoutMs, func(ctx context.Context) (any, error) {
		result := make(chan map[string]any, 1)
		err := link.Do(ctx, func(channel *amqp091.Channel) error {
			members, err := do(channel)
			result <- members
			return err
		})
		if err != nil {
			return nil, err
		}
		return converted(func() sobek.Value { return i.host.NewObject(<-result) }), nil
	}), nil
}

func table(target *amqp091.Table) func(string, sobek.Value) error {
	return func(key string, value sobek.Value) (err error) {
		*target, err = toTable(key, value, 0)
		return err
	}
}

type bind func(channel *amqp091.Channel, to, key, from string, arguments amqp091.Table) error

func bindQueue(channel *amqp091.Channel, queue, key, exchange string, arguments amqp091.Table) error {
	return channel.QueueBind(queue, key, exchange, false, arguments)
}

func unbindQueue(channel *amqp091.Channel, queue, key, exchange string, arguments amqp091.Table) error {
	return channel.QueueUnbind(queue, key, exchange, arguments)
}

func bindExchange(channel *amqp091.Channel, destination, key, source string, arguments amqp091.Table) error {
	return channel.ExchangeBind(destination, key, source, false, arguments)
}

func unbindExchange(channel *amqp091.Channel, destination, key, source string, arguments amqp091.Table) error {
	return channel.ExchangeUnbind(destination, key, source, false, arguments)
}

func (c *clientHandle) binding(function, toKey, fromKey string, do bind) script.Function {
	return func(call sobek.FunctionCall) (sobek.Value, error) {
		var to, from, key string
		var arguments amqp091.Table
		r := c.request(function, script.Keys{"arguments": table(&arguments)})
		r.name(toKey, &to, true)
		r.name(fromKey, &from, true)
		r.name("routingKey", &key, false)
		return r.send(call, func(channel *amqp091.Channel) (map[string]any, error) {
			return nil, do(channel, to, key, from, arguments)
		})
	}
}
