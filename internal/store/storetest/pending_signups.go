package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
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

func newSignup(canonical, hash string) store.PendingSignup {
	return store.PendingSignup{
		ID: id.Ordered(), Email: canonical, EmailCanonical: canonical, PasswordHash: "phc", Name: "Ada", Language: "de",
		TokenHash: hash, CreatedAt: moment(0), ExpiresAt: moment(24),
	}
}

func someSignup(t *testing.T, st *store.Store, change func(*store.PendingSignup)) store.PendingSignup {
	t.Helper()
	p := newSignup("ada@example.com", id.Random())
	change(&p)
	check(t, st.Direct().Signups.Insert(t.Context(), p))
	return p
}

func signupsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := someSignup(t, st, func(p *store.PendingSignup) {
		p.Email, p.Name, p.ConsumedAt, p.SupersededAt = "Ada@Example.com", "\u00c9ve", moment(2), moment(3)
		p.ProofHash, p.Source, p.IP, p.UserAgent, p.MailedAt = "Proof", "Source", "192.0.2.1", "Firefox \u2764", moment(1)
	})
	reads(t, "by id", p)(d.Signups.ByID(ctx, p.ID))
	reads(t, "by token", p)(d.Signups.ByTokenHash(ctx, p.TokenHash))
	p = someSignup(t, st, func(p *store.PendingSignup) { p.PasswordHash, p.Name = "", "" })
	reads(t, "with little in it", p)(d.Signups.ByID(ctx, p.ID))
	misses[store.PendingSignup](t, "unknown id")(d.Signups.ByID(ctx, "none"))
	misses[store.PendingSignup](t, "unknown token")(d.Signups.ByTokenHash(ctx, "none"))
}

func signupsTokenHashHasOneRow(t *testing.T, st *store.Store) {
	p := someSignup(t, st, func(*store.PendingSignup) {})
	p.ID = id.Ordered()
	refuses(t, "the same token", st.Direct().Signups.Insert(t.Context(), p))
}

func signupsStandingNewestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var rows []store.PendingSignup
	for i := range 4 {
		rows = append(rows, someSignup(t, st, func(p *store.PendingSignup) { p.CreatedAt = moment(i / 2) }))
	}
	rows = append(rows, someSignup(t, st, func(p *store.PendingSignup) { p.CreatedAt, p.ConsumedAt = moment(3), moment(4) }))
	someSignup(t, st, func(p *store.PendingSignup) { p.SupersededAt = moment(1) })
	someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = moment(5) })
	someSignup(t, st, func(p *store.PendingSignup) { p.EmailCanonical = "bob@example.com" })
	want := []store.PendingSignup{rows[4], rows[3], rows[2], rows[1], rows[0]} // identifiers break the tie
	reads(t, "standing, consumed or not", want)(d.Signups.Standing(ctx, "ada@example.com", moment(5), 9))
	reads(t, "the newest", want[:1])(d.Signups.Standing(ctx, "ada@example.com", moment(5), 1))
	reads[[]store.PendingSignup](t, "once all have expired", nil)(d.Signups.Standing(ctx, "ada@example.com", moment(24), 9))
}

func signupsConsumedOnce(t *testing.T, st *store.Store) {
	p := someSignup(t, st, func(*store.PendingSignup) {})
	oneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Signups.Consume(ctx, p.ID, moment(1))
	})
	p.ConsumedAt = moment(1)
	reads(t, "row", p)(st.Direct().Signups.ByID(t.Context(), p.ID))
}

func signupsOnlyStandingIsConsumed(t *testing.T, st *store.Store) {
	for what, change := range map[string]func(*store.PendingSignup){
		"consumed":         func(p *store.PendingSignup) { p.ConsumedAt = moment(0) },
		"superseded":       func(p *store.PendingSignup) { p.SupersededAt = moment(0) },
		"expires just now": func(p *store.PendingSignup) { p.ExpiresAt = moment(1) },
	} {
		p := someSignup(t, st, change)
		changes(t, what, false)(st.Direct().Signups.Consume(t.Context(), p.ID, moment(1)))
		reads(t, what, p)(st.Direct().Signups.ByID(t.Context(), p.ID))
	}
}

