package emailchange

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// PendingEmail is the address that is to be the user's once the link that was
// mailed there is opened, or empty. It is for the user alone: whether the address
// has another account does not show.
func (e *Changes) PendingEmail(ctx context.Context, u store.User) (email string, err error) {
	err = e.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		email = ""
		t, err := tx.Tokens.Newest(ctx, u.ID, store.PurposeConfirmEmail)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil || link.State(e.opts.Clock.Now(), t.ExpiresAt, t.ConsumedAt, t.SupersededAt) != "" {
			return err
		}
		c, _, why, err := e.confirmable(ctx, tx, t)
		if err == nil && (why == "" || why == audit.ReasonTaken) {
			email = c.NewEmail
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("look for a change of address: %w", err)
	}
	return email, nil
}
