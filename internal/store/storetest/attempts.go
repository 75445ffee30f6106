package storetest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func attemptPromises() map[string]promise {
	return map[string]promise{
		"Attempts/NeverMoreThanLimit":  attemptsNeverMoreThanLimit,
		"Attempts/WindowStartsAnew":    attemptsWindowStartsAnew,
		"Attempts/RenewalHasOneWindow": attemptsRenewal,
		"Attempts/GiveBackAndClear":    attemptsGiveBackAndClear,
		"Attempts/KindsAreApart":       attemptsKindsAreApart,
		"Attempts/FullWindowsAreLater": attemptsExtend,
		"Attempts/PurgeIsBounded":      attemptsPurge,
		"Attempts/OneBeginsAWindow":    attemptsBegin,
	}
}

// take takes a try of the given hour.
func take(t *testing.T, tx *store.Tx, limit, hour int) (bool, error) {
	t.Helper()
	ok, retryAt, err := tx.Attempts.Take(t.Context(), "login", "ada", limit, 2*time.Hour, expect.Moment(hour))
	if err == nil && !retryAt.After(expect.Moment(hour)) {
		t.Errorf("the window ends at %v, and it is %v", retryAt, expect.Moment(hour))
	}
	return ok, err
}

// takeAtOnce lets 64 callers take at once and says how many were allowed.
func takeAtOnce(t *testing.T, st *store.Store, limit, hour int) int {
	t.Helper()
	var allowed atomic.Int64
	expect.Each(t, 64, func(int) error {
		ok, err := take(t, st.Direct(), limit, hour)
		if ok {
			allowed.Add(1)
		}
		return err
	})
	return int(allowed.Load())
}

func attemptsNeverMoreThanLimit(t *testing.T, st *store.Store) {
	expect.Same(t, "allowed of 64", takeAtOnce(t, st, 10, 0), 10)
	expect.Same(t, "allowed of 64 more", takeAtOnce(t, st, 10, 1), 0)
	expect.Same(t, "allowed under a higher limit", takeAtOnce(t, st, 12, 1), 2)
}

func attemptsRenewal(t *testing.T, st *store.Store) {
	expect.Changes(t, "the first", true)(take(t, st.Direct(), 10, 0))
	expect.Same(t, "allowed of 64 in the next window", takeAtOnce(t, st, 10, 2), 10)
}

func attemptsWindowStartsAnew(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for _, try := range []struct {
		name    string
		hour    int
		want    bool
		retryAt time.Time
	}{
		{"first", 0, true, expect.Moment(2)},
		{"second", 1, true, expect.Moment(2)},
		{"over the limit", 1, false, expect.Moment(2)},
		{"when the window has ended", 2, true, expect.Moment(4)},
		{"in the second window", 3, true, expect.Moment(4)},
		{"over the limit again", 3, false, expect.Moment(4)},
	} {
		ok, retryAt, err := d.Attempts.Take(ctx, "login", "ada", 2, 2*time.Hour, expect.Moment(try.hour))
		expect.Changes(t, try.name, try.want)(ok, err)
		expect.Same(t, try.name, retryAt, try.retryAt)
	}
	ok, _, err := d.Attempts.Take(ctx, "login", "nobody", 0, time.Hour, expect.Moment(0))
	expect.Changes(t, "no tries at all", false)(ok, err)
}

func attemptsGiveBackAndClear(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Check(t, d.Attempts.GiveBack(ctx, "login", "ada", expect.Moment(0))) // nothing to give back
	expect.Check(t, d.Attempts.Clear(ctx, "login", "ada"))                      // nothing to clear
	expect.Changes(t, "first", true)(take(t, d, 1, 0))
	expect.Changes(t, "second", false)(take(t, d, 1, 0))
	for range 3 {
		expect.Check(t, d.Attempts.GiveBack(ctx, "login", "ada", expect.Moment(1)))
	}
	expect.Changes(t, "after giving back", true)(take(t, d, 1, 1))
	expect.Changes(t, "never below none", false)(take(t, d, 1, 1))
	write(t, st, func(ctx context.Context, tx *store.Tx) error { return tx.Attempts.Clear(ctx, "login", "ada") })
	expect.Changes(t, "after clearing", true)(take(t, d, 1, 1))
}

func attemptsKindsAreApart(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for _, kind := range []string{"login", "code"} {
		ok, _, err := d.Attempts.Take(ctx, kind, "ada", 1, time.Hour, expect.Moment(0))
		expect.Changes(t, kind, true)(ok, err)
	}
	expect.Check(t, d.Attempts.Clear(ctx, "code", "ada"))
	expect.Changes(t, "the other kind", false)(take(t, d, 1, 0))
}

func attemptsPurge(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for i := range 5 {
		_, _, err := d.Attempts.Take(ctx, numbered("kind", i), "ada", 1, time.Hour, expect.Moment(0))
		expect.Check(t, err)
	}
	expect.Changes(t, "kept", true)(take(t, d, 1, 1))
	expect.Purges(t, func(ctx context.Context, limit int) (int, error) {
		return d.Attempts.Purge(ctx, expect.Moment(2), limit)
	})
	expect.Changes(t, "kept", false)(take(t, d, 1, 1))
}

func attemptsBegin(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	tries := func(want, hour int) {
		t.Helper()
		got, err := d.Attempts.Tries(ctx, "login", "ada", expect.Moment(hour))
		expect.Check(t, err)
		expect.Same(t, "tries", got, want)
	}
	begin := func(want, hour int) {
		t.Helper()
		var began atomic.Int64
		expect.Each(t, 64, func(int) error {
			ok, err := d.Attempts.Begin(ctx, "login", "ada", 4*time.Hour, expect.Moment(hour))
			if ok {
				began.Add(1)
			}
			return err
		})
		expect.Same(t, "of 64 began", int(began.Load()), want)
	}
	tries(0, 0)
	begin(1, 0)
	tries(0, 0)
	expect.Changes(t, "in the window that was begun", true)(take(t, d, 2, 1))
	begin(0, 3)
	tries(1, 3)
	tries(0, 4)
	begin(1, 4)
	expect.Changes(t, "in the next", true)(take(t, d, 1, 7))
	expect.Changes(t, "over its limit", false)(take(t, d, 1, 7))
	tries(1, 7)
	tries(0, 8)
}

func attemptsExtend(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	extend := func(ends int) {
		t.Helper()
		expect.Check(t, d.Attempts.Extend(ctx, "login", "ada", 2, expect.Moment(ends)))
	}
	extend(9) // there is none
	expect.Changes(t, "the first", true)(take(t, d, 2, 0))
	extend(9) // not full
	expect.Changes(t, "the first of the next window", true)(take(t, d, 2, 2))
	expect.Changes(t, "the second", true)(take(t, d, 2, 3))
	extend(6)
	extend(5) // earlier
	expect.Changes(t, "in the longer window", false)(take(t, d, 2, 5))
	expect.Changes(t, "after it", true)(take(t, d, 2, 6))
}
