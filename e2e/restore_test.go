package e2e_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const later = "a later password 31"

// otherKey is a secret key that no data folder has.
const otherKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

// past is what people hold when a backup is restored.
type past struct {
	access, refresh []string
	verify, reset   []string
}

func (p *past) keep(tokens ...apptest.Tokens) {
	for _, t := range tokens {
		p.access, p.refresh = append(p.access, t.AccessToken), append(p.refresh, t.RefreshToken)
	}
}

// command runs a command on the data of the world's server.
func (w *world) command(t *testing.T, env []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	return apptest.Run(t.Context(), t, apptest.Options{DataDir: w.server.DataDir, Env: append(smtpEnv(w.inbox), env...)}, nil, args...)
}

// does runs a command that must succeed.
func (w *world) does(t *testing.T, env []string, args ...string) string {
	t.Helper()
	stdout, stderr, code := w.command(t, env, args...)
	if code != 0 {
		t.Fatalf("%v: exit code %d\n%s%s", args, code, stdout, stderr)
	}
	return stdout
}

// refused runs a command that must fail with a code and say something.
func (w *world) refused(t *testing.T, env []string, code int, says string, args ...string) {
	t.Helper()
	stdout, stderr, got := w.command(t, env, args...)
	if got != code || !strings.Contains(stderr, says) || stdout != "" {
		t.Errorf("%v: exit code %d, want %d; want %q in\n%s%s", args, got, code, says, stdout, stderr)
	}
}

func (w *world) asksForReset(t *testing.T, email string, nth int) string {
	t.Helper()
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	return w.linkToken(t, email, nth)
}

func (w *world) changesPassword(t *testing.T, bearer, from, to string) apptest.Tokens {
	t.Helper()
	var tokens apptest.Tokens
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/change-password", Bearer: bearer,
		Body: map[string]string{"current_password": from, "new_password": to},
	}).Want(t, http.StatusOK, "").Read(t, &tokens)
	return tokens
}

// nothingRevived presents everything of the past.
func (w *world) nothingRevived(t *testing.T, p past) {
	t.Helper()
	for n, token := range p.access {
		if a := w.Get(t, "/auth/me", token); a.Status != http.StatusUnauthorized {
			t.Errorf("access token %d is answered with %d", n, a.Status)
		}
	}
	for n, token := range p.refresh {
		a := w.refresh(t, token)
		if a.Status != http.StatusUnauthorized || a.Code() != "session_ended" && a.Code() != "not_issued" || next(t, a) != "login" {
			t.Errorf("refresh token %d is answered with %d %s", n, a.Status, a.Code())
		}
	}
	for _, token := range p.verify {
		w.Post(t, "/auth/verify-email", map[string]string{"token": token}).Want(t, http.StatusBadRequest, "invalid_token")
	}
	for _, token := range p.reset {
		w.Post(t, "/auth/reset-password", map[string]string{"token": token, "new_password": later}).
			Want(t, http.StatusBadRequest, "invalid_token")
	}
}

