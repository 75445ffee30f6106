// Package leavers is what every engine must promise about addresses and their
// changes, deletions and erasure; package storetest asks for it.
package leavers

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

// Promises lists what every engine must keep, by name.
func Promises() map[string]func(*testing.T, *store.Store) {
	return map[string]func(*testing.T, *store.Store){
		"Changes/InTheirOrder":              changesInOrder,
		"Changes/ComeBackWhole":             changesComeBackWhole,
		"Changes/ApplyNeedsWhatWasRead":     changesApply,
		"Changes/ApplyRefusesATakenAddress": changesApplyTaken,
		"Changes/ConfirmedAndUndoneOnce":    changesOnce,
		"Changes/UndoEndsLinksOfSince":      changesUndoLater,
		"Changes/TokensAreRenewed":          changesRenew,
		"Changes/PurgeIsBounded":            changesPurge,
		"Mailboxes/HoldWhatWasRead":         mailboxesHold,
		"Mailboxes/NoTokenOutlives":         mailboxesRace,
		"Deletions/BegunOrCancelled":        deletionsOneWay,
		"Deletions/DueInOrder":              deletionsDue,
		"Deletions/PutOff":                  deletionsPutOff,
		"Erasures/WhatIsNewGoes":            erasuresSince,
		"Erasures/NothingIsLeft":            erasuresUser,
		"Erasures/SessionsGoInParts":        erasuresSessions,
		"Holdings/SessionsByPages":          holdingsSessions,
		"Erasures/AuditPartsGo":             erasuresAudit,
		"Erasures/JobsGo":                   erasuresJobs,
		"Holdings/InPages":                  holdingsInPages,
	}
}

func someUser(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	u := store.User{
		ID: id.Random(), Email: name + "@Example.com", EmailCanonical: name + "@example.com", Name: name, Metadata: `{"a":1}`,
		EmailVerifiedAt: expect.Moment(0), Status: store.UserActive, Epoch: 1, CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0),
	}
	expect.Check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}

func someChange(t *testing.T, st *store.Store, u store.User, hours int) store.EmailChange {
	t.Helper()
	c := store.EmailChange{
		ID: id.Ordered(), UserID: u.ID, OldEmail: u.Email, OldCanonical: u.EmailCanonical, OldVerifiedAt: u.EmailVerifiedAt,
		NewEmail: "New@example.com", NewCanonical: "new@example.com", ConfirmTokenID: id.Ordered(),
		CreatedAt: expect.Moment(hours), ExpiresAt: expect.Moment(hours + 24),
	}
	expect.Check(t, st.Direct().Changes.Insert(t.Context(), c))
	return c
}

func changesComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), someUser(t, st, "ada")
	first, second := someChange(t, st, u, 0), someChange(t, st, u, 1)
	other := someChange(t, st, someUser(t, st, "bob"), 0)
	expect.Reads(t, "by its token", first)(d.ByToken(ctx, u.ID, first.ConfirmTokenID))
	expect.Misses[store.EmailChange](t, "another's token")(d.ByToken(ctx, u.ID, other.ConfirmTokenID))
	expect.Reads(t, "all", []store.EmailChange{first, second})(d.List(ctx, u.ID, store.Page{Limit: 9}))
	expect.Reads(t, "the first", []store.EmailChange{first})(d.List(ctx, u.ID, store.Page{Limit: 1}))
	expect.Reads(t, "after the first", []store.EmailChange{second})(d.List(ctx, u.ID, store.Page{After: first.ID, Limit: 9}))
	first.OldVerifiedAt, first.ID, first.UndoTokenID, first.ConfirmedAt, first.UndoneAt = time.Time{}, id.Ordered(), "undo", expect.Moment(2), expect.Moment(3)
	expect.Check(t, d.Insert(ctx, first))
	expect.Reads(t, "with all in it", first)(d.ByToken(ctx, u.ID, "undo"))
}

