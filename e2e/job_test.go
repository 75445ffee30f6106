package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// jobRow is what sallyport job list --json tells of a job.
type jobRow struct {
	ID          string            `json:"id"`
	Kind        string            `json:"kind"`
	State       string            `json:"state"`
	Attempts    int               `json:"attempts"`
	MaxAttempts int               `json:"max_attempts"`
	LastError   string            `json:"last_error"`
	HasSecret   bool              `json:"has_secret"`
	About       map[string]string `json:"about"`
}

// job runs a sallyport job command on the world's database.
func (w *world) job(t *testing.T, args ...string) (stdout string, code int) {
	t.Helper()
	o := w.operator()
	stdout, stderr, code := apptest.Run(t.Context(), t, o, nil, append([]string{"job"}, args...)...)
	if code == 0 && stderr != "" || code == 2 {
		t.Errorf("sallyport job %s: exit code %d, %s", strings.Join(args, " "), code, stderr)
	}
	for secret := range w.secrets {
		if strings.Contains(stdout+stderr, secret) {
			t.Errorf("sallyport job %s shows %q", strings.Join(args, " "), secret)
		}
	}
	return stdout, code
}

// jobs waits until n jobs are in a state and gives them, newest first.
func (w *world) jobs(t *testing.T, state string, n int) (rows []jobRow) {
	t.Helper()
	waittest.Until(t, fmt.Sprintf("%d jobs are %s", n, state), func() bool {
		stdout, _ := w.job(t, "list", "--state", state, "--json")
		if err := json.Unmarshal([]byte(stdout), &rows); err != nil {
			t.Fatalf("%v: %s", err, stdout)
		}
		return len(rows) == n
	})
	return rows
}

// TestAnOperatorRunsDeadMailAgain after the mail server refused it.
func TestAnOperatorRunsDeadMailAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	w.inbox.Behave(mailtest.Behaviour{Rcpt: 550, Reply: "no such user " + email})
	w.signUp(t, email, password)
	dead := w.jobs(t, "dead", 1)[0]
	if dead.Kind != "mail" || dead.State != "dead" || dead.Attempts != 1 || !strings.Contains(dead.LastError, "550") {
		t.Errorf("listed is %+v", dead)
	}
	list, _ := w.job(t, "list")
	show, _ := w.job(t, "show", dead.ID)
	for _, text := range []string{list, show} {
		if !strings.Contains(text, dead.ID) || strings.Contains(text, email) || !strings.Contains(text, "550") {
			t.Errorf("an operator sees\n%s", text)
		}
	}
	if !strings.Contains(show, email[:1]+"***@people.example") || !strings.Contains(show, "verify_email") || !strings.Contains(show, "none, or erased") {
		t.Errorf("an operator sees\n%s", show)
	}

	w.inbox.Behave(mailtest.Behaviour{})
	if stdout, code := w.job(t, "retry", dead.ID); code != 0 || stdout != "Job "+dead.ID+" runs again.\n" {
		t.Errorf("exit code %d, %q", code, stdout)
	}
	w.verify(t, email, 1)
	w.login(t, email, password)
	if stdout, code := w.job(t, "retry", dead.ID); code != 1 || !strings.Contains(stdout, "only a dead job can be run again") {
		t.Errorf("a job that is done: exit code %d, %q", code, stdout)
	}
	if stdout, code := w.job(t, "retry", "none"); code != 1 || !strings.Contains(stdout, "there is no job with this id") {
		t.Errorf("no job: exit code %d, %q", code, stdout)
	}
	if _, code := w.job(t, "show", "none"); code != 1 {
		t.Errorf("no job: exit code %d", code)
	}
}

