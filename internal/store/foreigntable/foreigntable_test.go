package foreigntable_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/foreigntable"
)

// console makes tables in a database.
func console(t *testing.T, url string) func(text string, args ...any) {
	t.Helper()
	e, err := engine.Parse(url, engine.Timing{Limit: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	db, err := e.Open(engine.Migrating)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return func(text string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
}

// keys reads the keys of a table behind one.
func keys(t *testing.T, url, table, key, after string) ([]string, error) {
	t.Helper()
	from, err := foreigntable.Open(t.Context(), url, table)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	var all []string
	err = from.Each(t.Context(), key, []string{"email"}, after, func(r foreigntable.Row) error {
		if fmt.Sprint(r.Values["email"]) == "" {
			t.Errorf("row %s has no address", r.Key)
		}
		all = append(all, r.Key)
		return nil
	})
	return all, err
}

func TestATableIsReadWholeAndInPages(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		do := console(t, url)
		mark := `"`
		if fleettest.SpeaksMySQL(name) {
			mark = "`"
		}
		users := mark + "user" + mark // a word of SQL, as fastapi-users calls it
		do("CREATE TABLE " + users + " (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(100), ref VARCHAR(36))")
		do("CREATE TABLE texts (id VARCHAR(36) NOT NULL PRIMARY KEY, email VARCHAR(100))")
		const rows = 2345
		for from := 0; from < rows; from += 67 {
			var numbers, texts []string
			for n := from; n < min(from+67, rows); n++ {
				numbers = append(numbers, fmt.Sprintf("(%d, 'u%d@x', 'r%d')", n*3, n, n/2))
				texts = append(texts, fmt.Sprintf("('k%05d', 'u%d@x')", n, n))
			}
			do("INSERT INTO " + users + " VALUES " + strings.Join(numbers, ", "))
			do("INSERT INTO texts VALUES " + strings.Join(texts, ", "))
		}
		for table, last := range map[string]string{"user": "7032", "texts": "k02344"} {
			all, err := keys(t, url, table, "id", "")
			if err != nil || len(all) != rows || all[rows-1] != last {
				t.Fatalf("%s: %d rows, %v", table, len(all), err)
			}
			rest, err := keys(t, url, table, "id", all[1999])
			if err != nil || len(rest) != rows-2000 || rest[0] != all[2000] {
				t.Errorf("%s behind a row: %d rows, %v", table, len(rest), err)
			}
		}

		if _, err := keys(t, url, "user", "email", ""); err != nil {
			t.Errorf("by another unique column: %v", err)
		}
		do("UPDATE " + users + " SET ref = 'same'")
		if _, err := keys(t, url, "user", "ref", ""); !errors.Is(err, foreigntable.ErrKey) {
			t.Errorf("by a column that is not unique: %v", err)
		}
	})
}

func TestNamesAreWords(t *testing.T) {
	t.Parallel()
	url := "sqlite://" + t.TempDir() + "/old.db"
	if _, err := foreigntable.Open(t.Context(), url, "user"); err == nil || !strings.Contains(err.Error(), "there is no database") {
		t.Errorf("a file that is not there: %v", err)
	}
	console(t, url)("CREATE TABLE users (id INTEGER PRIMARY KEY)")
	for _, name := range []string{`users"; DROP TABLE users; --`, "users x", "", "users;", "`users`"} {
		if from, err := foreigntable.Open(t.Context(), url, name); err == nil {
			_ = from.Close()
			t.Errorf("%q is taken for a name", name)
		}
	}
	if _, err := foreigntable.Open(t.Context(), url, "people"); err == nil || !strings.Contains(err.Error(), "people") {
		t.Errorf("a table that is not there: %v", err)
	}
}
