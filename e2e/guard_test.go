package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// guardStaleness is the default of every guard.
const guardStaleness = 5 * time.Second

// TestALogoutCountsInAnotherProgram logs people out at the server, and asks another
// program, which has heard of it by the feed alone, until it refuses their tokens.
// It runs alone, and its programs one by one: tenths of a second are promised of a
// machine, not of a share of it.
func TestALogoutCountsInAnotherProgram(t *testing.T) {
	w := newWorld(t, append(cheapHash, quiet)...)
	for _, l := range languages(t) {
		t.Run(l.name, func(t *testing.T) {
			orders := w.backend(t, l, w.client(t, strings.ToLower(l.name)), w.URL, guardStaleness)
			reportRequests(t, orders.Client)
			email := address(t, 1)
			w.join(t, email)
			orders.Get(t, "/orders", "").Want(t, http.StatusUnauthorized, "token_required")
			var took waits
			for range soaktest.Rounds(t, 200) {
				tokens := w.login(t, email, password)
				if got := orders.Get(t, "/orders", tokens.AccessToken).Want(t, http.StatusOK, ""); strings.TrimSpace(string(got.Body)) != tokens.User.ID {
					t.Fatalf("the program takes the token for %s's", got.Body)
				}
				w.logout(t, tokens.AccessToken, nil).Want(t, http.StatusOK, "")
				out := time.Now()
				waittest.Within(t, lateness, "the program refuses the token", func() bool {
					return orders.Get(t, "/orders", tokens.AccessToken).Status == http.StatusUnauthorized
				})
				took.add(time.Since(out))
			}
			what := "a logout counts in a program in " + l.name
			took.keep(t, what, l.promised)
			took.keep99(t, what, l.promised)
		})
	}
}

// TestAProgramAsksWhileItDoesNotHear cuts programs off the feed, and nothing else: they
// ask the server about each token then, and hear of a logout at once.
func TestAProgramAsksWhileItDoesNotHear(t *testing.T) {
	t.Parallel()
	w := newWorld(t, append(cheapHash, quiet)...)
	server, err := url.Parse(w.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range languages(t) {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			var cut atomic.Bool
			var asked atomic.Int64
			through := httputil.NewSingleHostReverseProxy(server)
			proxy := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				switch {
				case cut.Load() && r.URL.Path == "/revocations":
					rw.WriteHeader(http.StatusServiceUnavailable)
					return
				case r.URL.Path == "/oauth2/introspect":
					asked.Add(1)
				}
				through.ServeHTTP(rw, r)
			}))
			t.Cleanup(proxy.Close)
			name := strings.ToLower(l.name)
			c := clientCommand[clientShown](t, w.operator(), "create", "--name", name, "--client-id", name, "--scope", "introspect")
			w.remember(c.Secret)
			l.notCurrent = "ask"
			orders := w.backend(t, l, c, proxy.URL, time.Second)
			gone, stays := w.join(t, address(t, 1)), w.join(t, address(t, 2))
			orders.Get(t, "/orders", gone.AccessToken).Want(t, http.StatusOK, "")
			if n := asked.Load(); n != 0 {
				t.Errorf("a program that hears of revocations asked %d times", n)
			}
			cut.Store(true)
			waittest.Until(t, "the program asks", func() bool {
				orders.Get(t, "/orders", gone.AccessToken).Want(t, http.StatusOK, "")
				return asked.Load() > 0
			})
			w.logout(t, gone.AccessToken, nil).Want(t, http.StatusOK, "")
			orders.Get(t, "/orders", gone.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
			orders.Get(t, "/orders", stays.AccessToken).Want(t, http.StatusOK, "")
		})
	}
}

// TestADisabledClientsProgramIsNoLongerCurrent: what a program without the feed
// does not know, it does not let in.
func TestADisabledClientsProgramIsNoLongerCurrent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, append(cheapHash, quiet)...)
	tokens := w.join(t, address(t, 1))
	for _, l := range languages(t) {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			clientID := strings.ToLower(l.name)
			orders := w.backend(t, l, w.client(t, clientID), w.URL, guardStaleness)
			orders.Get(t, "/orders", tokens.AccessToken).Want(t, http.StatusOK, "")
			clientCommand[map[string]string](t, w.operator(), "disable", clientID)
			waittest.Until(t, "the program is not current", func() bool {
				a := orders.Get(t, "/orders", tokens.AccessToken)
				return a.Status == http.StatusServiceUnavailable && a.Code() == "not_current"
			})
			clientCommand[map[string]string](t, w.operator(), "enable", clientID)
			waittest.Until(t, "the program follows the feed again", func() bool {
				return orders.Get(t, "/orders", tokens.AccessToken).Status == http.StatusOK
			})
		})
	}
}
