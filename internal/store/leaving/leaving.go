// Package leaving holds the statements of store/sqlstore for what becomes of
// people's data when they change their address or leave: the changes, the
// deletions that wait, and what erases.
//
// It is a part of that adapter and stands on the same seam; package sqlstore
// puts its ports among the others, and its tests hold these statements to the
// same rules. It owns no connection and makes no transaction of its own, but for
// what belongs together.
//
// Threats: an erasure that forgets a table. The list in erasures.go is compared
// with the schema by a test, which knows each table that names a user.
//
// This package never decides who may leave, or when; rooms do.
package leaving

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// q declares a statement; see [seam.Declare].
func q(text string) *seam.Statement { return seam.Declare(text) }

// port is what every port here stands on.
type port struct {
	seam.Runner

	realm string
}

// Ports are the ports of this part, bound to a runner.
type Ports struct {
	Changes   store.EmailChanges
	Deletions store.Deletions
	Removals  store.Removals
	Erasures  store.Erasures
}

// New binds the ports to a runner.
func New(run seam.Runner, realm string) Ports {
	p := &port{Runner: run, realm: realm}
	return Ports{Changes: emailChanges{p}, Deletions: deletions{p}, Removals: removals{p}, Erasures: erasures{p}}
}

// changed runs a compare-and-set and reports whether this call changed a row.
func (p *port) changed(ctx context.Context, q *seam.Statement, args ...any) (bool, error) {
	n, err := p.Exec(ctx, q, args...)
	return n > 0, err
}

// add runs an insert.
func (p *port) add(ctx context.Context, q *seam.Statement, args ...any) error {
	_, err := p.Exec(ctx, q, args...)
	return err
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
	historyPutOff = q(`
		UPDATE deletions SET erase_at = ? WHERE realm_id = ? AND erase_at < ? AND started_at IS NULL`)
	deletionFinish = q(`
		DELETE FROM deletions WHERE realm_id = ? AND user_id = ? AND started_at IS NOT NULL`)
)

// deletions implements store.Deletions.
type deletions struct{ *port }

// Insert adds a deletion.
func (p deletions) Insert(ctx context.Context, d store.Deletion) error {
	return p.add(ctx, deletionInsert, p.realm, d.UserID, column.Micros(d.RequestedAt), column.Micros(d.EraseAt), column.Micros(d.StartedAt))
}

// ByUser reads the deletion of a user.
func (p deletions) ByUser(ctx context.Context, userID string) (store.Deletion, error) {
	return seam.Get(ctx, p, func(row seam.Row, d *store.Deletion) error {
		return row.Scan(&d.UserID, column.At(&d.RequestedAt), column.At(&d.EraseAt), column.At(&d.StartedAt))
	}, deletionByUser, p.realm, userID)
}

// Due lists whose time has come, unless somebody has begun since stale.
func (p deletions) Due(ctx context.Context, now, stale time.Time, limit int) ([]string, error) {
	return seam.List(ctx, p, seam.Value[string], deletionDue, p.realm, column.Micros(now), column.Micros(stale), limit)
}

// Cancel forgets a deletion that has not begun.
func (p deletions) Cancel(ctx context.Context, userID string) (bool, error) {
	return p.changed(ctx, deletionCancel, p.realm, userID)
}

// Start marks a deletion as begun, unless somebody has begun since stale.
func (p deletions) Start(ctx context.Context, userID string, now, stale time.Time) (bool, error) {
	return p.changed(ctx, deletionStart, column.Micros(now), p.realm, userID, column.Micros(now), column.Micros(stale))
}

// PutOff moves deletions that are due before then.
func (p deletions) PutOff(ctx context.Context, then time.Time) (int, error) {
	return p.Exec(ctx, historyPutOff, column.Micros(then), p.realm, column.Micros(then))
}

// Finish forgets a deletion that was begun.
func (p deletions) Finish(ctx context.Context, userID string) (bool, error) {
	return p.changed(ctx, deletionFinish, p.realm, userID)
}
