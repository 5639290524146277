// Package extension adds Stampede's parts to a k6 binary that imports it: the modules k6/x/amqp, k6/x/ledger and
// k6/x/shopper, and the output stampede.
package extension

import (
	"go.k6.io/k6/v2/js/modules"
	"go.k6.io/k6/v2/output"

	"github.com/stampede-load/stampede/extension/amqp"
	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/ledger"
	"github.com/stampede-load/stampede/extension/shopper"
	"github.com/stampede-load/stampede/extension/timeline"
)

// The output opens the book, the module writes in it: k6 makes them apart from each other, so this is where they meet.
func init() {
	book := history.NewBook()
	modules.Register("k6/x/ledger", ledger.New(book))
	modules.Register("k6/x/amqp", amqp.New())
	modules.Register("k6/x/shopper", shopper.Module{})
	output.RegisterExtension("stampede", timeline.NewConstructor(book))
}
