package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Logout is the input of a logout: the claims of an access token with a good
// signature, expired or not, or any refresh token of the session, however old,
// or both. Logging out never counts as a replay.
type Logout struct {
	Claims       *token.Claims
	RefreshToken string
	Everywhere   bool
	Origin       audit.Origin
}

// Receipt proves a logout: once a verifier has applied the revocation, it refuses
// the session's access tokens. The number alone says which revocation that is,
// unless the database has lost it and given the number out again; then the marks
// differ. RevokedAt is when the session ended.
type Receipt struct {
	Revocation store.Position
	RevokedAt  time.Time
}

// Logout ends a session: from its commit on neither the refresh token nor the
// access tokens work. It is idempotent: for a session that has ended already it
// answers with the present position, which is not before that of the revocation.
// If claims and refresh token name two sessions, both end; a refresh token that
// is not ours is ignored beside good claims, because it does not work anyway.
//
// Everywhere ends every session of the user, and needs a token that is live: an
// access token that has not expired, or a refresh token that would still be
// answered, of a session that stands. Repeating it with the same token answers
// with a receipt again. A session that was opened for an audience ends nothing but
// itself.
//
// Errors: invalid_token, unavailable.
func (s *Sessions) Logout(ctx context.Context, l Logout) (Receipt, error) {
	l.Origin = l.Origin.Clip()
	p, genuine := s.codec.read(l.RefreshToken)
	if l.Claims == nil && !genuine {
		return Receipt{}, ErrInvalidToken
	}
	var named []string
	if l.Claims != nil {
		named = append(named, l.Claims.SessionID)
	}
	if genuine && (l.Claims == nil || p.sessionID != l.Claims.SessionID) {
		named = append(named, p.sessionID)
	}
	var receipt Receipt
	err := store.Again(ctx, ErrEpochMoved, func(ctx context.Context) (err error) {
		receipt, err = s.logout(ctx, l, p, named)
		return err
	})
	if errors.Is(err, ErrEpochMoved) {
		return Receipt{}, fault.ErrUnavailable.WithCause(err).WithRetryAfter(busyFor)
	}
	return receipt, unavailable(err)
}

// logout runs one transaction. ErrEpochMoved means that it is to be run again.
func (s *Sessions) logout(ctx context.Context, l Logout, p presented, named []string) (Receipt, error) {
	var out Receipt
	var entry *store.Revocation // numbered by the commit
	err := s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		out, entry = Receipt{}, nil
		for n, sessionID := range named {
			var at time.Time
			var made *store.Revocation
			var err error
			if l.Everywhere && n == 0 {
				at, made, err = s.endEverywhere(ctx, tx, l, p, sessionID)
			} else {
				at, made, err = s.end(ctx, tx, sessionID, l.Origin)
			}
			if err != nil {
				return err
			}
			if made != nil {
				entry = made
			}
			if at.After(out.RevokedAt) {
				out.RevokedAt = at
			}
		}
		if entry != nil {
			return nil
		}
		head, err := tx.Feed.Head(ctx)
		out.Revocation = head.Position
		return err
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("log out: %w", err)
	}
	if entry != nil {
		out.Revocation = entry.Position()
	}
	return out, nil
}

// end revokes one session, if nobody has, and says when it ended.
func (s *Sessions) end(
	ctx context.Context, tx *store.Tx, sessionID string, o audit.Origin,
) (time.Time, *store.Revocation, error) {
	now := s.clock.Now().UTC().Truncate(time.Microsecond)
	view, err := tx.Sessions.View(ctx, sessionID)
	if errors.Is(err, store.ErrNotFound) { // purged long after it ended
		return now, nil, nil
	}
	if err != nil {
		return now, nil, fmt.Errorf("read session: %w", err)
	}
	if err := tx.Users.Lock(ctx, view.User.ID); err != nil {
		return now, nil, fmt.Errorf("hold user who logs out: %w", err)
	}
	entries, err := s.revoke(ctx, tx, []string{sessionID}, audit.Event{
		Reason: store.ReasonLogout, ActorID: view.User.ID, UserID: view.User.ID, Origin: o,
	})
	switch {
	case err != nil:
		return now, nil, err
	case len(entries) > 0:
		return entries[0].RevokedAt, entries[0], nil
	}
	// Read again: it may have ended since.
	if view, err = tx.Sessions.View(ctx, sessionID); err != nil {
		return now, nil, fmt.Errorf("read session that has ended: %w", err)
	}
	return view.Session.RevokedAt, nil, nil
}

// endEverywhere ends everything the user of a live token has.
func (s *Sessions) endEverywhere(
	ctx context.Context, tx *store.Tx, l Logout, p presented, sessionID string,
) (time.Time, *store.Revocation, error) {
	view, err := tx.Sessions.View(ctx, sessionID)
	if errors.Is(err, store.ErrNotFound) {
		return time.Time{}, nil, ErrInvalidToken
	}
	if err != nil {
		return time.Time{}, nil, fmt.Errorf("read session: %w", err)
	}
	if view.Session.Audience != "" {
		return time.Time{}, nil, token.ErrInvalidToken
	}
	if view.Session.RevokedReason == store.ReasonLogoutAll {
		return view.Session.RevokedAt, nil, nil // done before
	}
	if !s.live(&view, l, p) {
		return time.Time{}, nil, ErrInvalidToken
	}
	if err := s.holdStill(ctx, tx, Asker{UserID: view.User.ID, SessionID: sessionID}); err != nil {
		return time.Time{}, nil, err
	}
	entry, err := s.endAll(ctx, tx, view.User, "", audit.Event{
		Reason: store.ReasonLogoutAll, ActorID: view.User.ID, SessionID: sessionID, Origin: l.Origin,
	})
	if err != nil {
		return time.Time{}, nil, err
	}
	return entry.RevokedAt, entry, nil
}

// live reports whether the given token may still act for the user.
func (s *Sessions) live(view *store.SessionView, l Logout, p presented) bool {
	if !living(view) {
		return false
	}
	if l.Claims != nil && l.Claims.UserEpoch == view.User.Epoch && s.clock.Now().Before(l.Claims.ExpiresAt) {
		return true
	}
	return p.sessionID == view.Session.ID && classify(p, view, s.limits).answers()
}
