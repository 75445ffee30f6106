package client

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Disable disables a client: every access token that it got is refused from now
// on, and it gets no other. One that is disabled stays so, and nothing is recorded.
//
// Errors: client_not_found.
func (cs *Clients) Disable(ctx context.Context, clientID string, by audit.Operator) error {
	now := cs.now()
	return cs.change(ctx, clientID, now, func(ctx context.Context, tx *store.Tx) error {
		won, err := tx.Clients.Disable(ctx, clientID, now)
		if err != nil || !won {
			return err
		}
		c, err := tx.Clients.ByClientID(ctx, clientID)
		if err != nil {
			return err
		}
		return cs.end(ctx, tx, clientID, c.Epoch, now, changed(by, audit.KindClientDisabled, clientID))
	})
}

// Enable enables a disabled client. What it got before stays refused.
//
// Errors: client_not_found.
func (cs *Clients) Enable(ctx context.Context, clientID string, by audit.Operator) error {
	now := cs.now()
	return cs.change(ctx, clientID, now, func(ctx context.Context, tx *store.Tx) error {
		won, err := tx.Clients.Enable(ctx, clientID, now)
		if err != nil || !won {
			return err
		}
		return cs.opts.Trail.Record(ctx, tx, changed(by, audit.KindClientEnabled, clientID))
	})
}

// Delete removes a client with its secrets. Every access token that it got is
// refused from now on.
//
// Errors: client_not_found.
func (cs *Clients) Delete(ctx context.Context, clientID string, by audit.Operator) error {
	now := cs.now()
	return cs.change(ctx, clientID, now, func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.Clients.ByClientID(ctx, clientID)
		if err != nil {
			return err
		}
		if _, err := tx.Secrets.Delete(ctx, clientID); err != nil {
			return err
		}
		if _, err := tx.Clients.Delete(ctx, clientID); err != nil { // the row is held
			return err
		}
		return cs.end(ctx, tx, clientID, c.Epoch+1, now, changed(by, audit.KindClientDeleted, clientID))
	})
}

// end refuses what a client got with an epoch below the given one, and records why.
func (cs *Clients) end(ctx context.Context, tx *store.Tx, clientID string, epoch int64, now time.Time, e audit.Event) error {
	if err := cs.opts.Trail.Record(ctx, tx, e); err != nil {
		return err
	}
	return tx.Revocations.Append(ctx, cs.opts.Revocations.New(store.RevokedClient, clientID, epoch, now))
}
