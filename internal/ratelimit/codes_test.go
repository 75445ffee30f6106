package ratelimit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// codeHouse is the counters of second factors, as the program sets them.
type codeHouse struct {
	*ratelimit.Codes

	store *store.Store
	clock *clock.Fake
}

func newCodes(t *testing.T) codeHouse {
	t.Helper()
	clk := clock.NewFake()
	st := openStore(t, t.TempDir(), clk)
	t.Cleanup(func() { _ = st.Close() })
	return codeHouse{store: st, clock: clk, Codes: ratelimit.NewCodes(st, keyring(t).MAC("guesses"), clk, ratelimit.CodeOptions{
		Tries: 20, Window: 15 * time.Minute, Longest: 24 * time.Hour,
	})}
}

// wrong gives one wrong code, and reports whether it was looked at and how long
// to wait if not.
func (h codeHouse) wrong(t *testing.T, whose string) (looked bool, wait time.Duration) {
	t.Helper()
	err := h.Take(t.Context(), whose)
	if f, ok := errors.AsType[*fault.Error](err); ok && errors.Is(err, ratelimit.ErrTooManyCodes) {
		return false, f.RetryAfter
	}
	if err == nil {
		err = h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return h.Wrong(ctx, tx, whose) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return true, 0
}

// exhaust guesses until it is told to wait.
func (h codeHouse) exhaust(t *testing.T, whose string) (tries int, wait time.Duration) {
	t.Helper()
	for {
		looked, wait := h.wrong(t, whose)
		if !looked {
			return tries, wait
		}
		tries++
	}
}

func TestEachWindowOfWrongCodesIsTwiceAsLong(t *testing.T) {
	t.Parallel()
	h := newCodes(t)
	for n, want := range []time.Duration{
		15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour,
	} {
		tries, wait := h.exhaust(t, "ada")
		if tries != 20 || wait > want || wait < want-time.Minute {
			t.Errorf("window %d: %d tries, then %v; want 20, then %v", n+1, tries, wait, want)
		}
		h.clock.Advance(wait + time.Second)
	}
	// A right code sets everything back.
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return h.Clear(ctx, tx, "ada") }); err != nil {
		t.Fatal(err)
	}
	if tries, wait := h.exhaust(t, "ada"); tries != 20 || wait > 15*time.Minute {
		t.Errorf("after a right code: %d tries, then %v", tries, wait)
	}
}

// Whoever never uses a window up, or waits for it to be forgotten, gains nothing:
// in no way are there more than 300 tries in the first ten days and 20 a day then.
func TestGuessingSlowlyGainsNothing(t *testing.T) {
	t.Parallel()
	for name, pause := range map[string]time.Duration{
		"as fast as it goes": 10 * time.Minute, "one short of the limit": 0, "an hour and a half after each": 90 * time.Minute,
		"a day and an hour after each": 25 * time.Hour,
	} {
		h := newCodes(t)
		tries, start := 0, h.clock.Now()
		for h.clock.Now().Sub(start) < 10*24*time.Hour {
			for range 19 {
				if looked, _ := h.wrong(t, "ada"); looked {
					tries++
				}
			}
			h.clock.Advance(max(pause, 15*time.Minute) + time.Second)
		}
		if tries > 340 {
			t.Errorf("%s: %d tries in ten days", name, tries)
		}
	}
}

// The waits do not reach the owner on a device that is known.
func TestAKnownDeviceHasACounterOfCodesOfItsOwn(t *testing.T) {
	t.Parallel()
	h := newCodes(t)
	h.exhaust(t, "ada")
	mine := ratelimit.DeviceCodes("ada", "a device")
	if tries, _ := h.exhaust(t, mine); tries != 20 {
		t.Errorf("the owner's device has %d tries, want 20", tries)
	}
	if tries, _ := h.exhaust(t, ratelimit.DeviceCodes("ada", "")); tries != 0 {
		t.Errorf("a device that is not known has %d tries of its own", tries)
	}
}

// A new password by mail gives an account its tries back, once a day: whoever reads
// the mailbox and has no factor would else reset and guess without end.
func TestCodesAreForgivenOnceADay(t *testing.T) {
	t.Parallel()
	h := newCodes(t)
	forgive := func() {
		t.Helper()
		if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return h.Forgive(ctx, tx, "ada") }); err != nil {
			t.Fatal(err)
		}
	}
	forgive() // nothing, which costs nothing
	h.exhaust(t, "ada")
	forgive()
	if tries, wait := h.exhaust(t, "ada"); tries != 20 || wait < 29*time.Minute {
		t.Errorf("forgiven: %d tries, then %v; want 20, then as long as after two windows", tries, wait)
	}
	forgive()
	if tries, _ := h.exhaust(t, "ada"); tries != 0 {
		t.Errorf("forgiven twice in a day: %d tries", tries)
	}
	h.clock.Advance(23*time.Hour + 30*time.Minute)
	if tries, wait := h.exhaust(t, "ada"); tries != 20 || wait < 59*time.Minute {
		t.Fatalf("the third window: %d tries, then %v", tries, wait)
	}
	h.clock.Advance(31 * time.Minute)
	forgive()
	if tries, _ := h.exhaust(t, "ada"); tries != 20 {
		t.Errorf("a day later: %d tries, want 20", tries)
	}
}