func to(u store.User) store.EmailUpdate {
	return store.EmailUpdate{
		UserID: u.ID, Epoch: u.Epoch, From: u.EmailCanonical, Email: "New@example.com", Canonical: "new@example.com",
		VerifiedAt: expect.Moment(3), Now: expect.Moment(4),
	}
}

func changesApply(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct(), t.Context(), someUser(t, st, "ada")
	for what, change := range map[string]func(*store.EmailUpdate){
		"another epoch":   func(a *store.EmailUpdate) { a.Epoch++ },
		"another address": func(a *store.EmailUpdate) { a.From = "ada@example.org" },
		"nobody":          func(a *store.EmailUpdate) { a.UserID = "none" },
	} {
		a := to(u)
		change(&a)
		expect.Changes(t, what, false)(d.Users.ChangeEmail(ctx, a))
	}
	expect.OneWins(t, st, "apply", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Users.ChangeEmail(ctx, to(u)) })
	u.Email, u.EmailCanonical, u.EmailVerifiedAt, u.UpdatedAt = "New@example.com", "new@example.com", expect.Moment(3), expect.Moment(4)
	expect.Reads(t, "user", u)(d.Users.ByEmail(ctx, "new@example.com"))
}

func changesApplyTaken(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	someUser(t, st, "new")
	_, err := st.Direct().Users.ChangeEmail(t.Context(), to(u))
	expect.Refuses(t, "an address of another", err)
	expect.Reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func changesOnce(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), someUser(t, st, "ada")
	c := someChange(t, st, u, 0)
	expect.Changes(t, "undo before it took effect", false)(d.Undo(ctx, c, expect.Moment(1)))
	expect.OneWins(t, st, "confirm", func(ctx context.Context, tx *store.Tx) (bool, error) {
		at, err := tx.Changes.Confirm(ctx, c, "undo", expect.Moment(1), expect.Moment(200))
		return !at.IsZero(), err
	})
	expect.OneWins(t, st, "undo", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Changes.Undo(ctx, c, expect.Moment(2))
	})
	c.UndoTokenID, c.ConfirmedAt, c.UndoneAt, c.ExpiresAt = "undo", expect.Moment(1), expect.Moment(2), expect.Moment(200)
	expect.Reads(t, "by the token that undoes it", c)(d.ByToken(ctx, u.ID, "undo"))
}

// The clocks of two instances differ, and a thief may choose which they ask.
func changesInOrder(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), someUser(t, st, "ada")
	first, second, third := someChange(t, st, u, 0), someChange(t, st, u, 0), someChange(t, st, u, 0)
	other := someChange(t, st, someUser(t, st, "bob"), 0)
	expect.Reads(t, "the first", expect.Moment(5))(d.Confirm(ctx, first, "undo-1", expect.Moment(5), expect.Moment(200)))
	expect.Reads(t, "by a clock that is behind", expect.Moment(5).Add(time.Microsecond))(d.Confirm(ctx, second, "undo-2", expect.Moment(4), expect.Moment(200)))
	expect.Reads(t, "in the same moment", expect.Moment(5).Add(2*time.Microsecond))(d.Confirm(ctx, third, "undo-3", expect.Moment(5), expect.Moment(200)))
	expect.Reads(t, "once more", time.Time{})(d.Confirm(ctx, third, "undo-4", expect.Moment(6), expect.Moment(200)))
	expect.Reads(t, "of another", expect.Moment(4))(d.Confirm(ctx, other, "undo-5", expect.Moment(4), expect.Moment(200)))
	got, err := d.ByToken(ctx, u.ID, "undo-3")
	expect.Check(t, err)
	expect.Same(t, "what is kept", got.ConfirmedAt, expect.Moment(5).Add(2*time.Microsecond))
}

