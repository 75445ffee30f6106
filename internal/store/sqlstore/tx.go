package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// effects collects what a transaction causes beyond its rows.
type effects struct {
	revocations []*store.Revocation
	jobIDs      []string
}

// txRunner runs statements inside one transaction.
type txRunner struct {
	lane     *lane
	tx       *sql.Tx
	readOnly bool
	conflict error                // the first that a statement met; fn may have swallowed it
	own      map[*query]*sql.Stmt // what the lane had not prepared yet
}

// Tx runs fn in a transaction that may write.
func (db *DB) Tx(ctx context.Context, fn func(ctx context.Context, tx store.Tx) error) error {
	var fx *effects
	err := again(ctx, db.writer.patience, func(ctx context.Context, b *budget) error {
		fx = &effects{} // what an earlier run collected was undone
		return db.writer.transact(ctx, b, func(ctx context.Context, run *txRunner) error {
			if err := fn(ctx, db.ports(run, fx)); err != nil {
				return err
			}
			return db.number(ctx, run, fx.revocations)
		})
	})
	if err != nil {
		return err
	}
	db.committed(ctx, fx)
	return nil
}

// View runs fn on the snapshot that its first read takes.
func (db *DB) View(ctx context.Context, fn func(ctx context.Context, tx store.Tx) error) error {
	return again(ctx, db.reader.patience, func(ctx context.Context, b *budget) error {
		return db.reader.transact(ctx, b, func(ctx context.Context, run *txRunner) error {
			return fn(ctx, db.ports(run, nil))
		})
	})
}

// Direct gives ports whose every call is a transaction of its own.
func (db *DB) Direct() store.Tx { return db.direct }

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
	told := store.Effects{JobIDs: fx.jobIDs}
	for _, r := range fx.revocations {
		told.Revocations = append(told.Revocations, *r)
	}
	for _, hook := range db.hooks {
		hook(context.WithoutCancel(ctx), told)
	}
}

// transact runs fn in one transaction of the lane and commits it if fn returns
// nil. A panic in fn passes through after the rollback.
func (l *lane) transact(ctx context.Context, b *budget, fn func(context.Context, *txRunner) error) (err error) {
	if err := l.acquire(ctx, b); err != nil {
		return err
	}
	defer l.release()
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return l.fail(ctx, err)
	}
	defer tx.Rollback() // after a commit it does nothing
	run := &txRunner{lane: l, tx: tx, readOnly: l.readOnly}
	if err = fn(ctx, run); err == nil || run.conflict != nil {
		if run.conflict != nil {
			return run.conflict
		}
		err = l.fail(ctx, tx.Commit())
	}
	if err == nil {
		l.learn(ctx, run.own)
	}
	return err
}

// learn prepares for next time what a transaction had to prepare for itself.
// That it fails is no matter: next time it is tried again.
func (l *lane) learn(ctx context.Context, own map[*query]*sql.Stmt) {
	for q := range own {
		if _, err := l.stmt(ctx, q); err != nil { //nolint:sqlclosecheck // the lane keeps it
			return
		}
	}
}

// stmt gives q, prepared on the transaction's connection and closed with it.
func (r *txRunner) stmt(ctx context.Context, q *query) (*sql.Stmt, error) {
	r.lane.note(q)
	if s, ok := r.lane.stmts.Load(q); ok {
		return r.tx.StmtContext(ctx, s.(*sql.Stmt)), nil //nolint:forcetypeassert // nothing else is stored
	}
	if s, ok := r.own[q]; ok {
		return s, nil
	}
	s, err := r.tx.PrepareContext(ctx, r.lane.dialect.render(q))
	if err != nil {
		return nil, err
	}
	if r.own == nil {
		r.own = map[*query]*sql.Stmt{}
	}
	r.own[q] = s
	return s, nil
}

// fail remembers a conflict, because the transaction is lost whatever fn makes
// of the error.
func (r *txRunner) fail(ctx context.Context, err error) error {
	err = r.lane.fail(ctx, err)
	if r.conflict == nil && errors.Is(err, errBusy) {
		r.conflict = err
	}
	return err
}

func (r *txRunner) exec(ctx context.Context, q *query, args ...any) (int, error) {
	if r.readOnly {
		return 0, errReadOnly
	}
	s, err := r.stmt(ctx, q)
	if err != nil {
		return 0, r.fail(ctx, err)
	}
	n, err := execStmt(ctx, s, args)
	return n, r.fail(ctx, err)
}

func (r *txRunner) rows(ctx context.Context, q *query, read func(*sql.Rows) error, args ...any) error {
	s, err := r.stmt(ctx, q)
	if err == nil {
		err = queryStmt(ctx, s, read, args)
	}
	return r.fail(ctx, err)
}

func (r *txRunner) together(ctx context.Context, fn func(context.Context, runner) error) error {
	return fn(ctx, r)
}
