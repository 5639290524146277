// How long to wait before the next round of attempts.

package client

import (
	"math/rand/v2"
	"time"
)

// Backoff doubles from Initial to Max. Half of every wait is random, so that clients that lost the same broker do not
// come back in step.
type Backoff struct {
	Initial time.Duration
	Max     time.Duration
}

// after is the wait after so many rounds in vain, the first being 1.
func (b Backoff) after(rounds int) time.Duration {
	wait := b.Initial
	for round := 1; round < rounds && wait < b.Max; round++ {
		wait *= 2
	}
	wait = min(wait, b.Max)
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // no secret depends on it
}
