package sqlrun

import (
	"context"
	"database/sql"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// Runner runs statements: each in its own transaction, as [Lanes.Direct] does,
// or all in one. Rows are read by [Get] and [List]. Only this package makes one.
type Runner interface {
	// Exec runs a statement that changes rows and says how many it matched. A row
	// that a unique key refuses is store.ErrTaken.
	Exec(ctx context.Context, q *Statement, args ...any) (int, error)
	// Together runs fn in one transaction, which is this one if there is one.
	Together(ctx context.Context, fn func(context.Context, Runner) error) error
	// Raced is for whoever looked, found nothing, and met a unique key when it
	// inserted: nil means look again. In a transaction that cannot be, for
	// PostgreSQL has undone it and MySQL still shows what was there; so it is a
	// conflict there, and the whole transaction runs again.
	Raced(err error) error

	// rows hands the rows to read, which may be called again from the start.
	rows(ctx context.Context, q *Statement, read func(*sql.Rows) error, args ...any) error
}

// Row is what a scan function reads columns from.
type Row interface{ Scan(dest ...any) error }

// Get reads one row, or returns store.ErrNotFound.
func Get[T any](ctx context.Context, run Runner, scan func(Row, *T) error, q *Statement, args ...any) (T, error) {
	var out T
	found := false
	err := run.rows(ctx, q, func(rows *sql.Rows) error {
		if found = rows.Next(); found {
			return scan(rows, &out)
		}
		return nil
	}, args...)
	if err == nil && !found {
		err = engine.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return out, nil
}

// List reads every row. That there is none is no error.
func List[T any](ctx context.Context, run Runner, scan func(Row, *T) error, q *Statement, args ...any) ([]T, error) {
	var out []T
	err := run.rows(ctx, q, func(rows *sql.Rows) error {
		out = nil // the rows of a run that met a conflict
		for rows.Next() {
			var v T
			if err := scan(rows, &v); err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	}, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Value reads rows of one column, for [Get] and [List].
func Value[T any](row Row, v *T) error { return row.Scan(v) }

// Many runs a statement that says {many} often enough for all of ids, in one
// transaction, and says how many rows it matched; first and last are the values
// before and after the list. MariaDB, which would read a whole table to find the
// rows that a subquery lists, finds those that are named by their key. The
// statement repeats what made somebody list them, which may hold no more.
func Many[T any](ctx context.Context, run Runner, q *Statement, first []any, ids []T, last ...any) (matched int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = run.Together(ctx, func(ctx context.Context, run Runner) error {
		matched = 0
		for some := range slices.Chunk(ids, atOnce) {
			args := slices.Clone(first)
			for i := range atOnce {
				args = append(args, some[min(i, len(some)-1)]) // filled up with the last
			}
			n, err := run.Exec(ctx, q, append(args, last...)...)
			if err != nil {
				return err
			}
			matched += n
		}
		return nil
	})
	return matched, err
}

// ListMany reads the rows of a statement that says {many} last, for all of ids.
func ListMany[T, V any](
	ctx context.Context, run Runner, scan func(Row, *T) error, q *Statement, first []any, ids []V,
) (all []T, err error) {
	for some := range slices.Chunk(ids, atOnce) {
		args := slices.Clone(first)
		for i := range atOnce {
			args = append(args, some[min(i, len(some)-1)]) // filled up with the last
		}
		rows, err := List(ctx, run, scan, q, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
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
