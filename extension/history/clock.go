// The time of the history, and readings of the clocks it is made from.

package history

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Micros is a time or a duration in whole microseconds; times count from the Unix epoch.
type Micros int64

// Ms is the same in fractional milliseconds, the unit of everything that is written or shown to a script.
func (m Micros) Ms() float64 { return float64(m) / 1000 }

// Clock tells wall-clock time that never steps: the wall clock read once, carried forward by the monotonic clock.
type Clock struct {
	start time.Time
}

// StartClock makes a clock from the wall clock of this moment.
func StartClock() Clock { return Clock{time.Now()} }

// Now is the present time.
func (c Clock) Now() Micros { return c.At(time.Now()) }

// At is the time of a moment that this process took with time.Now.
func (c Clock) At(moment time.Time) Micros {
	return Micros((c.start.UnixNano() + moment.Sub(c.start).Nanoseconds()) / nanosPerMicro)
}

const nanosPerMicro = int64(time.Microsecond)

// Reading is what both clocks of the machine say at one moment.
type Reading struct {
	WallMs      float64 `json:"wallMs"`
	MonotonicMs float64 `json:"monotonicMs"`
	BootID      string  `json:"bootId"`
}

const bootIDPath = "/proc/sys/kernel/random/boot_id"

// readClocks reads the wall clock between two readings of CLOCK_MONOTONIC and takes the middle of these.
func readClocks() (time.Time, Reading, error) {
	bootID, err := os.ReadFile(bootIDPath)
	if err != nil {
		return time.Time{}, Reading{}, fmt.Errorf("read the boot id: %w", err)
	}
	before, err := monotonic()
	if err != nil {
		return time.Time{}, Reading{}, err
	}
	wall := time.Now()
	after, err := monotonic()
	if err != nil {
		return time.Time{}, Reading{}, err
	}
	return wall, Reading{
		WallMs:      Micros(wall.UnixMicro()).Ms(),
		MonotonicMs: Micros((before + (after-before)/2).Microseconds()).Ms(),
		BootID:      strings.TrimSpace(string(bootID)),
	}, nil
}

// monotonic is the machine's CLOCK_MONOTONIC, which time.Time holds too but does not show.
func monotonic() (time.Duration, error) {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		return 0, fmt.Errorf("read CLOCK_MONOTONIC: %w", err)
	}
	return time.Duration(now.Nano()), nil
}

// appendMs writes milliseconds with exactly three decimals.
func appendMs(dst []byte, m Micros) []byte {
	dst = strconv.AppendInt(dst, int64(m/1000), 10)
	thousandths := m % 1000
	return append(dst, '.', byte('0'+thousandths/100), byte('0'+thousandths/10%10), byte('0'+thousandths%10))
}
