package sqlitefile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Stage copies a backup to a file beside the database at path, which the caller
// has taken, and gives its name. What an earlier process left there is written
// over.
func Stage(ctx context.Context, file, path string) (staged string, err error) {
	staged = path + ".restoring"
	f, err := claim(staged)
	if err != nil {
		return "", err
	}
	if err := errors.Join(own(f), f.Close()); err != nil {
		return "", err
	}
	if _, err := vacuum(ctx, file, staged, nil); err != nil {
		return "", errors.Join(err, Discard(staged))
	}
	return staged, nil
}

// Free returns ErrInUse if anybody has the database at path open. Otherwise it
// empties its write-ahead log into it. A file that is damaged, or that is not
// there, is free.
func Free(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return gone(err)
	}
	if err := settle(ctx, path); errors.Is(err, ErrInUse) || ctx.Err() != nil {
		return err
	}
	return nil
}

// Place puts the database at staged in the place of the one at path, which the
// caller has taken, and gives the name under which the old one is kept, if there
// was one. Whenever the process ends, a whole database stands at path.
func Place(ctx context.Context, staged, path string, now time.Time) (kept string, err error) {
	if err := settle(ctx, staged); err != nil {
		return "", err
	}
	if err := syncFile(staged); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		if err := Free(ctx, path); err != nil {
			return "", err
		}
		kept = path + ".before-restore-" + now.UTC().Format("20060102T150405.000Z")
		if err := setAside(path, kept); err != nil {
			return "", fmt.Errorf("keep the old database: %w", err)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err := os.Rename(staged, path); err != nil {
		return "", fmt.Errorf("put the database in place: %w", err)
	}
	return kept, errors.Join(gone(os.Remove(staged+".lock")), syncFolder(filepath.Dir(path)))
}

// setAside gives a database a second name. A log stands beside it only if SQLite
// could not empty it, because the database is damaged; then it goes along.
func setAside(path, kept string) error {
	if err := secondName(path, kept); err != nil {
		return err
	}
	for n, side := range sideFiles(path) {
		if err := secondName(side, sideFiles(kept)[n]); gone(err) != nil {
			return err
		}
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return err
	}
	for _, side := range sideFiles(path) {
		if err := os.Remove(side); gone(err) != nil {
			return err
		}
	}
	return nil
}
