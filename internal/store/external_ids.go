package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// ExternalID is what another system called a user who was imported from it. The row
// outlives the erasure of the user, without the id itself, so that a later import
// does not bring them back.
type ExternalID struct {
	Source     string
	UserID     string
	ExternalID string
	CreatedAt  time.Time
}

var (
	externalInsert = q(`
		INSERT INTO external_ids (realm_id, source, id_hash, user_id, external_id, created_at) VALUES (?, ?, ?, ?, ?, ?)`)
	externalInsertMany = q(`INSERT INTO external_ids {rows external_ids}`)
	externalKnown      = q(`SELECT id_hash FROM external_ids WHERE realm_id = ? AND source = ? AND id_hash IN {many}`)
	externalOfUser     = q(`
		SELECT source, user_id, external_id, created_at FROM external_ids
		WHERE realm_id = ? AND user_id = ? ORDER BY created_at, source`)
)

// ExternalIDs are the rows of external_ids.
type ExternalIDs struct{ *bound }

// InsertMany adds rows, or returns ErrTaken if one is there.
func (t ExternalIDs) InsertMany(ctx context.Context, ids []ExternalID) error {
	rows := make([][]any, len(ids))
	for n, e := range ids {
		rows[n] = []any{t.realm, e.Source, secret.Hash(e.ExternalID), e.UserID, e.ExternalID, micros(e.CreatedAt)}
	}
	return t.addMany(ctx, externalInsertMany, externalInsert, rows)
}

// Known tells which of the ids of a source were imported before.
func (t ExternalIDs) Known(ctx context.Context, source string, ids []string) (map[string]bool, error) {
	hashes, byHash := make([]string, len(ids)), make(map[string]string, len(ids))
	for n, id := range ids {
		hashes[n] = secret.Hash(id)
		byHash[hashes[n]] = id
	}
	found, err := sqlrun.ListMany(ctx, t.run, sqlrun.Value[string], externalKnown, []any{t.realm, source}, hashes)
	known := make(map[string]bool, len(found))
	for _, hash := range found {
		known[byHash[hash]] = true
	}
	return known, err
}

// OfUser gives what other systems called a user, the oldest first.
func (t ExternalIDs) OfUser(ctx context.Context, userID string) ([]ExternalID, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, e *ExternalID) error {
		return row.Scan(&e.Source, &e.UserID, &e.ExternalID, timeInto(&e.CreatedAt))
	}, externalOfUser, t.realm, userID)
}
