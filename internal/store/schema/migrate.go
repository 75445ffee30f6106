package schema

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

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
		p, err := goose.NewProvider(goose.DialectCustom, db, rendered{e}, goose.WithStore(notes), goose.WithDisableGlobalRegistry(true))
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

func failedIf(ctx context.Context, e engine.Engine, err error) error {
	if err == nil {
		return nil
	}
	return failed(ctx, e, err)
}

func failed(ctx context.Context, e engine.Engine, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errLockLost) {
		return fmt.Errorf("%w: migrate the schema: %w", store.ErrUnavailable, cause)
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

// Newest is the version of the last migration in this program.
func Newest() (int64, error) {
	names, err := fs.Glob(rendered{}, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, errors.Join(errors.New("no migrations"), err)
	}
	return goose.NumericComponent(names[len(names)-1])
}

// rendered shows the migrations as one engine reads them: portable files with
// the table suffix filled in, or where there is a file NNNN_step.<engine>.sql,
// that one in place of NNNN_step.sql.
type rendered struct{ engine engine.Engine }

// Open renders one file, or lists the folder.
func (r rendered) Open(name string) (fs.File, error) {
	if name == "." {
		return migrationFiles.Open("migrations")
	}
	text, err := r.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, err := migrationFiles.Open("migrations/" + name)
	if err != nil {
		return nil, err
	}
	return &renderedFile{File: f, Reader: bytes.NewReader(text)}, nil
}

// ReadFile renders one file.
func (r rendered) ReadFile(name string) ([]byte, error) {
	own := strings.TrimSuffix(name, ".sql") + "." + r.engine.Name + ".sql"
	text, err := migrationFiles.ReadFile("migrations/" + own)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = migrationFiles.ReadFile("migrations/" + name)
	}
	return bytes.ReplaceAll(text, []byte(" /*suffix*/"), []byte(r.engine.TableSuffix)), err
}

// ReadDir lists the portable names.
func (rendered) ReadDir(string) ([]fs.DirEntry, error) {
	all, err := migrationFiles.ReadDir("migrations")
	var portable []fs.DirEntry
	for _, e := range all {
		if strings.Count(e.Name(), ".") == 1 {
			portable = append(portable, e)
		}
	}
	return portable, err
}

// renderedFile is an embedded file with other contents.
type renderedFile struct {
	fs.File
	*bytes.Reader
}

// Read reads the rendered text.
func (f *renderedFile) Read(p []byte) (int, error) { return f.Reader.Read(p) }
