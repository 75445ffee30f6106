package e2e_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// transferred is what sallyport transfer --json prints.
type transferred struct {
	Tables []struct {
		Table  string
		Rows   int64
		Digest string
	}
	Rows, Resumed int64
	Seconds       float64
}

// digests gives the digest of each table, but of those that the last step of a
// transfer marks.
func (r transferred) digests() map[string]string {
	all := map[string]string{}
	moved := []string{"feed", "jobs", "audit_events", "audit_tree", "audit_leaves", "audit_hashes"} // with the event of the move
	for _, t := range r.Tables {
		if !slices.Contains(moved, t.Table) {
			all[t.Table] = fmt.Sprint(t.Rows, " ", t.Digest)
		}
	}
	return all
}

// places are the engines, each with an empty database.
func places() map[string]func(*testing.T) place {
	all := map[string]func(*testing.T) place{"SQLite": sqlitePlace}
	if os.Getenv("SALLYPORT_TEST_ENGINES") != "sqlite" {
		all["MariaDB"], all["MySQL"], all["PostgreSQL"] = mariaPlace, mysqlPlace, postgresPlace
	}
	return all
}

// transfers copies one place to another and expects an exit code.
func transfers(t *testing.T, from, to place, code int, args ...string) (r transferred, says string) {
	t.Helper()
	args = append([]string{"transfer", "--from", from.url, "--to", to.url, "--json"}, args...)
	stdout, stderr, got := apptest.Run(t.Context(), t, apptest.Options{DataDir: from.dir}, nil, args...)
	if got != code {
		t.Fatalf("%v: exit code %d, want %d\n%s%s", args, got, code, stdout, stderr)
	}
	if code == 0 {
		decode(t, stdout, &r)
	}
	return r, stderr
}

// TestNobodySignsInAgainAfterATransfer moves people from SQLite to each engine
// and back.
func TestNobodySignsInAgainAfterATransfer(t *testing.T) {
	t.Parallel()
	for name, open := range places() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newEmbedded(t, quiet)
			ada, bob, carol := address(t, 1), address(t, 2), address(t, 3)
			stays, ends, first := w.join(t, ada), w.login(t, ada, password), w.join(t, bob)
			second := w.refreshed(t, first.RefreshToken)
			w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: ends.AccessToken}).Want(t, http.StatusOK, "")
			reset := w.asksForReset(t, bob, 2)
			w.signUp(t, carol, password)
			verify := w.linkToken(t, carol, 1)
			key, err := os.ReadFile(filepath.Join(w.server.DataDir, "secret.key"))
			if err != nil {
				t.Fatal(err)
			}
			here := place{url: "sqlite://" + filepath.Join(w.server.DataDir, "sallyport.db"), dir: w.server.DataDir}
			there := open(t)
			stop(t, w)
			out, _ := transfers(t, here, there, 0)

			w.moves(t, there, string(key))
			for _, token := range []string{stays.AccessToken, first.AccessToken, second.AccessToken} {
				w.Get(t, "/auth/me", token).Want(t, http.StatusOK, "")
			}
			w.Get(t, "/auth/me", ends.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
			w.refresh(t, ends.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
			third := w.refreshed(t, second.RefreshToken)
			w.Post(t, "/auth/verify-email", map[string]string{"token": verify}).Want(t, http.StatusOK, "")
			w.login(t, carol, password)
			stop(t, w)

			back := sqlitePlace(t)
			transfers(t, there, back, 0)
			w.moves(t, back, string(key))
			w.Get(t, "/auth/me", third.AccessToken).Want(t, http.StatusOK, "")
			w.refreshed(t, third.RefreshToken)
			w.refresh(t, ends.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
			w.Post(t, "/auth/reset-password", map[string]string{"token": reset, "new_password": later}).Want(t, http.StatusOK, "")
			w.refresh(t, third.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
			w.login(t, bob, later)
			if out.Rows == 0 || out.Resumed != 0 {
				t.Errorf("got %+v", out)
			}
		})
	}
}

// moves starts a server on another database with the same secret key.
func (w *world) moves(t *testing.T, to place, key string) {
	t.Helper()
	env := append(smtpEnv(w.inbox), quiet, "SALLYPORT_DATABASE_URL="+to.url, "SALLYPORT_SECRET_KEY="+strings.TrimSpace(key))
	w.start(t, apptest.Options{DataDir: to.dir, Env: env})
	w.whole(t)
}

