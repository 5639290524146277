// What the tests of this package share: a file that fills up, a source of samples, a reader of timelines.

package timeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.k6.io/k6/v2/metrics"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errNoRoom = errors.New("no room")

// fakeFile is a file with room for so many lines.
type fakeFile struct {
	content   bytes.Buffer
	roomLines int
}

func (f *fakeFile) WriteLines(batch []byte) (int, error) {
	for i, line := range bytes.SplitAfter(batch, []byte("\n")) {
		switch {
		case len(line) == 0:
			return i, nil
		case f.roomLines == 0:
			return i, errNoRoom
		}
		f.roomLines--
		f.content.Write(line)
	}
	return bytes.Count(batch, []byte("\n")), nil
}

func (f *fakeFile) Seal(last []byte) error {
	f.content.Write(last)
	return nil
}

// source makes samples of one registry.
type source struct {
	registry *metrics.Registry
}

func newSource() source { return source{metrics.NewRegistry()} }

func (s source) metric(t testing.TB, name string, kind metrics.MetricType, contains metrics.ValueType) *metrics.Metric {
	t.Helper()
	metric, err := s.registry.NewMetric(name, kind, contains)
	require.NoError(t, err)
	return metric
}

func (s source) sample(metric *metrics.Metric, tags map[string]string, at time.Time, value float64) metrics.Sample {
	return metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: metric, Tags: s.registry.RootTagSet().WithTagsFromMap(tags)},
		Time:       at,
		Value:      value,
	}
}

// count is a sample of a counter with the value 1.
func (s source) count(t testing.TB, name string, tags map[string]string, at time.Time) metrics.Sample {
	t.Helper()
	return s.sample(s.metric(t, name, metrics.Counter, metrics.Default), tags, at, 1)
}

// parseLines reads window lines, and the end line if there is one.
func parseLines(t *testing.T, content []byte) (windows []windowLine, end *endLine) {
	t.Helper()
	for _, text := range bytes.Split(bytes.TrimSpace(content), []byte("\n")) {
		require.Nil(t, end, "nothing follows the end line")
		if bytes.Contains(text, []byte(`"type":"end"`)) {
			end = new(endLine)
			require.NoError(t, unmarshalStrictly(text, end))
			continue
		}
		var window windowLine
		require.NoError(t, unmarshalStrictly(text, &window))
		windows = append(windows, window)
	}
	return windows, end
}

func unmarshalStrictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
