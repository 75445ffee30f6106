package session

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// refreshes counts presented refresh tokens by their outcome.
const refreshes = "refresh"

// Refresh exchanges a refresh token for the newest one of its session and a new
// access token. Of any number of concurrent calls with one token, exactly one
// makes the next generation, and within the grace all others answer the same.
//
// RFC 9700 §4.14.2: a token that was spent and comes back has leaked, or its
// holder has. Either way the session ends, for the thief and the owner alike.
//
// The access token is for the audience that is named, if any: see the comment of
// the package. Where it may not be, nothing is exchanged; a replay ends the session
// all the same.
//
// Errors: invalid_token, session_ended, session_replaced, not_issued,
// refresh_superseded, refresh_replayed, unknown_audience, token_refused, unavailable.
func (s *Sessions) Refresh(ctx context.Context, raw, audience string, o audit.Origin) (tokens Tokens, err error) {
	ctx, span := telemetry.Start(ctx, "session.refresh")
	defer func() { span.End(err) }()
	p, ok := s.codec.read(raw)
	if !ok {
		s.tally.Add(refreshes, ErrInvalidToken.Code)
		return Tokens{}, ErrInvalidToken
	}
	if err := s.KnowsAudience(audience); err != nil {
		s.tally.Add(refreshes, ErrUnknownAudience.Code)
		return Tokens{}, err
	}
	err = s.Approved(ctx, func(ctx context.Context, a *Approval) error {
		var v verdict
		tokens, v, err = s.refresh(ctx, p, audience, a, o)
		span.Set(slog.String("verdict", v.String()))
		return err
	})
	return tokens, err
}

// refresh reads a session and settles what is presented, until nobody else changed
// it meanwhile.
func (s *Sessions) refresh(ctx context.Context, p presented, audience string, a *Approval, o audit.Origin) (tokens Tokens, v verdict, err error) {
	for range tries {
		// Read before the row is, so that a process paused here mints no access
		// token that outlives its entry in the revocation list.
		readAt := s.clock.Now()
		view, err := s.store.Direct().Sessions.View(ctx, p.sessionID)
		if errors.Is(err, store.ErrNotFound) { // purged long after it ended
			s.tally.Add(refreshes, ended.String())
			return Tokens{}, v, ErrEnded
		}
		if err != nil {
			return Tokens{}, v, unavailable(fmt.Errorf("read session: %w", err))
		}
		v = classify(p, &view, s.limits)
		if v.answers() {
			if view.Session.Audience, err = s.audienceOf(&view.Session, audience); err != nil {
				s.tally.Add(refreshes, ErrUnknownAudience.Code)
				return Tokens{}, v, err
			}
			if err = s.check(a, s.asksAbout(&view.Session, &view.User, hook.ForRefresh, o)); err != nil {
				return Tokens{}, v, err
			}
		}
		won, err := s.settle(ctx, v, p, &view, o.Clip())
		if err != nil {
			return Tokens{}, v, unavailable(fmt.Errorf("refresh session: %w", err))
		}
		if !won {
			continue
		}
		s.tally.Add(refreshes, v.String())
		if v == ended && genuine(p, &view.Session) {
			return Tokens{}, v, ErrEnded.WithMember(MemberReason, reason(&view))
		}
		if !v.answers() {
			return Tokens{}, v, refusal(v)
		}
		tokens, err = s.Issue(view.Session, view.User, a, readAt)
		return tokens, v, err
	}
	s.tally.Add(refreshes, "contended")
	return Tokens{}, v, fault.ErrUnavailable.WithCause(errContended).WithRetryAfter(busyFor)
}

// refusal is the fault that a verdict without tokens answers.
func refusal(v verdict) error {
	switch v {
	case replaced:
		return ErrReplaced
	case notIssued:
		return ErrNotIssued
	case superseded:
		return ErrSuperseded
	case replayed:
		return ErrReplayed
	case ended, young, again, rotate, recovered:
	}
	return ErrEnded
}

// settle carries out a verdict and updates view. It reports false if another
// call changed the row first, and then nothing was written.
func (s *Sessions) settle(
	ctx context.Context, v verdict, p presented, view *store.SessionView, o audit.Origin,
) (bool, error) {
	switch v {
	case ended, replaced, superseded, again:
		return true, nil
	case notIssued:
		s.reportLostHistory(ctx, p, view)
		return true, nil
	case young, rotate:
		return s.advance(ctx, s.store.Direct(), v, view, o)
	case recovered:
		return s.recover(ctx, view, o)
	case replayed:
		return s.endReplayed(ctx, p, view, o)
	}
	return false, fmt.Errorf("verdict %d has no settlement", v)
}

