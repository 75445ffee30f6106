package session

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Replacement is a session that ends everything its user had, itself included,
// and goes on as a new one.
type Replacement struct {
	Asker

	User   store.User // as the caller's transaction read it
	Reason string     // why the others end
	// AMR is what was proved just now, if anything. It counts where the session
	// that asks had proved one factor; it makes two no more recent, and takes none
	// away.
	AMR    []string
	ReadAt time.Time // read before User was
	// Approval is that of [Sessions.Approved].
	Approval *Approval
}

// Replace ends every session of a user in the caller's transaction and opens a
// new one in place of the one that asks, with what that one had proved and when.
// The old one answers session_replaced for the length of the grace, so that a
// second tab reads its store again instead of signing out.
//
// A session that has ended, by whatever, opens no other. What the caller writes
// before this it writes after [Sessions.Hold], which takes the locks in the order
// of everybody else.
//
// Errors: invalid_token if the session that asks has ended; ErrEpochMoved.
// Either undoes the transaction.
func (s *Sessions) Replace(ctx context.Context, tx *store.Tx, r Replacement) (store.Session, store.User, error) {
	if err := s.Hold(ctx, tx, r.Asker); err != nil {
		return store.Session{}, store.User{}, err
	}
	if _, err := tx.Sessions.Revoke(ctx, r.SessionID, store.ReasonReplaced, s.clock.Now()); err != nil {
		return store.Session{}, store.User{}, err
	}
	old, err := tx.Sessions.View(ctx, r.SessionID)
	if err != nil {
		return store.Session{}, store.User{}, err
	}
	if err := s.EndAll(ctx, tx, r.User, r.SessionID, r.Reason, r.Origin); err != nil {
		return store.Session{}, store.User{}, err
	}
	u, err := tx.Users.ByID(ctx, r.User.ID)
	if err != nil {
		return store.Session{}, store.User{}, fmt.Errorf("read user again: %w", err)
	}
	amr, proved := old.Session.AMR, old.Session.AuthTime
	if len(r.AMR) > 0 && !TwoFactors(amr) {
		amr, proved = r.AMR, r.ReadAt
	}
	opened, ok, err := s.Open(ctx, tx, NewSession{
		User: u, AMR: amr, AuthTime: proved, DeviceName: old.Session.DeviceName, Audience: old.Session.Audience,
		Origin: r.Origin, ReadAt: r.ReadAt, KnownDevice: true, CookieHash: r.CookieHash, Approval: r.Approval, replaces: true,
	})
	if err == nil && !ok {
		err = ErrEpochMoved
	}
	return opened, u, err
}
