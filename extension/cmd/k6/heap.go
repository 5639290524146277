// A heap that is small is collected less often than Go would, a large one more often.

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
	// mostGarbageBytes is how much a large heap may grow. By Go's default a test of a thousand users would hold as much
	// garbage as is alive in all of them, and more memory than plain k6 takes for a script that keeps no history.
	mostGarbageBytes = 75 << 20
	// leastPercent ends that for even larger heaps, which would be collected all the time.
	leastPercent   = 40
	defaultPercent = 100
	liveHeap       = "/gc/heap/live:bytes"
)

// keepHeap has the collector begin at leastHeapBytes, at Go's default beyond it, and sooner where that would be more
// garbage than mostGarbageBytes. GOGC and GOMEMLIMIT are left their say.
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

// percentFor is how much the heap may grow over what is alive, in few steps: to set it stops the world.
func percentFor(liveBytes uint64) int {
	if liveBytes == 0 {
		return defaultPercent
	}
	percentOf := func(bytes uint64) int { return int(bytes * 100 / liveBytes) } //nolint:gosec // it is 8.4e9 at most
	if liveBytes < leastHeapBytes/2 {
		const step = defaultPercent / 4
		return max(percentOf(leastHeapBytes-liveBytes)/step*step, defaultPercent)
	}
	const step = 5
	return min(max(percentOf(mostGarbageBytes)/step*step, leastPercent), defaultPercent)
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
