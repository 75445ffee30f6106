package mfa

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Rewrap seals the secret of every code generator anew, if the newest secret key
// did not seal it, and says how many. A secret that cannot be opened is left as
// it is and the others go on; the error tells of it. Of concurrent calls one does
// the work for each.
func Rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring) (int, error) {
	const batch = 500
	done := 0
	var unopened error
	for page := (store.Page{Limit: batch}); ; {
		rows, err := st.Direct().TOTPs.Sealed(ctx, page)
		if err != nil {
			return done, fmt.Errorf("list authenticator apps: %w", err)
		}
		for _, row := range rows {
			changed, err := rewrap(ctx, st, ring, row)
			switch {
			case errors.Is(err, secret.ErrNotOpened):
				unopened = err
			case err != nil:
				return done, err
			case changed:
				done++
			}
		}
		if len(rows) < batch {
			return done, unopened
		}
		page.After = rows[len(rows)-1].UserID
	}
}

// Opens reports whether the secret of a code generator can be used.
func Opens(ring *secret.Keyring, row store.TOTP) bool {
	_, err := ring.Open(sealPurpose, place(row.ID), row.SecretSealed)
	return err == nil
}

// Reveal gives the secret of an authenticator app as it is typed into one, for an
// export that takes secrets along.
func Reveal(ring *secret.Keyring, enrolment, sealed string) (string, error) {
	plain, err := ring.Open(sealPurpose, place(enrolment), sealed)
	if err != nil {
		return "", fmt.Errorf("open the secret of an authenticator app: %w", err)
	}
	return encoding.EncodeToString(plain), nil
}

// Seal seals what Reveal gave, under the newest secret key.
func Seal(ring *secret.Keyring, enrolment, typed string) (string, error) {
	plain, err := encoding.DecodeString(typed)
	if err != nil || len(plain) == 0 {
		return "", errors.New("it is not written in base32")
	}
	return ring.Seal(sealPurpose, place(enrolment), plain), nil
}

func rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring, row store.TOTP) (bool, error) {
	if by, err := secret.SealedBy(row.SecretSealed); err == nil && by == ring.KeyIDs()[0] {
		return false, nil
	}
	plain, err := ring.Open(sealPurpose, place(row.ID), row.SecretSealed)
	if err != nil {
		return false, fmt.Errorf("open authenticator app of user %s: %w", row.UserID, err)
	}
	changed, err := st.Direct().TOTPs.Reseal(ctx, row.UserID, row.ID, row.SecretSealed, ring.Seal(sealPurpose, place(row.ID), plain))
	if err != nil {
		return false, fmt.Errorf("reseal authenticator app of user %s: %w", row.UserID, err)
	}
	return changed, nil
}
