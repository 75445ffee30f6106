package ratelimit

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
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
type Refusals struct {
	store store.Store
	mac   *secret.MAC
	clock clock.Clock
}

// Refusals gives the counters of refused sign-ins, in the same store.
func (g *Guesses) Refusals() *Refusals { return &Refusals{store: g.store, mac: g.mac, clock: g.clock} }

// Count counts one refusal in the transaction that records it, and reports whether
// the owner is to be told: once the window has enough of them, and of any number of
// calls in [RefusalWindow] one.
func (r *Refusals) Count(ctx context.Context, tx store.Tx, what Refusal, canonicalEmail string) (tell bool, err error) {
	now, subject := r.clock.Now(), r.subject(what, canonicalEmail)
	if _, _, err = tx.Attempts.Take(ctx, string(what), subject, math.MaxInt32, RefusalWindow, now); err != nil {
		return false, fmt.Errorf("count refusal: %w", err)
	}
	n, err := tx.Attempts.Tries(ctx, string(what), subject, now)
	if err != nil {
		return false, fmt.Errorf("read refusals: %w", err)
	}
	if n < what.tellAfter() {
		return false, nil
	}
	tell, _, err = tx.Attempts.Take(ctx, string(what)+"_told", subject, 1, RefusalWindow, now)
	if err != nil {
		return false, fmt.Errorf("count notice of refusals: %w", err)
	}
	return tell, nil
}

// Of gives how many refusals the present window has.
func (r *Refusals) Of(ctx context.Context, what Refusal, canonicalEmail string) (int, error) {
	n, err := r.store.Direct().Attempts.Tries(ctx, string(what), r.subject(what, canonicalEmail), r.clock.Now())
	if err != nil {
		return 0, fmt.Errorf("read refusals: %w", err)
	}
	return n, nil
}

func (r *Refusals) subject(what Refusal, canonicalEmail string) string {
	return secret.Encode(r.mac.Sum([]byte(store.DefaultRealm + "\x00" + string(what) + "\x00" + canonicalEmail)))
}
