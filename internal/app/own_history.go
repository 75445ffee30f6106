package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
)

// Beside the secret key stands a file that names the history of the database that
// this data folder has (store.FeedHead). A start on the file of another history
// is refused, and one on no file at all: an empty database, or an older copy, put
// there by mistake or by somebody else, would begin to answer and call itself
// ready. Databases of servers are found by their URL, and have none.

// inPlace refuses to make a new database where there was one.
func inPlace(cfg config.Config) error {
	if !cfg.Embedded() {
		return nil
	}
	if _, err := os.Stat(cfg.SQLitePath()); !errors.Is(err, fs.ErrNotExist) {
		return nil // what is wrong with it, opening it says
	}
	if _, err := os.Stat(cfg.HistoryPath()); err != nil {
		return nil //nolint:nilerr // there was none
	}
	return fmt.Errorf("the database is gone: %s is not there, but this data folder had one: put it back, or restore a backup; "+
		"\"sallyport serve --adopt\" begins with an empty one", cfg.SQLitePath())
}

// checkHistory refuses a database of another history than this data folder's, and
// notes the history of the first.
func checkHistory(ctx context.Context, cfg config.Config, st *store.Store) error {
	if !cfg.Embedded() {
		return nil
	}
	head, err := st.Direct().Feed.Head(ctx)
	if err != nil {
		return fmt.Errorf("read the history of the database: %w", err)
	}
	own, err := os.ReadFile(cfg.HistoryPath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return noteHistory(cfg, head.HistoryID)
	case err != nil:
		return fmt.Errorf("read the history of this data folder: %w", err)
	case strings.TrimSpace(string(own)) != head.HistoryID:
		return fmt.Errorf("%s is another database than the one of this data folder (%s says which): put that one back; "+
			"or take this one, with \"sallyport restore --mark\" if it is an older copy, so that nothing that was revoked counts again, "+
			"and with \"sallyport serve --adopt\" if it is as new as it can be", cfg.SQLitePath(), cfg.HistoryPath())
	}
	return nil
}

// lostEnd says what to do about a file that has lost its end.
func lostEnd(err error) error {
	if !errors.Is(err, sqlitefile.ErrLogLost) {
		return err
	}
	return fmt.Errorf("%w: put the log back beside it (its name ends in -wal), or restore a backup; "+
		"\"sallyport restore --mark\" takes what is left and signs everybody out, so that nothing that was revoked counts again", err)
}

// noteHistory writes the file in one step. Of two that start at once both write
// the same.
func noteHistory(cfg config.Config, history string) error {
	path := cfg.HistoryPath()
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return fmt.Errorf("note the history of the database: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(history + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("note the history of the database: %w", err)
	}
	return nil
}

// forgetHistory lets the next start take the database that stands there then.
func forgetHistory(cfg config.Config) error {
	if err := os.Remove(cfg.HistoryPath()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Adopt takes the SQLite database that is configured, whatever its history is and
// whether or not its log is there, as the one of this data folder. Nobody may have
// it open.
func Adopt(ctx context.Context, cfg config.Config) error {
	if !cfg.Embedded() {
		return ErrNotEmbedded
	}
	if _, err := os.Stat(cfg.SQLitePath()); err == nil {
		if err := unused(ctx, cfg); err != nil {
			return err
		}
	}
	if err := forgetHistory(cfg); err != nil {
		return err
	}
	st, _, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	return st.Close()
}
