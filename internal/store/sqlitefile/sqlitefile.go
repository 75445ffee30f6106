// Package sqlitefile handles the SQLite database as a file: it locks it, copies
// it while it is in use, looks whether a copy is whole, and puts one in the
// place of another.
//
// # The lock
//
// Beside the database stands a file, <database>.lock. Whoever opens the
// database holds it together with others ([Use]); whoever puts another file in
// its place holds it alone ([Take]). The system lets go of it when a process
// ends, however it ends. It is a lock on the path: SQLite's own locks are on the
// file, and would be held on the wrong one once another stands there.
//
// # The log
//
// SQLite keeps a write-ahead log beside a database that is open, and what was
// committed lately is in the log alone. Without it a database whose process was
// killed shows an older state, or an empty one, as if that were all. So a number
// is drawn anew now and then while a database is open, and stands in it and in the
// file of the lock ([Lock.Note]): a database that has another number
// has lost its end. The file is emptied when the last process closes the database.
//
// # Copying
//
// [Backup] is VACUUM INTO: one statement, one snapshot, beside a server that
// writes. (SQLite's backup interface copies page by page and starts over
// whenever another process has written, so on a busy server it may never end,
// or it reads everything in one step, and then has no progress to tell of
// either.) The copy is compact and holds no deleted content.
//
// A copy is written under another name, brought to the disk, looked at, and only
// then given its name. A process that is killed half-way leaves FILE.partial,
// which the next one writes over.
//
// # Putting in place
//
// [Place] gives the old file a second name before the new one takes the first,
// so that at every moment one whole database stands at the path. The write-ahead
// log of the old one must not be found beside the new one: it is emptied into
// the old one first.
//
// # Threats
//
// The folder belongs to the server's user, and an operator runs these commands
// as root. Whoever has taken over the server could lay a link under a name that
// root is going to open, and have it empty, or give away, a file of the system.
// So links are not followed, a file with a second name is not used, and owner
// and mode are changed on what was opened, never by name.
//
// This package knows nothing of what the tables mean.
package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

var (
	// ErrInUse is returned when somebody else has the database open.
	ErrInUse = errors.New("the database is in use")
	// ErrExists is returned instead of replacing a file.
	ErrExists = errors.New("is there already")
	// ErrLogLost is returned for a database that has lost what was committed last.
	ErrLogLost = errors.New("the database has lost what was committed last, before its process was killed: its write-ahead log is gone")
	// ErrDamaged is returned for a file that is no whole database.
	ErrDamaged = errors.New("not a whole database of Sallyport")
)

const lockSuffix = ".lock"

// Lock is held on the path of a database until Release.
type Lock struct {
	file  *os.File
	sound bool // the database has not lost its end, or is about to be replaced
}

const (
	useWithin = 1500 * time.Millisecond
	useAgain  = 20 * time.Millisecond
	looks     = 5 // at a number that another process may be writing
)

// Use takes the lock together with others, and waits a moment for somebody who
// is just putting another file in place. Then it makes the database, an empty
// file that only its owner may read, unless it is there. SQLite gives its side
// files the mode of the database.
func Use(ctx context.Context, path string) (*Lock, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("create the database's folder: %w", err)
	}
	l, err := share(ctx, path)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator names the path
	if errors.Is(err, fs.ErrExist) {
		return l, nil
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("create the database: %w", err), l.Release())
	}
	return l, nil
}

func share(ctx context.Context, path string) (*Lock, error) {
	for deadline := time.Now().Add(useWithin); ; { //nolint:forbidigo // a real wait for another process
		l, err := lock(path, syscall.LOCK_SH)
		if !errors.Is(err, ErrInUse) || time.Now().After(deadline) { //nolint:forbidigo // as above
			return l, err
		}
		if !clock.Sleep(ctx, useAgain) {
			return nil, fmt.Errorf("%w: %w", err, ctx.Err())
		}
	}
}

// Take takes the lock alone, or returns ErrInUse at once.
func Take(path string) (*Lock, error) {
	l, err := lock(path, syscall.LOCK_EX)
	if err == nil {
		l.sound = true
	}
	return l, err
}

func lock(path string, how int) (*Lock, error) {
	f, err := plain(path + lockSuffix)
	if err != nil {
		return nil, fmt.Errorf("lock the database: %w", err)
	}
	if err := own(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	err = syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = ErrInUse
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the database: %w", err), f.Close())
	}
	return &Lock{file: f}, nil
}

