package timeline

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Node's half of the test lies in testdata and finds its library in the project's node_modules.
const projectNode = "../../node_modules/.bin/node"

func TestNodeReadsAndMergesOurHistograms(t *testing.T) {
	t.Parallel()
	batches := [][]int64{
		skewedValues(1, 5_000), skewedValues(2, 1), {1, 2047, 2048, 4096, highestRecorded}, skewedValues(3, 700),
	}
	encoder := newHistogramEncoder()
	var input strings.Builder
	for _, values := range batches {
		encoded, err := encoder.encode(histogramOf(values...))
		require.NoError(t, err)
		input.WriteString(encoded + "\n")
	}

	node, err := filepath.Abs(projectNode)
	require.NoError(t, err)
	command := exec.Command(node, "testdata/read-histograms.mjs")
	command.Stdin = strings.NewReader(input.String())
	output, err := command.CombinedOutput()
	require.NoError(t, err, "run npm install first? %s", output)
	var read struct {
		Count, Min, Max int64
		Percentiles     []int64
	}
	require.NoError(t, json.Unmarshal(output, &read), string(output))

	values := slices.Concat(batches...)
	slices.Sort(values)
	require.EqualValues(t, len(values), read.Count)
	require.EqualValues(t, values[slices.IndexFunc(values, func(v int64) bool { return v > 0 })], read.Min)
	require.InEpsilon(t, highestRecorded, read.Max, 0.001)
	for i, percentile := range []float64{0, 50, 90, 98, 99.9, 100} {
		exact := values[max(0, int(float64(len(values))*percentile/100+0.9999)-1)]
		require.InDelta(t, exact, read.Percentiles[i], max(1, float64(exact)*0.001), "p%v", percentile)
	}
}
