package ratelimit

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// kindPassword is the counter of wrong passwords.
const kindPassword = "password"

const (
	// mostGuesses is how many wrong passwords an account takes in a window from
	// strangers and known browsers together (800-63B §3.2.2), unless the operator
	// allows strangers more than half of it.
	mostGuesses = 100
	// everyDevice is the counter of all known browsers together; no device has
	// this name.
	everyDevice = "*"
)

// GuessOptions says how many wrong passwords are let through, and for how long
// they are remembered.
type GuessOptions struct {
	PasswordTries int
	Window        time.Duration
}

// Guesses counts wrong passwords per account. It is safe for concurrent use.
type Guesses struct {
	store store.Store
	mac   *secret.MAC
	clock clock.Clock
	opts  GuessOptions
}

// NewGuesses returns counters that are kept in the store, under hashes keyed by
// mac.
func NewGuesses(st store.Store, mac *secret.MAC, clk clock.Clock, o GuessOptions) *Guesses {
	return &Guesses{store: st, mac: mac, clock: clk, opts: o}
}

// Take counts one try, before anything is verified. Over the limit it returns
// rate_limited with the end of the window. Device is what [Devices.Recognise]
// said: empty for a stranger, who shares one budget with all strangers. A known
// browser has one of its own, and all of them together have one as well: whoever
// once knew the password can have made any number of browsers known.
func (g *Guesses) Take(ctx context.Context, canonicalEmail, device string) error {
	if err := g.take(ctx, g.subject(canonicalEmail, device), g.opts.PasswordTries); err != nil || device == "" {
		return err
	}
	return g.take(ctx, g.subject(canonicalEmail, everyDevice), max(mostGuesses-g.opts.PasswordTries, g.opts.PasswordTries))
}

func (g *Guesses) take(ctx context.Context, subject string, tries int) error {
	now := g.clock.Now()
	ok, retryAt, err := g.store.Direct().Attempts.Take(ctx, kindPassword, subject, tries, g.opts.Window, now)
	if err != nil {
		return fmt.Errorf("count guess: %w", err)
	}
	if !ok {
		return limited(retryAt.Sub(now))
	}
	return nil
}

// Clear forgets the wrong passwords, in the transaction of the sign-in or the
// new password that proved the owner right.
func (g *Guesses) Clear(ctx context.Context, tx store.Tx, canonicalEmail, device string) error {
	for _, subject := range g.subjects(canonicalEmail, device) {
		if err := tx.Attempts.Clear(ctx, kindPassword, subject); err != nil {
			return err
		}
	}
	return nil
}

// GiveBack takes a try back that turned out to be no guess. That the caller's
// time has run out is the most common reason, so it does not stop this.
func (g *Guesses) GiveBack(ctx context.Context, canonicalEmail, device string) error {
	ctx = context.WithoutCancel(ctx)
	for _, subject := range g.subjects(canonicalEmail, device) {
		if err := g.store.Direct().Attempts.GiveBack(ctx, kindPassword, subject, g.clock.Now()); err != nil {
			return fmt.Errorf("give guess back: %w", err)
		}
	}
	return nil
}

// subjects are the names of the counters that a try counts against.
func (g *Guesses) subjects(canonicalEmail, device string) []string {
	if device == "" {
		return []string{g.subject(canonicalEmail, "")}
	}
	return []string{g.subject(canonicalEmail, device), g.subject(canonicalEmail, everyDevice)}
}

// subject is the name of a counter. The parts cannot run into one another: an
// address holds no NUL.
func (g *Guesses) subject(canonicalEmail, device string) string {
	return secret.Encode(g.mac.Sum([]byte(store.DefaultRealm + "\x00" + kindPassword + "\x00" + canonicalEmail + "\x00" + device)))
}
