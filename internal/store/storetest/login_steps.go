package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// newStep is a step of a sign-in of u that is not in the store yet.
func newStep(u store.User, token string, hours int) store.LoginStep {
	return store.LoginStep{
		TokenHash: secret.Hash(token), UserID: u.ID, UserEpoch: 7, AMR: []string{"pwd"}, DeviceName: "Ada's phone ☎",
		CreatedAt: moment(0), ExpiresAt: moment(hours), Audience: "https://api.example.com",
	}
}

func loginStepsConsumedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	s := newStep(someUser(t, st, "ada"), "token", 2)
	check(t, d.LoginSteps.Insert(ctx, s))
	reads(t, "step", s)(d.LoginSteps.ByHash(ctx, s.TokenHash))
	misses[store.LoginStep](t, "another")(d.LoginSteps.ByHash(ctx, secret.Hash("other")))
	changes(t, "expired", false)(d.LoginSteps.Consume(ctx, s.TokenHash, moment(2)))
	oneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.LoginSteps.Consume(ctx, s.TokenHash, moment(1))
	})
	s.ConsumedAt = moment(1)
	reads(t, "consumed", s)(d.LoginSteps.ByHash(ctx, s.TokenHash))
}

func loginStepsPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	for n := range 5 {
		check(t, d.LoginSteps.Insert(ctx, newStep(u, numbered("old", n), 1)))
	}
	kept := newStep(u, "new", 5)
	check(t, d.LoginSteps.Insert(ctx, kept))
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return d.LoginSteps.Purge(ctx, moment(2), limit)
	})
	reads(t, "kept", kept)(d.LoginSteps.ByHash(ctx, kept.TokenHash))
}
