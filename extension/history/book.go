// Where the one who opens a history and those who append to it meet.

package history

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/stampede-load/stampede/extension/ndjson"
)

var errOpen = errors.New("this process keeps a history already")

// Book holds the one history of a process, so that whoever appends need not know who opened it, or whether anyone did.
type Book struct {
	current atomic.Pointer[Writer]
}

// NewBook makes a book whose writer discards until Open is called.
func NewBook() *Book {
	book := new(Book)
	book.current.Store(discard())
	return book
}

// Writer is what to append to now.
func (b *Book) Writer() *Writer { return b.current.Load() }

// Open starts the one history of the process in a file of its own; there must be none at that path.
func (b *Book) Open(path string, origin Origin, onFailure func(error)) error {
	if !b.Writer().Discards() {
		return errOpen
	}
	file, err := ndjson.Create(path)
	if err != nil {
		return err
	}
	writer, err := newWriter(file, origin, onFailure)
	if err != nil {
		return errors.Join(fmt.Errorf("begin the history in %s: %w", path, err), file.Remove())
	}
	b.current.Store(writer)
	return nil
}

// Close ends the history with its end line. Whatever comes later is refused.
func (b *Book) Close() error { return b.Writer().Close() }
