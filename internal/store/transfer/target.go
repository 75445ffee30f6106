package transfer

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// What this package writes down in the target stands in a table of its own and
// in facts that are not copied; both are gone when it is done.
const (
	probe    = "transfer_probe"
	verified = "(verified)" // in place of a table: the copy was compared
	origin   = "(source)"   // in place of a table: which database is copied
)

// text writes a statement with this engine's marks, one for each %s.
func (d Database) text(format string, marks int) string {
	all := make([]any, marks)
	for n := range all {
		all[n] = d.mark(n + 1)
	}
	return fmt.Sprintf(format, all...)
}

// note records what of a table is there.
func (d Database) note(ctx context.Context, tx *sql.Tx, c Copied) error {
	_, err := tx.ExecContext(ctx, d.text("DELETE FROM transfer_progress WHERE table_name = %s", 1), c.Table)
	if err == nil {
		_, err = tx.ExecContext(ctx, d.text("INSERT INTO transfer_progress (table_name, row_count, digest) VALUES (%s, %s, %s)", 3),
			c.Table, c.Rows, c.Digest.String())
	}
	if err != nil {
		return fmt.Errorf("record how far it is: %w", err)
	}
	return nil
}

func (r *run) note(ctx context.Context, c Copied) error {
	return r.To.change(ctx, func(tx *sql.Tx) error { return r.To.note(ctx, tx, c) })
}

// change runs fn in one transaction.
func (d Database) change(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := d.DB.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// prepare makes sure that the target may be written, and finds out what an
// earlier run has left.
func (r *run) prepare(ctx context.Context) error {
	if err := r.sameSchema(ctx); err != nil {
		return err
	}
	unfinished, err := r.From.fact(ctx, store.FactTransferUnfinished)
	if err != nil {
		return err
	}
	if unfinished != 0 {
		return ErrUnfinished
	}
	if err := r.sealed(ctx); err != nil {
		return err
	}
	source, err := r.identity(ctx)
	if err != nil {
		return err
	}
	r.had, err = r.To.progress(ctx)
	if err != nil {
		return err
	}
	if len(r.had) > 0 && r.had[origin].Digest == source {
		return nil
	}
	empty, err := r.empty(ctx)
	if err != nil {
		return err
	}
	if (!empty || len(r.had) > 0) && !r.Overwrite {
		return ErrNotEmpty
	}
	if err := r.different(ctx); err != nil {
		return err
	}
	return r.begin(ctx, source)
}

// sealed refuses a source whose last events are no leaves yet: the copy goes on with
// its tree.
func (r *run) sealed(ctx context.Context) error {
	var n int64
	if err := r.From.DB.QueryRowContext(ctx, "SELECT COUNT(*) FROM audit_unsealed").Scan(&n); err != nil {
		return fmt.Errorf("look whether the audit log is sealed: %w", err)
	}
	if n > 0 {
		return fmt.Errorf("%w: %d events", ErrUnsealed, n)
	}
	return nil
}

// sameSchema compares the two versions. A source that is older must be migrated
// by its operator; nothing is changed there in passing.
func (r *run) sameSchema(ctx context.Context) error {
	var from, to int64
	for into, db := range map[*int64]*sql.DB{&from: r.From.DB, &to: r.To.DB} {
		if err := db.QueryRowContext(ctx, "SELECT MAX(version_id) FROM goose_db_version").Scan(into); err != nil {
			return fmt.Errorf("read the schema version: %w", err)
		}
	}
	if from != to {
		return fmt.Errorf("%w: the source has version %d, the target %d; run sallyport migrate on both", ErrSchema, from, to)
	}
	return nil
}

// identity is the digest of the source's feeds: every database begins a history
// of its own.
func (r *run) identity(ctx context.Context) (Digest, error) {
	var d Digest
	tx, err := r.From.DB.BeginTx(ctx, r.From.Snapshot)
	if err != nil {
		return d, fmt.Errorf("begin to read the source: %w", err)
	}
	defer tx.Rollback()
	feed := Table{Name: "feed", Key: 1, Columns: []string{"realm_id", "history_id"}}
	err = read(ctx, tx, feed, func(row []any) error {
		sum, err := digestRow(feed, row)
		d = d.plus(sum)
		return err
	})
	if err == nil && d == (Digest{}) {
		err = errors.New("it was never used")
	}
	if err != nil {
		return d, fmt.Errorf("read the source's history: %w", err)
	}
	return d, nil
}

// progress reads what an earlier run has recorded; nothing if there was none.
func (d Database) progress(ctx context.Context) (map[string]Copied, error) {
	if err := d.DB.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("reach the target: %w", err)
	}
	had := map[string]Copied{}
	rows, err := d.DB.QueryContext(ctx, "SELECT table_name, row_count, digest FROM transfer_progress")
	if err != nil {
		return had, ctx.Err() // there is no such table
	}
	defer rows.Close()
	for rows.Next() {
		var c Copied
		var digest string
		if err := rows.Scan(&c.Table, &c.Rows, &digest); err != nil {
			return nil, fmt.Errorf("read how far it was: %w", err)
		}
		if c.Digest, err = parseDigest(digest); err != nil {
			return nil, fmt.Errorf("read how far it was: %w", err)
		}
		had[c.Table] = c
	}
	return had, rows.Err()
}

