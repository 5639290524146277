// What becomes of a panic in the ledger.

package ledger

import "runtime/debug"

// defect is told of a panic of ours, which neither ends the process nor goes unseen: it counts as a lost line.
func (l *ledger) defect(panicked any) {
	l.module.book.Writer().CountLost()
	l.reportLostLines()
	if state := l.vu.State(); state != nil {
		state.Logger.Errorf("defect in k6/x/ledger: %v\n%s", panicked, debug.Stack())
	}
}
