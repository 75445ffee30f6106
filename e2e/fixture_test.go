package e2e_test

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// writeFixture makes TestUpgrade write down the databases of today's schema.
var writeFixture = flag.Bool("fixture", false, "write the upgrade fixtures of today's schema")

// fixtures is where databases of earlier schemas are kept, as SQL for people to
// read, each with what one must know to use it.
const fixtures = "../internal/store/testdata/upgrade"

// fixture names a file: kind is sql or json.
func fixture(schema int64, engine, kind string) string {
	return fmt.Sprintf("%s/%04d.%s.%s", fixtures, schema, engine, kind)
}

func readLegacy(t *testing.T, file string) (l legacy) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Instants stand in a fixture as @now and a distance, or within text as
// @time(distance).
var (
	instant      = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z`)
	relativeTime = regexp.MustCompile(`@time\(([^)]+)\)`)
)

// loadFixture fills a place with a fixture. Times are in it as distances from
// now, so that what was young stays young.
func loadFixture(t *testing.T, l legacy, engine string, p place) {
	t.Helper()
	text, err := os.ReadFile(fixture(l.Schema, engine, "sql"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	statements := relativeTime.ReplaceAllStringFunc(string(text), func(s string) string {
		distance, err := time.ParseDuration(relativeTime.FindStringSubmatch(s)[1])
		if err != nil {
			t.Fatal(err)
		}
		return now.Add(distance).UTC().Format(time.RFC3339Nano)
	})
	run(t, p.open(t), strings.ReplaceAll(statements, "@now", strconv.FormatInt(now.UnixMicro(), 10)))
	p.putKey(t, l.SecretKey)
}

// makeFixture has people live in a new database and writes it down.
func makeFixture(t *testing.T, engine string, schema int64) {
	t.Helper()
	w := &world{inbox: mailtest.Start(t, mailtest.Options{})}
	p := placeOn(t, engine)
	p.putKey(t, secretKey)
	w.start(t, p.options(w.inbox))
	l := w.people(t)
	stop(t, w)
	l.Schema, l.SecretKey = schema, secretKey
	known, err := json.MarshalIndent(l, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	for kind, text := range map[string]string{"sql": dump(t, engine, p), "json": string(known) + "\n"} {
		if err := os.WriteFile(fixture(schema, engine, kind), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// dump writes a database as SQL.
func dump(t *testing.T, engine string, p place) string {
	t.Helper()
	db := p.open(t)
	var b strings.Builder
	b.WriteString("-- Written by make fixture. @now is the time in microseconds, @time(0s) is that far from it.\n")
	var tables []string
	var afterwards string
	switch engine {
	case fleettest.SQLite:
		tables = defineSQLite(t, &b, db)
	case fleettest.PostgresName:
		tables, afterwards = definePostgres(t, &b, db, p.url)
	default:
		tables = defineMySQL(t, &b, db)
	}
	now := time.Now()
	for _, table := range tables {
		columns, rows := query(t, db, "SELECT * FROM "+table) //nolint:unqueryvet // whatever it has
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\nINSERT INTO %s (%s) VALUES\n", table, strings.Join(columns, ", "))
		for n, row := range rows {
			end := ",\n"
			if n == len(rows)-1 {
				end = ";\n"
			}
			fmt.Fprintf(&b, "\t(%s)%s", strings.Join(literals(t, row, now), ", "), end)
		}
	}
	return b.String() + afterwards
}

// defineSQLite writes what makes the tables and their indexes, and lists the
// tables.
func defineSQLite(t *testing.T, b *strings.Builder, db *sql.DB) (tables []string) {
	t.Helper()
	_, rows := query(t, db, `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC, rowid`)
	for _, row := range rows {
		fmt.Fprintf(b, "%s;\n", row[2])
		if row[0] == "table" {
			tables = append(tables, fmt.Sprint(row[1]))
		}
	}
	return tables
}

// defineMySQL does the same as the server itself tells it. A table may name one
// that comes later, and text has no escapes but the doubled quote.
func defineMySQL(t *testing.T, b *strings.Builder, db *sql.DB) (tables []string) {
	t.Helper()
	b.WriteString("SET foreign_key_checks = 0, sql_mode = 'NO_BACKSLASH_ESCAPES';\n")
	_, rows := query(t, db, "SHOW TABLES")
	for _, row := range rows {
		tables = append(tables, fmt.Sprint(row[0]))
		_, made := query(t, db, fmt.Sprint("SHOW CREATE TABLE ", row[0]))
		fmt.Fprintf(b, "%s;\n", made[0][1])
	}
	return tables
}

// definePostgres does the same with pg_dump, and gives what sets the sequences
// once the rows are there. What is only for psql is left out.
func definePostgres(t *testing.T, b *strings.Builder, db *sql.DB, url string) (tables []string, afterwards string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pg_dump", "--schema-only", "--no-owner", "--no-privileges", url).Output()
	if err != nil {
		t.Fatal(err)
	}
	setting := regexp.MustCompile(`^(--|\\|SET |SELECT pg_catalog\.set_config|$)`)
	for line := range strings.Lines(string(out)) {
		if !setting.MatchString(strings.TrimSpace(line)) {
			b.WriteString(line)
		}
	}
	// In the order in which they were made, so that a row's parents come first.
	_, rows := query(t, db, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid`)
	for _, row := range rows {
		tables = append(tables, fmt.Sprint(row[0]))
	}
	_, rows = query(t, db, `SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL`)
	var set strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&set, "\nSELECT setval('%s', %d);\n", row...)
	}
	return tables, set.String()
}

// literals writes values as SQL, and instants as distances from now.
func literals(t *testing.T, row []any, now time.Time) []string {
	t.Helper()
	var out []string
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			out = append(out, "NULL")
		case bool, uint64:
			out = append(out, fmt.Sprint(v))
		case int64:
			switch {
			case v < 1e15 || v >= 1e16: // before 2001, after 2286
				out = append(out, strconv.FormatInt(v, 10))
			case v < now.UnixMicro():
				out = append(out, fmt.Sprintf("@now - %d", now.UnixMicro()-v))
			default:
				out = append(out, fmt.Sprintf("@now + %d", v-now.UnixMicro()))
			}
		case time.Time:
			out = append(out, "'"+v.UTC().Format(time.DateTime)+"'")
		default:
			text := instant.ReplaceAllStringFunc(fmt.Sprint(v), func(s string) string {
				at, err := time.Parse(time.RFC3339Nano, s)
				if err != nil {
					t.Fatal(err)
				}
				return fmt.Sprintf("@time(%s)", at.Sub(now).Round(time.Microsecond))
			})
			out = append(out, "'"+strings.ReplaceAll(text, "'", "''")+"'")
		}
	}
	return out
}

// query reads rows, text as strings.
func query(t *testing.T, db *sql.DB, text string, args ...any) (columns []string, all [][]any) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	if columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for n := range row {
			into[n] = &row[n]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for n, v := range row {
			if b, ok := v.([]byte); ok {
				row[n] = string(b)
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return columns, all
}
