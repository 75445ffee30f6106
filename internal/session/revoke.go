package session

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// revoke ends those of a user's sessions that have not ended, with everything
// that belongs to it: the rows, whose cookies stand for nothing from then on,
// one audit event, and an entry in the revocation list for each, so that their
// access tokens die. Whatever ends a session ends it here, but for what ends all
// of them at once ([Sessions.EndAll]).
//
// The caller holds the user's row, which comes before those of sessions: an event may
// be numbered by it (package hook), and who signs in, or asks from another session,
// takes the two in that order.
//
// The event says why and who; its kind is [audit.KindSessionEnded] unless it has
// one. The entries are numbered when the transaction commits. There are none if
// every session had ended.
func (s *Sessions) revoke(ctx context.Context, tx *store.Tx, ids []string, e audit.Event) ([]*store.Revocation, error) {
	now := s.clock.Now().UTC().Truncate(time.Microsecond)
	ended, err := revokeRows(ctx, tx, ids, e.Reason, now)
	if err != nil {
		return nil, fmt.Errorf("revoke sessions: %w", err)
	}
	if ended == 0 {
		return nil, nil
	}
	if e.Kind == "" {
		e.Kind, e.Outcome = audit.KindSessionEnded, audit.Success
	}
	if len(ids) == 1 {
		e.SessionID = ids[0]
	} else {
		e.Details = map[string]any{"sessions": ended}
	}
	if err := s.trail.Record(ctx, tx, e); err != nil {
		return nil, err
	}
	// An entry for a session that has ended in the meantime is harmless.
	entries := make([]*store.Revocation, len(ids))
	for n, id := range ids {
		entries[n] = s.revocations.New(store.RevokedSession, id, 0, now)
		if err := tx.Revocations.Append(ctx, entries[n]); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func revokeRows(ctx context.Context, tx *store.Tx, ids []string, reason string, now time.Time) (int, error) {
	if len(ids) != 1 {
		return tx.Sessions.RevokeMany(ctx, ids, reason, now)
	}
	if won, err := tx.Sessions.Revoke(ctx, ids[0], reason, now); err != nil || !won {
		return 0, err
	}
	return 1, nil
}

// othersBatch is how many sessions are ended at a time: each has a row, an entry
// in the revocation list and a place in memory everywhere.
const othersBatch = 250

// revokeOthers ends a user's sessions but the one that asks and the spare ones
// that were used last, at most othersBatch, and reports whether there may be
// more.
func (s *Sessions) revokeOthers(ctx context.Context, tx *store.Tx, a Asker, spare int, reason string) (ended int, more bool, err error) {
	ids, err := tx.Sessions.Others(ctx, a.UserID, a.SessionID, spare, s.clock.Now(), othersBatch)
	if err != nil {
		return 0, false, fmt.Errorf("list other sessions: %w", err)
	}
	entries, err := s.revoke(ctx, tx, ids, audit.Event{Reason: reason, ActorID: a.UserID, UserID: a.UserID, Origin: a.Origin.Clip()})
	return len(entries), len(ids) == othersBatch, err
}
