package session

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Reauthentication is a proof of identity by a signed-in user.
type Reauthentication struct {
	UserID, SessionID string
	AMR               []string // what was proved now
	CookieHash        string   // of the cookie that takes the place of a browser's on our own pages
	Origin            audit.Origin
	ReadAt            time.Time // read before anything was verified
	Approval          *Approval // of [Sessions.Approved]
}

// Reauthenticate records in the caller's transaction that the user of a session
// proved anew who they are, and gives the session and its user as they are now,
// for [Sessions.Issue].
//
// It is the same session. What was proved is added to what was proved before,
// and auth_time is now. The refresh token line does not move: the answer holds
// the newest token once more, as it is answered within the grace. Whoever lost
// an answer before, or loses this one, goes on with the token that they have. A
// browser on our own pages gets a new cookie, and the old one stands for nothing
// (ASVS 7.2.4).
//
// Errors: ErrEnded if the session has ended, or its user changed; it undoes the
// transaction.
func (s *Sessions) Reauthenticate(ctx context.Context, tx *store.Tx, r Reauthentication) (store.SessionView, error) {
	// Held first, so that of two proofs at once the second adds to the first.
	held, err := tx.Sessions.Hold(ctx, r.UserID, r.SessionID, s.clock.Now())
	if err != nil {
		return store.SessionView{}, fmt.Errorf("hold session: %w", err)
	}
	if !held {
		return store.SessionView{}, ErrEnded
	}
	view, err := tx.Sessions.View(ctx, r.SessionID)
	if err != nil {
		return store.SessionView{}, fmt.Errorf("read session: %w", err)
	}
	proved := r.ReadAt
	if proved.Before(view.Session.AuthTime) {
		proved = view.Session.AuthTime
	}
	amr := Proved(view.Session.AMR, r.AMR...)
	asked := view.Session
	asked.AMR = amr
	if err := s.check(r.Approval, s.asksAbout(&asked, &view.User, hook.ForAgain, r.Origin)); err != nil {
		return store.SessionView{}, err
	}
	now := s.clock.Now()
	done, err := tx.Sessions.Reauthenticate(ctx, store.Reauthentication{
		SessionID: r.SessionID, AMR: amr, ACR: acrOf(amr), AuthTime: proved, Now: now,
	})
	if err != nil {
		return store.SessionView{}, err
	}
	if !done {
		return store.SessionView{}, ErrEnded
	}
	if r.CookieHash != "" {
		renewed, err := tx.Browsers.Renew(ctx, r.SessionID, r.CookieHash)
		if err != nil {
			return store.SessionView{}, fmt.Errorf("renew cookie of session: %w", err)
		}
		if !renewed {
			return store.SessionView{}, ErrEnded
		}
	}
	if view, err = tx.Sessions.View(ctx, r.SessionID); err != nil {
		return store.SessionView{}, fmt.Errorf("read session again: %w", err)
	}
	return view, s.trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindReauthenticated, Outcome: audit.Success,
		ActorID: r.UserID, UserID: r.UserID, SessionID: r.SessionID, Origin: r.Origin,
		Details: map[string]any{"amr": r.AMR},
	})
}
