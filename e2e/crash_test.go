package e2e_test

import (
	"database/sql"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestKilledAtAnyMomentNothingIsLostOrRevived kills the server under load, over
// and over, on one database.
func TestKilledAtAnyMomentNothingIsLostOrRevived(t *testing.T) {
	t.Parallel()
	env := []string{quiet, "SALLYPORT_ARGON2_MEMORY_KIB=64", "SALLYPORT_ARGON2_PASSES=1"}
	w := newEmbedded(t, env...)
	load := &crashLoad{world: w}
	load.owner = w.join(t, address(t, 1_000_000)).User.Email
	for round := range soaktest.Rounds(t, 50) {
		var gone atomic.Bool
		var wg sync.WaitGroup
		for n := range 4 {
			wg.Go(func() { load.signUps(t, &gone, round*1000+n*100) })
			wg.Go(func() { load.logouts(t, &gone) })
		}
		if round == 0 { // however slow the machine is, something is under way
			waittest.Until(t, "a sign-up and a logout", load.hasBegun)
		}
		pause := time.Duration(20+rand.IntN(250)) * time.Millisecond
		select {
		case <-time.After(pause): // the moment of the kill is the point, nothing is waited for
		case <-t.Context().Done():
		}
		w.server.Kill()
		gone.Store(true)
		wg.Wait()
		w.restart(t, func() {}, env...)
		load.nothingRevived(t)
	}
	load.everyMailArrived(t)
	if len(load.ended) == 0 {
		t.Error("no session was ended before the kills")
	}
	w.server.Kill()
	load.databaseIsWhole(t)
	load.everyEventIsSealedOnce(t)
}

// everyEventIsSealedOnce verifies the audit log that all the kills have left.
func (l *crashLoad) everyEventIsSealedOnce(t *testing.T) {
	t.Helper()
	for _, command := range []string{"seal", "verify"} {
		stdout, stderr, code := apptest.Run(t.Context(), t, l.operator(), nil, "audit", command)
		if code != 0 || command == "verify" && !strings.Contains(stdout, "Not sealed yet: 0.") {
			t.Errorf("audit %s: exit %d\n%s%s", command, code, stdout, stderr)
		}
	}
}

type crashLoad struct {
	*world
	owner string

	mu       sync.Mutex
	accepted []string         // addresses whose sign-up was answered with 202
	ended    []apptest.Tokens // sessions whose logout was answered with 200
}

// begin puts load on the server until the function that it gives is called.
func (l *crashLoad) begin(t *testing.T) (end func()) {
	t.Helper()
	var gone atomic.Bool
	var wg sync.WaitGroup
	for n := range 2 {
		wg.Go(func() { l.signUps(t, &gone, n*100_000) })
		wg.Go(func() { l.logouts(t, &gone) })
	}
	return func() {
		gone.Store(true)
		wg.Wait()
	}
}

func (l *crashLoad) hasBegun() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.accepted) > 0 && len(l.ended) > 0
}

// signUps signs new addresses up until the server is gone.
func (l *crashLoad) signUps(t *testing.T, gone *atomic.Bool, from int) {
	t.Helper()
	for n := from; !gone.Load(); n++ {
		if _, err := l.trySignUp(t, address(t, n)); err != nil {
			return
		}
	}
}

// trySignUp signs an address up and keeps it if that was accepted.
func (l *crashLoad) trySignUp(t *testing.T, email string) (apptest.Answer, error) {
	t.Helper()
	a, err := l.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/sign_up", Body: credentials{email, password}})
	if err == nil && a.Status == http.StatusAccepted {
		l.mu.Lock()
		l.accepted = append(l.accepted, email)
		l.mu.Unlock()
	}
	return a, err
}

