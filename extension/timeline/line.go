// The lines of timeline.ndjson.

package timeline

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/stampede-load/stampede/extension/history"
)

// version of the line format, as in lib/model/timeline.ts.
const version = 1

type windowLine struct {
	V         int     `json:"v"`
	Run       string  `json:"run"`
	Generator string  `json:"generator"`
	TimeMs    int64   `json:"timeMs"`
	WindowMs  int64   `json:"windowMs"`
	Metric    string  `json:"metric"`
	Kind      string  `json:"kind"`
	Stage     string  `json:"stage,omitempty"`
	Step      string  `json:"step,omitempty"`
	Count     int64   `json:"count"`
	Value     float64 `json:"value"`
	Hist      string  `json:"hist,omitempty"`
}

type endLine struct {
	V              int    `json:"v"`
	Run            string `json:"run"`
	Generator      string `json:"generator"`
	Type           string `json:"type"`
	Lines          int64  `json:"lines"`
	LostLines      int64  `json:"lostLines"`
	DroppedSamples int64  `json:"droppedSamples,omitempty"`
	ClampedSamples int64  `json:"clampedSamples,omitempty"`
}

// encoder turns closed windows into lines.
type encoder struct {
	origin     history.Origin
	histograms *histogramEncoder
}

func newEncoder(origin history.Origin) *encoder {
	return &encoder{origin, newHistogramEncoder()}
}

// appendLines appends a line for each window to dst.
func (e *encoder) appendLines(dst *bytes.Buffer, windows []closedWindow) error {
	lines := json.NewEncoder(dst)
	lines.SetEscapeHTML(false)
	for _, closed := range windows {
		line := windowLine{
			V: version, Run: e.origin.Run, Generator: e.origin.Generator,
			TimeMs: closed.second * windowMs, WindowMs: windowMs,
			Metric: closed.metric.Name, Kind: closed.metric.Type.String(), Stage: closed.stage, Step: closed.step,
			Count: closed.count, Value: closed.value(closed.metric.Type),
		}
		if closed.histogram != nil {
			hist, err := e.histograms.encode(closed.histogram)
			if err != nil {
				return err
			}
			line.Hist = hist
		}
		if err := lines.Encode(line); err != nil {
			return fmt.Errorf("line of %s: %w", line.Metric, err)
		}
	}
	return nil
}

func (e *encoder) end(lines, lostLines int64, samples *aggregator) ([]byte, error) {
	encoded, err := json.Marshal(endLine{
		V: version, Run: e.origin.Run, Generator: e.origin.Generator, Type: "end",
		Lines: lines, LostLines: lostLines,
		DroppedSamples: samples.droppedSamples, ClampedSamples: samples.clampedSamples,
	})
	return append(encoded, '\n'), err
}
