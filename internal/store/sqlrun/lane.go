package sqlrun

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// lane is a pool of connections behind a queue: first come, first served, and
// nobody stands in it longer than patience.
type lane struct {
	db       *sql.DB
	engine   engine.Engine
	conns    int
	slots    chan struct{}
	closed   chan struct{}
	patience time.Duration
	limit    time.Duration    // of a whole call; 0 for none
	refused  atomic.Bool      // the server was read-only at the last write
	stmts    sync.Map         // *Statement to *sql.Stmt
	observe  func(*Statement) // hears of each use; nil but in tests
	guard    func() error     // says why nothing may be written; nil for nothing
}

// guarded is what the guard says. Nothing guards a lane that reads.
func (l *lane) guarded() error {
	if l.guard == nil {
		return nil
	}
	return l.guard()
}

// openLane opens conns connections at most. It does not connect yet.
func openLane(e engine.Engine, r engine.Role, conns int, o Options) (*lane, error) {
	db, err := e.Open(r)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	l := &lane{
		db: db, engine: e, conns: conns, slots: make(chan struct{}, conns), closed: make(chan struct{}),
		patience: cmp.Or(o.Patience, patience), observe: o.Observe,
	}
	if e.Server {
		l.limit = o.Timing().Limit
	}
	return l, nil
}

// acquire waits for a connection to be free.
func (l *lane) acquire(ctx context.Context, b *budget) error {
	select {
	case <-l.closed:
		return fmt.Errorf("%w: closed", engine.ErrUnavailable)
	default:
	}
	select {
	case l.slots <- struct{}{}:
		return nil
	default:
	}
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-l.closed:
		return fmt.Errorf("%w: closed", engine.ErrUnavailable)
	case <-b.spend(ctx).Done():
		if ctx.Err() != nil {
			return fmt.Errorf("%w: wait for a connection: %w", engine.ErrUnavailable, ctx.Err())
		}
		return fmt.Errorf("%w: no connection became free", engine.ErrUnavailable)
	}
}

func (l *lane) release() { <-l.slots }

// close lets running calls end and refuses new ones.
func (l *lane) close() error {
	close(l.closed)
	for range cap(l.slots) {
		l.slots <- struct{}{}
	}
	return l.db.Close()
}

// stmt gives the prepared form of q. The caller holds a slot and no
// transaction, so that a connection is there to prepare it on.
func (l *lane) stmt(ctx context.Context, q *Statement) (*sql.Stmt, error) {
	if s, ok := l.stmts.Load(q); ok {
		return s.(*sql.Stmt), nil //nolint:forcetypeassert // nothing else is stored
	}
	s, err := l.db.PrepareContext(ctx, q.For(l.engine))
	if err != nil {
		return nil, err
	}
	if first, loaded := l.stmts.LoadOrStore(q, s); loaded {
		return first.(*sql.Stmt), s.Close() //nolint:forcetypeassert,sqlclosecheck // nothing else is stored; first stays open
	}
	return s, nil
}

// fail gives err the meaning that callers of package store know. ctx is the
// call's own, with its limit.
func (l *lane) fail(ctx context.Context, err error) error {
	err = l.engine.Fail(ctx, err)
	if errors.Is(err, engine.ErrReadOnly) {
		l.refused.Store(true)
	}
	if errors.Is(err, engine.ErrSlow) || ctx.Err() == nil && errors.Is(err, engine.ErrUnavailable) && !errors.Is(err, engine.ErrBusy) {
		l.refresh()
	}
	return err
}

// refresh closes the connections that nobody uses. When one has failed, the
// others have probably failed too, and each would cost a caller its call before
// that is found out. To a server that is read-only no connection is kept: the
// next one may find another server, and a session of PostgreSQL stays read-only
// when the server is not any more.
func (l *lane) refresh() {
	if l.engine.Server {
		l.db.SetMaxIdleConns(-1)
		if !l.refused.Load() {
			l.db.SetMaxIdleConns(l.conns)
		}
	}
}

// written notes that a server took a write.
func (l *lane) written() {
	if l.refused.CompareAndSwap(true, false) {
		l.refresh()
	}
}

// anew runs fn, which must do no harm when it runs twice, and if a connection
// turns out to be stale, once more on another.
func (l *lane) anew(ctx context.Context, fn func() error) error {
	err := fn()
	if ctx.Err() == nil && l.engine.Stale(err) {
		l.refresh()
		err = fn()
	}
	return err
}

// again runs attempt until it meets no conflict, for as long as ctx, the budget
// and the limit last.
func (l *lane) again(ctx context.Context, attempt func(context.Context, *budget) error) error {
	if l.limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, l.limit, engine.ErrSlow)
		defer cancel()
	}
	return again(ctx, l.patience, attempt)
}

func (l *lane) note(q *Statement) {
	if l.observe != nil {
		l.observe(q)
	}
}
