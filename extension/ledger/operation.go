package ledger

import (
	"errors"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/history"
)

// operation is what begin returns to the script: k6 shows exported methods with a small first letter.
type operation struct {
	StartMs float64 `js:"startMs"`

	ledger *ledger
	begun  *history.Operation
}

func (l *ledger) newOperation(begun *history.Operation) sobek.Value {
	return l.vu.Runtime().ToValue(&operation{StartMs: begun.Start().Ms(), ledger: l, begun: begun})
}

// Ok completes an operation that certainly happened.
func (o *operation) Ok(call sobek.FunctionCall) sobek.Value {
	return o.ledger.guarded(o.complete)(call)
}

// Fail completes an operation that certainly did not happen.
func (o *operation) Fail(call sobek.FunctionCall) sobek.Value {
	return o.ledger.guarded(func(call sobek.FunctionCall) (sobek.Value, error) {
		return o.completeUnhappily("fail", history.Fail, call)
	})(call)
}

// Info completes an operation of which nobody knows whether it happened.
func (o *operation) Info(call sobek.FunctionCall) sobek.Value {
	return o.ledger.guarded(func(call sobek.FunctionCall) (sobek.Value, error) {
		return o.completeUnhappily("info", history.Info, call)
	})(call)
}

func (o *operation) complete(call sobek.FunctionCall) (sobek.Value, error) {
	if err := atMost(1, "ok", call); err != nil {
		return nil, err
	}
	value, err := encodeValue(call.Argument(0))
	if err != nil {
		return nil, err
	}
	return o.append(history.Completion{Outcome: history.OK, Value: value})
}

func (o *operation) completeUnhappily(name string, outcome history.Outcome, call sobek.FunctionCall) (sobek.Value, error) {
	if err := atMost(2, name, call); err != nil {
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
	return o.append(history.Completion{Outcome: outcome, Failure: &failure, Value: value})
}

// append throws for a second completion only. A completion that could not be written does not concern the script: the
// operation is over, its history says that a line was lost, and the run is being stopped.
func (o *operation) append(completion history.Completion) (sobek.Value, error) {
	duration, err := o.begun.Complete(completion)
	o.ledger.reportLostLines()
	if errors.Is(err, history.ErrCompleted) {
		return nil, fromHistory(err)
	}
	return o.ledger.vu.Runtime().ToValue(duration.Ms()), nil
}
