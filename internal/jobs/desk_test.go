package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// desk opens a desk whose only keeper renews by renew.
func (h *house) desk(renew func(store.Job) (jobs.NewJob, error)) *jobs.Desk {
	d := jobs.NewDesk(jobs.DeskOptions{Store: h.store, Keyring: h.keyring, Trail: audit.New(h.clock)})
	d.Keep(kind, jobs.Keeper{
		Tell:  func(payload string) []jobs.Fact { return []jobs.Fact{{Name: "payload", Value: payload}} },
		Renew: func(_ context.Context, _ *store.Tx, dead store.Job) (jobs.NewJob, error) { return renew(dead) },
	})
	return d
}

func asItWas(dead store.Job) (jobs.NewJob, error) {
	return jobs.NewJob{Payload: map[string]string{"was": dead.Payload}, Secret: []byte("another")}, nil
}

// dead is a job that was given up.
func (h *house) dead(t *testing.T) store.Job {
	t.Helper()
	jobID := h.enqueue(t, jobs.NewJob{Payload: 7, Secret: []byte("the first"), MaxAttempts: 2})
	_, stop := run(t, h.options(), func(context.Context, jobs.Work) error { return errors.New("450 later") })
	defer stop()
	return h.reaches(t, jobID, store.JobDead)
}