func changesUndoLater(t *testing.T, st *store.Store) {
	d, ctx, u, other := st.Direct(), t.Context(), someUser(t, st, "ada"), someUser(t, st, "bob")
	c := someChange(t, st, u, 0)
	expect.Reads(t, "confirm", expect.Moment(5))(d.Changes.Confirm(ctx, c, "undo", expect.Moment(5), expect.Moment(200)))
	c.ConfirmedAt = expect.Moment(5)
	token := func(u store.User, hours int, change func(*store.OneTimeToken)) store.OneTimeToken {
		tok := store.OneTimeToken{
			ID: id.Ordered(), Purpose: store.PurposeUndoEmail, UserID: u.ID, TokenHash: id.Random(), CreatedAt: expect.Moment(hours), ExpiresAt: expect.Moment(20),
		}
		change(&tok)
		expect.Check(t, d.Tokens.Insert(ctx, tok))
		return tok
	}
	same := func(*store.OneTimeToken) {}
	ends := []store.OneTimeToken{token(u, 5, same), token(u, 6, same), token(u, 6, func(tok *store.OneTimeToken) { tok.ExpiresAt = expect.Moment(7) })}
	stays := []store.OneTimeToken{
		token(u, 4, same), token(other, 6, same), token(u, 6, func(tok *store.OneTimeToken) { tok.Purpose = store.PurposeDisown }),
		token(u, 6, func(tok *store.OneTimeToken) { tok.SupersededAt = expect.Moment(7) }),
		token(u, 6, func(tok *store.OneTimeToken) { tok.ConsumedAt = expect.Moment(7) }),
	}
	expect.Changes(t, "undo", true)(d.Changes.Undo(ctx, c, expect.Moment(9)))
	for n := range ends {
		ends[n].ConsumedAt = expect.Moment(9)
	}
	late := token(u, 8, same)
	expect.Changes(t, "undo again", false)(d.Changes.Undo(ctx, c, expect.Moment(10)))
	for _, tok := range append(append(ends, stays...), late) {
		expect.Reads(t, "token", tok)(d.Tokens.ByID(ctx, tok.ID))
	}
}

func changesRenew(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), someUser(t, st, "ada")
	c := someChange(t, st, u, 0)
	expect.Changes(t, "a token of nothing", false)(d.Renew(ctx, c.ID, "none", "more", expect.Moment(30)))
	expect.Changes(t, "confirm token", true)(d.Renew(ctx, c.ID, c.ConfirmTokenID, "second", expect.Moment(30)))
	expect.Reads(t, "confirm", expect.Moment(1))(d.Confirm(ctx, c, "undo", expect.Moment(1), expect.Moment(200)))
	expect.Changes(t, "confirm token of one that took effect", false)(d.Renew(ctx, c.ID, "second", "third", expect.Moment(30)))
	expect.Changes(t, "undo token", true)(d.Renew(ctx, c.ID, "undo", "again", expect.Moment(300)))
	c.ConfirmTokenID, c.UndoTokenID, c.ConfirmedAt, c.ExpiresAt = "second", "again", expect.Moment(1), expect.Moment(300)
	expect.Reads(t, "change", c)(d.ByToken(ctx, u.ID, "again"))
	expect.Changes(t, "undo", true)(d.Undo(ctx, c, expect.Moment(2)))
	expect.Changes(t, "undo token of one undone", false)(d.Renew(ctx, c.ID, "again", "more", expect.Moment(400)))
}

func changesPurge(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for range 5 {
		someChange(t, st, u, 0)
	}
	kept := someChange(t, st, u, 1)
	expect.Purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Changes.Purge(ctx, kept.ExpiresAt, limit)
	})
	expect.Reads(t, "what expires later", []store.EmailChange{kept})(st.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 9}))
}

func someDeletion(t *testing.T, st *store.Store, u store.User, hours int) store.Deletion {
	t.Helper()
	del := store.Deletion{UserID: u.ID, RequestedAt: expect.Moment(0), EraseAt: expect.Moment(hours)}
	expect.Check(t, st.Direct().Deletions.Insert(t.Context(), del))
	return del
}

