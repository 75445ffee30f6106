package gallerytest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// What the overview of a scene is about: a server of its own, since what goes wrong on
// one is seen by everybody.
const (
	calm     = "calm"     // nothing is wrong
	behind   = "behind"   // the audit log waits for its seal
	troubled = "troubled" // everything else is wrong
)

// overviewOf makes the server that an overview is about.
func overviewOf(t *testing.T, which string) *admin.Overview {
	t.Helper()
	h := roomtest.New(t)
	if which != troubled {
		create := signup.Create{Email: "owner@people.example", Password: roomtest.Good, Roles: []string{rbac.Owner}, Verified: true, Origin: roomtest.Origin()}
		roomtest.Must(h.Create(t.Context(), create))
	}
	if err := h.Shut(); err != nil { // its pool would do the jobs that are late
		t.Fatal(err)
	}
	st := roomtest.Must(store.Open(t.Context(), store.Options{URL: h.URL, Clock: h.Clock}))
	t.Cleanup(func() { _ = st.Close() })
	o := admin.OverviewOptions{Store: st, Clock: h.Clock, Numbers: stats.Ledger{Store: st, Clock: h.Clock}}
	happens := []func(context.Context, *store.Tx, time.Time) error{busy}
	switch which {
	case behind:
		h.Clock.Advance(2 * time.Minute)
	case troubled:
		happens = append(happens, goesWrong)
		o.Fresh = func() bool { return false }
		o.Sealing = func() error { return errors.New("the log was rewritten") }
	}
	for _, do := range happens {
		if err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, h.Clock.Now()) }); err != nil {
			t.Fatal(err)
		}
	}
	return admin.NewOverview(o)
}

// busy gives two days of numbers.
func busy(ctx context.Context, tx *store.Tx, now time.Time) (err error) {
	hour := now.Unix() / 3600
	for back := range int64(47) {
		wave := 40 + 3*(back%24)*(24-back%24)/4
		for series, n := range map[string]int64{
			stats.SignIns: wave, stats.SignUps: wave / 9, stats.Sessions: 900 + wave, stats.SignedIn: 700 + wave, stats.Users: 1200, stats.MailSent: wave / 5,
		} {
			err = errors.Join(err, tx.Stats.Set(ctx, store.HourCount{Hour: hour - back, Series: series, Number: n}))
		}
		err = errors.Join(err, tx.Stats.Set(ctx, store.HourCount{Hour: hour - back, Series: stats.Failures, Reason: audit.ReasonWrongPassword, Number: wave / 12}))
	}
	return err
}

// goesWrong has everything need attention that a database tells.
func goesWrong(ctx context.Context, tx *store.Tx, now time.Time) error {
	hour, past := now.Unix()/3600, now.Add(-time.Hour)
	err := errors.Join(
		tx.Stats.Set(ctx, store.HourCount{Hour: hour, Series: stats.Replays, Number: 1}),
		tx.Stats.Set(ctx, store.HourCount{Hour: hour, Series: stats.Failures, Reason: audit.ReasonWrongPassword, Number: 412}),
		tx.Hooks.Insert(ctx, store.HookEndpoint{ID: "off", URL: "https://one.example/", CreatedAt: past, UpdatedAt: past, DisabledAt: past}),
		tx.Hooks.Insert(ctx, store.HookEndpoint{ID: "failing", URL: "https://two.example/", CreatedAt: past, UpdatedAt: past, FailingSince: past}),
	)
	for _, j := range []store.Job{
		{Kind: "mail", State: store.JobDead},
		{Kind: "hook", State: store.JobDead},
		{Kind: "mail", State: store.JobReady, Attempts: 1},
	} {
		j.ID, j.Payload, j.MaxAttempts, j.RunAt, j.CreatedAt, j.UpdatedAt = id.Ordered(), "{}", 9, past, past, past
		err = errors.Join(err, tx.Jobs.Insert(ctx, j))
	}
	return err
}
