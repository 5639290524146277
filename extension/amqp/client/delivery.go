// A message that came from the broker, and what is done with it.

package client

import (
	"sync/atomic"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// Delivery is a message that was consumed or got. It is settled once.
type Delivery struct {
	amqp.Delivery
	// ReceivedAt is when this side had it.
	ReceivedAt time.Time

	settled atomic.Bool
	acks    *acks
}

// Settlement is what a consumer says of a delivery.
type Settlement uint8

// The settlements.
const (
	Ack Settlement = iota
	Nack
	NackRequeue
	Reject
	RejectRequeue
)

// Settle hands the settlement to the connection without waiting. first is false when the delivery was settled before;
// open is false when its channel is closed, so that the broker will deliver the message again.
func (d *Delivery) Settle(settlement Settlement) (first, open bool) {
	if !d.settled.CompareAndSwap(false, true) {
		return false, false
	}
	return true, d.acks.add(acknowledgement{tag: d.DeliveryTag, settlement: settlement})
}

type acknowledgement struct {
	tag        uint64
	settlement Settlement
}

func (a acknowledgement) send(channel *amqp.Channel) error {
	switch a.settlement {
	case Ack:
		return channel.Ack(a.tag, false)
	case Nack:
		return channel.Nack(a.tag, false, false)
	case NackRequeue:
		return channel.Nack(a.tag, false, true)
	case Reject:
		return channel.Reject(a.tag, false)
	default:
		return channel.Reject(a.tag, true)
	}
}
