package session

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// EndAll ends everything a user had, in the caller's transaction: it raises the
// epoch by compare-and-set, revokes the rows, and appends one entry to the
// revocation list, with the new epoch, which refuses every access token of an
// older one. If the epoch is no longer user.Epoch it returns ErrEpochMoved and
// the transaction is to be undone: somebody else ended everything meanwhile, or
// changed what the caller decided by. Of a user who has more than
// store.MaxRevoked sessions the oldest are not marked with reason: the epoch alone
// ends them.
//
// No session survives, because none has the new epoch. except names a row that
// is not marked with reason, for a caller that has ended that session with a
// reason of its own; it does not keep the session alive. A caller who wants to
// stay signed in opens a new session afterwards, in the same transaction, with
// the user read again.
func (s *Sessions) EndAll(
	ctx context.Context, tx *store.Tx, user store.User, except, reason string, o audit.Origin,
) error {
	_, err := s.endAll(ctx, tx, user, except, audit.Event{Reason: reason, Origin: o})
	return err
}

// endAll is EndAll with what the audit event says beyond the usual. The entry's
// number is set when the transaction has committed.
func (s *Sessions) endAll(
	ctx context.Context, tx *store.Tx, user store.User, except string, e audit.Event,
) (*store.Revocation, error) {
	now := s.clock.Now()
	raised, err := tx.Users.RaiseEpoch(ctx, user.ID, user.Epoch, now)
	if err != nil {
		return nil, fmt.Errorf("raise epoch: %w", err)
	}
	if !raised {
		return nil, ErrEpochMoved
	}
	epoch := user.Epoch + 1
	count, err := tx.Sessions.RevokeAll(ctx, user.ID, except, e.Reason, now)
	if err != nil {
		return nil, fmt.Errorf("revoke sessions: %w", err)
	}
	e.Kind, e.Outcome, e.UserID = audit.KindSessionEnded, audit.Success, user.ID
	e.Details = map[string]any{"sessions": count, "epoch": epoch}
	if count >= store.MaxRevoked {
		e.Details["more"] = true // perhaps: they were not counted
	}
	if err := s.trail.Record(ctx, tx, e); err != nil {
		return nil, err
	}
	entry := s.revocations.New(store.RevokedUser, user.ID, epoch, now)
	return entry, tx.Revocations.Append(ctx, entry)
}
