package history

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTimesAreExactToTheMicrosecond(t *testing.T) {
	t.Parallel()
	clock := StartClock()
	require.Equal(t, Micros(clock.start.UnixMicro()), clock.At(clock.start))
	require.EqualValues(t, 90_000_001, clock.At(clock.start.Add(90*time.Second+time.Microsecond))-clock.At(clock.start))
	require.EqualValues(t, -250, clock.At(clock.start.Add(-250*time.Microsecond))-clock.At(clock.start))
}

func TestTheClockRunsOnTheMonotonicClock(t *testing.T) {
	t.Parallel()
	book, _ := openBook(t)
	start := book.Writer().Clock().start
	require.NotEqual(t, start, start.Round(0), "Round takes the monotonic reading away")
}
