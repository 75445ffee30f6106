package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/restore"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
)

// ErrNotEmbedded is returned for a command that is for the SQLite file only.
var ErrNotEmbedded = errors.New("the database is not a SQLite file")

// patient is how long a command may take that changes whole tables at once.
const patient = 10 * time.Minute

// Backup copies the SQLite database to a file, while the server runs. Progress
// may be nil.
func Backup(ctx context.Context, cfg config.Config, file string, force bool, progress sqlitefile.Progress) (sqlitefile.Copied, error) {
	path, err := sqlitePath(cfg)
	if err != nil {
		return sqlitefile.Copied{}, err
	}
	return sqlitefile.Backup(ctx, path, file, force, progress)
}

// sqlitePath is the absolute path of the database.
func sqlitePath(cfg config.Config) (string, error) {
	if !cfg.Embedded() {
		return "", ErrNotEmbedded
	}
	return filepath.Abs(cfg.SQLitePath())
}

// Restored says what restoring did.
type Restored struct {
	Database string `json:"database,omitempty"`
	Kept     string `json:"kept,omitempty"` // where the old database is
	Backup   int64  `json:"backup_schema,omitempty"`
	Schema   int64  `json:"schema"`
	restore.Report
}

// Restore puts a backup in the place of the SQLite database, which nobody may
// use meanwhile, and marks it as restored before anybody can.
func Restore(ctx context.Context, cfg config.Config, file string, force bool) (_ Restored, err error) {
	path, err := sqlitePath(cfg)
	if err != nil {
		return Restored{}, err
	}
	copied, newest, err := restorable(ctx, file)
	if err != nil {
		return Restored{}, err
	}
	if err := makeFolders(cfg, path); err != nil {
		return Restored{}, err
	}
	lock, err := sqlitefile.Take(path)
	if err != nil {
		return Restored{}, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if err := replaceable(ctx, path, file, force); err != nil {
		return Restored{}, err
	}
	staged, err := sqlitefile.Stage(ctx, file, path)
	if err != nil {
		return Restored{}, err
	}
	r := Restored{Database: path, Backup: copied.Schema, Schema: newest}
	if r.Report, err = markStaged(ctx, cfg, staged); err != nil {
		return Restored{}, errors.Join(err, sqlitefile.Discard(staged))
	}
	if err := forgetHistory(cfg); err != nil {
		return Restored{}, errors.Join(err, sqlitefile.Discard(staged))
	}
	if r.Kept, err = sqlitefile.Place(ctx, staged, path, clock.System{}.Now()); err != nil {
		return Restored{}, errors.Join(err, sqlitefile.Discard(staged))
	}
	return r, nil
}

// restorable looks whether a file is a backup that this program understands.
func restorable(ctx context.Context, file string) (copied sqlitefile.Copied, newest int64, err error) {
	if copied, err = sqlitefile.Inspect(ctx, file); err != nil {
		return copied, 0, fmt.Errorf("check the backup: %w", err)
	}
	if newest, err = schema.Newest(); err != nil {
		return copied, 0, err
	}
	if copied.Schema > newest {
		return copied, 0, fmt.Errorf("check the backup: it has schema version %d and was made by a newer program; this one knows %d",
			copied.Schema, newest)
	}
	return copied, newest, nil
}

func makeFolders(cfg config.Config, path string) error {
	for _, folder := range []string{cfg.DataDir, filepath.Dir(path)} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fmt.Errorf("make the data folder: %w", err)
		}
	}
	return nil
}

// replaceable refuses to replace a database without force, one that is in use,
// and one by itself.
func replaceable(ctx context.Context, path, file string, force bool) error {
	was, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if now, err := os.Stat(file); err == nil && os.SameFile(was, now) {
		return fmt.Errorf("%s is the database itself", file)
	}
	if !force {
		return fmt.Errorf("the database %s %w", path, sqlitefile.ErrExists)
	}
	return sqlitefile.Free(ctx, path)
}

// markStaged migrates a database that nobody knows of yet and marks it as
// restored. It must be one of the secret keys at hand: the server would not
// start on any other.
func markStaged(ctx context.Context, cfg config.Config, staged string) (restore.Report, error) {
	cfg.DatabaseURL = "sqlite://" + filepath.ToSlash(staged)
	return mark(ctx, cfg)
}

// Mark marks the configured database as restored, after a dump was loaded into
// it by other means. Nobody may be served from it meanwhile.
func Mark(ctx context.Context, cfg config.Config) (Restored, error) {
	newest, err := schema.Newest()
	if err != nil {
		return Restored{}, err
	}
	if cfg.Embedded() {
		if err := errors.Join(unused(ctx, cfg), forgetHistory(cfg)); err != nil {
			return Restored{}, err
		}
	}
	report, err := mark(ctx, cfg)
	return Restored{Schema: newest, Report: report}, err
}

// unused returns sqlitefile.ErrInUse while somebody has the SQLite database
// open.
func unused(ctx context.Context, cfg config.Config) error {
	path, err := sqlitePath(cfg)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no database: %w", err)
	}
	lock, err := sqlitefile.Take(path)
	if err != nil {
		return err
	}
	return errors.Join(sqlitefile.Free(ctx, path), lock.Release())
}

func mark(ctx context.Context, cfg config.Config) (_ restore.Report, err error) {
	if _, _, err := Migrate(ctx, cfg); err != nil { // with the patience of a first contact
		return restore.Report{}, err
	}
	o := storeOptions(cfg, clock.System{})
	o.Patience = patient
	st, _, err := openAny(ctx, cfg, o)
	if err != nil {
		return restore.Report{}, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return restore.MarkRestored(ctx, st, clock.System{})
}