func deletionsOneWay(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().Deletions, t.Context()
	u := leaver(t, st, "ada")
	del := someDeletion(t, st, u, 5)
	expect.Refuses(t, "twice", d.Insert(ctx, del))
	expect.Reads(t, "deletion", del)(d.ByUser(ctx, u.ID))
	expect.Changes(t, "start too early", false)(d.Start(ctx, u.ID, expect.Moment(4), expect.Moment(1)))
	expect.Changes(t, "finish what has not begun", false)(d.Finish(ctx, u.ID))
	expect.OneWins(t, st, "start", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Deletions.Start(ctx, u.ID, expect.Moment(5), expect.Moment(1))
	})
	expect.Changes(t, "cancel what has begun", false)(d.Cancel(ctx, u.ID))
	del.StartedAt = expect.Moment(5)
	expect.Reads(t, "begun", del)(d.ByUser(ctx, u.ID))
	expect.Changes(t, "take up what has begun just now", false)(d.Start(ctx, u.ID, expect.Moment(6), expect.Moment(5)))
	expect.OneWins(t, st, "take up", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Deletions.Start(ctx, u.ID, expect.Moment(8), expect.Moment(6))
	})
	del.StartedAt = expect.Moment(8)
	expect.Reads(t, "taken up", del)(d.ByUser(ctx, u.ID))
	expect.Changes(t, "finish", true)(d.Finish(ctx, u.ID))
	expect.Misses[store.Deletion](t, "finished")(d.ByUser(ctx, u.ID))

	kept := someUser(t, st, "eve")
	someDeletion(t, st, kept, 5)
	expect.Changes(t, "start of a user who was kept", false)(d.Start(ctx, kept.ID, expect.Moment(6), expect.Moment(1)))

	bob := leaver(t, st, "bob")
	someDeletion(t, st, bob, 5)
	won := expect.Race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		act := func() (bool, error) { return tx.Deletions.Cancel(ctx, bob.ID) }
		if i%3 == 0 {
			act = func() (bool, error) { return tx.Deletions.Start(ctx, bob.ID, expect.Moment(6), expect.Moment(1)) }
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
	u := someUser(t, st, name)
	expect.Changes(t, "status", true)(st.Direct().Users.SetStatus(t.Context(), u.ID, u.Status, store.UserPendingDeletion, expect.Moment(0)))
	return u
}

func deletionsDue(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().Deletions, t.Context()
	late, soon, later, kept := leaver(t, st, "ada"), leaver(t, st, "bob"), leaver(t, st, "eve"), someUser(t, st, "joe")
	someDeletion(t, st, kept, 1)
	someDeletion(t, st, late, 5)
	someDeletion(t, st, soon, 3)
	someDeletion(t, st, later, 9)
	expect.Changes(t, "start", true)(d.Start(ctx, soon.ID, expect.Moment(4), expect.Moment(1)))
	expect.Reads(t, "due", []string{soon.ID, late.ID})(d.Due(ctx, expect.Moment(5), expect.Moment(9), 9))
	expect.Reads(t, "the first", []string{soon.ID})(d.Due(ctx, expect.Moment(5), expect.Moment(9), 1))
	expect.Reads(t, "but for what has begun since", []string{late.ID})(d.Due(ctx, expect.Moment(5), expect.Moment(4), 9))
	expect.Reads[[]string](t, "before", nil)(d.Due(ctx, expect.Moment(2), expect.Moment(9), 9))
}

func deletionsPutOff(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().Deletions, t.Context()
	soon, later, begun := someDeletion(t, st, leaver(t, st, "ada"), 3), someDeletion(t, st, leaver(t, st, "bob"), 9), someDeletion(t, st, leaver(t, st, "eve"), 3)
	expect.Changes(t, "start", true)(d.Start(ctx, begun.UserID, expect.Moment(3), expect.Moment(1)))
	expect.Reads(t, "put off", 1)(d.PutOff(ctx, expect.Moment(7)))
	expect.Reads(t, "put off again", 0)(d.PutOff(ctx, expect.Moment(7)))
	soon.EraseAt, begun.StartedAt = expect.Moment(7), expect.Moment(3)
	for _, del := range []store.Deletion{soon, later, begun} {
		expect.Reads(t, "deletion", del)(d.ByUser(ctx, del.UserID))
	}
}

