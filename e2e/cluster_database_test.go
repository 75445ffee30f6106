package e2e_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// trouble is a way for a database to be away, and to come back.
type trouble struct {
	begin func()
	over  func(t *testing.T)
}

// ownDatabase starts a server of an engine for this test alone, and gives the URL
// of a database on it.
func ownDatabase(t *testing.T, engine string) (server fleettest.DatabaseServer, url string) {
	t.Helper()
	server = fleettest.StartServer(t, engine, fleet.Options{Durable: true})
	if err := server.CreateDatabase(t.Context(), "sallyport"); err != nil {
		t.Fatal(err)
	}
	return server, server.URL("sallyport")
}

// clusterEngines are the engines that a database is taken away on: that of the
// clusters and PostgreSQL, and every server in a soak.
func clusterEngines(t *testing.T) []string {
	t.Helper()
	needServers(t)
	if soaktest.Soaking() {
		return fleettest.Servers(t)
	}
	return slices.Compact([]string{fleettest.ClusterEngine(t), fleettest.PostgresName})
}

func TestClusterADatabaseThatIsAwayIsToldSoonAndTruthfully(t *testing.T) {
	t.Parallel()
	for _, engine := range clusterEngines(t) {
		for what, trouble := range map[string]func(s fleettest.DatabaseServer) trouble{
			"killed": func(s fleettest.DatabaseServer) trouble {
				return trouble{s.Kill, func(t *testing.T) {
					t.Helper()
					if err := s.Restart(t.Context()); err != nil {
						t.Fatal(err)
					}
				}}
			},
			"frozen": func(s fleettest.DatabaseServer) trouble {
				return trouble{s.Pause, func(*testing.T) { s.Resume() }}
			},
		} {
			t.Run(engine+" "+what, func(t *testing.T) {
				t.Parallel()
				server, url := ownDatabase(t, engine)
				c := newCluster(t, clusterOptions{database: url, env: append(cheapHash, quiet)})
				c.outlives(t, trouble(server))
			})
		}
	}
}

// outlives runs a load through a time without the database.
func (c *cluster) outlives(t *testing.T, away trouble) {
	t.Helper()
	owner := address(t, 1_000_000)
	alive := c.join(t, owner)
	dead := c.revokedSession(t, owner)
	load := &crashLoad{world: c.world, owner: owner}
	var newcomers atomic.Int64
	noise := during(3, func(int) {
		a, err := load.trySignUp(t, address(t, int(newcomers.Add(1))))
		if err != nil || a.Status != http.StatusAccepted && a.Status != http.StatusServiceUnavailable {
			t.Errorf("a sign-up got %d %s %v", a.Status, a.Body, err)
		}
	})
	hold(t, time.Second)
	goroutines, files := c.footprint(t)

	away.begin()
	var took waits
	for _, p := range c.instances {
		waittest.Until(t, "readiness turns red", func() bool { return p.Ops.Get(t, "/readyz", "").Status == http.StatusServiceUnavailable })
	}
	for end := time.Now().Add(soaktest.For(t, 10*time.Second, time.Minute)); time.Now().Before(end); {
		for n, instance := range c.clients {
			c.refusesWithinTime(t, &took, instance, alive, dead)
			c.instances[n].Ops.Get(t, "/livez", "").Want(t, http.StatusOK, "")
		}
	}
	took.keep(t, "a refusal without a database", 2*time.Second)
	grownBy, opened := c.footprint(t)

	away.over(t)
	back := time.Now()
	var again waits
	for _, instance := range c.clients {
		waittest.Until(t, "sign-in works again", func() bool {
			return instance.Post(t, "/auth/login", credentials{owner, password}).Status == http.StatusOK
		})
		again.add(time.Since(back))
	}
	again.keep(t, "a sign-in once the database is back", 5*time.Second)
	for _, instance := range c.clients {
		instance.Get(t, "/auth/me", alive.AccessToken).Want(t, http.StatusOK, "")
		instance.Get(t, "/auth/me", dead.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	}
	noise.end()
	load.everyMailArrived(t)
	// What waits for an answer is bounded: it is no more at the end of the
	// trouble than a load of this size explains.
	if grownBy > goroutines+200 || opened > files+100 {
		t.Errorf("goroutines went from %v to %v, open files from %v to %v", goroutines, grownBy, files, opened)
	}
}

// footprint is how many goroutines and open files the instances have.
func (c *cluster) footprint(t *testing.T) (goroutines, files float64) {
	t.Helper()
	for _, p := range c.instances {
		goroutines += figure(t, p, "go_goroutines")
		files += figure(t, p, "process_open_fds")
	}
	return goroutines, files
}

// refusesWithinTime asks for what needs the database, and for what may or may
// not: never a yes to a dead token, never "sign in again" to a living one.
func (c *cluster) refusesWithinTime(t *testing.T, took *waits, instance *apptest.Client, alive, dead apptest.Tokens) {
	t.Helper()
	for _, r := range []apptest.Request{
		{Method: http.MethodPost, Path: "/auth/refresh", Body: map[string]string{"refresh_token": alive.RefreshToken}},
		{Method: http.MethodPost, Path: "/auth/login", Body: credentials{alive.User.Email, password}},
		{Method: http.MethodGet, Path: "/auth/me", Bearer: alive.AccessToken},
	} {
		from := time.Now()
		a := instance.Do(t, r)
		took.add(time.Since(from))
		if a.Status != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s without a database got %d %s, Retry-After %q", r.Path, a.Status, a.Body, a.Header.Get("Retry-After"))
		}
	}
	refusedBy(t, instance, dead.AccessToken)
}

