package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// patience is how long a call waits in all unless Options say otherwise: for its
// turn, and between tries after a conflict. Together with busyMillis, which the
// last try may take on SQLite, it keeps the promise that a database that cannot
// be reached is reported within two seconds. On SQLite work that is under way is
// not cut short; a server, which may not answer for ever, has a limit for the
// whole call, see [engine.Timing].
const patience = 1500 * time.Millisecond

// errReadOnly is returned for a write through View. It is a fault of ours.
var errReadOnly = errors.New("write through a view")

// query is one declared statement in both notations.
type query struct {
	text     string // with ?
	numbered string // with $1, $2
}

// q declares a statement. Statements are constants in the one portable subset
// that docs/sql.md describes; {now} stands for the database's time. A + before a
// column keeps that column's index from being chosen.
func q(text string) *query {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	return &query{text: text, numbered: b.String()}
}

// runner runs statements: each in its own transaction, or all in one.
type runner interface {
	// exec runs a statement that changes rows and says how many it matched.
	exec(ctx context.Context, q *query, args ...any) (int, error)
	// rows hands the rows to read, which may be called again from the start.
	rows(ctx context.Context, q *query, read func(*sql.Rows) error, args ...any) error
	// together runs fn in one transaction.
	together(ctx context.Context, fn func(context.Context, runner) error) error
	// raced is for whoever looked, found nothing, and met a unique key when it
	// inserted: nil means look again. In a transaction that cannot be, for
	// PostgreSQL has undone it and MySQL still shows what was there; so it is a
	// conflict there, and the whole transaction runs again.
	raced(err error) error
}

// lane is a pool of connections behind a queue: first come, first served, and
// nobody stands in it longer than patience.
type lane struct {
	db       *sql.DB
	engine   engine.Engine
	readOnly bool
	conns    int
	slots    chan struct{}
	closed   chan struct{}
	patience time.Duration
	limit    time.Duration // of a whole call; 0 for none
	stmts    sync.Map      // *query to *sql.Stmt
	observe  func(*query)  // hears of each use; nil but in tests
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
		db: db, engine: e, readOnly: r == engine.Reading, conns: conns, slots: make(chan struct{}, conns), closed: make(chan struct{}),
		patience: cmp.Or(o.Patience, patience), observe: o.observe,
	}
	if e.Server {
		l.limit = o.timing().Limit
	}
	return l, nil
}

// acquire waits for a connection to be free.
func (l *lane) acquire(ctx context.Context, b *engine.Budget) error {
	select {
	case <-l.closed:
		return fmt.Errorf("%w: closed", store.ErrUnavailable)
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
		return fmt.Errorf("%w: closed", store.ErrUnavailable)
	case <-b.Spend(ctx).Done():
		if ctx.Err() != nil {
			return fmt.Errorf("%w: wait for a connection: %w", store.ErrUnavailable, ctx.Err())
		}
		return fmt.Errorf("%w: no connection became free", store.ErrUnavailable)
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
func (l *lane) stmt(ctx context.Context, q *query) (*sql.Stmt, error) {
	if s, ok := l.stmts.Load(q); ok {
		return s.(*sql.Stmt), nil //nolint:forcetypeassert // nothing else is stored
	}
	s, err := l.db.PrepareContext(ctx, l.engine.Render(q.text, q.numbered))
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
	if errors.Is(err, engine.ErrSlow) || ctx.Err() == nil && errors.Is(err, store.ErrUnavailable) && !errors.Is(err, engine.ErrBusy) {
		l.refresh()
	}
	return err
}

// refresh closes the connections that nobody uses. When one has failed, the
// others have probably failed too, and each would cost a caller its call before
// that is found out.
func (l *lane) refresh() {
	if l.engine.Server {
		l.db.SetMaxIdleConns(-1)
		l.db.SetMaxIdleConns(l.conns)
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
func (l *lane) again(ctx context.Context, attempt func(context.Context, *engine.Budget) error) error {
	if l.limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, l.limit, engine.ErrSlow)
		defer cancel()
	}
	return engine.Again(ctx, l.patience, attempt)
}

// direct runs each statement as a transaction of its own.
type direct struct{ db *DB }

func (d direct) exec(ctx context.Context, q *query, args ...any) (int, error) {
	ctx, span := telemetry.Start(ctx, "sql.exec")
	span.Set(slog.String("statement", q.text)) // as declared, without values
	var n int
	l := d.db.writer
	err := l.again(ctx, func(ctx context.Context, b *engine.Budget) error {
		if err := l.acquire(ctx, b); err != nil {
			return err
		}
		defer l.release()
		s, err := l.stmt(ctx, q)
		if err == nil {
			n, err = execStmt(ctx, s, args)
		}
		return l.fail(ctx, err)
	})
	span.End(err)
	l.note(q)
	return n, err
}

func (d direct) rows(ctx context.Context, q *query, read func(*sql.Rows) error, args ...any) error {
	ctx, span := telemetry.Start(ctx, "sql.query")
	span.Set(slog.String("statement", q.text)) // as declared, without values
	l := d.db.reader
	err := l.again(ctx, func(ctx context.Context, b *engine.Budget) error {
		if err := l.acquire(ctx, b); err != nil {
			return err
		}
		defer l.release()
		return l.fail(ctx, l.anew(ctx, func() error {
			s, err := l.stmt(ctx, q)
			if err == nil {
				err = queryStmt(ctx, s, read, args)
			}
			return err
		}))
	})
	span.End(err)
	l.note(q)
	return err
}

func (d direct) together(ctx context.Context, fn func(context.Context, runner) error) error {
	return d.db.writer.again(ctx, func(ctx context.Context, b *engine.Budget) error {
		return d.db.writer.transact(ctx, b, false, func(ctx context.Context, tx *txRunner) error { return fn(ctx, tx) })
	})
}

// raced lets the caller look again: each call sees what is there.
func (d direct) raced(error) error { return nil }

func (l *lane) note(q *query) {
	if l.observe != nil {
		l.observe(q)
	}
}

func execStmt(ctx context.Context, s *sql.Stmt, args []any) (int, error) {
	res, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func queryStmt(ctx context.Context, s *sql.Stmt, read func(*sql.Rows) error, args []any) error {
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := read(rows); err != nil {
		return err
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return rows.Close()
}
