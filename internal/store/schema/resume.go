package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// versions gives where the schema is and where it is to go. Goose makes its
// table first; where each CREATE is committed at once, a process that died there
// leaves a table without its first row, which is added.
func versions(ctx context.Context, p *goose.Provider, db *sql.DB, e engine.Engine, n notes) (current, target int64, err error) {
	current, target, err = p.GetVersions(ctx)
	if err == nil || !e.CommitsEachStep() {
		return current, target, err
	}
	if _, none := n.GetMigration(ctx, db, 0); !errors.Is(none, database.ErrVersionNotFound) {
		return 0, 0, err
	}
	if err := n.Insert(ctx, db, database.InsertRequest{Version: 0}); err != nil {
		return 0, 0, err
	}
	return p.GetVersions(ctx)
}

// notes is goose's table of the steps that are done.
type notes struct {
	database.StoreExtender

	suffix string // of every table, as the engine wants it
}

func newNotes(e engine.Engine) (notes, error) {
	st, err := database.NewStore(gooseDialect(e), goose.DefaultTablename)
	if err != nil {
		return notes{}, err
	}
	extended, ok := st.(database.StoreExtender)
	if !ok {
		return notes{}, errors.New("goose cannot look for its table")
	}
	return notes{extended, e.TableSuffix}, nil
}

// mysqlNotes is the table as goose makes it on MySQL, but for the suffix:
// without one the table would have the engine and the collation that the server
// has for a default, and a table of MyISAM forgets what a crash interrupts.
const mysqlNotes = `CREATE TABLE ` + goose.DefaultTablename + ` (
	id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
	version_id BIGINT NOT NULL,
	is_applied BOOLEAN NOT NULL,
	tstamp DATETIME NULL DEFAULT CURRENT_TIMESTAMP,
	PRIMARY KEY (id)
)`

// CreateVersionTable makes the table.
func (n notes) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	if n.suffix == "" {
		return n.StoreExtender.CreateVersionTable(ctx, db)
	}
	_, err := db.ExecContext(ctx, mysqlNotes+n.suffix)
	return err
}

// noteDone looks at a step that failed. MySQL commits each CREATE at once, so a
// process that died before goose noted the step leaves it done and not noted;
// then it is noted now. A table of that name which is not the one that the step
// makes belongs to somebody else, and is left alone.
func noteDone(ctx context.Context, db *sql.DB, e engine.Engine, n notes, failed error) (bool, error) {
	partial, ok := errors.AsType[*goose.PartialError](failed)
	if !ok || !e.Exists(failed) || partial.Failed == nil {
		return false, nil
	}
	steps, err := stepsOf(e)
	if err != nil {
		return false, err
	}
	version := partial.Failed.Source.Version
	at := slices.IndexFunc(steps, func(s step) bool { return s.version == version })
	if at < 0 {
		return false, nil
	}
	if m := createTable.FindStringSubmatch(steps[at].statement); m != nil {
		if err := sameColumns(ctx, db, m[1], steps[at:]); err != nil {
			return false, err
		}
	}
	return true, n.Insert(ctx, db, database.InsertRequest{Version: version})
}

var (
	createTable  = regexp.MustCompile(`(?m)^CREATE TABLE (\w+) \($`)
	createColumn = regexp.MustCompile(`(?m)^\t(\w+) +(?:VARCHAR|TEXT|BIGINT|INTEGER|SMALLINT)\b`)
	addColumn    = regexp.MustCompile(`(?m)^ALTER TABLE (\w+) ADD COLUMN (\w+) `)
)

// addedColumns lists what later steps add to a table, in their order.
func addedColumns(table string, later []step) []string {
	var added []string
	for _, s := range later {
		if m := addColumn.FindStringSubmatch(s.statement); m != nil && m[1] == table {
			added = append(added, m[2])
		}
	}
	return added
}

// sameColumns compares a table with the first of steps, which would have made it,
// and with those that add to it: some of them may have been done as well.
func sameColumns(ctx context.Context, db *sql.DB, table string, steps []step) error {
	var want []string
	for _, m := range createColumn.FindAllStringSubmatch(steps[0].statement, -1) {
		want = append(want, m[1])
	}
	added := addedColumns(table, steps[1:])
	rows, err := db.QueryContext(ctx, `SELECT column_name FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`, table)
	if err != nil {
		return err
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		got = append(got, strings.ToLower(name))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	more := len(got) - len(want)
	if more < 0 || more > len(added) || !slices.Equal(got, append(want, added[:more]...)) {
		return fmt.Errorf("the database has a table %s that is not Sallyport's: give Sallyport a database of its own", table)
	}
	return nil
}
