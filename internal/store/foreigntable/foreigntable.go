// Package foreigntable reads a table of another program's database, on any engine
// that this program runs on. It changes nothing there: SQLite is opened for reading
// alone, and nothing but SELECT is sent.
//
// Names of tables and columns cannot be bound to a statement. They are quoted, and
// refused unless they are plain words.
package foreigntable

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

const (
	// pageRows is how many rows are read at once.
	pageRows = 1000
	// contactWithin bounds the making of a connection.
	contactWithin = 10 * time.Second
)

var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// ErrKey is returned by [Table.Each] if the rows that it gave are not the rows of the
// table: the key is not unique, or the table has changed.
var ErrKey = errors.New("the column that holds the id is not unique, or rows came or went meanwhile")

// Table is a table, open for reading.
type Table struct {
	db      *sql.DB
	engine  engine.Engine
	name    string // as it was given
	quoted  string
	columns []string
}

// Row is a row by the names of its columns.
type Row struct {
	Key    string
	Values map[string]any
}

// Open opens a table of the database that a URL names. A schema may stand before
// the table, with a dot.
func Open(ctx context.Context, url, table string) (*Table, error) {
	e, err := engine.Parse(url, engine.Timing{Limit: contactWithin})
	if err != nil {
		return nil, err
	}
	role := engine.Migrating // without a limit to what a statement takes
	if e.Path != "" {
		role = engine.Reading
		if _, err := os.Stat(e.Path); err != nil {
			return nil, fmt.Errorf("there is no database: %w", err)
		}
	}
	t := &Table{engine: e, name: table}
	if t.quoted, err = t.quote(strings.Split(table, ".")...); err != nil {
		return nil, err
	}
	if t.db, err = e.Open(role); err != nil {
		return nil, err
	}
	if err := t.readColumns(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("read the columns of %s: %w", table, err), t.db.Close())
	}
	return t, nil
}

// Close closes the database.
func (t *Table) Close() error { return t.db.Close() }

// Columns names the columns, in their order.
func (t *Table) Columns() []string { return t.columns }

// Name is the name of the table.
func (t *Table) Name() string { return t.name }

func (t *Table) quote(names ...string) (string, error) {
	mark := `"`
	if t.engine.Name == "mysql" {
		mark = "`"
	}
	quoted := make([]string, len(names))
	for n, name := range names {
		if !plain.MatchString(name) {
			return "", fmt.Errorf("%q is not the name of a table or a column: letters, digits and underscores", name)
		}
		quoted[n] = mark + name + mark
	}
	return strings.Join(quoted, "."), nil
}

func (t *Table) readColumns(ctx context.Context) error {
	rows, err := t.db.QueryContext(ctx, "SELECT * FROM "+t.quoted+" WHERE 1 = 0") //nolint:gosec,unqueryvet // which columns there are is what it asks; the name is plain and quoted
	if err != nil {
		return err
	}
	defer rows.Close()
	if t.columns, err = rows.Columns(); err != nil {
		return err
	}
	return rows.Err()
}

// Each calls fn for each row in the order of its key, behind the one that after
// names, or for all if it is empty. Only the columns that are asked for are read.
func (t *Table) Each(ctx context.Context, key string, columns []string, after string, fn func(Row) error) error {
	names := append([]string{key}, columns...)
	quoted := make([]string, len(names))
	for n, name := range names {
		var err error
		if quoted[n], err = t.quote(name); err != nil {
			return err
		}
	}
	page := page{table: t, names: names, fn: fn}
	what := "SELECT " + strings.Join(quoted, ", ") + " FROM " + t.quoted
	order := " ORDER BY " + quoted[0] + " LIMIT "
	page.first, page.next = what+order+t.place(1), what+" WHERE "+quoted[0]+" > "+t.place(1)+order+t.place(2)
	whole := after == ""
	if !whole {
		page.last = typed(after)
	}
	for {
		n, err := page.read(ctx)
		if err != nil {
			return err
		}
		if n < pageRows {
			break
		}
	}
	if !whole {
		return nil
	}
	return t.counted(ctx, page.given)
}

// counted makes sure that as many rows were given as there are.
func (t *Table) counted(ctx context.Context, given int64) error {
	var rows int64
	if err := t.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+t.quoted).Scan(&rows); err != nil {
		return err
	}
	if rows != given {
		return fmt.Errorf("%w: read %d of %d rows of %s", ErrKey, given, rows, t.name)
	}
	return nil
}

func (t *Table) place(n int) string {
	if t.engine.Numbered {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// binaryKey begins a key that is no text.
const binaryKey = "\\x"

// typed is a key as it was read: a number if it is written as one.
func typed(key string) any {
	if digits, is := strings.CutPrefix(key, binaryKey); is {
		if b, err := hex.DecodeString(digits); err == nil {
			return b
		}
	}
	if n, err := strconv.ParseInt(key, 10, 64); err == nil && strconv.FormatInt(n, 10) == key {
		return n
	}
	return key
}
