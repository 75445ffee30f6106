package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func signupPromises() map[string]promise {
	return map[string]promise{
		"Signups/ComeBackWhole":          signupsComeBackWhole,
		"Signups/StandingNewestFirst":    signupsStandingNewestFirst,
		"Signups/ConsumedOnce":           signupsConsumedOnce,
		"Signups/OnlyStandingIsConsumed": signupsOnlyStandingIsConsumed,
		"Signups/SupersededOnce":         signupsSupersededOnce,
		"Signups/ResentIsNoSignup":       signupsResentIsNoSignup,
		"Signups/PasswordsDrop":          signupsPasswordsDrop,
		"Signups/Compete":                signupsCompete,
		"Signups/Mailed":                 signupsMailed,
		"Signups/PurgeIsBounded":         signupsPurge,
		"Signups/TokenHashHasOneRow":     signupsTokenHashHasOneRow,
	}
}

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

func newSignup(canonical, hash string) store.PendingSignup {
	return store.PendingSignup{
		ID: id.Ordered(), Email: canonical, EmailCanonical: canonical, PasswordHash: "phc", Name: "Ada", Language: "de",
		TokenHash: hash, CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(24),
	}
}

func someSignup(t *testing.T, st *store.Store, change func(*store.PendingSignup)) store.PendingSignup {
	t.Helper()
	p := newSignup("ada@example.com", id.Random())
	change(&p)
	expect.Check(t, st.Direct().Signups.Insert(t.Context(), p))
	return p
}

func signupsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := someSignup(t, st, func(p *store.PendingSignup) {
		p.Email, p.Name, p.ConsumedAt, p.SupersededAt = "Ada@Example.com", "\u00c9ve", expect.Moment(2), expect.Moment(3)
		p.ProofHash, p.Source, p.IP, p.UserAgent, p.MailedAt = "Proof", "Source", "192.0.2.1", "Firefox \u2764", expect.Moment(1)
	})
	expect.Reads(t, "by id", p)(d.Signups.ByID(ctx, p.ID))
	expect.Reads(t, "by token", p)(d.Signups.ByTokenHash(ctx, p.TokenHash))
	p = someSignup(t, st, func(p *store.PendingSignup) { p.PasswordHash, p.Name = "", "" })
	expect.Reads(t, "with little in it", p)(d.Signups.ByID(ctx, p.ID))
	expect.Misses[store.PendingSignup](t, "unknown id")(d.Signups.ByID(ctx, "none"))
	expect.Misses[store.PendingSignup](t, "unknown token")(d.Signups.ByTokenHash(ctx, "none"))
}

func signupsTokenHashHasOneRow(t *testing.T, st *store.Store) {
	p := someSignup(t, st, func(*store.PendingSignup) {})
	p.ID = id.Ordered()
	expect.Refuses(t, "the same token", st.Direct().Signups.Insert(t.Context(), p))
}

func signupsStandingNewestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var rows []store.PendingSignup
	for i := range 4 {
		rows = append(rows, someSignup(t, st, func(p *store.PendingSignup) { p.CreatedAt = expect.Moment(i / 2) }))
	}
	rows = append(rows, someSignup(t, st, func(p *store.PendingSignup) { p.CreatedAt, p.ConsumedAt = expect.Moment(3), expect.Moment(4) }))
	someSignup(t, st, func(p *store.PendingSignup) { p.SupersededAt = expect.Moment(1) })
	someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = expect.Moment(5) })
	someSignup(t, st, func(p *store.PendingSignup) { p.EmailCanonical = "bob@example.com" })
	want := []store.PendingSignup{rows[4], rows[3], rows[2], rows[1], rows[0]} // identifiers break the tie
	expect.Reads(t, "standing, consumed or not", want)(d.Signups.Standing(ctx, "ada@example.com", expect.Moment(5), 9))
	expect.Reads(t, "the newest", want[:1])(d.Signups.Standing(ctx, "ada@example.com", expect.Moment(5), 1))
	expect.Reads[[]store.PendingSignup](t, "once all have expired", nil)(d.Signups.Standing(ctx, "ada@example.com", expect.Moment(24), 9))
}

