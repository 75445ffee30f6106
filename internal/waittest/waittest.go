// Package waittest waits, in tests, for what another goroutine or process is about
// to do.
//
// A test waits for a condition and never for a time. What does not come within
// the patience fails the test, which then says what it waited for.
package waittest

import (
	"testing"
	"time"
)

// Patience is how long a test waits for something that should happen soon. It
// is a net against hanging for ever, not a deadline that anybody relies on.
const Patience = 30 * time.Second

// Until waits until cond holds.
func Until(tb testing.TB, what string, cond func() bool) {
	tb.Helper()
	Within(tb, Patience, what, cond)
}

// Within is [Until] for what is known to take longer.
func Within(tb testing.TB, patience time.Duration, what string, cond func() bool) {
	tb.Helper()
	wait(tb, patience, what, func() (nothing struct{}, holds bool) { return nothing, cond() }, tb.Fatalf)
}

// Check is [Until] for a test that has more to do: it fails the test, goes on, and
// reports whether cond holds.
func Check(tb testing.TB, what string, cond func() bool) bool {
	tb.Helper()
	return wait(tb, Patience, what, func() (holds, there bool) { holds = cond(); return holds, holds }, tb.Errorf)
}

// For waits until look finds something, and gives it.
func For[T any](tb testing.TB, what string, look func() (T, bool)) T {
	tb.Helper()
	return wait(tb, Patience, what, look, tb.Fatalf)
}

func wait[T any](tb testing.TB, patience time.Duration, what string, look func() (T, bool), fail func(format string, args ...any)) T {
	tb.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		got, there := look()
		if there {
			return got
		}
		if time.Now().After(end) {
			fail("waited %v in vain: %s; there is %v", patience, what, got)
			return got
		}
	}
}
