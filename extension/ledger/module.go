// Package ledger is the k6 module k6/x/ledger: scripts write the history of the run with it. index.d.ts is its manual.
package ledger

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/js/common"
	"go.k6.io/k6/v2/js/modules"
	"go.k6.io/k6/v2/metrics"

	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/script"
)

// LostLinesMetric counts history lines that could not be written.
const LostLinesMetric = "ledger_lost_lines"

// Module is what all virtual users of a process share.
type Module struct {
	book          *history.Book
	warnOnce      sync.Once
	reportedLines atomic.Int64 // lost lines that LostLinesMetric has counted
}

// New makes the module; whatever scripts append goes to the book.
func New(book *history.Book) *Module { return &Module{book: book} }

// ledger is the module as one virtual user has it.
type ledger struct {
	module             *Module
	vu                 modules.VU
	host               *script.Host
	operationPrototype *sobek.Object
	exports            modules.Exports
	lostLines          *metrics.Metric
}

// NewModuleInstance makes the module of one virtual user.
func (m *Module) NewModuleInstance(vu modules.VU) modules.Instance {
	lostLines, err := vu.InitEnv().Registry.NewMetric(LostLinesMetric, metrics.Counter)
	if err != nil {
		common.Throw(vu.Runtime(), err)
	}
	l := &ledger{module: m, vu: vu, lostLines: lostLines}
	l.host = script.NewHost(vu.Runtime(), errorName, l.defect)
	l.operationPrototype = l.newOperationPrototype()
	// Functions that are the script's already: k6 would wrap a Go function anew whenever a script names it.
	named := map[string]any{
		"begin": vu.Runtime().ToValue(l.host.Export(l.begin)),
		"nowMs": vu.Runtime().ToValue(l.host.Export(l.nowMs)),
	}
	l.exports = modules.Exports{Default: l.host.NewObject(named), Named: named}
	return l
}

// Exports are the functions of the module, each by its name and together as the default.
func (l *ledger) Exports() modules.Exports { return l.exports }

func (l *ledger) begin(call sobek.FunctionCall) (sobek.Value, error) {
	writer, err := l.writer("begin")
	if err != nil {
		return nil, err
	}
	if err := script.AtMost(1, "begin", call); err != nil {
		return nil, err
	}
	invocation, err := parseInvocation(call.Argument(0))
	if err != nil {
		return nil, err
	}
	invocation.Process = "vu" + strconv.FormatUint(l.vu.State().VUID, 10)
	begun, err := writer.Begin(invocation)
	l.reportLostLines()
	if err != nil {
		return nil, fromHistory(err)
	}
	return l.newOperation(begun), nil
}

func (l *ledger) nowMs(call sobek.FunctionCall) (sobek.Value, error) {
	writer, err := l.writer("nowMs")
	if err != nil {
		return nil, err
	}
	if err := script.AtMost(0, "nowMs", call); err != nil {
		return nil, err
	}
	return l.vu.Runtime().ToValue(writer.Clock().Now().Ms()), nil
}

// writer is the history of the run, which has not begun while a script is only being initialised.
func (l *ledger) writer(function string) (*history.Writer, error) {
	state := l.vu.State()
	if state == nil {
		return nil, script.Errorf(initContext, "%s works in the code of a virtual user, not in the init context", function)
	}
	writer := l.module.book.Writer()
	if writer.Discards() {
		l.module.warnOnce.Do(func() {
			state.Logger.Warn("the ledger is disabled and writes no history: run k6 with -o stampede=<run directory>")
		})
	}
	return writer, nil
}

// reportLostLines turns the lines lost since the last report, by whichever virtual user, into a sample.
func (l *ledger) reportLostLines() {
	lost, reported := l.module.book.Writer().LostLines(), l.module.reportedLines.Load()
	state := l.vu.State()
	if lost <= reported || state == nil || !l.module.reportedLines.CompareAndSwap(reported, lost) {
		return
	}
	metrics.PushIfNotDone(l.vu.Context(), state.Samples, metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: l.lostLines, Tags: state.Tags.GetCurrentValues().Tags},
		Time:       time.Now(),
		Value:      float64(lost - reported),
	})
}
