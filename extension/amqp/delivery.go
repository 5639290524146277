// A delivery as a script holds it.

package amqp

import (
	"time"

	"github.com/grafana/sobek"
	amqp091 "github.com/rabbitmq/amqp091-go"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// deliveryCountHeader is how often a quorum queue has delivered a message in vain.
const deliveryCountHeader = "x-delivery-count"

// deliveryObject has the plain members; headers and methods are on the prototype that all deliveries of a user share.
type deliveryObject struct {
	Exchange      string `js:"exchange"`
	RoutingKey    string `js:"routingKey"`
	ConsumerTag   string `js:"consumerTag"`
	Redelivered   bool   `js:"redelivered"`
	DeliveryCount int64  `js:"deliveryCount"`
	MessageCount  uint32 `js:"messageCount"`
	MessageID     string `js:"messageId"`
	CorrelationID string `js:"correlationId"`
	ContentType   string `js:"contentType"`
	Type          string `js:"type"`
	AppID         string `js:"appId"`
	ReplyTo       string `js:"replyTo"`
	Priority      uint8  `js:"priority"`
	Persistent    bool   `js:"persistent"`

	delivery *client.Delivery
}

func (r *recorder) delivered(delivery *client.Delivery, clock clock) {
	r.gathered.delivered++
	if delivery.Redelivered {
		r.gathered.redelivered++
	}
	waited := time.Since(delivery.ReceivedAt)
	if duration, ok := sinceSent(delivery.Headers, clock.unixMicro()); ok {
		r.gathered.endToEndDurations = append(r.gathered.endToEndDurations, max(duration-waited, 0))
	}
}

func (i *instance) deliveryObject(d *client.Delivery) sobek.Value {
	object := i.vu.Runtime().ToValue(&deliveryObject{
		Exchange: d.Exchange, RoutingKey: d.RoutingKey, ConsumerTag: d.ConsumerTag, Redelivered: d.Redelivered,
		DeliveryCount: deliveryCount(d), MessageCount: d.MessageCount, MessageID: d.MessageId,
		CorrelationID: d.CorrelationId, ContentType: d.ContentType, Type: d.Type, AppID: d.AppId, ReplyTo: d.ReplyTo,
		Priority: d.Priority, Persistent: d.DeliveryMode == amqp091.Persistent, delivery: d,
	}).(*sobek.Object)
	// It is an ordinary object, whose prototype may be set.
	_ = object.SetPrototype(i.delivery)
	return object
}

func deliveryCount(d *client.Delivery) int64 {
	switch count := d.Headers[deliveryCountHeader].(type) {
	case int64:
		return count
	case int32:
		return int64(count)
	case int16:
		return int64(count)
	case byte:
		return int64(count)
	default:
		return 0
	}
}

func (i *instance) newDeliveryPrototype() *sobek.Object {
	prototype := i.host.Functions(map[string]script.Function{
		"text":   i.ofDelivery("text", func(d *client.Delivery) any { return string(d.Body) }),
		"bytes":  i.ofDelivery("bytes", func(d *client.Delivery) any { return i.vu.Runtime().NewArrayBuffer(d.Body) }),
		"json":   i.json,
		"ack":    i.settling("ack", client.Ack, client.Ack),
		"nack":   i.settling("nack", client.Nack, client.NackRequeue),
		"reject": i.settling("reject", client.Reject, client.RejectRequeue),
	})
	headers := i.host.Export(func(call sobek.FunctionCall) (sobek.Value, error) {
		d, err := deliveryOf("headers", call)
		if err != nil {
			return nil, err
		}
		return fromTable(i.vu.Runtime(), d.Headers), nil
	})
	// A new object takes any property.
	_ = prototype.DefineAccessorProperty("headers", i.vu.Runtime().ToValue(headers), nil, sobek.FLAG_FALSE, sobek.FLAG_TRUE)
	return prototype
}

func deliveryOf(function string, call sobek.FunctionCall) (*client.Delivery, error) {
	if this, ok := call.This.(*sobek.Object); ok {
		if object, ok := this.Export().(*deliveryObject); ok {
			return object.delivery, nil
		}
	}
	return nil, script.Errorf(script.InvalidArgument, "%s is called on its delivery: delivery.%s", function, function)
}

func (i *instance) ofDelivery(function string, get func(*client.Delivery) any) script.Function {
	return func(call sobek.FunctionCall) (sobek.Value, error) {
		d, err := deliveryOf(function, call)
		if err != nil {
			return nil, err
		}
		return i.vu.Runtime().ToValue(get(d)), nil
	}
}

// json is JSON.parse of the body; what that throws is the script's to see.
func (i *instance) json(call sobek.FunctionCall) (sobek.Value, error) {
	d, err := deliveryOf("json", call)
	if err != nil {
		return nil, err
	}
	rt := i.vu.Runtime()
	parse, ok := sobek.AssertFunction(rt.GlobalObject().Get("JSON").ToObject(rt).Get("parse"))
	if !ok {
		return nil, script.Errorf(script.Internal, "JSON.parse is gone")
	}
	return parse(sobek.Undefined(), rt.ToValue(string(d.Body)))
}

// settling makes ack, nack and reject. Only the last two take the option requeue, which is true unless said otherwise.
func (i *instance) settling(function string, plain, requeued client.Settlement) script.Function {
	return func(call sobek.FunctionCall) (sobek.Value, error) {
		d, err := deliveryOf(function, call)
		if err != nil {
			return nil, err
		}
		requeue := plain != requeued
		keys := script.Keys{}
		if requeue {
			keys["requeue"] = script.Flag(&requeue)
		}
		if err := keys.Parse(function, call.Argument(0)); err != nil {
			return nil, err
		}
		settlement := plain
		if requeue {
			settlement = requeued
		}
		first, open := d.Settle(settlement)
		if !first {
			return nil, script.Errorf(alreadySettled, "the delivery was settled before, or needs no acknowledgement")
		}
		return i.vu.Runtime().ToValue(open), nil
	}
}
