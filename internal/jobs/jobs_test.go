package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const kind = "test"

// house is a database with a key and a clock.
type house struct {
	store   *store.Store
	path    string
	clock   *clock.Fake
	keyring *secret.Keyring
	tally   *telemetry.Tally
	log     *logBook
}

func newHouse(t *testing.T) *house {
	t.Helper()
	ring, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{
		path: filepath.Join(t.TempDir(), "sallyport.db"), clock: clock.NewFake(), keyring: ring,
		tally: &telemetry.Tally{}, log: &logBook{},
	}
	h.store = h.open(t)
	return h
}

// open gives one more handle on the same database, as another process has.
func (h *house) open(t *testing.T) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + h.path, Clock: h.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// logBook keeps what was logged.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (h *house) options() jobs.Options {
	return jobs.Options{
		Store: h.store, Keyring: h.keyring, Handout: local.NewHandout(), Clock: h.clock,
		Log:   slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Tally: h.tally, Workers: 2, Poll: 3 * time.Millisecond,
		Backoff: func(int) time.Duration { return 0 },
	}
}

// run starts a pool and gives what stops it and waits.
func run(t *testing.T, o jobs.Options, handler jobs.Handler) (p *jobs.Pool, stop func()) {
	t.Helper()
	p = jobs.New(o)
	p.Handle(kind, handler)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := p.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	stop = func() { cancel(); running.Wait() }
	t.Cleanup(stop)
	return p, stop
}

// A secret key is replaced while mail waits: rewrapping takes the waiting
// secrets along, so that the old key can go without taking mail with it.
func TestRewrapTakesWaitingSecretsAlong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	fresh := secret.Encode(secret.Bytes(32))
	old := secret.Encode(secret.Bytes(32))
	parse := func(list string) *secret.Keyring {
		ring, err := secret.ParseKeyring(list)
		if err != nil {
			t.Fatal(err)
		}
		return ring
	}
	h.keyring = parse(old)
	for n := range 3 {
		h.enqueue(t, jobs.NewJob{Payload: n, Secret: fmt.Appendf(nil, "secret %d", n)})
	}
	h.enqueue(t, jobs.NewJob{Payload: 3}) // without a secret
	lost := h.enqueue(t, jobs.NewJob{Payload: 4, Secret: []byte("of a key that nobody has"), Kind: "another kind"})
	row, err := h.store.Direct().Jobs.ByID(t.Context(), lost)
	if err != nil {
		t.Fatal(err)
	}
	stranger := parse(secret.Encode(secret.Bytes(32))).Seal("job secret", secret.Place{Table: "jobs", Column: "secret_sealed", Row: lost}, []byte("x"))
	if ok, err := h.store.Direct().Jobs.Reseal(t.Context(), lost, row.SecretSealed, stranger); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if n, err := jobs.Rewrap(t.Context(), h.store, parse(fresh+","+old)); n != 3 || !errors.Is(err, secret.ErrNotOpened) {
		t.Fatalf("%d secrets were sealed anew, %v; want 3, and to hear of the one that cannot be opened", n, err)
	}
	if n, _ := jobs.Rewrap(t.Context(), h.store, parse(fresh+","+old)); n != 0 {
		t.Errorf("the second time %d were sealed anew", n)
	}
	h.keyring = parse(fresh)
	done := make(chan string, 4)
	run(t, h.options(), func(_ context.Context, w jobs.Work) error {
		done <- w.Job.Payload + " " + string(w.Secret)
		return nil
	})
	heard := map[string]bool{}
	for range 4 {
		heard[<-done] = true
	}
	for _, want := range []string{"0 secret 0", "1 secret 1", "2 secret 2", "3 "} {
		if !heard[want] {
			t.Errorf("no worker got %q: %v", want, heard)
		}
	}
}

func (h *house) enqueue(t *testing.T, j jobs.NewJob) (jobID string) {
	t.Helper()
	if j.Kind == "" {
		j.Kind = kind
	}
	err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		jobID, err = jobs.Enqueue(ctx, tx, h.keyring, j)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return jobID
}

