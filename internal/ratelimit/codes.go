package ratelimit

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrWrongCode is returned for a code that does not count, wherever one is asked
// for. It was counted here.
var ErrWrongCode = fault.New(fault.Unauthenticated, "invalid_code")

// ErrTooManyCodes is returned wherever a code is asked for, while an account has
// had too many wrong ones. RetryAfter says when that ends.
var ErrTooManyCodes = fault.New(fault.Limited, "too_many_attempts")

// The counters of wrong codes, of second factors and of codes that were mailed,
// and of refusals that are recorded.
const (
	kindCode       = "code"
	kindMailedCode = "mailed_code"
	kindNoted      = "noted"
	// kindWindows counts the windows of wrong codes since the last right one.
	kindWindows = "code_windows"
	// kindForgiven counts how often they were forgiven without a right one.
	kindForgiven = "codes_forgiven"
)

// rememberWindows is how long after the last window of wrong codes the next one
// is still twice as long. It is so long that waiting for it gains nothing.
const rememberWindows = 30 * 24 * time.Hour

// CodeOptions says how many wrong codes are let through, for how long they are
// remembered, and so for how long none is taken after the last of them. Where
// Longest is above Window, each window with wrong codes in it is twice as long as
// the one before, up to Longest, until a right code or a month without any.
type CodeOptions struct {
	Tries   int
	Window  time.Duration
	Longest time.Duration
}

// grow gives the length of the window after so many others.
func (o CodeOptions) grow(windows int) time.Duration {
	w := o.Window
	for range windows {
		if w >= o.Longest {
			break
		}
		w = min(2*w, o.Longest)
	}
	return w
}

func (o CodeOptions) grows() bool { return o.Longest > o.Window }

// Codes counts wrong codes of one kind. It is safe for concurrent use.
type Codes struct {
	counter

	opts CodeOptions
}

// NewCodes returns the counters of wrong codes of second factors, one per
// account over all factors and ways to sign in, by its user's id, and one for all
// its sessions ([SessionCodes]). They are kept in the store, under hashes keyed by
// mac. Somebody who knows the password can use up the first, and the waits grow; so
// a device that proved a factor has a counter of its own ([DeviceCodes]).
func NewCodes(st *store.Store, mac *secret.MAC, clk clock.Clock, o CodeOptions) *Codes {
	return &Codes{counter: counter{kind: kindCode, store: st, mac: mac, clock: clk}, opts: o}
}

// NewMailedCodes returns the counters of wrong codes that were mailed, one per
// address, whether or not it has an account. Anybody can have one mailed and
// guess, so these are counted apart: whoever uses them up has turned off codes by
// mail for that address and nothing else.
func NewMailedCodes(st *store.Store, mac *secret.MAC, clk clock.Clock, o CodeOptions) *Codes {
	return &Codes{counter: counter{kind: kindMailedCode, store: st, mac: mac, clock: clk}, opts: o}
}

// DeviceCodes is whose codes are counted where a known device is asked for a code
// of a user: its own, so that whoever guesses elsewhere does not keep the owner
// out. Device is what [Devices.WithFactor] said.
func DeviceCodes(userID, device string) string {
	if device == "" {
		return userID
	}
	return userID + "\x00" + device
}

// SessionCodes is whose codes are counted where somebody who is signed in is asked
// for a code: those of all sessions of the user, apart from sign-ins, so that a
// thief of the password does not keep the owner from proving themselves once more.
// Nobody opens a session of an account with a factor without the factor. It is one
// counter and not one per session, because every new password makes another
// session: a thief of a session and the password would guess without end.
func SessionCodes(userID string) string { return DeviceCodes(userID, "sessions") }

// Take counts one try, before anything is verified.
//
// Errors: too_many_attempts.
func (c *Codes) Take(ctx context.Context, whose string) error {
	now := c.clock.Now()
	window, err := c.begin(ctx, c.store.Direct().Attempts, c.subject(whose), now)
	if err != nil {
		return err
	}
	wait, err := c.take(ctx, whose, c.opts.Tries, window, now)
	if err == nil && wait > 0 {
		err = ErrTooManyCodes.WithRetryAfter(wait)
	}
	return err
}

// begin opens a window, if none is running, and counts it. It gives the length of
// the window.
func (c *Codes) begin(ctx context.Context, counters store.Attempts, subject string, now time.Time) (time.Duration, error) {
	if !c.opts.grows() {
		return c.opts.Window, nil
	}
	before, err := counters.Tries(ctx, kindWindows, subject, now)
	if err != nil {
		return 0, fmt.Errorf("read windows of codes: %w", err)
	}
	window := c.opts.grow(before)
	began, err := counters.Begin(ctx, c.kind, subject, window, now)
	if err == nil && began {
		_, _, err = counters.Take(ctx, kindWindows, subject, math.MaxInt32, rememberWindows, now)
	}
	if err == nil && began {
		err = counters.Extend(ctx, kindWindows, subject, 1, now.Add(window+rememberWindows))
	}
	if err != nil {
		return 0, fmt.Errorf("begin window of codes: %w", err)
	}
	return window, nil
}

// Wrong is what follows a try that was one: if it was the last that the account
// has, none is taken for a whole window from now.
func (c *Codes) Wrong(ctx context.Context, tx *store.Tx, whose string) error {
	now, subject, window := c.clock.Now(), c.subject(whose), c.opts.Window
	if c.opts.grows() {
		windows, err := tx.Attempts.Tries(ctx, kindWindows, subject, now)
		if err != nil {
			return err
		}
		window = c.opts.grow(windows - 1)
	}
	return tx.Attempts.Extend(ctx, c.kind, subject, c.opts.Tries, now.Add(window))
}

// Noted counts a refusal that is no guess and costs its caller nothing, such as
// a code that was used before, and reports whether it is to be recorded: as many
// in a window as there are tries. Whoever has an account could else fill the
// audit trail with those of their own.
func (c *Codes) Noted(ctx context.Context, tx *store.Tx, whose string) (bool, error) {
	noted, _, err := tx.Attempts.Take(ctx, kindNoted, c.subject(whose), c.opts.Tries, c.opts.Window, c.clock.Now())
	if err != nil {
		return false, fmt.Errorf("count refusal: %w", err)
	}
	return noted, nil
}

// Clear forgets the wrong codes, in the transaction that a right one allowed.
func (c *Codes) Clear(ctx context.Context, tx *store.Tx, whose string) error {
	err := c.counter.Clear(ctx, tx, whose)
	if err == nil && c.opts.grows() {
		err = tx.Attempts.Clear(ctx, kindWindows, c.subject(whose))
	}
	return err
}

// Forgive gives an account that has a new password its tries back: whoever used
// them up knew the old one. The next window stays as long as it would be, and this
// happens once in the longest window, because somebody may read the mailbox and
// have no factor.
func (c *Codes) Forgive(ctx context.Context, tx *store.Tx, whose string) error {
	now, subject := c.clock.Now(), c.subject(whose)
	tries, err := c.tries(ctx, tx, whose, now)
	if err != nil || tries == 0 {
		return err
	}
	first, _, err := tx.Attempts.Take(ctx, kindForgiven, subject, 1, max(c.opts.Window, c.opts.Longest), now)
	if err != nil || !first {
		return err
	}
	return c.counter.Clear(ctx, tx, whose)
}
