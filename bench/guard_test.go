package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheLeastOfEachFigureCounts(t *testing.T) {
	t.Parallel()
	got := metrics(`goos: linux
BenchmarkVerifySeen-2   	    2000	   2345776 ns/op	       729.5 ns/token	         1.463 x-SHA-256
BenchmarkVerifySeen-2   	    2000	   2045538 ns/op	       733.4 ns/token	         1.371 x-SHA-256
PASS
`)
	want := map[string]float64{"ns/op": 2045538, "ns/token": 729.5, "x-SHA-256": 1.371}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
