// Consuming with a handler on the event loop.

package amqp

import (
	"fmt"
	"sync/atomic"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// consumerNumber makes consumer tags that no other consumer of this process has.
var consumerNumber atomic.Int64

// consumption is one consumer with its handler.
type consumption struct {
	channel   *channelHandle
	handler   sobek.Callable
	object    *sobek.Object
	hold      *hold
	consumer  *client.Consumer
	resolve   func(any) error
	reject    func(any) error
	failure   error // what the handler threw first
	delivered int
	again     int // of the delivered ones, those that were delivered before
}

func (c *channelHandle) consume(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(2, "consume", call); err != nil {
		return nil, err
	}
	config, err := c.parseConsume(call.Argument(0))
	if err != nil {
		return nil, err
	}
	handler, ok := sobek.AssertFunction(call.Argument(1))
	if !ok {
		return nil, script.Errorf(script.InvalidArgument, "consume takes a function as its second argument, not %s",
			script.Describe(call.Argument(1)))
	}
	link, err := c.open("consume")
	if err != nil {
		return nil, err
	}
	promise, resolve, reject := c.vu.Runtime().NewPromise()
	running := &consumption{channel: c, handler: handler, resolve: resolve, reject: reject}
	running.object = c.host.Functions(map[string]script.Function{"stop": running.stop})
	// A new object takes any member.
	_ = running.object.Set("finished", promise)
	running.hold = c.loop.hold()
	running.consumer = client.NewConsumer(c.vu.Context(), link, config, running)
	running.consumer.Start()
	return running.object, nil
}

func (c *channelHandle) parseConsume(argument sobek.Value) (client.ConsumerConfig, error) {
	config := client.ConsumerConfig{Prefetch: 50, Resume: true}
	idleMs, timeoutMs := 0, defaultTimeoutMs
	err := script.Keys{
		"queue":       script.Text(&config.Queue),
		"consumerTag": script.Text(&config.Tag),
		"prefetch":    script.Whole(&config.Prefetch, 1, 65535),
		"autoAck":     script.Flag(&config.AutoAck),
		"exclusive":   script.Flag(&config.Exclusive),
		"resume":      script.Flag(&config.Resume),
		"idleMs":      script.Whole(&idleMs, 1, maxMs),
		"timeoutMs":   script.Whole(&timeoutMs, 1, maxMs),
		"arguments": func(key string, value sobek.Value) (err error) {
			config.Arguments, err = toTable(key, value, 0)
			return err
		},
	}.ParseRequired("consume", argument)
	if err != nil {
		return config, err
	}
	if config.Queue == "" || len(config.Queue) > maxShortText || len(config.Tag) > maxShortText {
		return config, script.Errorf(script.InvalidArgument, "consume needs queue; names have 255 bytes at most")
	}
	if config.Tag == "" {
		config.Tag = fmt.Sprintf("k6-%d-%d", c.module.clock.origin.UnixMicro(), consumerNumber.Add(1))
	}
	config.Idle, config.OpenTimeout = milliseconds(idleMs), milliseconds(timeoutMs)
	return config, nil
}

func (r *consumption) stop(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(0, "stop", call); err != nil {
		return nil, err
	}
	r.consumer.Stop()
	return sobek.Undefined(), nil
}

// Deliver has the handler run on the event loop.
func (r *consumption) Deliver(delivery *client.Delivery) {
	r.hold.post(func() error {
		if r.consumer.Stopping() {
			r.consumer.Handled() // the broker delivers it to somebody else
			return nil
		}
		return r.handle(delivery)
	})
}

// handle runs the handler. What it throws ends the consumer and is what its promise rejects with.
func (r *consumption) handle(delivery *client.Delivery) error {
	r.delivered++
	if delivery.Redelivered {
		r.again++
	}
	c := r.channel
	c.recorder.delivered(delivery, c.module.clock)
	result, err := r.handler(sobek.Undefined(), c.deliveryObject(delivery), r.object)
	if err != nil {
		r.fail(err)
		r.consumer.Handled()
		return nil
	}
	if !r.awaits(result) {
		r.consumer.Handled()
	}
	return nil
}

// awaits has the delivery count as handled when the promise of an async handler is settled.
func (r *consumption) awaits(result sobek.Value) bool {
	promise, ok := result.(*sobek.Object)
	if !ok {
		return false
	}
	if _, ok := promise.Export().(*sobek.Promise); !ok {
		return false
	}
	then, ok := sobek.AssertFunction(promise.Get("then"))
	if !ok {
		return false
	}
	host, rt := r.channel.host, r.channel.vu.Runtime()
	fulfilled := host.Export(func(sobek.FunctionCall) (sobek.Value, error) {
		r.consumer.Handled()
		return sobek.Undefined(), nil
	})
	rejected := host.Export(func(call sobek.FunctionCall) (sobek.Value, error) {
		r.fail(&rejection{call.Argument(0)})
		r.consumer.Handled()
		return sobek.Undefined(), nil
	})
	_, err := then(promise, rt.ToValue(fulfilled), rt.ToValue(rejected))
	return err == nil
}

// rejection is what an async handler threw.
type rejection struct{ value sobek.Value }

func (r *rejection) Error() string { return r.value.String() }

func (r *consumption) fail(err error) {
	if r.failure == nil {
		r.failure = err
	}
	r.consumer.Stop()
}

// Ended settles the promise of the consumer.
func (r *consumption) Ended(reason client.EndReason, resumed int, err error) {
	r.hold.release(func() error {
		if err == nil {
			err = r.failure
		}
		if rejected, ok := err.(*rejection); ok { //nolint:errorlint // it is never wrapped
			return r.reject(rejected.value)
		}
		if err != nil {
			return r.reject(r.channel.host.ErrorValue(fromClient(err)))
		}
		return r.resolve(r.channel.host.NewObject(map[string]any{
			"reason": string(reason), "delivered": r.delivered, "redelivered": r.again, "resumed": resumed,
		}))
	})
}

var _ client.ConsumerSink = (*consumption)(nil)
