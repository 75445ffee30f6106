package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func hookPromises() map[string]promise {
	return map[string]promise{
		"Hooks/ComeBackWhole":             hooksComeBackWhole,
		"Hooks/FailAndRecoverOnce":        hooksFailAndRecoverOnce,
		"Hooks/SwitchedOffOnce":           hooksSwitchedOffOnce,
		"HookSecrets/ComeBackWhole":       hookSecretsComeBackWhole,
		"Deliveries/WaitForThoseBefore":   deliveriesWaitForThoseBefore,
		"Deliveries/AreCountedAndDropped": deliveriesAreCountedAndDropped,
		"Users/EventNumbersHaveNoGap":     usersEventNumbersHaveNoGap,
		"Jobs/WokenOnlyWhileWaiting":      jobsWokenOnlyWhileWaiting,
		"Jobs/GiveAnAttemptBack":          jobsGiveAnAttemptBack,
	}
}

// someHook is an endpoint in the store.
func someHook(t *testing.T, st *store.Store) store.HookEndpoint {
	t.Helper()
	e := store.HookEndpoint{
		ID: id.Ordered(), URL: "https://hooks.example/é?x=1", Kinds: []string{"session.opened", "user.created"}, Ordered: true,
		OwnerEmail: "ops@example.com", CreatedAt: moment(1), UpdatedAt: moment(2),
	}
	check(t, st.Direct().Hooks.Insert(t.Context(), e))
	return e
}

func hooksComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	misses[store.HookEndpoint](t, "none")(d.Hooks.ByID(ctx, "none"))
	first := someHook(t, st)
	second := store.HookEndpoint{ID: id.Ordered(), URL: "https://b.example/", CreatedAt: moment(3), UpdatedAt: moment(3), DisabledAt: moment(4), FailingSince: moment(5)}
	check(t, d.Hooks.Insert(ctx, second))
	reads(t, "by id", first)(d.Hooks.ByID(ctx, first.ID))
	reads(t, "list", []store.HookEndpoint{first, second})(d.Hooks.List(ctx))
	changes(t, "touched", true)(d.Hooks.Touch(ctx, first.ID, moment(9)))
	changes(t, "touched", false)(d.Hooks.Touch(ctx, "none", moment(9)))
	changes(t, "deleted", true)(d.Hooks.Delete(ctx, first.ID))
	changes(t, "deleted", false)(d.Hooks.Delete(ctx, first.ID))
	reads(t, "list", []store.HookEndpoint{second})(d.Hooks.List(ctx))
}

func hooksFailAndRecoverOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	e := someHook(t, st)
	changes(t, "recovered", false)(d.Hooks.Well(ctx, e.ID))
	changes(t, "fails", true)(d.Hooks.Failing(ctx, e.ID, moment(5)))
	changes(t, "fails", false)(d.Hooks.Failing(ctx, e.ID, moment(6)))
	e.FailingSince = moment(5)
	reads(t, "failing", e)(d.Hooks.ByID(ctx, e.ID))
	changes(t, "recovered", true)(d.Hooks.Well(ctx, e.ID))
	e.FailingSince = time.Time{}
	reads(t, "well", e)(d.Hooks.ByID(ctx, e.ID))
}

func hooksSwitchedOffOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	e := someHook(t, st)
	changes(t, "enabled", false)(d.Hooks.Enable(ctx, e.ID, moment(5)))
	changes(t, "fails", true)(d.Hooks.Failing(ctx, e.ID, moment(5)))
	oneWins(t, st, "disable", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Hooks.Disable(ctx, e.ID, moment(6)) })
	e.DisabledAt, e.UpdatedAt, e.FailingSince = moment(6), moment(6), moment(5)
	reads(t, "off", e)(d.Hooks.ByID(ctx, e.ID))
	changes(t, "enabled", true)(d.Hooks.Enable(ctx, e.ID, moment(7)))
	e.DisabledAt, e.UpdatedAt, e.FailingSince = time.Time{}, moment(7), time.Time{}
	reads(t, "on", e)(d.Hooks.ByID(ctx, e.ID))
}

func hookSecretsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	e := someHook(t, st)
	if d.HookSecrets.Insert(ctx, store.HookSecret{EndpointID: "none", ID: "a", CreatedAt: moment(1)}) == nil {
		t.Error("a secret of no endpoint was stored")
	}
	old := store.HookSecret{EndpointID: e.ID, ID: "b", SecretSealed: "sealed", CreatedAt: moment(1)}
	young := store.HookSecret{EndpointID: e.ID, ID: "a", SecretSealed: "too", CreatedAt: moment(2), ExpiresAt: moment(9)}
	check(t, d.HookSecrets.Insert(ctx, young))
	check(t, d.HookSecrets.Insert(ctx, old))
	reads(t, "list", []store.HookSecret{old, young})(d.HookSecrets.List(ctx, e.ID))
	changes(t, "expires", true)(d.HookSecrets.Expire(ctx, e.ID, old.ID, moment(5)))
	changes(t, "expires later", false)(d.HookSecrets.Expire(ctx, e.ID, old.ID, moment(6)))
	changes(t, "another's", false)(d.HookSecrets.Reseal(ctx, store.HookSecret{EndpointID: e.ID, ID: young.ID, SecretSealed: "old"}, "new"))
	changes(t, "resealed", true)(d.HookSecrets.Reseal(ctx, young, "new"))
	young.SecretSealed = "new"
	reads(t, "purged", 1)(d.HookSecrets.Purge(ctx, e.ID, moment(5)))
	reads(t, "list", []store.HookSecret{young})(d.HookSecrets.List(ctx, e.ID))
	reads(t, "deleted", 1)(d.HookSecrets.Delete(ctx, e.ID))
}

// someDelivery is a delivery in the store, whose job is in a state.
func someDelivery(t *testing.T, st *store.Store, endpoint, user string, number int64, state store.JobState) store.HookDelivery {
	t.Helper()
	j := someJob(t, st, func(j *store.Job) { j.Kind, j.State = "hook", state })
	d := store.HookDelivery{EndpointID: endpoint, UserID: user, EventNumber: number, JobID: j.ID}
	check(t, st.Direct().Deliveries.Insert(t.Context(), d))
	return d
}

func deliveriesWaitForThoseBefore(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someDelivery(t, st, "e", "ada", 0, store.JobReady) // not in order
	first := someDelivery(t, st, "e", "ada", 1, store.JobRunning)
	someDelivery(t, st, "e", "ada", 2, store.JobDone)
	someDelivery(t, st, "e", "ada", 3, store.JobDead)
	fourth := someDelivery(t, st, "e", "ada", 4, store.JobReady)
	someDelivery(t, st, "e", "bea", 1, store.JobReady)
	someDelivery(t, st, "other", "ada", 1, store.JobReady)

	misses[store.PendingDelivery](t, "before the first")(d.Deliveries.Before(ctx, first))
	before, err := d.Deliveries.Before(ctx, fourth)
	check(t, err)
	same(t, "before the fourth", before.JobID, first.JobID)
	next, err := d.Deliveries.Next(ctx, first)
	check(t, err)
	same(t, "after the first", next.JobID, fourth.JobID)
	misses[store.PendingDelivery](t, "after the fourth")(d.Deliveries.Next(ctx, fourth))

	changes(t, "deleted", true)(d.Deliveries.Delete(ctx, first))
	changes(t, "deleted", false)(d.Deliveries.Delete(ctx, first))
	misses[store.PendingDelivery](t, "before the fourth")(d.Deliveries.Before(ctx, fourth))
}

