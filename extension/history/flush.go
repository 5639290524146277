// How lines get from memory to the file.

package history

import (
	"fmt"
	"time"
)

// keepSpareBytes bounds the memory that stays with the writer after a burst.
const keepSpareBytes = 1 << 20

func (w *Writer) flushUntilStopped() {
	defer close(w.stopped)
	ticker := time.NewTicker(flushPeriod)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-w.wake:
		case <-w.stop:
			w.flush()
			return
		}
		w.flush()
	}
}

// flush moves the pending lines to the file. The disk is waited for without the lock.
func (w *Writer) flush() {
	pending, failure := w.takePending()
	written := 0
	if !w.broken && len(pending.lines) > 0 {
		var err error
		if written, err = w.write(pending.lines); err != nil {
			w.broken, failure = true, err
		}
	}
	w.counts.add(pending.kinds[:written])
	w.lostLines.Add(int64(len(pending.kinds) - written))
	if failure != nil {
		w.fail(failure)
	}
	w.spare = pending.emptied()
}

// write turns a panic into a failed write of which no line is known to be on file.
func (w *Writer) write(lines []byte) (written int, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			written, err = 0, fmt.Errorf("panic while writing history: %v", panicked)
		}
	}()
	return w.file.WriteLines(lines)
}

func (w *Writer) takePending() (batch, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := w.pending
	w.pending, w.spare = w.spare, batch{}
	return taken, w.failure
}

// fail stops the writer for good.
func (w *Writer) fail(failure error) {
	w.mu.Lock()
	w.failure = failure
	w.mu.Unlock()
	if !w.notified {
		w.notified = true
		w.onFailure(failure)
	}
}

func (b batch) emptied() batch {
	if cap(b.lines) > keepSpareBytes {
		return batch{}
	}
	return batch{lines: b.lines[:0], kinds: b.kinds[:0]}
}
