// Publishing one message.

package amqp

import (
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/metrics"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

func (c *channelHandle) publish(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(1, "publish", call); err != nil {
		return nil, err
	}
	publisher, err := c.openPublisher("publish")
	if err != nil {
		return nil, err
	}
	m := newMessage()
	if err := m.parseFields("publish", call.Argument(0)); err != nil {
		return nil, err
	}
	promise, resolve, _ := c.vu.Runtime().NewPromise()
	h := c.loop.newHold()
	m.Settled = func(p *client.Publication) {
		h.release(func() error {
			c.recorder.settled(p)
			return resolve(c.outcomeObject(p.Outcome, p.ConfirmDuration))
		})
	}
	h.begin(m.Interrupt)
	if reason := m.finish(c.options.stamp, c.module.clock.unixMicro()); reason != nil {
		m.Reject(reason)
	} else {
		publisher.Publish(&m.Publication)
	}
	return c.vu.Runtime().ToValue(promise), nil
}

// outcomeObject is an outcome as scripts see it.
func (i *instance) outcomeObject(outcome client.Outcome, confirmDuration time.Duration) *sobek.Object {
	object := i.vu.Runtime().NewObject()
	// A new object takes any member.
	_ = object.Set("kind", i.kindValue(outcome.Kind))
	if confirmDuration > 0 {
		_ = object.Set("durationMs", metrics.D(confirmDuration))
	}
	if reason := outcome.Reason; reason != nil {
		code := string(reason.Code)
		if outcome.Kind == client.Returned {
			code = "returned"
		}
		_ = object.Set("code", code)
		_ = object.Set("text", reason.Text)
		if reason.Reply != 0 {
			_ = object.Set("replyCode", reason.Reply)
		}
	}
	return object
}

// kindValue makes each word once.
func (i *instance) kindValue(kind client.Kind) sobek.Value {
	if i.kinds[kind] == nil {
		i.kinds[kind] = i.vu.Runtime().ToValue(client.KindNames[kind])
	}
	return i.kinds[kind]
}
