package app

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ListKeys gives the signing keys that verify, the newest first.
func ListKeys(ctx context.Context, cfg config.Config) (list []keys.Listed, err error) {
	err = withRooms(ctx, cfg, func(a *App) (err error) {
		list, err = a.ring.List(ctx)
		return err
	})
	return list, err
}

// ReplaceKey makes a signing key before its time, beside running servers or none.
func ReplaceKey(ctx context.Context, cfg config.Config, u keys.Urgency, by audit.Operator) (done keys.Replaced, err error) {
	err = withRooms(ctx, cfg, func(a *App) (err error) {
		done, err = a.ring.Replace(ctx, u, func(ctx context.Context, tx *store.Tx, r keys.Replaced) error {
			e := by.Event(audit.KindKeyReplaced, "")
			e.Details = map[string]any{"kid": r.ID, "revoked": r.Revoked}
			return a.trail.Trail.Record(ctx, tx, e)
		})
		return err
	})
	return done, err
}