// Release lets go of the lock, if there is one. The file stays: to delete it
// would let two hold it at once. It is emptied if nobody else holds it and the
// database, which was whole, is closed.
func (l *Lock) Release() error {
	if l == nil {
		return nil
	}
	_, err := os.Stat(strings.TrimSuffix(l.file.Name(), lockSuffix) + "-wal")
	if l.sound && errors.Is(err, fs.ErrNotExist) && syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		err = l.file.Truncate(0)
	} else {
		err = nil // somebody else's concern, or that of the next to open it
	}
	return errors.Join(err, l.file.Close())
}

// noted is the form of what the file holds: the number that the database has, and
// the one that it is about to have.
const noted = "%020d\n%020d\n"

// Note writes down that the database has the number had and is about to have next,
// or has it already if the two are one. The caller is in a transaction that writes,
// so that no other process notes anything meanwhile.
func (l *Lock) Note(had, next int64) error {
	_, err := l.file.WriteAt(fmt.Appendf(nil, noted, had, next), 0)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("note the state of the database: %w", err)
	}
	return nil
}

// Whole returns ErrLogLost if the database has lost its end. It is asked for the
// number that it has, while others may be writing the next.
func (l *Lock) Whole(ctx context.Context, number func(context.Context) (int64, error)) error {
	for tries := looks; ; tries-- {
		had, next, err := l.notes()
		if err != nil {
			return err
		}
		if next == 0 {
			break // it was closed, or is new
		}
		n, err := number(ctx)
		if err != nil {
			return err
		}
		if n == had || n == next {
			break
		}
		if tries == 0 {
			return ErrLogLost
		}
		if !clock.Sleep(ctx, useAgain) {
			return ctx.Err()
		}
	}
	l.sound = true
	return nil
}

// notes reads what was noted last; zeros if there is nothing.
func (l *Lock) notes() (had, next int64, err error) {
	text := make([]byte, len(fmt.Sprintf(noted, 0, 0)))
	if size, err := l.file.ReadAt(text, 0); size == 0 && errors.Is(err, io.EOF) {
		return 0, 0, nil
	} else if err != nil {
		return 0, 0, fmt.Errorf("read the state of the database: %w", err)
	}
	if _, err := fmt.Sscanf(string(text), noted, &had, &next); err != nil {
		return 0, 0, fmt.Errorf("read the state of the database: %s: %w", l.file.Name(), err)
	}
	return had, next, nil
}

// own gives a file that root made to the owner of its folder: the server does
// not run as root.
func own(f *os.File) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(filepath.Dir(f.Name()))
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		return f.Chown(int(owner.Uid), int(owner.Gid))
	}
	return nil
}

// busyMillis is how long SQLite waits for a lock of another process.
const busyMillis = 1500

// open opens a file with one connection. It changes no setting of it.
func open(path string, parameters url.Values) (*sql.DB, error) {
	parameters.Add("_pragma", "busy_timeout("+strconv.Itoa(busyMillis)+")")
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// settle empties the write-ahead log of a database into it and takes the log
// away, so that the file is all there is. It returns ErrInUse if anybody has the
// database open.
func settle(ctx context.Context, path string) (err error) {
	db, err := open(path, url.Values{"mode": {"rw"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var mode string
	err = db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code()&0xff == sqlite3.SQLITE_BUSY {
		return ErrInUse
	}
	if err == nil && mode != "delete" {
		err = fmt.Errorf("the journal is %s", mode)
	}
	if err != nil {
		return fmt.Errorf("close the log of %s: %w", path, err)
	}
	return nil
}

// syncFile brings a file to the disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // the operator names the path
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder makes names in a folder last.
func syncFolder(path string) error {
	dir, err := os.Open(path) //nolint:gosec // the operator names the path
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// sideFiles are what SQLite keeps beside a database.
func sideFiles(path string) []string {
	return []string{path + "-wal", path + "-shm", path + "-journal"}
}

// Discard removes a database that nobody uses, and what stands beside it.
func Discard(path string) error {
	var errs error
	for _, name := range append(sideFiles(path), path, path+lockSuffix) {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = errors.Join(errs, err)
		}
	}
	return errs
}

// secondName keeps a file under another name as well, or a copy of it where the
// file system has no second names.
func secondName(path, name string) error {
	err := os.Link(path, name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	from, err := os.Open(path) //nolint:gosec // the operator names the path
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // as above
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Sync(), to.Close())
}
