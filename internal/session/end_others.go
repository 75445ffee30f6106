package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// othersBatch is how many sessions one transaction ends: each has a row, an
	// entry in the revocation list and a place in memory everywhere.
	othersBatch = 100
	// othersBatches bounds one call. Nobody has ten thousand devices; whatever
	// signs in that often may ask twice.
	othersBatches = 100
)

// errManyOthers is why a call stopped before the end.
var errManyOthers = errors.New("more sessions than one call ends")

// EndOthers ends every session of the user but the one that asks, which goes on
// with its tokens: the epoch stays. Each gets an entry in the revocation list of
// its own. What signs in meanwhile may be spared.
//
// They end in batches of a hundred, each in a transaction; what was ended before
// a failure stays ended, and the call may be repeated.
//
// Errors: invalid_token if the session that asks has ended, unavailable.
func (s *Sessions) EndOthers(ctx context.Context, a Asker) error {
	a.Origin = a.Origin.Clip()
	for range othersBatches {
		more, err := s.endSomeOthers(ctx, a)
		if err != nil || !more {
			return unavailable(err)
		}
	}
	return fault.ErrUnavailable.WithCause(errManyOthers).WithRetryAfter(busyFor)
}

// endSomeOthers runs one transaction and reports whether there may be more.
func (s *Sessions) endSomeOthers(ctx context.Context, a Asker) (more bool, err error) {
	err = s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		more = false
		if err := s.Hold(ctx, tx, a); err != nil {
			return err
		}
		// One that has just expired may have an access token that has not.
		since := s.clock.Now().Add(-s.accessFor)
		list, err := tx.Devices.Live(ctx, a.UserID, since, othersBatch+1)
		if err != nil {
			return fmt.Errorf("list other sessions: %w", err)
		}
		more = len(list) > othersBatch
		return s.endListed(ctx, tx, a, list)
	})
	return more, err
}

// endListed revokes the sessions of a list but the one that asks.
func (s *Sessions) endListed(ctx context.Context, tx store.Tx, a Asker, list []store.Session) error {
	now, ended := s.clock.Now(), 0
	var entries []*store.Revocation
	for n := range list {
		if list[n].ID == a.SessionID {
			continue
		}
		won, err := tx.Sessions.Revoke(ctx, list[n].ID, store.ReasonEnded, now)
		if err != nil {
			return fmt.Errorf("revoke session: %w", err)
		}
		if won {
			ended++
			entries = append(entries, s.revocations.New(store.RevokedSession, list[n].ID, 0, now))
		}
	}
	if ended == 0 {
		return nil
	}
	if err := s.trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindSessionEnded, Outcome: audit.Success, Reason: store.ReasonEnded,
		ActorID: a.UserID, UserID: a.UserID, Origin: a.Origin, Details: map[string]any{"sessions": ended},
	}); err != nil {
		return err
	}
	for _, entry := range entries {
		if err := tx.Revocations.Append(ctx, entry); err != nil {
			return err
		}
	}
	return nil
}