// TestOnlyWhatIsStillWantedRunsAgain has three dead mails: a sign-up, a reset
// that is wanted, and a reset whose user has used another link meanwhile.
func TestOnlyWhatIsStillWantedRunsAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	ada, bob, eve := address(t, 1), address(t, 2), address(t, 3)
	w.join(t, ada)
	w.join(t, bob)
	ask := func(email string) {
		w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	}
	w.inbox.Behave(mailtest.Behaviour{Rcpt: 550})
	w.signUp(t, eve, password)
	ask(ada)
	ask(bob)
	w.jobs(t, "dead", 3)
	w.inbox.Behave(mailtest.Behaviour{})
	ask(bob)
	const fresh = "a fresh start 81"
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkToken(t, bob, 2), "new_password": fresh}).Want(t, http.StatusOK, "")

	stdout, code := w.job(t, "retry", "--all-dead")
	if code != 0 || !strings.Contains(stdout, "2 run again, 1 do not.") || !strings.Contains(stdout, "its link was used, or a newer one was asked for") {
		t.Errorf("exit code %d: %s", code, stdout)
	}
	w.verify(t, eve, 1)
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkToken(t, ada, 2), "new_password": fresh}).Want(t, http.StatusOK, "")
	w.jobs(t, "dead", 0)
	if stdout, _ := w.job(t, "list"); stdout != "No job is dead.\n" {
		t.Errorf("listed is %s", stdout)
	}
	events := `SELECT COUNT(*) FROM audit_events WHERE kind = 'job.run_again' AND outcome = ?`
	db := w.database(t)
	for outcome, want := range map[string]int{"success": 2, "failure": 1} {
		var n int
		if err := db.QueryRowContext(t.Context(), events, outcome).Scan(&n); err != nil || n != want {
			t.Errorf("%d events of %s, want %d: %v", n, outcome, want, err)
		}
	}
}

// TestTwoOperatorsRunOneJobAgain at once, in processes of their own.
func TestTwoOperatorsRunOneJobAgain(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	w.inbox.Behave(mailtest.Behaviour{Rcpt: 550})
	email := address(t, 1)
	w.signUp(t, email, password)
	worker := w.worker(t)
	dead := w.jobs(t, "dead", 1)[0]
	if err := worker.Stop(); err != nil {
		t.Fatal(err)
	}
	w.inbox.Behave(mailtest.Behaviour{})
	codes := make([]int, 4)
	var operators sync.WaitGroup
	for n := range codes {
		operators.Go(func() { _, codes[n] = w.job(t, "retry", dead.ID) })
	}
	operators.Wait()
	won := 0
	for _, code := range codes {
		if code == 0 {
			won++
		}
	}
	if won != 1 {
		t.Errorf("exit codes %v, want one 0", codes)
	}
	w.worker(t)
	w.verify(t, email, 1)
}

func TestJobCommandsSayHowTheyAreCalled(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"job", "list", "--state", "sleepy"}, "dead, ready, running or done"},
		{[]string{"job", "list", "--limit", "0"}, "1 or more"},
		{[]string{"job", "show"}, "give the id of one job"},
		{[]string{"job", "retry"}, "give the ids of dead jobs, or --all-dead"},
		{[]string{"job", "retry", "x", "--all-dead"}, "give the ids of dead jobs, or --all-dead"},
	} {
		_, stderr, code := apptest.Run(t.Context(), t, apptest.Options{}, nil, test.args...)
		if code != 2 || !strings.Contains(stderr, test.want) {
			t.Errorf("%q: exit code %d, %q", test.args, code, stderr)
		}
	}
}

// leaseIsOver lets the lease of the one running job run out by the database's
// clock, as two minutes would.
func (w *world) leaseIsOver(t *testing.T) {
	t.Helper()
	if err := w.endLease(t); err != nil {
		t.Fatal(err)
	}
}

// endLease fails if somebody keeps the database, or the job, locked.
func (w *world) endLease(t *testing.T) error {
	t.Helper()
	n, err := w.endLeases(t)
	if err == nil && n != 1 {
		t.Fatalf("%d jobs were running", n)
	}
	return err
}

