package httpapi_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// overview is what the overview answers with.
type overview struct {
	Attention []struct {
		Code   string
		Number int64
	}
	Users   int64
	Periods []struct {
		From     time.Time
		SignIns  int64 `json:"sign_ins"`
		FailedBy []struct {
			Reason string
			Number int64
		} `json:"failed_by"`
	}
}

func (w *world) overview(tb testing.TB, bearer, query string) (o overview, codes map[string]int64) {
	tb.Helper()
	w.get(tb, "/admin/api/overview"+query, bearer).want(tb, http.StatusOK, "").read(tb, &o)
	codes = map[string]int64{}
	for _, c := range o.Attention {
		codes[c.Code] = c.Number
	}
	return o, codes
}

// TestTheOverviewSaysWhatIsWrong has everything go wrong that an overview tells.
func TestTheOverviewSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	auditor := w.operator(t, "auditor", "auditor")
	if _, codes := w.overview(t, auditor.token, ""); !cmp.Equal(codes, map[string]int64{"no_owner": 0}) {
		t.Errorf("nothing but an owner is missing, and it says %v", codes)
	}
	w.operator(t, "owner", "owner")
	if _, codes := w.overview(t, auditor.token, ""); len(codes) > 0 {
		t.Errorf("nothing is wrong, and it says %v", codes)
	}
	now := w.clock.Now()
	hour := now.Unix() / 3600
	job := func(kind string, state store.JobState, attempts int) store.Job {
		return store.Job{ID: id.Ordered(), Kind: kind, Payload: "{}", State: state, Attempts: attempts, MaxAttempts: 9, RunAt: now.Add(-time.Hour), CreatedAt: now, UpdatedAt: now}
	}
	tried := job("mail", store.JobReady, 2)
	tried.RunAt = now.Add(time.Hour) // nobody may send it meanwhile; nobody here does the hook that is late
	endpoint := func(of string) store.HookEndpoint {
		return store.HookEndpoint{ID: of, URL: "https://hooks.example", CreatedAt: now, UpdatedAt: now}
	}
	failing, off := endpoint("failing"), endpoint("off")
	failing.FailingSince, off.DisabledAt, off.FailingSince = now, now, now
	if err := w.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, j := range []store.Job{job("mail", store.JobDead, 9), job("hook", store.JobDead, 9), job("other", store.JobDead, 9), tried, job("hook", store.JobReady, 0)} {
			if err := tx.Jobs.Insert(ctx, j); err != nil {
				return err
			}
		}
		for _, e := range []store.HookEndpoint{failing, off} {
			if err := tx.Hooks.Insert(ctx, e); err != nil {
				return err
			}
		}
		for _, c := range []store.HourCount{
			{Hour: hour, Series: stats.Replays, Number: 2}, {Hour: hour - 30, Series: stats.Replays, Number: 7}, // of the day before
			{Hour: hour, Series: stats.Failures, Reason: audit.ReasonWrongPassword, Number: 400}, {Hour: hour, Series: stats.Users, Number: 12},
		} {
			if err := tx.Stats.Add(ctx, c); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(2 * time.Minute) // nobody seals
	o, codes := w.overview(t, auditor.token, "?span=day")
	want := map[string]int64{
		"log_behind": 0, "replays": 2, "guesses": 400, "mail_failing": 1, "mail_dead": 1, "hooks_failing": 1, "hooks_disabled": 1, "jobs_dead": 2, "jobs_late": 0,
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if o.Users != 12 || len(o.Periods) != 30 || o.Attention[0].Code != "log_behind" {
		t.Errorf("the overview is %+v", o)
	}
	reasons := o.Periods[29].FailedBy
	if len(reasons) == 0 {
		reasons = o.Periods[28].FailedBy // the day has begun meanwhile
	}
	if len(reasons) != 1 || reasons[0].Number != 400 || reasons[0].Reason != audit.ReasonWrongPassword {
		t.Errorf("the reasons are %+v", reasons)
	}
}

// TestGuessesThatAreUsualAreNoStorm: a busy server has many every hour.
func TestGuessesThatAreUsualAreNoStorm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.operator(t, "owner", "owner")
	hour := w.clock.Now().Unix() / 3600
	for back := range int64(47) {
		if err := w.store.Direct().Stats.Add(t.Context(), store.HourCount{Hour: hour - back, Series: stats.Failures, Number: 300}); err != nil {
			t.Fatal(err)
		}
	}
	if _, codes := w.overview(t, owner.token, ""); len(codes) > 0 {
		t.Errorf("300 an hour are usual, and it says %v", codes)
	}
	for _, span := range []string{"?span=week", "?span=hour"} {
		if o, _ := w.overview(t, owner.token, span); len(o.Periods) == 0 || !o.Periods[len(o.Periods)-1].From.Before(w.clock.Now()) {
			t.Errorf("%s gives %d periods", span, len(o.Periods))
		}
	}
	w.get(t, "/admin/api/overview?span=year", owner.token).want(t, http.StatusUnprocessableEntity, "invalid_input")
}
