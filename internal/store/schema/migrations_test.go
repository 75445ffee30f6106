package schema

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// banned is SQL that some engine does not have, or has with another meaning.
var banned = regexp.MustCompile(`(?i)\b(IF\s+NOT\s+EXISTS|IF\s+EXISTS|DEFAULT|AUTOINCREMENT|AUTO_INCREMENT|SERIAL|BOOLEAN|JSON|BLOB|TIMESTAMP|` +
	`now\s*\(|CURRENT_TIMESTAMP|CHECK|GENERATED|WHERE|INCLUDE|USING|CASCADE|COMMENT|CONCURRENTLY|DESC)\b|\|\||"|` + "`|::|/\\*[^s]|--[^ ]")

func TestMigrationsArePortable(t *testing.T) {
	t.Parallel()
	column := regexp.MustCompile(`(?m)^\t(\w+) +(\S+?)(?: +NOT NULL)?,?$`)
	rows := regexp.MustCompile(`(?m)^(UPDATE \w+ SET |INSERT INTO \w+ .*\nSELECT )`)
	types := regexp.MustCompile(`^(VARCHAR\(\d+\)|TEXT|BIGINT|INTEGER|SMALLINT)$`)
	added := regexp.MustCompile(`^ALTER TABLE \w+ ADD COLUMN \w+ (\S+);\n$`)
	key := regexp.MustCompile(`(?:PRIMARY KEY|UNIQUE|FOREIGN KEY|REFERENCES \w+|ON \w+) \((\w+)`)
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		sql, ok := strings.CutPrefix(string(text), header)
		if !ok || strings.Count(sql, ";") != 1 {
			t.Errorf("%s: want one statement after -- +goose Up, because not every engine can roll back DDL", name)
		}
		if want := "migrations/" + fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("%s: want a name that starts with %s", name, want)
		}
		checked := sql
		if rows.MatchString(sql) { // a condition is of rows, and not of an index
			checked = strings.ReplaceAll(sql, "WHERE", "")
		}
		if word := banned.FindString(checked); word != "" {
			t.Errorf("%s: %q is not portable", name, word)
		}
		if strings.HasPrefix(sql, "CREATE TABLE") {
			if !strings.HasSuffix(sql, ") /*suffix*/;\n") || !strings.Contains(sql, "\trealm_id ") {
				t.Errorf("%s: want a realm_id and /*suffix*/", name)
			}
			for _, m := range column.FindAllStringSubmatch(sql, -1) {
				if !types.MatchString(m[2]) {
					t.Errorf("%s: column %s has type %s", name, m[1], m[2])
				}
			}
		}
		if strings.HasPrefix(sql, "ALTER TABLE") {
			// Rows are there already, so a new column may be NULL.
			if m := added.FindStringSubmatch(sql); m == nil || !types.MatchString(m[1]) {
				t.Errorf("%s: want ALTER TABLE name ADD COLUMN name type", name)
			}
		}
		for _, m := range key.FindAllStringSubmatch(sql, -1) {
			if m[1] != "realm_id" {
				t.Errorf("%s: the key %q does not start with the realm", name, m[0])
			}
		}
	}
}

func TestMigrationsAreRenderedForTheEngine(t *testing.T) {
	t.Parallel()
	steps, err := stepsOf(engine.Engine{Name: "mysql", TableSuffix: " ENGINE=InnoDB"})
	if err != nil {
		t.Fatal(err)
	}
	if got := steps[0].statement; !strings.HasSuffix(got, ") ENGINE=InnoDB;\n") {
		t.Errorf("got %q", got[len(got)-40:])
	}
}
