package keys

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Urgency says when a key that an operator asks for signs, and what becomes of the
// others.
type Urgency int

const (
	// Announced is what happens by itself in time: the key signs in an hour, when
	// every verifier that caches the JWKS knows it.
	Announced Urgency = iota
	// AtOnce is a key that signs now. The others verify until the last token that
	// they signed has expired.
	AtOnce
	// Revoking is for keys that were stolen: the new one signs now, and what the
	// others signed, or will sign in a thief's hands, verifies no more.
	Revoking
)

var (
	// ErrSharedKey is returned for HS256, whose key is the operator's own.
	ErrSharedKey = errors.New("the key of HS256 is SALLYPORT_JWT_KEY: change it, and restart every instance")
	// ErrAnnounced is returned while a key that was announced does not sign yet.
	ErrAnnounced = errors.New("the next signing key is published already")
)

// Replaced is a key that took, or will take, the place of another.
type Replaced struct {
	ID       string // kid
	ActiveAt time.Time
	Revoked  int // how many keys were deleted for it
}

// Replace makes a signing key before its time. record is called in the
// transaction. Other instances know of it within a minute, by Maintain, or as soon
// as a token names the key.
func (r *Ring) Replace(ctx context.Context, u Urgency, record func(context.Context, *store.Tx, Replaced) error) (Replaced, error) {
	if r.opts.Algorithm == HS256 {
		return Replaced{}, ErrSharedKey
	}
	m, err := generate(r.opts.Algorithm) // takes long; not inside the transaction
	if err != nil {
		return Replaced{}, err
	}
	var done Replaced
	err = r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		now := r.instant()
		done = Replaced{ID: m.kid, ActiveAt: now}
		if u == Announced {
			done.ActiveAt = now.Add(publishLead)
		}
		if done.Revoked, err = r.clear(ctx, tx, u, now); err != nil {
			return err
		}
		row, err := seal(r.opts.Keyring, m, now, done.ActiveAt)
		if err != nil {
			return err
		}
		if err := tx.SigningKeys.Insert(ctx, row); err != nil {
			return err
		}
		return record(ctx, tx, done)
	})
	if err != nil {
		return Replaced{}, fmt.Errorf("replace the signing key: %w", err)
	}
	return done, nil
}

// clear makes room for a key, and says how many it deleted.
func (r *Ring) clear(ctx context.Context, tx *store.Tx, u Urgency, now time.Time) (int, error) {
	if u == Revoking {
		return tx.SigningKeys.DeleteEvery(ctx)
	}
	rows, err := tx.SigningKeys.List(ctx)
	if err != nil {
		return 0, err
	}
	if newest, ok := newestCandidate(rows); u == Announced && ok && newest.ActiveAt.After(now) {
		return 0, fmt.Errorf("%w: %s signs from %s", ErrAnnounced, newest.ID, newest.ActiveAt.UTC().Format(time.RFC3339))
	}
	if u == Announced {
		return 0, nil
	}
	expiry, err := r.expiry(ctx, tx, now)
	if err != nil {
		return 0, err
	}
	return 0, retireWaiting(ctx, tx, rows, now, expiry)
}

// State is what a key does.
type State string

// The states of a key that is kept.
const (
	StatePublished State = "published" // it will sign from ActiveAt on
	StateActive    State = "active"    // it signs
	StateRetiring  State = "retiring"  // it verifies until ExpiresAt
)

// Listed is a key as operators see it.
type Listed struct {
	ID        string // kid
	Algorithm string
	State     State
	CreatedAt time.Time
	ActiveAt  time.Time
	ExpiresAt time.Time // zero while it may still sign
}

// List gives every key that verifies, the newest first. It opens none.
func (r *Ring) List(ctx context.Context) ([]Listed, error) {
	rows, err := r.opts.Store.Direct().SigningKeys.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list signing keys: %w", err)
	}
	now := r.instant()
	list := make([]Listed, 0, len(rows))
	for _, row := range slices.Backward(rows) {
		l := Listed{ID: row.ID, Algorithm: row.Algorithm, State: StateActive, CreatedAt: row.CreatedAt, ActiveAt: row.ActiveAt, ExpiresAt: row.ExpiresAt}
		switch {
		case !row.ExpiresAt.IsZero() && !now.Before(row.ExpiresAt):
			continue
		case !row.ExpiresAt.IsZero() || replaced(row, rows, now):
			l.State = StateRetiring
		case row.ActiveAt.After(now):
			l.State = StatePublished
		}
		list = append(list, l)
	}
	return list, nil
}
