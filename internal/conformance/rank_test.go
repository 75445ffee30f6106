package conformance

import (
	"math"
	"testing"
	"time"
)

// TestRankSum holds the test to worked examples and to its symmetries.
func TestRankSum(t *testing.T) {
	t.Parallel()
	series := func(from, step, n int) (all []time.Duration) {
		for i := range n {
			all = append(all, time.Duration(from+step*i))
		}
		return all
	}
	for _, test := range []struct {
		name          string
		first, second []time.Duration
		slower, p     float64
	}{
		// worked out apart from this code, by the formulas of the textbook
		{"apart", series(1, 1, 5), series(6, 1, 5), 0, 0.012186},
		{"the other way round", series(6, 1, 5), series(1, 1, 5), 1, 0.012186},
		{"interleaved", series(1, 2, 20), series(2, 2, 20), 0.475, 0.797197},
		{"all the same", series(7, 0, 9), series(7, 0, 9), 0.5, 1},
		// ranks of ties are their mean
		{"with ties", []time.Duration{1, 2, 2, 3}, []time.Duration{2, 3, 3, 4}, 0.1875, 0.172034},
	} {
		slower, p := rankSum(test.first, test.second)
		if math.Abs(slower-test.slower) > 1e-9 || math.Abs(p-test.p) > 1e-4 {
			t.Errorf("%s: slower %v, p %v; want %v, %v", test.name, slower, p, test.slower, test.p)
		}
	}
	if got := detectable(60); math.Abs(got-0.741) > 0.001 {
		t.Errorf("60 of each detect %v", got)
	}
}
