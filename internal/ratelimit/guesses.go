package ratelimit

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// kindPassword is the counter of wrong passwords.
const kindPassword = "password"

// GuessOptions says how many wrong passwords are let through, and for how long
// they are remembered.
type GuessOptions struct {
	PasswordTries int
	Window        time.Duration
}

// Guesses counts wrong passwords per account. It is safe for concurrent use.
type Guesses struct {
	counter

	opts GuessOptions
}

// NewGuesses returns counters that are kept in the store, under hashes keyed by
// mac.
func NewGuesses(st *store.Store, mac *secret.MAC, clk clock.Clock, o GuessOptions) *Guesses {
	return &Guesses{counter: counter{kind: kindPassword, store: st, mac: mac, clock: clk}, opts: o}
}

// SessionBudget is the name of the budget that somebody who is signed in has for
// proving their password once more. It is the session's alone, so that neither
// strangers nor other devices use it up. A session that was stolen is worth as
// many guesses as a device, and dies with the epoch.
func SessionBudget(sessionID string) string { return "session\x00" + sessionID }

// Take counts one try, before anything is verified. Over the limit it returns
// rate_limited with the end of the window. Budget names who tries: empty for a
// stranger, who shares one budget with all strangers; what [Devices.Recognise]
// said for a known device; [SessionBudget] for somebody who is signed in.
func (g *Guesses) Take(ctx context.Context, canonicalEmail, budget string) error {
	wait, err := g.take(ctx, guesser(canonicalEmail, budget), g.opts.PasswordTries, g.opts.Window, g.clock.Now())
	if err == nil && wait > 0 {
		err = limited(wait)
	}
	return err
}

// Clear forgets the wrong passwords of a budget, in the transaction of the
// sign-in or the new password that proved its holder right.
func (g *Guesses) Clear(ctx context.Context, tx *store.Tx, canonicalEmail, budget string) error {
	return g.counter.Clear(ctx, tx, guesser(canonicalEmail, budget))
}

// GiveBack takes a try back that turned out to be no guess, also when the caller's
// time has run out.
func (g *Guesses) GiveBack(ctx context.Context, canonicalEmail, budget string) error {
	return g.counter.GiveBack(ctx, guesser(canonicalEmail, budget))
}

// guesser names a budget of an account. The parts cannot run into one another: an
// address holds no NUL.
func guesser(canonicalEmail, budget string) string { return canonicalEmail + "\x00" + budget }
