// The errors that scripts see.

package amqp

import (
	"errors"

	"github.com/stampede-load/stampede/extension/amqp/client"
	"github.com/stampede-load/stampede/extension/script"
)

// The codes of this module beside those of script and client.
const (
	initContext    = "init_context"
	alreadySettled = "already_settled"
	credentials    = "credentials"
	poolMismatch   = "pool_mismatch"
)

// fromClient makes an error for scripts: the words of the broker with its reply code, if it was the broker's no.
func fromClient(err error) error {
	var reason *client.Error
	if !errors.As(err, &reason) {
		return err
	}
	typed := script.Errorf(string(reason.Code), "%s", reason.Error())
	if reason.Reply != 0 {
		typed.Details = map[string]any{"replyCode": reason.Reply}
	}
	return typed
}
