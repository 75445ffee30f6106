package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// oldHash is of nobody's password, as passlib would write it.
const oldHash = "$pbkdf2-sha256$1000$CKF0TknJuXcuJSTk/J.ztg$1YLiYaZLyhcsZIj1a.d9OWESz1bqzegYuzzvar/Wnco"

// oldUsers writes a file of users of another system. Of every hundred, one has no
// address, one a hash that cannot be read, and two have one address.
func oldUsers(t *testing.T, users int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "Old Users.jsonl")
	var b strings.Builder
	for n := range users {
		email, hash := fmt.Sprintf("old%d@people.example", n), oldHash
		switch n % 100 {
		case 17:
			email = "nobody"
		case 40:
			hash = "$1$salt$sum"
		case 61:
			email = fmt.Sprintf("OLD%d@people.example", n-1)
		}
		fmt.Fprintf(&b, `{"id": %d, "email": %q, "hashed_password": %q, "is_verified": %t, "created_at": %d}`+"\n", n, email, hash, n%3 > 0, 1600000000+n)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// imported is what sallyport import --json prints.
type imported struct {
	Rows        int64             `json:"rows"`
	New         int64             `json:"new"`
	Resumed     int64             `json:"resumed"`
	AlreadyHere int64             `json:"already_here"`
	Refused     map[string]int64  `json:"refused"`
	Map         map[string]string `json:"map"`
	RefusedFile string            `json:"refused_file"`
}

// imports runs an import and expects an exit code.
func (p place) imports(t *testing.T, code int, stdin string, args ...string) (r imported, says string) {
	t.Helper()
	stdout, stderr, got := apptest.Run(t.Context(), t, p.command(), strings.NewReader(stdin), append([]string{"import"}, args...)...)
	if got != code {
		t.Fatalf("%v: exit code %d, want %d\n%s%s", args, got, code, stdout, stderr)
	}
	if code == 0 && strings.HasPrefix(stdout, "{") {
		if err := json.Unmarshal([]byte(stdout), &r); err != nil {
			t.Fatal(err)
		}
	}
	return r, stdout + stderr
}

// command are the options of a command on the place.
func (p place) command() apptest.Options {
	return apptest.Options{DataDir: p.dir, Env: []string{"SALLYPORT_DATABASE_URL=" + p.url, "SALLYPORT_SECRET_KEY=" + otherKey}}
}

// people are the users of a place by what an import brought.
func (p place) people(t *testing.T) (all []string) {
	t.Helper()
	rows, err := p.open(t).QueryContext(t.Context(), `
		SELECT e.external_id, u.email, u.email_canonical, u.status, u.created_at, CASE WHEN u.email_verified_at IS NULL THEN 0 ELSE 1 END,
			CASE WHEN u.claimed_at IS NULL THEN 0 ELSE 1 END, COALESCE(c.secret, '')
		FROM external_ids e JOIN users u ON u.id = e.user_id LEFT JOIN credentials c ON c.user_id = u.id ORDER BY u.email_canonical`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		v := make([]any, 8)
		texts := make([]string, len(v))
		for n := range v {
			v[n] = &texts[n]
		}
		if err := rows.Scan(v...); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Join(texts, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// done is how many rows an import that has not ended has done.
func (p place) done(t *testing.T) (rows int64) {
	t.Helper()
	if p.url == "sqlite://"+filepath.Join(p.dir, "sallyport.db") && size(filepath.Join(p.dir, "sallyport.db")) == 0 {
		return 0
	}
	db := p.open(t)
	defer db.Close()
	_ = db.QueryRowContext(t.Context(), `SELECT rows_done FROM imports`).Scan(&rows)
	return rows
}

// TestAnImportThatIsKilledAndInterruptedIsWhole kills an import, presses Ctrl-C on
// the one that goes on, and compares what is there after the third with an import
// that nothing disturbed: users, events, and the list of refused rows.
func TestAnImportThatIsKilledAndInterruptedIsWhole(t *testing.T) {
	t.Parallel()
	all := soaktest.Amount(90_000)
	file := oldUsers(t, all)
	for name, open := range places() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			quiet, p := open(t), open(t)
			args := func(refused string) []string {
				return []string{file, "--source", "old", "--apply", "--yes", "--json", "--refused", refused}
			}
			list, wantList := filepath.Join(t.TempDir(), "refused"), filepath.Join(t.TempDir(), "refused")
			whole, _ := quiet.imports(t, 0, "", args(wantList)...)

			w := &world{server: &apptest.Process{DataDir: p.dir}, env: p.command().Env}
			p.imports(t, 0, "", file, "--source", "old", "--json", "--refused", list) // a look, which makes the tables
			w.killed(t, func() bool { return p.done(t) > 0 }, append([]string{"import"}, args(list)...)...)
			first := p.done(t)
			cmd, ended := w.begins(t, append([]string{"import"}, args(list)...)...)
			waittest.Until(t, "the import goes on", func() bool { return p.done(t) > first })
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			<-ended
			second := p.done(t)
			if code := cmd.ProcessState.ExitCode(); code != 1 || second <= first {
				t.Fatalf("interrupted after %d rows: exit code %d", second, code)
			}
			third, _ := p.imports(t, 0, "", args(list)...)
			if third.Resumed != second || third.New+third.AlreadyHere >= whole.New || third.AlreadyHere != 0 {
				t.Errorf("went on after %d of %d rows: %+v", second, all, third)
			}
			if diff := cmp.Diff(quiet.people(t), p.people(t)); diff != "" {
				t.Errorf("-whole +interrupted\n%s", diff)
			}
			if diff := cmp.Diff(read(t, wantList), read(t, list)); diff != "" {
				t.Errorf("refused: -whole +interrupted\n%s", diff)
			}
			again, _ := p.imports(t, 0, "", args(list)...)
			if again.New != 0 || again.Resumed != 0 || again.AlreadyHere != whole.New || !cmp.Equal(again.Refused, whole.Refused) {
				t.Errorf("a second time: %+v, want %+v", again, whole)
			}
			if n := p.countedInEvents(t); n != whole.New {
				t.Errorf("events tell of %d users, of %d", n, whole.New)
			}
		})
	}
}

// countedInEvents is how many users the events of imports name.
func (p place) countedInEvents(t *testing.T) (users int64) {
	t.Helper()
	rows, err := p.open(t).QueryContext(t.Context(), `SELECT details FROM audit_events WHERE kind = 'users.imported'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var details string
		var d struct {
			Users int64 `json:"users"`
		}
		if err := rows.Scan(&details); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(details), &d); err != nil {
			t.Fatal(err)
		}
		users += d.Users
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return users
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheImportCommandAsksAndRefuses has what is wrong in how the command is called,
// of which nothing is written, and what it asks.
func TestTheImportCommandAsksAndRefuses(t *testing.T) {
	t.Parallel()
	p, file, dir := sqlitePlace(t), oldUsers(t, 200), t.TempDir()
	list := filepath.Join(dir, "refused")
	for what, try := range map[string]struct {
		code int
		says string
		args []string
	}{
		"nothing":                   {2, "give a file", []string{}},
		"two files":                 {2, "unexpected argument", []string{file, file}},
		"a file and a table":        {2, "not both", []string{file, "--table", "users"}},
		"a database without table":  {2, "--table", []string{"--from", "sqlite:///x.db"}},
		"a URL that is no file":     {2, "read a database URL", []string{"--from", "@/nowhere", "--table", "users"}},
		"a name for no source":      {2, "--source", []string{file}}, // a space stands in it
		"a role without a name":     {2, "OLD=NEW", []string{file, "--source", "old", "--role", "x"}},
		"a choice that is none":     {2, "verified or newest", []string{file, "--source", "old", "--on-duplicate", "oldest"}},
		"no file of Firebase":       {2, "hash_config", []string{file, "--source", "old", "--firebase", "/nowhere"}},
		"no such file":              {1, "no such file", []string{"/nowhere.jsonl", "--source", "old"}},
		"a field that is none":      {1, "the fields are", []string{file, "--source", "old", "--map", "mail=email"}},
		"a column that is none":     {1, "no such column", []string{file, "--source", "old", "--map", "name=title"}},
		"no column for an address":  {1, "--map email=COLUMN", []string{file, "--source", "old", "--map", "email="}},
		"a role of no column":       {1, "--map roles=COLUMN", []string{file, "--source", "old", "--role", "a=b"}},
		"a built-in role":           {1, "--privileged", []string{file, "--source", "old", "--map", "roles=id", "--role", "a=admin"}},
		"no folder for the list":    {1, "file of refused rows", []string{file, "--source", "old", "--refused", "/nowhere/refused"}},
		"a database that is absent": {1, "there is no database", []string{"--from", "sqlite://" + dir + "/none.db", "--table", "users"}},
		"nobody says yes":           {2, "nothing was imported", []string{file, "--source", "old", "--apply", "--refused", list}},
	} {
		if !slices.Contains(try.args, "--refused") {
			try.args = append(try.args, "--refused", list)
		}
		if _, says := p.imports(t, try.code, "", try.args...); !strings.Contains(says, try.says) {
			t.Errorf("%s: %s", what, says)
		}
	}
	p.imports(t, 0, "", file, "--source", "old", "--refused", list) // a look
	if n := len(p.people(t)); n != 0 {
		t.Fatalf("%d users were imported", n)
	}
	if err := os.Chmod(list, 0o644); err != nil {
		t.Fatal(err)
	}
	_, says := p.imports(t, 0, "y\n", file, "--source", "old", "--apply", "--refused", list)
	info, err := os.Stat(list)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the list of refused rows: %+v, %v", info, err)
	}
	lines := strings.Split(strings.TrimSpace(read(t, list)), "\n")
	want := `{"row":18,"id":"17","reason":"invalid_email"}`
	if len(lines) != 8 || lines[0] != want || strings.Contains(read(t, list), "@") || strings.Contains(read(t, list), "salt$sum") {
		t.Errorf("the list is %v", lines)
	}
	for _, part := range []string{"Import with these columns?", "194 imported", "6 refused", "2 invalid_email", "4 duplicate_address", "2 imported without it: unreadable_password_hash", "2 $1$"} {
		if !strings.Contains(says, part) {
			t.Errorf("it does not say %q:\n%s", part, says)
		}
	}
	// Named columns need no answer.
	r, _ := p.imports(t, 0, "", file, "--source", "old", "--apply", "--refused", list, "--json", "--map", "name=")
	if r.AlreadyHere != 194 || r.Map["password_hash"] != "hashed_password" || r.RefusedFile != list {
		t.Errorf("%+v", r)
	}
}
