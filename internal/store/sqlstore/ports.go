package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
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
		Sessions: sessions{p}, Revocations: revocations{p}, Attempts: attempts{p},
		Jobs: jobs{p}, JobLedger: jobLedger{p}, Audit: auditEvents{p},
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
	t, err := get(ctx, p, func(row scanner, t *time.Time) error { return row.Scan(at(t)) }, databaseNow)
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

// micros is how an instant is stored: microseconds, the zero time as NULL.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// at reads an instant into t.
func at(t *time.Time) sql.Scanner { return (*instant)(t) }

type instant time.Time

// Scan reads what micros stored.
func (i *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = instant{}
	case int64:
		*i = instant(time.UnixMicro(v).UTC())
	default:
		return fmt.Errorf("read a time from %T", v)
	}
	return nil
}

// bit is how a truth is stored.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// truth reads a bit into b.
func truth(b *bool) sql.Scanner { return (*yes)(b) }

type yes bool

// Scan reads what bit stored.
func (y *yes) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("read a truth from %T", v)
	}
	*y = n != 0
	return nil
}

// joined is how a list of words is stored: ",admin,editor,", so that a word is
// found between its commas. An empty list is "".
func joined(words []string) (string, error) {
	if len(words) == 0 {
		return "", nil
	}
	for _, w := range words {
		if w == "" || strings.Contains(w, ",") {
			return "", errors.New("store a list: a word is empty or holds a comma")
		}
	}
	return "," + strings.Join(words, ",") + ",", nil
}

// sorted is joined in order.
func sorted(words []string) (string, error) {
	words = slices.Clone(words)
	slices.Sort(words)
	return joined(slices.Compact(words))
}

// words reads a joined list into list; an empty one is nil.
func words(list *[]string) sql.Scanner { return (*commas)(list) }

type commas []string

// Scan reads what joined stored.
func (c *commas) Scan(v any) error {
	var s string
	switch v := v.(type) {
	case string:
		s = v
	case []byte: // as MySQL's driver gives text
		s = string(v)
	default:
		return fmt.Errorf("read a list from %T", v)
	}
	*c = nil
	if s = strings.Trim(s, ","); s != "" {
		*c = strings.Split(s, ",")
	}
	return nil
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
