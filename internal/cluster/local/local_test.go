package local

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/cluster/clustertest"
)

func TestLocalKeepsThePromisesOfACluster(t *testing.T) {
	t.Parallel()
	clustertest.Run(t, func(*testing.T) clustertest.Adapter {
		clk := clock.NewFake()
		return clustertest.Adapter{
			Feed: NewFeed(), Buckets: NewBuckets(clk, 0), Handout: NewHandout(),
			Now: clk.Now, Advance: clk.Advance,
		}
	})
}

func (b *Buckets) len() (n int) {
	for i := range b.shards {
		s := &b.shards[i]
		s.mu.Lock()
		n += len(s.fullAt)
		s.mu.Unlock()
	}
	return n
}

func TestBucketsAreBoundedAndPreferToForgetTheFullest(t *testing.T) {
	t.Parallel()
	const limit = 320
	clk := clock.NewFake()
	b := NewBuckets(clk, limit)
	rate := cluster.Rate{Burst: 10, Period: time.Hour}
	take := func(key string) bool {
		ok, _, err := b.Take(t.Context(), key, rate)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	for take("guesser") { // spends its burst
	}
	for n := range 50 * limit {
		take("passer-by " + strconv.Itoa(n))
		if n%1000 == 0 && take("guesser") {
			t.Fatal("a flood of keys made the spent bucket forgotten")
		}
	}
	if n := b.len(); n > limit {
		t.Errorf("%d keys are held; the limit is %d", n, limit)
	}
}

func TestBucketsThatAreFullAgainAreDropped(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	b := NewBuckets(clk, bucketShards*4)
	rate := cluster.Rate{Burst: 10, Period: time.Minute}
	for n := range 1000 {
		if _, _, err := b.Take(t.Context(), "early "+strconv.Itoa(n), rate); err != nil {
			t.Fatal(err)
		}
	}
	clk.Advance(time.Hour)
	for n := range 1000 {
		if _, _, err := b.Take(t.Context(), "late "+strconv.Itoa(n), rate); err != nil {
			t.Fatal(err)
		}
	}
	for i := range b.shards {
		for key := range b.shards[i].fullAt {
			if key[:4] != "late" {
				t.Fatalf("%q is still held", key)
			}
		}
	}
}

func TestBucketsSurviveAClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	b := NewBuckets(clk, 0)
	rate := cluster.Rate{Burst: 2, Period: time.Minute}
	for range 3 {
		if _, _, err := b.Take(t.Context(), "k", rate); err != nil {
			t.Fatal(err)
		}
	}
	clk.Advance(-24 * time.Hour)
	if _, wait, err := b.Take(t.Context(), "k", rate); err != nil || wait > time.Minute {
		t.Errorf("after the clock was set back the wait is %v (%v)", wait, err)
	}
}

func BenchmarkBucketsTake(b *testing.B) {
	buckets := NewBuckets(clock.System{}, 0)
	rate := cluster.Rate{Burst: 1 << 30, Period: time.Hour}
	var n int
	var mu sync.Mutex
	b.RunParallel(func(pb *testing.PB) {
		mu.Lock()
		n++
		key := strconv.Itoa(n)
		mu.Unlock()
		for pb.Next() {
			if _, _, err := buckets.Take(b.Context(), key, rate); err != nil {
				b.Fatal(err)
			}
		}
	})
}
