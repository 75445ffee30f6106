package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"github.com/sallyport-auth/sallyport/internal/store"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// schemaVersion reads what goose has noted.
var schemaVersion = q(`SELECT MAX(version_id) FROM goose_db_version`)

// Migrate brings the schema of the database up to date, creating the database
// if it is not there, and says from which version to which.
func Migrate(ctx context.Context, o Options) (from, to int64, err error) {
	path, err := databasePath(o.URL)
	if err != nil {
		return 0, 0, err
	}
	lock, err := use(ctx, path)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	return migrate(ctx, path)
}

func migrate(ctx context.Context, path string) (from, to int64, err error) {
	d := sqliteDialect()
	db, err := sql.Open(d.driver, migrationDSN(path))
	if err != nil {
		return 0, 0, fmt.Errorf("open database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := again(ctx, patience, func(ctx context.Context, _ *budget) error {
		return (&lane{dialect: d}).fail(ctx, db.PingContext(ctx))
	}); err != nil {
		return 0, 0, fmt.Errorf("connect to the database: %w", err)
	}
	return climb(ctx, db, d)
}

// climb runs the steps that are missing. Goose has no lock for SQLite; there
// each step is one immediate transaction instead, which is done by whoever
// comes first. Whoever comes second finds it done, fails, sees that the version
// has moved, and goes on from there.
func climb(ctx context.Context, db *sql.DB, d dialect) (from, to int64, err error) {
	from = -1
	seen := int64(-1)
	for {
		p, err := goose.NewProvider(d.goose, db, rendered{d}, goose.WithDisableGlobalRegistry(true))
		if err != nil {
			return 0, 0, fmt.Errorf("read migrations: %w", err)
		}
		current, target, err := p.GetVersions(ctx)
		if err != nil {
			return 0, 0, migrationError(ctx, d, err)
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
		if current == seen && d.classify(err) != busy || ctx.Err() != nil {
			return 0, 0, migrationError(ctx, d, err)
		}
		seen = current
	}
}

func migrationError(ctx context.Context, d dialect, err error) error {
	return fmt.Errorf("migrate the schema: %w", (&lane{dialect: d}).fail(ctx, err))
}

// newestSchema is the version of the last migration in this program.
func newestSchema() (int64, error) {
	names, err := fs.Glob(rendered{sqliteDialect()}, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, errors.Join(errors.New("no migrations"), err)
	}
	return goose.NumericComponent(names[len(names)-1])
}

// rendered shows the migrations as one engine reads them: portable files with
// the table suffix filled in, or where there is a file NNNN_step.<engine>.sql,
// that one in place of NNNN_step.sql.
type rendered struct{ dialect dialect }

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
	own := strings.TrimSuffix(name, ".sql") + "." + r.dialect.name + ".sql"
	text, err := migrationFiles.ReadFile("migrations/" + own)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = migrationFiles.ReadFile("migrations/" + name)
	}
	return bytes.ReplaceAll(text, []byte(" /*suffix*/"), []byte(r.dialect.tableSuffix)), err
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

// checkSchema tells whether the schema is as new as this program wants. A newer
// one is fine: each release runs one version ahead.
func (db *DB) checkSchema(ctx context.Context) error {
	want, err := newestSchema()
	if err != nil {
		return err
	}
	var got int64
	if err := (direct{db}).rows(ctx, schemaVersion, func(rows *sql.Rows) error {
		rows.Next()
		return rows.Scan(&got)
	}); err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if got < want {
		return fmt.Errorf("%w: schema version is %d, this program wants %d", store.ErrUnavailable, got, want)
	}
	return nil
}
