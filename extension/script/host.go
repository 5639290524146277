// Package script is what k6 modules need between JavaScript and Go: functions that let no panic out, typed errors, and
// arguments that are checked key by key.
package script

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/grafana/sobek"
)

// Function is a Go function that a script calls.
type Function func(call sobek.FunctionCall) (sobek.Value, error)

// Internal is the code of an error that is a defect of the module.
const Internal = "internal"

// Error becomes a JavaScript Error with name, code and message, and further members if it has Details.
type Error struct {
	Code    string
	Message string
	Details map[string]any
}

// Error is the message alone; the name belongs to the host.
func (e *Error) Error() string { return e.Message }

// Errorf makes an error with a stable code.
func Errorf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Host makes a module's functions and errors for one virtual user.
type Host struct {
	runtime          *sobek.Runtime
	errorName        string
	errorConstructor sobek.Value
	onDefect         func(panicked any)
}

// NewHost makes a host whose errors have this name. onDefect hears of every panic that was caught.
func NewHost(runtime *sobek.Runtime, errorName string, onDefect func(panicked any)) *Host {
	return &Host{
		runtime: runtime, errorName: errorName, onDefect: onDefect,
		errorConstructor: runtime.GlobalObject().Get("Error"),
	}
}

// Export makes fn safe to call from a script: errors are thrown as typed Errors, exceptions of the script pass, and a
// panic does not end the process.
func (h *Host) Export(fn Function) func(sobek.FunctionCall) sobek.Value {
	return func(call sobek.FunctionCall) sobek.Value {
		result, err := h.contain(fn, call)
		if err != nil {
			panic(h.thrown(err))
		}
		return result
	}
}

// Contain runs what the event loop runs of its own accord. No panic leaves it.
func (h *Host) Contain(task func() error) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = h.defect(panicked)
		}
	}()
	return task()
}

func (h *Host) contain(fn Function, call sobek.FunctionCall) (result sobek.Value, err error) {
	defer func() {
		panicked := recover()
		switch panicked.(type) {
		case nil:
		case *sobek.InterruptedError, *sobek.StackOverflowError:
			panic(panicked) // k6 ends an iteration in this way
		default:
			err = h.defect(panicked)
		}
	}()
	if exception := h.runtime.Try(func() { result, err = fn(call) }); exception != nil {
		return nil, exception
	}
	return result, err
}

func (h *Host) defect(panicked any) error {
	h.onDefect(panicked)
	return Errorf(Internal, "%v", panicked)
}

func (h *Host) thrown(err error) any {
	var exception *sobek.Exception
	if errors.As(err, &exception) {
		return exception
	}
	return h.ErrorValue(err)
}

// ErrorValue is err as a script sees it: a real Error, so that it has a stack, or what the script itself has thrown.
func (h *Host) ErrorValue(err error) sobek.Value {
	var exception *sobek.Exception
	if errors.As(err, &exception) {
		return exception.Value()
	}
	var typed *Error
	if !errors.As(err, &typed) {
		typed = Errorf(Internal, "%v", err)
	}
	thrown, constructErr := h.runtime.New(h.errorConstructor, h.runtime.ToValue(typed.Message))
	if constructErr != nil {
		return h.runtime.NewGoError(typed)
	}
	// An Error takes any member.
	_ = thrown.Set("name", h.errorName)
	_ = thrown.Set("code", typed.Code)
	for name, detail := range typed.Details {
		_ = thrown.Set(name, detail)
	}
	return thrown
}

// NewObject makes an object of the script's own kind: every look into a Go map would wrap what it finds anew.
func (h *Host) NewObject(members map[string]any) *sobek.Object {
	object := h.runtime.NewObject()
	for _, name := range slices.Sorted(maps.Keys(members)) {
		// A new object takes any member.
		_ = object.Set(name, members[name])
	}
	return object
}

// Functions makes an object of functions that are the script's already.
func (h *Host) Functions(functions map[string]Function) *sobek.Object {
	object := h.runtime.NewObject()
	for name, fn := range functions {
		_ = object.Set(name, h.Export(fn))
	}
	return object
}