func signupsConsumedOnce(t *testing.T, st *store.Store) {
	p := someSignup(t, st, func(*store.PendingSignup) {})
	expect.OneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Signups.Consume(ctx, p.ID, expect.Moment(1))
	})
	p.ConsumedAt = expect.Moment(1)
	expect.Reads(t, "row", p)(st.Direct().Signups.ByID(t.Context(), p.ID))
}

func signupsOnlyStandingIsConsumed(t *testing.T, st *store.Store) {
	for what, change := range map[string]func(*store.PendingSignup){
		"consumed":         func(p *store.PendingSignup) { p.ConsumedAt = expect.Moment(0) },
		"superseded":       func(p *store.PendingSignup) { p.SupersededAt = expect.Moment(0) },
		"expires just now": func(p *store.PendingSignup) { p.ExpiresAt = expect.Moment(1) },
	} {
		p := someSignup(t, st, change)
		expect.Changes(t, what, false)(st.Direct().Signups.Consume(t.Context(), p.ID, expect.Moment(1)))
		expect.Reads(t, what, p)(st.Direct().Signups.ByID(t.Context(), p.ID))
	}
}

// signupsSupersededOnce supersedes rows that have expired as well.
func signupsSupersededOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := someSignup(t, st, func(*store.PendingSignup) {})
	expect.OneWins(t, st, "supersede", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Signups.Supersede(ctx, p.ID, expect.Moment(48))
	})
	p.SupersededAt = expect.Moment(48)
	consumed := someSignup(t, st, func(p *store.PendingSignup) { p.ConsumedAt = expect.Moment(0) })
	expect.Changes(t, "consumed", false)(d.Signups.Supersede(ctx, consumed.ID, expect.Moment(1)))
	expect.Changes(t, "unknown", false)(d.Signups.Supersede(ctx, "none", expect.Moment(1)))
	for _, p := range []store.PendingSignup{p, consumed} {
		expect.Reads(t, "row", p)(d.Signups.ByID(ctx, p.ID))
	}
}

// signupsResentIsNoSignup keeps links that were resent out of what sign-ups are
// asked for.
func signupsResentIsNoSignup(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := someSignup(t, st, func(p *store.PendingSignup) {
		p.ProofHash, p.Source, p.IP, p.UserAgent = "proof", "source", "192.0.2.1", "Firefox"
	})
	resent := someSignup(t, st, func(r *store.PendingSignup) {
		r.SignupID, r.PasswordHash, r.Source, r.CreatedAt, r.MailedAt = p.ID, "", "another", expect.Moment(1), expect.Moment(1)
	})
	expect.Reads(t, "resent", resent)(d.Signups.ByID(ctx, resent.ID))
	expect.Reads(t, "standing", []store.PendingSignup{p})(d.Signups.Standing(ctx, "ada@example.com", expect.Moment(2), 9))
	expect.Reads(t, "by proof", p)(d.Signups.ByProof(ctx, "ada@example.com", "proof", expect.Moment(2)))
	expect.Misses[store.PendingSignup](t, "by another proof")(d.Signups.ByProof(ctx, "ada@example.com", "another", expect.Moment(2)))
	expect.Misses[store.PendingSignup](t, "by proof of another address")(d.Signups.ByProof(ctx, "bob@example.com", "proof", expect.Moment(2)))
	expect.Misses[store.PendingSignup](t, "by proof once it has expired")(d.Signups.ByProof(ctx, "ada@example.com", "proof", expect.Moment(24)))
	expect.Changes(t, "competes with itself", false)(d.Signups.Competes(ctx, "ada@example.com", "source", expect.Moment(2)))
}

