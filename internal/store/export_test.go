package store

import (
	"context"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// What the promises of package storetest, which imports this one, want to know.

// Declared gives the text of every declared statement by its name.
func Declared(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for name, q := range declared(t) {
		texts[name] = q.String()
	}
	return texts
}

// Observed lets fn hear of each statement that is used.
func (o Options) Observed(fn func(text string)) Options {
	o.observe = func(q *sqlrun.Statement) { fn(q.String()) }
	return o
}

// PauseBeforeCommit holds up the next transaction that revokes before its COMMIT.
func (db *Store) PauseBeforeCommit(fn func()) {
	var once sync.Once
	db.pause = func(revocations int) {
		if revocations > 0 {
			once.Do(fn)
		}
	}
}

// RevokeWithoutMark runs the statements that earlier versions run.
func (db *Store) RevokeWithoutMark(ctx context.Context, r Revocation) error {
	return db.lanes.Tx(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		if _, err := run.Exec(ctx, feedRaiseUnmarked, 1, db.realm); err != nil {
			return err
		}
		_, err := run.Exec(ctx, revocationInsertUnmarked, db.realm, r.Number, string(r.Kind), r.Subject, r.Epoch,
			micros(r.RevokedAt), micros(r.ExpiresAt))
		return err
	})
}

// The statements of earlier versions.
var (
	feedRaiseUnmarked        = q(`UPDATE feed SET number = number + ? WHERE realm_id = ?`)
	revocationInsertUnmarked = q(`
		INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`)
)
