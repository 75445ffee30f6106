package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
	"github.com/sallyport-auth/sallyport/internal/store/sqlitefile"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Options says which database to open and how.
type Options struct {
	// URL is sqlite:///absolute/path, sqlite://relative/path, or for a server
	// mysql://user:password@host:3306/database, mariadb:// or postgres://
	// likewise.
	URL   string
	Clock clock.Clock // the system's if nil
	Realm string      // DefaultRealm if empty

	// Connections is how many connections a server is asked for at most; 16 if
	// zero. SQLite has one that writes and some that read.
	Connections int

	// Patience is how long a call waits in all, for its turn and between tries
	// after a conflict; 1.5 s if zero. Tests that let many callers race on a
	// slow machine want more.
	Patience time.Duration

	// Waits hears who migrates the same server's database, once that has
	// taken two seconds; nil if nobody wants to know.
	Waits func(holder string)

	observe func(*sqlrun.Statement) // hears of each use of a statement; for tests
}

// lanes is what of the options the lanes want to know.
func (o Options) lanes() sqlrun.Options {
	return sqlrun.Options{Connections: o.Connections, Patience: o.Patience, Observe: o.observe}
}

// Store is the memory of Sallyport. It is safe for concurrent use.
type Store struct {
	*opened

	direct *Tx
	around sqlrun.Around // nil but in tests
}

// opened is what is opened once, whatever stands around it.
type opened struct {
	lanes  *sqlrun.Lanes
	engine engine.Engine
	clock  clock.Clock
	realm  string
	file   *sqlitefile.Identity // of what the path named when it was opened; nil for a server
	hooks  []func(context.Context, Effects)
	lock   *sqlitefile.Lock      // on the path, against whoever would put another file there; nil for a server
	pause  func(revocations int) // before each COMMIT; nil but in tests
}

// Open opens the database, creates it if it is a file that is not there, brings
// its schema up to date, and makes sure that its realm has a feed. Several
// processes may open the same database at once.
func Open(ctx context.Context, o Options) (*Store, error) {
	e, err := engine.Parse(o.URL, o.lanes().Timing())
	if err != nil {
		return nil, err
	}
	lock, err := use(ctx, e)
	if err != nil {
		return nil, err
	}
	if _, _, err := schema.Migrate(ctx, e, o.lanes().Timing().Limit, o.Waits); err != nil {
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
	e, err := engine.Parse(o.URL, o.lanes().Timing())
	if err != nil {
		return 0, 0, err
	}
	lock, err := use(ctx, e)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	return schema.Migrate(ctx, e, o.lanes().Timing().Limit, o.Waits)
}

// Protection says how a connection to the database is protected on its way.
func Protection(ctx context.Context, o Options) (engine.Protection, error) {
	e, err := engine.Parse(o.URL, o.lanes().Timing())
	if err != nil {
		return engine.Protection{}, err
	}
	return e.Protection(ctx)
}

// connect opens the lanes over a database that is there.
func connect(e engine.Engine, o Options) (*Store, error) {
	db := &Store{opened: &opened{engine: e, clock: o.Clock, realm: cmp.Or(o.Realm, DefaultRealm)}}
	if db.clock == nil {
		db.clock = clock.System{}
	}
	var err error
	lanes := o.lanes()
	lanes.Guard = db.InPlace
	if db.lanes, err = sqlrun.Open(e, lanes); err != nil {
		return nil, err
	}
	db.direct = db.bind(db.lanes.Direct(), nil)
	return db, nil
}

// begin makes the first contact.
func (db *Store) begin(ctx context.Context) error {
	if err := db.ensureFeed(ctx); err != nil {
		return fmt.Errorf("begin the feed: %w", err)
	}
	if db.engine.Path != "" {
		var err error
		if db.file, err = sqlitefile.Identify(db.engine.Path); err != nil {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
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
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	// Before anything is written: the log may be put back.
	if err := lock.Whole(ctx, func(ctx context.Context) (int64, error) { return readEnd(ctx, e) }); err != nil {
		if !errors.Is(err, sqlitefile.ErrLogLost) {
			err = e.Fail(ctx, err)
		}
		return nil, errors.Join(err, lock.Release())
	}
	return lock, nil
}

// Close waits for running transactions.
func (db *Store) Close() error {
	return errors.Join(db.lanes.Close(), db.lock.Release())
}
