package sqlstore

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var factDrop = q(`DELETE FROM facts WHERE realm_id = ? AND name = ?`)

// Check tells whether the database answers, is still the files that were opened,
// holds the schema that this program wants, and can be written to. It gives up
// when ctx does, or after about two seconds.
func (db *DB) Check(ctx context.Context) error {
	if err := db.InPlace(); err != nil {
		return err
	}
	if err := db.checkSchema(ctx); err != nil {
		return err
	}
	return db.checkWriting(ctx)
}

// InPlace tells whether the files that were opened are still where they were. Of
// a server nobody asks that.
func (db *DB) InPlace() error {
	if db.file == nil {
		return nil
	}
	if err := db.file.Check(); err != nil {
		return fmt.Errorf("%w: the database was taken away: %w", store.ErrUnavailable, err)
	}
	return nil
}

// checkWriting writes a row, takes it away and commits. Less does not tell: a
// statement that changes no row succeeds on a disk that is full.
func (db *DB) checkWriting(ctx context.Context) error {
	name := "check-" + id.Random()
	return db.lanes.Tx(ctx, func(ctx context.Context, run seam.Runner) error {
		if _, err := run.Exec(ctx, factInsert, db.realm, name, 1); err != nil {
			return err
		}
		_, err := run.Exec(ctx, factDrop, db.realm, name)
		return err
	})
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
