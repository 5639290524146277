// What stands between an exported function and a panic.

package ledger

import (
	"fmt"
	"runtime/debug"

	"github.com/grafana/sobek"
)

type function func(call sobek.FunctionCall) (sobek.Value, error)

// guarded makes fn safe to export: errors are thrown as LedgerErrors, exceptions of the script pass, and a panic of
// ours neither ends the process nor goes unseen: it counts as a lost line.
func (l *ledger) guarded(fn function) func(sobek.FunctionCall) sobek.Value {
	return func(call sobek.FunctionCall) sobek.Value {
		result, err := l.contain(fn, call)
		if err != nil {
			l.throw(err)
		}
		return result
	}
}

func (l *ledger) contain(fn function, call sobek.FunctionCall) (result sobek.Value, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = l.defect(panicked)
		}
	}()
	if exception := l.vu.Runtime().Try(func() { result, err = fn(call) }); exception != nil {
		return nil, exception
	}
	return result, err
}

func (l *ledger) defect(panicked any) error {
	switch panicked.(type) {
	case *sobek.InterruptedError, *sobek.StackOverflowError:
		panic(panicked) // k6 ends an iteration in this way
	}
	l.module.book.Writer().CountLost()
	l.reportLostLines()
	if state := l.vu.State(); state != nil {
		state.Logger.Errorf("defect in k6/x/ledger: %v\n%s", panicked, debug.Stack())
	}
	return errorf(internalDefect, "%s", fmt.Sprint(panicked))
}
