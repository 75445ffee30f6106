package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// moving is the environment of the applications that users move from, which `make
// test` installs.
const moving = ".tools/moving/bin/python"

// mover is a user of another application, as they typed it there.
type mover struct {
	ID       string `json:"id"`
	Email    string `json:"email"`
	Username string `json:"username"`
	Password string `json:"password"`
	Verified bool   `json:"verified"`
	Disabled bool   `json:"disabled"`
}

// movers lets users sign up at an application with its own database, which it
// reaches by a driver of Python's.
func movers(t *testing.T, program, engine, driver string) (people []mover, url string) {
	t.Helper()
	url = fleettest.Database(t, engine)
	python, _, _ := strings.Cut(url, "?")
	scheme, rest, _ := strings.Cut(python, "://")
	switch engine {
	case fleettest.SQLite:
		rest = "/" + rest
	case fleettest.PostgresName:
		scheme = "postgresql" // SQLAlchemy's word for it
	}
	said := contractTool(t, t.TempDir(), []string{"PYTHONWARNINGS=ignore"}, absolute(t, "../"+moving), absolute(t, "moving/"+program), scheme+"+"+driver+"://"+rest)
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &people); err != nil {
		t.Fatalf("%v:\n%s", err, said)
	}
	return people, url
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// blocks are the blocks of code of a page, in their order.
func blocks(t *testing.T, page, language string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "docs", "moving", page))
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		all = append(all, strings.TrimSpace(block[1]))
	}
	return all
}

