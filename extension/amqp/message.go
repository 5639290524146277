// A message as a script gives it.

package amqp

import (
	"strconv"
	"time"

	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// message is what is said of a message, before it is one.
type message struct {
	client.Publication
	persistent   bool
	expirationMs int
	priority     int
}

func newMessage() *message {
	m := &message{persistent: true, expirationMs: -1}
	m.Mandatory = true
	return m
}

// parseFields reads a message of its own, or what many messages share.
func (m *message) parseFields(owner string, argument sobek.Value) error {
	return script.EachKey(owner, argument, func(key string, value sobek.Value) error {
		switch key {
		case "body":
			return m.setBody(key, value)
		case "headers":
			return m.setHeaders(key, value)
		case "mandatory":
			return script.SetFlag(&m.Mandatory, key, value)
		case "persistent":
			return script.SetFlag(&m.persistent, key, value)
		case "expirationMs":
			return script.SetWhole(&m.expirationMs, 0, 1<<31-1, key, value)
		case "priority":
			return script.SetWhole(&m.priority, 0, 255, key, value)
		}
		if target := m.text(key); target != nil {
			return script.SetText(target, key, value)
		}
		return script.Unknown(owner, key, "appId, body, contentEncoding, contentType, correlationId, exchange, "+
			"expirationMs, headers, mandatory, messageId, persistent, priority, replyTo, routingKey, type")
	})
}

// shortTexts are the texts for which AMQP has room for 255 bytes, by their names in a script, and where they stand.
var shortTexts = []struct {
	name string
	of   func(m *message) *string
}{
	{"exchange", func(m *message) *string { return &m.Exchange }},
	{"routingKey", func(m *message) *string { return &m.RoutingKey }},
	{"contentType", func(m *message) *string { return &m.Message.ContentType }},
	{"contentEncoding", func(m *message) *string { return &m.Message.ContentEncoding }},
	{"correlationId", func(m *message) *string { return &m.Message.CorrelationId }},
	{"messageId", func(m *message) *string { return &m.Message.MessageId }},
	{"replyTo", func(m *message) *string { return &m.Message.ReplyTo }},
	{"type", func(m *message) *string { return &m.Message.Type }},
	{"appId", func(m *message) *string { return &m.Message.AppId }},
}

// text is where the short text of this name stands, nil if there is none.
func (m *message) text(key string) *string {
	for _, text := range shortTexts {
		if text.name == key {
			return text.of(m)
		}
	}
	return nil
}

func (m *message) setBody(key string, value sobek.Value) error {
	if sobek.IsString(value) {
		m.Message.Body = []byte(value.String())
		return nil
	}
	if object, ok := value.(*sobek.Object); ok {
		if bytes, ok := toBytes(object); ok {
			m.Message.Body = bytes
			return nil
		}
	}
	return script.Errorf(script.InvalidArgument, "%s takes text, an ArrayBuffer or a Uint8Array, not %s",
		key, script.Describe(value))
}

func (m *message) setHeaders(key string, value sobek.Value) (err error) {
	m.Message.Headers, err = toTable(key, value, 0)
	return err
}

// finish puts the rest into the form of the wire. A message that has none is not sent: it comes back with a reason.
func (m *message) finish(stamp bool, sentUs int64) *client.Error {
	content := &m.Message
	content.DeliveryMode = amqp091.Transient
	if m.persistent {
		content.DeliveryMode = amqp091.Persistent
	}
	content.Priority = uint8(m.priority) //nolint:gosec // it is 255 at most
	if m.expirationMs >= 0 {
		content.Expiration = strconv.Itoa(m.expirationMs)
	}
	for _, text := range shortTexts {
		if length := len(*text.of(m)); length > maxShortText {
			reason := text.name + " has " + strconv.Itoa(length) + " bytes; AMQP has room for 255"
			return &client.Error{Code: client.InvalidMessage, Text: reason}
		}
	}
	if stamp {
		m.SentUs = sentUs
	}
	return nil
}

// sinceSent is the time since the publication of a delivered message, if it tells.
func sinceSent(headers amqp091.Table, nowUs int64) (time.Duration, bool) {
	sentUs, ok := headers[client.SentHeader].(int64)
	if !ok {
		return 0, false
	}
	return max(time.Duration(nowUs-sentUs)*time.Microsecond, 0), true
}
