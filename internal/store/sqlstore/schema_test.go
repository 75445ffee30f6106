package sqlstore

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSchemaIsAsWritten reads the columns and keys back from the engine. The
// golden file is one for all engines: declared types, not stored ones.
func TestSchemaIsAsWritten(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	var b strings.Builder
	for _, table := range column(t, db, `SELECT name FROM sqlite_master WHERE type = 'table'
		AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%' ORDER BY name`) {
		fmt.Fprintf(&b, "%s\n", table)
		for _, query := range []string{
			`SELECT '  ' || name || ' ' || lower(type) || CASE WHEN "notnull" THEN '' ELSE ' null' END FROM pragma_table_info(?) ORDER BY cid`,
			`SELECT '  key ' || group_concat(name, ' ') FROM (SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)`,
			`SELECT '  unique ' || (SELECT group_concat(name, ' ') FROM pragma_index_info(l.name))
				FROM pragma_index_list(?) l WHERE origin = 'u' ORDER BY 1`,
			`SELECT '  index ' || name || ' ' || (SELECT group_concat(name, ' ') FROM pragma_index_info(l.name))
				FROM pragma_index_list(?) l WHERE origin = 'c' ORDER BY 1`,
			`SELECT '  foreign ' || group_concat("from" || '=' || "table" || '.' || "to", ' ')
				FROM pragma_foreign_key_list(?) GROUP BY id ORDER BY 1`,
		} {
			for _, line := range column(t, db, query, table) {
				fmt.Fprintln(&b, line)
			}
		}
	}
	golden(t, "schema", b.String())
}

// golden compares with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name + ".golden"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", path, diff)
	}
}

// column reads one column of text.
func column(t *testing.T, db *DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.reader.db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
