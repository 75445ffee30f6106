package e2e_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// newWorkerWorld starts a server that leaves its jobs to others. Nobody works
// them yet.
func newWorkerWorld(t *testing.T, env ...string) *world {
	t.Helper()
	env = append([]string{"SALLYPORT_WORKERS=0"}, env...)
	if !clusteredForm() {
		return newEmbedded(t, env...)
	}
	inbox := mailtest.Start(t, mailtest.Options{})
	w := &world{inbox: inbox, env: slices.Concat(smtpEnv(inbox), shared(fleettest.Database(t, fleettest.ClusterEngine(t)), fleettest.StartRedis(t, fleet.Options{}).URL()))}
	w.remember(secretKey)
	w.start(t, apptest.Options{Env: slices.Concat(w.env, env)})
	return w
}

// worker starts a worker on the world's database.
func (w *world) worker(t *testing.T, env ...string) *apptest.Process {
	t.Helper()
	return apptest.Start(t, apptest.Options{
		Command: "worker", DataDir: w.server.DataDir, Env: slices.Concat(w.env, env),
	})
}

// TestAWorkerSendsWhatAServerEnqueues has two processes on one database.
func TestAWorkerSendsWhatAServerEnqueues(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	email := address(t, 1)
	w.signUp(t, email, password)
	worker := w.worker(t)
	w.verify(t, email, 1)
	w.login(t, email, password)
	if !strings.Contains(worker.Log(), "mail sent") || strings.Contains(w.server.Log(), "mail sent") {
		t.Errorf("the server sent the mail itself:\n%s\n%s", w.server.Log(), worker.Log())
	}

	// The other way round: the worker was there first.
	w.signUp(t, address(t, 2), password)
	w.verify(t, address(t, 2), 1)
	if err := worker.Stop(); err != nil {
		t.Errorf("stop: %v\n%s", err, worker.Log())
	}
	if err := w.server.Stop(); err != nil {
		t.Errorf("stop: %v\n%s", err, w.server.Log())
	}
	for secret := range w.secrets {
		if strings.Contains(worker.Log(), secret) {
			t.Errorf("the worker's log shows %q", secret)
		}
	}
}

func TestAProcessTellsAProgramThatItIsReady(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	for _, test := range []struct{ command, ready, where string }{
		{"worker", "worker", "operations"}, {"serve", "http://localhost:8080", "listening"},
	} {
		p := apptest.Start(t, apptest.Options{
			Command: test.command, Args: []string{"--json"}, DataDir: w.server.DataDir, Env: w.env,
		})
		var said map[string]string
		if err := json.Unmarshal([]byte(p.Stdout()), &said); err != nil || said["ready"] != test.ready || said[test.where] == "" {
			t.Errorf("%s says %q (%v)", test.command, p.Stdout(), err)
		}
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	}
}

func TestAWorkerAnswersTheOperatorOnly(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	ops := w.worker(t).Ops
	ops.Get(t, "/livez", "").Want(t, http.StatusOK, "")
	ready := string(ops.Get(t, "/readyz", "").Want(t, http.StatusOK, "").Body)
	if !strings.Contains(ready, `"database":"ok"`) || strings.Contains(ready, "signing_keys") {
		t.Errorf("a worker's readiness is %s", ready)
	}
	for _, path := range []string{"/auth/me", "/docs", "/dev/mailbox", "/.well-known/jwks.json"} {
		ops.Get(t, path, "").Want(t, http.StatusNotFound, "not_found")
	}
}

// TestMetricsTellTheQueue of a server without workers, and of its worker.
func TestMetricsTellTheQueue(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t, quiet)
	metrics := func(p *apptest.Process) string {
		return string(p.Ops.Get(t, "/metrics", "").Want(t, http.StatusOK, "").Body)
	}
	shows := func(p *apptest.Process, lines ...string) {
		t.Helper()
		for _, line := range lines {
			waittest.Until(t, line, func() bool { return strings.Contains(metrics(p), "\n"+line+"\n") })
		}
	}
	shows(w.server, `sallyport_jobs{kind="mail",state="ready"} 0`, `sallyport_jobs_oldest_due_seconds{kind="mail"} 0`)
	for n := range 3 {
		w.signUp(t, address(t, n), password)
	}
	shows(w.server, `sallyport_jobs{kind="mail",state="ready"} 3`, `sallyport_jobs{kind="mail",state="dead"} 0`,
		`sallyport_job_workers 0`, `sallyport_jobs{kind="other",state="ready"} 0`)
	if strings.Contains(metrics(w.server), `sallyport_jobs_oldest_due_seconds{kind="mail"} 0`+"\n") {
		t.Error("jobs that wait have no age")
	}
	w.inbox.Behave(mailtest.Behaviour{Rcpt: 550, Times: 1})
	worker := w.worker(t, "SALLYPORT_WORKERS=2")
	shows(worker, `sallyport_job_workers 2`, `sallyport_jobs{kind="mail",state="ready"} 0`, `sallyport_jobs{kind="mail",state="dead"} 1`,
		`sallyport_job_attempt_total{outcome="done"} 2`, `sallyport_job_attempt_total{outcome="dead"} 1`)
	shows(w.server, `sallyport_jobs{kind="mail",state="dead"} 1`)
	if text := metrics(worker); !strings.Contains(text, "# HELP sallyport_job_attempt_total Attempts at jobs by this process") ||
		strings.Contains(text, "sallyport_revocation_number") {
		t.Errorf("the worker's metrics are\n%s", text)
	}
}

// TestAWorkerRefusesToStart where nobody would see what it does.
func TestAWorkerRefusesToStart(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env  []string
		want string
	}{
		"without a mail server":   {nil, "SALLYPORT_SMTP_HOST is not set: this process would put mail into a mailbox that no page shows"},
		"without a job at a time": {[]string{"SALLYPORT_SMTP_HOST=mail.example", "SALLYPORT_WORKERS=0"}, "SALLYPORT_WORKERS must be 1 or more here"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, code := apptest.Run(t.Context(), t, apptest.Options{Env: test.env}, nil, "worker")
			if code != 2 || stdout != "" || !strings.Contains(stderr, test.want) {
				t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
			}
		})
	}
}

// TestAServerAndWorkersStartAtOnce on a database that is not there yet.
func TestAServerAndWorkersStartAtOnce(t *testing.T) {
	t.Parallel()
	inbox := mailtest.Start(t, mailtest.Options{})
	dir := t.TempDir()
	started := make(chan error)
	for _, command := range []string{"serve", "worker", "worker"} {
		go func() {
			_, err := apptest.TryStart(t, apptest.Options{Command: command, DataDir: dir, Env: smtpEnv(inbox)})
			started <- err
		}()
	}
	for range 3 {
		if err := <-started; err != nil {
			t.Error(err)
		}
	}
}
