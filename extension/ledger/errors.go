// The errors that scripts see.

package ledger

import (
	"errors"

	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/script"
)

// errorName is the name of every error that this module throws.
const errorName = "LedgerError"

// The codes of this module beside those of script, by which a caller tells the errors apart.
const (
	initContext      = "init_context"
	alreadyCompleted = "already_completed"
	writeFailed      = "write_failed"
)

func fromHistory(err error) error {
	if errors.Is(err, history.ErrCompleted) {
		return script.Errorf(alreadyCompleted, "%v", err)
	}
	return script.Errorf(writeFailed, "%v", err)
}
