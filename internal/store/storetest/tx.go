package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func txPromises() map[string]promise {
	return map[string]promise{
		"Tx/RollsBackOnError":                      txRollsBackOnError,
		"Tx/RollsBackOnPanic":                      txRollsBackOnPanic,
		"Tx/RollsBackOnCancel":                     txRollsBackOnCancel,
		"Tx/SeesItsOwnWrites":                      txSeesItsOwnWrites,
		"Tx/AddsUpUnderConcurrency":                txAddsUp,
		"Tx/RefusesWhatHasNoParent":                txRefusesWhatHasNoParent,
		"AfterCommit/HearsOnlyCommits":             afterCommitHearsOnlyCommits,
		"AfterCommit/HearsBeforeReturn":            afterCommitHearsBeforeReturn,
		"AfterCommit/HearsDespiteACancelledCaller": afterCommitDespiteCancel,
		"View/SeesASnapshot":                       viewSeesASnapshot,
		"View/RefusesToWrite":                      viewRefusesToWrite,
		"Direct/RefusesWhatNeedsATx":               directRefuses,
		"Store/TellsTheTime":                       storeTellsTheTime,
		"Store/ChecksOut":                          func(t *testing.T, st *store.Store) { check(t, st.Check(t.Context())) },
	}
}

func txRollsBackOnError(t *testing.T, st *store.Store) {
	undo := errors.New("undo")
	u, s := newUser("ada"), store.Session{}
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		check(t, tx.Users.Insert(ctx, u))
		s = newSession(u)
		check(t, tx.Sessions.Insert(ctx, s))
		check(t, tx.Jobs.Insert(ctx, store.Job{ID: id.Ordered(), Kind: "mail"}))
		check(t, tx.Revocations.Append(ctx, &store.Revocation{Kind: store.RevokedUser, Subject: u.ID, RevokedAt: moment(0), ExpiresAt: moment(1)}))
		return undo
	})
	if err != undo { //nolint:errorlint // the very error, so that faults arrive as they were returned
		t.Errorf("got %v, want the function's own error", err)
	}
	misses[store.User](t, "user")(st.Direct().Users.ByID(t.Context(), u.ID))
	misses[store.SessionView](t, "session")(st.Direct().Sessions.View(t.Context(), s.ID))
	head, err := st.Direct().Feed.Head(t.Context())
	check(t, err)
	same(t, "feed", head.Number, int64(0))
	reads[[]string](t, "due", nil)(st.Direct().Jobs.Due(t.Context(), []string{"mail"}, 9))
}

func txRollsBackOnPanic(t *testing.T, st *store.Store) {
	u := newUser("ada")
	func() {
		defer func() {
			if got := recover(); got != "boom" {
				t.Errorf("recovered %v, want boom", got)
			}
		}()
		_ = st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			check(t, tx.Users.Insert(ctx, u))
			panic("boom")
		})
	}()
	misses[store.User](t, "user")(st.Direct().Users.ByID(t.Context(), u.ID))
	check(t, st.Direct().Users.Insert(t.Context(), u)) // and the store goes on
}

func txRollsBackOnCancel(t *testing.T, st *store.Store) {
	u := newUser("ada")
	ctx, cancel := context.WithCancel(t.Context())
	err := st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		check(t, tx.Users.Insert(ctx, u))
		cancel()
		return nil
	})
	if !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want store.ErrUnavailable because of context.Canceled", err)
	}
	misses[store.User](t, "user")(st.Direct().Users.ByID(t.Context(), u.ID))
	check(t, st.Direct().Users.Insert(t.Context(), u))
}

func txSeesItsOwnWrites(t *testing.T, st *store.Store) {
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		u := newUser("ada")
		check(t, tx.Users.Insert(ctx, u))
		reads(t, "inside", u)(tx.Users.ByEmail(ctx, u.EmailCanonical))
		misses[store.User](t, "outside")(st.Direct().Users.ByID(ctx, u.ID))
		return nil
	})
}

// txAddsUp reads and then writes, as a room does that has something to decide.
// Where writers take turns nobody loses; elsewhere whoever loses the
// compare-and-set begins again, in a new transaction.
func txAddsUp(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	moved := errors.New("the epoch has moved")
	each(t, racers, func(int) error {
		err := moved
		for errors.Is(err, moved) {
			err = st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				have, err := tx.Users.ByID(ctx, u.ID)
				if err != nil {
					return err
				}
				ok, err := tx.Users.RaiseEpoch(ctx, u.ID, have.Epoch, moment(1))
				if err == nil && !ok {
					err = moved
				}
				return err
			})
		}
		return err
	})
	u.Epoch, u.UpdatedAt = u.Epoch+racers, moment(1)
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func txRefusesWhatHasNoParent(t *testing.T, st *store.Store) {
	d, nobody := st.Direct(), newUser("nobody")
	for what, err := range map[string]error{
		"session":    d.Sessions.Insert(t.Context(), newSession(nobody)),
		"credential": d.Credentials.Insert(t.Context(), store.Credential{ID: id.Ordered(), UserID: nobody.ID, Kind: "password", CreatedAt: moment(0), UpdatedAt: moment(0)}),
		"token":      d.Tokens.Insert(t.Context(), newToken(nobody, "hash")),
	} {
		if err == nil || errors.Is(err, store.ErrTaken) || errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s of a user who is not there: got %v, want a refusal of its own kind", what, err)
		}
	}
}

