package keys

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Start reads the keys and makes the first one, or one for the algorithm of the
// settings if the newest is for another. It fails if the settings make no
// sense, or if a key cannot be opened with the secret keys at hand.
func (r *Ring) Start(ctx context.Context) error {
	if err := r.checkSettings(); err != nil {
		return err
	}
	release, err := r.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := r.reload(ctx, strict); err != nil {
		return err
	}
	rows, err := r.opts.Store.Direct().SigningKeys.List(ctx)
	if err != nil {
		return fmt.Errorf("list signing keys: %w", err)
	}
	first, err := firstTurn(ctx, r.opts.Store.Direct())
	if err != nil {
		return err
	}
	if !r.suits(rows, first) {
		if err := r.change(ctx); err != nil {
			return err
		}
	}
	return r.reload(ctx, strict)
}

func (r *Ring) checkSettings() error {
	switch r.opts.Algorithm {
	case HS256:
		if len(r.opts.HMACKey) < minHMACKey {
			return fmt.Errorf("the JWT key has %d bytes; HS256 needs at least %d "+
				"(set SALLYPORT_JWT_KEY, or use ES256, which needs no key)", len(r.opts.HMACKey), minHMACKey)
		}
	case ES256, EdDSA, RS256:
		if len(r.opts.HMACKey) > 0 {
			return fmt.Errorf("a JWT key is set but the algorithm is %s; it is for HS256 only", r.opts.Algorithm)
		}
	default:
		return unknownAlgorithm(r.opts.Algorithm)
	}
	if r.opts.AccessTokenTTL <= 0 {
		return errors.New("the lifetime of access tokens must be positive")
	}
	return nil
}

// suits reports whether the newest key that may sign is one for the settings.
func (r *Ring) suits(rows []store.SigningKey, first int64) bool {
	newest, ok := newestCandidate(rows)
	if !ok || newest.Algorithm != r.opts.Algorithm {
		return false
	}
	if r.opts.Algorithm != HS256 {
		return true
	}
	for turn := range len(rows) + 1 {
		if sharedName(r.opts.HMACKey, first+int64(turn)) == newest.ID {
			return true
		}
	}
	return false
}

// newestCandidate is the newest key that is not retiring, active yet or not.
func newestCandidate(rows []store.SigningKey) (store.SigningKey, bool) {
	candidates := slices.DeleteFunc(slices.Clone(rows), func(k store.SigningKey) bool { return !k.ExpiresAt.IsZero() })
	if len(candidates) == 0 {
		return store.SigningKey{}, false
	}
	return slices.MinFunc(candidates, newer), true
}

// change makes a key for the settings that is active at once. Keys that were to
// become active later are retired: they are for another algorithm.
func (r *Ring) change(ctx context.Context) error {
	var fresh material
	if r.opts.Algorithm != HS256 {
		var err error
		if fresh, err = generate(r.opts.Algorithm); err != nil { // takes long; not inside the transaction
			return err
		}
	}
	made := ""
	err := r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		made = ""
		rows, err := tx.SigningKeys.List(ctx)
		if err != nil {
			return err
		}
		first, err := firstTurn(ctx, tx)
		if err != nil || r.suits(rows, first) {
			return err // in the meantime another instance may have made one
		}
		m := fresh
		if r.opts.Algorithm == HS256 {
			if m, err = r.freeShared(rows, first); err != nil {
				return err
			}
		}
		now := r.instant()
		expiry, err := r.expiry(ctx, tx, now)
		if err != nil {
			return err
		}
		if err := retireWaiting(ctx, tx, rows, now, expiry); err != nil {
			return err
		}
		row, err := seal(r.opts.Keyring, m, now, now)
		if err != nil {
			return err
		}
		made = m.kid
		return tx.SigningKeys.Insert(ctx, row)
	})
	switch {
	case errors.Is(err, store.ErrTaken) && r.opts.Algorithm == HS256:
		return nil // another instance was given the same key and was faster
	case err != nil:
		return fmt.Errorf("make signing key: %w", err)
	case made != "":
		r.opts.Log.InfoContext(ctx, "signing key made", slog.String("kid", made), slog.String("algorithm", r.opts.Algorithm))
	}
	return nil
}

// retireWaiting ends the keys whose turn has not come.
func retireWaiting(ctx context.Context, tx *store.Tx, rows []store.SigningKey, now, expiry time.Time) error {
	for _, k := range rows {
		if !k.ExpiresAt.IsZero() || !k.ActiveAt.After(now) {
			continue
		}
		if _, err := tx.SigningKeys.Retire(ctx, k.ID, expiry); err != nil {
			return err
		}
	}
	return nil
}

// firstTurn is where the names of the operator's key begin. A database that was
// restored begins after every name that it may have given.
func firstTurn(ctx context.Context, tx *store.Tx) (int64, error) {
	first, err := tx.Facts.Number(ctx, store.FactSharedKeyTurn)
	if err != nil {
		return 0, fmt.Errorf("read the turn of the shared key: %w", err)
	}
	return first, nil
}

// freeShared is the operator's key under the first name that no row has.
func (r *Ring) freeShared(rows []store.SigningKey, first int64) (material, error) {
	for turn := first; ; turn++ {
		kid := sharedName(r.opts.HMACKey, turn)
		if !slices.ContainsFunc(rows, func(k store.SigningKey) bool { return k.ID == kid }) {
			return sharedMaterial(r.opts.HMACKey, kid)
		}
	}
}

// instant is now as the store keeps it.
func (r *Ring) instant() time.Time {
	return r.opts.Clock.Now().UTC().Truncate(time.Microsecond)
}

// expiry is when the last token that a key may have signed by now has expired,
// whatever instance signed it and under whatever setting.
func (r *Ring) expiry(ctx context.Context, tx *store.Tx, now time.Time) (time.Time, error) {
	seconds, err := tx.Facts.Number(ctx, store.FactAccessTokenTTL)
	if err != nil {
		return time.Time{}, fmt.Errorf("read longest token lifetime: %w", err)
	}
	longest := max(r.opts.AccessTokenTTL, time.Duration(seconds)*time.Second)
	return now.Add(lateness + longest + Leeway), nil
}
