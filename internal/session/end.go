package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrNoSession is returned for a session that is not the caller's, whether it is
// somebody else's or nobody's.
var ErrNoSession = fault.New(fault.NotFound, "session_not_found")

// Asker is a user who makes a request from one of their sessions, such as that
// others end.
type Asker struct {
	UserID    string
	SessionID string // the one that asks
	// CookieHash is of a new cookie for a browser on our own pages, should
	// another session take the place of the one that asks.
	CookieHash string
	Origin     audit.Origin
}

// End ends one session of the user: neither its refresh token nor its access
// tokens work from the commit on. Ending the one that asks is a logout. One that
// has ended already stays as it is, and that is no error. Of any number of
// concurrent calls, logouts and replays exactly one ends it.
//
// Errors: session_not_found, invalid_token if the session that asks has ended,
// unavailable.
func (s *Sessions) End(ctx context.Context, a Asker, sessionID string) error {
	if _, ok := id.Bytes(sessionID); !ok {
		return ErrNoSession
	}
	err := s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		why := store.ReasonLogout
		var err error
		if sessionID == a.SessionID {
			err = tx.Users.Lock(ctx, a.UserID)
		} else {
			why = store.ReasonEnded
			err = s.Hold(ctx, tx, a)
		}
		if err != nil {
			return err
		}
		// Whose it is never changes, so reading first decides nothing too early.
		view, err := tx.Sessions.View(ctx, sessionID)
		if errors.Is(err, store.ErrNotFound) || err == nil && view.Session.UserID != a.UserID {
			return ErrNoSession
		}
		if err != nil {
			return fmt.Errorf("read session: %w", err)
		}
		_, err = s.revoke(ctx, tx, []string{sessionID}, audit.Event{
			Reason: why, ActorID: a.UserID, UserID: a.UserID, Origin: a.Origin.Clip(),
		})
		return err
	})
	return unavailable(err)
}

// Hold makes sure, in the caller's transaction, that the session of the request
// is live, and that it does not end before the transaction does. Its token or
// cookie was looked at when the request came, which may be a while ago, and by
// what was known on this instance: without this, a user or thief who is being
// signed out could still add a new way to sign in. Call it first, before
// anything that depends on it is written.
//
// Errors: invalid_token, which undoes the transaction.
func (s *Sessions) Hold(ctx context.Context, tx *store.Tx, a Asker) error {
	held, err := tx.Sessions.Hold(ctx, a.UserID, a.SessionID, s.clock.Now())
	if err != nil {
		return fmt.Errorf("hold session that asks: %w", err)
	}
	if !held {
		return ErrInvalidToken
	}
	return nil
}

// holdStill is [Sessions.Hold] for a session that was just seen to stand. If it
// has ended since it returns ErrEpochMoved, so that the caller looks again and
// says why.
func (s *Sessions) holdStill(ctx context.Context, tx *store.Tx, a Asker) error {
	err := s.Hold(ctx, tx, a)
	if errors.Is(err, ErrInvalidToken) {
		return ErrEpochMoved
	}
	return err
}

// EndDisowned ends a session whose user says that it is not theirs, in the
// caller's transaction, which holds the user's row, and reports whether it had not ended before.
func (s *Sessions) EndDisowned(ctx context.Context, tx *store.Tx, userID, sessionID string, o audit.Origin) (bool, error) {
	ended, err := s.revoke(ctx, tx, []string{sessionID}, audit.Event{
		Reason: store.ReasonDisowned, ActorID: userID, UserID: userID, Origin: o.Clip(),
	})
	return len(ended) > 0, err
}

// EndByOperator ends a session of a user in the caller's transaction. One that has
// ended already stays as it is.
//
// Errors: session_not_found.
func (s *Sessions) EndByOperator(ctx context.Context, tx *store.Tx, userID, sessionID string, by audit.Operator) error {
	if _, ok := id.Bytes(sessionID); !ok {
		return ErrNoSession
	}
	view, err := tx.Sessions.View(ctx, sessionID)
	if errors.Is(err, store.ErrNotFound) || err == nil && view.Session.UserID != userID {
		return ErrNoSession
	}
	if err != nil {
		return fmt.Errorf("read session: %w", err)
	}
	_, err = s.revoke(ctx, tx, []string{sessionID}, audit.Event{
		Reason: store.ReasonOperator, ActorID: by.UserID, UserID: userID, Origin: by.Origin.Clip(),
	})
	return err
}