func deliveriesAreCountedAndDropped(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads(t, "none", store.HookCounts{})(d.Deliveries.Count(ctx, "e"))
	for _, state := range []store.JobState{store.JobReady, store.JobRunning, store.JobDone} {
		someDelivery(t, st, "e", "ada", 0, state)
	}
	dead := []string{someDelivery(t, st, "e", "", 0, store.JobDead).JobID, someDelivery(t, st, "e", "bea", 7, store.JobDead).JobID}
	someDelivery(t, st, "other", "ada", 0, store.JobDead)
	reads(t, "counts", store.HookCounts{Waiting: 2, Dead: 2})(d.Deliveries.Count(ctx, "e"))
	reads(t, "dead", dead)(d.Deliveries.Dead(ctx, "e", store.Page{Limit: 9}))
	reads(t, "dead, second page", dead[1:])(d.Deliveries.Dead(ctx, "e", store.Page{After: dead[0], Limit: 9}))
	reads(t, "dropped", 5)(d.Deliveries.Drop(ctx, "e"))
	reads(t, "counts", store.HookCounts{})(d.Deliveries.Count(ctx, "e"))
}

// usersEventNumbersHaveNoGap: of any number of transactions at once each gets a
// number of its own, and one that is undone leaves none behind.
func usersEventNumbersHaveNoGap(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	const racers = 8
	seen := make([]int64, racers)
	each(t, racers, func(n int) error {
		return st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
			seen[n], err = tx.Users.RaiseEventNumber(ctx, u.ID)
			return err
		})
	})
	_ = st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Users.RaiseEventNumber(ctx, u.ID); err != nil {
			t.Error(err)
		}
		return context.Canceled
	})
	var sum int64
	for _, n := range seen {
		sum += n
	}
	same(t, "sum of the numbers", sum, int64(racers*(racers+1)/2))
	reads(t, "the next", int64(racers+1))(st.Direct().Users.RaiseEventNumber(t.Context(), u.ID))
	reads(t, "nobody's", int64(0))(st.Direct().Users.RaiseEventNumber(t.Context(), "nobody"))
}

func jobsWokenOnlyWhileWaiting(t *testing.T, st *store.Store) {
	var heard []store.DueJob
	st.AfterCommit(func(_ context.Context, e store.Effects) { heard = append(heard, e.Jobs...) })
	later := someJob(t, st, func(j *store.Job) { j.RunAt = j.RunAt.Add(100 * 365 * 24 * time.Hour) })
	dead := someJob(t, st, func(j *store.Job) { j.State, j.RunAt = store.JobDead, later.RunAt })
	heard = nil
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		changes(t, "one that waits", true)(tx.Jobs.Wake(ctx, later.ID, later.Kind))
		changes(t, "one that is due", false)(tx.Jobs.Wake(ctx, later.ID, later.Kind))
		changes(t, "one that is dead", false)(tx.Jobs.Wake(ctx, dead.ID, dead.Kind))
		return nil
	})
	same(t, "heard of", heard, []store.DueJob{{ID: later.ID, Kind: later.Kind}})
	if _, ok, err := st.Direct().Jobs.Claim(t.Context(), store.JobClaim{ID: later.ID, Kinds: []string{later.Kind}, Lease: time.Minute}); !ok || err != nil {
		t.Errorf("the job that was woken cannot be claimed (%v)", err)
	}
}

func jobsGiveAnAttemptBack(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	j := someJob(t, st, func(*store.Job) {})
	claimed, ok, err := d.Jobs.Claim(ctx, store.JobClaim{ID: j.ID, Kinds: []string{j.Kind}, Lease: time.Minute})
	check(t, err)
	same(t, "claimed", ok, true)
	same(t, "attempts", claimed.Attempts, j.Attempts+1)
	changes(t, "settled", true)(d.Jobs.Settle(ctx, store.JobOutcome{ID: j.ID, Fence: claimed.Fence, State: store.JobReady, Uncounted: true}))
	again, err := d.Jobs.ByID(ctx, j.ID)
	check(t, err)
	same(t, "attempts", again.Attempts, j.Attempts)
}
