package e2e_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

func TestClusterThirtyTwoRacersOnTwoInstancesGetOneLine(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, quiet)})
	email := address(t, 1)
	c.join(t, email)
	for range soaktest.Rounds(t, 500) {
		first := c.login(t, email, password)
		answers := make([]apptest.Answer, 32)
		var wg sync.WaitGroup
		for n := range answers {
			on := &world{Client: c.clients[n%2]}
			wg.Go(func() { answers[n] = on.refresh(t, first.RefreshToken) })
		}
		wg.Wait()
		successors := map[string]bool{}
		for _, a := range answers {
			a.Want(t, http.StatusOK, "")
			successors[a.Member(t, "refresh_token")] = true
		}
		if len(successors) != 1 {
			t.Fatalf("one token has %d successors", len(successors))
		}
		// Nobody was taken for a thief: the line goes on.
		for next := range successors {
			c.refresh(t, next).Want(t, http.StatusOK, "")
		}
	}
}

// TestClusterCrowdsOnFewUsersMeetNoServerError has 64 clients sign in, change and
// leave as ten users: what they lock and deadlock is retried inside. Every answer
// is counted. "Not now" is one only after all the time that a call may wait: a
// machine that has too much to do may need it, and the visit ends there.
func TestClusterCrowdsOnFewUsersMeetNoServerError(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, quiet, "SALLYPORT_LIMIT_PASSWORD_TRIES=1000000", "SALLYPORT_HASH_QUEUE=1000")})
	emails := make([]string, 10)
	for n := range emails {
		emails[n] = address(t, n)
		c.join(t, emails[n])
	}
	visits := soaktest.Rounds(t, 6400) / 64
	seen := &answers{of: map[string]int{}}
	var wg sync.WaitGroup
	for n := range 64 {
		on := &world{Client: c.clients[n%2]}
		wg.Go(func() {
			for round := range visits {
				on.visit(t, seen, emails[(n+round)%len(emails)], n+round)
			}
		})
	}
	wg.Wait()
	seen.report(t)
}

// visit is what one of a crowd does. Whatever the others do meanwhile, the
// password is right, and a session is there or was ended.
func (w *world) visit(t *testing.T, seen *answers, email string, n int) {
	t.Helper()
	a, in := seen.ask(t, w.Client, apptest.Request{Method: http.MethodPost, Path: "/auth/login", Body: credentials{email, password}}, http.StatusOK)
	if !in {
		return
	}
	var s apptest.Tokens
	a.Read(t, &s)
	for _, r := range []apptest.Request{
		{Method: http.MethodPost, Path: "/auth/refresh", Body: map[string]string{"refresh_token": s.RefreshToken}},
		{Method: http.MethodPatch, Path: "/auth/me", Bearer: s.AccessToken, Body: map[string]string{"name": fmt.Sprintf("Number %d", n)}},
	} {
		if _, there := seen.ask(t, w.Client, r, http.StatusOK, http.StatusUnauthorized); !there {
			return
		}
	}
	switch n % 4 {
	case 0:
		seen.ask(t, w.Client, apptest.Request{
			Method: http.MethodPost, Path: "/auth/logout", Bearer: s.AccessToken, Body: map[string]bool{"everywhere": true},
		}, http.StatusOK, http.StatusUnauthorized)
	case 1:
		seen.ask(t, w.Client, apptest.Request{
			Method: http.MethodPost, Path: "/auth/request-password-reset", Body: map[string]string{"email": email},
		}, http.StatusAccepted)
	default:
		seen.ask(t, w.Client, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: s.AccessToken}, http.StatusOK, http.StatusUnauthorized)
	}
}

// answers counts what a crowd was answered.
type answers struct {
	mu sync.Mutex
	of map[string]int
}

// ask makes a call, and reports whether the answer has the first of the statuses
// that it may have.
func (s *answers) ask(t *testing.T, c *apptest.Client, r apptest.Request, may ...int) (apptest.Answer, bool) {
	t.Helper()
	from := time.Now()
	a := c.Do(t, r)
	took := time.Since(from)
	s.mu.Lock()
	s.of[fmt.Sprintf("%s %s %d %s", r.Method, r.Path, a.Status, a.Code())]++
	s.mu.Unlock()
	switch {
	case isNotNow(a, took):
	case !slices.Contains(may, a.Status):
		t.Errorf("%s %s is answered %d after %v: %s", r.Method, r.Path, a.Status, took, a.Body)
	}
	return a, a.Status == may[0]
}

// report prints the counts, and expects that nearly everybody was served.
func (s *answers) report(t *testing.T) {
	t.Helper()
	all, late := 0, 0
	for _, what := range slices.Sorted(maps.Keys(s.of)) {
		t.Logf("%6d %s", s.of[what], what)
		all += s.of[what]
		if strings.Contains(what, fmt.Sprint(" ", http.StatusServiceUnavailable, " ")) {
			late += s.of[what]
		}
	}
	soaktest.Report(t, "not-now", late)
	if late*20 > all {
		t.Errorf("%d of %d answers are \"not now\"", late, all)
	}
}
