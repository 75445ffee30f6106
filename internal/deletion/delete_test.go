package deletion_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

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
	h := roomtest.New(t)
	u := h.Join(t, ada)
	tokens, other := h.Device(t, ada, good), h.Device(t, ada, good)
	at, err := h.Leave(t, tokens, good)
	if want := h.Clock.Now().Add(168 * time.Hour); err != nil || at.Sub(want).Abs() > time.Minute {
		t.Fatalf("erased at %v, want %v: %v", at, want, err)
	}
	if m := h.Told(t, ada, "will be deleted"); !strings.Contains(m.Text, at.UTC().Format("2 January 2006, 15:04 UTC")) {
		t.Errorf("the mail does not say when: %s", m.Text)
	}
	if h.Alive(t, tokens) || h.Alive(t, other) {
		t.Error("a session is alive")
	}
	if _, err := h.Sessions.Refresh(t.Context(), other.RefreshToken, "", roomtest.Origin()); !errors.Is(err, session.ErrEnded) {
		t.Errorf("refresh: %v", err)
	}
	if _, err := h.SignIn(t, ada, "a stranger's guess"); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("a wrong password learns: %v", err)
	}
	_, err = h.SignIn(t, ada, good)
	first := restoreToken(t, err)
	_, err = h.SignIn(t, ada, good)
	second := restoreToken(t, err)
	if got := h.User(t, ada); got.Status != store.UserPendingDeletion {
		t.Fatalf("signing in made it %s", got.Status)
	}
	if usable, err := h.Restorable(t.Context(), first); err != nil || !usable {
		t.Errorf("looking: %v, %v", usable, err)
	}
	if err := h.Restore(t.Context(), first, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"spent": first, "another": second, "none": "spd_" + "x", "empty": ""} {
		if err := h.Restore(t.Context(), token, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.Told(t, ada, "is kept")
	if h.Alive(t, tokens) || !h.Works(t, ada, good) {
		t.Error("restoring is not signing in, and lets sign in")
	}
	if got := h.User(t, ada); got.ID != u.ID || got.Status != store.UserActive {
		t.Errorf("got %+v", got)
	}
	h.Clock.Advance(200 * time.Hour)
	if err := h.Records.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.User(t, ada); got.Status != store.UserActive {
		t.Error("it was erased all the same")
	}
}

func TestARestoreTokenEnds(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	if _, err := h.Leave(t, h.Device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	_, err := h.SignIn(t, ada, good)
	late := restoreToken(t, err)
	h.Clock.Advance(15 * time.Minute)
	if err := h.Restore(t.Context(), late, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after a quarter of an hour: %v", err)
	}
	_, err = h.SignIn(t, ada, good)
	outlived := restoreToken(t, err)
	// A thief deleted the account, and its owner has a new password.
	if err := h.ResetPassword(t.Context(), h.ResetLink(t, ada), "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.Restore(t.Context(), outlived, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after a new password: %v", err)
	}
	if got := h.User(t, ada); got.Status != store.UserPendingDeletion {
		t.Fatalf("a reset made it %s", got.Status)
	}
	_, err = h.SignIn(t, ada, "a fresh start 81")
	if err := h.Restore(t.Context(), restoreToken(t, err), roomtest.Origin()); err != nil {
		t.Errorf("with the new password: %v", err)
	}
}

func TestWhoMayDelete(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	tokens := h.Device(t, ada, good)
	old := h.Claims(t, tokens, false)
	old.AuthTime = h.Clock.Now().Add(-16 * time.Minute)
	try := func(c token.Claims, password string) error {
		_, err := h.Delete(t.Context(), deletion.Request{Claims: c, Password: password, Origin: roomtest.Origin()})
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
	if err := try(h.Claims(t, tokens, false), "a wild guess"); !errors.Is(err, ratelimit.ErrLimited) {
		t.Errorf("the eleventh: %v", err)
	}
	if _, err := h.SignIn(t, ada, good); err != nil {
		t.Errorf("a session's guesses lock its owner out: %v", err)
	}
	h.Clock.Advance(15 * time.Minute)
	tokens = h.Device(t, ada, good)
	h.AddTOTPFrom(t, session.Asker{UserID: u.ID, SessionID: tokens.SessionID, Origin: roomtest.Origin()})
	if err := try(h.Claims(t, tokens, false), good); !errors.Is(err, session.ErrNotRecent) {
		t.Errorf("a password alone, with a second factor: %v", err)
	}
	if got := h.User(t, ada); got.Status != store.UserActive {
		t.Fatalf("it is %s", got.Status)
	}
	if err := try(h.Claims(t, tokens, true), ""); err != nil {
		t.Errorf("two factors: %v", err)
	}
	if err := try(claimsOf(h, tokens, u), ""); !errors.Is(err, account.ErrSignedOut) {
		t.Errorf("twice: %v", err)
	}
}

// claimsOf are claims of a session that has ended.
func claimsOf(h *roomtest.House, tokens session.Tokens, u store.User) token.Claims {
	return token.Claims{Subject: u.ID, SessionID: tokens.SessionID, AuthTime: h.Clock.Now(), AMR: []string{session.AMRPassword, session.AMRCode, session.AMRMulti}}
}

// With a second factor, a password alone does not even learn that the account is
// about to be erased.
func TestASecondFactorIsNeededToKeepAnAccount(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	tokens := h.Device(t, ada, good)
	key := h.AddTOTPFrom(t, session.Asker{UserID: u.ID, SessionID: tokens.SessionID, Origin: roomtest.Origin()})
	begun, err := h.Logins.WithPassword(t.Context(), login.Password{Email: ada, Password: good, Origin: roomtest.Origin()})
	if err != nil || begun.Step == nil {
		t.Fatal(err)
	}
	if _, err := h.Delete(t.Context(), deletion.Request{Claims: h.Claims(t, tokens, true), Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(time.Minute)
	finish := func(token, code string) error {
		_, err := h.Logins.WithSecondFactor(t.Context(), login.SecondFactor{Token: token, Method: mfa.MethodTOTP, Code: code, Origin: roomtest.Origin()})
		return err
	}
	if err := finish(begun.Step.Token, roomtest.Must(totp.GenerateCode(key, h.Clock.Now()))); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("a sign-in that began before: %v", err)
	}
	in, err := h.Logins.WithPassword(t.Context(), login.Password{Email: ada, Password: good, Origin: roomtest.Origin()})
	if err != nil || in.Step == nil {
		t.Fatalf("the password gave %+v, %v", in, err)
	}
	if err := finish(in.Step.Token, "000000"); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("a wrong code: %v", err)
	}
	err = finish(in.Step.Token, roomtest.Must(totp.GenerateCode(key, h.Clock.Now())))
	restore := restoreToken(t, err)
	if err := finish(in.Step.Token, roomtest.Must(totp.GenerateCode(key, h.Clock.Now()))); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("twice: %v", err)
	}
	if err := h.Restore(t.Context(), restore, roomtest.Origin()); err != nil {
		t.Error(err)
	}
}

func TestOfManyRacersOneDeletesAndOneRestores(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		h.Join(t, ada)
		var sessions []session.Tokens
		for range 32 {
			sessions = append(sessions, h.Device(t, ada, good))
		}
		var n atomic.Int64
		roomtest.Winner(t, roomtest.Race(32, func() error {
			_, err := h.Delete(context.WithoutCancel(t.Context()), deletion.Request{Claims: token.Claims{
				Subject: sessions[0].User.ID, SessionID: sessions[n.Add(1)-1].SessionID, AuthTime: h.Clock.Now(), AMR: []string{session.AMRPassword},
			}, Origin: roomtest.Origin()})
			return err
		}), account.ErrSignedOut)
		if got := h.Count(t, audit.KindDeletionBegun); got != 1 {
			t.Errorf("%d deletions began", got)
		}
		_, err := h.SignIn(t, ada, good)
		restore := restoreToken(t, err)
		roomtest.Winner(t, roomtest.Race(32, func() error { return h.Restore(t.Context(), restore, roomtest.Origin()) }), account.ErrInvalidToken)
		if got := h.User(t, ada); got.Status != store.UserActive || h.Count(t, audit.KindDeletionUndone) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

// Logins that race with a deletion leave no session that lives.
func TestNoSessionOutlivesADeletion(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		u := h.Join(t, ada)
		asking := h.Device(t, ada, good)
		calls := []func() error{func() error { _, err := h.Leave(t, asking, ""); return err }}
		opened := make([]session.Tokens, 31)
		for n := range opened {
			calls = append(calls, func() (err error) {
				opened[n], err = h.SignIn(t, ada, good)
				return err
			})
		}
		errs := roomtest.At(calls...)
		if errs[0] != nil {
			t.Fatal(errs[0])
		}
		signedIn := 0
		for n, err := range errs[1:] {
			switch {
			case err == nil:
				signedIn++
				if h.Alive(t, opened[n]) {
					t.Errorf("session %d lives", n)
				}
			case errors.Is(err, login.ErrPendingDeletion), errors.Is(err, account.ErrWrongPassword), errors.Is(err, ratelimit.ErrLimited):
			default:
				t.Errorf("login %d: %v", n, err)
			}
		}
		live := roomtest.Must(h.Store.Direct().Sessions.Live(t.Context(), u.ID, h.Clock.Now(), store.Page{Limit: 99}))
		if len(live) != 0 {
			t.Errorf("%d sessions live", len(live))
		}
		for _, s := range roomtest.Must(h.Store.Direct().Sessions.List(t.Context(), u.ID, store.Page{Limit: 99})) {
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
	h := roomtest.New(t, roomtest.Unverified)
	up, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good, Origin: roomtest.Origin()})
	if err != nil {
		t.Fatal(err)
	}
	h.AddTOTP(t, *up.User)
	a := h.Asker(t, *up.User)
	for range 10 {
		if _, err := h.Factors.NewRecoveryCodes(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(h.Letters(t)); n != 7 {
		t.Errorf("%d letters were written, want five notices, and links to confirm the address and to claim the account", n)
	}
}
