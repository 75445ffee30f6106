package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// prefixCookie starts the value of a session's cookie.
const prefixCookie = "spc_"

// seenEvery is how often a visit is written down.
const seenEvery = time.Minute

// NewCookie draws the value of a cookie, 256 random bits, and gives the hash
// that NewSession wants. A value is for one session. Each sign-in draws a new
// one, so that no value from before a sign-in ever identifies a user
// (ASVS 7.2.4).
func NewCookie() (value, hash string) { return secret.NewToken(prefixCookie) }

// Visit is the session of a cookie and its user, in their current state.
type Visit struct {
	Session store.Session
	User    store.User
}

// Visit returns the session and user of a cookie, and records the visit. It
// always asks the database. It is idempotent but for the time of the visit.
//
// Errors: invalid_token for a value that no session has, session_ended,
// unavailable.
func (s *Sessions) Visit(ctx context.Context, cookie string, origin audit.Origin) (Visit, error) {
	view, err := s.behind(ctx, cookie)
	if err != nil {
		return Visit{}, err
	}
	return s.visit(ctx, view, origin)
}

// Look returns a session that lives and its user, by the identifier of the
// session. It records nothing: a program that shows a token makes no visit.
//
// Errors: session_ended, also for a session that there is none of; unavailable.
func (s *Sessions) Look(ctx context.Context, sessionID string) (Visit, error) {
	view, err := s.named(ctx, sessionID)
	switch {
	case err != nil:
		return Visit{}, err
	case !living(&view):
		return Visit{}, ErrEnded
	}
	return Visit{Session: view.Session, User: view.User}, nil
}

// VisitOf is [Sessions.Visit] for a browser that has shown otherwise whose session
// it has: by the identifier of the session.
//
// Errors: session_ended, also for a session that there is none of; unavailable.
func (s *Sessions) VisitOf(ctx context.Context, sessionID string, origin audit.Origin) (Visit, error) {
	view, err := s.named(ctx, sessionID)
	if err != nil {
		return Visit{}, err
	}
	return s.visit(ctx, view, origin)
}

// named reads the session and user of an identifier.
func (s *Sessions) named(ctx context.Context, sessionID string) (store.SessionView, error) {
	view, err := s.store.Direct().Sessions.View(ctx, sessionID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return store.SessionView{}, ErrEnded
	case err != nil:
		return store.SessionView{}, unavailable(fmt.Errorf("read session: %w", err))
	}
	return view, nil
}

// visit records that the holder of a session's cookie came.
func (s *Sessions) visit(ctx context.Context, view store.SessionView, origin audit.Origin) (Visit, error) {
	if !living(&view) {
		return Visit{}, ErrEnded
	}
	sess := view.Session
	if view.Now.Sub(sess.LastSeenAt) < seenEvery {
		return Visit{Session: sess, User: view.User}, nil
	}
	origin = origin.Clip()
	// Losing is fine: another visit was noted, or the session ended just now,
	// which the next one will see.
	_, err := s.store.Direct().Sessions.Seen(ctx, store.Seen{
		SessionID: sess.ID, Last: sess.LastSeenAt, Now: view.Now,
		IdleExpiresAt: earlier(view.Now.Add(s.idle), sess.ExpiresAt),
		UserAgent:     origin.UserAgent, Address: origin.Address,
	})
	if err != nil {
		return Visit{}, unavailable(fmt.Errorf("note visit: %w", err))
	}
	return Visit{Session: sess, User: view.User}, nil
}

// behind reads the session and user of a cookie.
func (s *Sessions) behind(ctx context.Context, cookie string) (store.SessionView, error) {
	if !secret.WellFormed(cookie, prefixCookie) {
		return store.SessionView{}, ErrInvalidToken
	}
	var view store.SessionView
	id, err := s.store.Direct().Browsers.SessionID(ctx, secret.Hash(cookie))
	if err == nil {
		view, err = s.store.Direct().Sessions.View(ctx, id)
	}
	if errors.Is(err, store.ErrNotFound) {
		return store.SessionView{}, ErrInvalidToken
	}
	if err != nil {
		return store.SessionView{}, unavailable(fmt.Errorf("read session of cookie: %w", err))
	}
	return view, nil
}

// SignOut ends the session of a cookie, or with everywhere all that its user
// has. It is idempotent: a cookie without a session is signed out here, and one
// that signed out everywhere, or ended by it, is so again. All that a session
// ended before its answer stays as it was.
//
// Everywhere needs a cookie that lives, as [Sessions.Logout] needs a live token:
// a user who reads that every device is signed out must not be deceived by one
// that has ended their session first.
//
// Errors: unavailable; with everywhere session_ended and, for a value that no
// session has, invalid_token.
func (s *Sessions) SignOut(ctx context.Context, cookie string, everywhere bool, origin audit.Origin) error {
	origin = origin.Clip()
	err := store.Again(ctx, ErrEpochMoved, func(ctx context.Context) error {
		view, err := s.behind(ctx, cookie)
		switch {
		case errors.Is(err, ErrInvalidToken) && !everywhere:
			return nil
		case err != nil:
			return err
		case !living(&view):
			return signedOut(&view, everywhere)
		}
		return s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if !everywhere {
				_, _, err := s.end(ctx, tx, view.Session.ID, origin)
				return err
			}
			if err := s.holdStill(ctx, tx, Asker{UserID: view.User.ID, SessionID: view.Session.ID}); err != nil {
				return err
			}
			_, err := s.endAll(ctx, tx, view.User, "", audit.Event{
				Reason: store.ReasonLogoutAll, ActorID: view.User.ID, SessionID: view.Session.ID, Origin: origin,
			})
			return err
		})
	})
	switch {
	case err == nil, errors.Is(err, ErrInvalidToken), errors.Is(err, ErrEnded):
		return err
	case errors.Is(err, ErrEpochMoved):
		return fault.ErrUnavailable.WithCause(err).WithRetryAfter(busyFor)
	default:
		return unavailable(fmt.Errorf("sign out: %w", err))
	}
}

// signedOut says whether a session that has ended did so as it is asked to.
func signedOut(view *store.SessionView, everywhere bool) error {
	if everywhere && view.Session.RevokedReason != store.ReasonLogoutAll {
		return ErrEnded
	}
	return nil
}
