// The errors that scripts see.

package ledger

import (
	"errors"
	"fmt"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/history"
)

// errorName is the name of every error that this module throws.
const errorName = "LedgerError"

// errorCode is the stable word by which a script tells the errors apart.
type errorCode string

const (
	initContext      errorCode = "init_context"
	invalidArgument  errorCode = "invalid_argument"
	unknownKey       errorCode = "unknown_key"
	alreadyCompleted errorCode = "already_completed"
	writeFailed      errorCode = "write_failed"
	internalDefect   errorCode = "internal"
)

// ledgerError becomes a JavaScript Error with name, code and message.
type ledgerError struct {
	code    errorCode
	message string
}

func (e *ledgerError) Error() string { return errorName + ": " + e.message }

func errorf(code errorCode, format string, args ...any) error {
	return &ledgerError{code: code, message: fmt.Sprintf(format, args...)}
}

func fromHistory(err error) error {
	if errors.Is(err, history.ErrCompleted) {
		return errorf(alreadyCompleted, "%v", err)
	}
	return errorf(writeFailed, "%v", err)
}

// throw does not return. It raises err in the script as a real Error, so that it has a stack; an exception of the
// script's own stays what it is.
func (l *ledger) throw(err error) {
	var exception *sobek.Exception
	if errors.As(err, &exception) {
		panic(exception)
	}
	var typed *ledgerError
	if !errors.As(err, &typed) {
		typed = &ledgerError{code: internalDefect, message: err.Error()}
	}
	rt := l.vu.Runtime()
	thrown, constructErr := rt.New(l.errorConstructor, rt.ToValue(typed.message))
	if constructErr != nil {
		panic(rt.NewGoError(typed))
	}
	_ = thrown.Set("name", errorName)
	_ = thrown.Set("code", string(typed.code))
	panic(sobek.Value(thrown))
}