// signupsSupersededOnce supersedes rows that have expired as well.
func signupsSupersededOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := someSignup(t, st, func(*store.PendingSignup) {})
	oneWins(t, st, "supersede", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Signups.Supersede(ctx, p.ID, moment(48))
	})
	p.SupersededAt = moment(48)
	consumed := someSignup(t, st, func(p *store.PendingSignup) { p.ConsumedAt = moment(0) })
	changes(t, "consumed", false)(d.Signups.Supersede(ctx, consumed.ID, moment(1)))
	changes(t, "unknown", false)(d.Signups.Supersede(ctx, "none", moment(1)))
	for _, p := range []store.PendingSignup{p, consumed} {
		reads(t, "row", p)(d.Signups.ByID(ctx, p.ID))
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
		r.SignupID, r.PasswordHash, r.Source, r.CreatedAt, r.MailedAt = p.ID, "", "another", moment(1), moment(1)
	})
	reads(t, "resent", resent)(d.Signups.ByID(ctx, resent.ID))
	reads(t, "standing", []store.PendingSignup{p})(d.Signups.Standing(ctx, "ada@example.com", moment(2), 9))
	reads(t, "by proof", p)(d.Signups.ByProof(ctx, "ada@example.com", "proof", moment(2)))
	misses[store.PendingSignup](t, "by another proof")(d.Signups.ByProof(ctx, "ada@example.com", "another", moment(2)))
	misses[store.PendingSignup](t, "by proof of another address")(d.Signups.ByProof(ctx, "bob@example.com", "proof", moment(2)))
	misses[store.PendingSignup](t, "by proof once it has expired")(d.Signups.ByProof(ctx, "ada@example.com", "proof", moment(24)))
	changes(t, "competes with itself", false)(d.Signups.Competes(ctx, "ada@example.com", "source", moment(2)))
}

func signupsPasswordsDrop(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	older := someSignup(t, st, func(*store.PendingSignup) {})
	newer := someSignup(t, st, func(p *store.PendingSignup) { p.CreatedAt, p.ConsumedAt = moment(1), moment(2) })
	someSignup(t, st, func(p *store.PendingSignup) { p.PasswordHash = "" })
	someSignup(t, st, func(p *store.PendingSignup) { p.SupersededAt = moment(1) })
	someSignup(t, st, func(p *store.PendingSignup) { p.EmailCanonical = "bob@example.com" })
	reads(t, "with a password, its link used or not", []store.PendingSignup{newer, older})(
		d.Signups.WithPassword(ctx, "ada@example.com", moment(2), 9))
	oneWins(t, st, "drop", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Signups.DropPassword(ctx, older.ID) })
	reads(t, "what is left", []store.PendingSignup{newer})(d.Signups.WithPassword(ctx, "ada@example.com", moment(2), 9))
	older.PasswordHash = ""
	reads(t, "the link stays", older)(d.Signups.ByTokenHash(ctx, older.TokenHash))
	changes(t, "its link works", true)(d.Signups.Consume(ctx, older.ID, moment(2)))
}

func signupsCompete(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	competes := func(what, source string, hour int, want bool) {
		t.Helper()
		changes(t, what, want)(d.Signups.Competes(ctx, "ada@example.com", source, moment(hour)))
	}
	competes("with nobody", "a", 1, false)
	someSignup(t, st, func(p *store.PendingSignup) { p.Source = "a" })
	someSignup(t, st, func(p *store.PendingSignup) { p.Source, p.EmailCanonical = "b", "bob@example.com" })
	someSignup(t, st, func(p *store.PendingSignup) { p.Source, p.SupersededAt = "b", moment(0) })
	competes("with one of the same source", "a", 1, false)
	competes("with one of another source", "b", 1, true)
	competes("with one that has expired", "b", 24, false)
	someSignup(t, st, func(p *store.PendingSignup) { p.ConsumedAt = moment(0) })
	competes("with one whose source is not known", "a", 1, true)
}

func signupsMailed(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	mailed := func(what string, want bool) {
		t.Helper()
		changes(t, what, want)(d.Signups.Mailed(ctx, "ada@example.com", moment(5)))
	}
	someSignup(t, st, func(*store.PendingSignup) {})
	for _, spoil := range []func(*store.PendingSignup){
		func(p *store.PendingSignup) { p.ConsumedAt = moment(1) },
		func(p *store.PendingSignup) { p.SupersededAt = moment(1) },
		func(p *store.PendingSignup) { p.ExpiresAt = moment(5) },
		func(p *store.PendingSignup) { p.EmailCanonical = "bob@example.com" },
	} {
		someSignup(t, st, func(p *store.PendingSignup) {
			p.MailedAt = moment(0)
			spoil(p)
		})
	}
	mailed("nothing that works", false)
	someSignup(t, st, func(p *store.PendingSignup) { p.MailedAt, p.SignupID, p.PasswordHash = moment(0), "of", "" })
	mailed("a link that works", true)
}

func signupsPurge(t *testing.T, st *store.Store) {
	for range 5 {
		someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = moment(1) })
	}
	kept := someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = moment(2) })
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Signups.Purge(ctx, moment(2), limit)
	})
	reads(t, "kept", kept)(st.Direct().Signups.ByID(t.Context(), kept.ID))
}
