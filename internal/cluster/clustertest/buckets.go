package clustertest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/id"
)

// fiveAnHour refills so slowly that a test does not notice.
func fiveAnHour() cluster.Rate { return cluster.Rate{Burst: 5, Period: time.Hour} }

func take(t *testing.T, b cluster.Buckets, key string, rate cluster.Rate) (bool, time.Duration) {
	t.Helper()
	allowed, wait, err := b.Take(t.Context(), key, rate)
	if err != nil {
		t.Fatalf("Take: %v", err)
	}
	if allowed != (wait == 0) {
		t.Fatalf("Take: allowed %v, wait %v", allowed, wait)
	}
	return allowed, wait
}

// drain takes until refused, and says how many were allowed and how long to
// wait.
func drain(t *testing.T, b cluster.Buckets, key string, rate cluster.Rate) (n int, wait time.Duration) {
	t.Helper()
	for {
		allowed, wait := take(t, b, key, rate)
		if !allowed {
			return n, wait
		}
		if n++; n > 10*rate.Burst {
			t.Fatalf("%d were allowed of a burst of %d", n, rate.Burst)
		}
	}
}

func bucketsAllowBurst(t *testing.T, a Adapter) {
	for _, burst := range []int{1, 2, 60} {
		if n, _ := drain(t, a.Buckets, id.Random(), cluster.Rate{Burst: burst, Period: time.Hour}); n != burst {
			t.Errorf("burst of %d: %d were allowed", burst, n)
		}
	}
}

func bucketsWaitIsTruthful(t *testing.T, a Adapter) {
	key := id.Random()
	_, wait := drain(t, a.Buckets, key, fiveAnHour())
	if wait > 12*time.Minute {
		t.Errorf("wait is %v, more than one unit takes", wait)
	}
	a.Advance(wait - time.Minute)
	if allowed, _ := take(t, a.Buckets, key, fiveAnHour()); allowed {
		t.Error("allowed a minute before its time")
	}
	a.Advance(time.Minute + a.Resolution)
	if allowed, left := take(t, a.Buckets, key, fiveAnHour()); !allowed {
		t.Errorf("not allowed after the wait it was told; %v are left", left)
	}
	if allowed, _ := take(t, a.Buckets, key, fiveAnHour()); allowed {
		t.Error("one unit was waited for and two were given")
	}
}

func bucketsRefill(t *testing.T, a Adapter) {
	key := id.Random()
	drain(t, a.Buckets, key, fiveAnHour())
	a.Advance(24*time.Minute + time.Second)
	if n, _ := drain(t, a.Buckets, key, fiveAnHour()); n != 2 {
		t.Errorf("after the time of two units %d were there", n)
	}
	a.Advance(100 * time.Hour)
	if n, _ := drain(t, a.Buckets, key, fiveAnHour()); n != 5 {
		t.Errorf("after a long time %d were there of a burst of 5", n)
	}
}

func bucketsKeysAreApart(t *testing.T, a Adapter) {
	drain(t, a.Buckets, "login:192.0.2.1", fiveAnHour())
	if n, _ := drain(t, a.Buckets, "login:192.0.2.2", fiveAnHour()); n != 5 {
		t.Errorf("another key had %d of a burst of 5", n)
	}
}

func bucketsRefusalSpendsNothing(t *testing.T, a Adapter) {
	key := id.Random()
	_, first := drain(t, a.Buckets, key, fiveAnHour())
	for range 50 {
		take(t, a.Buckets, key, fiveAnHour())
	}
	if _, wait := take(t, a.Buckets, key, fiveAnHour()); wait > first {
		t.Errorf("being refused made the wait grow from %v to %v", first, wait)
	}
}

func giveBack(t *testing.T, b cluster.Buckets, key string, rate cluster.Rate) {
	t.Helper()
	if err := b.GiveBack(t.Context(), key, rate); err != nil {
		t.Fatalf("GiveBack: %v", err)
	}
}

func bucketsGiveBack(t *testing.T, a Adapter) {
	key := id.Random()
	drain(t, a.Buckets, key, fiveAnHour())
	for range 3 {
		giveBack(t, a.Buckets, key, fiveAnHour())
	}
	if n, _ := drain(t, a.Buckets, key, fiveAnHour()); n != 3 {
		t.Errorf("three were given back and %d were there", n)
	}
	// Whoever takes and gives back all day never runs out.
	giveBack(t, a.Buckets, key, fiveAnHour())
	for range 50 {
		if allowed, _ := take(t, a.Buckets, key, fiveAnHour()); !allowed {
			t.Fatal("what was given back is gone")
		}
		giveBack(t, a.Buckets, key, fiveAnHour())
	}
}

func bucketsGiveBackNeverOverfills(t *testing.T, a Adapter) {
	fresh, used := id.Random(), id.Random()
	take(t, a.Buckets, used, fiveAnHour())
	for range 20 {
		giveBack(t, a.Buckets, fresh, fiveAnHour())
		giveBack(t, a.Buckets, used, fiveAnHour())
	}
	for name, key := range map[string]string{"never used": fresh, "used once": used} {
		if n, _ := drain(t, a.Buckets, key, fiveAnHour()); n != 5 {
			t.Errorf("a bucket that was %s holds %d of 5", name, n)
		}
	}
}

