package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func erasurePromises() map[string]promise {
	return map[string]promise{
		"Erasure/FactorsOfSinceGo":  usersFactorsSince,
		"Erasure/NothingIsLeft":     usersErased,
		"Erasure/SessionsGoInParts": sessionsErased,
		"Erasure/AuditPartsGo":      auditPersonalErased,
		"Erasure/JobsGo":            jobsDropped,
		"Export/SessionsByPages":    sessionsByPages,
		"Export/InPages":            listsInPages,
	}
}

// full gives a user a row of everything that there is.
func full(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	d, ctx, u := st.Direct(), t.Context(), verifiedUser(t, st, name)
	somePassword(t, st, u, "phc")
	changes(t, "passkey", true)(d.Passkeys.Insert(ctx, newPasskey(u, 4), 9))
	confirmedTOTP(t, st, u, 1)
	changes(t, "codes", true)(d.Recovery.Replace(ctx, u.ID, []string{"h-1", "h-2"}, moment(2)))
	for n := range 3 {
		s := store.Session{
			ID: id.Random(), UserID: u.ID, RefreshState: store.RefreshState{Parent: store.NoParent, RotatedAt: moment(n)},
			UserEpoch: 1, Kind: "user", UserAgent: "agent", ExpiresAt: moment(100), IdleExpiresAt: moment(50),
			CreatedAt: moment(n), LastSeenAt: moment(1),
		}
		check(t, d.Sessions.Insert(ctx, s))
		check(t, d.Browsers.Insert(ctx, store.BrowserSession{SessionID: s.ID, CookieHash: s.ID, CreatedAt: moment(0)}))
		check(t, d.Tokens.Insert(ctx, store.OneTimeToken{
			ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: id.Random(), CreatedAt: moment(0), ExpiresAt: moment(1),
		}))
		check(t, d.MagicLinks.Insert(ctx, store.MagicLink{
			ID: id.Ordered(), UserID: u.ID, AddressHash: "a", TokenHash: id.Random(), RequestHash: id.Random(), CodeHash: "c", DeviceName: "phone",
			CreatedAt: moment(0), ExpiresAt: moment(1),
		}))
		check(t, d.LoginSteps.Insert(ctx, store.LoginStep{TokenHash: id.Random(), UserID: u.ID, AMR: []string{"pwd"}, CreatedAt: moment(0), ExpiresAt: moment(1)}))
	}
	someChange(t, st, u, 0)
	for range 2 {
		check(t, d.Signups.Insert(ctx, store.PendingSignup{
			ID: id.Ordered(), Email: u.Email, EmailCanonical: u.EmailCanonical, TokenHash: id.Random(), CreatedAt: moment(0), ExpiresAt: moment(24),
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
			check(t, err)
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

func usersErased(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := full(t, st, "ada"), full(t, st, "bob")
	before := held(t, st, bob.ID)
	changes(t, "of an active user", false)(d.Users.Erase(ctx, ada.ID, moment(9)))
	same(t, "an active user holds", held(t, st, ada.ID), before)
	changes(t, "status", true)(d.Users.SetStatus(ctx, ada.ID, store.UserActive, store.UserPendingDeletion, moment(8)))
	someDeletion(t, st, ada, 5)
	changes(t, "before it begins", false)(d.Users.Erase(ctx, ada.ID, moment(9)))
	changes(t, "start", true)(d.Deletions.Start(ctx, ada.ID, moment(9), moment(1)))
	oneWins(t, st, "erase", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.Erase(ctx, ada.ID, moment(9))
	})
	same(t, "what is left", held(t, st, ada.ID), map[string]int{
		"credentials": 0, "codes": 0, "sessions": 0, "tokens": 0, "steps": 0, "identities": 0, "changes": 0, "passkeys": 0, "links": 0,
	})
	reads(t, "the row", store.User{
		ID: ada.ID, EmailCanonical: "erased:" + ada.ID, Metadata: "{}", Status: store.UserErased, Epoch: 2, Version: 5, CreatedAt: moment(0), UpdatedAt: moment(9),
	})(d.Users.ByID(ctx, ada.ID))
	misses[store.TOTP](t, "code generator")(d.TOTPs.ByUser(ctx, ada.ID))
	if _, err := d.Deletions.ByUser(ctx, ada.ID); err != nil {
		t.Error("the deletion went too:", err)
	}
	reads(t, "sign-ups", []string{ada.Email, ada.Email})(d.Signups.Erase(ctx, ada.EmailCanonical))
	reads[[]string](t, "sign-ups again", nil)(d.Signups.Erase(ctx, ada.EmailCanonical))
	same(t, "the other holds", held(t, st, bob.ID), before)
	verifiedUser(t, st, "ada") // the address is free
}

func sessionsErased(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := full(t, st, "ada"), full(t, st, "bob")
	before := held(t, st, bob.ID)
	reads(t, "some", 2)(d.Sessions.Erase(ctx, ada.ID, 2))
	reads(t, "the rest", 1)(d.Sessions.Erase(ctx, ada.ID, 2))
	reads(t, "again", 0)(d.Sessions.Erase(ctx, ada.ID, 2))
	same(t, "sessions", held(t, st, ada.ID)["sessions"], 0)
	same(t, "the other holds", held(t, st, bob.ID), before)
}

// Three sessions were opened at each of two moments, so that pages end between
// those that only their identifiers tell apart.
func sessionsByPages(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := full(t, st, "ada"), full(t, st, "bob")
	reads(t, "of others", 3)(d.Sessions.Erase(ctx, ada.ID, 9))
	all, err := d.Sessions.List(ctx, bob.ID, store.Page{Limit: 1})
	check(t, err)
	var want, got []string
	for _, name := range []string{"1-a", "1-b", "1-c", "2-a", "2-b", "2-c"} {
		s := all[0]
		s.ID, s.UserID, s.CreatedAt = name, ada.ID, moment(int(name[0]-'0'))
		check(t, d.Sessions.Insert(ctx, s))
		want = append(want, name)
	}
	for page := (store.Page{Limit: 2}); ; {
		some, err := d.Sessions.List(ctx, ada.ID, page)
		check(t, err)
		for _, s := range some {
			got, page.After = append(got, s.ID), s.Cursor()
			same(t, "agent", s.UserAgent, all[0].UserAgent)
		}
		if len(some) < page.Limit {
			break
		}
	}
	same(t, "page by page", got, want)
	if _, err := d.Sessions.List(ctx, ada.ID, store.Page{After: "elsewhere", Limit: 2}); err == nil {
		t.Error("a cursor of another list was taken")
	}
}

func eventOf(t *testing.T, st *store.Store, userID, email string) string {
	t.Helper()
	e := store.AuditEvent{
		ID: id.Ordered(), Kind: "k", Outcome: "success", UserID: userID, Details: "{}", CreatedAt: moment(0),
		Personal: store.AuditPersonal{Address: "192.0.2.1", UserAgent: "agent", Email: email},
	}
	check(t, st.Direct().Audit.Insert(t.Context(), e))
	return e.ID
}

func auditPersonalErased(t *testing.T, st *store.Store) {
	d, ctx := st.Direct().AuditPersonal, t.Context()
	first, second := eventOf(t, st, "ada", "Ada@example.com"), eventOf(t, st, "ada", "")
	nobody, others := eventOf(t, st, "", "Ada@example.com"), eventOf(t, st, "bob", "Ada@example.com")
	parts := []store.PersonalPart{{EventID: first, Email: "Ada@example.com"}, {EventID: second}}
	reads(t, "parts", parts)(d.List(ctx, "ada", "", 9))
	reads(t, "after the first", parts[1:])(d.List(ctx, "ada", first, 9))
	reads(t, "one", parts[:1])(d.List(ctx, "ada", "", 1))
	reads(t, "of nobody", []string{nobody})(d.Unowned(ctx, "Ada@example.com", 9))
	reads[[]string](t, "in another spelling", nil)(d.Unowned(ctx, "ada@example.com", 9))
	reads(t, "dropped", 3)(d.Delete(ctx, []string{first, second, nobody}))
	events, err := st.Direct().Audit.List(ctx, store.AuditFilter{}, store.Page{Limit: 9})
	check(t, err)
	if len(events) != 4 {
		t.Errorf("%d events are left, want all 4", len(events))
	}
	for _, e := range events {
		if kept := e.Personal != (store.AuditPersonal{}); kept != (e.ID == others) {
			t.Errorf("event of %q: personal part kept: %v", e.UserID, kept)
		}
	}
}

func jobsDropped(t *testing.T, st *store.Store) {
	ctx := t.Context()
	var ids []string
	check(t, st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
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
	reads(t, "dropped", 2)(st.Direct().Jobs.Drop(ctx, ids[:2]))
	left, err := st.Direct().Jobs.List(ctx, store.JobReady, store.Page{Limit: 9})
	check(t, err)
	if len(left) != 1 || left[0].ID != ids[2] {
		t.Errorf("left: %+v", left)
	}
}

func listsInPages(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct(), t.Context(), full(t, st, "ada")
	full(t, st, "bob")
	tokens, err := d.Tokens.List(ctx, u.ID, store.Page{Limit: 9})
	check(t, err)
	reads(t, "tokens in the midst", tokens[1:2])(d.Tokens.List(ctx, u.ID, store.Page{After: tokens[0].ID, Limit: 1}))
	steps, err := d.LoginSteps.List(ctx, u.ID, store.Page{Limit: 9})
	check(t, err)
	reads(t, "steps in the midst", steps[1:2])(d.LoginSteps.List(ctx, u.ID, store.Page{After: steps[0].TokenHash, Limit: 1}))
	code := store.RecoveryCode{CreatedAt: moment(2)}
	links, err := d.MagicLinks.List(ctx, u.ID, store.Page{Limit: 9})
	check(t, err)
	reads(t, "links in the midst", links[1:2])(d.MagicLinks.List(ctx, u.ID, store.Page{After: links[0].ID, Limit: 1}))
	reads(t, "links removed", 3)(st.Direct().MagicLinks.Drop(ctx, u.ID))
	reads(t, "codes", []store.RecoveryCode{code, code})(d.Recovery.List(ctx, u.ID))
	c, err := d.Credentials.OfUser(ctx, u.ID)
	if err != nil || len(c) != 1 || c[0].Kind != store.KindPassword {
		t.Errorf("credentials: %+v, %v", c, err)
	}
}
