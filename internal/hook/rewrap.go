package hook

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Rewrap seals the key of every endpoint anew, if the newest secret key did not seal
// it, and says how many. A key that cannot be opened is left as it is and the others
// go on; the error tells of it.
func Rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring) (done int, err error) {
	all, err := st.Direct().Hooks.List(ctx)
	if err != nil {
		return 0, fmt.Errorf("list hooks: %w", err)
	}
	var unopened error
	for _, e := range all {
		rows, err := st.Direct().HookSecrets.List(ctx, e.ID)
		if err != nil {
			return done, fmt.Errorf("list keys of hook %s: %w", e.ID, err)
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
	}
	return done, unopened
}

func rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring, row store.HookSecret) (bool, error) {
	if by, err := secret.SealedBy(row.SecretSealed); err == nil && by == ring.KeyIDs()[0] {
		return false, nil
	}
	plain, err := ring.Open(sealPurpose, place(row), row.SecretSealed)
	if err != nil {
		return false, fmt.Errorf("open key of hook %s: %w", row.EndpointID, err)
	}
	changed, err := st.Direct().HookSecrets.Reseal(ctx, row, ring.Seal(sealPurpose, place(row), plain))
	if err != nil {
		return false, fmt.Errorf("reseal key of hook %s: %w", row.EndpointID, err)
	}
	return changed, nil
}
