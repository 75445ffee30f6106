package store

import (
	"context"
	"time"
)

var (
	challengeInsert  = q(`INSERT INTO spent_challenges (realm_id, challenge_hash, expires_at) VALUES (?, ?, ?)`)
	challengeExpired = q(`
		SELECT challenge_hash FROM spent_challenges WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	challengePurge = q(`
		DELETE FROM spent_challenges WHERE realm_id = ? AND challenge_hash IN {many} AND +expires_at < ?`)
)

// Challenges are the challenges that were answered. One that was not
// answered needs no row.
type Challenges struct{ *bound }

// Spend marks a challenge, or returns ErrTaken.
func (t Challenges) Spend(ctx context.Context, hash string, expires time.Time) error {
	return t.add(ctx, challengeInsert, t.realm, hash, micros(expires))
}

// Purge forgets challenges that expired before the given time, at most
// limit.
func (t Challenges) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, challengeExpired, challengePurge, before, limit)
}
