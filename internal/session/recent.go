package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// recentFor is how long a proof of identity counts as recent.
const recentFor = 15 * time.Minute

// ErrNotRecent is returned where a signed-in user has to prove once more that it
// is they (ASVS 7.5.1).
var ErrNotRecent = fault.New(fault.Forbidden, "reauthentication_required")

// Recent makes sure that the holder of a verified token proved who they are a
// short while ago, and with two factors if the account has a second one by now:
// a password alone is not enough then. A passkey that verified its user is two.
//
// Errors: reauthentication_required.
func (s *Sessions) Recent(ctx context.Context, c token.Claims) error {
	if s.clock.Now().Sub(c.AuthTime) > recentFor {
		return ErrNotRecent
	}
	if TwoFactors(c.AMR) {
		return nil
	}
	u, err := s.store.Direct().Users.ByID(ctx, c.Subject)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return ErrEnded
	case err != nil:
		return unavailable(fmt.Errorf("read user: %w", err))
	}
	return enough(c.AMR, u)
}

// RecentVisit is [Sessions.Recent] for the holder of a cookie.
func (s *Sessions) RecentVisit(v Visit) error {
	if s.clock.Now().Sub(v.Session.AuthTime) > recentFor {
		return ErrNotRecent
	}
	return enough(v.Session.AMR, v.User)
}

// enough reports whether the proofs cover all second factors that the user has.
func enough(amr []string, u store.User) error {
	if hasFactor(u) && !TwoFactors(amr) {
		return ErrNotRecent
	}
	return nil
}

// hasFactor reports whether a user has a second factor.
func hasFactor(u store.User) bool { return u.TOTP || u.Passkeys > 0 }
