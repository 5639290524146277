// The way from goroutines back to the event loop of a virtual user.

package amqp

import (
	"context"
	"sync"

	"go.k6.io/k6/v2/js/modules"

	"github.com/stampede-load/stampede/extension/script"
)

// loop runs tasks on the event loop. While anything is held open, one callback is registered with k6, whatever the
// number of messages under way; k6 ends an iteration only when all are completed. So everything that is held must be
// released, at the latest when it is told that the iteration was interrupted.
type loop struct {
	vu    modules.VU
	host  *script.Host
	after func() // runs on the event loop after every batch of tasks

	mu      sync.Mutex
	enqueue func(func() error) // the registered callback, if any
	tasks   []func() error
	spare   []func() error // the list that is not in use
	holds   map[*hold]struct{}
	ctx     context.Context //nolint:containedctx // of the iteration in which something was held last
	unwatch func() bool
}

// hold keeps the iteration from ending until it is released.
type hold struct {
	loop      *loop
	ctx       context.Context //nolint:containedctx // of its iteration
	interrupt func()
}

func newLoop(vu modules.VU, host *script.Host, after func()) *loop {
	return &loop{vu: vu, host: host, after: after, holds: map[*hold]struct{}{}}
}

// newHold makes a hold that is to begin.
func (l *loop) newHold() *hold { return &hold{loop: l} }

// begin must be called on the event loop. interrupt is called, from any goroutine and from now on, when the iteration is
// cut; the hold is to be released soon after.
func (h *hold) begin(interrupt func()) {
	l := h.loop
	h.ctx, h.interrupt = l.vu.Context(), interrupt
	l.mu.Lock()
	l.holds[h] = struct{}{}
	if l.enqueue == nil {
		l.enqueue = l.vu.RegisterCallback()
	}
	l.watchLocked(h.ctx)
	l.mu.Unlock()
}

// hold is newHold and begin, for what watches the context of the iteration itself.
func (l *loop) hold() *hold {
	h := l.newHold()
	h.begin(func() {})
	return h
}

// watchLocked interrupts everything when the iteration is over. That of an iteration that is over already is
// interrupted at once.
func (l *loop) watchLocked(ctx context.Context) {
	if l.ctx == ctx && ctx.Err() == nil {
		return
	}
	if l.unwatch != nil {
		l.unwatch()
	}
	l.ctx = ctx
	l.unwatch = context.AfterFunc(ctx, func() { l.interruptAll(ctx) })
}

// interruptAll interrupts what belongs to this iteration; the next may have begun.
func (l *loop) interruptAll(ctx context.Context) {
	l.mu.Lock()
	interrupts := make([]func(), 0, len(l.holds))
	for h := range l.holds {
		if h.ctx == ctx {
			interrupts = append(interrupts, h.interrupt)
		}
	}
	l.mu.Unlock()
	for _, interrupt := range interrupts {
		interrupt()
	}
}

// post has a task run on the event loop, in the order of the calls. It may be called from any goroutine.
func (h *hold) post(task func() error) { h.loop.add(task, nil) }

// release is post, and the end of the hold: the iteration may end after the task. It must be called once.
func (h *hold) release(task func() error) { h.loop.add(task, h) }

func (l *loop) add(task func() error, released *hold) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tasks = append(l.tasks, task)
	if released != nil {
		delete(l.holds, released)
	}
	if l.enqueue != nil {
		l.enqueue(l.drain)
		l.enqueue = nil
	}
}

// drain runs on the event loop.
func (l *loop) drain() error {
	l.mu.Lock()
	tasks := l.tasks
	l.tasks, l.spare = l.spare[:0], nil
	// What began since this was enqueued has registered a callback already; a second one would never be completed.
	if len(l.holds) > 0 && l.enqueue == nil {
		l.enqueue = l.vu.RegisterCallback()
	}
	l.mu.Unlock()
	var first error
	for _, task := range tasks {
		if err := l.host.Contain(task); err != nil && first == nil {
			first = err
		}
	}
	l.after()
	clear(tasks)
	l.spare = tasks
	return first
}