// events lists what the trail says of jobs that were run again.
func (h *house) events(t *testing.T) []store.AuditEvent {
	t.Helper()
	events, err := h.store.Direct().Audit.List(t.Context(), store.AuditFilter{Kind: audit.KindJobRunAgain}, store.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestADeadJobRunsAgainWithANewSecret(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dead := h.dead(t)
	if err := h.desk(asItWas).RunAgain(t.Context(), dead.ID); err != nil {
		t.Fatal(err)
	}
	ready := h.job(t, dead.ID)
	if ready.State != store.JobReady || ready.Attempts != 0 || ready.Fence <= dead.Fence || ready.LastError != dead.LastError ||
		ready.SecretSealed == "" || strings.Contains(ready.SecretSealed, "another") {
		t.Errorf("it stands as %+v", ready)
	}
	got := make(chan jobs.Work, 1)
	run(t, h.options(), func(_ context.Context, w jobs.Work) error { got <- w; return nil })
	if w := <-got; string(w.Secret) != "another" || w.Job.Payload != `{"was":"7"}` || w.Job.Attempts != 1 || w.Last {
		t.Errorf("the handler gets %+v", w)
	}
	h.reaches(t, dead.ID, store.JobDone)
	events := h.events(t)
	if len(events) != 1 || events[0].Outcome != audit.Success || events[0].Details != fmt.Sprintf(`{"job_id":%q,"job_kind":%q}`, dead.ID, kind) {
		t.Errorf("the trail says %+v", events)
	}
}

// TestOneOfManyRunsAJobAgain has two processes and many callers of each.
func TestOneOfManyRunsAJobAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other := &house{store: h.open(t), clock: h.clock, keyring: h.keyring}
	for range 4 {
		dead := h.dead(t)
		before := len(h.events(t))
		var won, lost, renewed atomic.Int64
		desks := []*jobs.Desk{}
		for _, at := range []*house{h, other} {
			desks = append(desks, at.desk(func(j store.Job) (jobs.NewJob, error) { renewed.Add(1); return asItWas(j) }))
		}
		var racers sync.WaitGroup
		for n := range 16 {
			racers.Go(func() {
				switch err := desks[n%2].RunAgain(t.Context(), dead.ID); {
				case err == nil:
					won.Add(1)
				case errors.Is(err, jobs.ErrNotDead):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		racers.Wait()
		if won.Load() != 1 || lost.Load() != 15 {
			t.Fatalf("%d won, %d lost", won.Load(), lost.Load())
		}
		if n := len(h.events(t)) - before; n != 1 {
			t.Errorf("the trail has %d events", n)
		}
		if j := h.job(t, dead.ID); j.State != store.JobReady || j.Fence != dead.Fence+1 {
			t.Errorf("it stands as %+v", j)
		}
		_, stop := run(t, h.options(), func(context.Context, jobs.Work) error { return nil })
		h.reaches(t, dead.ID, store.JobDone)
		stop()
	}
}

func TestWhatNobodyWantsIsNotRunAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dead := h.dead(t)
	err := h.desk(func(store.Job) (jobs.NewJob, error) {
		return jobs.NewJob{}, fmt.Errorf("ada@example.com has an account by now: %w", jobs.ErrObsolete)
	}).RunAgain(t.Context(), dead.ID)
	if !errors.Is(err, jobs.ErrObsolete) || !strings.Contains(err.Error(), "has an account by now") {
		t.Errorf("the operator is told %v", err)
	}
	j := h.job(t, dead.ID)
	if j.State != store.JobDone || j.Attempts != dead.Attempts || j.SecretSealed != "" || !strings.Contains(j.LastError, "by now") ||
		strings.Contains(j.LastError, "ada@") {
		t.Errorf("it stands as %+v", j)
	}
	if events := h.events(t); len(events) != 1 || events[0].Outcome != audit.Failure || events[0].Reason != audit.ReasonObsolete {
		t.Errorf("the trail says %+v", events)
	}
}

func TestWhatCannotRunAgainStaysAsItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.desk(asItWas)
	broken := errors.New("the database is gone")
	give := func(err error) *jobs.Desk {
		return h.desk(func(store.Job) (jobs.NewJob, error) { return jobs.NewJob{}, err })
	}
	unknown := jobs.NewDesk(jobs.DeskOptions{Store: h.store, Keyring: h.keyring, Trail: audit.New(h.clock)})
	ready := h.enqueue(t, jobs.NewJob{Kind: "left alone"})
	dead := h.dead(t)
	for name, test := range map[string]struct {
		desk *jobs.Desk
		id   string
		want error
	}{
		"there is none":                 {d, "none", jobs.ErrNoJob},
		"it is not dead":                {d, ready, jobs.ErrNotDead},
		"its kind is unknown":           {unknown, dead.ID, jobs.ErrUnknownKind},
		"its room gives it up":          {give(jobs.ErrGiveUp), dead.ID, jobs.ErrGiveUp},
		"its room could not find out":   {give(broken), dead.ID, broken},
		"its payload cannot be written": {h.desk(func(store.Job) (jobs.NewJob, error) { return jobs.NewJob{Payload: func() {}}, nil }), dead.ID, nil},
	} {
		err := test.desk.RunAgain(t.Context(), test.id)
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if j := h.job(t, dead.ID); j != dead {
		t.Errorf("got %+v, want %+v", j, dead)
	}
	if events := h.events(t); len(events) != 0 {
		t.Errorf("the trail says %+v", events)
	}
}

// TestAWorkerOfAFormerLifeSettlesNothing lets a worker come back after its job
// was given up and run again.
func TestAWorkerOfAFormerLifeSettlesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	direct := h.store.Direct()
	jobID := h.enqueue(t, jobs.NewJob{MaxAttempts: 1})
	claim := store.JobClaim{ID: jobID, Kinds: []string{kind}, Lease: time.Minute}
	late, ok, err := direct.Jobs.Claim(t.Context(), claim)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	h.clock.Advance(2 * time.Minute)
	_, stop := run(t, h.options(), func(context.Context, jobs.Work) error { return nil })
	h.reaches(t, jobID, store.JobDead)
	stop()
	if err := h.desk(asItWas).RunAgain(t.Context(), jobID); err != nil {
		t.Fatal(err)
	}
	if _, ok, err = direct.Jobs.Claim(t.Context(), claim); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if held, err := direct.Jobs.Settle(t.Context(), store.JobOutcome{ID: jobID, Fence: late.Fence, State: store.JobDone}); held || err != nil {
		t.Errorf("the outcome of the first life was recorded: %t, %v", held, err)
	}
}

func TestADeskListsAndShowsWithoutSecrets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.desk(asItWas)
	var want []string
	for range 7 {
		want = append([]string{h.enqueue(t, jobs.NewJob{Payload: 1, Secret: []byte("x")})}, want...)
	}
	for _, limit := range []int{1, 6, 7, 1000} {
		found, err := d.List(t.Context(), store.JobReady, limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, j := range found {
			got = append(got, j.ID)
			if j.SecretSealed != "" {
				t.Errorf("the sealed secret of %s is handed out", j.ID)
			}
		}
		if !slices.Equal(got, want[:min(limit, len(want))]) {
			t.Errorf("at most %d: %q, want the newest of %q", limit, got, want)
		}
	}
	shown, err := d.Show(t.Context(), want[0])
	if err != nil || !shown.HasSecret || shown.Job.SecretSealed != "" || !slices.Equal(shown.Facts, []jobs.Fact{{Name: "payload", Value: "1"}}) {
		t.Errorf("shows %+v, %v", shown, err)
	}
	if _, err := d.Show(t.Context(), "none"); !errors.Is(err, jobs.ErrNoJob) {
		t.Error(err)
	}
}
