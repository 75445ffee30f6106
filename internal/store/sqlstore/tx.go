package sqlstore

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// effects collects what a transaction causes beyond its rows.
type effects struct {
	revocations []*store.Revocation
	follows     store.FeedHead
	jobIDs      []string
}

// Tx runs fn in a transaction that may write.
func (db *DB) Tx(ctx context.Context, fn func(ctx context.Context, tx *store.Tx) error) (err error) {
	ctx, span := telemetry.Start(ctx, "sql.tx")
	defer func() { span.End(err) }()
	var fx *effects
	err = db.around.Begin(ctx, func() error {
		return db.lanes.Tx(ctx, func(ctx context.Context, run seam.Runner) error {
			fx = &effects{} // what an earlier run collected was undone
			run = db.around.Over(run)
			if err := fn(ctx, db.ports(run, fx)); err != nil {
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

// View runs fn on the snapshot that its first read takes.
func (db *DB) View(ctx context.Context, fn func(ctx context.Context, tx *store.Tx) error) (err error) {
	ctx, span := telemetry.Start(ctx, "sql.view")
	defer func() { span.End(err) }()
	return db.around.Begin(ctx, func() error {
		return db.lanes.View(ctx, func(ctx context.Context, run seam.Runner) error {
			return fn(ctx, db.ports(db.around.Over(run), nil))
		})
	})
}

// Direct gives ports whose every call is a transaction of its own.
func (db *DB) Direct() *store.Tx { return db.direct }

// Around gives the same store with something standing before it, for tests; what
// stands there already is behind it.
func (db *DB) Around(around seam.Around) *DB {
	if behind := db.around; behind != nil {
		before := around
		around = func(ctx context.Context, statement string, args []any, do func() error) error {
			return before(ctx, statement, args, func() error { return behind(ctx, statement, args, do) })
		}
	}
	within := &DB{opened: db.opened, around: around}
	within.direct = within.ports(around.Over(db.lanes.Direct()), nil)
	return within
}

// AfterCommit adds fn to those who hear what committed transactions caused. A
// transaction that caused nothing is not heard of.
func (db *DB) AfterCommit(fn func(ctx context.Context, effects store.Effects)) {
	db.hooks = append(db.hooks, fn)
}

// committed tells the hooks. What is committed stays so, and a caller who has
// hung up must not keep it from being heard.
func (db *DB) committed(ctx context.Context, fx *effects) {
	if len(fx.revocations) == 0 && len(fx.jobIDs) == 0 {
		return
	}
	told := store.Effects{Follows: fx.follows, JobIDs: fx.jobIDs}
	for _, r := range fx.revocations {
		told.Revocations = append(told.Revocations, *r)
	}
	for _, hook := range db.hooks {
		hook(context.WithoutCancel(ctx), told)
	}
}
