package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
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
	lock   *sqlitefile.Lock // on the path, against whoever would put another file there
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
	lock, err := use(ctx, path)
	if err != nil {
		return nil, err
	}
	if _, _, err := migrate(ctx, path); err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	db, err := connect(path, o)
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	db.lock = lock
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

// use holds the path of the database, and makes the file if need be.
func use(ctx context.Context, path string) (*sqlitefile.Lock, error) {
	lock, err := sqlitefile.Use(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return lock, nil
}

// Close waits for running transactions and refuses new ones.
func (db *DB) Close() error {
	err := errors.Join(db.reader.close(), db.writer.close())
	if db.lock != nil {
		err = errors.Join(err, db.lock.Release())
	}
	return err
}
