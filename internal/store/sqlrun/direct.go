package sqlrun

import (
	"context"
	"database/sql"
	"log/slog"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// direct runs each statement as a transaction of its own.
type direct struct{ lanes *Lanes }

// Exec runs a statement on the lane that writes.
func (d direct) Exec(ctx context.Context, q *Statement, args ...any) (int, error) {
	ctx, span := telemetry.Start(ctx, "sql.exec")
	span.Set(slog.String("statement", q.text)) // as declared, without values
	var n int
	l := d.lanes.writer
	err := l.again(ctx, func(ctx context.Context, b *budget) error {
		if err := l.acquire(ctx, b); err != nil {
			return err
		}
		defer l.release()
		if err := l.guarded(); err != nil {
			return err
		}
		s, err := l.stmt(ctx, q)
		if err == nil {
			n, err = execStmt(ctx, s, args)
		}
		if err != nil {
			return l.fail(ctx, err)
		}
		l.written()
		return l.guarded()
	})
	span.End(err)
	l.note(q)
	return n, err
}

func (d direct) rows(ctx context.Context, q *Statement, read func(*sql.Rows) error, args ...any) error {
	ctx, span := telemetry.Start(ctx, "sql.query")
	span.Set(slog.String("statement", q.text)) // as declared, without values
	l := d.lanes.reader
	err := l.again(ctx, func(ctx context.Context, b *budget) error {
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

// Together is Tx.
func (d direct) Together(ctx context.Context, fn func(context.Context, Runner) error) error {
	return d.lanes.Tx(ctx, fn)
}

// Raced lets the caller look again: each call sees what is there.
func (direct) Raced(error) error { return nil }
