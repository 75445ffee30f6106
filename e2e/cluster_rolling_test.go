package e2e_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestClusterRollingRestartsFailNoRequest restarts the instances in turn, behind an
// nginx that keeps connections open, while requests go on. Most of them nginx
// does not repeat, and of those that it may repeat, it never has to.
func TestClusterRollingRestartsFailNoRequest(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, quiet, "SALLYPORT_MAX_SESSIONS=10000")})
	email := address(t, 1)
	alive := c.join(t, email)
	var answered atomic.Int64
	noise := during(6, func(worker int) {
		var a apptest.Answer
		var err error
		switch worker % 3 {
		case 0:
			a, err = c.Try(t, apptest.Request{Method: http.MethodGet, Path: "/auth/me", Bearer: alive.AccessToken})
		case 1:
			a, err = c.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/login", Body: credentials{email, password}})
		default:
			a, err = c.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/refresh", Body: map[string]string{"refresh_token": alive.RefreshToken}})
		}
		if err != nil || a.Status != http.StatusOK {
			t.Errorf("a request failed during a restart: %d %s %v", a.Status, a.Body, err)
			hold(t, 100*time.Millisecond)
		}
		answered.Add(1)
	})
	restarts := soaktest.Rounds(t, 50)
	for n := range restarts {
		c.restartInstance(t, n%2)
	}
	noise.end()
	lost, err := c.nginx.Lost()
	if err != nil || len(lost) > 0 {
		t.Errorf("an instance did not answer what it was sent: %v\n%s", err, strings.Join(lost, "\n"))
	}
	soaktest.Report(t, "unanswered", len(lost))
	t.Logf("%d requests were answered during %d restarts", answered.Load(), restarts)
}

// restartInstance stops an instance as an orchestrator does and starts it again
// where nginx expects it.
func (c *cluster) restartInstance(t *testing.T, n int) {
	t.Helper()
	was := c.instances[n]
	if err := was.Stop(); err != nil {
		t.Errorf("instance %d: %v\n%s", n, err, was.Log())
	}
	env := append(append([]string{}, c.env...), "SALLYPORT_WORKERS=0", "SALLYPORT_LISTEN="+was.Address)
	c.instances[n] = apptest.Start(t, apptest.Options{DataDir: was.DataDir, Env: env})
	before := answeredRequests(t, c.instances[n])
	waittest.Until(t, "nginx finds the instance again", func() bool {
		return answeredRequests(t, c.instances[n]) > before
	})
}

// answeredRequests is how many requests to the API an instance has answered.
func answeredRequests(t *testing.T, p *apptest.Process) float64 {
	t.Helper()
	return figure(t, p, "sallyport_http_request_duration_seconds_count")
}

func TestClusterLogsNoSecretAndStopsWell(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, "SALLYPORT_LOG_LEVEL=debug")})
	email := address(t, 1)
	s := c.refreshed(t, c.join(t, email).RefreshToken)
	c.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
	c.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	fresh := map[string]string{"token": c.linkToken(t, email, 2), "new_password": "a fresh start 81"}
	c.remember("a fresh start 81")
	c.Post(t, "/auth/reset-password", fresh).Want(t, http.StatusOK, "")
	c.mail(t, email, 3)
	for _, p := range c.processes() {
		if err := p.Stop(); err != nil {
			t.Errorf("a process did not stop well: %v\n%s", err, p.Log())
		}
	}
	c.noSecretInLog(t)
	if log := c.log(); !strings.Contains(log, "mail sent") || strings.Contains(c.instances[0].Log()+c.instances[1].Log(), "mail sent") {
		t.Errorf("the mail was not sent by the worker:\n%s", log)
	}
}
