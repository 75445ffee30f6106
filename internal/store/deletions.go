package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Deletion is a user who is to be erased at EraseAt. Once StartedAt is set, erasing
// has begun, for the last time at StartedAt, and there is no way back.
type Deletion struct {
	UserID      string
	RequestedAt time.Time
	EraseAt     time.Time
	StartedAt   time.Time
}

var (
	deletionInsert = q(`
		INSERT INTO deletions (realm_id, user_id, requested_at, erase_at, started_at) VALUES (?, ?, ?, ?, ?)`)
	deletionByUser = q(`
		SELECT user_id, requested_at, erase_at, started_at FROM deletions WHERE realm_id = ? AND user_id = ?`)
	// The status is a subquery and no EXISTS, of which PostgreSQL makes a join that
	// reads every user of the realm.
	deletionDue = q(`
		SELECT deletions.user_id FROM deletions
		WHERE deletions.realm_id = ? AND deletions.erase_at <= ?
			AND (deletions.started_at IS NULL OR deletions.started_at < ?)
			AND (SELECT users.status FROM users
				WHERE users.realm_id = deletions.realm_id AND users.id = deletions.user_id
			) IN ('pending_deletion', 'erased')
		ORDER BY deletions.erase_at, deletions.user_id LIMIT ?`)
	deletionCancel = q(`
		DELETE FROM deletions WHERE realm_id = ? AND user_id = ? AND started_at IS NULL`)
	deletionStart = q(`
		UPDATE deletions SET started_at = ?
		WHERE realm_id = ? AND user_id = ? AND +erase_at <= ? AND (started_at IS NULL OR started_at < ?)
			AND EXISTS (SELECT 1 FROM users
				WHERE users.realm_id = deletions.realm_id AND users.id = deletions.user_id
					AND users.status IN ('pending_deletion', 'erased'))`)
	// Of a whole table, once, while nobody else is served: it is for a database
	// that was restored.
	restorePutOff = q(`
		UPDATE deletions SET erase_at = ? WHERE realm_id = ? AND erase_at < ? AND started_at IS NULL`)
	deletionFinish = q(`
		DELETE FROM deletions WHERE realm_id = ? AND user_id = ? AND started_at IS NOT NULL`)
)

// Deletions are the rows of deletions.
type Deletions struct{ *bound }

// Insert adds d, or returns ErrTaken.
func (t Deletions) Insert(ctx context.Context, d Deletion) error {
	return t.add(ctx, deletionInsert, t.realm, d.UserID, micros(d.RequestedAt), micros(d.EraseAt), micros(d.StartedAt))
}

// ByUser reads the deletion of a user.
func (t Deletions) ByUser(ctx context.Context, userID string) (Deletion, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, d *Deletion) error {
		return row.Scan(&d.UserID, timeInto(&d.RequestedAt), timeInto(&d.EraseAt), timeInto(&d.StartedAt))
	}, deletionByUser, t.realm, userID)
}

// Due lists users who are to be erased by now, at most limit. Left out are
// those who were kept or disabled meanwhile, and those whose erasure began, or
// was taken up, since stale.
func (t Deletions) Due(ctx context.Context, now, stale time.Time, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], deletionDue, t.realm, micros(now), micros(stale), limit)
}

// Cancel forgets a deletion whose erasure has not begun.
func (t Deletions) Cancel(ctx context.Context, userID string) (bool, error) {
	return t.change(ctx, deletionCancel, t.realm, userID)
}

// Start marks the erasure of a user who is due as begun at now: if it was not,
// or was before stale by somebody who did not come to an end. The user is
// pending deletion, or half erased.
func (t Deletions) Start(ctx context.Context, userID string, now, stale time.Time) (bool, error) {
	return t.change(ctx, deletionStart, micros(now), t.realm, userID, micros(now), micros(stale))
}

// PutOff moves every deletion that is due before then, and whose erasure has
// not begun, and says how many.
func (t Deletions) PutOff(ctx context.Context, then time.Time) (int, error) {
	return t.run.Exec(ctx, restorePutOff, micros(then), t.realm, micros(then))
}

// Finish forgets a deletion whose erasure had begun.
func (t Deletions) Finish(ctx context.Context, userID string) (bool, error) {
	return t.change(ctx, deletionFinish, t.realm, userID)
}
