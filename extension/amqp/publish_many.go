// Publishing many messages with one promise.

package amqp

import (
	"strconv"
	"sync/atomic"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// maxBatch keeps a batch from taking all memory by mistake.
const maxBatch = 1_000_000

// manyMessages is a batch until all of it is settled.
type manyMessages struct {
	messages  []message
	unsettled atomic.Int64
	done      func()
}

func (c *channelHandle) publishMany(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(2, "publishMany", call); err != nil {
		return nil, err
	}
	publisher, err := c.openPublisher("publishMany")
	if err != nil {
		return nil, err
	}
	messages, err := c.parseMany(call.Argument(0), call.Argument(1))
	if err != nil {
		return nil, err
	}
	promise, resolve, _ := c.vu.Runtime().NewPromise()
	h := c.loop.newHold()
	many := newMany(messages)
	many.done = func() { h.release(func() error { return resolve(c.summary(many)) }) }
	h.begin(many.interrupt)
	c.send(publisher, many)
	many.settled()
	return c.vu.Runtime().ToValue(promise), nil
}

// newMany counts one more than there are messages: the last is settled when all were sent.
func newMany(messages []message) *manyMessages {
	many := &manyMessages{messages: messages}
	many.unsettled.Store(int64(len(messages)) + 1)
	settled := func(*client.Publication) { many.settled() }
	for index := range messages {
		messages[index].Settled = settled
	}
	return many
}

// send finishes the messages first, so that none waits for the others' preparation in the window.
func (c *channelHandle) send(publisher *client.Publisher, many *manyMessages) {
	publications := make([]*client.Publication, 0, len(many.messages))
	sentUs := c.module.clock.unixMicro()
	for index := range many.messages {
		m := &many.messages[index]
		if reason := m.finish(c.options.stamp, sentUs); reason != nil {
			m.Reject(reason)
		} else {
			publications = append(publications, &m.Publication)
		}
	}
	publisher.Publish(publications...)
}

func (m *manyMessages) settled() {
	if m.unsettled.Add(-1) == 0 {
		m.done()
	}
}

func (m *manyMessages) interrupt() {
	for index := range m.messages {
		m.messages[index].Interrupt()
	}
}

// parseMany reads the messages: each an object, or a body alone. What they share stands in the second argument.
func (c *channelHandle) parseMany(list, shared sobek.Value) ([]message, error) {
	array, ok := list.(*sobek.Object)
	if !ok || array.ClassName() != "Array" {
		return nil, script.Errorf(script.InvalidArgument, "publishMany takes an array, not %s", script.Describe(list))
	}
	length := array.Get("length").ToInteger()
	if length > maxBatch {
		return nil, script.Errorf(script.InvalidArgument, "publishMany takes at most %d messages, not %d", maxBatch, length)
	}
	model := newMessage()
	if !sobek.IsUndefined(shared) {
		if err := model.parseFields("publishMany", shared); err != nil {
			return nil, err
		}
	}
	messages := make([]message, length)
	for index := range messages {
		messages[index].resemble(model)
		if err := messages[index].parse(array.Get(strconv.Itoa(index))); err != nil {
			return nil, err
		}
	}
	return messages, nil
}

func (m *message) parse(value sobek.Value) error {
	if object, ok := value.(*sobek.Object); ok && !isBinary(object) {
		return m.parseFields("publishMany", value)
	}
	if value == nil {
		value = sobek.Undefined()
	}
	return m.setBody("a message of publishMany", value)
}

// resemble has a new message say the same.
func (m *message) resemble(model *message) {
	m.persistent, m.expirationMs, m.priority = model.persistent, model.expirationMs, model.priority
	m.Exchange, m.RoutingKey, m.Mandatory, m.Message = model.Exchange, model.RoutingKey, model.Mandatory, model.Message
}

// summary is what the promise gives: how many of each kind, and every outcome that is not acked by its index.
func (c *channelHandle) summary(many *manyMessages) *sobek.Object {
	rt := c.vu.Runtime()
	var counts [client.KindCount]int
	var others []any
	for index := range many.messages {
		m := &many.messages[index]
		c.recorder.settled(&m.Publication)
		counts[m.Outcome.Kind]++
		if m.Outcome.Kind != client.Acked {
			other := c.outcomeObject(m.Outcome, m.ConfirmDuration)
			_ = other.Set("index", index)
			others = append(others, other)
		}
	}
	object := rt.NewObject()
	_ = object.Set("total", len(many.messages))
	for kind, name := range client.KindNames {
		_ = object.Set(name, counts[kind])
	}
	_ = object.Set("others", rt.NewArray(others...))
	return object
}
