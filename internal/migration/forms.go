package migration

import (
	"context"
	"maps"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// countForms counts the passwords of a batch, before which there is nothing but
// passwords of this program if none was counted before.
func countForms(ctx context.Context, tx *store.Tx, forms map[string]int64) error {
	counted, err := tx.Forms.List(ctx)
	if err != nil {
		return err
	}
	if len(counted) == 0 && len(forms) > 0 {
		all, err := tx.Forms.Passwords(ctx)
		if err != nil {
			return err
		}
		for _, n := range forms {
			all -= n // they are in already
		}
		forms[password.Present] += all
	}
	// In one order, so that imports beside each other do not block each other.
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		if err := tx.Forms.Add(ctx, form, forms[form]); err != nil {
			return err
		}
	}
	return nil
}
