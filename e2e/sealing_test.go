package e2e_test

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// sealers are two servers on one database, under load.
type sealers struct {
	*world

	db      *sql.DB
	options [2]apptest.Options
	servers [2]*apptest.Process
	clients [2]atomic.Pointer[apptest.Client]
	ended   atomic.Int64 // sessions whose logout was answered with 200
}

func (s *sealers) run(t *testing.T, n int) {
	t.Helper()
	s.servers[n] = apptest.Start(t, s.options[n])
	s.clients[n].Store(apptest.NewClient(s.servers[n].URL))
}

// signInAndOut records two events, if the server lives long enough.
func (s *sealers) signInAndOut(t *testing.T, n int, email string) {
	t.Helper()
	c := s.clients[n].Load()
	a, err := c.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/login", Body: credentials{email, password}})
	if err != nil || a.Status != http.StatusOK {
		hold(t, 20*time.Millisecond) // until it is started again
		return
	}
	var tokens apptest.Tokens
	a.Read(t, &tokens)
	if a, err = c.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: tokens.AccessToken}); err == nil && a.Status == http.StatusOK {
		s.ended.Add(1)
	}
}

// sealing tells whether somebody holds the tree at this moment.
func (s *sealers) sealing(ctx context.Context) bool {
	var size int64
	return s.db.QueryRowContext(ctx, "SELECT size FROM audit_tree WHERE realm_id = 'main' AND number = 1 FOR UPDATE NOWAIT").Scan(&size) != nil
}

func (s *sealers) count(t *testing.T, query string, args ...any) (n int64) {
	t.Helper()
	if err := s.db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestKilledWhileSealingNoEventIsLostOrDoubled kills one of two servers on one
// database by SIGKILL while one of them seals, over and over.
func TestKilledWhileSealingNoEventIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	needServers(t)
	p := placeOn(t, fleettest.ClusterEngine(t))
	p.putKey(t, secretKey)
	s := &sealers{world: &world{inbox: mailtest.Start(t, mailtest.Options{})}, db: p.open(t)}
	for n := range s.servers {
		s.options[n] = p.options(s.inbox, append(slices.Clone(cheapHash), quiet)...)
		s.options[n].DataDir = t.TempDir()
	}
	s.start(t, s.options[0])
	email := s.join(t, address(t, 1)).User.Email
	s.servers[0] = s.server
	s.clients[0].Store(apptest.NewClient(s.server.URL))
	s.run(t, 1)
	load := during(4, func(worker int) { s.signInAndOut(t, worker%2, email) })
	for round := range soaktest.Rounds(t, 50) {
		before := s.count(t, "SELECT COUNT(*) FROM audit_leaves")
		waittest.Until(t, "events are sealed", func() bool { return s.count(t, "SELECT COUNT(*) FROM audit_leaves") > before })
		waittest.Until(t, "somebody seals", func() bool { return s.sealing(t.Context()) })
		s.servers[round%2].Kill()
		s.run(t, round%2)
	}
	load.end()
	for _, server := range s.servers {
		server.Kill()
	}
	for _, command := range []string{"seal", "verify"} {
		stdout, stderr, code := apptest.Run(t.Context(), t, s.options[0], nil, "audit", command)
		if code != 0 || command == "verify" && !strings.Contains(stdout, "Not sealed yet: 0.") {
			t.Errorf("audit %s: exit %d\n%s%s", command, code, stdout, stderr)
		}
	}
	events, leaves := s.count(t, "SELECT COUNT(*) FROM audit_events"), s.count(t, "SELECT COUNT(DISTINCT event_id) FROM audit_leaves")
	if events != leaves || events != s.count(t, "SELECT COUNT(*) FROM audit_leaves") {
		t.Errorf("%d events are %d leaves", events, leaves)
	}
	ended := s.count(t, "SELECT COUNT(*) FROM audit_events WHERE kind = '"+audit.KindSessionEnded+"'")
	if ended < s.ended.Load() || ended == 0 {
		t.Errorf("%d sessions were ended and %d events tell of it", s.ended.Load(), ended)
	}
	t.Logf("%d events, each sealed once", events)
}
