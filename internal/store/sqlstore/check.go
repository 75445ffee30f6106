package sqlstore

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// touch writes nothing, but only where writing is allowed: SQLite takes its
// write lock for it, and a server refuses it that is a replica or read-only.
var touch = q(`UPDATE facts SET number = number + 1 WHERE realm_id = ? AND name = ''`)

// Check tells whether the database answers, is still the file that was opened,
// holds the schema that this program wants, and can be written to. It gives up
// when ctx does, or after about two seconds.
func (db *DB) Check(ctx context.Context) error {
	if db.file != nil {
		if err := db.file.Check(); err != nil {
			return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
		}
	}
	if err := db.checkSchema(ctx); err != nil {
		return err
	}
	_, err := db.lanes.Direct().Exec(ctx, touch, db.realm)
	return err
}

// schemaVersion reads what goose has noted.
var schemaVersion = q(`SELECT MAX(version_id) FROM goose_db_version`)

// checkSchema tells whether the schema is as new as this program wants. A newer
// one is fine: each release runs one version ahead.
func (db *DB) checkSchema(ctx context.Context) error {
	want, err := schema.Newest()
	if err != nil {
		return err
	}
	got, err := seam.Get(ctx, db.lanes.Direct(), seam.Value[int64], schemaVersion)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if got < want {
		return fmt.Errorf("%w: schema version is %d, this program wants %d", store.ErrUnavailable, got, want)
	}
	return nil
}
