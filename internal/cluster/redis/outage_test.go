package redis

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// slack is what a busy machine may add to a time limit.
const slack = 500 * time.Millisecond

func hourly(burst int) cluster.Rate { return cluster.Rate{Burst: burst, Period: time.Hour} }

// news is a revocation that has just been made.
func news(number int64) []store.Revocation {
	now := time.Now().Truncate(time.Microsecond).UTC()
	return []store.Revocation{{
		Number: number, Kind: store.RevokedSession, Subject: id.Random(), RevokedAt: now, ExpiresAt: now.Add(time.Hour),
	}}
}

// listen collects the numbers that a subscriber hears.
func listen(t *testing.T, f cluster.Feed) (heard func(number int64) bool) {
	t.Helper()
	var numbers sync.Map
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		err := f.Subscribe(ctx, func(n cluster.News) {
			for _, r := range n.Revocations {
				numbers.Store(r.Number, true)
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Subscribe: %v", err)
		}
	})
	t.Cleanup(func() { cancel(); done.Wait() })
	return func(number int64) bool { _, ok := numbers.Load(number); return ok }
}

// tell publishes numbers from first on until one is heard.
func tell(t *testing.T, f cluster.Feed, heard func(int64) bool, first int64) {
	t.Helper()
	n := first
	waittest.Until(t, "news is heard", func() bool {
		_ = f.Publish(t.Context(), "h", news(n))
		time.Sleep(5 * time.Millisecond)
		n++
		return heard(n - 1)
	})
}

// TestFrozenRedisCostsOneShortWaitAndThenNothing runs alone: it measures.
func TestFrozenRedisCostsOneShortWaitAndThenNothing(t *testing.T) {
	server := startRedis(t)
	c := open(t, server.URL())
	heard := listen(t, c.Feed)
	tell(t, c.Feed, heard, 1)
	takes := func(n int) (longest time.Duration) {
		var most atomic.Int64
		var callers sync.WaitGroup
		for range n {
			callers.Go(func() {
				begin := time.Now()
				if _, _, err := c.Buckets.Take(t.Context(), "k", hourly(1000)); err != nil {
					t.Errorf("Take: %v", err)
				}
				for took := int64(time.Since(begin)); ; {
					if had := most.Load(); took <= had || most.CompareAndSwap(had, took) {
						return
					}
				}
			})
		}
		callers.Wait()
		return time.Duration(most.Load())
	}
	takes(64)
	waittest.Until(t, "the breaker is closed", func() bool { return !c.Away() })
	server.Pause()
	defer server.Resume()
	first := takes(64)
	if first > 100*time.Millisecond+slack {
		t.Errorf("the first calls took up to %v", first)
	}
	if !c.Away() {
		t.Error("the breaker is closed")
	}
	goroutines := runtime.NumGoroutine()
	var longest time.Duration
	for range 20 {
		longest = max(longest, takes(64))
		time.Sleep(20 * time.Millisecond)
	}
	t.Logf("frozen: the first calls took up to %v, later ones up to %v", first, longest)
	if longest > slack {
		t.Errorf("with the breaker open a call took %v", longest)
	}
	if err := c.Check(t.Context()); !errors.Is(err, errAway) {
		t.Errorf("Check: %v", err)
	}
	if now := runtime.NumGoroutine(); now > goroutines+20 {
		t.Errorf("%d goroutines, then %d", goroutines, now)
	}
	server.Resume()
	waittest.Until(t, "the breaker closes", func() bool { return !c.Away() })
	if err := c.Check(t.Context()); err != nil {
		t.Errorf("Check: %v", err)
	}
	tell(t, c.Feed, heard, 1000)
}

