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

// SentHeader tells when a message was published: microseconds since the epoch.
const SentHeader = "x-k6-sent-us"

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

// keys are the same for a message of its own and for what many messages share.
func (m *message) keys() script.Keys {
	content := &m.Message
	return script.Keys{
		"exchange":        script.Text(&m.Exchange),
		"routingKey":      script.Text(&m.RoutingKey),
		"mandatory":       script.Flag(&m.Mandatory),
		"persistent":      script.Flag(&m.persistent),
		"body":            m.setBody,
		"headers":         m.setHeaders,
		"contentType":     script.Text(&content.ContentType),
		"contentEncoding": script.Text(&content.ContentEncoding),
		"correlationId":   script.Text(&content.CorrelationId),
		"messageId":       script.Text(&content.MessageId),
		"replyTo":         script.Text(&content.ReplyTo),
		"type":            script.Text(&content.Type),
		"appId":           script.Text(&content.AppId),
		"expirationMs":    script.Whole(&m.expirationMs, 0, 1<<31-1),
		"priority":        script.Whole(&m.priority, 0, 255),
	}
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
	for _, short := range []struct{ name, text string }{
		{"exchange", m.Exchange}, {"routingKey", m.RoutingKey}, {"contentType", content.ContentType},
		{"contentEncoding", content.ContentEncoding}, {"correlationId", content.CorrelationId},
		{"messageId", content.MessageId}, {"replyTo", content.ReplyTo}, {"type", content.Type}, {"appId", content.AppId},
	} {
		if len(short.text) > maxShortText {
			text := short.name + " has " + strconv.Itoa(len(short.text)) + " bytes; AMQP has room for 255"
			return &client.Error{Code: client.InvalidMessage, Text: text}
		}
	}
	if stamp {
		m.stamp(sentUs)
	}
	return nil
}

// stamp writes the time into headers of the message's own: many messages may share theirs.
func (m *message) stamp(sentUs int64) {
	headers := make(amqp091.Table, len(m.Message.Headers)+2)
	for key, value := range m.Message.Headers {
		headers[key] = value
	}
	headers[SentHeader] = sentUs
	m.Message.Headers = headers
}

// sinceSent is the time since the publication of a delivered message, if it tells.
func sinceSent(headers amqp091.Table, nowUs int64) (time.Duration, bool) {
	sentUs, ok := headers[SentHeader].(int64)
	if !ok {
		return 0, false
	}
	return max(time.Duration(nowUs-sentUs)*time.Microsecond, 0), true
}