// walks follows a page with a server of its own, and gives the secret of the client
// that the page makes.
func (w *world) walks(t *testing.T, page, url string) (secret string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "old-database-url")
	if err := os.WriteFile(file, []byte(url+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	commands := blocks(t, page, "sh")
	if len(commands) != 3 {
		t.Fatalf("%s has %d commands", page, len(commands))
	}
	for _, command := range commands {
		args := strings.Fields(strings.Replace(command, "@old-database-url", "@"+file, 1))[1:]
		if args[0] == "client" {
			args = append(args, "--json")
		} else {
			args = append(args, "--refused", filepath.Join(dir, "refused.jsonl"), "--yes")
		}
		stdout, stderr, code := apptest.Run(t.Context(), t, w.operator(), nil, args...)
		if code != 0 {
			t.Fatalf("%s: exit code %d\n%s%s", command, code, stdout, stderr)
		}
		if args[0] == "client" {
			var made struct {
				Secret string `json:"client_secret"`
			}
			if err := json.Unmarshal([]byte(stdout), &made); err != nil || made.Secret == "" {
				t.Fatalf("%v: %s", err, stdout)
			}
			secret = made.Secret
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "refused.jsonl")); err != nil || info.Mode().Perm() != 0o600 || info.Size() != 0 {
		t.Errorf("the file of refused rows: %+v, %v", info, err)
	}
	return secret
}

// asks runs the application of a page, and gives what it says of the callers with
// these tokens.
func (w *world) asks(t *testing.T, page, secret string, tokens ...string) []string {
	t.Helper()
	dir := t.TempDir()
	sources := blocks(t, page, "python")
	if err := os.WriteFile(filepath.Join(dir, "main.py"), []byte(sources[len(sources)-1]), 0o600); err != nil {
		t.Fatal(err)
	}
	said := contractTool(t, dir, []string{
		"PYTHONWARNINGS=ignore", "PYTHONPATH=" + dir + ":" + absolute(t, "../clients/python/src"), "ISSUER=" + w.URL, "AUDIENCE=people", "CLIENT_SECRET=" + secret,
	}, absolute(t, "../"+moving), append([]string{absolute(t, "moving/ask.py")}, tokens...)...)
	return strings.Split(strings.TrimSpace(said), "\n")
}

// signsIn signs a user in who has moved, twice, and gives a token. Their hash is ours
// after the first time.
func (w *world) signsIn(t *testing.T, m mover) apptest.Tokens {
	t.Helper()
	w.Post(t, "/auth/login", map[string]string{"email": m.Email, "password": "x" + m.Password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	first := w.login(t, m.Email, m.Password)
	if hash := w.hashOf(t, first.User.ID); !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("%s has the hash %.30s", m.Email, hash)
	}
	return w.login(t, m.Email, m.Password)
}

func (w *world) hashOf(t *testing.T, userID string) (hash string) {
	t.Helper()
	err := w.database(t).QueryRowContext(t.Context(), "SELECT secret FROM credentials WHERE user_id = '"+userID+"'").Scan(&hash)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// newPlace starts a server that is reached at its public URL, where users move to, with
// the settings of the page.
func newPlace(t *testing.T, settings ...string) *world {
	t.Helper()
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("127.0.0.1:%d", port)
	return newEmbedded(t, append(slices.Concat(cheapHash, settings), quiet, "SALLYPORT_AUDIENCE=people", "SALLYPORT_LISTEN="+at, "SALLYPORT_PUBLIC_URL=http://"+at)...)
}

// moved lets users sign up at another program, with its database on an engine if the
// suite runs on it, and moves them as a page says. It gives the secret of the client
// that the page makes.
func moved(t *testing.T, page, program, engine string, drivers map[string]string) (w *world, people []mover, secret string) {
	t.Helper()
	engine = engineOf(t, engine)
	people, url := movers(t, program, engine, drivers[engine])
	w = newPlace(t, blocks(t, page, "env")...)
	return w, people, w.walks(t, page, url)
}

// engineOf is an engine if the suite runs on it, and otherwise SQLite.
func engineOf(t *testing.T, engine string) string {
	t.Helper()
	if slices.Contains(fleettest.Engines(t), engine) {
		return engine
	}
	return fleettest.SQLite
}

func TestUsersMoveFromThePredecessor(t *testing.T) {
	t.Parallel()
	const page = "from-the-fastapi-predecessor.md"
	w, people, secret := moved(t, page, "predecessor.py", fleettest.MySQLName, map[string]string{fleettest.SQLite: "pysqlite", fleettest.MySQLName: "pymysql"})
	var tokens, want []string
	for _, m := range people {
		if !m.Verified {
			w.Post(t, "/auth/login", map[string]string{"email": m.Email, "password": m.Password}).Want(t, http.StatusForbidden, "email_not_verified")
			continue
		}
		s := w.signsIn(t, m)
		if s.User.Name != m.Username {
			t.Errorf("%s is called %q", m.Email, s.User.Name)
		}
		var was string
		query := strings.Replace(blocks(t, page, "sql")[0], "external_id, user_id", "external_id", 1) + " AND user_id = '" + s.User.ID + "'"
		if err := w.database(t).QueryRowContext(t.Context(), query).Scan(&was); err != nil || was != m.ID {
			t.Errorf("%s had the id %s: %v", m.Email, was, err)
		}
		tokens, want = append(tokens, s.AccessToken), append(want, "200 "+s.User.ID+" "+m.ID)
	}
	if got := w.asks(t, page, secret, append(tokens, tokens[0]+"x")...); !slices.Equal(got, append(want, "401 refused")) {
		t.Errorf("the application says %v, want %v", got, want)
	}
}

func TestUsersMoveFromFastAPIUsers(t *testing.T) {
	t.Parallel()
	const page = "from-fastapi-users.md"
	w, people, secret := moved(t, page, "fastapi_users_app.py", fleettest.PostgresName, map[string]string{fleettest.SQLite: "aiosqlite", fleettest.PostgresName: "asyncpg"})
	var tokens, want []string
	for _, m := range people {
		login := map[string]string{"email": m.Email, "password": m.Password}
		switch {
		case m.Disabled:
			w.Post(t, "/auth/login", login).Want(t, http.StatusForbidden, "account_disabled")
		case !m.Verified:
			w.Post(t, "/auth/login", login).Want(t, http.StatusForbidden, "email_not_verified")
		default:
			s := w.signsIn(t, m)
			if s.User.ID != m.ID {
				t.Errorf("%s was %s and is %s", m.Email, m.ID, s.User.ID)
			}
			tokens, want = append(tokens, s.AccessToken), append(want, "200 "+m.ID)
		}
	}
	if got := w.asks(t, page, secret, tokens...); !slices.Equal(got, want) {
		t.Errorf("the application says %v, want %v", got, want)
	}
}