func (h *house) job(t *testing.T, jobID string) store.Job {
	t.Helper()
	j, err := h.store.Direct().Jobs.ByID(t.Context(), jobID)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func (h *house) reaches(t *testing.T, jobID string, state store.JobState) store.Job {
	t.Helper()
	var j store.Job
	waittest.Until(t, "job is "+string(state), func() bool {
		j = h.job(t, jobID)
		return j.State == state
	})
	return j
}

func (h *house) counted(label string) uint64 {
	for _, c := range h.tally.Snapshot() {
		if c.Name == "job_attempt" && c.Label == label {
			return c.N
		}
	}
	return 0
}

func TestAHandlerGetsWhatWasEnqueued(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	type payload struct{ N int }
	got := make(chan jobs.Work, 1)
	jobID := h.enqueue(t, jobs.NewJob{Payload: payload{7}, Secret: []byte("open sesame"), MaxAttempts: 1})
	if j := h.job(t, jobID); strings.Contains(j.SecretSealed+j.Payload, "sesame") || j.SecretSealed == "" {
		t.Errorf("the secret is not sealed: %+v", j)
	}
	run(t, h.options(), func(_ context.Context, w jobs.Work) error { got <- w; return nil })
	w := <-got
	if w.Job.ID != jobID || w.Job.Payload != `{"N":7}` || string(w.Secret) != "open sesame" || !w.Last || w.Job.SecretSealed != "" {
		t.Errorf("got %+v", w)
	}
	if j := h.reaches(t, jobID, store.JobDone); j.SecretSealed != "" || j.Attempts != 1 || j.LastError != "" {
		t.Errorf("done, but %+v", j)
	}
}

func TestWhatAnAttemptLeads(t *testing.T) {
	t.Parallel()
	const token = "spv_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"
	tests := []struct {
		name     string
		handler  jobs.Handler
		state    store.JobState
		attempts int
		label    string
		says     string
	}{
		{"a failure is tried until the last", func(context.Context, jobs.Work) error {
			return errors.New("550 no\r\nada@example.com https://x/?token=" + token)
		}, store.JobDead, 4, "retried", "550 no [address]"},
		{"giving up is final", func(context.Context, jobs.Work) error {
			return errors.Join(jobs.ErrGiveUp, errors.New("no such mailbox"))
		}, store.JobDead, 1, "dead", "no such mailbox"},
		{"what is obsolete is done", func(context.Context, jobs.Work) error {
			return jobs.ErrObsolete
		}, store.JobDone, 1, "obsolete", "no longer wanted"},
		{"a panic is a failure", func(context.Context, jobs.Work) error { panic("at " + token) }, store.JobDead, 4, "dead", "panicked: string"},
		{"so is a fault of the runtime", func(_ context.Context, w jobs.Work) error {
			return fmt.Errorf("%d", []int{7}[w.Job.Attempts])
		}, store.JobDead, 4, "dead", "index out of range"},
		{"the second try may work", func(_ context.Context, w jobs.Work) error {
			if w.Job.Attempts == 1 {
				return errors.New("451 later")
			}
			return nil
		}, store.JobDone, 2, "done", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			jobID := h.enqueue(t, jobs.NewJob{Secret: []byte(token), MaxAttempts: 4})
			run(t, h.options(), tt.handler)
			j := h.reaches(t, jobID, tt.state)
			if j.Attempts != tt.attempts || j.SecretSealed != "" || !strings.Contains(j.LastError, tt.says) {
				t.Errorf("got %+v, want %d attempts, no secret, an error with %q", j, tt.attempts, tt.says)
			}
			if (tt.says == "") != (j.LastError == "") {
				t.Errorf("error is %q", j.LastError)
			}
			waittest.Until(t, "the outcome is counted", func() bool { return h.counted(tt.label) > 0 })
			for name, text := range map[string]string{"row": j.LastError, "log": h.log.String()} {
				if strings.Contains(text, token) || strings.Contains(text, "ada@") || strings.Contains(j.LastError, "\n") {
					t.Errorf("the %s tells too much: %s", name, text)
				}
			}
		})
	}
}

func TestAnUnknownKindIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.job(t, h.enqueue(t, jobs.NewJob{Kind: "from the future", Secret: []byte("x")}))
	known := h.enqueue(t, jobs.NewJob{})
	o := h.options()
	handout := local.NewHandout()
	o.Handout = handout
	run(t, o, func(context.Context, jobs.Work) error { return nil })
	if err := handout.Announce(t.Context(), []string{before.ID, "nonsense"}); err != nil {
		t.Fatal(err)
	}
	h.reaches(t, known, store.JobDone)
	after := h.enqueue(t, jobs.NewJob{}) // one more round, so that the announced ids were seen
	h.reaches(t, after, store.JobDone)
	if got := h.job(t, before.ID); got != before {
		t.Errorf("got %+v, want it untouched: %+v", got, before)
	}
}

func TestAPoolWithoutHandlersWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := jobs.New(h.options()).Run(ctx); err != nil {
		t.Error(err)
	}
}

func TestAnExpiredJobIsNotDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	jobID := h.enqueue(t, jobs.NewJob{Secret: []byte("x"), ExpiresAt: h.clock.Now().Add(time.Hour)})
	h.clock.Advance(61 * time.Minute)
	var ran atomic.Bool
	run(t, h.options(), func(context.Context, jobs.Work) error { ran.Store(true); return nil })
	if j := h.reaches(t, jobID, store.JobDead); ran.Load() || j.SecretSealed != "" || !strings.Contains(j.LastError, "expired") {
		t.Errorf("ran %t, %+v", ran.Load(), j)
	}
}

func TestAJobThatKillsItsProcessDies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	jobID := h.enqueue(t, jobs.NewJob{MaxAttempts: 3})
	for n := range 3 {
		claim := store.JobClaim{ID: jobID, Kinds: []string{kind}, Lease: time.Minute}
		if _, ok, err := h.store.Direct().Jobs.Claim(t.Context(), claim); err != nil || !ok {
			t.Fatalf("claim %d: %t, %v", n+1, ok, err)
		}
		h.clock.Advance(61 * time.Second) // nobody ever settles
	}
	var ran atomic.Bool
	run(t, h.options(), func(context.Context, jobs.Work) error { ran.Store(true); return nil })
	if j := h.reaches(t, jobID, store.JobDead); ran.Load() || !strings.Contains(j.LastError, "never reported back") {
		t.Errorf("ran %t, %+v", ran.Load(), j)
	}
}

func TestASecretThatDoesNotOpenIsAFailure(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	jobID := h.enqueue(t, jobs.NewJob{Secret: []byte("x"), MaxAttempts: 2})
	o := h.options()
	var err error
	if o.Keyring, err = secret.ParseKeyring(secret.Encode(secret.Bytes(32))); err != nil {
		t.Fatal(err)
	}
	var ran atomic.Bool
	run(t, o, func(context.Context, jobs.Work) error { ran.Store(true); return nil })
	if j := h.reaches(t, jobID, store.JobDead); ran.Load() || j.Attempts != 2 || !strings.Contains(j.LastError, "cannot be opened") {
		t.Errorf("ran %t, %+v", ran.Load(), j)
	}
}

// TestAJobLivesThroughADatabaseClockThatIsWrong: its end was set by the clock of
// a process, and is looked at by that clock, whatever the database's says.
func TestAJobLivesThroughADatabaseClockThatIsWrong(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		h := newHouse(t)
		h.clock.SkewDatabase(skew)
		lives := h.enqueue(t, jobs.NewJob{Secret: []byte("x"), ExpiresAt: h.clock.Now().Add(time.Hour)})
		dies := h.enqueue(t, jobs.NewJob{Secret: []byte("x"), ExpiresAt: h.clock.Now().Add(-time.Hour)})
		if err := jobs.New(h.options()).Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := h.job(t, lives); got.State != store.JobReady || got.SecretSealed == "" {
			t.Errorf("%v: a job with an hour to live is %s: %q", skew, got.State, got.LastError)
		}
		if got := h.job(t, dies); got.State != store.JobDead || got.SecretSealed != "" {
			t.Errorf("%v: a job that expired an hour ago is %s", skew, got.State)
		}
		run(t, h.options(), func(context.Context, jobs.Work) error { return nil })
		h.reaches(t, lives, store.JobDone)
	}
}

func TestMaintainErasesWhatExpiredAndPurgesWhatIsDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, stop := run(t, h.options(), func(context.Context, jobs.Work) error { return nil })
	done := h.enqueue(t, jobs.NewJob{})
	h.reaches(t, done, store.JobDone)
	stop()
	waiting := h.enqueue(t, jobs.NewJob{Secret: []byte("x"), ExpiresAt: h.clock.Now().Add(time.Hour)})
	forever := h.enqueue(t, jobs.NewJob{Secret: []byte("x")})
	h.clock.Advance(2 * time.Hour)
	for range 2 {
		if err := p.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if j := h.job(t, waiting); j.State != store.JobDead || j.SecretSealed != "" {
		t.Errorf("an expired job waits on: %+v", j)
	}
	if j := h.job(t, forever); j.State != store.JobReady || j.SecretSealed == "" {
		t.Errorf("a job without an end was ended: %+v", j)
	}
	h.job(t, done) // still there
	stats, err := p.Stats(t.Context())
	if err != nil || stats.Queue.Ready != 1 || stats.Queue.Dead != 1 || stats.Workers != 2 || stats.Busy != 0 {
		t.Errorf("statistics: %+v, %v", stats, err)
	}
	h.clock.Advance(25 * time.Hour)
	if err := p.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.Direct().Jobs.ByID(t.Context(), done); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a job done yesterday is still there: %v", err)
	}
}