func signupsPasswordsDrop(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	older := someSignup(t, st, func(*store.PendingSignup) {})
	newer := someSignup(t, st, func(p *store.PendingSignup) { p.CreatedAt, p.ConsumedAt = expect.Moment(1), expect.Moment(2) })
	someSignup(t, st, func(p *store.PendingSignup) { p.PasswordHash = "" })
	someSignup(t, st, func(p *store.PendingSignup) { p.SupersededAt = expect.Moment(1) })
	someSignup(t, st, func(p *store.PendingSignup) { p.EmailCanonical = "bob@example.com" })
	expect.Reads(t, "with a password, its link used or not", []store.PendingSignup{newer, older})(
		d.Signups.WithPassword(ctx, "ada@example.com", expect.Moment(2), 9))
	expect.OneWins(t, st, "drop", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Signups.DropPassword(ctx, older.ID) })
	expect.Reads(t, "what is left", []store.PendingSignup{newer})(d.Signups.WithPassword(ctx, "ada@example.com", expect.Moment(2), 9))
	older.PasswordHash = ""
	expect.Reads(t, "the link stays", older)(d.Signups.ByTokenHash(ctx, older.TokenHash))
	expect.Changes(t, "its link works", true)(d.Signups.Consume(ctx, older.ID, expect.Moment(2)))
}

func signupsCompete(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	competes := func(what, source string, hour int, want bool) {
		t.Helper()
		expect.Changes(t, what, want)(d.Signups.Competes(ctx, "ada@example.com", source, expect.Moment(hour)))
	}
	competes("with nobody", "a", 1, false)
	someSignup(t, st, func(p *store.PendingSignup) { p.Source = "a" })
	someSignup(t, st, func(p *store.PendingSignup) { p.Source, p.EmailCanonical = "b", "bob@example.com" })
	someSignup(t, st, func(p *store.PendingSignup) { p.Source, p.SupersededAt = "b", expect.Moment(0) })
	competes("with one of the same source", "a", 1, false)
	competes("with one of another source", "b", 1, true)
	competes("with one that has expired", "b", 24, false)
	someSignup(t, st, func(p *store.PendingSignup) { p.ConsumedAt = expect.Moment(0) })
	competes("with one whose source is not known", "a", 1, true)
}

func signupsMailed(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	mailed := func(what string, want bool) {
		t.Helper()
		expect.Changes(t, what, want)(d.Signups.Mailed(ctx, "ada@example.com", expect.Moment(5)))
	}
	someSignup(t, st, func(*store.PendingSignup) {})
	for _, spoil := range []func(*store.PendingSignup){
		func(p *store.PendingSignup) { p.ConsumedAt = expect.Moment(1) },
		func(p *store.PendingSignup) { p.SupersededAt = expect.Moment(1) },
		func(p *store.PendingSignup) { p.ExpiresAt = expect.Moment(5) },
		func(p *store.PendingSignup) { p.EmailCanonical = "bob@example.com" },
	} {
		someSignup(t, st, func(p *store.PendingSignup) {
			p.MailedAt = expect.Moment(0)
			spoil(p)
		})
	}
	mailed("nothing that works", false)
	someSignup(t, st, func(p *store.PendingSignup) { p.MailedAt, p.SignupID, p.PasswordHash = expect.Moment(0), "of", "" })
	mailed("a link that works", true)
}

func signupsPurge(t *testing.T, st *store.Store) {
	for range 5 {
		someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = expect.Moment(1) })
	}
	kept := someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = expect.Moment(2) })
	expect.Purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Signups.Purge(ctx, expect.Moment(2), limit)
	})
	expect.Reads(t, "kept", kept)(st.Direct().Signups.ByID(t.Context(), kept.ID))
}

func newToken(u store.User, hash string) store.OneTimeToken {
	return store.OneTimeToken{
		ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: hash,
		UserEpoch: u.Epoch, CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(1),
	}
}

