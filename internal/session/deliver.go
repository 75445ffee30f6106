package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// lostAfter is how old an undelivered session is before its answer counts as
	// lost: by then the database has answered the COMMIT, or the call has failed.
	lostAfter = time.Second
	// maxLost is how many of them one sign-in ends.
	maxLost = 16
)

// errDisplaced is why a sign-in failed whose session another one of the same
// device took for lost.
var errDisplaced = errors.New("another sign-in of the device came first")

// beginDelivery notes that nobody knows the tokens of a session that was just
// opened on a known device, and ends those of the device whose answer was lost
// before: the COMMIT went through and its answer did not, so that the client was
// told to try again.
func (s *Sessions) beginDelivery(ctx context.Context, tx *store.Tx, device string, opened Asker) error {
	now, hash := s.clock.Now(), secret.Hash("device "+device)
	lost, err := tx.Undelivered.Of(ctx, hash, now.Add(-lostAfter), maxLost)
	if err != nil {
		return fmt.Errorf("look for undelivered sessions: %w", err)
	}
	if len(lost) > 0 {
		e := audit.Event{Reason: store.ReasonUndelivered, ActorID: opened.UserID, UserID: opened.UserID, Origin: opened.Origin}
		if _, err := s.revoke(ctx, tx, lost, e); err != nil {
			return err
		}
	}
	for _, sessionID := range lost {
		if _, err := tx.Undelivered.Delivered(ctx, sessionID); err != nil {
			return fmt.Errorf("forget undelivered session: %w", err)
		}
	}
	u := store.UndeliveredSession{SessionID: opened.SessionID, DeviceHash: hash, CreatedAt: now}
	if err := tx.Undelivered.Insert(ctx, u); err != nil {
		return fmt.Errorf("note undelivered session: %w", err)
	}
	return nil
}

// Delivered says that the transaction that opened a session on a known device
// has committed, and that its tokens are about to be answered. Call it before
// they are.
//
// Errors: unavailable, also if another sign-in of the device has ended it.
func (s *Sessions) Delivered(ctx context.Context, sessionID, device string) error {
	if device == "" {
		return nil
	}
	was, err := s.store.Direct().Undelivered.Delivered(ctx, sessionID)
	switch {
	case err != nil:
		return unavailable(fmt.Errorf("note delivered session: %w", err))
	case !was:
		return fault.ErrUnavailable.WithCause(errDisplaced).WithRetryAfter(busyFor)
	}
	return nil
}

// Resume gives the tokens of a session whose first answer was lost, for whoever
// sends the same request again (package idempotency): the newest refresh token,
// and another access token.
//
// Errors: session_ended, token_refused, unavailable.
func (s *Sessions) Resume(ctx context.Context, sessionID string, o audit.Origin) (Tokens, error) {
	if _, err := s.store.Direct().Undelivered.Delivered(ctx, sessionID); err != nil {
		return Tokens{}, unavailable(fmt.Errorf("note delivered session: %w", err))
	}
	return s.issueApproved(ctx, hook.ForResume, o, func(ctx context.Context) (store.SessionView, error) {
		view, err := s.store.Direct().Sessions.View(ctx, sessionID)
		switch {
		case errors.Is(err, store.ErrNotFound):
			err = ErrEnded
		case err != nil:
			err = unavailable(fmt.Errorf("read session: %w", err))
		case !living(&view):
			err = ErrEnded.WithMember(MemberReason, reason(&view))
		}
		return view, err
	})
}
