package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// Migrate brings the schema of a database up to date and says from which version
// to which. The first contact takes limit at most; the steps have no limit but
// ctx, for who knows how large a table is.
//
// If waits is not nil it hears who migrates the same database, once that has
// taken two seconds.
func Migrate(ctx context.Context, e engine.Engine, limit time.Duration, waits func(holder string)) (from, to int64, err error) {
	db, err := e.Open(engine.Migrating)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := contact(ctx, e, db, limit); err != nil {
		return 0, 0, fmt.Errorf("connect to the database: %w", err)
	}
	if !e.Server {
		db.SetMaxOpenConns(1)
		return climb(ctx, db, e)
	}
	if e.TableSuffix, err = e.Suffix(ctx, db); err != nil {
		return 0, 0, failed(ctx, e, err)
	}
	lock, err := lockSchema(ctx, e, db, waits)
	if err != nil {
		return 0, 0, err
	}
	ctx, release := lock.keep(ctx)
	defer func() { err = errors.Join(err, release()) }()
	if from, to, err = climb(ctx, db, e); err != nil {
		return 0, 0, err
	}
	// A server may take no writes although there is no step left.
	_, err = db.ExecContext(ctx, "UPDATE facts SET number = number + 1 WHERE realm_id = '' AND name = ''")
	return from, to, failedIf(ctx, e, err)
}

// contact makes sure that the database answers. A lock is waited for.
func contact(ctx context.Context, e engine.Engine, db *sql.DB, limit time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, engine.ErrSlow)
	defer cancel()
	for {
		err := e.Fail(ctx, db.PingContext(ctx))
		if !errors.Is(err, engine.ErrBusy) {
			return err
		}
		if !pause(ctx) {
			return err
		}
	}
}

// climb runs the steps that are missing. A server's are run under its lock.
// Goose has no lock for SQLite; there each step is one immediate transaction
// instead, which is done by whoever comes first. Whoever comes second finds it
// done, fails, sees that the version has moved, and goes on from there.
func climb(ctx context.Context, db *sql.DB, e engine.Engine) (from, to int64, err error) {
	from = -1
	seen := int64(-1)
	for {
		notes, err := newNotes(e)
		if err != nil {
			return 0, 0, fmt.Errorf("read migrations: %w", err)
		}
		p, err := provider(db, e, notes)
		if err != nil {
			return 0, 0, fmt.Errorf("read migrations: %w", err)
		}
		current, target, err := versions(ctx, p, db, e, notes)
		if err != nil {
			return 0, 0, failed(ctx, e, err)
		}
		if from < 0 {
			from = current
		}
		if current >= target {
			return from, current, nil
		}
		_, err = p.Up(ctx)
		if err == nil {
			return from, target, nil
		}
		if done, doneErr := noteDone(ctx, db, e, notes, err); done || doneErr != nil {
			if doneErr != nil {
				return 0, 0, failed(ctx, e, doneErr)
			}
			continue
		}
		if current == seen && e.Classify(err) != engine.Busy || ctx.Err() != nil {
			return 0, 0, failed(ctx, e, err)
		}
		seen = current
	}
}

// provider is goose with our steps. It is given functions and not files: its reader
// of files takes more time for the steps than SQLite does.
func provider(db *sql.DB, e engine.Engine, n notes) (*goose.Provider, error) {
	steps, err := stepsOf(e)
	if err != nil {
		return nil, err
	}
	var migrations []*goose.Migration
	for _, s := range steps {
		run := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, s.statement)
			return err
		}
		migrations = append(migrations, goose.NewGoMigration(s.version, &goose.GoFunc{RunTx: run}, nil))
	}
	return goose.NewProvider(goose.DialectCustom, db, nil,
		goose.WithStore(n), goose.WithGoMigrations(migrations...), goose.WithDisableGlobalRegistry(true))
}

func failedIf(ctx context.Context, e engine.Engine, err error) error {
	if err == nil {
		return nil
	}
	return failed(ctx, e, err)
}

func failed(ctx context.Context, e engine.Engine, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errLockLost) {
		return fmt.Errorf("%w: migrate the schema: %w", engine.ErrUnavailable, cause)
	}
	return fmt.Errorf("migrate the schema: %w", e.Fail(ctx, err))
}

func gooseDialect(e engine.Engine) goose.Dialect {
	switch e.Name {
	case "mysql":
		return goose.DialectMySQL
	case "postgres":
		return goose.DialectPostgres
	default:
		return goose.DialectSQLite3
	}
}