// endLeases is endLease for as many jobs as are running, and says how many.
func (w *world) endLeases(t *testing.T) (int64, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	res, err := w.database(t).ExecContext(ctx,
		`UPDATE jobs SET lease_expires_at = lease_expires_at - 120000000 WHERE state = 'running'`)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// pausePastItsLease stops a worker while it holds the one job, between two of its
// transactions: stopped within one, it would keep what it locked.
func (w *world) pausePastItsLease(t *testing.T, worker *apptest.Process) {
	t.Helper()
	signal := func(s syscall.Signal) {
		if err := syscall.Kill(worker.PID(), s); err != nil {
			t.Fatal(err)
		}
	}
	waittest.Until(t, "the worker is paused and its lease is over", func() bool {
		signal(syscall.SIGSTOP)
		err := w.endLease(t)
		if err != nil {
			t.Log(err)
			signal(syscall.SIGCONT)
		}
		return err == nil
	})
}

// holdFirstMail has the mail server keep its answer to the first mail back. It
// gives what is closed when that mail is there, and what to close to answer.
func (w *world) holdFirstMail() (there, answer chan struct{}) {
	there, answer = make(chan struct{}), make(chan struct{})
	var once sync.Once
	w.inbox.OnMessage(func(mailtest.Message) {
		once.Do(func() {
			close(there)
			<-answer
		})
	})
	return there, answer
}

// twiceAtMost checks that an address got its mail once or twice under one
// Message-ID.
func (w *world) twiceAtMost(t *testing.T, email string) {
	t.Helper()
	ids := map[string]bool{}
	got := w.mailsTo(email)
	for _, m := range got {
		ids[m.Header.Get("Message-Id")] = true
	}
	if len(got) < 1 || len(got) > 2 || len(ids) != 1 {
		t.Errorf("%s got %d mails with %d Message-IDs", email, len(got), len(ids))
	}
}

// TestAWorkerIsKilledMidSend after the mail server took the mail, before it
// said so.
func TestAWorkerIsKilledMidSend(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mailtest.Behaviour{
		"before the answer":                 {},
		"and the server breaks off as well": {CloseAfterData: true, Times: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkerWorld(t)
			w.inbox.Behave(behaviour)
			there, answer := w.holdFirstMail()
			email := address(t, 1)
			w.signUp(t, email, password)
			victim := w.worker(t)
			<-there
			victim.Kill()
			close(answer)
			w.leaseIsOver(t)
			w.worker(t)
			w.jobs(t, "done", 1)
			w.twiceAtMost(t, email)
			w.verify(t, email, 2)
			w.login(t, email, password)
		})
	}
}

// TestAWorkerIsPausedPastItsLease and resumes when another has taken over.
func TestAWorkerIsPausedPastItsLease(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	there, answer := w.holdFirstMail()
	email := address(t, 1)
	w.signUp(t, email, password)
	paused := w.worker(t)
	<-there
	w.pausePastItsLease(t, paused)
	close(answer)
	w.worker(t)
	w.jobs(t, "done", 1)
	if err := syscall.Kill(paused.PID(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the paused worker finds its lease lost", func() bool {
		return strings.Contains(paused.Log(), "job lease was lost")
	})
	w.jobs(t, "done", 1)
	w.twiceAtMost(t, email)
	w.verify(t, email, 2)
	if err := paused.Stop(); err != nil {
		t.Errorf("stop: %v\n%s", err, paused.Log())
	}
}

// TestAWorkerFinishesItsJobWhenItIsStopped and leaves no lease behind.
func TestAWorkerFinishesItsJobWhenItIsStopped(t *testing.T) {
	t.Parallel()
	w := newWorkerWorld(t)
	there, answer := w.holdFirstMail()
	email := address(t, 1)
	w.signUp(t, email, password)
	worker := w.worker(t)
	<-there
	stopped := make(chan error)
	go func() { stopped <- worker.Stop() }()
	ops := worker.Ops
	waittest.Until(t, "the worker has stopped to be ready", func() bool {
		a, err := ops.Try(t, apptest.Request{Method: http.MethodGet, Path: "/readyz"})
		return err != nil || a.Status == http.StatusServiceUnavailable
	})
	close(answer)
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v\n%s", err, worker.Log())
	}
	w.jobs(t, "done", 1)
	w.jobs(t, "running", 0)
	if n := len(w.mailsTo(email)); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}