func TestRedisThatIsGoneIsReplacedByTheProcessAndTakenBack(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	own := local.NewBuckets(clock.System{}, 0)
	c := open(t, server.URL(), func(o *Options) { o.Buckets = own })
	heard := listen(t, c.Feed)
	tell(t, c.Feed, heard, 1)
	next := make(chan string, 1)
	go func() {
		id, _ := c.Handout.Next(t.Context())
		next <- id
	}()
	waittest.Until(t, "Next waits", func() bool { return c.Handout.waiting.Load() > 0 })

	server.Kill()
	for n := range 5 {
		if allowed, _, err := c.Buckets.Take(t.Context(), "k", hourly(5)); !allowed || err != nil {
			t.Errorf("unit %d of the process: %v, %v", n, allowed, err)
		}
	}
	if allowed, wait, err := c.Buckets.Take(t.Context(), "k", hourly(5)); allowed || wait == 0 || err != nil {
		t.Errorf("more than the burst without Redis: %v, %v, %v", allowed, wait, err)
	}
	if err := c.Feed.Publish(t.Context(), "h", news(2)); err == nil {
		t.Error("published to nobody")
	}
	if err := c.Handout.Announce(t.Context(), []string{"mine"}); err != nil {
		t.Errorf("Announce: %v", err)
	}
	select {
	case id := <-next:
		if id != "mine" {
			t.Errorf("Next gave %q", id)
		}
	case <-time.After(patience):
		t.Fatal("what this process announced did not reach its own worker")
	}
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	tell(t, c.Feed, heard, 1000)
	if allowed, _, err := c.Buckets.Take(t.Context(), "k", hourly(5)); !allowed || err != nil {
		t.Errorf("Redis is back, empty: %v, %v", allowed, err)
	}
}

// What Redis said last is where the buckets of the process begin: whoever has used
// up a shared bucket gets no other by an answer that comes late.
func TestTheProcessGoesOnFromWhatRedisSaid(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	realm := func(o *Options) { o.Realm = "standby" }
	a, b := unhurried(open(t, server.URL(), realm)), unhurried(open(t, server.URL(), realm))
	take := func(c *Cluster, key string, want bool) {
		t.Helper()
		if allowed, _, err := c.Buckets.Take(t.Context(), key, hourly(4)); allowed != want || err != nil {
			t.Errorf("%s: %v, %v, want %v", key, allowed, err, want)
		}
	}
	for _, c := range []*Cluster{a, b, b, a} {
		take(c, "empty", true)
	}
	take(b, "empty", false)
	for _, c := range []*Cluster{a, a, b} {
		take(c, "one left", true)
	}
	take(b, "given back", true)
	if err := b.Buckets.GiveBack(t.Context(), "given back", hourly(4)); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	take(b, "empty", false)
	take(b, "one left", true)
	take(b, "one left", false)
	for range 4 {
		take(b, "given back", true)
	}
}

func TestNothingGrowsWhileRedisComesAndGoes(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	proxy := fleettest.StartProxy(t, server.Addr)
	c := open(t, "redis://"+proxy.Addr)
	heard := listen(t, c.Feed)
	tell(t, c.Feed, heard, 1)
	work := func() {
		var callers sync.WaitGroup
		for n := range 100 {
			callers.Go(func() {
				_, _, _ = c.Buckets.Take(t.Context(), strconv.Itoa(n), hourly(5))
				_ = c.Feed.Publish(t.Context(), "h", news(1))
				_ = c.Handout.Announce(t.Context(), []string{"a"})
			})
		}
		callers.Wait()
	}
	work()
	for range 10 {
		proxy.Refuse(true)
		proxy.Cut()
		work()
		proxy.Refuse(false)
		waittest.Until(t, "the breaker closes", func() bool { return !c.Away() })
		work()
	}
	clients := c.link.calls.PoolStats().TotalConns + c.link.reads.PoolStats().TotalConns
	if clients > callPool+readPool {
		t.Errorf("%d connections", clients)
	}
	tell(t, c.Feed, heard, 1000)
}

func TestOpenNeedsNoRedis(t *testing.T) {
	t.Parallel()
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	c := open(t, "redis://127.0.0.1:"+strconv.Itoa(port))
	if err := c.Check(t.Context()); err == nil {
		t.Error("Check found a Redis where none is")
	}
	if allowed, _, err := c.Buckets.Take(t.Context(), "k", hourly(5)); !allowed || err != nil {
		t.Errorf("Take: %v, %v", allowed, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Handout.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Next: %v", err)
	}
}
