// Package history writes the history of one process: what it attempted and what came of it, one JSON line each.
//
// A line is appended to memory and is on file at most flushPeriod later. Appending never waits for the disk. What
// cannot be written is lost, and known to be: after the first failed write, or when the disk is so slow that
// maxPendingBytes have gathered, the writer stops for good, counts every further line as lost and tells its owner once.
package history

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

const (
	flushPeriod     = 250 * time.Millisecond
	flushEarlyBytes = 64 << 10
	maxPendingBytes = 32 << 20
)

var (
	// ErrClosed is returned for a line that comes after the end of the history.
	ErrClosed  = errors.New("the history is closed")
	errTooSlow = fmt.Errorf("the disk is too slow: %d MiB of history wait to be written", maxPendingBytes>>20)
)

// lineFile is what a Writer needs of an *ndjson.File.
type lineFile interface {
	WriteLines(batch []byte) (lines int, err error)
	Seal(last []byte) error
}

// Writer appends to one history file. Any number of goroutines may use it.
type Writer struct {
	file      lineFile // nil in a writer that discards
	origin    Origin
	prefix    []byte
	clock     Clock
	onFailure func(error)

	mu      sync.Mutex
	pending batch
	seq     int64
	failure error // why lines are lost
	closed  bool

	// Only the flushing goroutine uses these, and Close after it has ended.
	spare    batch
	counts   Counts
	broken   bool // a write has failed
	notified bool

	lostLines atomic.Int64
	wake      chan struct{}
	stop      chan struct{}
	stopped   chan struct{}
	closeOnce sync.Once
	closeErr  error
}

// batch is lines on their way to the file, with the kind of each.
type batch struct {
	lines []byte
	kinds []kind
}

// discard makes a writer that keeps time and numbers operations but writes nothing.
func discard() *Writer { return &Writer{clock: StartClock()} }

// newWriter writes the begin line and starts to flush. It calls onFailure at most once, when the first line is lost.
func newWriter(file lineFile, origin Origin, onFailure func(error)) (*Writer, error) {
	w := &Writer{
		file: file, origin: origin, prefix: origin.prefix(), onFailure: onFailure,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	now, reading, err := readClocks()
	if err != nil {
		return nil, err
	}
	w.clock = Clock{now}
	begin, err := beginLine(origin, w.clock.At(now), reading)
	if err != nil {
		return nil, err
	}
	if _, err := file.WriteLines(begin); err != nil {
		return nil, err
	}
	go w.flushUntilStopped()
	return w, nil
}

// Discards is true of a writer that writes nothing, because the process keeps no history.
func (w *Writer) Discards() bool { return w.file == nil }

// Clock is the clock of every time in this history.
func (w *Writer) Clock() Clock { return w.clock }

// LostLines is how many lines are known so far to be missing from the file.
func (w *Writer) LostLines() int64 { return w.lostLines.Load() }

// CountLost counts a line that a defect kept from being appended at all.
func (w *Writer) CountLost() { w.lostLines.Add(1) }

// Begin appends the invoke line of an operation. On an error the line is lost and the operation must not be done.
func (w *Writer) Begin(invocation Invocation) (*Operation, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seq++
	op := &Operation{writer: w, invocation: invocation, seq: w.seq, start: w.clock.Now()}
	if err := w.append(line{kind: kindInvoke, operation: op, value: invocation.Value, time: op.start}); err != nil {
		return nil, err
	}
	return op, nil
}

// Close writes what is pending and the end line. It returns why lines were lost, if any were.
func (w *Writer) Close() error {
	w.closeOnce.Do(func() {
		if !w.Discards() {
			w.closeErr = w.close()
		}
	})
	return w.closeErr
}

func (w *Writer) close() error {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	close(w.stop)
	<-w.stopped
	_, reading, err := readClocks()
	if err != nil {
		return err
	}
	end, err := endLine(w.origin, w.clock.Now(), reading, w.counts, w.LostLines())
	if err != nil {
		return err
	}
	return errors.Join(w.failure, w.file.Seal(end))
}

// append needs the lock: it keeps the lines in the order of their numbers and times.
func (w *Writer) append(l line) error {
	switch {
	case w.Discards():
		return nil
	case w.closed:
		return ErrClosed
	case w.failure == nil && len(w.pending.lines) > maxPendingBytes:
		w.failure = errTooSlow
		w.wakeFlusher()
	}
	if w.failure != nil {
		w.lostLines.Add(1)
		return fmt.Errorf("a history line was lost: %w", w.failure)
	}
	w.pending.lines = appendLine(w.pending.lines, w.prefix, l)
	w.pending.kinds = append(w.pending.kinds, l.kind)
	if len(w.pending.lines) > flushEarlyBytes {
		w.wakeFlusher()
	}
	return nil
}

func (w *Writer) wakeFlusher() {
	select {
	case w.wake <- struct{}{}:
	default: // it is awake already
	}
}
