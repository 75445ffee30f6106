package ratelimit

import (
	"context"
	"time"
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
type LinkGuesses struct{ counter }

// OnLinks gives the counters of the pages of links, in the same store.
func (g *Guesses) OnLinks() *LinkGuesses { return &LinkGuesses{g.as(kindLinkPassword)} }

// Take counts one try, before any hash.
//
// Errors: rate_limited.
func (g *LinkGuesses) Take(ctx context.Context, canonicalEmail string) error {
	wait, err := g.take(ctx, canonicalEmail, linkTries, linkWindow, g.clock.Now())
	if err == nil && wait > 0 {
		err = limited(wait)
	}
	return err
}