// passkey is one of a user, made after some hours.
func passkey(u store.User, hours int) store.Passkey {
	return store.Passkey{ID: id.Ordered(), UserID: u.ID, CredentialID: "c", CredentialHash: id.Random(), PublicKey: "k", Name: "n", CreatedAt: expect.Moment(hours)}
}

func totp(t *testing.T, st *store.Store, u store.User, confirmed int) {
	t.Helper()
	d, ctx := st.Direct().TOTPs, t.Context()
	expect.Changes(t, "begin", true)(d.Begin(ctx, store.TOTP{UserID: u.ID, ID: "t", SecretSealed: "s", CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(99)}))
	expect.Changes(t, "confirm", true)(d.Confirm(ctx, u.ID, "t", 1, expect.Moment(confirmed)))
}

func password(t *testing.T, st *store.Store, u store.User) {
	t.Helper()
	expect.Check(t, st.Direct().Credentials.Insert(t.Context(), store.Credential{
		ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: "phc", CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0),
	}))
}

func erasuresSince(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob, eve := someUser(t, st, "ada"), someUser(t, st, "bob"), someUser(t, st, "eve")
	for _, u := range []store.User{ada, bob} {
		password(t, st, u)
		expect.Changes(t, "passkey", true)(d.Passkeys.Insert(ctx, passkey(u, 4), 9))
		expect.Changes(t, "passkey", true)(d.Passkeys.Insert(ctx, passkey(u, 5), 9))
		expect.Changes(t, "passkey", true)(d.Passkeys.Insert(ctx, passkey(u, 6), 9))
	}
	totp(t, st, ada, 5)
	totp(t, st, bob, 4)
	totp(t, st, eve, 5)
	for u, hours := range map[string]int{ada.ID: 4, bob.ID: 5, eve.ID: 4} {
		expect.Changes(t, "codes", true)(d.Recovery.Replace(ctx, u, []string{"h-1", "h-2"}, expect.Moment(hours)))
	}
	expect.Reads(t, "of one whose code generator is new", store.FactorsGone{Passkeys: 2, CodeGenerators: 1})(
		d.Users.RemoveFactors(ctx, ada.ID, expect.Moment(5)))
	expect.Reads(t, "of one who has no other factor", store.FactorsGone{CodeGenerators: 1, RecoveryCodes: 2})(
		d.Users.RemoveFactors(ctx, eve.ID, expect.Moment(5)))
	expect.Reads(t, "of one whose codes are new", store.FactorsGone{Passkeys: 2, RecoveryCodes: 2})(d.Users.RemoveFactors(ctx, bob.ID, expect.Moment(5)))
	expect.Reads(t, "again", store.FactorsGone{})(d.Users.RemoveFactors(ctx, bob.ID, expect.Moment(5)))
	expect.Changes(t, "password", true)(d.Credentials.DropPassword(ctx, ada.ID))
	expect.Changes(t, "password again", false)(d.Credentials.DropPassword(ctx, ada.ID))
	u, err := d.Users.ByID(ctx, ada.ID)
	expect.Check(t, err)
	if u.Passkeys != 1 || u.TOTP || u.RecoveryCodes != 2 {
		t.Errorf("what is left: %+v", u)
	}
	if u, err = d.Users.ByID(ctx, bob.ID); err != nil || u.Passkeys != 1 || !u.TOTP || u.RecoveryCodes != 0 {
		t.Errorf("what is left of the other: %+v, %v", u, err)
	}
	if _, err := d.Credentials.ByKind(ctx, bob.ID, store.KindPassword); err != nil {
		t.Error(err)
	}
}

