package store_test

import (
	"flag"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest"
)

// TestEveryEngineKeepsEveryPromise also expects every declared statement to be
// used by some promise, so that none is left that an engine has never run.
func TestEveryEngineKeepsEveryPromise(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		var used sync.Map
		t.Cleanup(func() {
			if run := flag.Lookup("test.run").Value.String(); strings.Count(run, "/") > 1 || t.Failed() {
				return // not all promises were held
			}
			for name, q := range store.Declared(t) {
				if _, ok := used.Load(q); !ok {
					t.Errorf("%s was not used by any promise", name)
				}
			}
		})
		// On a server all promises share a database, each in a realm of its own.
		open := func(t *testing.T) string { t.Helper(); return fleettest.Database(t, engine) }
		if engine != fleettest.SQLite {
			url := open(t)
			open = func(*testing.T) string { return url }
		}
		storetest.Run(t, func(t *testing.T) storetest.Subject {
			t.Helper()
			o := store.Options{URL: open(t), Realm: id.Random(), Patience: time.Minute}
			db, err := store.Open(t.Context(), o.Observed(func(text string) { used.Store(text, true) }))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			return storetest.Subject{Store: db, PauseBeforeCommit: db.PauseBeforeCommit, RevokeWithoutMark: db.RevokeWithoutMark}
		})
	})
}
