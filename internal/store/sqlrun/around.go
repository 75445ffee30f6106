package sqlrun

import (
	"context"
	"database/sql"
	"strings"
)

// Around stands before a database, so that tests hear what is asked of it, hold it
// up, or have it fail where a database fails. It is given the text of a statement
// as it was declared, without line breaks, and what is bound to it, or BEGIN for a
// transaction, and runs it by do; without do, nothing is changed and nothing is
// read. A transaction's do may run its statements again after a conflict.
type Around func(ctx context.Context, statement string, args []any, do func() error) error

// Over is run with around before each statement; run itself if around is nil.
func (around Around) Over(run Runner) Runner {
	if around == nil {
		return run
	}
	return surrounded{run, around}
}

// Begin runs a transaction.
func (around Around) Begin(ctx context.Context, do func() error) error {
	if around == nil {
		return do()
	}
	return around(ctx, "BEGIN", nil, do)
}

type surrounded struct {
	Runner

	around Around
}

// Exec runs a statement.
func (s surrounded) Exec(ctx context.Context, q *Statement, args ...any) (n int, err error) {
	err = s.around(ctx, q.line(), args, func() error {
		n, err = s.Runner.Exec(ctx, q, args...)
		return err
	})
	return n, err
}

// Together runs what belongs together.
func (s surrounded) Together(ctx context.Context, fn func(context.Context, Runner) error) error {
	return s.Runner.Together(ctx, func(ctx context.Context, run Runner) error { return fn(ctx, s.around.Over(run)) })
}

func (s surrounded) rows(ctx context.Context, q *Statement, read func(*sql.Rows) error, args ...any) error {
	return s.around(ctx, q.line(), args, func() error { return s.Runner.rows(ctx, q, read, args...) })
}

// line is the text without line breaks.
func (s *Statement) line() string { return strings.Join(strings.Fields(s.text), " ") }
