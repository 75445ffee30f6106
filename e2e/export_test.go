package e2e_test

import (
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// dumped are the rows of users and of what moves with them, each as a text, without the
// column that is sealed under a secret key.
func (p place) dumped(t *testing.T) map[string][]string {
	t.Helper()
	db, all := p.open(t), map[string][]string{}
	defer db.Close()
	for _, table := range []string{"users", "credentials", "identities", "external_ids", "passkeys", "totp", "recovery_codes", "deletions", "roles"} {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table) //nolint:unqueryvet // whatever it has
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
			for n := range values {
				into[n] = &values[n]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for n, v := range values {
				if columns[n] != "secret_sealed" {
					b.WriteString(columns[n] + "=" + v.String + map[bool]string{false: "(null)"}[v.Valid] + "|")
				}
			}
			all[table] = append(all[table], b.String())
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
		slices.Sort(all[table])
		if len(all[table]) == 0 {
			t.Errorf("there are no %s", table)
		}
	}
	return all
}

// runs starts a command at a place and expects an exit code.
func runs(t *testing.T, o apptest.Options, code int, args ...string) (says string) {
	t.Helper()
	stdout, stderr, got := apptest.Run(t.Context(), t, o, strings.NewReader(""), args...)
	if got != code {
		t.Fatalf("%v: exit code %d, want %d\n%s%s", args, got, code, stdout, stderr)
	}
	return stdout + stderr
}

// household has users of every kind: with a second factor, a passkey, roles, from
// another system, waiting to be erased, and erased.
func household(t *testing.T) (w *world, at place, ada generator) {
	t.Helper()
	w = newEmbedded(t, quiet)
	at = place{url: "sqlite://" + filepath.Join(w.server.DataDir, "sallyport.db"), dir: w.server.DataDir}
	ada = w.enrol(t, w.join(t, address(t, 1)).AccessToken)
	bob := w.join(t, address(t, 2))
	w.addPasskey(t, bob.AccessToken)
	w.join(t, address(t, 3))
	w.join(t, address(t, 4))
	stop(t, w)
	me := apptest.Options{DataDir: at.dir}
	runs(t, me, 0, "role", "create", "editor", "--permission", "posts:write")
	runs(t, me, 0, "user", "roles", address(t, 1), "--add", "editor", "--add", "owner")
	runs(t, me, 0, "user", "app-metadata", address(t, 2), "--set", "plan=gold")
	runs(t, me, 0, "import", oldUsers(t, 90), "--source", "old", "--apply", "--yes", "--refused", filepath.Join(t.TempDir(), "r"))
	db := openDatabase(t, at.dir)
	defer db.Close()
	for _, statement := range []string{
		`INSERT INTO identities (realm_id, user_id, id, provider, subject, created_at) SELECT 'main', id, 'i-' || id, 'oidc', 'søren ', 1700000000000007 FROM users WHERE email_canonical = ?2`,
		`UPDATE users SET name = '李 🦊 <&> "', metadata = '{"b":1, "a":"</x>"}', language = 'de', zoneinfo = 'Europe/Berlin' WHERE email_canonical = ?2`,
		`UPDATE users SET status = 'pending_deletion' WHERE email_canonical = ?3`,
		`INSERT INTO deletions (realm_id, user_id, requested_at, erase_at) SELECT 'main', id, 1700000000000001, 4000000000000001 FROM users WHERE email_canonical = ?3`,
		`DELETE FROM credentials WHERE user_id = (SELECT id FROM users WHERE email_canonical = ?4)`,
		`UPDATE users SET status = 'erased', email = '', email_canonical = 'erased:' || id, email_verified_at = NULL, claimed_at = NULL, name = '',
			last_login_at = NULL, language = '', zoneinfo = '', app_metadata = '' WHERE email_canonical = ?4`,
	} {
		if _, err := db.ExecContext(t.Context(), statement, "", address(t, 2), address(t, 3), address(t, 4)); err != nil {
			t.Fatal(err, statement)
		}
	}
	return w, at, ada
}

// TestAnExportIsImportedAsItWas takes users from SQLite to each engine and back, and
// compares every row that is theirs. The secret keys differ; the second factor works.
func TestAnExportIsImportedAsItWas(t *testing.T) {
	t.Parallel()
	for name, open := range places() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, here, ada := household(t)
			there, back, dir := open(t), sqlitePlace(t), t.TempDir()
			once, twice := filepath.Join(dir, "first.jsonl"), filepath.Join(dir, "second.jsonl")
			runs(t, apptest.Options{DataDir: here.dir}, 0, "export", "--secrets", once)
			if info, err := os.Stat(once); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the file: %+v, %v", info, err)
			}
			args := []string{"--apply", "--privileged", "--json", "--refused", filepath.Join(dir, "refused")}
			in, _ := there.imports(t, 0, "", append([]string{once}, args...)...)
			if len(in.Refused) > 0 || in.New != in.Rows || in.New < 80 {
				t.Errorf("imported %+v", in)
			}
			runs(t, there.command(), 0, "export", "--secrets", twice)
			back.imports(t, 0, "", append([]string{twice}, args...)...)
			want := here.dumped(t)
			for name, p := range map[string]place{"there": there, "back": back} {
				if diff := cmp.Diff(want, p.dumped(t)); diff != "" {
					t.Errorf("-before +%s\n%s", name, diff)
				}
			}
			_, one, _ := strings.Cut(read(t, once), "\n")
			if _, two, _ := strings.Cut(read(t, twice), "\n"); one != two {
				t.Error("an export of what was imported differs")
			}
			again, _ := there.imports(t, 0, "", append([]string{once}, args...)...)
			if again.New != 0 || again.AlreadyHere != in.New {
				t.Errorf("a second time: %+v", again)
			}
			w.moves(t, back, otherKey)
			token := w.ask(t, address(t, 1))
			w.Post(t, "/auth/login/mfa", second(token, "totp", oath(t, ada.Secret, "+30 seconds"))).Want(t, http.StatusOK, "")
			w.Post(t, "/auth/login/mfa", second(w.ask(t, address(t, 1)), "recovery_code", ada.RecoveryCodes[3])).Want(t, http.StatusOK, "")
			w.login(t, address(t, 2), password)
		})
	}
}