// logouts signs in and out until the server is gone.
func (l *crashLoad) logouts(t *testing.T, gone *atomic.Bool) {
	t.Helper()
	for !gone.Load() {
		a, err := l.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/login", Body: credentials{l.owner, password}})
		if err != nil || a.Status != http.StatusOK {
			return
		}
		var tokens apptest.Tokens
		a.Read(t, &tokens)
		out := apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: tokens.AccessToken}
		if a, err = l.Try(t, out); err != nil || a.Status != http.StatusOK {
			return
		}
		l.mu.Lock()
		l.ended = append(l.ended, tokens)
		l.mu.Unlock()
	}
}

// nothingRevived presents the tokens of sessions that were ended before a kill.
func (l *crashLoad) nothingRevived(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	ended := l.ended
	l.mu.Unlock()
	for _, s := range ended[max(0, len(ended)-50):] {
		l.Get(t, "/auth/me", s.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
		l.refresh(t, s.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	}
}

// everyMailArrived checks that each accepted sign-up got its mail once or twice,
// under one Message-ID.
func (l *crashLoad) everyMailArrived(t *testing.T) {
	t.Helper()
	// A job that was running when its process was killed waits for the end of
	// its lease, which is longer than any SMTP time-out.
	const lease = 2 * time.Minute
	for _, email := range l.accepted {
		waittest.Within(t, lease+waittest.Patience, "mail to "+email, func() bool { return len(l.mailsTo(email)) > 0 })
		ids := map[string]bool{}
		got := l.mailsTo(email)
		for _, m := range got {
			ids[m.Header.Get("Message-Id")] = true
		}
		if len(got) > 2 || len(ids) != 1 {
			t.Errorf("%s got %d mails with %d Message-IDs", email, len(got), len(ids))
		}
	}
	t.Logf("%d sign-ups were accepted, %d sessions were ended", len(l.accepted), len(l.ended))
	if len(l.accepted) == 0 {
		t.Error("the load did nothing")
	}
}

func (l *crashLoad) databaseIsWhole(t *testing.T) {
	t.Helper()
	l.fileIsWhole(t, filepath.Join(l.server.DataDir, "sallyport.db"))
}

// fileIsWhole looks at a database from outside.
func (l *crashLoad) fileIsWhole(t *testing.T, path string) {
	t.Helper()
	db := openFile(t, path)
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity check: %s, %v", verdict, err)
	}
	for what, query := range map[string]string{ // IN reads each table once, however many rows it has
		"users without a password":  `SELECT COUNT(*) FROM users WHERE id NOT IN (SELECT user_id FROM credentials WHERE kind = 'password')`,
		"sign-ups without a job":    `SELECT COUNT(*) FROM pending_signups WHERE id NOT IN (SELECT COALESCE(json_extract(payload, '$.token_id'), '') FROM jobs)`,
		"broken foreign keys":       `SELECT COUNT(*) FROM pragma_foreign_key_check`,
		"sessions without a user":   `SELECT COUNT(*) FROM sessions WHERE user_id NOT IN (SELECT id FROM users)`,
		"revoked without an entry":  `SELECT COUNT(*) FROM sessions WHERE revoked_at IS NOT NULL AND id NOT IN (SELECT subject FROM revocations)`,
		"numbers beyond the feed's": `SELECT COUNT(*) FROM revocations r WHERE r.number > (SELECT MAX(number) FROM feed)`,
	} {
		var n int
		if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d, %v", what, n, err)
		}
	}
}

// openDatabase opens the SQLite file of a data folder from outside.
func openDatabase(t *testing.T, dataDir string) *sql.DB {
	t.Helper()
	return openFile(t, filepath.Join(dataDir, "sallyport.db"))
}

// database opens the world's database from outside.
func (w *world) database(t *testing.T) *sql.DB {
	t.Helper()
	for _, pair := range w.env {
		if address, found := strings.CutPrefix(pair, "SALLYPORT_DATABASE_URL="); found {
			return place{url: address}.open(t)
		}
	}
	return openDatabase(t, w.server.DataDir)
}
