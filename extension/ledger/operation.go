// The operation as a script holds it.

package ledger

import (
	"errors"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/script"
)

// operation is what begin returns to the script. Its methods are on a prototype that all operations of a virtual user
// share: methods of the Go type would be wrapped anew for every call.
type operation struct {
	StartMs float64 `js:"startMs"`

	begun *history.Operation
}

func (l *ledger) newOperation(begun *history.Operation) sobek.Value {
	object := l.vu.Runtime().ToValue(&operation{StartMs: begun.Start().Ms(), begun: begun}).(*sobek.Object)
	// It is an ordinary object, whose prototype may be set.
	_ = object.SetPrototype(l.operationPrototype)
	return object
}

func (l *ledger) newOperationPrototype() *sobek.Object {
	return l.host.NewObject(map[string]any{
		"ok": l.host.Export(l.ok),
		"fail": l.host.Export(func(call sobek.FunctionCall) (sobek.Value, error) {
			return l.completeUnhappily("fail", history.Fail, call)
		}),
		"info": l.host.Export(func(call sobek.FunctionCall) (sobek.Value, error) {
			return l.completeUnhappily("info", history.Info, call)
		}),
	})
}

func (l *ledger) ok(call sobek.FunctionCall) (sobek.Value, error) {
	if err := script.AtMost(1, "ok", call); err != nil {
		return nil, err
	}
	value, err := encodeValue(call.Argument(0))
	if err != nil {
		return nil, err
	}
	return l.complete(call.This, history.Completion{Outcome: history.OK, Value: value})
}

func (l *ledger) completeUnhappily(
	name string, outcome history.Outcome, call sobek.FunctionCall,
) (sobek.Value, error) {
	if err := script.AtMost(2, name, call); err != nil {
		return nil, err
	}
	failure, err := parseFailure(call.Argument(0))
	if err != nil {
		return nil, err
	}
	value, err := encodeValue(call.Argument(1))
	if err != nil {
		return nil, err
	}
	return l.complete(call.This, history.Completion{Outcome: outcome, Failure: &failure, Value: value})
}

// complete throws for a second completion only. A completion that could not be written does not concern the script:
// the operation is over, its history says that a line was lost, and the run is being stopped.
func (l *ledger) complete(this sobek.Value, completion history.Completion) (sobek.Value, error) {
	op, ok := this.Export().(*operation)
	if !ok {
		return nil, script.Errorf(script.InvalidArgument, "a completion is called on its operation: operation.ok(), not ok()")
	}
	duration, err := op.begun.Complete(completion)
	l.reportLostLines()
	if errors.Is(err, history.ErrCompleted) {
		return nil, fromHistory(err)
	}
	return l.vu.Runtime().ToValue(duration.Ms()), nil
}