func someToken(t *testing.T, st *store.Store, u store.User, change func(*store.OneTimeToken)) store.OneTimeToken {
	t.Helper()
	tok := newToken(u, id.Random())
	change(&tok)
	expect.Check(t, st.Direct().Tokens.Insert(t.Context(), tok))
	return tok
}

func tokensComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	tok := someToken(t, st, u, func(tok *store.OneTimeToken) {
		tok.UserEpoch, tok.ConsumedAt, tok.SupersededAt, tok.SessionID = 7, expect.Moment(2), expect.Moment(3), id.Random()
	})
	expect.Reads(t, "by id", tok)(d.Tokens.ByID(ctx, tok.ID))
	expect.Reads(t, "by hash", tok)(d.Tokens.ByHash(ctx, tok.Purpose, tok.TokenHash))
	expect.Misses[store.OneTimeToken](t, "another purpose")(d.Tokens.ByHash(ctx, store.PurposeVerifyEmail, tok.TokenHash))
	expect.Misses[store.OneTimeToken](t, "unknown id")(d.Tokens.ByID(ctx, "none"))
}

func tokensHashHasOneToken(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	tok := someToken(t, st, u, func(*store.OneTimeToken) {})
	tok.ID, tok.Purpose = id.Ordered(), store.PurposeVerifyEmail
	expect.Refuses(t, "the same hash", st.Direct().Tokens.Insert(t.Context(), tok))
}

func tokensConsumeOnce(t *testing.T, st *store.Store) {
	tok := someToken(t, st, someUser(t, st, "ada"), func(*store.OneTimeToken) {})
	expect.OneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Tokens.Consume(ctx, tok.ID, expect.Moment(0))
	})
	tok.ConsumedAt = expect.Moment(0)
	expect.Reads(t, "token", tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
}

func tokensOnlyUsable(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for what, change := range map[string]func(*store.OneTimeToken){
		"consumed":         func(tok *store.OneTimeToken) { tok.ConsumedAt = expect.Moment(0) },
		"superseded":       func(tok *store.OneTimeToken) { tok.SupersededAt = expect.Moment(0) },
		"expires just now": func(tok *store.OneTimeToken) { tok.ExpiresAt = expect.Moment(0) },
	} {
		tok := someToken(t, st, u, change)
		expect.Changes(t, what, false)(st.Direct().Tokens.Consume(t.Context(), tok.ID, expect.Moment(0)))
		expect.Reads(t, what, tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
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
	left = append(left, someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ExpiresAt = expect.Moment(-1) }))
	rest = []store.OneTimeToken{
		someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ConsumedAt = expect.Moment(-1) }),
		someToken(t, st, u, func(tok *store.OneTimeToken) { tok.SupersededAt = expect.Moment(-1) }),
		someToken(t, st, u, func(tok *store.OneTimeToken) { tok.Purpose = store.PurposeVerifyEmail }),
		someToken(t, st, someUser(t, st, "bob"), func(*store.OneTimeToken) {}),
	}
	return u, left, rest
}

func tokensConsumeAllOnce(t *testing.T, st *store.Store) {
	u, left, rest := tokenSet(t, st)
	sum := expect.Race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		return tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, expect.Moment(0))
	})
	expect.Same(t, "consumed in all", sum, len(left))
	for _, tok := range left {
		tok.ConsumedAt = expect.Moment(0)
		rest = append(rest, tok)
	}
	for _, tok := range rest {
		expect.Reads(t, "token", tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
	}
}

// tokensSupersedeOnce supersedes tokens that have expired as well.
func tokensSupersedeOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	tok := someToken(t, st, u, func(*store.OneTimeToken) {})
	expect.OneWins(t, st, "supersede", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Tokens.Supersede(ctx, tok.ID, expect.Moment(48))
	})
	tok.SupersededAt = expect.Moment(48)
	consumed := someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ConsumedAt = expect.Moment(0) })
	expect.Changes(t, "consumed", false)(d.Tokens.Supersede(ctx, consumed.ID, expect.Moment(1)))
	expect.Changes(t, "unknown", false)(d.Tokens.Supersede(ctx, "none", expect.Moment(1)))
	for _, tok := range []store.OneTimeToken{tok, consumed} {
		expect.Reads(t, "token", tok)(d.Tokens.ByID(ctx, tok.ID))
	}
}

