package e2e_test

import (
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestOldAndNewServeSideBySide upgrades as docs/operations/upgrade.md says: beside
// the program of before today's schema, in which people are in the middle of
// things, today's starts and migrates. Both serve, then today's alone, and then
// the old one again, for somebody who goes back.
func TestOldAndNewServeSideBySide(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	program := earlierProgram(t)
	was, newest := newestSchema(t, program), newestSchema(t, "")
	if was >= newest {
		t.Fatalf("the earlier program makes schema %d, and today's %d", was, newest)
	}
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		inbox := mailtest.Start(t, mailtest.Options{})
		p := placeOn(t, engine)
		p.putKey(t, secretKey)
		today := p.options(inbox, quiet)
		earlier := today
		earlier.Program = program

		before, after := &world{inbox: inbox}, &world{inbox: inbox}
		before.start(t, earlier)
		l := before.people(t)
		l.Schema = was
		tokens := before.login(t, l.Ada, l.Password)
		after.start(t, today)
		inbox.Up()
		if _, rows := query(t, p.open(t), "SELECT MAX(version_id) FROM goose_db_version"); fmt.Sprint(rows[0][0]) != strconv.FormatInt(newest, 10) {
			t.Errorf("the schema is %v, want %d", rows[0][0], newest)
		}
		tokens = before.serves(t, after, tokens, address(t, 1))
		after.serves(t, before, tokens, address(t, 2))
		stop(t, before)
		after.liveOn(t, l)

		again := &world{inbox: inbox}
		again.start(t, earlier)
		tokens = again.join(t, address(t, 3))
		tokens = again.serves(t, after, tokens, address(t, 4))
		after.serves(t, again, tokens, address(t, 5))
	})
}

// serves expects a server to do what people ask of it every day, and another one
// on the same data, or itself, to know of it. The session of tokens goes on.
func (w *world) serves(t *testing.T, other *world, tokens apptest.Tokens, newcomer string) apptest.Tokens {
	t.Helper()
	w.whole(t)
	tokens = w.refreshed(t, tokens.RefreshToken)
	other.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	w.signUp(t, newcomer, password)
	other.verify(t, newcomer, 1)
	leaves := other.login(t, newcomer, password)
	w.Get(t, "/auth/me", leaves.AccessToken).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/logout", map[string]string{"refresh_token": leaves.RefreshToken}).Want(t, http.StatusOK, "")
	w.Get(t, "/auth/me", leaves.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	other.refresh(t, leaves.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	waittest.Within(t, lateness, "the other one refuses the token", func() bool {
		return other.Get(t, "/auth/me", leaves.AccessToken).Status == http.StatusUnauthorized
	})
	return tokens
}

// earlierProgram builds the program of before the newest step of the schema from
// the history of the repository, and skips the test where that is not there, as
// in an archive of the source or a shallow clone.
func earlierProgram(t *testing.T) string {
	t.Helper()
	const reason = "needs the history of the repository, which is not here"
	if within, err := git(t, "rev-parse", "--show-prefix"); err != nil || within != "" {
		t.Skip(reason)
	}
	steps, err := filepath.Glob("../internal/store/schema/migrations/*.sql")
	if err != nil || len(steps) == 0 {
		t.Fatal("there are no migrations", err)
	}
	newest, err := git(t, "log", "-1", "--diff-filter=A", "--format=%H^", "--", strings.TrimPrefix(steps[len(steps)-1], "../"))
	if err != nil {
		t.Fatal(err)
	}
	if newest == "" { // not committed yet
		newest = "HEAD"
	}
	commit, err := git(t, "rev-parse", "--verify", "--quiet", newest+"^{commit}")
	if err != nil {
		t.Skip(reason)
	}
	dir := t.TempDir()
	archive := filepath.Join(dir, "source.tar")
	if _, err := git(t, "archive", "--output="+archive, commit); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "tar", "-xf", archive, "-C", dir).CombinedOutput(); err != nil {
		t.Fatalf("unpack %s: %v\n%s", commit, err, out)
	}
	program, err := apptest.Build(t.Context(), dir, filepath.Join(dir, "earlier"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the earlier program is that of %s", commit)
	return program
}

// git asks git about the repository.
func git(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir = ".."
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// tomorrow is what the next version may do to a database that this one uses: it
// adds, and takes nothing away.
const tomorrow = `
	ALTER TABLE users ADD COLUMN tomorrow VARCHAR(64) NOT NULL DEFAULT '';
	ALTER TABLE sessions ADD COLUMN tomorrow BIGINT;
	ALTER TABLE pending_signups ADD COLUMN tomorrow BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE jobs ADD COLUMN tomorrow VARCHAR(64) NOT NULL DEFAULT '';
	CREATE TABLE tomorrow (realm_id VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL, CONSTRAINT tomorrow_pkey PRIMARY KEY (realm_id, id));
	INSERT INTO goose_db_version (version_id, is_applied) SELECT MAX(version_id) + 1, TRUE FROM goose_db_version;
	INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, last_error, created_at, updated_at)
		SELECT realm_id, 'tomorrow', 'tomorrow', '{}', '', 'ready', 0, 9, 0, MIN(run_at), '', MIN(created_at), MIN(updated_at) FROM jobs GROUP BY realm_id;`

// TestRunsOneVersionBehindTheDatabase: in a rolling upgrade a new instance
// migrates while old ones serve, and an old one may start again after that.
// This program is the old one; the new one is what it did to the database.
func TestRunsOneVersionBehindTheDatabase(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		p := placeOn(t, engine)
		p.putKey(t, secretKey)
		w := &world{inbox: mailtest.Start(t, mailtest.Options{})}
		o := p.options(w.inbox, quiet)
		w.start(t, o)
		tokens := w.join(t, address(t, 1))
		db := p.open(t)
		run(t, db, tomorrow)
		tokens = w.serves(t, w, tokens, address(t, 2)) // it was there before
		stop(t, w)
		w.start(t, o)
		tokens = w.serves(t, w, tokens, address(t, 3)) // it came after

		beside := &world{inbox: w.inbox}
		beside.start(t, o)
		beside.serves(t, w, tokens, address(t, 4))

		_, rows := query(t, db, `SELECT state, attempts FROM jobs WHERE id = 'tomorrow'`)
		if got := fmt.Sprint(rows); got != "[[ready 0]]" {
			t.Errorf("the job of a kind that this version does not know has state and attempts %s; it is the next version's", got)
		}
		out, errs, code := apptest.Run(t.Context(), t, o, nil, "migrate")
		if code != 0 || !regexp.MustCompile(`already at version [0-9]+`).MatchString(out) {
			t.Errorf("migrate on a newer schema: %d %s%s", code, out, errs)
		}
	})
}