// empty tells whether the target holds nothing. A feed without revocations is
// nothing: whoever opens a database begins one.
func (r *run) empty(ctx context.Context) (bool, error) {
	for _, t := range r.tables {
		rows := t.rows()
		if t.Name == "feed" {
			rows += " WHERE number > 0"
		}
		var n int64
		if err := r.To.DB.QueryRowContext(ctx, "SELECT COUNT(*)"+rows).Scan(&n); err != nil {
			return false, fmt.Errorf("look into the target: %w", err)
		}
		if n > 0 {
			return false, nil
		}
	}
	return true, nil
}

// different makes sure that the target is another database, whatever its name
// is: what is written there must not be found here.
func (r *run) different(ctx context.Context) error {
	nonce := int64(binary.BigEndian.Uint64(secret.Bytes(8)) >> 2)
	if err := r.To.change(ctx, func(tx *sql.Tx) error { return r.To.setFact(ctx, tx, probe, nonce) }); err != nil {
		return err
	}
	found, err := r.From.fact(ctx, probe)
	if err == nil && found == nonce {
		err = ErrSame
	}
	return errors.Join(err, r.To.change(ctx, func(tx *sql.Tx) error { return r.To.dropFact(ctx, tx, probe) }))
}

// begin marks the target as unfinished and empties it.
func (r *run) begin(ctx context.Context, source Digest) error {
	err := r.To.change(ctx, func(tx *sql.Tx) error { return r.To.setFact(ctx, tx, store.FactTransferUnfinished, 1) })
	if err != nil {
		return err
	}
	if _, err := r.To.DB.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS transfer_progress (table_name VARCHAR(64) NOT NULL,
		row_count BIGINT NOT NULL, digest VARCHAR(64) NOT NULL, CONSTRAINT transfer_progress_pkey PRIMARY KEY (table_name))`); err != nil {
		return fmt.Errorf("make a table to record how far it is: %w", err)
	}
	if err := r.clear(ctx, r.tables); err != nil {
		return err
	}
	return r.note(ctx, Copied{Table: origin, Digest: source})
}

// clear deletes the rows of some tables, the last first, and that they were
// there.
func (r *run) clear(ctx context.Context, tables []Table) error {
	if err := r.forget(ctx, verified, ""); err != nil {
		return err
	}
	for _, t := range slices.Backward(tables) {
		if err := r.forget(ctx, t.Name, "DELETE"+t.rows()); err != nil {
			return fmt.Errorf("empty %s: %w", t.Name, err)
		}
	}
	return nil
}

// forget takes back that a table is there, and what a statement says.
func (r *run) forget(ctx context.Context, name, statement string) error {
	delete(r.had, name)
	return r.To.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, r.To.text("DELETE FROM transfer_progress WHERE table_name = %s", 1), name)
		if err == nil && statement != "" {
			_, err = tx.ExecContext(ctx, statement)
		}
		return err
	})
}

// Finish takes the marks of a transfer away. The target may be used from then
// on.
func Finish(ctx context.Context, to Database) error {
	if _, err := to.DB.ExecContext(ctx, "DROP TABLE transfer_progress"); err != nil {
		return fmt.Errorf("finish: %w", err)
	}
	return to.change(ctx, func(tx *sql.Tx) error { return to.dropFact(ctx, tx, store.FactTransferUnfinished) })
}

// fact reads one of our facts, 0 if there is none.
func (d Database) fact(ctx context.Context, name string) (int64, error) {
	var n int64
	err := d.DB.QueryRowContext(ctx, d.text("SELECT number FROM facts WHERE realm_id = %s AND name = %s", 2), store.DefaultRealm, name).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read a fact: %w", err)
	}
	return n, nil
}

func (d Database) setFact(ctx context.Context, tx *sql.Tx, name string, n int64) error {
	if err := d.dropFact(ctx, tx, name); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, d.text("INSERT INTO facts (realm_id, name, number) VALUES (%s, %s, %s)", 3), store.DefaultRealm, name, n)
	if err != nil {
		return fmt.Errorf("set a fact: %w", err)
	}
	return nil
}

func (d Database) dropFact(ctx context.Context, tx *sql.Tx, name string) error {
	_, err := tx.ExecContext(ctx, d.text("DELETE FROM facts WHERE realm_id = %s AND name = %s", 2), store.DefaultRealm, name)
	if err != nil {
		return fmt.Errorf("drop a fact: %w", err)
	}
	return nil
}
