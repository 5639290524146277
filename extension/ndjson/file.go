// Package ndjson writes files of JSON lines in which nothing ever follows half a line, and says how many lines are in.
package ndjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrTorn is returned once half a line is on file and could not be cut off again: nothing may follow it.
var ErrTorn = errors.New("the file ends in half a line")

// sink is what File needs of an *os.File.
type sink interface {
	io.WriteCloser
	Name() string
	Truncate(sizeBytes int64) error
	Sync() error
}

// File is an append-only file of newline-terminated lines. It serves one goroutine at a time.
type File struct {
	sink      sink
	sizeBytes int64
	torn      bool
}

// Create makes the file. It fails if there is one already, or no directory to put it in.
func Create(path string) (*File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	return &File{sink: file}, nil
}

// WriteLines appends a batch of newline-terminated lines and returns how many of them are on file, from the first.
// When the write breaks off in the middle of a line, that half is cut off: a later write starts a line of its own.
func (f *File) WriteLines(batch []byte) (lines int, err error) {
	if f.torn {
		return 0, ErrTorn
	}
	written, err := f.sink.Write(batch)
	if err == nil {
		f.sizeBytes += int64(written)
		return bytes.Count(batch, newline), nil
	}
	whole := batch[:bytes.LastIndexByte(batch[:written], '\n')+1]
	f.sizeBytes += int64(len(whole))
	return bytes.Count(whole, newline), errors.Join(err, f.cutTo(f.sizeBytes))
}

// Seal makes sure that everything written so far is on the disk, appends the last line and closes the file.
// A file whose earlier lines may not have reached the disk gets no last line.
func (f *File) Seal(last []byte) error {
	err := f.sink.Sync()
	if err == nil {
		_, err = f.WriteLines(last)
	}
	return errors.Join(err, f.sink.Close())
}

// Remove closes and deletes a file that turned out not to be needed.
func (f *File) Remove() error {
	return errors.Join(f.sink.Close(), os.Remove(f.sink.Name()))
}

func (f *File) cutTo(sizeBytes int64) error {
	if err := f.sink.Truncate(sizeBytes); err != nil {
		f.torn = true
		return fmt.Errorf("%w: %w", ErrTorn, err)
	}
	return nil
}

var newline = []byte{'\n'}
