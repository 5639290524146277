// Package timeline is the k6 output stampede: it opens the history of the run and writes its timeline, one line per
// second × metric × stage × step.
package timeline

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/sirupsen/logrus"
	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/output"

	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/ndjson"
)

// HistoryLost is k6's exit code when the history could not be written and the run was stopped for it.
const HistoryLost exitcodes.ExitCode = 111

// drainPeriod is how often samples leave k6's buffer: often, because a sample is far bigger there than in its window.
const drainPeriod = 50 * time.Millisecond

// Output is the output stampede of one k6 process.
type Output struct {
	output.SampleBuffer

	config  config
	book    *history.Book
	logger  logrus.FieldLogger
	stopRun func(error)

	writer  *writer
	flusher *output.PeriodicFlusher
	lag     *lagProbe
	logOnce sync.Once
}

var _ output.WithTestRunStop = (*Output)(nil)

// NewConstructor gives what k6 calls for -o stampede=<run directory>. The output opens and closes the book.
func NewConstructor(book *history.Book) output.Constructor {
	return func(params output.Params) (output.Output, error) {
		config, err := readConfig(params)
		if err != nil {
			return nil, err
		}
		logger := params.Logger.WithField("output", "stampede")
		return &Output{config: config, book: book, logger: logger, stopRun: func(error) {}}, nil
	}
}

// Description is shown when a run starts.
func (o *Output) Description() string { return fmt.Sprintf("stampede (%s)", o.config.directory) }

// SetTestRunStopCallback takes what stops the run.
func (o *Output) SetTestRunStopCallback(stopRun func(error)) { o.stopRun = stopRun }

// Start opens both files. It leaves none behind when it fails.
func (o *Output) Start() error {
	file, err := ndjson.Create(o.config.timelinePath())
	if err != nil {
		return startError(err)
	}
	if err := o.book.Open(o.config.historyPath(), o.config.origin, o.historyFailed); err != nil {
		_ = file.Remove()
		return startError(err)
	}
	o.writer = newWriter(file, o.config.origin, o.book.Writer().Clock())
	o.lag = startLagProbe()
	o.flusher, err = output.NewPeriodicFlusher(drainPeriod, o.guarded(o.drain))
	return err
}

// Stop closes both files with their end lines.
func (o *Output) Stop() error {
	o.flusher.Stop()
	o.lag.close()
	o.guarded(func() {
		if err := o.writer.close(); err != nil {
			o.timelineFailed(err)
		}
	})()
	return o.book.Close()
}

func (o *Output) drain() {
	o.stopWhenOrphaned()
	o.writer.samples.add(o.GetBufferedSamples())
	o.writer.samples.addSamples(o.lag.take())
	if err := o.writer.write(o.writer.samples.takeDue(o.writer.samples.clock.Now())); err != nil {
		o.timelineFailed(err)
	}
}

// stopWhenOrphaned ends the load when the suite that started it was killed: it would go on to the end of its plan otherwise.
func (o *Output) stopWhenOrphaned() {
	if o.config.parent == "" || o.config.parent == strconv.Itoa(os.Getppid()) {
		return
	}
	o.config.parent = ""
	o.stopRun(errext.WithAbortReasonIfNone(errors.New("the suite that started this run is gone"), errext.AbortedByOutput))
}

// guarded keeps a defect of ours from ending the process: it counts as a lost line.
func (o *Output) guarded(work func()) func() {
	return func() {
		defer func() {
			if panicked := recover(); panicked != nil {
				o.writer.lostLines++
				o.timelineFailed(fmt.Errorf("defect: %v\n%s", panicked, debug.Stack()))
			}
		}()
		work()
	}
}

// timelineFailed is logged once: what is missing is counted on the end line, and no verdict hangs on a timeline alone.
func (o *Output) timelineFailed(err error) {
	o.logOnce.Do(func() { o.logger.WithError(err).Error("the timeline is incomplete") })
}

// historyFailed stops the run: what it would do from here on would be known to nobody. k6 logs why it stops.
func (o *Output) historyFailed(err error) {
	err = fmt.Errorf("the history cannot be written: %w", err)
	o.stopRun(errext.WithAbortReasonIfNone(errext.WithExitCodeIfNone(err, HistoryLost), errext.AbortedByOutput))
}
