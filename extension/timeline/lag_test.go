package timeline

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func longest(probe *lagProbe) time.Duration {
	var worst float64
	for _, sample := range probe.take() {
		worst = max(worst, sample.Value)
	}
	return time.Duration(worst * float64(time.Millisecond))
}

func TestTheProbeSeesThatTheProcessIsHeldUp(t *testing.T) {
	probe := startLagProbe()
	defer probe.close()
	require.Eventually(t, func() bool { return len(probe.take()) > 0 }, 5*time.Second, lagPeriod)

	const held = 200 * time.Millisecond
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	require.Eventually(t, func() bool {
		holdUp(held)
		return longest(probe) >= lagPeriod
	}, 10*time.Second, time.Millisecond)
}

// holdUp keeps the only processor busy until the scheduler takes it away.
func holdUp(duration time.Duration) {
	for begin := time.Now(); time.Since(begin) < duration; { //nolint:revive // busy on purpose
	}
}

func TestAStallCountsAsOftenAsItLasted(t *testing.T) {
	t.Parallel()
	probe := &lagProbe{}
	end := time.Unix(1_800_000_000, 0)
	probe.note(end, 95*time.Millisecond)
	taken := probe.take()
	require.Len(t, taken, 10)
	require.InDelta(t, 95.0, taken[0].Value, 0.001)
	require.Equal(t, end, taken[0].Time)
	require.InDelta(t, 5.0, taken[9].Value, 0.001)
	require.Equal(t, end.Add(-90*time.Millisecond), taken[9].Time)
}
