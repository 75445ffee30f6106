package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// mostOthers bounds one call: nobody has so many devices.
const mostOthers = 25_000

// errManyOthers is why a call stopped before the end.
var errManyOthers = errors.New("more sessions than one call ends")

// EndOthers ends every session of the user but the one that asks, which goes on
// with its tokens: the epoch stays. Each gets an entry in the revocation list of
// its own. What signs in meanwhile may be spared.
//
// They end in batches, each in a transaction; what was ended before a failure
// stays ended, and the call may be repeated.
//
// Errors: invalid_token if the session that asks has ended, unavailable.
func (s *Sessions) EndOthers(ctx context.Context, a Asker) error {
	// Listed once: to list them before each batch took longer than to end them.
	ids, err := s.store.Direct().Sessions.Others(ctx, a.UserID, a.SessionID, 0, s.clock.Now(), mostOthers)
	if err != nil {
		return unavailable(fmt.Errorf("list other sessions: %w", err))
	}
	many := len(ids) == mostOthers
	e := audit.Event{Reason: store.ReasonEnded, ActorID: a.UserID, UserID: a.UserID, Origin: a.Origin.Clip()}
	for held := false; !held || len(ids) > 0; held = true { // also where there are none
		batch := ids[:min(othersBatch, len(ids))]
		ids = ids[len(batch):]
		err := s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := s.Hold(ctx, tx, a); err != nil {
				return err
			}
			_, err := s.revoke(ctx, tx, batch, e)
			return err
		})
		if err != nil {
			return unavailable(err)
		}
	}
	if many {
		return fault.ErrUnavailable.WithCause(errManyOthers).WithRetryAfter(busyFor)
	}
	return nil
}

// EndUnproved ends every session of the user but the one that asks, in the
// caller's transaction, because the account has just got its first second
// factor: none of them has proved it. It says how many ended. The caller holds
// the session that asks. All end in one transaction, unlike in [Sessions.EndOthers]:
// none may live past the factor. MAX_SESSIONS bounds them.
func (s *Sessions) EndUnproved(ctx context.Context, tx *store.Tx, a Asker) (ended int, err error) {
	for more := true; more; {
		var n int
		if n, more, err = s.revokeOthers(ctx, tx, a, 0, store.ReasonFactorAdded); err != nil {
			return 0, err
		}
		ended += n
	}
	return ended, nil
}

// endSurplus ends the sessions of a user beyond the maximum number, those used
// longest ago, in the transaction that opened another. That one holds the user's
// row, so of any number of sign-ins at once each counts those before. Where the
// setting was lowered, what is more than a batch ends with the next sign-ins.
func (s *Sessions) endSurplus(ctx context.Context, tx *store.Tx, opened Asker) error {
	if s.most == 0 {
		return nil
	}
	_, _, err := s.revokeOthers(ctx, tx, opened, s.most-1, store.ReasonTooMany)
	return err
}