func afterCommitHearsOnlyCommits(t *testing.T, st *store.Store) {
	var heard []store.Effects
	st.AfterCommit(func(_ context.Context, e store.Effects) { heard = append(heard, e) })
	undo := errors.New("undo")
	for i, end := range []error{undo, nil} {
		err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			check(t, tx.Jobs.Insert(ctx, store.Job{ID: numbered("job", i), Kind: "mail"}))
			for n := range 2 {
				check(t, tx.Revocations.Append(ctx, &store.Revocation{
					Kind: store.RevokedToken, Subject: numbered("jti", n), RevokedAt: moment(0), ExpiresAt: moment(1),
				}))
			}
			return end
		})
		if !errors.Is(err, end) {
			t.Errorf("got %v, want %v", err, end)
		}
	}
	follows := store.FeedHead{}
	for i := range heard { // random
		follows.HistoryID = heard[i].Follows.HistoryID
		for n := range heard[i].Revocations {
			heard[i].Revocations[n].Mark = 0
		}
	}
	same(t, "heard", heard, []store.Effects{{
		Jobs: []store.DueJob{{ID: numbered("job", 1), Kind: "mail"}}, Follows: follows,
		Revocations: []store.Revocation{
			{Number: 1, Kind: store.RevokedToken, Subject: numbered("jti", 0), RevokedAt: moment(0), ExpiresAt: moment(1)},
			{Number: 2, Kind: store.RevokedToken, Subject: numbered("jti", 1), RevokedAt: moment(0), ExpiresAt: moment(1)},
		},
	}})
}

func afterCommitHearsBeforeReturn(t *testing.T, st *store.Store) {
	var calls []string
	var seen error
	for _, name := range []string{"first", "second"} {
		st.AfterCommit(func(ctx context.Context, e store.Effects) {
			calls = append(calls, name)
			_, seen = st.Direct().Jobs.ByID(ctx, e.Jobs[0].ID)
		})
	}
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		return tx.Jobs.Insert(ctx, store.Job{ID: "job", Kind: "mail"})
	})
	same(t, "calls", calls, []string{"first", "second"})
	check(t, seen)
}

func afterCommitDespiteCancel(t *testing.T, st *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	heard := false
	st.AfterCommit(func(context.Context, store.Effects) { cancel() })
	st.AfterCommit(func(ctx context.Context, _ store.Effects) { heard = ctx.Err() == nil })
	check(t, st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Jobs.Insert(ctx, store.Job{ID: "job", Kind: "mail"})
	}))
	if !heard {
		t.Error("a hook was given the context of a caller who has hung up")
	}
}

func viewSeesASnapshot(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	check(t, st.View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		reads(t, "first look", u)(tx.Users.ByID(ctx, u.ID))
		changes(t, "change outside", true)(st.Direct().Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(1)))
		check(t, st.Direct().Sessions.Insert(ctx, newSession(u)))
		reads(t, "second look", u)(tx.Users.ByID(ctx, u.ID))
		reads[[]store.Session](t, "sessions", nil)(tx.Sessions.Live(ctx, u.ID, moment(0), store.Page{Limit: 9}))
		return nil
	}))
	u.Epoch, u.UpdatedAt = u.Epoch+1, moment(1)
	reads(t, "afterwards", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func viewRefusesToWrite(t *testing.T, st *store.Store) {
	u := newUser("ada")
	check(t, st.View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Users.Insert(ctx, u); err == nil {
			t.Error("wrote through a view")
		}
		if err := tx.Revocations.Append(ctx, &store.Revocation{}); err == nil {
			t.Error("appended a revocation through a view")
		}
		return nil
	}))
	misses[store.User](t, "user")(st.Direct().Users.ByID(t.Context(), u.ID))
}

func directRefuses(t *testing.T, st *store.Store) {
	if err := st.Direct().Revocations.Append(t.Context(), &store.Revocation{}); err == nil {
		t.Error("appended a revocation without a transaction")
	}
	if err := st.Direct().Jobs.Insert(t.Context(), store.Job{ID: "job", Kind: "mail"}); err == nil {
		t.Error("inserted a job without a transaction")
	}
}

func storeTellsTheTime(t *testing.T, st *store.Store) {
	before, err := st.Now(t.Context())
	check(t, err)
	u := someUser(t, st, "ada")
	v, err := st.Direct().Sessions.View(t.Context(), someSession(t, st, u).ID)
	check(t, err)
	after, err := st.Now(t.Context())
	check(t, err)
	if v.Now.Before(before) || v.Now.After(after) || after.Sub(before) > time.Minute {
		t.Errorf("the time went %v, %v, %v", before, v.Now, after)
	}
	if before.Location() != time.UTC {
		t.Errorf("the time is in %v, want UTC", before.Location())
	}
}
