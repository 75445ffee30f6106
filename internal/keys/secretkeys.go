package keys

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrSecretKey is returned when the secret keys at hand are not those that the
// database was used with. Nothing was changed.
var ErrSecretKey = errors.New("the secret key does not fit this database")

// CheckSecretKeys compares the secret keys with the check values in SQL, and
// records those that are new. It returns ErrSecretKey, and the program must not
// start, if
//
//   - the database knows secret keys and none of those at hand is among them:
//     somebody lost the key, or points at another database;
//   - a check value differs: the key identifier is right by chance or by fraud;
//   - a signing key or the audit log's is sealed by a secret key that is not at hand: it was
//     dropped from the list before "sallyport key rewrap" was run.
//
// A new key is recorded only beside one that is known, or in a database that
// knows none. So a wrong key is never accepted in silence, and a key can be
// dropped once nothing needs it.
func CheckSecretKeys(ctx context.Context, st *store.Store, ring *secret.Keyring, clk clock.Clock) error {
	err := st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.SecretKeys.List(ctx)
		if err != nil {
			return fmt.Errorf("list check values: %w", err)
		}
		unrecorded, err := compare(ring, rows)
		if err != nil {
			return err
		}
		if err := allSealersAtHand(ctx, tx, ring); err != nil {
			return err
		}
		now := clk.Now().UTC().Truncate(time.Microsecond)
		for _, id := range unrecorded {
			row := store.SecretKey{ID: id.String(), CheckValue: ring.CheckValue(id), CreatedAt: now}
			if err := tx.SecretKeys.Insert(ctx, row); err != nil {
				return fmt.Errorf("record check value: %w", err)
			}
		}
		return nil
	})
	if !errors.Is(err, store.ErrTaken) {
		return err
	}
	// Another instance that started at the same moment recorded it first.
	rows, err := st.Direct().SecretKeys.List(ctx)
	if err != nil {
		return fmt.Errorf("list check values: %w", err)
	}
	_, err = compare(ring, rows)
	return err
}

// compare gives the keys at hand that are not recorded yet.
func compare(ring *secret.Keyring, rows []store.SecretKey) (unrecorded []secret.KeyID, err error) {
	for _, id := range ring.KeyIDs() {
		n := slices.IndexFunc(rows, func(k store.SecretKey) bool { return k.ID == id.String() })
		switch {
		case n < 0:
			unrecorded = append(unrecorded, id)
		case subtle.ConstantTimeCompare([]byte(rows[n].CheckValue), []byte(ring.CheckValue(id))) != 1:
			return nil, fmt.Errorf("%w: key %s is not the one that was recorded", ErrSecretKey, id)
		}
	}
	if len(rows) > 0 && len(unrecorded) == len(ring.KeyIDs()) {
		return nil, fmt.Errorf("%w: none of the keys in SALLYPORT_SECRET_KEY was ever used with it; "+
			"restore the old key, or put the new one in front of it", ErrSecretKey)
	}
	return unrecorded, nil
}

// allSealersAtHand makes sure that every signing key can be opened, and the audit
// log's.
func allSealersAtHand(ctx context.Context, tx *store.Tx, ring *secret.Keyring) error {
	rows, err := tx.SigningKeys.List(ctx)
	if err != nil {
		return fmt.Errorf("list signing keys: %w", err)
	}
	for _, row := range rows {
		if err := sealerAtHand(ring, "signing key "+row.ID, row.PrivateSealed); err != nil {
			return err
		}
	}
	log, err := tx.AuditKeys.Last(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the key of the audit log: %w", err)
	}
	return sealerAtHand(ring, "the key of the audit log", log.PrivateSealed)
}

func sealerAtHand(ring *secret.Keyring, what, sealed string) error {
	by, err := secret.SealedBy(sealed)
	if err != nil {
		return fmt.Errorf("read %s: %w", what, err)
	}
	if !slices.Contains(ring.KeyIDs(), by) {
		return fmt.Errorf("%w: %s is sealed by secret key %s, which is missing from "+
			"SALLYPORT_SECRET_KEY; put it back behind the new one and run \"sallyport key rewrap\" before dropping it",
			ErrSecretKey, what, by)
	}
	return nil
}
