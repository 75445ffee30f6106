package storetest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
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
	ok, retryAt, err := tx.Attempts.Take(t.Context(), "login", "ada", limit, 2*time.Hour, moment(hour))
	if err == nil && !retryAt.After(moment(hour)) {
		t.Errorf("the window ends at %v, and it is %v", retryAt, moment(hour))
	}
	return ok, err
}

// takeAtOnce lets 64 callers take at once and says how many were allowed.
func takeAtOnce(t *testing.T, st *store.Store, limit, hour int) int {
	t.Helper()
	var allowed atomic.Int64
	each(t, 64, func(int) error {
		ok, err := take(t, st.Direct(), limit, hour)
		if ok {
			allowed.Add(1)
		}
		return err
	})
	return int(allowed.Load())
}

func attemptsNeverMoreThanLimit(t *testing.T, st *store.Store) {
	same(t, "allowed of 64", takeAtOnce(t, st, 10, 0), 10)
	same(t, "allowed of 64 more", takeAtOnce(t, st, 10, 1), 0)
	same(t, "allowed under a higher limit", takeAtOnce(t, st, 12, 1), 2)
}

func attemptsRenewal(t *testing.T, st *store.Store) {
	changes(t, "the first", true)(take(t, st.Direct(), 10, 0))
	same(t, "allowed of 64 in the next window", takeAtOnce(t, st, 10, 2), 10)
}

func attemptsWindowStartsAnew(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for _, try := range []struct {
		name    string
		hour    int
		want    bool
		retryAt time.Time
	}{
		{"first", 0, true, moment(2)},
		{"second", 1, true, moment(2)},
		{"over the limit", 1, false, moment(2)},
		{"when the window has ended", 2, true, moment(4)},
		{"in the second window", 3, true, moment(4)},
		{"over the limit again", 3, false, moment(4)},
	} {
		ok, retryAt, err := d.Attempts.Take(ctx, "login", "ada", 2, 2*time.Hour, moment(try.hour))
		changes(t, try.name, try.want)(ok, err)
		same(t, try.name, retryAt, try.retryAt)
	}
	ok, _, err := d.Attempts.Take(ctx, "login", "nobody", 0, time.Hour, moment(0))
	changes(t, "no tries at all", false)(ok, err)
}

func attemptsGiveBackAndClear(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Attempts.GiveBack(ctx, "login", "ada", moment(0))) // nothing to give back
	check(t, d.Attempts.Clear(ctx, "login", "ada"))               // nothing to clear
	changes(t, "first", true)(take(t, d, 1, 0))
	changes(t, "second", false)(take(t, d, 1, 0))
	for range 3 {
		check(t, d.Attempts.GiveBack(ctx, "login", "ada", moment(1)))
	}
	changes(t, "after giving back", true)(take(t, d, 1, 1))
	changes(t, "never below none", false)(take(t, d, 1, 1))
	write(t, st, func(ctx context.Context, tx *store.Tx) error { return tx.Attempts.Clear(ctx, "login", "ada") })
	changes(t, "after clearing", true)(take(t, d, 1, 1))
}

func attemptsKindsAreApart(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for _, kind := range []string{"login", "code"} {
		ok, _, err := d.Attempts.Take(ctx, kind, "ada", 1, time.Hour, moment(0))
		changes(t, kind, true)(ok, err)
	}
	check(t, d.Attempts.Clear(ctx, "code", "ada"))
	changes(t, "the other kind", false)(take(t, d, 1, 0))
}

func attemptsPurge(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for i := range 5 {
		_, _, err := d.Attempts.Take(ctx, numbered("kind", i), "ada", 1, time.Hour, moment(0))
		check(t, err)
	}
	changes(t, "kept", true)(take(t, d, 1, 1))
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return d.Attempts.Purge(ctx, moment(2), limit)
	})
	changes(t, "kept", false)(take(t, d, 1, 1))
}

func attemptsBegin(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	tries := func(want, hour int) {
		t.Helper()
		got, err := d.Attempts.Tries(ctx, "login", "ada", moment(hour))
		check(t, err)
		same(t, "tries", got, want)
	}
	begin := func(want, hour int) {
		t.Helper()
		var began atomic.Int64
		each(t, 64, func(int) error {
			ok, err := d.Attempts.Begin(ctx, "login", "ada", 4*time.Hour, moment(hour))
			if ok {
				began.Add(1)
			}
			return err
		})
		same(t, "of 64 began", int(began.Load()), want)
	}
	tries(0, 0)
	begin(1, 0)
	tries(0, 0)
	changes(t, "in the window that was begun", true)(take(t, d, 2, 1))
	begin(0, 3)
	tries(1, 3)
	tries(0, 4)
	begin(1, 4)
	changes(t, "in the next", true)(take(t, d, 1, 7))
	changes(t, "over its limit", false)(take(t, d, 1, 7))
	tries(1, 7)
	tries(0, 8)
}

func attemptsExtend(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	extend := func(ends int) {
		t.Helper()
		check(t, d.Attempts.Extend(ctx, "login", "ada", 2, moment(ends)))
	}
	extend(9) // there is none
	changes(t, "the first", true)(take(t, d, 2, 0))
	extend(9) // not full
	changes(t, "the first of the next window", true)(take(t, d, 2, 2))
	changes(t, "the second", true)(take(t, d, 2, 3))
	extend(6)
	extend(5) // earlier
	changes(t, "in the longer window", false)(take(t, d, 2, 5))
	changes(t, "after it", true)(take(t, d, 2, 6))
}