// TestClusterACommitWhoseAnswerIsLostMakesNothingTwice swallows the answer of COMMIT,
// on the wire, for each kind of change that a client would repeat.
func TestClusterACommitWhoseAnswerIsLostMakesNothingTwice(t *testing.T) {
	t.Parallel()
	server, url := ownDatabase(t, fleettest.ClusterEngine(t))
	proxy := fleettest.StartProxy(t, server.Address())
	c := newCluster(t, clusterOptions{
		database: url, env: append(cheapHash, quiet),
		first: []string{"SALLYPORT_DATABASE_URL=" + strings.Replace(url, server.Address(), proxy.Addr, 1)},
	})
	here := &world{Client: c.clients[0], inbox: c.inbox}
	db := c.world.database(t)
	for n := range soaktest.Rounds(t, 20) {
		email := address(t, n)
		c.remember(password)
		swallowed := func(of string, call func() apptest.Answer) apptest.Answer {
			t.Helper()
			sprung := proxy.SwallowAnswer(of)
			a := call()
			select {
			case <-sprung:
			case <-time.After(waittest.Patience):
				t.Fatalf("%s was not seen", of)
			}
			return a
		}
		insist := func(what, of string, want int, call func() apptest.Answer) apptest.Answer {
			t.Helper()
			a := swallowed(of, call)
			waittest.Until(t, what, func() bool {
				if a.Status != want {
					a = call()
				}
				return a.Status == want
			})
			return a
		}
		insist("sign-up", "COMMIT", http.StatusAccepted, func() apptest.Answer {
			return here.Post(t, "/auth/sign_up", credentials{email, password})
		})
		// The retry may have made a second pending sign-up, with a mail of its
		// own; the newest link is the one that works.
		token := here.linkToken(t, email, 1)
		a := swallowed("COMMIT", func() apptest.Answer { return here.Post(t, "/auth/verify-email", map[string]string{"token": token}) })
		if a.Status >= http.StatusInternalServerError {
			a = here.Post(t, "/auth/verify-email", map[string]string{"token": token})
		}
		if a.Status != http.StatusOK && a.Status != http.StatusBadRequest {
			t.Errorf("verification got %d %s", a.Status, a.Body)
		}
		s := insist("login", "COMMIT", http.StatusOK, func() apptest.Answer {
			return here.Do(t, apptest.Request{
				Method: http.MethodPost, Path: "/auth/login", Body: credentials{email, password},
				Header: []string{"Idempotency-Key", fmt.Sprint("login-", n)},
			})
		})
		var first apptest.Tokens
		s.Read(t, &first)
		var devices struct {
			Items []struct{ ID string } `json:"items"`
		}
		here.Do(t, apptest.Request{Method: http.MethodGet, Path: "/auth/sessions", Bearer: first.AccessToken}).Read(t, &devices)
		if len(devices.Items) != 1 || devices.Items[0].ID != first.SessionID {
			t.Errorf("one sign-in made the sessions %v", devices.Items)
		}
		// A refresh is one statement, and the only one that names the program.
		program := fmt.Sprint("program-", n)
		r := insist("refresh", program, http.StatusOK, func() apptest.Answer {
			return here.Do(t, apptest.Request{
				Method: http.MethodPost, Path: "/auth/refresh", Body: map[string]string{"refresh_token": first.RefreshToken},
				Header: []string{"User-Agent", program},
			})
		})
		var next apptest.Tokens
		r.Read(t, &next)
		if next.RefreshGeneration != first.RefreshGeneration+1 {
			t.Errorf("a refresh whose answer was lost moved the session from %d to %d", first.RefreshGeneration, next.RefreshGeneration)
		}
		for what, query := range map[string]string{
			"users":     "SELECT COUNT(*) FROM users WHERE email_canonical = ?",
			"passwords": "SELECT COUNT(*) FROM credentials WHERE kind = 'password' AND user_id IN (SELECT id FROM users WHERE email_canonical = ?)",
			"sessions":  "SELECT COUNT(*) FROM sessions WHERE user_id IN (SELECT id FROM users WHERE email_canonical = ?)",
		} {
			var rows int
			if err := db.QueryRowContext(t.Context(), query, email).Scan(&rows); err != nil || rows != 1 {
				t.Errorf("one newcomer has %d %s (%v)", rows, what, err)
			}
		}
		if got := len(c.mailsTo(email)); got > 2 {
			t.Errorf("%d mails to one newcomer", got)
		}
	}
}
