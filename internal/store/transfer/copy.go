package transfer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const (
	pageRows   = 2000    // committed together
	chunkRows  = 200     // written by one statement
	chunkBytes = 1 << 20 // nearly so much in one statement, whatever the number of rows
	parameters = 30_000  // of one statement; SQLite takes 32,766
)

// errPrefix is returned when the rows that an earlier run copied are not those
// that the source begins with now.
var errPrefix = errors.New("the source has changed since the last run")

// read hands every row of a table to use, in the order of its key. The row is
// valid until use returns.
func read(ctx context.Context, tx *sql.Tx, t Table, use func(row []any) error) error {
	//nolint:gosec // the names are those of the list of tables
	text := "SELECT " + strings.Join(t.Columns, ", ") + t.rows() + " ORDER BY " + strings.Join(t.Columns[:t.Key], ", ")
	rows, err := tx.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	row, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for n := range row {
		into[n] = &row[n]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for n, value := range row {
			switch v := value.(type) {
			case []byte:
				row[n] = string(v)
			case int32:
				row[n] = int64(v)
			case int16:
				row[n] = int64(v)
			}
		}
		if err := use(row); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// copyTable copies what an earlier run has not, or returns errPrefix.
func (r *run) copyTable(ctx context.Context, t Table) (Copied, error) {
	had := r.had[t.Name]
	seen := Copied{Table: t.Name}
	p := &page{run: r, table: t}
	defer p.drop()
	before := r.rows
	err := read(ctx, r.source, t, func(row []any) error {
		sum, err := digestRow(t, row)
		if err != nil {
			return err
		}
		if seen.Rows == had.Rows && seen.Digest != had.Digest {
			return errPrefix
		}
		seen.Digest = seen.Digest.plus(sum)
		seen.Rows++
		if seen.Rows <= had.Rows {
			return nil
		}
		return p.add(ctx, row, seen)
	})
	if err == nil && seen.Rows <= had.Rows && (seen.Rows < had.Rows || seen.Digest != had.Digest) {
		err = errPrefix
	}
	if err == nil {
		err = p.end(ctx, seen)
	}
	if err != nil {
		r.rows = before
		return Copied{}, err
	}
	r.rows = before + seen.Rows
	r.resumed += had.Rows
	r.tell("copy", t, r.rows)
	return seen, nil
}

// page is the rows that are written in one transaction.
type page struct {
	run   *run
	table Table
	tx    *sql.Tx   // nil until there is something to write
	full  *sql.Stmt // of this transaction, for as many rows as one statement takes
	rows  int       // of this transaction
	args  []any     // of the next statement
	bytes int
}

// add takes a row; seen is the table up to it.
func (p *page) add(ctx context.Context, row []any, seen Copied) error {
	p.args = append(p.args, row...)
	for _, value := range row {
		if s, ok := value.(string); ok {
			p.bytes += len(s)
		}
	}
	if n := len(p.args) / len(row); n >= p.chunk() || p.bytes >= chunkBytes {
		if err := p.write(ctx); err != nil {
			return err
		}
	}
	if p.rows++; p.rows < pageRows {
		return nil
	}
	if err := p.end(ctx, seen); err != nil {
		return err
	}
	p.run.tell("copy", p.table, p.run.rows+seen.Rows)
	return nil
}

// chunk is how many rows one statement takes.
func (p *page) chunk() int { return min(chunkRows, parameters/len(p.table.Columns)) }

// begin begins the transaction. What is written now was not compared.
func (p *page) begin(ctx context.Context) (err error) {
	if p.tx != nil {
		return nil
	}
	if p.run.had[verified].Rows > 0 {
		if err := p.run.forget(ctx, verified, ""); err != nil {
			return err
		}
	}
	if p.tx, err = p.run.To.DB.BeginTx(ctx, nil); err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	return nil
}

// write writes the rows that were taken.
func (p *page) write(ctx context.Context) error {
	if len(p.args) == 0 {
		return nil
	}
	if err := p.begin(ctx); err != nil {
		return err
	}
	n := len(p.args) / len(p.table.Columns)
	var err error
	if n == p.chunk() {
		if p.full == nil {
			if p.full, err = p.tx.PrepareContext(ctx, p.run.To.insert(p.table, n)); err != nil {
				return fmt.Errorf("prepare to write: %w", err)
			}
		}
		_, err = p.full.ExecContext(ctx, p.args...)
	} else {
		_, err = p.tx.ExecContext(ctx, p.run.To.insert(p.table, n), p.args...)
	}
	if err != nil {
		return fmt.Errorf("write rows %v to %v: %w", p.args[:p.table.Key], p.args[len(p.args)-len(p.table.Columns):][:p.table.Key], err)
	}
	p.args, p.bytes = p.args[:0], 0
	return nil
}

// end commits what was taken, and that it is there.
func (p *page) end(ctx context.Context, seen Copied) error {
	if err := p.write(ctx); err != nil {
		return err
	}
	if p.tx == nil {
		return nil
	}
	defer p.drop()
	if err := p.run.To.note(ctx, p.tx, seen); err != nil {
		return err
	}
	if err := p.tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// drop lets go of the transaction and undoes what was not committed.
func (p *page) drop() {
	if p.full != nil {
		_ = p.full.Close()
	}
	if p.tx != nil {
		_ = p.tx.Rollback()
	}
	p.tx, p.full, p.rows = nil, nil, 0
}

// insert is the statement that writes n rows.
func (d Database) insert(t Table, n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.Name + " (" + strings.Join(t.Columns, ", ") + ") VALUES ")
	mark := 0
	for row := range n {
		if row > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for column := range t.Columns {
			if column > 0 {
				b.WriteString(", ")
			}
			mark++
			b.WriteString(d.mark(mark))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// mark stands for the nth value.
func (d Database) mark(n int) string {
	if d.Numbered {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}
