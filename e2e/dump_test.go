package e2e_test

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
)

// TestADumpThatIsLoadedRevivesNothing follows docs/operations/backup.md: the
// server's own tools, while people go on, and sallyport restore --mark.
func TestADumpThatIsLoadedRevivesNothing(t *testing.T) {
	t.Parallel()
	needServers(t)
	type engine struct {
		open       func(*testing.T) place
		dump, load func(t *testing.T, u *url.URL, file string)
	}
	// mysql is an engine whose own tools are called dumper and client.
	mysql := func(open func(*testing.T) place, dumper, client string) engine {
		return engine{open, func(t *testing.T, u *url.URL, file string) {
			t.Helper()
			tool(t, nil, file, dumper, "--no-defaults", "--single-transaction", "--skip-lock-tables", "--hex-blob", "--no-tablespaces",
				"--default-character-set=utf8mb4", "--host="+u.Hostname(), "--port="+u.Port(), "--user="+u.User.Username(), u.Path[1:])
		}, func(t *testing.T, u *url.URL, file string) {
			t.Helper()
			text, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer text.Close()
			tool(t, text, "", client, "--no-defaults", "--host="+u.Hostname(), "--port="+u.Port(), "--user="+u.User.Username(), u.Path[1:])
		}}
	}
	for name, engine := range map[string]engine{
		"MariaDB": mysql(mariaPlace, "mariadb-dump", "mariadb"),
		"MySQL":   mysql(mysqlPlace, mysqlProgram(t, "mysqldump"), mysqlProgram(t, "mysql")),
		"PostgreSQL": {postgresPlace, func(t *testing.T, u *url.URL, file string) {
			t.Helper()
			tool(t, nil, "", "pg_dump", "--format=custom", "--file="+file, u.String())
		}, func(t *testing.T, u *url.URL, file string) {
			t.Helper()
			tool(t, nil, "", "pg_restore", "--dbname="+u.String(), file)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, there, anew := filepath.Join(t.TempDir(), "dump"), engine.open(t), engine.open(t)
			w := newEmbedded(t, quiet, "SALLYPORT_DATABASE_URL="+there.url, "SALLYPORT_SECRET_KEY="+otherKey)
			ada, dave := address(t, 1), address(t, 2)
			var p past
			early := w.join(t, ada)
			p.keep(early, w.login(t, ada, password))
			p.reset = append(p.reset, w.asksForReset(t, ada, 2))
			engine.dump(t, parsed(t, there.url), file)

			p.keep(w.refreshed(t, early.RefreshToken), w.changesPassword(t, early.AccessToken, password, later), w.join(t, dave))
			stop(t, w)
			engine.load(t, parsed(t, anew.url), file)
			env := []string{quiet, "SALLYPORT_DATABASE_URL=" + anew.url, "SALLYPORT_SECRET_KEY=" + otherKey}
			text := w.does(t, env, "restore", "--mark")
			if !strings.Contains(text, "1 users must sign in again") {
				t.Errorf("got %s", text)
			}
			w.start(t, apptest.Options{DataDir: w.server.DataDir, Env: append(smtpEnv(w.inbox), env...)})
			w.whole(t)
			w.nothingRevived(t, p)
			w.Post(t, "/auth/login", credentials{dave, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
			w.refreshed(t, w.login(t, ada, password).RefreshToken)
		})
	}
}

func mysqlProgram(t *testing.T, name string) string {
	t.Helper()
	path, err := fleet.MySQLProgram(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// tool runs a program of a database server, its output into a file if one is
// named.
func tool(t *testing.T, stdin *os.File, output, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	if stdin != nil {
		cmd.Stdin = stdin
	}
	if output != "" {
		f, err := os.Create(output)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cmd.Stdout = f
	}
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, errs.String())
	}
}
