package sqlrun

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// errReadOnly is returned for a write through View. It is a fault of ours.
var errReadOnly = errors.New("write through a view")

// txRunner runs statements inside one transaction.
type txRunner struct {
	lane     *lane
	tx       *sql.Tx
	readOnly bool
	conflict error                    // the first that a statement met; fn may have swallowed it
	own      map[*Statement]*sql.Stmt // what the lane had not prepared yet
}

// transaction runs fn in one transaction, and again until it meets no conflict.
func (l *lane) transaction(ctx context.Context, readOnly bool, fn func(context.Context, Runner) error) error {
	return l.again(ctx, func(ctx context.Context, b *budget) error { return l.transact(ctx, b, readOnly, fn) })
}

// transact runs fn in one transaction of the lane and commits it if fn returns
// nil. A panic in fn passes through after the rollback.
//
// When the answer to COMMIT is lost, nobody knows whether it was done. The error
// then wraps store.ErrUnavailable and no conflict, so that fn does not run again
// on top of what it may have done.
func (l *lane) transact(ctx context.Context, b *budget, readOnly bool, fn func(context.Context, Runner) error) (err error) {
	if err := l.acquire(ctx, b); err != nil {
		return err
	}
	mine, open := true, true // the slot, the transaction
	defer func() {
		if mine {
			l.release()
		}
	}()
	if err := l.guarded(); err != nil {
		return err
	}
	tx, err := l.begin(ctx, readOnly)
	if err != nil {
		return l.fail(ctx, err)
	}
	defer func() {
		if open {
			mine, _ = l.end(ctx, tx.Rollback)
		}
	}()
	run := &txRunner{lane: l, tx: tx, readOnly: readOnly}
	if err = fn(ctx, run); run.conflict != nil {
		return run.conflict
	}
	if err != nil {
		return err
	}
	open = false
	mine, err = l.end(ctx, tx.Commit)
	if err = l.fail(ctx, err); err != nil {
		return err
	}
	if !readOnly {
		l.written()
	}
	l.learn(ctx, run.own)
	return l.guarded()
}

// begin opens a transaction. Nothing has been done before, so a stale connection
// costs nobody anything.
func (l *lane) begin(ctx context.Context, readOnly bool) (tx *sql.Tx, err error) {
	o := l.engine.Write
	if readOnly {
		o = l.engine.Read
	}
	return tx, l.anew(ctx, func() error {
		tx, err = l.db.BeginTx(ctx, o)
		return err
	})
}

// end commits or rolls back. Drivers do that without regard to a context; a
// server that does not answer is left to the driver's own time-out when ctx is
// done, and the slot, which is then no longer the caller's, with it.
func (l *lane) end(ctx context.Context, how func() error) (mine bool, err error) {
	if !l.engine.Server {
		return true, how()
	}
	done := make(chan error, 1)
	go func() { done <- how() }()
	select {
	case err := <-done:
		return true, err
	case <-ctx.Done():
		go func() {
			<-done //nolint:errcheck // nobody waits for it any more
			l.release()
		}()
		return false, ctx.Err()
	}
}

// learn prepares for next time what a transaction had to prepare for itself.
// That it fails is no matter: next time it is tried again.
func (l *lane) learn(ctx context.Context, own map[*Statement]*sql.Stmt) {
	for q := range own {
		if _, err := l.stmt(ctx, q); err != nil { //nolint:sqlclosecheck // the lane keeps it
			return
		}
	}
}

// stmt gives q, prepared on the transaction's connection and closed with it.
func (r *txRunner) stmt(ctx context.Context, q *Statement) (*sql.Stmt, error) {
	r.lane.note(q)
	if s, ok := r.lane.stmts.Load(q); ok {
		return r.tx.StmtContext(ctx, s.(*sql.Stmt)), nil //nolint:forcetypeassert // nothing else is stored
	}
	if s, ok := r.own[q]; ok {
		return s, nil
	}
	s, err := r.tx.PrepareContext(ctx, q.For(r.lane.engine))
	if err != nil {
		return nil, err
	}
	if r.own == nil {
		r.own = map[*Statement]*sql.Stmt{}
	}
	r.own[q] = s
	return s, nil
}

// fail remembers a conflict, because the transaction is lost whatever fn makes
// of the error.
func (r *txRunner) fail(ctx context.Context, err error) error {
	err = r.lane.fail(ctx, err)
	if r.conflict == nil && errors.Is(err, engine.ErrBusy) {
		r.conflict = err
	}
	return err
}

// Raced undoes the transaction, so that it runs again from the start.
func (r *txRunner) Raced(err error) error {
	r.conflict = fmt.Errorf("%w: %w: %w", engine.ErrUnavailable, engine.ErrBusy, err)
	return r.conflict
}

// Exec runs a statement in the transaction, unless that only reads.
func (r *txRunner) Exec(ctx context.Context, q *Statement, args ...any) (int, error) {
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

func (r *txRunner) rows(ctx context.Context, q *Statement, read func(*sql.Rows) error, args ...any) error {
	s, err := r.stmt(ctx, q)
	if err == nil {
		err = queryStmt(ctx, s, read, args)
	}
	return r.fail(ctx, err)
}

// Together is this transaction.
func (r *txRunner) Together(ctx context.Context, fn func(context.Context, Runner) error) error {
	return fn(ctx, r)
}
