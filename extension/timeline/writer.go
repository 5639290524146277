// Windows into timeline.ndjson.

package timeline

import (
	"bytes"
	"errors"

	"github.com/stampede-load/stampede/extension/history"
	"github.com/stampede-load/stampede/extension/ndjson"
)

// lineFile is what a writer needs of an *ndjson.File.
type lineFile interface {
	WriteLines(batch []byte) (lines int, err error)
	Seal(last []byte) error
}

var _ lineFile = (*ndjson.File)(nil)

// writer aggregates samples and puts their windows on file. It serves one goroutine at a time.
type writer struct {
	file    lineFile
	encoder *encoder
	samples *aggregator
	batch   bytes.Buffer

	lines, lostLines int64
}

func newWriter(file lineFile, origin history.Origin, clock history.Clock) *writer {
	return &writer{file: file, encoder: newEncoder(origin), samples: newAggregator(clock)}
}

// write puts windows on file. Lines that cannot be written are counted as lost; the next batch is tried again.
func (w *writer) write(windows []closedWindow) error {
	if len(windows) == 0 {
		return nil
	}
	w.batch.Reset()
	encodeErr := w.encoder.appendLines(&w.batch, windows)
	written, writeErr := w.file.WriteLines(w.batch.Bytes())
	w.lines += int64(written)
	w.lostLines += int64(len(windows) - written)
	return errors.Join(encodeErr, writeErr)
}

// close writes every window that is still open, then the end line.
func (w *writer) close() error {
	writeErr := w.write(w.samples.takeAll())
	end, err := w.encoder.end(w.lines, w.lostLines, w.samples)
	if err != nil {
		return err
	}
	return errors.Join(writeErr, w.file.Seal(end))
}
