package e2e_test

import (
	"bufio"
	"context"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// publicURL is the server's where no test sets another: it is in iss and aud.
const publicURL = "http://localhost:8080"

// guarded builds somebody else's program, which protects GET /orders with package
// guard, and starts it as the client given.
func (w *world) guarded(t *testing.T, c clientShown) *apptest.Client {
	t.Helper()
	program := filepath.Join(t.TempDir(), "guarded")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	build.Dir = "guarded"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the guarded program: %v\n%s", err, out)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	run := exec.CommandContext(ctx, program)
	log := &strings.Builder{}
	run.Stderr = log
	run.Env = []string{
		"ISSUER=" + publicURL, "AUDIENCE=" + publicURL, "SERVER=" + w.URL, "CLIENT_ID=" + c.ClientID, "CLIENT_SECRET=" + c.Secret,
	}
	out, err := run.StdoutPipe()
	if err == nil {
		err = run.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = run.Wait()
		if strings.Contains(log.String(), c.Secret) {
			t.Error("the secret of the client is in the log of its program")
		}
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		_ = run.Wait()
		t.Fatalf("the guarded program does not start: %s", log)
	}
	return apptest.NewClient(strings.TrimSpace(address))
}

// client makes a client of the server's by the command line.
func (w *world) client(t *testing.T, clientID string) clientShown {
	t.Helper()
	c := clientCommand[clientShown](t, w.operator(), "create", "--name", clientID, "--client-id", clientID)
	w.remember(c.Secret)
	return c
}

// TestALogoutCountsInAnotherProgram logs people out at the server, and asks another
// program, which has heard of it by the feed alone, until it refuses their tokens.
func TestALogoutCountsInAnotherProgram(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	orders := w.guarded(t, w.client(t, "orders"))
	email := address(t, 1)
	w.join(t, email)
	orders.Get(t, "/orders", "").Want(t, http.StatusUnauthorized, "")
	rounds := soaktest.Rounds(t, 200)
	var took []time.Duration
	for range rounds {
		tokens := w.login(t, email, password)
		if got := orders.Get(t, "/orders", tokens.AccessToken).Want(t, http.StatusOK, ""); strings.TrimSpace(string(got.Body)) != tokens.User.ID {
			t.Fatalf("the program takes the token for %s's", got.Body)
		}
		w.logout(t, tokens.AccessToken, nil).Want(t, http.StatusOK, "")
		out := time.Now()
		apptest.EventuallyWithin(t, lateness, "the program refuses the token", func() bool {
			return orders.Get(t, "/orders", tokens.AccessToken).Status == http.StatusUnauthorized
		})
		took = append(took, time.Since(out))
	}
	slices.Sort(took)
	t.Logf("from the answer of the logout to the first refusal: median %s, p99 %s, slowest %s",
		took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// TestADisabledClientsProgramIsNoLongerCurrent: what a program without the feed
// does not know, it does not let in.
func TestADisabledClientsProgramIsNoLongerCurrent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	orders := w.guarded(t, w.client(t, "orders"))
	tokens := w.join(t, address(t, 1))
	orders.Get(t, "/orders", tokens.AccessToken).Want(t, http.StatusOK, "")
	clientCommand[map[string]string](t, w.operator(), "disable", "orders")
	apptest.EventuallyWithin(t, 30*time.Second, "the program is not current", func() bool {
		return orders.Get(t, "/orders", tokens.AccessToken).Status == http.StatusServiceUnavailable
	})
	clientCommand[map[string]string](t, w.operator(), "enable", "orders")
	apptest.EventuallyWithin(t, 30*time.Second, "the program follows the feed again", func() bool {
		return orders.Get(t, "/orders", tokens.AccessToken).Status == http.StatusOK
	})
}