// TestAnExportWithoutSecretsHasNone, and what is wrong with a file is said before
// anything is written.
func TestAnExportWithoutSecretsHasNone(t *testing.T) {
	t.Parallel()
	_, here, ada := household(t)
	me, dir, to := apptest.Options{DataDir: here.dir}, t.TempDir(), sqlitePlace(t)
	says := runs(t, me, 0, "export")
	for _, secret := range []string{"$argon2id", "$pbkdf2", "recovery_codes", "credentials", "totp", ada.Secret} {
		if strings.Contains(says, secret) {
			t.Errorf("it holds %s", secret)
		}
	}
	file := func(name, text string) string {
		path := filepath.Join(dir, name+".jsonl")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole := file("whole", says)
	runs(t, me, 2, "export", "--secrets")
	runs(t, me, 2, "export", whole, whole)
	if text := runs(t, me, 1, "export", whole); !strings.Contains(text, "exists") || read(t, whole) != says {
		t.Errorf("over a file: %s", text)
	}
	lines := strings.SplitAfter(says, "\n")
	cut := strings.Join(lines[:len(lines)-2], "")
	for what, try := range map[string]struct {
		says string
		args []string
	}{
		"cut off":          {"cut off", []string{file("cut", cut)}},
		"a user less":      {"was changed", []string{file("less", strings.Join(slices.Delete(slices.Clone(lines), 5, 6), ""))}},
		"another form":     {"format 7", []string{file("form", strings.Replace(says, `"form":1`, `"form":7`, 1))}},
		"a map":            {"leave out --map", []string{whole, "--map", "name="}},
		"a role of rights": {"--privileged", []string{file("role", strings.Replace(says, "posts:write", "admin:users:read", 1))}},
		"a role of none":   {"the role", []string{file("none", strings.Replace(says, "posts:write", "admin:everything", 1)), "--privileged"}},
	} {
		_, text := to.imports(t, 1, "", append(try.args, "--apply", "--source", "x", "--refused", filepath.Join(dir, "refused"))...)
		if !strings.Contains(text, try.says) {
			t.Errorf("%s: %s", what, text)
		}
	}
	if to.count(t, "users")+to.count(t, "roles") != 0 {
		t.Error("something was written")
	}
	for what, text := range map[string]string{
		"built_in_role":   says,
		"unreadable_user": strings.Replace(says, `"epoch":1`, `"epoch":"x"`, 1),
		"invalid_email":   strings.Replace(says, `"email_canonical":"old2@`, `"email_canonical":"old02@`, 1),
		"invalid_id":      strings.Replace(says, `"id":"`, `"id":"x`, 1),
	} {
		r, _ := to.imports(t, 0, "", file(what, text), "--json", "--refused", filepath.Join(dir, "refused"))
		if r.Refused[what] != 1 {
			t.Errorf("%s: %+v", what, r)
		}
	}
	// The owner stays out without leave, and nobody has a password.
	r, _ := to.imports(t, 0, "", whole, "--apply", "--json", "--refused", filepath.Join(dir, "refused"))
	if r.Refused["built_in_role"] != 1 || r.New != r.Rows-1 || to.count(t, "credentials") != 0 || to.count(t, "users") != r.New {
		t.Errorf("%+v", r)
	}
}

func (p place) count(t *testing.T, table string) (rows int64) {
	t.Helper()
	db := p.open(t)
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}