func tokensSupersedeAll(t *testing.T, st *store.Store) {
	u, left, rest := tokenSet(t, st)
	expect.Reads(t, "superseded", len(left))(st.Direct().Tokens.SupersedeAll(t.Context(), u.ID, store.PurposeResetPassword, expect.Moment(0)))
	expect.Reads(t, "superseded again", 0)(st.Direct().Tokens.SupersedeAll(t.Context(), u.ID, store.PurposeResetPassword, expect.Moment(0)))
	for _, tok := range left {
		tok.SupersededAt = expect.Moment(0)
		rest = append(rest, tok)
	}
	for _, tok := range rest {
		expect.Reads(t, "token", tok)(st.Direct().Tokens.ByID(t.Context(), tok.ID))
	}
}

func tokensPurge(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for range 5 {
		someToken(t, st, u, func(*store.OneTimeToken) {})
	}
	kept := someToken(t, st, u, func(tok *store.OneTimeToken) { tok.ExpiresAt = expect.Moment(2) })
	expect.Purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Tokens.Purge(ctx, expect.Moment(2), limit)
	})
	expect.Reads(t, "kept", kept)(st.Direct().Tokens.ByID(t.Context(), kept.ID))
}

func tokensNewestAndStanding(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	row := func(owner store.User, purpose store.Purpose, hour int, change func(*store.OneTimeToken)) store.OneTimeToken {
		r := store.OneTimeToken{
			ID: id.Ordered(), Purpose: purpose, UserID: owner.ID, TokenHash: id.Random(), UserEpoch: 1, CreatedAt: expect.Moment(hour), ExpiresAt: expect.Moment(hour + 4),
		}
		change(&r)
		expect.Check(t, d.Tokens.Insert(ctx, r))
		return r
	}
	same := func(*store.OneTimeToken) {}
	expect.Misses[store.OneTimeToken](t, "of nobody")(d.Tokens.Newest(ctx, u.ID, store.PurposeVerifyEmail))
	row(u, store.PurposeVerifyEmail, 1, func(r *store.OneTimeToken) { r.ConsumedAt = expect.Moment(2) })
	newest := row(u, store.PurposeVerifyEmail, 3, func(r *store.OneTimeToken) {
		r.SupersededAt, r.ProofHash, r.IP, r.UserAgent = expect.Moment(4), "proof", "192.0.2.1", "Firefox"
	})
	row(u, store.PurposeResetPassword, 5, same)
	row(other, store.PurposeVerifyEmail, 6, same)
	expect.Reads(t, "the newest, usable or not", newest)(d.Tokens.Newest(ctx, u.ID, store.PurposeVerifyEmail))
	added := row(u, store.PurposeVerifyEmail, 4, func(r *store.OneTimeToken) { r.SupersededAt = expect.Moment(4) }) // of no sign-up
	expect.Reads(t, "the newest now", added)(d.Tokens.Newest(ctx, u.ID, store.PurposeVerifyEmail))
	expect.Reads(t, "the newest of a sign-up", newest)(d.Tokens.NewestOfSignUp(ctx, u.ID, store.PurposeVerifyEmail))
	expect.Misses[store.OneTimeToken](t, "another's of a sign-up")(d.Tokens.NewestOfSignUp(ctx, other.ID, store.PurposeVerifyEmail))
	expect.Changes(t, "one that can be used", false)(d.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, expect.Moment(4)))
	row(u, store.PurposeVerifyEmail, 2, same)
	expect.Changes(t, "one that can be used", true)(d.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, expect.Moment(5)))
	expect.Changes(t, "one that has expired", false)(d.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, expect.Moment(6)))
}
