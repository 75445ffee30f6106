package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Options says which database to open and how.
type Options struct {
	URL   string      // sqlite:///absolute/path or sqlite://relative/path
	Clock clock.Clock // the system's if nil
	Realm string      // store.DefaultRealm if empty

	// Patience is how long a call waits in all, for its turn and between tries
	// after a conflict; 1.5 s if zero. Tests that let many callers race on a
	// slow machine want more.
	Patience time.Duration

	observe func(*query) // hears of each use of a statement; for tests
}

// DB is a store.Store in SQL.
type DB struct {
	writer *lane
	reader *lane
	clock  clock.Clock
	realm  string
	path   string
	file   os.FileInfo // what path named when it was opened
	direct store.Tx
	hooks  []func(context.Context, store.Effects)
}

var _ store.Store = (*DB)(nil)

// Open opens the database, creates it if it is not there, brings its schema up
// to date, and makes sure that its realm has a feed. Several processes may open
// the same database at once.
func Open(ctx context.Context, o Options) (*DB, error) {
	path, err := databasePath(o.URL)
	if err != nil {
		return nil, err
	}
	if _, _, err := migrate(ctx, path); err != nil {
		return nil, err
	}
	db, err := connect(path, o)
	if err != nil {
		return nil, err
	}
	if err := db.begin(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// connect opens the lanes over a database that is there.
func connect(path string, o Options) (*DB, error) {
	db := &DB{clock: o.Clock, realm: o.Realm, path: path}
	if db.clock == nil {
		db.clock = clock.System{}
	}
	if db.realm == "" {
		db.realm = store.DefaultRealm
	}
	d := sqliteDialect()
	var err error
	if db.writer, err = openLane(d, writerDSN(path), 1); err != nil {
		return nil, err
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	if db.reader, err = openLane(d, readerDSN(path), readers); err != nil {
		return nil, errors.Join(err, db.writer.close())
	}
	db.reader.readOnly = true
	for _, l := range []*lane{db.writer, db.reader} {
		l.observe, l.patience = o.observe, cmp.Or(o.Patience, patience)
	}
	db.direct = db.ports(direct{db}, nil)
	return db, nil
}

// begin makes the first contact.
func (db *DB) begin(ctx context.Context) error {
	if err := db.ensureFeed(ctx); err != nil {
		return fmt.Errorf("begin the feed: %w", err)
	}
	var err error
	if db.file, err = os.Stat(db.path); err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return db.Check(ctx)
}

// createFile makes the folder and an empty file that only their owner may read,
// unless they are there. SQLite gives its side files the mode of the database.
func createFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("%w: create the database's folder: %w", store.ErrUnavailable, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator names the path
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: create the database: %w", store.ErrUnavailable, err)
	}
	return f.Close()
}

// Close waits for running transactions and refuses new ones.
func (db *DB) Close() error {
	return errors.Join(db.reader.close(), db.writer.close())
}
