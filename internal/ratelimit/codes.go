package ratelimit

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrTooManyCodes is returned wherever a code is asked for, while an account has
// had too many wrong ones. RetryAfter says when that ends.
var ErrTooManyCodes = fault.New(fault.Limited, "too_many_attempts", "Too many wrong codes. Wait a little, then try again.")

// The counters of wrong codes, of second factors and of codes that were mailed,
// and of refusals that are recorded.
const (
	kindCode       = "code"
	kindMailedCode = "mailed_code"
	kindNoted      = "noted"
)

// CodeOptions says how many wrong codes are let through, for how long they are
// remembered, and so for how long none is taken after the last of them.
type CodeOptions struct {
	Tries  int
	Window time.Duration
}

// Codes counts wrong codes of one kind. It is safe for concurrent use.
type Codes struct {
	kind  string
	store store.Store
	mac   *secret.MAC
	clock clock.Clock
	opts  CodeOptions
}

// NewCodes returns the counters of wrong codes of second factors, one per
// account over all factors and flows, by its user's id. They are kept in the
// store, under hashes keyed by mac. There is no budget for known browsers: who is
// asked for such a code has proved something already, so strangers cannot use it
// up.
func NewCodes(st store.Store, mac *secret.MAC, clk clock.Clock, o CodeOptions) *Codes {
	return &Codes{kind: kindCode, store: st, mac: mac, clock: clk, opts: o}
}

// NewMailedCodes returns the counters of wrong codes that were mailed, one per
// address, whether or not it has an account. Anybody can have one mailed and
// guess, so these are counted apart: whoever uses them up has turned off codes by
// mail for that address and nothing else.
func NewMailedCodes(st store.Store, mac *secret.MAC, clk clock.Clock, o CodeOptions) *Codes {
	return &Codes{kind: kindMailedCode, store: st, mac: mac, clock: clk, opts: o}
}

// Take counts one try, before anything is verified.
//
// Errors: too_many_attempts.
func (c *Codes) Take(ctx context.Context, whose string) error {
	now := c.clock.Now()
	ok, retryAt, err := c.store.Direct().Attempts.Take(ctx, c.kind, c.subject(whose), c.opts.Tries, c.opts.Window, now)
	if err != nil {
		return fmt.Errorf("count code: %w", err)
	}
	if !ok {
		return ErrTooManyCodes.WithRetryAfter(max(retryAt.Sub(now), time.Second))
	}
	return nil
}

// Wrong is what follows a try that was one: if it was the last that the account
// has, none is taken for a whole window from now.
func (c *Codes) Wrong(ctx context.Context, tx store.Tx, whose string) error {
	return tx.Attempts.Extend(ctx, c.kind, c.subject(whose), c.opts.Tries, c.clock.Now().Add(c.opts.Window))
}

// Noted counts a refusal that is no guess and costs its caller nothing, such as
// a code that was used before, and reports whether it is to be recorded: as many
// in a window as there are tries. Whoever has an account could else fill the
// audit trail with those of their own.
func (c *Codes) Noted(ctx context.Context, tx store.Tx, whose string) (bool, error) {
	noted, _, err := tx.Attempts.Take(ctx, kindNoted, c.subject(whose), c.opts.Tries, c.opts.Window, c.clock.Now())
	if err != nil {
		return false, fmt.Errorf("count refusal: %w", err)
	}
	return noted, nil
}

// Clear forgets the wrong codes, in the transaction that a right one allowed.
func (c *Codes) Clear(ctx context.Context, tx store.Tx, whose string) error {
	return tx.Attempts.Clear(ctx, c.kind, c.subject(whose))
}

// GiveBack takes a try back that turned out to be no guess. That the caller's
// time has run out does not stop it.
func (c *Codes) GiveBack(ctx context.Context, whose string) error {
	err := c.store.Direct().Attempts.GiveBack(context.WithoutCancel(ctx), c.kind, c.subject(whose), c.clock.Now())
	if err != nil {
		return fmt.Errorf("give code back: %w", err)
	}
	return nil
}

func (c *Codes) subject(whose string) string {
	return secret.Encode(c.mac.Sum([]byte(store.DefaultRealm + "\x00" + c.kind + "\x00" + whose)))
}
