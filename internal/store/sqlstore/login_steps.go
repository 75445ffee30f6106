package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var (
	stepInsert = q(`
		INSERT INTO login_steps (realm_id, token_hash, user_id, user_epoch, amr, device_name, created_at, expires_at, consumed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	stepByHash = q(`
		SELECT token_hash, user_id, user_epoch, amr, device_name, created_at, expires_at, consumed_at
		FROM login_steps WHERE realm_id = ? AND token_hash = ?`)
	stepConsume = q(`
		UPDATE login_steps SET consumed_at = ?
		WHERE realm_id = ? AND token_hash = ? AND consumed_at IS NULL AND +expires_at > ?`)
	stepExpired = q(`SELECT token_hash FROM login_steps WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	stepPurge   = q(`DELETE FROM login_steps WHERE realm_id = ? AND token_hash IN {many} AND +expires_at < ?`)
)

// loginSteps implements store.LoginSteps.
type loginSteps struct{ *port }

func scanStep(row seam.Row, s *store.LoginStep) error {
	return row.Scan(&s.TokenHash, &s.UserID, &s.UserEpoch, column.Words(&s.AMR), &s.DeviceName,
		column.At(&s.CreatedAt), column.At(&s.ExpiresAt), column.At(&s.ConsumedAt))
}

// Insert adds a step.
func (p loginSteps) Insert(ctx context.Context, s store.LoginStep) error {
	amr, err := column.Joined(s.AMR)
	if err != nil {
		return err
	}
	return p.add(ctx, stepInsert, p.realm, s.TokenHash, s.UserID, s.UserEpoch, amr, s.DeviceName,
		column.Micros(s.CreatedAt), column.Micros(s.ExpiresAt), column.Micros(s.ConsumedAt))
}

// ByHash reads a step, usable or not.
func (p loginSteps) ByHash(ctx context.Context, hash string) (store.LoginStep, error) {
	return seam.Get(ctx, p, scanStep, stepByHash, p.realm, hash)
}

// Consume marks a step that can be used.
func (p loginSteps) Consume(ctx context.Context, hash string, now time.Time) (bool, error) {
	return p.change(ctx, stepConsume, column.Micros(now), p.realm, hash, column.Micros(now))
}

// Purge deletes steps that expired before the given time.
func (p loginSteps) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, stepExpired, stepPurge, before, limit)
}
