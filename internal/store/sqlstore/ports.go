package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
)

// errNotDirect is returned for what only makes sense inside Store.Tx. It is a
// fault of ours.
var errNotDirect = errors.New("needs a transaction")

// port is what every port stands on. Ports hold nothing but a pointer to it.
type port struct {
	runner
	realm   string
	clock   clock.Clock
	effects *effects // nil outside Store.Tx
}

// ports binds the set of ports to a runner.
func (db *DB) ports(run runner, fx *effects) store.Tx {
	p := &port{runner: run, realm: db.realm, clock: db.clock, effects: fx}
	return store.Tx{
		Users: users{p}, Credentials: credentials{p}, Signups: signups{p}, Tokens: tokens{p},
		Sessions: sessions{p}, Devices: devices{p}, Revocations: revocations{p}, Attempts: attempts{p},
		Jobs: jobs{p}, JobLedger: jobLedger{p}, Audit: auditEvents{p},
		Passkeys: passkeys{p}, Challenges: challenges{p},
		SigningKeys: signingKeys{p}, SecretKeys: secretKeys{p}, Facts: facts{p}, History: history{p},
	}
}

// databaseNow is the one statement that reads the database's clock alone.
var databaseNow = q(`SELECT {now}`)

// Now is the database's time.
func (db *DB) Now(ctx context.Context) (time.Time, error) {
	return (&port{runner: direct{db}, clock: db.clock}).now(ctx)
}

func (p *port) now(ctx context.Context) (time.Time, error) {
	t, err := get(ctx, p, func(row scanner, t *time.Time) error { return row.Scan(column.At(t)) }, databaseNow)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the database's time: %w", err)
	}
	return p.told(t), nil
}

// told passes the database's time through the clock, to the precision that is
// stored.
func (p *port) told(t time.Time) time.Time {
	return time.UnixMicro(p.clock.Database(t).UnixMicro()).UTC()
}

// change runs a compare-and-set and reports whether this call changed a row.
func (p *port) change(ctx context.Context, q *query, args ...any) (bool, error) {
	n, err := p.exec(ctx, q, args...)
	return n > 0, err
}

// add runs an insert.
func (p *port) add(ctx context.Context, q *query, args ...any) error {
	_, err := p.exec(ctx, q, args...)
	return err
}

// scanner is a row.
type scanner interface{ Scan(dest ...any) error }

// get reads one row, or returns store.ErrNotFound.
func get[T any](ctx context.Context, run runner, scan func(scanner, *T) error, q *query, args ...any) (T, error) {
	var out T
	found := false
	err := run.rows(ctx, q, func(rows *sql.Rows) error {
		if found = rows.Next(); found {
			return scan(rows, &out)
		}
		return nil
	}, args...)
	if err == nil && !found {
		err = store.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return out, nil
}

// list reads every row.
func list[T any](ctx context.Context, run runner, scan func(scanner, *T) error, q *query, args ...any) ([]T, error) {
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

// beyond is the cursor of a list's first page, where newest come first: it
// sorts after every identifier.
const beyond = "~"

func cursor(after string) string {
	if after == "" {
		return beyond
	}
	return after
}
