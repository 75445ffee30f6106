package conformance

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// significance is how often a row about time may fail by chance, for each of two
// measurements that must both fail: 1 in 1,000.
const significance = 0.001

// Quantiles of the normal distribution: of significance, two-sided, and of a power
// of 90 %.
const (
	zSignificance = 3.2905
	zPower        = 1.2816
)

// rankSum compares two samples by the test of Mann and Whitney, with the normal
// approximation and its correction for ties. slower is the share of pairs in which
// the value of the first sample is the greater, ties counting half; p is how often
// samples of one distribution are as far apart, either way.
func rankSum(first, second []time.Duration) (slower, p float64) {
	type value struct {
		took  time.Duration
		first bool
	}
	var all []value
	for _, took := range first {
		all = append(all, value{took, true})
	}
	for _, took := range second {
		all = append(all, value{took, false})
	}
	slices.SortFunc(all, func(a, b value) int { return cmp.Compare(a.took, b.took) })
	var ranks, ties float64
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to].took == all[from].took {
			to++
		}
		for _, v := range all[from:to] {
			if v.first {
				ranks += float64(from+to+1) / 2
			}
		}
		size := float64(to - from)
		ties += size*size*size - size
		from = to
	}
	n, m := float64(len(first)), float64(len(second))
	u := ranks - n*(n+1)/2
	variance := n * m / 12 * (n + m + 1 - ties/((n+m)*(n+m-1)))
	if variance == 0 {
		return 0.5, 1
	}
	z := (math.Abs(u-n*m/2) - 0.5) / math.Sqrt(variance)
	return u / (n * m), math.Erfc(max(z, 0) / math.Sqrt2)
}

// detectable is the share of pairs, above one half, from which samples of n each
// show a difference with a power of 90 % (Noether's formula).
func detectable(n int) float64 {
	return 0.5 + (zSignificance+zPower)/math.Sqrt(6*float64(n))
}

func median(sample []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(sample))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
