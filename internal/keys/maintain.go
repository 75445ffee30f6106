package keys

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Maintain makes the next key when the present one has signed long enough,
// retires those that were replaced, deletes those that expired, and reads the
// ring again. Call it about once a minute; calling it twice, or on many
// instances at once, is harmless.
func (r *Ring) Maintain(ctx context.Context) error {
	release, err := r.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	return errors.Join(r.rotate(ctx), r.retire(ctx), r.reload(ctx, lenient))
}

// rotate publishes the next key an hour before the newest has signed for long
// enough.
func (r *Ring) rotate(ctx context.Context) error {
	rows, err := r.list(ctx, r.opts.Store.Direct())
	if err != nil {
		return err
	}
	newest, ok := newestCandidate(rows)
	if !ok || !r.outworn(newest, r.instant()) {
		return nil
	}
	m, err := generate(newest.Algorithm)
	if err != nil {
		return err
	}
	made := false
	err = r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		made = false
		rows, err := r.list(ctx, tx)
		if err != nil {
			return err
		}
		now := r.instant()
		if k, ok := newestCandidate(rows); !ok || k.ID != newest.ID || !r.outworn(k, now) {
			return nil // another instance was faster
		}
		row, err := seal(r.opts.Keyring, m, now, now.Add(publishLead))
		if err != nil {
			return err
		}
		made = true
		return tx.SigningKeys.Insert(ctx, row)
	})
	if err != nil {
		return fmt.Errorf("rotate signing key: %w", err)
	}
	if made {
		r.opts.Log.InfoContext(ctx, "next signing key published", slog.String("kid", m.kid), slog.String("algorithm", m.Algorithm()))
	}
	return nil
}

// outworn reports whether it is time to publish the key after k.
func (r *Ring) outworn(k store.SigningKey, now time.Time) bool {
	return k.Algorithm != HS256 && !now.Before(k.ActiveAt.Add(r.opts.RotateEvery-publishLead))
}

// retire gives an expiry to keys that a newer active one has replaced, and
// deletes those whose expiry has passed.
func (r *Ring) retire(ctx context.Context) error {
	direct := r.opts.Store.Direct()
	rows, err := r.list(ctx, direct)
	if err != nil {
		return err
	}
	now := r.instant()
	for _, k := range rows {
		if !k.ExpiresAt.IsZero() || !replaced(k, rows, now) {
			continue
		}
		expiry, err := r.expiry(ctx, direct, now)
		if err != nil {
			return err
		}
		retired, err := direct.SigningKeys.Retire(ctx, k.ID, expiry)
		if err != nil {
			return fmt.Errorf("retire signing key %s: %w", k.ID, err)
		}
		if retired {
			r.opts.Log.InfoContext(ctx, "signing key retired", slog.String("kid", k.ID), slog.Time("expires_at", expiry))
		}
	}
	if _, err := direct.SigningKeys.Purge(ctx, now); err != nil {
		return fmt.Errorf("purge signing keys: %w", err)
	}
	return nil
}

// replaced reports whether a newer key than k is active.
func replaced(k store.SigningKey, rows []store.SigningKey, now time.Time) bool {
	for _, other := range rows {
		if other.ExpiresAt.IsZero() && !other.ActiveAt.After(now) && newer(other, k) < 0 {
			return true
		}
	}
	return false
}

// Rewrap seals every signing key anew that the newest secret key did not seal,
// and says how many. Afterwards the older secret keys are not needed for them.
// Of concurrent calls one does the work for each key.
func Rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring) (int, error) {
	direct := st.Direct()
	rows, err := direct.SigningKeys.List(ctx)
	if err != nil {
		return 0, fmt.Errorf("list signing keys: %w", err)
	}
	done := 0
	for _, row := range rows {
		by, err := secret.SealedBy(row.PrivateSealed)
		if err == nil && by == ring.KeyIDs()[0] {
			continue
		}
		plain, err := ring.Open(sealPurpose(row.Algorithm), place(row.ID), row.PrivateSealed)
		if err != nil {
			return done, fmt.Errorf("open signing key %s: %w", row.ID, err)
		}
		sealed := ring.Seal(sealPurpose(row.Algorithm), place(row.ID), plain)
		changed, err := direct.SigningKeys.Reseal(ctx, row.ID, row.PrivateSealed, sealed)
		if err != nil {
			return done, fmt.Errorf("reseal signing key %s: %w", row.ID, err)
		}
		if changed {
			done++
		}
	}
	return done, nil
}
