package store

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// effects collects what a transaction causes beyond its rows.
type effects struct {
	revocations []*Revocation
	follows     FeedHead
	jobs        []DueJob
}

// due notes a job that is due once the transaction is committed.
func (fx *effects) due(id, kind string) { fx.jobs = append(fx.jobs, DueJob{ID: id, Kind: kind}) }

// Tx runs fn in a transaction that may write and commits it if fn returns
// nil. On SQLite, writers take turns. Conflicts are retried inside.
// Revocations that fn appended are numbered as the last statements before
// COMMIT, and the functions given to AfterCommit run once it has succeeded.
func (db *Store) Tx(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) (err error) {
	ctx, span := telemetry.Start(ctx, "sql.tx")
	defer func() { span.End(err) }()
	var fx *effects
	err = db.around.Begin(ctx, func() error {
		return db.lanes.Tx(ctx, func(ctx context.Context, run sqlrun.Runner) error {
			fx = &effects{} // what an earlier run collected was undone
			run = db.around.Over(run)
			if err := fn(ctx, db.bind(run, fx)); err != nil {
				return err
			}
			err := db.number(ctx, run, fx)
			if err == nil && db.pause != nil {
				db.pause(len(fx.revocations))
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	db.committed(ctx, fx)
	return nil
}

// View runs fn on one consistent snapshot. Writing through it is an error.
func (db *Store) View(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) (err error) {
	ctx, span := telemetry.Start(ctx, "sql.view")
	defer func() { span.End(err) }()
	return db.around.Begin(ctx, func() error {
		return db.lanes.View(ctx, func(ctx context.Context, run sqlrun.Runner) error {
			return fn(ctx, db.bind(db.around.Over(run), nil))
		})
	})
}

// Direct gives tables whose every call is a transaction of its own.
// Revocations.Append and Jobs.Insert are not to be used through it.
func (db *Store) Direct() *Tx { return db.direct }

// Around gives the same store with something standing before it, for tests; what
// stands there already is behind it.
func (db *Store) Around(around sqlrun.Around) *Store {
	if behind := db.around; behind != nil {
		before := around
		around = func(ctx context.Context, statement string, args []any, do func() error) error {
			return before(ctx, statement, args, func() error { return behind(ctx, statement, args, do) })
		}
	}
	within := &Store{opened: db.opened, around: around}
	within.direct = within.bind(around.Over(db.lanes.Direct()), nil)
	return within
}

// AfterCommit adds a function that hears what a committed transaction
// caused. It runs on the goroutine that called Tx, before Tx returns. Call
// AfterCommit before the store is used by more than one goroutine.
func (db *Store) AfterCommit(fn func(ctx context.Context, effects Effects)) {
	db.hooks = append(db.hooks, fn)
}

// committed tells the hooks. What is committed stays so, and a caller who has
// hung up must not keep it from being heard.
func (db *Store) committed(ctx context.Context, fx *effects) {
	if len(fx.revocations) == 0 && len(fx.jobs) == 0 {
		return
	}
	told := Effects{Follows: fx.follows, Jobs: fx.jobs}
	for _, r := range fx.revocations {
		told.Revocations = append(told.Revocations, *r)
	}
	for _, hook := range db.hooks {
		hook(context.WithoutCancel(ctx), told)
	}
}

// Around stands before a database, in tests; see [sqlrun.Around].
type Around = sqlrun.Around
