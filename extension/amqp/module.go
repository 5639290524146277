// Package amqp is the k6 module k6/x/amqp: AMQP 0-9-1 with the outcome of every message. index.d.ts is its manual.
package amqp

import (
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/js/common"
	"go.k6.io/k6/v2/js/modules"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// errorName is the name of every error that this module throws.
const errorName = "AmqpError"

// Module is what all virtual users of a process share.
type Module struct {
	events    linkEvents
	inFlight  atomic.Int64
	clock     clock
	exitWatch sync.Once

	mu    sync.Mutex
	pools map[string]*pool
	links map[*client.Link]struct{}
}

// New makes the module.
func New() *Module {
	return &Module{clock: newClock(), pools: map[string]*pool{}, links: map[*client.Link]struct{}{}}
}

// instance is the module as one virtual user has it.
type instance struct {
	module   *Module
	vu       modules.VU
	host     *script.Host
	loop     *loop
	recorder *recorder
	clients  []*clientHandle
	delivery *sobek.Object // the prototype of all deliveries
	kinds    [client.KindCount]sobek.Value
	exports  modules.Exports
}

// NewModuleInstance makes the module of one virtual user.
func (m *Module) NewModuleInstance(vu modules.VU) modules.Instance {
	metrics, err := registerMetrics(vu.InitEnv().Registry)
	if err != nil {
		common.Throw(vu.Runtime(), err)
	}
	i := &instance{module: m, vu: vu}
	i.host = script.NewHost(vu.Runtime(), errorName, i.reportDefect)
	i.recorder = &recorder{vu: vu, metrics: metrics, links: &m.events, inFlight: &m.inFlight}
	i.loop = newLoop(vu, i.host, i.recorder.push)
	i.delivery = i.newDeliveryPrototype()
	named := map[string]any{"client": i.host.Export(i.newClient)}
	i.exports = modules.Exports{Default: i.host.NewObject(named), Named: named}
	m.exitWatch.Do(func() { m.closeAtExit(vu) })
	return i
}

// Exports are the functions of the module, each by its name and together as the default.
func (i *instance) Exports() modules.Exports { return i.exports }

func (i *instance) reportDefect(panicked any) {
	if state := i.vu.State(); state != nil {
		state.Logger.Errorf("defect in k6/x/amqp: %v\n%s", panicked, debug.Stack())
	}
}

// clock tells the time since the epoch, but never steps: the time of day is read once.
type clock struct{ origin time.Time }

func newClock() clock { return clock{time.Now()} }

// unixMicro is the present time in microseconds since the epoch.
func (c clock) unixMicro() int64 { return c.origin.UnixMicro() + time.Since(c.origin).Microseconds() }