// full gives a user a row of everything that there is.
func full(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	d, ctx, u := st.Direct(), t.Context(), someUser(t, st, name)
	password(t, st, u)
	expect.Changes(t, "passkey", true)(d.Passkeys.Insert(ctx, passkey(u, 4), 9))
	totp(t, st, u, 1)
	expect.Changes(t, "codes", true)(d.Recovery.Replace(ctx, u.ID, []string{"h-1", "h-2"}, expect.Moment(2)))
	for n := range 3 {
		s := store.Session{
			ID: id.Random(), UserID: u.ID, RefreshState: store.RefreshState{Parent: store.NoParent, RotatedAt: expect.Moment(n)},
			UserEpoch: 1, Kind: "user", UserAgent: "agent", ExpiresAt: expect.Moment(100), IdleExpiresAt: expect.Moment(50),
			CreatedAt: expect.Moment(n), LastSeenAt: expect.Moment(1),
		}
		expect.Check(t, d.Sessions.Insert(ctx, s))
		expect.Check(t, d.Browsers.Insert(ctx, store.BrowserSession{SessionID: s.ID, CookieHash: s.ID, CreatedAt: expect.Moment(0)}))
		expect.Check(t, d.Tokens.Insert(ctx, store.OneTimeToken{
			ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: id.Random(), CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(1),
		}))
		expect.Check(t, d.MagicLinks.Insert(ctx, store.MagicLink{
			ID: id.Ordered(), UserID: u.ID, AddressHash: "a", TokenHash: id.Random(), RequestHash: id.Random(), CodeHash: "c", DeviceName: "phone",
			CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(1),
		}))
		expect.Check(t, d.LoginSteps.Insert(ctx, store.LoginStep{TokenHash: id.Random(), UserID: u.ID, AMR: []string{"pwd"}, CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(1)}))
	}
	someChange(t, st, u, 0)
	for range 2 {
		expect.Check(t, d.Signups.Insert(ctx, store.PendingSignup{
			ID: id.Ordered(), Email: u.Email, EmailCanonical: u.EmailCanonical, TokenHash: id.Random(), CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(24),
		}))
	}
	return u
}

// held counts what the lists of a user hold.
func held(t *testing.T, st *store.Store, userID string) map[string]int {
	t.Helper()
	d, ctx, page := st.Direct(), t.Context(), store.Page{Limit: 9}
	n := map[string]int{}
	count := func(what string) func(int, error) {
		return func(found int, err error) {
			expect.Check(t, err)
			n[what] = found
		}
	}
	credentials, err := d.Credentials.OfUser(ctx, userID)
	count("credentials")(len(credentials), err)
	codes, err := d.Recovery.List(ctx, userID)
	count("codes")(len(codes), err)
	sessions, err := d.Sessions.List(ctx, userID, page)
	count("sessions")(len(sessions), err)
	tokens, err := d.Tokens.List(ctx, userID, page)
	count("tokens")(len(tokens), err)
	steps, err := d.LoginSteps.List(ctx, userID, page)
	count("steps")(len(steps), err)
	links, err := d.MagicLinks.List(ctx, userID, page)
	count("links")(len(links), err)
	identities, err := d.Identities.List(ctx, userID)
	count("identities")(len(identities), err)
	changes, err := d.Changes.List(ctx, userID, page)
	count("changes")(len(changes), err)
	passkeys, err := d.Passkeys.List(ctx, userID, 9)
	count("passkeys")(len(passkeys), err)
	return n
}

