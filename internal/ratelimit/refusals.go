package ratelimit

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// RefusalWindow is how long refused tries to sign in are counted for the owner of an
// account, from the first of them, and how long nothing more is told by mail.
const RefusalWindow = 24 * time.Hour

// Refusal is what was wrong with a try to sign in.
type Refusal string

// The refusals. A code is one of a second factor, or a passkey in its place.
const (
	WrongPassword Refusal = "refused_password"
	WrongCode     Refusal = "refused_code"
)

// tellAfter is how many of a kind in [RefusalWindow] the owner is told of.
func (r Refusal) tellAfter() int {
	if r == WrongCode {
		return 5
	}
	return 10
}

// Refusals counts, for the eyes of its owner, how often a sign-in to an account was
// refused. It limits nothing: no right answer clears it, and whoever guesses slowly
// shows in it. Addresses without an account are counted just the same. It is safe
// for concurrent use.
type Refusals struct{ counter counter }

// Refusals gives the counters of refused sign-ins, in the same store.
func (g *Guesses) Refusals() *Refusals { return &Refusals{g.counter} }

// Count counts one refusal in the transaction that records it, and reports whether
// the owner is to be told: once the window has enough of them, and of any number of
// calls in [RefusalWindow] one.
func (r *Refusals) Count(ctx context.Context, tx *store.Tx, what Refusal, canonicalEmail string) (tell bool, err error) {
	now, c := r.counter.clock.Now(), r.counter.as(string(what))
	subject := c.subject(canonicalEmail)
	if _, _, err = tx.Attempts.Take(ctx, c.kind, subject, math.MaxInt32, RefusalWindow, now); err != nil {
		return false, fmt.Errorf("count refusal: %w", err)
	}
	n, err := c.tries(ctx, tx, canonicalEmail, now)
	if err != nil || n < what.tellAfter() {
		return false, err
	}
	tell, _, err = tx.Attempts.Take(ctx, c.kind+"_told", subject, 1, RefusalWindow, now)
	if err != nil {
		return false, fmt.Errorf("count notice of refusals: %w", err)
	}
	return tell, nil
}

// Of gives how many refusals the present window has.
func (r *Refusals) Of(ctx context.Context, what Refusal, canonicalEmail string) (int, error) {
	c := r.counter.as(string(what))
	return c.tries(ctx, c.store.Direct(), canonicalEmail, c.clock.Now())
}
