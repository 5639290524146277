// What happens to the connections of a k6 process: counted, and said once per outage.

package amqp

import (
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/stampede-load/stampede/extension/amqp/client"
)

// linkEvents hears all connections. One broker that goes away takes many connections with it: the first loss is logged,
// and the moment when all are back.
type linkEvents struct {
	mu         sync.Mutex
	logger     logrus.FieldLogger
	reconnects int
	blocked    []time.Duration
	down, lost int
	since      time.Time
}

func (e *linkEvents) useLogger(logger logrus.FieldLogger) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.logger == nil {
		e.logger = logger
	}
}

// ConnectionLost logs the first loss of an outage.
func (e *linkEvents) ConnectionLost(address client.Address, reason error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.down == 0 {
		e.since, e.lost = time.Now(), 0
		if e.logger != nil {
			e.logger.Warnf("amqp: lost the connection to %s: %v; connecting anew, nothing is sent again", address, reason)
		}
	}
	e.down++
	e.lost++
}

// Reconnected logs when the last of the lost connections is back.
func (e *linkEvents) Reconnected(address client.Address, _ time.Duration, attempts int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.reconnects++
	e.down--
	if e.down == 0 && e.logger != nil {
		e.logger.Infof("amqp: all %d lost connections are back after %s; the last at %s in round %d",
			e.lost, time.Since(e.since).Round(time.Millisecond), address, attempts)
	}
}

// GaveUp forgets a connection that nobody wants any more.
func (e *linkEvents) GaveUp() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.down--
}

// Unblocked remembers how long the broker took no messages.
func (e *linkEvents) Unblocked(blocked time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.blocked = append(e.blocked, blocked)
}

// take gives what came since the last call, to whichever virtual user asks first.
func (e *linkEvents) take() (reconnects int, blocked []time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	reconnects, blocked = e.reconnects, e.blocked
	e.reconnects, e.blocked = 0, nil
	return reconnects, blocked
}
