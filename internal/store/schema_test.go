package store

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// catalogue is how an engine is asked for its tables, and for the columns, the
// primary key, unique keys, indexes and foreign keys of one.
type catalogue struct {
	tables string
	of     []string
}

var catalogues = map[string]catalogue{
	"sqlite": {
		`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%' ORDER BY name`,
		[]string{
			`SELECT '  ' || name || ' ' || lower(type) || CASE WHEN "notnull" THEN '' ELSE ' null' END FROM pragma_table_info(?) ORDER BY cid`,
			`SELECT '  key ' || group_concat(name, ' ') FROM (SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)`,
			`SELECT '  unique ' || (SELECT group_concat(name, ' ') FROM pragma_index_info(l.name))
				FROM pragma_index_list(?) l WHERE origin = 'u' ORDER BY 1`,
			`SELECT '  index ' || name || ' ' || (SELECT group_concat(name, ' ') FROM pragma_index_info(l.name))
				FROM pragma_index_list(?) l WHERE origin = 'c' ORDER BY 1`,
			`SELECT '  foreign ' || group_concat("from" || '=' || "table" || '.' || "to", ' ')
				FROM pragma_foreign_key_list(?) GROUP BY id ORDER BY 1`,
		},
	},
	"mysql": {
		`SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%' ORDER BY 1`,
		[]string{
			`SELECT CONCAT('  ', column_name, ' ', column_type, IF(is_nullable = 'YES', ' null', ''))
				FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`,
			`SELECT CONCAT('  key ', GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ' ')) FROM information_schema.statistics
				WHERE table_schema = DATABASE() AND table_name = ? AND index_name = 'PRIMARY' GROUP BY index_name`,
			`SELECT CONCAT('  unique ', GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ' ')) FROM information_schema.statistics
				WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0 AND index_name <> 'PRIMARY' GROUP BY index_name ORDER BY 1`,
			`SELECT CONCAT('  index ', index_name, ' ', GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ' '))
				FROM information_schema.statistics
				WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 1 GROUP BY index_name ORDER BY 1`,
			`SELECT CONCAT('  foreign ', GROUP_CONCAT(CONCAT(column_name, '=', referenced_table_name, '.', referenced_column_name)
					ORDER BY ordinal_position SEPARATOR ' '))
				FROM information_schema.key_column_usage
				WHERE table_schema = DATABASE() AND table_name = ? AND referenced_table_name IS NOT NULL GROUP BY constraint_name ORDER BY 1`,
		},
	},
	"postgres": {
		`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' ORDER BY 1`,
		[]string{
			`SELECT '  ' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '' ELSE ' null' END
				FROM pg_attribute WHERE attrelid = CAST(CAST($1 AS text) AS regclass) AND attnum > 0 ORDER BY attnum`,
			postgresIndexes(`'  key '`, `i.indisprimary`),
			postgresIndexes(`'  unique '`, `i.indisunique AND NOT i.indisprimary`),
			postgresIndexes(`'  index ' || CAST(i.indexrelid AS regclass) || ' '`, `NOT i.indisunique`),
			`SELECT '  foreign ' || string_agg(a.attname || '=' || CAST(c.confrelid AS regclass) || '.' || b.attname, ' ' ORDER BY u.n)
				FROM pg_constraint c, unnest(c.conkey, c.confkey) WITH ORDINALITY AS u(mine, theirs, n), pg_attribute a, pg_attribute b
				WHERE c.conrelid = CAST(CAST($1 AS text) AS regclass) AND c.contype = 'f'
					AND a.attrelid = c.conrelid AND a.attnum = u.mine AND b.attrelid = c.confrelid AND b.attnum = u.theirs
				GROUP BY c.oid ORDER BY 1`,
		},
	},
}

func postgresIndexes(title, which string) string {
	return `SELECT ` + title + ` || string_agg(a.attname, ' ' ORDER BY u.n)
		FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS u(attnum, n), pg_attribute a
		WHERE i.indrelid = CAST(CAST($1 AS text) AS regclass) AND ` + which + ` AND a.attrelid = i.indrelid AND a.attnum = u.attnum
		GROUP BY i.indexrelid ORDER BY 1`
}

// TestSchemaIsAsWritten reads the columns and keys back from each engine. The
// golden file is one for all.
func TestSchemaIsAsWritten(t *testing.T) {
	t.Parallel()
	// Each engine has its own words for our types.
	ours := strings.NewReplacer("character varying", "varchar", "bigint(20)", "bigint", "smallint(6)", "smallint", " int(11)", " integer")
	integer := regexp.MustCompile(`\bint\b`)
	fleettest.OnEachEngine(t, func(t *testing.T, name string) {
		db := openTest(t, Options{URL: fleettest.Database(t, name)})
		raw, c := console(t, db), catalogues[db.engine.Name]
		var b strings.Builder
		tables := texts(t, raw, c.tables)
		slices.Sort(tables) // engines order an underscore in ways of their own
		for _, table := range tables {
			fmt.Fprintf(&b, "%s\n", table)
			for _, query := range c.of {
				for _, line := range texts(t, raw, query, table) {
					fmt.Fprintln(&b, integer.ReplaceAllString(ours.Replace(line), "integer"))
				}
			}
		}
		golden(t, "schema", b.String())
	})
}

// TestTextIsComparedByteForByte looks at every column of MySQL and MariaDB, for a
// table that is made without its suffix would have the server's collation.
func TestTextIsComparedByteForByte(t *testing.T) {
	t.Parallel()
	for name, collation := range map[string]string{fleettest.MariaDBName: "utf8mb4_nopad_bin", fleettest.MySQLName: "utf8mb4_0900_bin"} {
		if !slices.Contains(fleettest.Servers(t), name) {
			continue
		}
		raw := console(t, openTest(t, Options{URL: fleettest.Database(t, name)}))
		wrong := texts(t, raw, `SELECT CONCAT(table_name, '.', column_name, ' ', collation_name) FROM information_schema.columns
			WHERE table_schema = DATABASE() AND collation_name <> ?`, collation)
		if len(wrong) > 0 {
			t.Errorf("%s has columns with another collation: %q", name, wrong)
		}
		if engines := texts(t, raw, `SELECT DISTINCT CONCAT(engine, ' ', row_format) FROM information_schema.tables
			WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%'`); !slices.Equal(engines, []string{"InnoDB Dynamic"}) {
			t.Errorf("%s has tables that are %q", name, engines)
		}
	}
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

// texts reads one column of text.
func texts(t *testing.T, raw *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := raw.QueryContext(t.Context(), query, args...)
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
