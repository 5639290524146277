package main

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestASmallHeapMayGrowToTheLeastAndALargeOneByTheMost(t *testing.T) {
	t.Parallel()
	require.Equal(t, 700, percentFor(8<<20))
	require.Equal(t, 300, percentFor(16<<20))
	require.Equal(t, 100, percentFor(32<<20))
	require.Equal(t, 75, percentFor(100<<20))
	require.Equal(t, 45, percentFor(165<<20))
	require.Equal(t, 40, percentFor(1<<30))
	require.Equal(t, 100, percentFor(0))
}

func TestEveryCollectionIsHeard(t *testing.T) {
	t.Parallel()
	heard := make(chan struct{}, 100)
	afterEveryCollection(func() { heard <- struct{}{} })
	for range 3 {
		runtime.GC()
		select {
		case <-heard:
		case <-time.After(20 * time.Second):
			t.Fatal("a collection was not heard")
		}
	}
}
