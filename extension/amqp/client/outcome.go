// What becomes of a published message.

package client

// Kind is the word for an outcome.
type Kind uint8

// The kinds. In doubt, Unknown.
const (
	// Acked means that the broker has taken the message over.
	Acked Kind = iota
	// Nacked means that the broker said that it did not take the message over.
	Nacked
	// Returned means that no queue was there for the message, which the broker then forgot.
	Returned
	// Unknown means that the message was handed to the connection, and that nobody knows what became of it.
	Unknown
	// Rejected means that the message was certainly not sent.
	Rejected
	// KindCount is how many kinds there are.
	KindCount
)

// KindNames are the words that scripts and metrics use.
var KindNames = [KindCount]string{"acked", "nacked", "returned", "unknown", "rejected"}

// String is the kind's word.
func (k Kind) String() string { return KindNames[k] }

// Outcome is what became of a message, and for all but Acked and Nacked why.
type Outcome struct {
	Kind   Kind
	Reason *Error
}
