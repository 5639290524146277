// Work in a goroutine whose result a script awaits.

package amqp

import (
	"context"

	"github.com/grafana/sobek"

	"github.com/stampede-load/stampede/extension/script"
)

// converted makes the value that a promise is resolved with, on the event loop.
type converted func() sobek.Value

// promise runs work in a goroutine until it is done, the time is over or the iteration is cut. What work gives is
// converted on the event loop if it is a converted.
func (i *instance) promise(timeoutMs int, work func(ctx context.Context) (any, error)) sobek.Value {
	promise, resolve, reject := i.vu.Runtime().NewPromise()
	h := i.loop.hold()
	ctx, cancel := context.WithTimeout(i.vu.Context(), milliseconds(timeoutMs))
	go func() {
		defer cancel()
		result, err := i.contained(ctx, work)
		h.release(func() error {
			if err != nil {
				return reject(i.host.ErrorValue(fromClient(err)))
			}
			if convert, ok := result.(converted); ok {
				return resolve(convert())
			}
			return resolve(sobek.Undefined())
		})
	}()
	return i.vu.Runtime().ToValue(promise)
}

// contained turns a panic of a goroutine, which would end the process, into an error.
func (i *instance) contained(ctx context.Context, work func(context.Context) (any, error)) (result any, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			i.reportDefect(panicked)
			err = script.Errorf(script.Internal, "%v", panicked)
		}
	}()
	return work(ctx)
}
