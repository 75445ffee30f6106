// Package transfer copies every row of one database into another, of whatever
// engine, and proves that it did.
//
// # The copy
//
// The source is read in one snapshot, table by table, those that others refer to
// first, in the order of the primary key. Rows are written a page at a time; with
// each page, in the same transaction, stands how many rows of the table there
// are and their digest. Memory is bounded by the page.
//
// # The digest
//
// A row's digest is the SHA-256 of its table's name and of its columns, each with
// its kind and its length. That of a table is the sum of its rows' modulo 2^256:
// it does not depend on an order, about which engines differ. It says that two
// tables hold the same rows, not that nobody could construct others with the
// same sum.
//
// When everything is copied the target is read once more and its digests are
// compared. Then the source is read once more: if it has changed since the
// snapshot, the copy is a copy of a past, and ErrChanged says so.
//
// # Interruption
//
// A transfer that was interrupted, in whatever way, goes on where it was: the
// rows that are there are read at the source, and if their digest is the
// recorded one, the rest follows. A table that has changed since is copied anew,
// with those behind it in the list.
//
// While a transfer is unfinished the target holds the fact
// store.FactTransferUnfinished, and
// nothing starts on it.
//
// # Refusals
//
// A target that holds anything is overwritten only if the caller says so. One
// that is the source under another name, or has another schema, is refused.
//
// This package never writes to the source, but for a fact that tells whether
// the target is the same database, if it finds it there. It knows nothing of what
// the rows mean: the new history and the jobs that run are package restore's.
package transfer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

var (
	// ErrNotEmpty is returned for a target that holds rows.
	ErrNotEmpty = errors.New("the target is not empty")
	// ErrSame is returned when source and target are one database.
	ErrSame = errors.New("source and target are the same database")
	// ErrSchema is returned when the two cannot be compared.
	ErrSchema = errors.New("source and target have different schemas")
	// ErrChanged is returned when the source has changed since the snapshot.
	// Running again copies what has changed.
	ErrChanged = errors.New("the source changed while it was copied")
	// ErrUnfinished is returned for a source that is itself half a copy.
	ErrUnfinished = errors.New("the source is the target of a transfer that was not finished")
	// ErrUnsealed is returned for a source with audit events that are not sealed:
	// "sallyport audit seal" does that.
	ErrUnsealed = errors.New("the audit log of the source is not sealed to its end")
	// ErrDiffers is returned when the target does not hold what was copied. It
	// was emptied; running again begins anew.
	ErrDiffers = errors.New("the target differs from the source")
)

// Database is one of the two.
type Database struct {
	DB       *sql.DB
	Numbered bool           // $1, $2 instead of ?
	Snapshot *sql.TxOptions // of a transaction that reads one state
}

// Options says what to copy where. Both databases have the schema of this
// program.
type Options struct {
	From, To  Database
	Overwrite bool           // delete what the target holds
	Progress  func(Progress) // hears of each page; may be nil
}

// Progress is how far a transfer is.
type Progress struct {
	Doing    string // "copy", "compare" or "look again"
	Table    string
	Rows, Of int64 // of all tables
}

// Copied says what a table holds at both ends.
type Copied struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Digest Digest `json:"digest"`
}

// Result says what was done.
type Result struct {
	Tables  []Copied `json:"tables"`
	Rows    int64    `json:"rows"`
	Resumed int64    `json:"resumed"` // rows that an earlier run had copied
}

// run is one transfer.
type run struct {
	Options

	tables  []Table
	source  *sql.Tx
	had     map[string]Copied // what an earlier run had copied
	total   int64
	rows    int64
	resumed int64
}

// Run copies. When it returns nil the target holds what the source holds and is
// still marked as unfinished: mark what must differ, and call [Finish].
func Run(ctx context.Context, o Options) (Result, error) {
	r := &run{Options: o, tables: Tables()}
	if err := r.prepare(ctx); err != nil {
		return Result{}, err
	}
	copied, err := r.copyAll(ctx)
	if err != nil {
		return Result{}, err
	}
	settled := slices.ContainsFunc(copied, func(c Copied) bool { return c != r.had[c.Table] }) || r.had[verified].Rows == 0
	if settled {
		err := r.compare(ctx, "compare", o.To, copied, ErrDiffers)
		if errors.Is(err, ErrDiffers) {
			err = errors.Join(err, r.clear(ctx, r.tables))
		}
		if err != nil {
			return Result{}, err
		}
	}
	if err := r.compare(ctx, "look again", o.From, copied, ErrChanged); err != nil {
		return Result{}, err
	}
	if err := r.note(ctx, Copied{Table: verified, Rows: 1}); err != nil {
		return Result{}, err
	}
	return Result{Tables: copied, Rows: r.rows, Resumed: r.resumed}, nil
}

// copyAll copies every table of one snapshot.
func (r *run) copyAll(ctx context.Context) (_ []Copied, err error) {
	r.source, err = r.From.DB.BeginTx(ctx, r.From.Snapshot)
	if err != nil {
		return nil, fmt.Errorf("begin to read the source: %w", err)
	}
	defer r.source.Rollback()
	if err := r.count(ctx); err != nil {
		return nil, err
	}
	copied := make([]Copied, 0, len(r.tables))
	for n, t := range r.tables {
		if r.had[t.Name].Rows == 0 {
			// A server that tried to start on half a copy has begun a feed.
			if err := r.forget(ctx, t.Name, "DELETE"+t.rows()); err != nil {
				return nil, fmt.Errorf("empty %s: %w", t.Name, err)
			}
		}
		c, err := r.copyTable(ctx, t)
		if errors.Is(err, errPrefix) {
			if err := r.clear(ctx, r.tables[n:]); err != nil {
				return nil, err
			}
			c, err = r.copyTable(ctx, t)
		}
		if err != nil {
			return nil, fmt.Errorf("copy %s: %w", t.Name, err)
		}
		copied = append(copied, c)
	}
	return copied, nil
}

// count finds out how much there is to do.
func (r *run) count(ctx context.Context) error {
	for _, t := range r.tables {
		var n int64
		if err := r.source.QueryRowContext(ctx, "SELECT COUNT(*)"+t.rows()).Scan(&n); err != nil {
			return fmt.Errorf("count %s: %w", t.Name, err)
		}
		r.total += n
	}
	return nil
}

func (r *run) tell(doing string, t Table, n int64) {
	if r.Progress != nil {
		r.Progress(Progress{Doing: doing, Table: t.Name, Rows: n, Of: r.total})
	}
}

// compare reads every table and compares it with what was copied.
func (r *run) compare(ctx context.Context, doing string, db Database, copied []Copied, differs error) error {
	tx, err := db.DB.BeginTx(ctx, db.Snapshot)
	if err != nil {
		return fmt.Errorf("begin to %s: %w", doing, err)
	}
	defer tx.Rollback()
	var all int64
	for n, t := range r.tables {
		c := Copied{Table: t.Name}
		err := read(ctx, tx, t, func(row []any) error {
			sum, err := digestRow(t, row)
			c.Digest = c.Digest.plus(sum)
			if c.Rows++; c.Rows%pageRows == 0 {
				r.tell(doing, t, all+c.Rows)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("%s %s: %w", doing, t.Name, err)
		}
		all += c.Rows
		if c != copied[n] {
			return fmt.Errorf("%w: table %s has %d rows with digest %s, and not %d with %s",
				differs, t.Name, c.Rows, c.Digest, copied[n].Rows, copied[n].Digest)
		}
	}
	return nil
}
