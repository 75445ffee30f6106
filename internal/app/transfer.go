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
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
	"github.com/sallyport-auth/sallyport/internal/store/transfer"
)

// Transfer says what to copy where.
type Transfer struct {
	From, To  string // database URLs
	Overwrite bool
	Progress  func(transfer.Progress)
}

// contactWithin bounds the making of a connection.
const contactWithin = 10 * time.Second

// Run copies every row and proves it; sessions and tokens go on at the target,
// with the same secret keys.
func (t Transfer) Run(ctx context.Context) (_ transfer.Result, err error) {
	unlock, err := t.source(ctx)
	if err != nil {
		return transfer.Result{}, fmt.Errorf("open the source: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := t.target(ctx); err != nil {
		return transfer.Result{}, fmt.Errorf("open the target: %w", err)
	}
	to := storeOptions(config.Config{DatabaseURL: t.To}, nil)
	if _, _, err := store.Migrate(ctx, to); err != nil {
		return transfer.Result{}, fmt.Errorf("migrate the target: %w", err)
	}
	from, err := opened(t.From, engine.Reading)
	if err != nil {
		return transfer.Result{}, fmt.Errorf("open the source: %w", err)
	}
	defer func() { err = errors.Join(err, from.DB.Close()) }()
	target, err := opened(t.To, engine.Migrating)
	if err != nil {
		return transfer.Result{}, fmt.Errorf("open the target: %w", err)
	}
	defer func() { err = errors.Join(err, target.DB.Close()) }()
	result, err := transfer.Run(ctx, transfer.Options{
		From: from, To: target, Overwrite: t.Overwrite, Progress: t.Progress,
	})
	if err != nil {
		return transfer.Result{}, err
	}
	to.Patience = patient
	if err := moved(ctx, to); err != nil {
		return transfer.Result{}, err
	}
	return result, transfer.Finish(ctx, target)
}

// opened opens a database with connections that know no limit of time. SQLite is
// read beside those who write.
func opened(url string, role engine.Role) (transfer.Database, error) {
	e, err := engine.Parse(url, engine.Timing{Limit: contactWithin})
	if err != nil {
		return transfer.Database{}, err
	}
	if e.Server {
		role = engine.Migrating
	}
	db, err := e.Open(role)
	return transfer.Database{DB: db, Numbered: e.Numbered, Snapshot: e.Read}, err
}

// source makes sure that a SQLite database is there and stays there.
func (t Transfer) source(ctx context.Context) (unlock func() error, err error) {
	cfg := config.Config{DatabaseURL: t.From}
	if !cfg.Embedded() {
		return func() error { return nil }, nil
	}
	path, err := sqlitePath(cfg)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("there is no database: %w", err)
	}
	lock, err := sqlitefile.Use(ctx, path)
	if err != nil {
		return nil, err
	}
	return lock.Release, nil
}

// target makes sure that nobody uses a SQLite database that is to be filled. Of
// a server nobody can tell.
func (t Transfer) target(ctx context.Context) error {
	cfg := config.Config{DatabaseURL: t.To}
	if !cfg.Embedded() || t.sameFile() {
		return nil // package transfer says what is wrong with the same
	}
	path, err := sqlitePath(cfg)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		if err := unused(ctx, cfg); err != nil {
			return err
		}
	}
	return forgetHistory(config.Config{DataDir: filepath.Dir(path)})
}

// sameFile tells whether both ends are one SQLite file.
func (t Transfer) sameFile() bool {
	from, err := os.Stat(config.Config{DatabaseURL: t.From}.SQLitePath())
	to, toErr := os.Stat(config.Config{DatabaseURL: t.To}.SQLitePath())
	return err == nil && toErr == nil && os.SameFile(from, to)
}

// moved marks the target as another place.
func moved(ctx context.Context, to store.Options) (err error) {
	st, err := store.Open(ctx, to)
	if err != nil {
		return fmt.Errorf("open the target: %w", err)
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return restore.MarkMoved(ctx, st, clock.System{})
}