func erasuresUser(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := full(t, st, "ada"), full(t, st, "bob")
	before := held(t, st, bob.ID)
	expect.Changes(t, "of an active user", false)(d.Users.Erase(ctx, ada.ID, expect.Moment(9)))
	expect.Same(t, "an active user holds", held(t, st, ada.ID), before)
	expect.Changes(t, "status", true)(d.Users.SetStatus(ctx, ada.ID, store.UserActive, store.UserPendingDeletion, expect.Moment(8)))
	someDeletion(t, st, ada, 5)
	expect.Changes(t, "before it begins", false)(d.Users.Erase(ctx, ada.ID, expect.Moment(9)))
	expect.Changes(t, "start", true)(d.Deletions.Start(ctx, ada.ID, expect.Moment(9), expect.Moment(1)))
	expect.OneWins(t, st, "erase", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.Erase(ctx, ada.ID, expect.Moment(9))
	})
	expect.Same(t, "what is left", held(t, st, ada.ID), map[string]int{
		"credentials": 0, "codes": 0, "sessions": 0, "tokens": 0, "steps": 0, "identities": 0, "changes": 0, "passkeys": 0, "links": 0,
	})
	expect.Reads(t, "the row", store.User{
		ID: ada.ID, EmailCanonical: "erased:" + ada.ID, Metadata: "{}", Status: store.UserErased, Epoch: 2, CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(9),
	})(d.Users.ByID(ctx, ada.ID))
	expect.Misses[store.TOTP](t, "code generator")(d.TOTPs.ByUser(ctx, ada.ID))
	if _, err := d.Deletions.ByUser(ctx, ada.ID); err != nil {
		t.Error("the deletion went too:", err)
	}
	expect.Reads(t, "sign-ups", []string{ada.Email, ada.Email})(d.Signups.Erase(ctx, ada.EmailCanonical))
	expect.Reads[[]string](t, "sign-ups again", nil)(d.Signups.Erase(ctx, ada.EmailCanonical))
	expect.Same(t, "the other holds", held(t, st, bob.ID), before)
	someUser(t, st, "ada") // the address is free
}

func erasuresSessions(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := full(t, st, "ada"), full(t, st, "bob")
	before := held(t, st, bob.ID)
	expect.Reads(t, "some", 2)(d.Sessions.Erase(ctx, ada.ID, 2))
	expect.Reads(t, "the rest", 1)(d.Sessions.Erase(ctx, ada.ID, 2))
	expect.Reads(t, "again", 0)(d.Sessions.Erase(ctx, ada.ID, 2))
	expect.Same(t, "sessions", held(t, st, ada.ID)["sessions"], 0)
	expect.Same(t, "the other holds", held(t, st, bob.ID), before)
}

// Three sessions were opened at each of two moments, so that pages end between
// those that only their identifiers tell apart.
func holdingsSessions(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := full(t, st, "ada"), full(t, st, "bob")
	expect.Reads(t, "of others", 3)(d.Sessions.Erase(ctx, ada.ID, 9))
	all, err := d.Sessions.List(ctx, bob.ID, store.Page{Limit: 1})
	expect.Check(t, err)
	var want, got []string
	for _, name := range []string{"1-a", "1-b", "1-c", "2-a", "2-b", "2-c"} {
		s := all[0]
		s.ID, s.UserID, s.CreatedAt = name, ada.ID, expect.Moment(int(name[0]-'0'))
		expect.Check(t, d.Sessions.Insert(ctx, s))
		want = append(want, name)
	}
	for page := (store.Page{Limit: 2}); ; {
		some, err := d.Sessions.List(ctx, ada.ID, page)
		expect.Check(t, err)
		for _, s := range some {
			got, page.After = append(got, s.ID), s.Cursor()
			expect.Same(t, "agent", s.UserAgent, all[0].UserAgent)
		}
		if len(some) < page.Limit {
			break
		}
	}
	expect.Same(t, "page by page", got, want)
	if _, err := d.Sessions.List(ctx, ada.ID, store.Page{After: "elsewhere", Limit: 2}); err == nil {
		t.Error("a cursor of another list was taken")
	}
}

func event(t *testing.T, st *store.Store, userID, email string) string {
	t.Helper()
	e := store.AuditEvent{
		ID: id.Ordered(), Kind: "k", Outcome: "success", UserID: userID, Details: "{}", CreatedAt: expect.Moment(0),
		Personal: store.AuditPersonal{Address: "192.0.2.1", UserAgent: "agent", Email: email},
	}
	expect.Check(t, st.Direct().Audit.Insert(t.Context(), e))
	return e.ID
}

