package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// LoginStep is a sign-in whose first factor was proved and whose second is
// asked for. Only the hash of its token is kept.
type LoginStep struct {
	TokenHash  string
	UserID     string
	UserEpoch  int64    // the user's, as read together with what was proved
	AMR        []string // what was proved (RFC 8176)
	DeviceName string
	CreatedAt  time.Time
	ExpiresAt  time.Time
	ConsumedAt time.Time
	Audience   string // that the sign-in named, or empty
}

const stepColumns = `token_hash, user_id, user_epoch, amr, device_name, created_at, expires_at, consumed_at, audience`

var (
	stepInsert = q(`
		INSERT INTO login_steps (realm_id, token_hash, user_id, user_epoch, amr, device_name, created_at, expires_at, consumed_at, audience)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	stepByHash = q(`
		SELECT ` + stepColumns + ` FROM login_steps WHERE realm_id = ? AND token_hash = ?`)
	stepConsume = q(`
		UPDATE login_steps SET consumed_at = ?
		WHERE realm_id = ? AND token_hash = ? AND consumed_at IS NULL AND +expires_at > ?`)
	stepExpired = q(`SELECT token_hash FROM login_steps WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	stepPurge   = q(`DELETE FROM login_steps WHERE realm_id = ? AND token_hash IN {many} AND +expires_at < ?`)
	stepList    = q(`
		SELECT ` + stepColumns + ` FROM login_steps WHERE realm_id = ? AND user_id = ? AND COALESCE(token_hash, '') > ? ORDER BY COALESCE(token_hash, '') LIMIT ?`)
)

// LoginSteps are the rows of login_steps.
type LoginSteps struct{ *bound }

func scanStep(row sqlrun.Row, s *LoginStep) error {
	return row.Scan(&s.TokenHash, &s.UserID, &s.UserEpoch, wordsInto(&s.AMR), &s.DeviceName,
		timeInto(&s.CreatedAt), timeInto(&s.ExpiresAt), timeInto(&s.ConsumedAt), textInto(&s.Audience))
}

// Insert adds a step.
func (t LoginSteps) Insert(ctx context.Context, s LoginStep) error {
	amr, err := joined(s.AMR)
	if err != nil {
		return err
	}
	return t.add(ctx, stepInsert, t.realm, s.TokenHash, s.UserID, s.UserEpoch, amr, s.DeviceName,
		micros(s.CreatedAt), micros(s.ExpiresAt), micros(s.ConsumedAt), s.Audience)
}

// ByHash reads a step, usable or not.
func (t LoginSteps) ByHash(ctx context.Context, hash string) (LoginStep, error) {
	return sqlrun.Get(ctx, t.run, scanStep, stepByHash, t.realm, hash)
}

// Consume marks a step that is neither consumed nor expired.
func (t LoginSteps) Consume(ctx context.Context, hash string, now time.Time) (bool, error) {
	return t.change(ctx, stepConsume, micros(now), t.realm, hash, micros(now))
}

// Purge deletes steps that expired before the given time, at most limit.
func (t LoginSteps) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, stepExpired, stepPurge, before, limit)
}

// List gives a page of the steps of a user, usable or not, in the order of their
// hashes.
func (t LoginSteps) List(ctx context.Context, userID string, page Page) ([]LoginStep, error) {
	return sqlrun.List(ctx, t.run, scanStep, stepList, t.realm, userID, page.After, page.Limit)
}