// advance takes the one write of a refresh: the state and what moves along.
func (s *Sessions) advance(
	ctx context.Context, tx *store.Tx, v verdict, view *store.SessionView, o audit.Origin,
) (bool, error) {
	now := view.Now.Truncate(time.Microsecond)
	a := step(&view.Session, next(v, view.Session.RefreshState, now, newNonce()), now, o)
	if v != young {
		a.IdleExpiresAt = earlier(now.Add(s.idle), view.Session.ExpiresAt)
	}
	won, err := tx.Sessions.Advance(ctx, a)
	if err != nil || !won {
		return false, err
	}
	view.Session.RefreshState = a.To
	view.Session.IdleExpiresAt = a.IdleExpiresAt
	return true, nil
}

// step is a write from what was read to what is wanted. What the request does
// not tell stays as it was.
func step(from *store.Session, to store.RefreshState, now time.Time, o audit.Origin) store.Advance {
	a := store.Advance{
		SessionID: from.ID, From: from.RefreshState, To: to, Now: now,
		IdleExpiresAt: from.IdleExpiresAt, UserAgent: from.UserAgent, Address: from.Address,
	}
	if o.UserAgent != "" {
		a.UserAgent = o.UserAgent
	}
	if o.Address != "" {
		a.Address = o.Address
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// recover skips a generation, because the answer that held the newest was lost,
// and records it.
func (s *Sessions) recover(ctx context.Context, view *store.SessionView, o audit.Origin) (won bool, err error) {
	read := *view
	err = s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		*view = read // of an earlier run that was undone
		err := tx.Users.Lock(ctx, view.User.ID)
		if err != nil {
			return fmt.Errorf("hold user whose answer was lost: %w", err)
		}
		won, err = s.advance(ctx, tx, recovered, view, o)
		if err != nil || !won {
			return err
		}
		return s.trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindSessionRecovered, Outcome: audit.Success,
			ActorID: view.User.ID, UserID: view.User.ID, SessionID: view.Session.ID, Origin: o,
			Details: map[string]any{"parent": view.Session.Parent, "generation": view.Session.Generation},
		})
	})
	return won && err == nil, err
}

// endReplayed revokes the session if it is still as it was read, and tells the
// trail, the revocation list and the user. The request fails, but its
// transaction must not: an error here would take the revocation back.
func (s *Sessions) endReplayed(
	ctx context.Context, p presented, view *store.SessionView, o audit.Origin,
) (won bool, err error) {
	sess, user := &view.Session, &view.User
	err = s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Users.Lock(ctx, user.ID); err != nil {
			return fmt.Errorf("hold user whose token was replayed: %w", err)
		}
		// To the state in which it is: the comparison makes sure that what was
		// classified still holds, and the row stays locked until the commit.
		var err error
		here := step(sess, sess.RefreshState, view.Now.Truncate(time.Microsecond), audit.Origin{})
		if won, err = tx.Sessions.Advance(ctx, here); err != nil || !won {
			return err
		}
		ended, err := s.revoke(ctx, tx, []string{sess.ID}, audit.Event{
			Kind: audit.KindSessionReplayed, Outcome: audit.Failure, Reason: store.ReasonReplay,
			UserID: user.ID, Email: user.Email, Origin: o,
			Details: map[string]any{"presented": p.generation, "newest": sess.Generation, "parent": sess.Parent},
		})
		if won = len(ended) > 0; err != nil || !won {
			return err
		}
		return s.postman.Notify(ctx, tx, view.User, replayNotice(view, o, s.clock.Now()))
	})
	if err != nil || !won {
		return false, err
	}
	s.log.WarnContext(ctx, "refresh token replayed, session revoked",
		slog.String("session_hash", audit.SessionHash(sess.ID)), slog.String("user_id", user.ID))
	return true, nil
}

func replayNotice(view *store.SessionView, o audit.Origin, now time.Time) mail.Letter {
	data := mail.Circumstances(o, now)
	data[mail.DataDevice] = view.Session.DeviceName
	return mail.Letter{Kind: mail.SessionReplayed, Data: data}
}

// reportLostHistory makes noise: the database does not know a token that was
// made with its key. The session is left alone, because nobody did wrong.
func (s *Sessions) reportLostHistory(ctx context.Context, p presented, view *store.SessionView) {
	s.historyLost.Store(true)
	s.log.ErrorContext(ctx, "database has lost history: a genuine refresh token is newer than its session",
		slog.String("session_hash", audit.SessionHash(p.sessionID)),
		slog.Int64("presented", p.generation), slog.Int64("newest", view.Session.Generation))
}
