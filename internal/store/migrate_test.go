package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// TestStepsThatAreDoneAndNotNoted takes away what goose noted, as if processes
// had died between a CREATE and its note: of the last step, of every step, and
// when goose had made its own table. It can be so on MySQL alone.
func TestStepsThatAreDoneAndNotNoted(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		if !fleettest.SpeaksMySQL(name) {
			return
		}
		o := Options{URL: fleettest.Database(t, name)}
		db := openTest(t, o)
		if err := raise(t.Context(), db.Direct(), 7); err != nil {
			t.Fatal(err)
		}
		for _, forget := range []string{
			`DELETE FROM goose_db_version WHERE version_id >= 32`,
			`DELETE FROM goose_db_version WHERE version_id >= 1`,
			`DELETE FROM goose_db_version`,
		} {
			if _, err := console(t, db).ExecContext(t.Context(), forget); err != nil {
				t.Fatal(err)
			}
			again := openTest(t, o)
			if err := again.Check(t.Context()); err != nil {
				t.Errorf("%s: %v", forget, err)
			}
			expectFact(t, again, 7)
		}
	})
}

// TestTablesOfSomebodyElse starts on a database that another program uses.
func TestTablesOfSomebodyElse(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		database := url[strings.LastIndexByte(url, '/')+1:]
		database, _, _ = strings.Cut(database, "?")
		const theirs = "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY)"
		if err := fleettest.SharedServer(t, name).Exec(t.Context(), database, theirs); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			_, err := Open(t.Context(), Options{URL: url})
			if err == nil || errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "users") {
				t.Errorf("got %v, want a refusal that names the table", err)
			}
		}
	})
}