// bucketsClockSetBack sets the clock back by a day, which must not cost more
// than one empty bucket does: who waits as told is let in, whoever else asks
// meanwhile.
func bucketsClockSetBack(t *testing.T, a Adapter) {
	for name, asks := range map[string]int{"who waits as told": 1, "who asks again and again": 4} {
		key := id.Random()
		drain(t, a.Buckets, key, fiveAnHour())
		a.Advance(-24 * time.Hour)
		for ask := range asks {
			allowed, wait := take(t, a.Buckets, key, fiveAnHour())
			if most := time.Duration(asks-ask)*12*time.Minute/time.Duration(asks) + a.Resolution; allowed || wait > most {
				t.Errorf("%s, ask %d: allowed %v, wait %v, want at most %v", name, ask, allowed, wait, most)
			}
			a.Advance(12*time.Minute/time.Duration(asks) + a.Resolution)
		}
		if allowed, wait := take(t, a.Buckets, key, fiveAnHour()); !allowed {
			t.Errorf("%s is shut out for %v more after the time of one unit", name, wait)
		}
		a.Advance(100 * time.Hour)
		if n, _ := drain(t, a.Buckets, key, fiveAnHour()); n != 5 {
			t.Errorf("%s has %d of a burst of 5 after a long time", name, n)
		}
	}
}

func bucketsRacers(t *testing.T, a Adapter) {
	key := id.Random()
	var allowed atomic.Int32
	var racers sync.WaitGroup
	for range 32 {
		racers.Go(func() {
			ok, _, err := a.Buckets.Take(t.Context(), key, fiveAnHour())
			if err != nil {
				t.Errorf("Take: %v", err)
			}
			if ok {
				allowed.Add(1)
			}
		})
	}
	racers.Wait()
	if n := allowed.Load(); n != 5 {
		t.Errorf("%d of 32 racers were allowed with a burst of 5", n)
	}
}

func bucketsBadRate(t *testing.T, a Adapter) {
	for _, rate := range []cluster.Rate{{}, {Burst: 1}, {Period: time.Second}, {Burst: -1, Period: time.Second}} {
		if allowed, _, err := a.Buckets.Take(t.Context(), "k", rate); err == nil || allowed {
			t.Errorf("%+v: allowed %v, error %v", rate, allowed, err)
		}
		if err := a.Buckets.GiveBack(t.Context(), "k", rate); err == nil {
			t.Errorf("%+v is given back to", rate)
		}
	}
}

// bucket is the model: credit in units of time, which grows as time passes. The
// clock runs while the test does, so credit is known within bounds.
type bucket struct {
	unit, whole time.Duration
	low, high   time.Duration
	before      time.Time // around the last call
	after       time.Time
}

func (m *bucket) pass(before, after time.Time) {
	m.low = min(m.whole, m.low+before.Sub(m.after))
	m.high = min(m.whole, m.high+after.Sub(m.before))
	m.before, m.after = before, after
}

func bucketsAgreeWithModel(t *testing.T, a Adapter) {
	rapid.Check(t, func(rt *rapid.T) {
		rate := cluster.Rate{
			Burst:  rapid.IntRange(1, 20).Draw(rt, "burst"),
			Period: time.Duration(rapid.IntRange(1, 3600).Draw(rt, "period")) * time.Second,
		}
		unit := rate.Period / time.Duration(rate.Burst)
		whole := unit * time.Duration(rate.Burst)
		now := a.Now()
		model := &bucket{unit: unit, whole: whole, low: whole, high: whole, before: now, after: now}
		key, slack := id.Random(), a.Resolution
		for range rapid.IntRange(1, 60).Draw(rt, "calls") {
			if rapid.Bool().Draw(rt, "time passes") {
				a.Advance(time.Duration(rapid.Int64Range(0, int64(2*unit)).Draw(rt, "for")))
			}
			before := a.Now()
			allowed, wait, err := a.Buckets.Take(t.Context(), key, rate)
			if err != nil {
				rt.Fatal(err)
			}
			model.pass(before, a.Now())
			switch {
			case allowed && model.high < unit-slack:
				rt.Fatalf("allowed with a credit of %v at most; a unit is %v", model.high, unit)
			case !allowed && model.low >= unit+slack:
				rt.Fatalf("refused with a credit of %v at least; a unit is %v", model.low, unit)
			case !allowed && (wait < unit-model.high-slack || wait > unit-model.low+slack):
				rt.Fatalf("told to wait %v; right is %v to %v", wait, unit-model.high, unit-model.low)
			case allowed:
				model.low = max(model.low, unit) - unit
				model.high = max(model.high-unit, model.low)
			default:
				model.high = min(model.high, unit)
				model.low = min(model.low, model.high)
			}
		}
	})
}
