package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// refusesToStart starts the server on a data folder and wants it to say why it
// does not.
func refusesToStart(t *testing.T, w *world, words ...string) {
	t.Helper()
	o := w.operator()
	for _, command := range [][]string{{"serve"}, {"doctor"}} {
		out, errs, code := apptest.Run(t.Context(), t, o, nil, command...)
		for _, word := range words {
			if code == 0 || !strings.Contains(out+errs, word) {
				t.Fatalf("%s ends with %d and does not say %q: %s%s", command[0], code, word, out, errs)
			}
		}
	}
}

// TestALogThatIsGoneAfterAKillIsMissed: what was committed last is in the log
// alone. A start without it is refused, as often as it is tried, and changes
// nothing: with the log back in its place everything is there.
func TestALogThatIsGoneAfterAKillIsMissed(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, quiet)
	email := address(t, 1)
	w.join(t, email)
	file := filepath.Join(w.server.DataDir, "sallyport.db")
	w.server.Kill()
	if err := os.Rename(file+"-wal", file+".away"); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(file + "-shm")
	for range 2 {
		refusesToStart(t, w, "has lost what was committed last", "restore --mark")
	}
	for _, side := range []string{"-wal", "-shm"} {
		_ = os.Remove(file + side)
	}
	if err := os.Rename(file+".away", file+"-wal"); err != nil {
		t.Fatal(err)
	}
	w.start(t, w.operator())
	w.login(t, email, password)

	// A program that looks at the file after a kill, and empties the log into it,
	// takes nothing away.
	w.server.Kill()
	looks := openDatabase(t, w.server.DataDir)
	if _, err := looks.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	if err := looks.Close(); err != nil {
		t.Fatal(err)
	}
	w.start(t, w.operator())
	w.login(t, email, password)

	// What is left can be taken on purpose.
	w.server.Kill()
	if err := os.Remove(file + "-wal"); err != nil {
		t.Fatal(err)
	}
	refusesToStart(t, w, "has lost what was committed last")
	o := w.operator()
	if out, errs, code := apptest.Run(t.Context(), t, o, nil, "restore", "--mark"); code != 0 {
		t.Fatalf("restore --mark ends with %d: %s%s", code, out, errs)
	}
	w.start(t, o)
	w.login(t, email, password)
}

// TestAnotherDatabaseIsNotTakenForTheOwn puts the database of one data folder into
// another, and then none.
func TestAnotherDatabaseIsNotTakenForTheOwn(t *testing.T) {
	t.Parallel()
	w, other := newEmbedded(t, quiet), newEmbedded(t, quiet)
	mine, theirs := address(t, 1), address(t, 2)
	w.join(t, mine)
	other.join(t, theirs)
	for _, p := range []*world{w, other} {
		if err := p.server.Stop(); err != nil {
			t.Fatal(err)
		}
	}
	own := filepath.Join(w.server.DataDir, "sallyport.db")
	if err := os.Rename(own, own+".away"); err != nil {
		t.Fatal(err)
	}
	refusesToStart(t, w, "the database is gone", "--adopt")
	if _, err := os.Stat(own); err == nil {
		t.Error("a start that was refused made a database")
	}
	for _, name := range []string{"sallyport.db", "secret.key"} {
		if err := os.Rename(filepath.Join(other.server.DataDir, name), filepath.Join(w.server.DataDir, name)); err != nil {
			t.Fatal(err)
		}
	}
	refusesToStart(t, w, "is another database than the one of this data folder", "restore --mark", "serve --adopt")

	w.adopts(t)
	w.login(t, theirs, password)
}

// adopts starts the server with --adopt, and once more without.
func (w *world) adopts(t *testing.T) {
	t.Helper()
	o := w.operator()
	adopting := o
	adopting.Args = []string{"--adopt"}
	w.start(t, adopting)
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}
	w.start(t, o)
}
