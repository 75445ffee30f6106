package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Progress hears how many bytes are written of about how many.
type Progress func(done, about int64)

// Copied says what a copy is.
type Copied struct {
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	Schema int64  `json:"schema"`
}

// Backup copies the database at path to a file, while others use it. It replaces
// a file only by force, and by a whole one only. Progress may be nil.
func Backup(ctx context.Context, path, file string, force bool, progress Progress) (_ Copied, err error) {
	file, err = filepath.Abs(file)
	if err != nil {
		return Copied{}, fmt.Errorf("find the file: %w", err)
	}
	if err := replaceable(path, file, force); err != nil {
		return Copied{}, err
	}
	if _, err := os.Stat(path); err != nil {
		return Copied{}, fmt.Errorf("there is no database: %w", err)
	}
	use, err := share(ctx, path)
	if err != nil {
		return Copied{}, err
	}
	defer func() { err = errors.Join(err, use.Release()) }()
	partial, err := claim(file + ".partial")
	if err != nil {
		return Copied{}, err
	}
	defer func() { err = errors.Join(err, partial.Close(), gone(os.Remove(partial.Name()))) }()
	copied, err := vacuum(ctx, path, partial.Name(), progress)
	if err != nil {
		return Copied{}, err
	}
	copied.File = file
	return copied, name(partial.Name(), file, force)
}

// replaceable refuses to write over the database itself, and over any file
// without force.
func replaceable(path, file string, force bool) error {
	was, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at %s: %w", file, err)
	}
	if now, err := os.Stat(path); err == nil && os.SameFile(was, now) {
		return fmt.Errorf("%s is the database itself", file)
	}
	if !was.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", file)
	}
	if !force {
		return fmt.Errorf("%s %w", file, ErrExists)
	}
	return nil
}

// claim opens a file that only its owner may read and that no other process is
// writing, and empties it. What stands there in its name and is not ours is
// taken away first: a name of another file, or a file that another user made.
func claim(path string) (*os.File, error) {
	f, err := plain(path)
	if err == nil && !ours(f) {
		err = errors.Join(errNotPlain, f.Close())
	}
	if errors.Is(err, errNotPlain) {
		if err := gone(os.Remove(path)); err != nil {
			return nil, err
		}
		f, err = plain(path)
	}
	if err != nil {
		return nil, err
	}
	if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another process is writing %s: %w", path, err), f.Close())
	}
	err = errors.Join(f.Chmod(0o600), f.Truncate(0))
	for _, side := range sideFiles(path) {
		err = errors.Join(err, gone(os.Remove(side)))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// gone forgives what was not there.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// vacuum copies a database into an empty file, brings it to the disk and looks
// at it.
func vacuum(ctx context.Context, path, to string, progress Progress) (copied Copied, err error) {
	db, err := open(path, url.Values{"mode": {"rw"}})
	if err != nil {
		return Copied{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if progress != nil {
		about, err := size(ctx, db)
		if err != nil {
			return Copied{}, err
		}
		done := make(chan struct{})
		told := make(chan struct{})
		go func() {
			defer close(told)
			tell(done, to, about, progress)
		}()
		defer func() { close(done); <-told }()
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return Copied{}, fmt.Errorf("copy %s: %w", path, err)
	}
	if err := syncFile(to); err != nil {
		return Copied{}, fmt.Errorf("bring the copy to the disk: %w", err)
	}
	return Inspect(ctx, to)
}

// size is about how long the copy will be.
func size(ctx context.Context, db *sql.DB) (int64, error) {
	var pages, unused, bytes int64
	err := db.QueryRowContext(ctx, `SELECT p.page_count, f.freelist_count, s.page_size
		FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s`).Scan(&pages, &unused, &bytes)
	if err != nil {
		return 0, fmt.Errorf("read the size of the database: %w", err)
	}
	return (pages - unused) * bytes, nil
}

// tell looks how far a file has grown until done is closed.
func tell(done <-chan struct{}, path string, about int64, progress Progress) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
		}
		if info, err := os.Stat(path); err == nil {
			progress(min(info.Size(), about), about)
		}
	}
}

// name gives a whole file its name.
func name(whole, file string, force bool) error {
	if force {
		if err := os.Rename(whole, file); err != nil {
			return err
		}
		return syncFolder(filepath.Dir(file))
	}
	switch err := os.Link(whole, file); {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s %w", file, ErrExists)
	case err != nil: // a file system without second names
		if _, err := os.Lstat(file); err == nil {
			return fmt.Errorf("%s %w", file, ErrExists)
		}
		if err := os.Rename(whole, file); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(file))
}

// Inspect looks whether a file is a whole database of Sallyport that nobody
// uses, and says what it is. It changes nothing.
func Inspect(ctx context.Context, file string) (copied Copied, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return Copied{}, err
	}
	if !info.Mode().IsRegular() {
		return Copied{}, fmt.Errorf("%s: %w", file, ErrDamaged)
	}
	db, err := open(file, url.Values{"mode": {"ro"}})
	if err != nil {
		return Copied{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	copied = Copied{File: file, Bytes: info.Size()}
	var broken int64
	if err := whole(ctx, db); err != nil {
		return Copied{}, fmt.Errorf("%s: %w: %w", file, ErrDamaged, err)
	}
	err = db.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM pragma_foreign_key_check), MAX(version_id)
		FROM goose_db_version`).Scan(&broken, &copied.Schema)
	if err == nil && broken > 0 {
		err = fmt.Errorf("%d rows refer to rows that are not there", broken)
	}
	if err == nil && copied.Schema < 1 {
		err = errors.New("it has no schema")
	}
	if err != nil {
		return Copied{}, fmt.Errorf("%s: %w: %w", file, ErrDamaged, err)
	}
	return copied, nil
}

// whole is SQLite's own look at every page.
func whole(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return errors.New(verdict)
	}
	return nil
}
