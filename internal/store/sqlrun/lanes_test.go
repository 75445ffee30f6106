package sqlrun

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// The promises that every engine keeps are those of package storetest, and what
// happens when a database fails is tried in package store, which has tables.

var (
	create = Declare(`CREATE TABLE numbers (n BIGINT PRIMARY KEY)`)
	insert = Declare(`INSERT INTO numbers (n) VALUES (?)`)
	all    = Declare(`SELECT n FROM numbers ORDER BY n`)
	drop   = Declare(`DELETE FROM numbers WHERE n IN {many} AND n < ?`)
)

// open opens lanes on a database with a table of numbers.
func open(t *testing.T, o Options) *Lanes {
	t.Helper()
	e, err := engine.Parse("sqlite://"+filepath.Join(t.TempDir(), "numbers.db"), o.Timing())
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(e, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	if _, err := l.Direct().Exec(t.Context(), create); err != nil {
		t.Fatal(err)
	}
	return l
}

func expect(t *testing.T, l *Lanes, want ...int64) {
	t.Helper()
	if got, err := List(t.Context(), l.Direct(), Value[int64], all); err != nil || !slices.Equal(got, want) {
		t.Errorf("the numbers are %v (%v), want %v", got, err, want)
	}
}

func TestStatementsAreWrittenInBothNotations(t *testing.T) {
	t.Parallel()
	const many = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	for _, test := range []struct{ what, text, marks, numbered string }{
		{"values", "a = ? AND b = ?", "a = ? AND b = ?", "a = $1 AND b = $2"},
		{"literals have no question marks", "a = ? AND b = '?'", "a = ? AND b = '?'", "a = $1 AND b = '$2'"},
		{
			"a list", "a = ? AND b IN {many} AND c = ?", "a = ? AND b IN " + many + " AND c = ?",
			"a = $1 AND b IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) AND c = $18",
		},
	} {
		q := Declare(test.text)
		for _, got := range []struct{ text, want string }{
			{q.String(), test.marks},
			{q.For(engine.Engine{}), test.marks},
			{q.For(engine.Engine{Numbered: true}), test.numbered},
		} {
			if got.text != got.want {
				t.Errorf("%s: got %q, want %q", test.what, got.text, got.want)
			}
		}
	}
}

// TestSwallowedConflictStillCounts has a function hide a conflict, after which
// an engine that rolls back on deadlock would commit half a change.
func TestSwallowedConflictStillCounts(t *testing.T) {
	t.Parallel()
	l := open(t, Options{})
	conflict := fmt.Errorf("%w: %w", engine.ErrUnavailable, engine.ErrBusy)
	err := l.writer.transact(t.Context(), &budget{patience: patience}, false, func(ctx context.Context, run Runner) error {
		_ = run.(*txRunner).fail(ctx, conflict) //nolint:forcetypeassert // it is one
		_, err := run.Exec(ctx, insert, 1)
		return err
	})
	if !errors.Is(err, engine.ErrBusy) {
		t.Errorf("got %v, want the conflict", err)
	}
	expect(t, l)
}

func TestRacedInsertLooksAgain(t *testing.T) {
	t.Parallel()
	l := open(t, Options{})
	if err := l.Direct().Raced(engine.ErrTaken); err != nil {
		t.Errorf("outside of a transaction: got %v, want nil", err)
	}
	runs := 0
	err := l.Tx(t.Context(), func(ctx context.Context, run Runner) error {
		if runs++; runs > 2 {
			return nil
		}
		if _, err := run.Exec(ctx, insert, runs); err != nil {
			return err
		}
		_ = run.Raced(engine.ErrTaken) // and who does not pass it on does not go on
		return nil
	})
	if err != nil || runs != 3 {
		t.Errorf("%d runs (%v), want 3", runs, err)
	}
	expect(t, l)
}

func TestConflictThatDoesNotEndIsUnavailable(t *testing.T) {
	t.Parallel()
	l := open(t, Options{Patience: 50 * time.Millisecond})
	err := l.Tx(t.Context(), func(_ context.Context, run Runner) error { return run.Raced(engine.ErrTaken) })
	if !errors.Is(err, engine.ErrUnavailable) {
		t.Errorf("got %v, want engine.ErrUnavailable", err)
	}
}

func TestViewRefusesToWrite(t *testing.T) {
	t.Parallel()
	l := open(t, Options{})
	err := l.View(t.Context(), func(ctx context.Context, run Runner) error {
		_, err := run.Exec(ctx, insert, 1)
		return err
	})
	if !errors.Is(err, errReadOnly) || errors.Is(err, engine.ErrUnavailable) {
		t.Errorf("got %v, want a fault of ours", err)
	}
	expect(t, l)
}

func TestPanicUndoesItsTransaction(t *testing.T) {
	t.Parallel()
	l := open(t, Options{})
	func() {
		defer func() {
			if got := recover(); got != "oh" {
				t.Errorf("recovered %v, want what was thrown", got)
			}
		}()
		_ = l.Tx(t.Context(), func(ctx context.Context, run Runner) error {
			_, err := run.Exec(ctx, insert, 1)
			t.Logf("inserted (%v)", err)
			panic("oh")
		})
	}()
	expect(t, l) // and the connection that writes is free
	if _, err := l.Direct().Exec(t.Context(), insert, 2); err != nil {
		t.Error(err)
	}
}

// TestManyNamesEachRowOnce goes around the size of the list, which is filled up
// with its last row.
func TestManyNamesEachRowOnce(t *testing.T) {
	t.Parallel()
	for _, size := range []int64{0, 1, atOnce - 1, atOnce, atOnce + 1, 3*atOnce + 5} {
		l := open(t, Options{})
		var ids []int64
		err := l.Tx(t.Context(), func(ctx context.Context, run Runner) error {
			for n := range size + 1 {
				if _, err := run.Exec(ctx, insert, n); err != nil {
					return err
				}
				ids = append(ids, n)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		// The largest is named, and kept by what the statement repeats.
		if got, err := Many(t.Context(), l.Direct(), drop, nil, ids[:size], size-1); int64(got) != max(size-1, 0) || err != nil {
			t.Errorf("of %d rows %d were matched (%v)", size, got, err)
		}
		if size > 0 {
			expect(t, l, size-1, size)
		}
	}
}

func TestGetSaysThatThereIsNone(t *testing.T) {
	t.Parallel()
	l := open(t, Options{})
	if got, err := Get(t.Context(), l.Direct(), Value[int64], all); !errors.Is(err, engine.ErrNotFound) || got != 0 {
		t.Errorf("got %d, %v, want engine.ErrNotFound", got, err)
	}
}