// crowd fills a database with users and three sessions each, and a few rows of
// every other table: text that collations would take for equal, long text, text
// of other scripts, and columns that are empty.
func crowd(t *testing.T, p place, users int) {
	t.Helper()
	w := newEmbedded(t, quiet)
	w.join(t, address(t, 1))
	w.asksForReset(t, address(t, 1), 2)
	w.Post(t, "/auth/login", credentials{address(t, 1), "wrong"}).Want(t, http.StatusUnauthorized, "")
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: w.login(t, address(t, 1), password).AccessToken}).
		Want(t, http.StatusOK, "")
	stop(t, w)
	db := openDatabase(t, w.server.DataDir)
	for _, statement := range []string{
		`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
		INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch,
			last_login_at, created_at, updated_at)
		SELECT 'main', printf('%08x-0000-4000-8000-%012x', (i * 2654435761) & 0xffffffff, i), printf('U%d@X.example', i),
			printf('u%d@x.example', i), CASE i % 3 WHEN 0 THEN NULL ELSE i END,
			CASE i % 5 WHEN 0 THEN 'Zoé ' WHEN 1 THEN 'zoé' WHEN 2 THEN 'Zoe' WHEN 3 THEN '李 🦊' ELSE '' END,
			CASE i % 1000 WHEN 7 THEN '{"x":"' || hex(zeroblob(9000)) || '"}' ELSE '{}' END,
			CASE i % 7 WHEN 0 THEN ',admin,' ELSE '' END, 'active', i % 4, NULL, 1700000000000000 + i, 1700000000000001 FROM n`,
		`INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at)
		SELECT 'main', printf('c-%s', id), id, 'password', '$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$' || hex(email), 1, 2
		FROM users WHERE email LIKE 'U%X.example' AND ?1 > 0`,
		`INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used,
			user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at,
			revoked_reason, user_agent, ip, device_name, created_at, last_seen_at)
		SELECT 'main', printf('%s-%d', id, k.i), id, k.i * 7, hex(email), k.i - 1, CASE k.i WHEN 0 THEN NULL ELSE 5 END, 6, k.i % 2,
			epoch, 'sallyport', 'https://auth.example', '', 'user', ',pwd,', '', NULL, '', 1900000000000000, 1890000000000000,
			CASE k.i WHEN 2 THEN 1700000000000002 ELSE NULL END, CASE k.i WHEN 2 THEN 'logout' ELSE '' END,
			'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', '2001:db8::' || k.i, '', 1700000000000000, NULL
		FROM users, (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2) AS k WHERE email LIKE 'U%X.example' AND ?1 > 0`,
		`INSERT INTO identities (realm_id, id, user_id, provider, subject, created_at)
		SELECT 'main', printf('i-%s', id), id, 'oidc', email, 3 FROM users WHERE rowid <= 50 AND ?1 > 0`,
		`INSERT INTO facts (realm_id, name, number) SELECT 'main', 'least', -?1`,
	} {
		if _, err := db.ExecContext(t.Context(), statement, users); err != nil {
			t.Fatal(err, statement)
		}
	}
	_ = db.Close()
	transfers(t, place{url: "sqlite://" + filepath.Join(w.server.DataDir, "sallyport.db"), dir: w.server.DataDir}, p, 0)
}

// TestATransferThereAndBackIsTheSame moves 100,000 users and 300,000 sessions,
// or a tenth, to each engine and back, and compares the digests of both ends.
func TestATransferThereAndBackIsTheSame(t *testing.T) {
	t.Parallel()
	here := sqlitePlace(t)
	crowd(t, here, soaktest.Amount(100_000))
	for name, open := range places() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there, back := open(t), sqlitePlace(t)
			out, _ := transfers(t, here, there, 0)
			in, _ := transfers(t, there, back, 0)
			if diff := cmp.Diff(out.digests(), in.digests()); diff != "" {
				t.Errorf("-there +back\n%s", diff)
			}
			t.Logf("%d rows there in %.1f s (%.0f rows/s), back in %.1f s (%.0f rows/s)", out.Rows,
				out.Seconds, float64(out.Rows)/out.Seconds, in.Seconds, float64(in.Rows)/in.Seconds)
			soaktest.Report(t, "rows", int(out.Rows))
			if out.Rows < int64(soaktest.Amount(100_000)*5) {
				t.Errorf("moved %d rows only", out.Rows)
			}
		})
	}
}

