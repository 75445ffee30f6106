package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

var factDrop = q(`DELETE FROM facts WHERE realm_id = ? AND name = ?`)

// Check tells whether the database answers, holds the schema that this
// program wants, and can be written to. It gives up when ctx does.
func (db *Store) Check(ctx context.Context) error {
	if err := db.InPlace(); err != nil {
		return err
	}
	if err := db.checkSchema(ctx); err != nil {
		return err
	}
	return db.checkWriting(ctx)
}

// InPlace tells whether the database's files are still where they were
// opened. While they are not, writes are ErrUnavailable. It looks at the
// file system and waits for nobody; of a server it says nil.
func (db *Store) InPlace() error {
	if db.file == nil {
		return nil
	}
	if err := db.file.Check(); err != nil {
		return fmt.Errorf("%w: the database was taken away: %w", ErrUnavailable, err)
	}
	return nil
}

// checkWriting writes a row, takes one away and commits. Less does not tell: a
// statement that changes no row succeeds on a disk that is full. In a file the row
// is the number by which a start finds out that the file has lost its end.
func (db *Store) checkWriting(ctx context.Context) error {
	if db.lock == nil {
		name := "check-" + id.Random()
		return db.lanes.Tx(ctx, func(ctx context.Context, run sqlrun.Runner) error {
			if _, err := run.Exec(ctx, factInsert, db.realm, name, 1); err != nil {
				return err
			}
			_, err := run.Exec(ctx, factDrop, db.realm, name)
			return err
		})
	}
	return db.renewEnd(ctx)
}

// renewEnd gives the file another number, and notes it before its COMMIT and
// once more after. Each note is written by a transaction that has the file to
// itself, so that no process writes down what another has already replaced.
func (db *Store) renewEnd(ctx context.Context) error {
	next := int64(drawMark()>>1) | 1 // 0 stands for none
	err := db.lanes.Tx(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		had, err := fileEnd(ctx, run)
		if err != nil {
			return err
		}
		if _, err := run.Exec(ctx, factDrop, DefaultRealm, FactFileEnd); err != nil {
			return err
		}
		if _, err := run.Exec(ctx, factInsert, DefaultRealm, FactFileEnd, next); err != nil {
			return err
		}
		return db.note(had, next)
	})
	if err != nil {
		return err
	}
	return db.lanes.Tx(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		is, err := fileEnd(ctx, run)
		if err != nil || is != next { // another process has renewed it, and notes its own
			return err
		}
		return db.note(next, next)
	})
}

// fileEnd reads the number of the file; 0 if it has none.
func fileEnd(ctx context.Context, run sqlrun.Runner) (int64, error) {
	n, err := sqlrun.Get(ctx, run, sqlrun.Value[int64], factNumber, DefaultRealm, FactFileEnd)
	return n, unlessGone(err)
}

func (db *Store) note(had, next int64) error {
	if err := db.lock.Note(had, next); err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}

// readEnd reads the number that [sqlitefile.Lock] notes, from a file that nobody
// has looked at yet; 0 if there is none.
func readEnd(ctx context.Context, e engine.Engine) (n int64, err error) {
	db, err := e.Open(engine.Reading)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tables := 0
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'facts'").Scan(&tables)
	if err != nil || tables == 0 {
		return 0, err
	}
	err = db.QueryRowContext(ctx, factNumber.String(), DefaultRealm, FactFileEnd).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

// schemaVersion reads what goose has noted.
var schemaVersion = q(`SELECT MAX(version_id) FROM goose_db_version`)

// checkSchema tells whether the schema is as new as this program wants. A newer
// one is fine: each release runs one version ahead.
func (db *Store) checkSchema(ctx context.Context) error {
	want, err := schema.Newest()
	if err != nil {
		return err
	}
	got, err := sqlrun.Get(ctx, db.lanes.Direct(), sqlrun.Value[int64], schemaVersion)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if got < want {
		return fmt.Errorf("%w: schema version is %d, this program wants %d", ErrUnavailable, got, want)
	}
	return nil
}
