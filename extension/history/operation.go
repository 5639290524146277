// An operation from its invoke to its completion.

package history

import (
	"encoding/json"
	"errors"
)

// Outcome is what came of an operation.
type Outcome uint8

// OK: it certainly happened. Fail: it certainly did not. Info: unknown.
const (
	OK   Outcome = Outcome(kindOK)
	Fail Outcome = Outcome(kindFail)
	Info Outcome = Outcome(kindInfo)
)

// ErrCompleted is returned when an operation is completed a second time.
var ErrCompleted = errors.New("the operation was completed before")

// Invocation is what is about to be done, by whom and to what.
type Invocation struct {
	// Process is the logical thread, e.g. vu17.
	Process string
	// F is what is done, Key what it is done to.
	F, Key string
	// Stage may be empty.
	Stage string
	// Value may be nil; otherwise JSON without a line break.
	Value json.RawMessage
}

// Failure says why an operation did not end OK.
type Failure struct {
	// Code is a stable word, Message is for people and may be empty.
	Code, Message string
}

// Completion is what came of an operation. Failure is nil for OK; Value may be nil.
type Completion struct {
	Outcome Outcome
	Failure *Failure
	Value   json.RawMessage
}

// Operation is one that has begun: its invoke line is in the history, its completion is not yet.
type Operation struct {
	writer     *Writer
	invocation Invocation
	seq        int64
	start      Micros
	completed  bool
}

// Start is the time of the invoke line.
func (o *Operation) Start() Micros { return o.start }

// Complete appends the completion and returns the time since the invoke. When the line is lost, it returns both the
// time and an error; a second completion gives ErrCompleted.
func (o *Operation) Complete(completion Completion) (Micros, error) {
	w := o.writer
	w.mu.Lock()
	defer w.mu.Unlock()
	if o.completed {
		return 0, ErrCompleted
	}
	o.completed = true
	now := w.clock.Now()
	duration := now - o.start
	return duration, w.append(line{
		kind: kind(completion.Outcome), operation: o, value: completion.Value,
		time: now, duration: duration, failure: completion.Failure,
	})
}
