package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func tokenPromises() map[string]promise {
	return map[string]promise{
		"OneTime/ComeBackWhole":      tokensComeBackWhole,
		"OneTime/ConsumeOnce":        tokensConsumeOnce,
		"OneTime/OnlyUsableConsumed": tokensOnlyUsable,
		"OneTime/ConsumeAllOnce":     tokensConsumeAllOnce,
		"OneTime/SupersedeOnce":      tokensSupersedeOnce,
		"OneTime/SupersedeAll":       tokensSupersedeAll,
		"OneTime/PurgeIsBounded":     tokensPurge,
		"OneTime/HashHasOneToken":    tokensHashHasOneToken,
		"OneTime/NewestAndStanding":  tokensNewestAndStanding,
	}
}

func newToken(u store.User, hash string) store.OneTimeToken {
	return store.OneTimeToken{
		ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: hash,
		UserEpoch: u.Epoch, CreatedAt: moment(0), ExpiresAt: moment(1),
	}
}

func someToken(t *testing.T, st *store.Store, u store.User, change func(*store.OneTimeToken)) store.OneTimeToken {
	t.Helper()
	tok := newToken(u, id.Random())
	change(&tok)
	check(t, st.Direct().Tokens.Insert(t.Context(), tok))
	return tok
}

func tokensComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	tok := someToken(t, st, u, func(tok *store.OneTimeToken) {
		tok.UserEpoch, tok.ConsumedAt, tok.SupersededAt, tok.SessionID = 7, moment(2), moment(3), id.Random()
	})
	reads(t, "by id", tok)(d.Tokens.ByID(ctx, tok.ID))
	reads(t, "by hash", tok)(d.Tokens.ByHash(ctx, tok.Purpose, tok.TokenHash))
	misses[store.OneTimeToken](t, "another purpose")(d.Tokens.ByHash(ctx, store.PurposeVerifyEmail, tok.TokenHash))
	misses[store.OneTimeToken](t, "unknown id")(d.Tokens.ByID(ctx, "none"))
}

func tokensHashHasOneToken(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	tok := someToken(t, st, u, func(*store.OneTimeToken) {})
	tok.ID, tok.Purpose = id.Ordered(), store.PurposeVerifyEmail
	refuses(t, "the same hash", st.Direct().Tokens.Insert(t.Context(), tok))
}

func tokensConsumeOnce(t *testing.T, st *store.Store) {
	tok := someToken(t, st, someUser(t, st, "ada"), func(*store.OneTimeToken) {})
	oneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Tokens.Consume(ctx, tok.ID, moment(0))
	})
	tok.ConsumedAt = moment(0)
	reads(t, "token", tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
}

func tokensOnlyUsable(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for what, change := range map[string]func(*store.OneTimeToken){
		"consumed":         func(tok *store.OneTimeToken) { tok.ConsumedAt = moment(0) },
		"superseded":       func(tok *store.OneTimeToken) { tok.SupersededAt = moment(0) },
		"expires just now": func(tok *store.OneTimeToken) { tok.ExpiresAt = moment(0) },
	} {
		tok := someToken(t, st, u, change)
		changes(t, what, false)(st.Direct().Tokens.Consume(t.Context(), tok.ID, moment(0)))
		reads(t, what, tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
	}
}

// tokenSet is two usable tokens and one that has expired, and those that must stay
// as they are.
func tokenSet(t *testing.T, st *store.Store) (u store.User, left, rest []store.OneTimeToken) {
	t.Helper()
	u = someUser(t, st, "ada")
	for range 2 {
		left = append(left, someToken(t, st, u, func(*store.OneTimeToken) {}))
	}
	left = append(left, someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ExpiresAt = moment(-1) }))
	rest = []store.OneTimeToken{
		someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ConsumedAt = moment(-1) }),
		someToken(t, st, u, func(tok *store.OneTimeToken) { tok.SupersededAt = moment(-1) }),
		someToken(t, st, u, func(tok *store.OneTimeToken) { tok.Purpose = store.PurposeVerifyEmail }),
		someToken(t, st, someUser(t, st, "bob"), func(*store.OneTimeToken) {}),
	}
	return u, left, rest
}

