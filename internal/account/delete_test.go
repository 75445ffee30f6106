package account_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// letterOf reads what a mail job keeps in clear.
func letterOf(t *testing.T, j store.Job) mail.Letter {
	t.Helper()
	var p struct {
		Kind       mail.Kind `json:"kind"`
		To         string    `json:"to"`
		TokenID    string    `json:"token_id"`
		TokenTable string    `json:"token_table"`
	}
	if err := json.Unmarshal([]byte(j.Payload), &p); err != nil {
		t.Fatal(err)
	}
	return mail.Letter{Kind: p.Kind, To: p.To, TokenID: p.TokenID, TokenTable: p.TokenTable}
}

// claims are those of a session; with two factors, if wanted.
func (h *house) claims(t *testing.T, tokens session.Tokens, two bool) token.Claims {
	t.Helper()
	c, err := h.verifier.Verify(t.Context(), tokens.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if two {
		c.AMR = []string{session.AMRPassword, session.AMRCode, session.AMRMulti}
	}
	return c
}

// addTOTP gives a user a code generator, and its key, from a session of its own:
// then it ends the others.
func (h *house) addTOTP(t *testing.T, u store.User) string {
	t.Helper()
	return h.addTOTPFrom(t, asker(t, h.Accounts, u))
}

func (h *house) addTOTPFrom(t *testing.T, a session.Asker) string {
	t.Helper()
	key, _, _, err := h.factors.EnrolTOTP(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.factors.ConfirmTOTP(t.Context(), a, must(totp.GenerateCode(key, h.clock.Now()))); err != nil {
		t.Fatal(err)
	}
	return key
}

// leave has an account deleted.
func (h *house) leave(t *testing.T, tokens session.Tokens, password string) (time.Time, error) {
	t.Helper()
	return h.Delete(t.Context(), account.Deletion{Claims: h.claims(t, tokens, false), Password: password, Origin: origin()})
}

// restoreToken is what a refusal of an account pending deletion brings.
func restoreToken(t *testing.T, err error) string {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, login.ErrPendingDeletion) || !strings.HasPrefix(f.Member(login.MemberRestore), "spd_") {
		t.Fatalf("got %v", err)
	}
	return f.Member(login.MemberRestore)
}

func TestADeletedAccountIsKeptByWhoProvesItsTheirs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	tokens, other := h.device(t, ada, good), h.device(t, ada, good)
	at, err := h.leave(t, tokens, good)
	if want := h.clock.Now().Add(168 * time.Hour); err != nil || at.Sub(want).Abs() > time.Minute {
		t.Fatalf("erased at %v, want %v: %v", at, want, err)
	}
	if m := h.told(t, ada, "is going to be erased"); !strings.Contains(m.Text, at.UTC().Format("2 January 2006, 15:04 UTC")) {
		t.Errorf("the mail does not say when: %s", m.Text)
	}
	if h.alive(t, tokens) || h.alive(t, other) {
		t.Error("a session is alive")
	}
	if _, err := h.sessions.Refresh(t.Context(), other.RefreshToken, origin()); !errors.Is(err, session.ErrEnded) {
		t.Errorf("refresh: %v", err)
	}
	if _, err := h.signIn(t, ada, "a stranger's guess"); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("a wrong password learns: %v", err)
	}
	_, err = h.signIn(t, ada, good)
	first := restoreToken(t, err)
	_, err = h.signIn(t, ada, good)
	second := restoreToken(t, err)
	if got := h.user(t, ada); got.Status != store.UserPendingDeletion {
		t.Fatalf("signing in made it %s", got.Status)
	}
	if usable, err := h.Restorable(t.Context(), first); err != nil || !usable {
		t.Errorf("looking: %v, %v", usable, err)
	}
	if err := h.Restore(t.Context(), first, origin()); err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"spent": first, "another": second, "none": "spd_" + "x", "empty": ""} {
		if err := h.Restore(t.Context(), token, origin()); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.told(t, ada, "is kept")
	if h.alive(t, tokens) || !h.works(t, ada, good) {
		t.Error("restoring is not signing in, and lets sign in")
	}
	if got := h.user(t, ada); got.ID != u.ID || got.Status != store.UserActive {
		t.Errorf("got %+v", got)
	}
	h.clock.Advance(200 * time.Hour)
	if err := h.records.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.user(t, ada); got.Status != store.UserActive {
		t.Error("it was erased all the same")
	}
}

func TestARestoreTokenEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	if _, err := h.leave(t, h.device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	_, err := h.signIn(t, ada, good)
	late := restoreToken(t, err)
	h.clock.Advance(15 * time.Minute)
	if err := h.Restore(t.Context(), late, origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after a quarter of an hour: %v", err)
	}
	_, err = h.signIn(t, ada, good)
	outlived := restoreToken(t, err)
	// A thief deleted the account, and its owner has a new password.
	if err := h.ResetPassword(t.Context(), h.resetLink(t, ada), "a fresh start 81", origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.Restore(t.Context(), outlived, origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after a new password: %v", err)
	}
	if got := h.user(t, ada); got.Status != store.UserPendingDeletion {
		t.Fatalf("a reset made it %s", got.Status)
	}
	_, err = h.signIn(t, ada, "a fresh start 81")
	if err := h.Restore(t.Context(), restoreToken(t, err), origin()); err != nil {
		t.Errorf("with the new password: %v", err)
	}
}

func TestWhoMayDelete(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	tokens := h.device(t, ada, good)
	old := h.claims(t, tokens, false)
	old.AuthTime = h.clock.Now().Add(-16 * time.Minute)
	try := func(c token.Claims, password string) error {
		_, err := h.Delete(t.Context(), account.Deletion{Claims: c, Password: password, Origin: origin()})
		return err
	}
	if err := try(old, ""); !errors.Is(err, session.ErrNotRecent) {
		t.Errorf("an old session: %v", err)
	}
	for range 10 {
		if err := try(old, "a wild guess"); !errors.Is(err, account.ErrWrongPassword) {
			t.Errorf("a wrong password: %v", err)
		}
	}
	if err := try(h.claims(t, tokens, false), "a wild guess"); !errors.Is(err, ratelimit.ErrLimited) {
		t.Errorf("the eleventh: %v", err)
	}
	if _, err := h.signIn(t, ada, good); err != nil {
		t.Errorf("a session's guesses lock its owner out: %v", err)
	}
	h.clock.Advance(15 * time.Minute)
	tokens = h.device(t, ada, good)
	h.addTOTPFrom(t, session.Asker{UserID: u.ID, SessionID: tokens.SessionID, Origin: origin()})
	if err := try(h.claims(t, tokens, false), good); !errors.Is(err, session.ErrNotRecent) {
		t.Errorf("a password alone, with a second factor: %v", err)
	}
	if got := h.user(t, ada); got.Status != store.UserActive {
		t.Fatalf("it is %s", got.Status)
	}
	if err := try(h.claims(t, tokens, true), ""); err != nil {
		t.Errorf("two factors: %v", err)
	}
	if err := try(h.claimsOf(tokens, u), ""); !errors.Is(err, account.ErrSignedOut) {
		t.Errorf("twice: %v", err)
	}
}

// claimsOf are claims of a session that has ended.
func (h *house) claimsOf(tokens session.Tokens, u store.User) token.Claims {
	return token.Claims{Subject: u.ID, SessionID: tokens.SessionID, AuthTime: h.clock.Now(), AMR: []string{session.AMRPassword, session.AMRCode, session.AMRMulti}}
}

// With a second factor, a password alone does not even learn that the account is
// about to be erased.
func TestASecondFactorIsNeededToKeepAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	tokens := h.device(t, ada, good)
	key := h.addTOTPFrom(t, session.Asker{UserID: u.ID, SessionID: tokens.SessionID, Origin: origin()})
	begun, err := h.logins.WithPassword(t.Context(), login.Password{Email: ada, Password: good, Origin: origin()})
	if err != nil || begun.Step == nil {
		t.Fatal(err)
	}
	if _, err := h.Delete(t.Context(), account.Deletion{Claims: h.claims(t, tokens, true), Origin: origin()}); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(time.Minute)
	finish := func(token, code string) error {
		_, err := h.logins.WithSecondFactor(t.Context(), login.SecondFactor{Token: token, Method: mfa.MethodTOTP, Code: code, Origin: origin()})
		return err
	}
	if err := finish(begun.Step.Token, must(totp.GenerateCode(key, h.clock.Now()))); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("a sign-in that began before: %v", err)
	}
	in, err := h.logins.WithPassword(t.Context(), login.Password{Email: ada, Password: good, Origin: origin()})
	if err != nil || in.Step == nil {
		t.Fatalf("the password gave %+v, %v", in, err)
	}
	if err := finish(in.Step.Token, "000000"); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("a wrong code: %v", err)
	}
	err = finish(in.Step.Token, must(totp.GenerateCode(key, h.clock.Now())))
	restore := restoreToken(t, err)
	if err := finish(in.Step.Token, must(totp.GenerateCode(key, h.clock.Now()))); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("twice: %v", err)
	}
	if err := h.Restore(t.Context(), restore, origin()); err != nil {
		t.Error(err)
	}
}

