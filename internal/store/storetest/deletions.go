package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func deletionPromises() map[string]promise {
	return map[string]promise{
		"Deletions/BegunOrCancelled": deletionsOneWay,
		"Deletions/DueInOrder":       deletionsDue,
		"Deletions/PutOff":           deletionsPutOff,
	}
}

func someDeletion(t *testing.T, st *store.Store, u store.User, hours int) store.Deletion {
	t.Helper()
	del := store.Deletion{UserID: u.ID, RequestedAt: moment(0), EraseAt: moment(hours)}
	check(t, st.Direct().Deletions.Insert(t.Context(), del))
	return del
}

func deletionsOneWay(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().Deletions, t.Context()
	u := leaver(t, st, "ada")
	del := someDeletion(t, st, u, 5)
	refuses(t, "twice", d.Insert(ctx, del))
	reads(t, "deletion", del)(d.ByUser(ctx, u.ID))
	changes(t, "start too early", false)(d.Start(ctx, u.ID, moment(4), moment(1)))
	changes(t, "finish what has not begun", false)(d.Finish(ctx, u.ID))
	oneWins(t, st, "start", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Deletions.Start(ctx, u.ID, moment(5), moment(1))
	})
	changes(t, "cancel what has begun", false)(d.Cancel(ctx, u.ID))
	del.StartedAt = moment(5)
	reads(t, "begun", del)(d.ByUser(ctx, u.ID))
	changes(t, "take up what has begun just now", false)(d.Start(ctx, u.ID, moment(6), moment(5)))
	oneWins(t, st, "take up", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Deletions.Start(ctx, u.ID, moment(8), moment(6))
	})
	del.StartedAt = moment(8)
	reads(t, "taken up", del)(d.ByUser(ctx, u.ID))
	changes(t, "finish", true)(d.Finish(ctx, u.ID))
	misses[store.Deletion](t, "finished")(d.ByUser(ctx, u.ID))

	kept := verifiedUser(t, st, "eve")
	someDeletion(t, st, kept, 5)
	changes(t, "start of a user who was kept", false)(d.Start(ctx, kept.ID, moment(6), moment(1)))

	bob := leaver(t, st, "bob")
	someDeletion(t, st, bob, 5)
	won := race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		act := func() (bool, error) { return tx.Deletions.Cancel(ctx, bob.ID) }
		if i%3 == 0 {
			act = func() (bool, error) { return tx.Deletions.Start(ctx, bob.ID, moment(6), moment(1)) }
		}
		ok, err := act()
		if ok {
			return 1, err
		}
		return 0, err
	})
	if won != 1 {
		t.Errorf("%d of those who start and cancel won, want 1", won)
	}
}

// leaver is a user who is pending deletion.
func leaver(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	u := verifiedUser(t, st, name)
	changes(t, "status", true)(st.Direct().Users.SetStatus(t.Context(), u.ID, u.Status, store.UserPendingDeletion, moment(0)))
	return u
}

func deletionsDue(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().Deletions, t.Context()
	late, soon, later, kept := leaver(t, st, "ada"), leaver(t, st, "bob"), leaver(t, st, "eve"), verifiedUser(t, st, "joe")
	someDeletion(t, st, kept, 1)
	someDeletion(t, st, late, 5)
	someDeletion(t, st, soon, 3)
	someDeletion(t, st, later, 9)
	changes(t, "start", true)(d.Start(ctx, soon.ID, moment(4), moment(1)))
	reads(t, "due", []string{soon.ID, late.ID})(d.Due(ctx, moment(5), moment(9), 9))
	reads(t, "the first", []string{soon.ID})(d.Due(ctx, moment(5), moment(9), 1))
	reads(t, "but for what has begun since", []string{late.ID})(d.Due(ctx, moment(5), moment(4), 9))
	reads[[]string](t, "before", nil)(d.Due(ctx, moment(2), moment(9), 9))
}

func deletionsPutOff(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().Deletions, t.Context()
	soon, later, begun := someDeletion(t, st, leaver(t, st, "ada"), 3), someDeletion(t, st, leaver(t, st, "bob"), 9), someDeletion(t, st, leaver(t, st, "eve"), 3)
	changes(t, "start", true)(d.Start(ctx, begun.UserID, moment(3), moment(1)))
	reads(t, "put off", 1)(d.PutOff(ctx, moment(7)))
	reads(t, "put off again", 0)(d.PutOff(ctx, moment(7)))
	soon.EraseAt, begun.StartedAt = moment(7), moment(3)
	for _, del := range []store.Deletion{soon, later, begun} {
		reads(t, "deletion", del)(d.ByUser(ctx, del.UserID))
	}
}