// TestATransferFromServerToServerIsTheSame moves people around all engines.
func TestATransferFromServerToServerIsTheSame(t *testing.T) {
	t.Parallel()
	needServers(t)
	at := sqlitePlace(t)
	crowd(t, at, 500)
	var first map[string]string
	for _, open := range []func(*testing.T) place{mariaPlace, postgresPlace, mariaPlace, sqlitePlace, postgresPlace, sqlitePlace} {
		to := open(t)
		r, _ := transfers(t, at, to, 0)
		if first == nil {
			first = r.digests()
		}
		if diff := cmp.Diff(first, r.digests()); diff != "" {
			t.Errorf("-first +then\n%s", diff)
		}
		at = to
	}
}

// TestAKilledTransferGoesOn kills transfers, looks that nothing starts on what is
// there, and goes on.
func TestAKilledTransferGoesOn(t *testing.T) {
	t.Parallel()
	here := sqlitePlace(t)
	crowd(t, here, soaktest.Amount(40_000))
	for name, open := range places() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there := open(t)
			whole, _ := transfers(t, here, open(t), 0)
			halves(t, here, there)
			_, stderr, code := apptest.Run(t.Context(), t, apptest.Options{DataDir: there.dir, Env: []string{
				"SALLYPORT_DATABASE_URL=" + there.url, "SALLYPORT_SECRET_KEY=" + otherKey,
			}}, strings.NewReader(password), "user", "create", "--email", "x@example.com", "--password-stdin")
			if code != 1 || !strings.Contains(stderr, "not finished") {
				t.Fatalf("something starts on half a copy: exit code %d\n%s", code, stderr)
			}
			r, _ := transfers(t, here, there, 0)
			soaktest.Report(t, "rows", int(whole.Rows))
			t.Logf("%d of %d rows were there", r.Resumed, whole.Rows)
			if diff := cmp.Diff(whole.digests(), r.digests()); diff != "" || r.Resumed == 0 || r.Resumed == r.Rows {
				t.Errorf("-whole +resumed\n%s", diff)
			}
			_, says := transfers(t, here, there, 1)
			if !strings.Contains(says, "not empty") {
				t.Errorf("got %s", says)
			}
			again, _ := transfers(t, here, there, 0, "--overwrite")
			if diff := cmp.Diff(whole.digests(), again.digests()); diff != "" || again.Resumed != 0 {
				t.Errorf("overwritten: -want +got\n%s (%d)", diff, again.Resumed)
			}
			w := &world{server: &apptest.Process{DataDir: here.dir}}
			for range soaktest.Rounds(t, 10) {
				there := open(t)
				w.killedAfter(t, time.Duration(rand.Float64()*again.Seconds*float64(time.Second)), "transfer", "--from", here.url, "--to", there.url)
				r, _ := transfers(t, here, there, 0, "--overwrite") // it may have come to its end
				if diff := cmp.Diff(whole.digests(), r.digests()); diff != "" {
					t.Errorf("killed at any moment: -whole +resumed\n%s", diff)
				}
			}
		})
	}
}

