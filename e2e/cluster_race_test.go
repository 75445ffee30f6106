package e2e_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

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
// leave as ten users: what they lock and deadlock is retried inside.
func TestClusterCrowdsOnFewUsersMeetNoServerError(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, quiet, "SALLYPORT_LIMIT_PASSWORD_TRIES=1000000", "SALLYPORT_HASH_QUEUE=1000")})
	emails := make([]string, 10)
	for n := range emails {
		emails[n] = address(t, n)
		c.join(t, emails[n])
	}
	var wg sync.WaitGroup
	for n := range 64 {
		on := &world{Client: c.clients[n%2]}
		wg.Go(func() {
			for round := range soaktest.Rounds(t, 100) {
				on.crowd(t, emails[(n+round)%len(emails)], n+round)
			}
		})
	}
	wg.Wait()
}

// crowd is one visit: whatever the others do meanwhile, no answer is a 5xx.
func (w *world) crowd(t *testing.T, email string, n int) {
	t.Helper()
	check := func(a apptest.Answer) apptest.Answer {
		t.Helper()
		if a.Status >= http.StatusInternalServerError {
			t.Errorf("%d %s", a.Status, a.Body)
		}
		return a
	}
	a := check(w.Post(t, "/auth/login", credentials{email, password}))
	if a.Status != http.StatusOK {
		return
	}
	var s apptest.Tokens
	a.Read(t, &s)
	check(w.refresh(t, s.RefreshToken))
	check(w.Do(t, apptest.Request{
		Method: http.MethodPatch, Path: "/auth/me", Bearer: s.AccessToken, Body: map[string]string{"name": fmt.Sprintf("Number %d", n)},
	}))
	switch n % 4 {
	case 0:
		check(w.logout(t, s.AccessToken, map[string]bool{"everywhere": true}))
	case 1:
		check(w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}))
	default:
		check(w.logout(t, s.AccessToken, nil))
	}
}
