package e2e_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
	"github.com/sallyport-auth/sallyport/internal/words"
)

func TestReadinessTellsTheTruthAboutTheDatabase(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	ops := w.server.Ops
	for _, c := range []*apptest.Client{w.Client, ops} {
		c.Get(t, "/livez", "").Want(t, http.StatusOK, "")
		c.Get(t, "/readyz", "").Want(t, http.StatusOK, "")
	}
	// Somebody else holds the write lock.
	db := openDatabase(t, w.server.DataDir)
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "readiness turns red", func() bool {
		return ops.Get(t, "/readyz", "").Status == http.StatusServiceUnavailable
	})
	a := w.Post(t, "/auth/sign_up", credentials{address(t, 1), password}).Want(t, http.StatusServiceUnavailable, "unavailable")
	if a.Header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	ops.Get(t, "/livez", "").Want(t, http.StatusOK, "")
	if _, err := conn.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "readiness turns green", func() bool { return ops.Get(t, "/readyz", "").Status == http.StatusOK })
	w.signUp(t, address(t, 1), password)
}

func TestReadinessTurnsRedWhenTheDatabaseIsGone(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	for _, name := range []string{"sallyport.db", "sallyport.db-wal", "sallyport.db-shm"} {
		_ = os.Remove(filepath.Join(w.server.DataDir, name))
	}
	ops := w.server.Ops
	waittest.Until(t, "readiness turns red", func() bool {
		return ops.Get(t, "/readyz", "").Status == http.StatusServiceUnavailable
	})
	ops.Get(t, "/livez", "").Want(t, http.StatusOK, "")
}

func TestMetricsCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refreshed(t, w.join(t, address(t, 1)).RefreshToken)
	for _, name := range []string{"go_goroutines", "sallyport_http_request_duration_seconds_count", "sallyport_refresh_total"} {
		if w.figure(t, name) == 0 {
			t.Errorf("/metrics lacks %q", name)
		}
	}
	if got := w.Get(t, "/metrics", "").Status; got != http.StatusNotFound {
		t.Errorf("the public listener answers /metrics with %d", got)
	}
}

func TestStopIsGracefulAndNothingLeaksIntoTheLog(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, "SALLYPORT_LOG_LEVEL=debug")
	email := address(t, 1)
	tokens := w.join(t, email)
	w.refreshed(t, tokens.RefreshToken)
	w.refresh(t, tokens.RefreshToken[:len(tokens.RefreshToken)-4]+"AAAA")
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	reset := w.linkToken(t, email, 2)
	w.Do(t, apptest.Request{Method: http.MethodGet, Path: "/auth/reset-password?token=" + reset, Header: []string{"Accept", "text/html"}})
	w.Post(t, "/auth/reset-password", map[string]string{"token": reset, "new_password": "a fresh start 81"}).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/login", credentials{email, "a wrong guess 99"})
	key, err := os.ReadFile(filepath.Join(w.server.DataDir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	w.remember(strings.TrimSpace(string(key)))
	w.mail(t, email, 3)
	if err := w.server.Stop(); err != nil {
		t.Errorf("the server did not stop well: %v\n%s", err, w.server.Log())
	}
	w.noSecretInLog(t)
	// Neither is anything at rest in clear.
	for _, name := range []string{"sallyport.db", "sallyport.db-wal"} {
		content, _ := os.ReadFile(filepath.Join(w.server.DataDir, name))
		for s := range w.secrets {
			if s != tokens.SessionID && strings.Contains(string(content), s) {
				t.Errorf("%s holds the secret %.12s... in clear", name, s)
			}
		}
	}
}

// TestARequestThatWasTakenIsAnsweredBeforeTheStop sends the signal while the
// server is reading a request's body.
func TestARequestThatWasTakenIsAnsweredBeforeTheStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	var dialer net.Dialer
	conn, err := dialer.DialContext(t.Context(), "tcp", w.server.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	body := fmt.Sprintf(`{"email":%q,"password":%q}`, email, password)
	_, err = fmt.Fprintf(conn, "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", len(body))
	if err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(conn)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100") {
		t.Fatalf("the server does not wait for the body: %q, %v", line, err)
	}
	_, _ = answers.ReadString('\n')
	stopped := make(chan error, 1)
	go func() { stopped <- w.server.Stop() }()
	past := apptest.NewClient(w.server.URL) // any proxy
	waittest.Until(t, "no new requests are taken", func() bool {
		_, err := past.Try(t, apptest.Request{Method: http.MethodGet, Path: "/livez"})
		return err != nil
	})
	if _, err := fmt.Fprint(conn, body); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatalf("a request that was taken is not answered: %v", err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("a request that was taken is answered with %d", resp.StatusCode)
	}
	if err := <-stopped; err != nil {
		t.Errorf("the server did not stop well: %v", err)
	}
}

func TestTheDoctorMakesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	o := apptest.Options{DataDir: dir}
	out, errs, code := apptest.Run(t.Context(), t, o, nil, "doctor")
	if code != 0 || !strings.Contains(out, "will be created at the first start") {
		t.Errorf("doctor: %d %s %s", code, out, errs)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a look made the data folder")
	}
	blocked := apptest.Options{DataDir: filepath.Join(t.TempDir(), "file", "data")}
	if err := os.WriteFile(filepath.Dir(blocked.DataDir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _, code := apptest.Run(t.Context(), t, blocked, nil, "doctor"); code != 1 || !strings.Contains(out, "SALLYPORT_DATA_DIR") {
		t.Errorf("a folder that cannot be made: %d %s", code, out)
	}
	o.Env = []string{"SALLYPORT_PUBLIC_URL=http://localhost:8000", "SALLYPORT_LISTEN=127.0.0.1:8080"}
	if out, _, code := apptest.Run(t.Context(), t, o, nil, "doctor"); code != 0 || !strings.Contains(out, "has another port") {
		t.Errorf("a public URL with another port: %d %s", code, out)
	}
	o.Env = []string{"SALLYPORT_AUDIENCE=https://api.example.com"}
	if out, _, code := apptest.Run(t.Context(), t, o, nil, "doctor"); code != 0 || !strings.Contains(out, "https://api.example.com is shown the tokens that manage accounts") {
		t.Errorf("an audience that is another program: %d %s", code, out)
	}
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	for _, name := range []string{"sallyport.db", "secret.key"} {
		info, err := os.Stat(filepath.Join(w.server.DataDir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v; want 0600", name, info.Mode(), err)
		}
	}
}

func TestALostSecretKeyIsLoud(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	w.join(t, address(t, 1))
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(w.server.DataDir, "secret.key")
	saved, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	o := apptest.Options{DataDir: w.server.DataDir, Env: smtpEnv(w.inbox)}
	if _, err := apptest.TryStart(t, o); err == nil || !strings.Contains(err.Error(), "secret key is missing") {
		t.Errorf("without its key the server says: %v", err)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a new key was made in silence")
	}
	other := o
	other.Env = append(other.Env, "SALLYPORT_SECRET_KEY=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
	if _, err := apptest.TryStart(t, other); err == nil {
		t.Error("the server starts with another key")
	}
	other.Env[len(other.Env)-1] += "," + strings.TrimSpace(string(saved))
	apptest.Start(t, other)
}

func TestCommands(t *testing.T) {
	t.Parallel()
	o := apptest.Options{DataDir: t.TempDir()}
	run := func(stdin string, args ...string) (string, string, int) {
		return apptest.Run(t.Context(), t, o, strings.NewReader(stdin), args...)
	}
	if _, errs, code := run("", "sevre"); code != 2 || !strings.Contains(errs, `unknown command "sevre"`) {
		t.Errorf("a typo: %d %s", code, errs)
	}
	if out, _, code := run("", "version", "--json"); code != 0 || !json.Valid([]byte(out)) {
		t.Errorf("version: %d %s", code, out)
	}
	if out, errs, code := run("", "migrate"); code != 0 || !strings.Contains(out, "version") {
		t.Errorf("migrate: %d %s %s", code, out, errs)
	}
	if _, errs, code := run("violet umbrella 27\n", "user", "create", "--email", "root@people.example", "--password-stdin", "--admin", "--verified"); code != 0 {
		t.Fatalf("user create: %d %s", code, errs)
	}
	if _, errs, code := run("violet umbrella 27\n", "user", "create", "--email", "ROOT@people.example", "--password-stdin"); code != 1 || !strings.Contains(errs, "has an account") {
		t.Errorf("the same user again: %d %s", code, errs)
	}
	if _, _, code := run("", "user", "create", "--email", "x@people.example"); code != 2 {
		t.Errorf("a user without a password: %d", code)
	}
	if out, errs, code := run("", "doctor", "--json"); code != 0 || !json.Valid([]byte(out)) {
		t.Errorf("doctor: %d %s %s", code, out, errs)
	}
	out, _, code := run("", "config", "--json", "--smtp-host", "localhost", "--smtp-username", "auth", "--smtp-password", "hunter2-canary")
	if code != 0 || !json.Valid([]byte(out)) || strings.Contains(out, "hunter2") {
		t.Errorf("config: %d %s", code, out)
	}
	if _, errs, code := run("", "serve", "--public-url", "https://auth.example"); code == 0 || !strings.Contains(errs, "SMTP") {
		t.Errorf("a public server without mail: %d %s", code, errs)
	}
	for stdin, says := range map[string]string{"violet umbrella 27": "email " + words.ForPrograms().Rule("email"), "short": words.ForPrograms().Said("weak_password.too_short", "n", "8")} {
		email := map[bool]string{true: "x", false: "x@people.example"}[stdin != "short"]
		if _, errs, code := run(stdin, "user", "create", "--email", email, "--password-stdin"); code != 1 || !strings.Contains(errs, says) {
			t.Errorf("user create that is refused: %d %s, want %q", code, errs, says)
		}
	}
	for _, args := range [][]string{{"migrate"}, {"key", "rewrap"}, {"config"}, {"doctor"}, {"version"}} {
		if out, errs, code := run("", append(args, "--json")...); code != 0 || !json.Valid([]byte(out)) {
			t.Errorf("%v --json: %d %s %s", args, code, out, errs)
		}
	}
	w := &world{}
	w.start(t, o)
	tokens := w.login(t, "root@people.example", "violet umbrella 27")
	if len(tokens.User.Roles) != 1 || tokens.User.Roles[0] != "admin" {
		t.Errorf("roles %v, want admin", tokens.User.Roles)
	}
}
