package token

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Check returns ErrRevoked if the token, its session, or its user's or client's
// epoch was revoked, and fault.ErrUnavailable if that cannot be told.
func (l *Revocations) Check(ctx context.Context, c Claims) error {
	s := subjectsOf(c)
	return l.check(ctx, &s)
}

func (l *Revocations) check(ctx context.Context, s *subjects) error {
	if l.opts.Strict {
		return l.checkStrictly(ctx, s)
	}
	now := l.tick()
	l.mu.RLock()
	revoked, sure := l.seen.revokes(s), l.fresh(now)
	l.mu.RUnlock()
	switch {
	case revoked:
		return ErrRevoked
	case sure:
		return nil
	}
	return l.ask(ctx, s)
}

// checkStrictly looks at the block-list, if there is one, and then at the feed.
// Checks that wait together share a look at the feed that began after the last
// of them came.
func (l *Revocations) checkStrictly(ctx context.Context, s *subjects) error {
	limited, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	seen := l.consult(limited, s)
	if seen.Revoked {
		return ErrRevoked
	}
	head, err := l.catchUp(limited, false)
	if err != nil && !errors.Is(err, errStale) {
		return fault.ErrUnavailable.WithCause(err)
	}
	l.mu.RLock()
	revoked, caughtUp := l.seen.revokes(s), err == nil && l.complete()
	l.mu.RUnlock()
	vouched := seen.Complete == head
	switch {
	case revoked:
		return ErrRevoked
	case vouched, caughtUp:
		return nil
	}
	return l.ask(limited, s)
}

// ask lets SQL answer, by primary key. It knows more than the list: that a
// session is gone, or that a user may not sign in.
func (l *Revocations) ask(ctx context.Context, s *subjects) (err error) {
	ctx, span := telemetry.Start(ctx, "token.ask_sql")
	defer func() { span.End(err) }()
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	if s.client != "" {
		return l.askClient(ctx, s)
	}
	a, err := l.opts.Store.Direct().Revocations.Access(ctx, s.token, s.session, s.user)
	switch {
	case err != nil:
		return fault.ErrUnavailable.WithCause(fmt.Errorf("ask for revocation: %w", err))
	case a.TokenRevoked || a.SessionEnded || !a.UserActive || s.epoch < a.UserEpoch:
		return ErrRevoked
	}
	return nil
}

// askClient is ask for a token of a client of its own.
func (l *Revocations) askClient(ctx context.Context, s *subjects) error {
	a, err := l.opts.Store.Direct().Revocations.ClientAccess(ctx, s.token, s.client)
	switch {
	case err != nil:
		return fault.ErrUnavailable.WithCause(fmt.Errorf("ask for revocation: %w", err))
	case a.TokenRevoked || !a.Enabled || s.epoch < a.Epoch:
		return ErrRevoked
	}
	return nil
}