func tokensConsumeAllOnce(t *testing.T, st *store.Store) {
	u, left, rest := tokenSet(t, st)
	sum := race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		return tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, moment(0))
	})
	same(t, "consumed in all", sum, len(left))
	for _, tok := range left {
		tok.ConsumedAt = moment(0)
		rest = append(rest, tok)
	}
	for _, tok := range rest {
		reads(t, "token", tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
	}
}

// tokensSupersedeOnce supersedes tokens that have expired as well.
func tokensSupersedeOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	tok := someToken(t, st, u, func(*store.OneTimeToken) {})
	oneWins(t, st, "supersede", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Tokens.Supersede(ctx, tok.ID, moment(48))
	})
	tok.SupersededAt = moment(48)
	consumed := someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ConsumedAt = moment(0) })
	changes(t, "consumed", false)(d.Tokens.Supersede(ctx, consumed.ID, moment(1)))
	changes(t, "unknown", false)(d.Tokens.Supersede(ctx, "none", moment(1)))
	for _, tok := range []store.OneTimeToken{tok, consumed} {
		reads(t, "token", tok)(d.Tokens.ByID(ctx, tok.ID))
	}
}

func tokensSupersedeAll(t *testing.T, st *store.Store) {
	u, left, rest := tokenSet(t, st)
	reads(t, "superseded", len(left))(st.Direct().Tokens.SupersedeAll(t.Context(), u.ID, store.PurposeResetPassword, moment(0)))
	reads(t, "superseded again", 0)(st.Direct().Tokens.SupersedeAll(t.Context(), u.ID, store.PurposeResetPassword, moment(0)))
	for _, tok := range left {
		tok.SupersededAt = moment(0)
		rest = append(rest, tok)
	}
	for _, tok := range rest {
		reads(t, "token", tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
	}
}

func tokensPurge(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for range 5 {
		someToken(t, st, u, func(*store.OneTimeToken) {})
	}
	kept := someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ExpiresAt = moment(2) })
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Tokens.Purge(ctx, moment(2), limit)
	})
	reads(t, "kept", kept)(st.Direct().Tokens.ByID(t.Context(), kept.ID))
}

func tokensNewestAndStanding(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	row := func(owner store.User, purpose store.Purpose, hour int, change func(*store.OneTimeToken)) store.OneTimeToken {
		r := store.OneTimeToken{
			ID: id.Ordered(), Purpose: purpose, UserID: owner.ID, TokenHash: id.Random(), UserEpoch: 1, CreatedAt: moment(hour), ExpiresAt: moment(hour + 4),
		}
		change(&r)
		check(t, d.Tokens.Insert(ctx, r))
		return r
	}
	same := func(*store.OneTimeToken) {}
	misses[store.OneTimeToken](t, "of nobody")(d.Tokens.Newest(ctx, u.ID, store.PurposeVerifyEmail))
	row(u, store.PurposeVerifyEmail, 1, func(r *store.OneTimeToken) { r.ConsumedAt = moment(2) })
	newest := row(u, store.PurposeVerifyEmail, 3, func(r *store.OneTimeToken) {
		r.SupersededAt, r.ProofHash, r.IP, r.UserAgent = moment(4), "proof", "192.0.2.1", "Firefox"
	})
	row(u, store.PurposeResetPassword, 5, same)
	row(other, store.PurposeVerifyEmail, 6, same)
	reads(t, "the newest, usable or not", newest)(d.Tokens.Newest(ctx, u.ID, store.PurposeVerifyEmail))
	added := row(u, store.PurposeVerifyEmail, 4, func(r *store.OneTimeToken) { r.SupersededAt = moment(4) }) // of no sign-up
	reads(t, "the newest now", added)(d.Tokens.Newest(ctx, u.ID, store.PurposeVerifyEmail))
	reads(t, "the newest of a sign-up", newest)(d.Tokens.NewestOfSignUp(ctx, u.ID, store.PurposeVerifyEmail))
	misses[store.OneTimeToken](t, "another's of a sign-up")(d.Tokens.NewestOfSignUp(ctx, other.ID, store.PurposeVerifyEmail))
	changes(t, "one that can be used", false)(d.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, moment(4)))
	row(u, store.PurposeVerifyEmail, 2, same)
	changes(t, "one that can be used", true)(d.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, moment(5)))
	changes(t, "one that has expired", false)(d.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, moment(6)))
}