func TestOfManyRacersOneDeletesAndOneRestores(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		h.join(t, ada)
		var sessions []session.Tokens
		for range 32 {
			sessions = append(sessions, h.device(t, ada, good))
		}
		var n atomic.Int64
		winner(t, race(32, func() error {
			_, err := h.Delete(context.WithoutCancel(t.Context()), account.Deletion{Claims: token.Claims{
				Subject: sessions[0].User.ID, SessionID: sessions[n.Add(1)-1].SessionID, AuthTime: h.clock.Now(), AMR: []string{session.AMRPassword},
			}, Origin: origin()})
			return err
		}), account.ErrSignedOut)
		if got := h.count(t, audit.KindDeletionBegun); got != 1 {
			t.Errorf("%d deletions began", got)
		}
		_, err := h.signIn(t, ada, good)
		restore := restoreToken(t, err)
		winner(t, race(32, func() error { return h.Restore(t.Context(), restore, origin()) }), account.ErrInvalidToken)
		if got := h.user(t, ada); got.Status != store.UserActive || h.count(t, audit.KindDeletionUndone) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

// Logins that race with a deletion leave no session that lives.
func TestNoSessionOutlivesADeletion(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		u := h.join(t, ada)
		asking := h.device(t, ada, good)
		calls := []func() error{func() error { _, err := h.leave(t, asking, ""); return err }}
		opened := make([]session.Tokens, 31)
		for n := range opened {
			calls = append(calls, func() (err error) {
				opened[n], err = h.signIn(t, ada, good)
				return err
			})
		}
		errs := at(calls...)
		if errs[0] != nil {
			t.Fatal(errs[0])
		}
		signedIn := 0
		for n, err := range errs[1:] {
			switch {
			case err == nil:
				signedIn++
				if h.alive(t, opened[n]) {
					t.Errorf("session %d lives", n)
				}
			case errors.Is(err, login.ErrPendingDeletion), errors.Is(err, account.ErrWrongPassword), errors.Is(err, ratelimit.ErrLimited):
			default:
				t.Errorf("login %d: %v", n, err)
			}
		}
		live := must(h.store.Direct().Devices.Live(t.Context(), u.ID, h.clock.Now(), store.Page{Limit: 99}))
		if len(live) != 0 {
			t.Errorf("%d sessions live", len(live))
		}
		for _, s := range must(h.store.Direct().Holdings.Sessions(t.Context(), u.ID, store.Page{Limit: 99})) {
			if s.RevokedAt.IsZero() {
				t.Errorf("session %s was not ended", audit.SessionHash(s.ID))
			}
		}
		t.Logf("%d signed in before", signedIn)
	})
}

// Where addresses are not verified an account's may be a stranger's. Notices to
// it are as few as any kind of mail that strangers cause.
func TestAnAddressThatWasNeverConfirmedGetsFewNotices(t *testing.T) {
	t.Parallel()
	h := newHouse(t, unverified)
	up, err := h.SignUp(t.Context(), account.SignUp{Email: ada, Password: good, Origin: origin()})
	if err != nil {
		t.Fatal(err)
	}
	h.addTOTP(t, *up.User)
	a := asker(t, h.Accounts, *up.User)
	for range 10 {
		if _, err := h.factors.NewRecoveryCodes(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(h.letters(t)); n != 7 {
		t.Errorf("%d letters were written, want five notices, and links to confirm the address and to claim the account", n)
	}
}
