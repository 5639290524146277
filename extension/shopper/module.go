// Package shopper is the k6 module k6/x/shopper: what a script asks for with every order. k6's own modules have all of it, but
// every virtual user would keep some thirty functions of theirs, and k6/execution makes its objects anew for every look.
// index.d.ts is its manual.
package shopper

import (
	"crypto/sha1" //nolint:gosec // the hash that version 5 UUIDs are made of
	"encoding/hex"
	"errors"
	"time"

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
}

// NewModuleInstance makes the module of one virtual user.
func (Module) NewModuleInstance(vu modules.VU) modules.Instance {
	s := &shopper{vu: vu}
	// Functions that are the script's already: k6 would wrap a Go function anew whenever a script names it.
	functions := vu.Runtime().NewObject()
	for name, function := range map[string]func(sobek.FunctionCall) sobek.Value{
		"orderNumber": s.orderNumber, "elapsedMs": s.elapsedMs, "tagStage": s.tagStage, "hexSha1": s.hexSha1,
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

func (s *shopper) hexSha1(call sobek.FunctionCall) sobek.Value {
	sum := sha1.Sum([]byte(call.Argument(0).String())) //nolint:gosec // see the import
	return s.vu.Runtime().ToValue(hex.EncodeToString(sum[:]))
}

// state is that of the virtual user, which has none while a script is only being initialised.
func (s *shopper) state() *lib.State {
	state := s.vu.State()
	if state == nil {
		common.Throw(s.vu.Runtime(), errInit)
	}
	return state
}