// TestARestoredBackupRevivesNothing restores one backup twice. What was handed
// out before it, after it, and between the two restorings is worth nothing; the
// passwords of the backup count.
func TestARestoredBackupRevivesNothing(t *testing.T) {
	t.Parallel()
	for name, env := range map[string][]string{
		"signed with ES256": {},
		"checked strictly":  {"SALLYPORT_REVOCATION_CHECK=strict"},
		"signed with HS256": {"SALLYPORT_JWT_ALGORITHM=HS256", "SALLYPORT_JWT_KEY=" + strings.Repeat("k3y-", 12)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := append([]string{quiet}, env...)
			w := newEmbedded(t, env...)
			file := filepath.Join(t.TempDir(), "backup.db")
			ada, bob, carol, dave, erin, frank := address(t, 1), address(t, 2), address(t, 3), address(t, 4), address(t, 5), address(t, 6)

			var p past
			early := w.join(t, ada)
			p.keep(early, w.join(t, bob))
			p.reset = append(p.reset, w.asksForReset(t, ada, 2))
			w.signUp(t, carol, password)
			p.verify = append(p.verify, w.linkToken(t, carol, 1))
			w.does(t, env, "backup", file)

			p.keep(w.refreshed(t, early.RefreshToken))
			second := w.changesPassword(t, early.AccessToken, password, later)
			third := w.changesPassword(t, second.AccessToken, later, later+"!")
			p.keep(second, third, w.changesPassword(t, third.AccessToken, later+"!", later), w.login(t, bob, password))
			p.keep(w.join(t, dave)) // nobody in the backup
			p.reset = append(p.reset, w.asksForReset(t, bob, 2))
			w.signUp(t, erin, password)
			p.verify = append(p.verify, w.linkToken(t, erin, 1))

			w.refused(t, env, 1, "in use", "restore", file, "--force")
			stop(t, w)
			w.refused(t, env, 1, "--force", "restore", file)
			w.does(t, env, "restore", file, "--force")
			w.restart(t, func() {}, env...)
			w.whole(t)
			w.nothingRevived(t, p)
			w.Post(t, "/auth/login", credentials{ada, later}).Want(t, http.StatusUnauthorized, "invalid_credentials")
			w.Post(t, "/auth/login", credentials{dave, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
			w.Post(t, "/auth/login", credentials{carol, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
			between := w.login(t, ada, password)
			p.keep(between, w.refreshed(t, between.RefreshToken), w.login(t, bob, password), w.join(t, frank))

			stop(t, w)
			w.does(t, env, "restore", file, "--force")
			w.restart(t, func() {}, env...)
			w.whole(t)
			w.nothingRevived(t, p)
			now := w.login(t, ada, password)
			w.Get(t, "/auth/me", w.refreshed(t, now.RefreshToken).AccessToken).Want(t, http.StatusOK, "")
			w.signUp(t, carol, password)
			w.verify(t, carol, 2)
		})
	}
}

func stop(t *testing.T, w *world) {
	t.Helper()
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}
}

// whole expects a server that is ready.
func (w *world) whole(t *testing.T) {
	t.Helper()
	w.server.Ops.Get(t, "/readyz", "").Want(t, http.StatusOK, "")
}

func TestBackupAndRestoreSayWhatTheyDid(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, quiet)
	w.join(t, address(t, 1))
	folder := t.TempDir()
	file := filepath.Join(folder, "backup.db")
	text := w.does(t, nil, "backup", file)
	for _, want := range []string{file, "checked", "secret.key", "not in it"} {
		if !strings.Contains(text, want) {
			t.Errorf("backup does not say %q:\n%s", want, text)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v (%v), want 0600", info.Mode(), err)
	}
	w.refused(t, nil, 1, "--force", "backup", file)
	w.refused(t, nil, 1, "the database itself", "backup", filepath.Join(w.server.DataDir, "sallyport.db"), "--force")
	w.refused(t, nil, 2, "name of one file", "backup")
	w.refused(t, nil, 2, "name of one file", "restore", file, file)
	w.refused(t, nil, 2, "--mark takes no file", "restore", file, "--mark")
	for _, url := range []string{"mysql://u:p@127.0.0.1:1/d", "postgres://u:p@127.0.0.1:1/d"} {
		other := []string{"SALLYPORT_DATABASE_URL=" + url, "SALLYPORT_SECRET_KEY=" + otherKey}
		w.refused(t, other, 2, "docs/operations/backup.md", "backup", file)
		w.refused(t, other, 2, "docs/operations/backup.md", "restore", file)
	}
	var copied struct {
		File          string
		Bytes, Schema int64
	}
	decode(t, w.does(t, nil, "backup", file, "--force", "--json"), &copied)
	if info, err := os.Stat(file); err != nil || copied.File != file || copied.Bytes != info.Size() || copied.Schema < 31 {
		t.Errorf("got %+v", copied)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("backup left %v beside the file (%v)", left, err)
	}

	// Not a backup, half a backup, a backup of another key.
	w.refused(t, nil, 1, "in use", "restore", "--mark")
	stop(t, w)
	broken := filepath.Join(folder, "broken.db")
	half, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for what, content := range map[string][]byte{"nothing": nil, "words": []byte("words"), "half": half[:len(half)/2]} {
		if err := os.WriteFile(broken, content, 0o600); err != nil {
			t.Fatal(what, err)
		}
		w.refused(t, nil, 1, "not a whole database", "restore", broken, "--force")
	}
	w.refused(t, []string{"SALLYPORT_SECRET_KEY=" + otherKey}, 1, "secret key", "restore", file, "--force")

	var done struct {
		Database, Kept string
		Users          int
		SessionsEnded  int `json:"sessions_ended"`
	}
	decode(t, w.does(t, nil, "restore", file, "--force", "--json"), &done)
	if done.Users != 1 || done.SessionsEnded != 1 || done.Kept == "" {
		t.Errorf("got %+v", done)
	}
	for path, mode := range map[string]fs.FileMode{done.Database: 0o600, done.Kept: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v (%v)", path, info, err)
		}
	}
	decode(t, w.does(t, nil, "restore", "--mark", "--json"), &done)
	// A new machine: nothing there but the key.
	key, err := os.ReadFile(filepath.Join(w.server.DataDir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	w.server.DataDir = filepath.Join(folder, "new")
	w.refused(t, nil, 1, "secret key is missing", "restore", file)
	if err := os.WriteFile(filepath.Join(w.server.DataDir, "secret.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	w.does(t, nil, "restore", file)
	w.restart(t, func() {}, quiet)
	w.login(t, address(t, 1), password)
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
}

// TestABackupIsOneState copies the database over and over while people sign up,
// in and out.
func TestABackupIsOneState(t *testing.T) {
	t.Parallel()
	env := []string{quiet, "SALLYPORT_ARGON2_MEMORY_KIB=64", "SALLYPORT_ARGON2_PASSES=1"}
	w := newEmbedded(t, env...)
	load := &crashLoad{world: w, owner: w.join(t, address(t, 1_000_000)).User.Email}
	gone := load.begin(t)
	for range soaktest.Rounds(t, 50) {
		file := filepath.Join(t.TempDir(), "backup.db")
		w.does(t, env, "backup", file)
		load.fileIsWhole(t, file)
	}
	gone()
	load.everyMailArrived(t)
}

// TestKilledBackupsAndRestoringsLoseNothing kills both commands at any moment.
func TestKilledBackupsAndRestoringsLoseNothing(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, quiet)
	email := address(t, 1)
	w.join(t, email)
	fatten(t, w.server.DataDir)
	file := filepath.Join(t.TempDir(), "backup.db")

	// Killed while the copy grows: no file has the name, and the next is whole.
	w.killed(t, func() bool { return size(file+".partial") > 0 }, "backup", file)
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a killed backup has its name: %v", err)
	}
	w.whole(t)
	took := time.Now()
	w.does(t, nil, "backup", file)
	for range soaktest.Rounds(t, 30) {
		w.killedAfter(t, rand.N(time.Since(took)), "backup", file, "--force")
		fileIsWhole(t, file)
	}
	stop(t, w)

	path := filepath.Join(w.server.DataDir, "sallyport.db")
	w.killed(t, func() bool { return size(path+".restoring") > 0 }, "restore", file, "--force")
	fileIsWhole(t, path)
	took = time.Now()
	w.does(t, nil, "restore", file, "--force")
	whole := time.Since(took)
	for range soaktest.Rounds(t, 60) {
		w.killedAfter(t, rand.N(whole+whole/8), "restore", file, "--force")
		fileIsWhole(t, path)
	}
	w.restart(t, func() {}, quiet)
	w.login(t, email, password)
	stop(t, w)
	w.does(t, nil, "restore", file, "--force")
	if left, err := filepath.Glob(path + ".restoring*"); err != nil || len(left) > 0 {
		t.Errorf("restoring left %v (%v)", left, err)
	}
}

// killed starts a command and kills it once a condition holds.
func (w *world) killed(t *testing.T, when func() bool, args ...string) {
	t.Helper()
	cmd, ended := w.begins(t, args...)
	waittest.Until(t, "the moment to kill "+args[0], func() bool {
		select {
		case <-ended:
			t.Fatalf("%v ended by itself", args)
		default:
		}
		return when()
	})
	_ = cmd.Process.Kill()
	<-ended
}

// killedAfter starts a command and kills it after a while, if it still runs.
func (w *world) killedAfter(t *testing.T, pause time.Duration, args ...string) {
	t.Helper()
	cmd, ended := w.begins(t, args...)
	select {
	case <-time.After(pause): // the moment of the kill is the point, nothing is waited for
	case <-ended:
	}
	_ = cmd.Process.Signal(syscall.SIGKILL)
	<-ended
}

func (w *world) begins(t *testing.T, args ...string) (*exec.Cmd, <-chan struct{}) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), apptest.Binary(t), args...)
	cmd.Env = apptest.Options{DataDir: w.server.DataDir, Env: w.env}.Environ()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	return cmd, ended
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// fatten makes a database so large that copying it takes a while.
func fatten(t *testing.T, dataDir string) {
	t.Helper()
	db := openDatabase(t, dataDir)
	if _, err := db.ExecContext(t.Context(), `
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15000)
		INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at)
		SELECT 'main', printf('fat-%06d', i), 'test', 'success', '', '', '', '', '', hex(randomblob(300)), i FROM n`); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
}

func fileIsWhole(t *testing.T, path string) {
	t.Helper()
	db := openFile(t, path)
	defer db.Close()
	var verdict string
	var users int
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("integrity check of %s: %s, %v", path, verdict, err)
	}
	if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM users").Scan(&users); err != nil || users != 1 {
		t.Fatalf("%s has %d users, %v", path, users, err)
	}
}
