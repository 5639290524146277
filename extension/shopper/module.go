// Package shopper is the k6 module k6/x/shopper: what a script does with every order. k6's own modules have all of it, but
// every virtual user would keep some thirty functions of theirs, and k6/execution makes its objects anew for every look.
// index.d.ts is its manual.
package shopper

import (
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/js/common"
	"go.k6.io/k6/v2/js/modules"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

const stageTag = "stage"

var errInit = errors.New("k6/x/shopper works in the code of a virtual user, not in the init context")

// Module makes one instance a virtual user.
type Module struct{}

// shopper is the module as one virtual user has it.
type shopper struct {
	vu      modules.VU
	exports modules.Exports
	measures
}

// NewModuleInstance makes the module of one virtual user.
func (Module) NewModuleInstance(vu modules.VU) modules.Instance {
	s := &shopper{vu: vu, measures: newMeasures(vu)}
	// Functions that are the script's already: k6 would wrap a Go function anew whenever a script names it.
	functions := vu.Runtime().NewObject()
	for name, function := range map[string]func(sobek.FunctionCall) sobek.Value{
		"orderNumber": s.orderNumber, "elapsedMs": s.elapsedMs, "tagStage": s.tagStage, "orderKey": s.orderKey,
		"sleep": s.sleep, "rest": s.rest, "countOrder": s.countOrder, "sender": s.sender,
	} {
		// A new object takes any member.
		_ = functions.Set(name, function)
	}
	s.exports = modules.Exports{Default: functions}
	return s
}

// Exports are the functions of the module, as its default.
func (s *shopper) Exports() modules.Exports { return s.exports }

func (s *shopper) orderNumber(sobek.FunctionCall) sobek.Value {
	return s.vu.Runtime().ToValue(s.state().GetScenarioGlobalVUIter())
}

func (s *shopper) elapsedMs(sobek.FunctionCall) sobek.Value {
	scenario := lib.GetScenarioState(s.vu.Context())
	if scenario == nil {
		common.Throw(s.vu.Runtime(), errInit)
	}
	return s.vu.Runtime().ToValue(metrics.D(time.Since(scenario.StartTime)))
}

func (s *shopper) tagStage(call sobek.FunctionCall) sobek.Value {
	stage := call.Argument(0).String()
	s.state().Tags.Modify(func(current *metrics.TagsAndMeta) { current.SetTag(stageTag, stage) })
	return sobek.Undefined()
}

// keyNamespace is that of the client-made ids; any 16 bytes do.
var keyNamespace = uuid.UUID([]byte("stampede/orders/"))

func (s *shopper) orderKey(call sobek.FunctionCall) sobek.Value {
	name := call.Argument(0).String() + "/" + call.Argument(1).String() + "/" + strconv.FormatInt(call.Argument(2).ToInteger(), 10)
	return s.vu.Runtime().ToValue(uuid.NewSHA1(keyNamespace, []byte(name)).String())
}

// sleep is that of k6, which wraps its own anew whenever a script names it.
func (s *shopper) sleep(call sobek.FunctionCall) sobek.Value {
	s.state()
	s.pause(time.Duration(call.Argument(0).ToFloat() * float64(time.Second)))
	return sobek.Undefined()
}

func (s *shopper) rest(call sobek.FunctionCall) sobek.Value {
	state := s.state()
	wanted := time.Duration(call.Argument(0).ToFloat() * float64(time.Millisecond))
	if wanted <= 0 {
		return sobek.Undefined()
	}
	began := time.Now()
	s.pause(wanted)
	s.measure(state, s.overshoot, metrics.D(max(0, time.Since(began)-wanted)))
	return sobek.Undefined()
}

func (s *shopper) countOrder(call sobek.FunctionCall) sobek.Value {
	state := s.state()
	completion, flow := call.Argument(0), call.Argument(1)
	s.measure(state, s.failed, metrics.B(common.IsNullish(completion)))
	if !common.IsNullish(completion) {
		s.measure(state, s.completionTime, completion.ToFloat())
	}
	if !common.IsNullish(flow) {
		s.measure(state, s.flowTime, flow.ToFloat())
	}
	return sobek.Undefined()
}

// pause is over sooner when the iteration ends.
func (s *shopper) pause(length time.Duration) {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.vu.Context().Done():
	}
}

// state is that of the virtual user, which has none while a script is only being initialised.
func (s *shopper) state() *lib.State {
	state := s.vu.State()
	if state == nil {
		common.Throw(s.vu.Runtime(), errInit)
	}
	return state
}
