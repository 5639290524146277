// A heap that is small is collected less often.

package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// leastHeapBytes is how large the heap may grow before it is collected at all. By Go's default that would be twice
	// what is alive, which at the start of a test is so little that collecting costs a tenth of the processor time.
	leastHeapBytes = 64 << 20
	defaultPercent = 100
	liveHeap       = "/gc/heap/live:bytes"
)

// keepHeap has the collector begin at leastHeapBytes, and at Go's default beyond it: a large test takes no more memory.
// GOGC and GOMEMLIMIT are left their say.
func keepHeap() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	afterEveryCollection(func() func() {
		live := []metrics.Sample{{Name: liveHeap}}
		present := 0
		return func() {
			metrics.Read(live)
			if percent := percentFor(live[0].Value.Uint64()); percent != present {
				debug.SetGCPercent(percent)
				present = percent
			}
		}
	}())
}

// percentFor is how much the heap may grow over what is alive, in steps of a quarter: to set it stops the world.
func percentFor(liveBytes uint64) int {
	const step = defaultPercent / 4
	if liveBytes == 0 || liveBytes >= leastHeapBytes/2 {
		return defaultPercent
	}
	percent := int((leastHeapBytes - liveBytes) * 100 / liveBytes) //nolint:gosec // it is 6.4e9 at most
	return max(percent/step*step, defaultPercent)
}

// afterEveryCollection calls act from the goroutine of finalizers.
func afterEveryCollection(act func()) {
	type sentinel struct{ _ *byte }
	var arm func()
	arm = func() {
		runtime.SetFinalizer(&sentinel{}, func(*sentinel) {
			act()
			arm()
		})
	}
	act()
	arm()
}
