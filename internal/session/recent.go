package session

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// recentFor is how long a proof of identity counts as recent.
const recentFor = 15 * time.Minute

// ErrNotRecent is returned where somebody who is signed in is to prove once more
// that it is they (ASVS 7.5.1).
var ErrNotRecent = fault.New(fault.Forbidden, "reauthentication_required", "Confirm that it is you: sign in again.")

// Recent makes sure that the holder of a verified token proved who they are a
// short while ago.
//
// Errors: reauthentication_required.
func (s *Sessions) Recent(c token.Claims) error {
	if s.clock.Now().Sub(c.AuthTime) > recentFor {
		return ErrNotRecent
	}
	return nil
}
