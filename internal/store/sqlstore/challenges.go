package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/column"
)

var (
	challengeInsert  = q(`INSERT INTO spent_challenges (realm_id, challenge_hash, expires_at) VALUES (?, ?, ?)`)
	challengeExpired = q(`
		SELECT challenge_hash FROM spent_challenges WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	challengePurge = q(`
		DELETE FROM spent_challenges WHERE realm_id = ? AND challenge_hash IN {many} AND +expires_at < ?`)
)

// challenges implements store.Challenges.
type challenges struct{ *port }

// Spend marks a challenge, or returns store.ErrTaken.
func (p challenges) Spend(ctx context.Context, hash string, expires time.Time) error {
	return p.add(ctx, challengeInsert, p.realm, hash, column.Micros(expires))
}

// Purge forgets challenges that expired before the given time.
func (p challenges) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, challengeExpired, challengePurge, before, limit)
}
