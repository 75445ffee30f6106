package ratelimit

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// kindLinkPassword is the counter of wrong passwords on the pages of links.
	kindLinkPassword = "link_password"
	// linkTries and linkWindow bound it. Who guesses there reads the mailbox.
	linkTries  = 10
	linkWindow = 15 * time.Minute
)

// LinkGuesses counts wrong passwords that were typed on the page of a mailed link,
// per address and apart from sign-ins: guesses of strangers there do not stop
// whoever holds a link, and the other way round. It is safe for concurrent use.
type LinkGuesses struct {
	store store.Store
	mac   *secret.MAC
	clock clock.Clock
}

// OnLinks gives the counters of the pages of links, in the same store.
func (g *Guesses) OnLinks() *LinkGuesses {
	return &LinkGuesses{store: g.store, mac: g.mac, clock: g.clock}
}

// Take counts one try, before any hash.
//
// Errors: rate_limited.
func (g *LinkGuesses) Take(ctx context.Context, canonicalEmail string) error {
	now := g.clock.Now()
	ok, retryAt, err := g.store.Direct().Attempts.Take(ctx, kindLinkPassword, g.subject(canonicalEmail), linkTries, linkWindow, now)
	if err != nil {
		return fmt.Errorf("count guess on a link: %w", err)
	}
	if !ok {
		return limited(retryAt.Sub(now))
	}
	return nil
}

// GiveBack takes a try back that turned out to be no guess. That the caller's time
// has run out does not stop it.
func (g *LinkGuesses) GiveBack(ctx context.Context, canonicalEmail string) error {
	err := g.store.Direct().Attempts.GiveBack(context.WithoutCancel(ctx), kindLinkPassword, g.subject(canonicalEmail), g.clock.Now())
	if err != nil {
		return fmt.Errorf("give guess on a link back: %w", err)
	}
	return nil
}

// Clear forgets the wrong passwords, in the transaction that a right one allowed.
func (g *LinkGuesses) Clear(ctx context.Context, tx store.Tx, canonicalEmail string) error {
	return tx.Attempts.Clear(ctx, kindLinkPassword, g.subject(canonicalEmail))
}

func (g *LinkGuesses) subject(canonicalEmail string) string {
	return secret.Encode(g.mac.Sum([]byte(store.DefaultRealm + "\x00" + kindLinkPassword + "\x00" + canonicalEmail)))
}
