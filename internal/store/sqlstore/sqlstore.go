package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
)

// Options says which database to open and how.
type Options struct {
	// URL is sqlite:///absolute/path, sqlite://relative/path, or for a server
	// mysql://user:password@host:3306/database, mariadb:// or postgres://
	// likewise.
	URL   string
	Clock clock.Clock // the system's if nil
	Realm string      // store.DefaultRealm if empty

	// Connections is how many connections a server is asked for at most; 16 if
	// zero. SQLite has one that writes and some that read.
	Connections int

	// Patience is how long a call waits in all, for its turn and between tries
	// after a conflict; 1.5 s if zero. Tests that let many callers race on a
	// slow machine want more.
	Patience time.Duration

	observe func(*query) // hears of each use of a statement; for tests
}

// defaultConnections is enough to keep a server busy, whose own limit is
// usually 100 or 151 for all its clients together.
const defaultConnections = 16

// timing is how long a server is waited for: 2 s for a call, less what the
// answer takes.
func (o Options) timing() engine.Timing {
	p := cmp.Or(o.Patience, patience)
	return engine.Timing{Limit: p + 400*time.Millisecond, Lock: max(p/3, 500*time.Millisecond)}
}

// DB is a store.Store in SQL.
type DB struct {
	writer *lane
	reader *lane // the writer itself on a server
	clock  clock.Clock
	realm  string
	path   string               // of SQLite's file; empty for a server
	file   *sqlitefile.Identity // of what path named when it was opened; nil for a server
	direct store.Tx
	hooks  []func(context.Context, store.Effects)
	lock   *sqlitefile.Lock      // on the path, against whoever would put another file there; nil for a server
	pause  func(revocations int) // before each COMMIT; nil but in tests
}

var _ store.Store = (*DB)(nil)

// Open opens the database, creates it if it is a file that is not there, brings
// its schema up to date, and makes sure that its realm has a feed. Several
// processes may open the same database at once.
func Open(ctx context.Context, o Options) (*DB, error) {
	e, err := engine.Parse(o.URL, o.timing())
	if err != nil {
		return nil, err
	}
	lock, err := use(ctx, e)
	if err != nil {
		return nil, err
	}
	if _, _, err := schema.Migrate(ctx, e, o.timing().Limit); err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	db, err := connect(e, o)
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	db.lock = lock
	if err := db.begin(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Migrate brings the schema of the database up to date, creating the database
// if it is a file that is not there, and says from which version to which.
func Migrate(ctx context.Context, o Options) (from, to int64, err error) {
	e, err := engine.Parse(o.URL, o.timing())
	if err != nil {
		return 0, 0, err
	}
	lock, err := use(ctx, e)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	return schema.Migrate(ctx, e, o.timing().Limit)
}

// connect opens the lanes over a database that is there.
func connect(e engine.Engine, o Options) (*DB, error) {
	db := &DB{clock: o.Clock, realm: cmp.Or(o.Realm, store.DefaultRealm), path: e.Path}
	if db.clock == nil {
		db.clock = clock.System{}
	}
	writers, readers := 1, max(4, 2*runtime.GOMAXPROCS(0))
	if e.Server {
		writers = cmp.Or(o.Connections, defaultConnections)
	}
	var err error
	if db.writer, err = openLane(e, engine.Writing, writers, o); err != nil {
		return nil, err
	}
	if db.reader = db.writer; !e.Server {
		if db.reader, err = openLane(e, engine.Reading, readers, o); err != nil {
			return nil, errors.Join(err, db.writer.close())
		}
	}
	db.direct = db.ports(direct{db}, nil)
	return db, nil
}

// begin makes the first contact.
func (db *DB) begin(ctx context.Context) error {
	if err := db.ensureFeed(ctx); err != nil {
		return fmt.Errorf("begin the feed: %w", err)
	}
	if db.path != "" {
		var err error
		if db.file, err = sqlitefile.Identify(db.path); err != nil {
			return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
		}
	}
	return db.Check(ctx)
}

// use holds the path of SQLite's file, and makes the file if need be. For a
// server there is nothing to hold.
func use(ctx context.Context, e engine.Engine) (*sqlitefile.Lock, error) {
	if e.Path == "" {
		return nil, nil //nolint:nilnil // nothing to hold is no error
	}
	lock, err := sqlitefile.Use(ctx, e.Path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return lock, nil
}

// Close waits for running transactions and refuses new ones.
func (db *DB) Close() error {
	err := db.writer.close()
	if db.reader != db.writer {
		err = errors.Join(db.reader.close(), err)
	}
	return errors.Join(err, db.lock.Release())
}