// TestATransferNoticesWhatItMustNotCopy changes either end between the two runs
// of a transfer that was interrupted.
func TestATransferNoticesWhatItMustNotCopy(t *testing.T) {
	t.Parallel()
	here := sqlitePlace(t)
	crowd(t, here, 3000)
	db := openDatabase(t, here.dir)
	interrupted := func(t *testing.T) place {
		t.Helper()
		there := sqlitePlace(t)
		halves(t, here, there)
		return there
	}

	t.Run("a row that was copied has changed since", func(t *testing.T) {
		there := interrupted(t)
		run(t, db, `UPDATE users SET name = 'Another' WHERE id = (SELECT MIN(id) FROM users)`)
		r, _ := transfers(t, here, there, 0)
		if r.Resumed != 0 {
			t.Errorf("%d rows were taken over", r.Resumed)
		}
	})
	t.Run("rows that were not copied have changed since", func(t *testing.T) {
		there := interrupted(t)
		run(t, db, `UPDATE sessions SET generation = 99 WHERE id = (SELECT MAX(id) FROM sessions)`)
		r, _ := transfers(t, here, there, 0)
		if r.Resumed == 0 {
			t.Error("nothing was taken over")
		}
	})
	t.Run("rows that were copied are gone since", func(t *testing.T) {
		there := interrupted(t)
		run(t, db, `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions ORDER BY id LIMIT 7)`)
		transfers(t, here, there, 0)
	})
	t.Run("somebody else wrote to the target", func(t *testing.T) {
		there := interrupted(t)
		other := openDatabase(t, there.dir)
		run(t, other, `UPDATE users SET name = 'Somebody' WHERE id = (SELECT MIN(id) FROM users)`)
		_ = other.Close()
		_, says := transfers(t, here, there, 1)
		if !strings.Contains(says, "differs") || !strings.Contains(says, "users") {
			t.Errorf("got %s", says)
		}
		r, _ := transfers(t, here, there, 0)
		if r.Resumed != 0 {
			t.Errorf("%d rows were taken over", r.Resumed)
		}
	})
	t.Run("the source is half a copy", func(t *testing.T) {
		_, says := transfers(t, interrupted(t), sqlitePlace(t), 1)
		if !strings.Contains(says, "not finished") {
			t.Errorf("got %s", says)
		}
	})
	t.Run("the target is the source by another name", func(t *testing.T) {
		link := filepath.Join(t.TempDir(), "link.db")
		if err := os.Symlink(filepath.Join(here.dir, "sallyport.db"), link); err != nil {
			t.Fatal(err)
		}
		_, says := transfers(t, here, place{url: "sqlite://" + link}, 1, "--overwrite")
		if !strings.Contains(says, "same database") {
			t.Errorf("got %s", says)
		}
	})
	t.Run("the source is another one than last time", func(t *testing.T) {
		there := interrupted(t)
		other := sqlitePlace(t)
		transfers(t, here, other, 0)
		_, says := transfers(t, other, there, 1)
		if !strings.Contains(says, "not empty") {
			t.Errorf("got %s", says)
		}
	})
	t.Run("a server uses the target", func(t *testing.T) {
		w := newEmbedded(t)
		there := place{url: "sqlite://" + filepath.Join(w.server.DataDir, "sallyport.db"), dir: w.server.DataDir}
		if _, says := transfers(t, here, there, 1, "--overwrite"); !strings.Contains(says, "in use") {
			t.Errorf("got %s", says)
		}
		w.whole(t)
	})
	t.Run("somebody presses Ctrl-C", func(t *testing.T) {
		there := sqlitePlace(t)
		w := &world{server: &apptest.Process{DataDir: here.dir}}
		cmd, ended := w.begins(t, "transfer", "--from", here.url, "--to", there.url)
		waittest.Until(t, "the copying begins", func() bool { return size(filepath.Join(there.dir, "sallyport.db-wal")) > 0 })
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		<-ended
		if code := cmd.ProcessState.ExitCode(); code != 1 {
			t.Errorf("exit code %d, want 1", code)
		}
		transfers(t, here, there, 0)
	})
	t.Run("the source has an older schema", func(t *testing.T) {
		other := sqlitePlace(t)
		transfers(t, here, other, 0)
		run(t, openDatabase(t, other.dir), `DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)`)
		_, says := transfers(t, other, sqlitePlace(t), 1)
		if !strings.Contains(says, "sallyport migrate") {
			t.Errorf("got %s", says)
		}
	})
	t.Run("people go on at the source", func(t *testing.T) {
		changing := make(chan struct{})
		go func() {
			defer close(changing)
			for range 500 {
				_, _ = db.ExecContext(t.Context(), `UPDATE users SET epoch = epoch + 1 WHERE id = (SELECT MAX(id) FROM users)`)
				if t.Context().Err() != nil {
					return
				}
			}
		}()
		there := sqlitePlace(t)
		_, says := transfers(t, here, there, 1)
		<-changing
		if !strings.Contains(says, "changed") || !strings.Contains(says, "again") {
			t.Errorf("got %s", says)
		}
		transfers(t, here, there, 0)
	})
	for what, args := range map[string][]string{
		"no target":           {"transfer"},
		"an argument":         {"transfer", "--to", "sqlite:///x", "y"},
		"a file that is none": {"transfer", "--to", "@/nowhere"},
	} {
		if _, stderr, code := apptest.Run(t.Context(), t, apptest.Options{DataDir: here.dir}, nil, args...); code != 2 {
			t.Errorf("%s: exit code %d\n%s", what, code, stderr)
		}
	}
}

// halves kills a transfer once it has copied some of the sessions.
func halves(t *testing.T, from, to place) {
	t.Helper()
	e, err := engine.Parse(to.url, engine.Timing{Limit: waittest.Patience})
	if err != nil {
		t.Fatal(err)
	}
	db, err := e.Open(engine.Migrating)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w := &world{server: &apptest.Process{DataDir: from.dir}}
	w.killed(t, func() bool {
		if _, err := os.Stat(e.Path); e.Path != "" && err != nil {
			return false
		}
		var n int64
		err := db.QueryRowContext(t.Context(), `SELECT row_count FROM transfer_progress WHERE table_name = 'sessions'`).Scan(&n)
		return err == nil && n > 0
	}, "transfer", "--from", from.url, "--to", to.url)
}

func run(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err, statement)
	}
}
