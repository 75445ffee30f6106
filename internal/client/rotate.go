package client

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Rotate makes another secret of a client and gives it, this once. The newest of
// those before lives on for as long as keep says, if it does not expire earlier;
// any other ends now. Of calls at once each sees what the one before it left.
//
// Errors: client_not_found, client_auth_method.
func (cs *Clients) Rotate(ctx context.Context, clientID string, keep time.Duration, by audit.Operator) (text string, err error) {
	now := cs.now()
	err = cs.changeMethod(ctx, clientID, now, false, func(ctx context.Context, tx *store.Tx) error {
		if err := store.Retire(ctx, tx.Secrets, clientID, now, keep); err != nil {
			return err
		}
		if text, err = addSecret(ctx, tx, clientID, now); err != nil {
			return err
		}
		return cs.opts.Trail.Record(ctx, tx, changed(by, audit.KindClientSecretRotated, clientID))
	})
	return text, err
}

// change runs fn in a transaction that holds the client's row: who else changes
// it waits.
//
// Errors: client_not_found.
func (cs *Clients) change(ctx context.Context, clientID string, now time.Time, fn func(context.Context, *store.Tx) error) error {
	unknown := false
	err := cs.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		there, err := tx.Clients.Touch(ctx, clientID, now)
		if unknown = err == nil && !there; err != nil || unknown {
			return err
		}
		return fn(ctx, tx)
	})
	switch {
	case err != nil:
		return fmt.Errorf("change client: %w", err)
	case unknown:
		return ErrUnknown
	}
	return nil
}