func erasuresAudit(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().AuditPersonal, t.Context()
	first, second := event(t, st, "ada", "Ada@example.com"), event(t, st, "ada", "")
	nobody, others := event(t, st, "", "Ada@example.com"), event(t, st, "bob", "Ada@example.com")
	parts := []store.PersonalPart{{EventID: first, Email: "Ada@example.com"}, {EventID: second}}
	expect.Reads(t, "parts", parts)(d.List(ctx, "ada", "", 9))
	expect.Reads(t, "after the first", parts[1:])(d.List(ctx, "ada", first, 9))
	expect.Reads(t, "one", parts[:1])(d.List(ctx, "ada", "", 1))
	expect.Reads(t, "of nobody", []string{nobody})(d.Unowned(ctx, "Ada@example.com", 9))
	expect.Reads[[]string](t, "in another spelling", nil)(d.Unowned(ctx, "ada@example.com", 9))
	expect.Reads(t, "dropped", 3)(d.Delete(ctx, []string{first, second, nobody}))
	events, err := st.Direct().Audit.List(ctx, store.AuditFilter{}, store.Page{Limit: 9})
	expect.Check(t, err)
	if len(events) != 4 {
		t.Errorf("%d events are left, want all 4", len(events))
	}
	for _, e := range events {
		if kept := e.Personal != (store.AuditPersonal{}); kept != (e.ID == others) {
			t.Errorf("event of %q: personal part kept: %v", e.UserID, kept)
		}
	}
}

func erasuresJobs(t *testing.T, st *store.Store) {
	ctx := t.Context()
	var ids []string
	expect.Check(t, st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		ids = nil
		for range 3 {
			j := store.Job{ID: id.Ordered(), Kind: "mail", Payload: "{}", State: store.JobReady, MaxAttempts: 3}
			ids = append(ids, j.ID)
			if err := tx.Jobs.Insert(ctx, j); err != nil {
				return err
			}
		}
		return nil
	}))
	expect.Reads(t, "dropped", 2)(st.Direct().Jobs.Drop(ctx, ids[:2]))
	left, err := st.Direct().Jobs.List(ctx, store.JobReady, store.Page{Limit: 9})
	expect.Check(t, err)
	if len(left) != 1 || left[0].ID != ids[2] {
		t.Errorf("left: %+v", left)
	}
}

func holdingsInPages(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct(), t.Context(), full(t, st, "ada")
	full(t, st, "bob")
	tokens, err := d.Tokens.List(ctx, u.ID, store.Page{Limit: 9})
	expect.Check(t, err)
	expect.Reads(t, "tokens in the midst", tokens[1:2])(d.Tokens.List(ctx, u.ID, store.Page{After: tokens[0].ID, Limit: 1}))
	steps, err := d.LoginSteps.List(ctx, u.ID, store.Page{Limit: 9})
	expect.Check(t, err)
	expect.Reads(t, "steps in the midst", steps[1:2])(d.LoginSteps.List(ctx, u.ID, store.Page{After: steps[0].TokenHash, Limit: 1}))
	code := store.RecoveryCode{CreatedAt: expect.Moment(2)}
	links, err := d.MagicLinks.List(ctx, u.ID, store.Page{Limit: 9})
	expect.Check(t, err)
	expect.Reads(t, "links in the midst", links[1:2])(d.MagicLinks.List(ctx, u.ID, store.Page{After: links[0].ID, Limit: 1}))
	expect.Reads(t, "links removed", 3)(st.Direct().MagicLinks.Drop(ctx, u.ID))
	expect.Reads(t, "codes", []store.RecoveryCode{code, code})(d.Recovery.List(ctx, u.ID))
	c, err := d.Credentials.OfUser(ctx, u.ID)
	if err != nil || len(c) != 1 || c[0].Kind != store.KindPassword {
		t.Errorf("credentials: %+v, %v", c, err)
	}
}
