package recovery_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestAResetEndsEverythingAndTellsTheOwner(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	before := h.Join(t, ada)
	phone, laptop := h.Device(t, ada, good), h.Device(t, ada, good)
	first, second := h.ResetLink(t, ada), h.ResetLink(t, ada)
	for range 10 {
		_, _ = h.SignIn(t, ada, "a stranger's guess")
	}
	for _, weak := range []string{"short", "password123", ada, strings.Repeat("x", 10_000)} {
		if err := h.ResetPassword(t.Context(), first, weak, roomtest.Origin()); !errors.Is(err, password.ErrWeak) {
			t.Errorf("a weak password: %v", err)
		}
	}
	if usable, address, err := h.Resettable(t.Context(), first); err != nil || !usable || address != ada {
		t.Errorf("a weak password spent the token: %v for %q, %v", usable, address, err)
	}
	if err := h.ResetPassword(t.Context(), first, "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if usable, address, err := h.Resettable(t.Context(), second); err != nil || usable || address != "" {
		t.Errorf("another reset link outlives the reset: %v for %q, %v", usable, address, err)
	}
	for _, d := range []session.Tokens{phone, laptop} {
		if h.Alive(t, d) {
			t.Error("an access token outlives the reset")
		}
		if _, err := h.Sessions.Refresh(t.Context(), d.RefreshToken, "", roomtest.Origin()); !errors.Is(err, session.ErrEnded) {
			t.Errorf("a refresh token after the reset: %v", err)
		}
	}
	if got := h.User(t, ada); got.Epoch != before.Epoch+1 {
		t.Errorf("the epoch went from %d to %d", before.Epoch, got.Epoch)
	}
	// Guesses are forgotten: the owner has proved to read the mailbox.
	if !h.Works(t, ada, "a fresh start 81") || h.Works(t, ada, good) {
		t.Error("the new password does not sign in, or the old one does")
	}
	// Of the guesses the owner was told as well.
	told := slices.DeleteFunc(h.Mails(t, ada, 4), func(m mail.Captured) bool { return strings.Contains(m.Text, "token=") })
	for _, subject := range []string{"Wrong passwords", "changed"} {
		if len(told) != 2 || !slices.ContainsFunc(told, func(m mail.Captured) bool { return strings.Contains(m.Subject, subject) }) {
			t.Errorf("no notice is %q of %d", subject, len(told))
		}
	}
}

func TestOfManyResetsOneWins(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	before := h.Join(t, ada)
	links := []string{h.ResetLink(t, ada), h.ResetLink(t, ada)}
	passwords := []string{"a fresh start 0", "a fresh start 1", "a fresh start 2", "a fresh start 3", "a fresh start 4", "a fresh start 5"}
	calls := make([]func() error, len(passwords))
	for n, p := range passwords {
		calls[n] = func() error { return h.ResetPassword(t.Context(), links[n%2], p, roomtest.Origin()) }
	}
	won := roomtest.Winner(t, roomtest.At(calls...), account.ErrInvalidToken)
	for n, p := range passwords {
		if h.Works(t, ada, p) != (n == won) {
			t.Errorf("reset %d won, and password %d works: %v", won, n, n != won)
		}
	}
	if got := h.User(t, ada).Epoch; got != before.Epoch+1 {
		t.Errorf("the epoch rose by %d", got-before.Epoch)
	}
	if got := h.Reasons(t, audit.KindPasswordReset); len(got) != len(passwords)-1 ||
		slices.ContainsFunc(got, func(r string) bool { return r != audit.ReasonConsumed }) {
		t.Errorf("the other resets were refused for %v", got)
	}
}

func TestAResetAndAChangeOfPasswordHaveOneWinner(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for round := range 5 {
		email := fmt.Sprintf("ada-%d@people.example", round)
		h.Join(t, email)
		here := h.Device(t, email, good)
		link := h.ResetLink(t, email)
		var changed session.Tokens
		won := roomtest.Winner(t, roomtest.At(
			func() error { return h.ResetPassword(t.Context(), link, "by the reset 81", roomtest.Origin()) },
			func() (err error) { changed, err = h.Change(t, here, good, "by the change 82"); return err },
		), account.ErrInvalidToken, account.ErrWrongPassword, account.ErrSignedOut)
		if h.Works(t, email, "by the reset 81") != (won == 0) || h.Works(t, email, "by the change 82") != (won == 1) {
			t.Errorf("round %d: call %d won, but the password says otherwise", round, won)
		}
		if h.Alive(t, here) || won == 1 && !h.Alive(t, changed) {
			t.Errorf("round %d: call %d won, but the sessions say otherwise", round, won)
		}
		if h.Works(t, email, good) {
			t.Errorf("round %d: the old password still works", round)
		}
	}
}

func TestOfTwoChangesOfPasswordOneWins(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	before := h.Join(t, ada)
	one, two := h.Device(t, ada, good), h.Device(t, ada, good)
	passwords := []string{"a fresh start 0", "a fresh start 1"}
	won := roomtest.Winner(t, roomtest.At(
		func() error { _, err := h.Change(t, one, good, passwords[0]); return err },
		func() error { _, err := h.Change(t, two, good, passwords[1]); return err },
	), account.ErrWrongPassword, account.ErrSignedOut)
	if !h.Works(t, ada, passwords[won]) || h.Works(t, ada, passwords[1-won]) {
		t.Errorf("change %d won, and its password does not work or the other one does", won)
	}
	if got := h.User(t, ada).Epoch; got != before.Epoch+1 {
		t.Errorf("the epoch rose by %d", got-before.Epoch)
	}
}

func TestAChangeOfPasswordLosesToWhatCameFirst(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first func(t *testing.T, h *roomtest.House, here session.Tokens)
		want  error
		works string
	}{
		"a reset": {
			first: func(t *testing.T, h *roomtest.House, _ session.Tokens) {
				t.Helper()
				if err := h.ResetPassword(t.Context(), h.ResetLink(t, ada), "by the reset 81", roomtest.Origin()); err != nil {
					t.Fatal(err)
				}
			},
			want: account.ErrSignedOut, works: "by the reset 81",
		},
		"a logout of the session that asks": {
			first: func(t *testing.T, h *roomtest.House, here session.Tokens) {
				t.Helper()
				if _, err := h.Sessions.Logout(t.Context(), session.Logout{RefreshToken: here.RefreshToken}); err != nil {
					t.Fatal(err)
				}
			},
			want: account.ErrSignedOut, works: good,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t)
			h.Join(t, ada)
			here := h.Device(t, ada, good)
			h.Gate.Once(func() { test.first(t, h, here) })
			if _, err := h.Change(t, here, good, "by the change 82"); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if !h.Works(t, ada, test.works) || h.Works(t, ada, "by the change 82") {
				t.Error("the change was made all the same, or undid what came first")
			}
		})
	}
}

func TestAChangeOfPasswordKeepsTheCallerSignedIn(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	here, there := h.Device(t, ada, good), h.Device(t, ada, good)
	link := h.ResetLink(t, ada)
	if _, err := h.Change(t, here, good, "short"); !errors.Is(err, password.ErrWeak) {
		t.Errorf("a weak password: %v", err)
	}
	fresh, err := h.Change(t, here, good, "a fresh start 81")
	if err != nil {
		t.Fatal(err)
	}
	if !h.Alive(t, fresh) || h.Alive(t, here) || h.Alive(t, there) {
		t.Error("the new session is not the only one that lives")
	}
	if _, err := h.Sessions.Refresh(t.Context(), here.RefreshToken, "", roomtest.Origin()); !errors.Is(err, session.ErrReplaced) {
		t.Errorf("the session that asked: %v", err)
	}
	if _, err := h.Sessions.Refresh(t.Context(), there.RefreshToken, "", roomtest.Origin()); !errors.Is(err, session.ErrEnded) {
		t.Errorf("the other session: %v", err)
	}
	if usable, _, err := h.Resettable(t.Context(), link); err != nil || usable {
		t.Errorf("a reset link outlives a change of password: %v, %v", usable, err)
	}
	if m := h.Mails(t, ada, 2)[1]; !strings.Contains(m.Subject, "changed") {
		t.Errorf("the owner is told %q", m.Subject)
	}
}

func TestWrongCurrentPasswordsAreGuessesAndRightOnesAreNot(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	here := h.Device(t, ada, good)
	for range 12 {
		if _, err := h.Change(t, here, good, "short"); !errors.Is(err, password.ErrWeak) {
			t.Fatalf("the right password with a weak new one: %v", err)
		}
	}
	for range 10 {
		if _, err := h.Change(t, here, "a guess", "a fresh start 81"); !errors.Is(err, account.ErrWrongPassword) {
			t.Fatalf("a guess: %v", err)
		}
	}
	_, err := h.Change(t, here, good, "a fresh start 81")
	if fault.KindOf(err) != fault.Limited {
		t.Errorf("the eleventh try: %v", err)
	}
	if got := h.Reasons(t, audit.KindPasswordChanged); len(got) != 10 || got[0] != audit.ReasonWrongPassword {
		t.Errorf("the trail says %v", got)
	}
	// They are the session's: it locks nobody out but itself.
	other := h.Device(t, ada, good)
	if _, err := h.Change(t, other, good, "short"); !errors.Is(err, password.ErrWeak) {
		t.Errorf("another session after ten guesses of this one: %v", err)
	}
	h.Clock.Advance(15*time.Minute + time.Second)
	if !h.Works(t, ada, good) {
		t.Error("the window does not end")
	}
}

func TestWhoMayNotSignInMayNotReset(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	link := h.ResetLink(t, ada)
	if ok, err := h.Store.Direct().Users.SetStatus(t.Context(), u.ID, store.UserActive, store.UserDisabled, h.Clock.Now()); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := h.ResetPassword(t.Context(), link, "a fresh start 81", roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("a reset of a disabled account: %v", err)
	}
	if got := h.Reasons(t, audit.KindPasswordReset); !slices.Equal(got, []string{audit.ReasonNotActive}) {
		t.Errorf("the trail says %v", got)
	}
	for _, request := range []func(context.Context, string, audit.Origin) error{
		h.RequestReset,
		func(ctx context.Context, email string, o audit.Origin) error {
			return h.RequestVerification(ctx, email, "", o)
		},
	} {
		disabled := h.RowsWritten(t, func() error { return request(t.Context(), ada, roomtest.Origin()) })
		nobody := h.RowsWritten(t, func() error { return request(t.Context(), "nobody@people.example", roomtest.Origin()) })
		if disabled != nobody {
			t.Errorf("a request for a disabled account writes %d rows, one for nobody %d", disabled, nobody)
		}
	}
	if _, err := h.Profile(t.Context(), u.ID); !errors.Is(err, account.ErrSignedOut) {
		t.Errorf("the profile of a disabled account: %v", err)
	}
	if n := len(h.Box.List(ada)); n != 1 {
		t.Errorf("a disabled account got %d mails, want the one from before", n)
	}
}

func TestTheTrailKnowsWhyAResetWasRefused(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	consumed := h.ResetLink(t, ada)
	if err := h.ResetPassword(t.Context(), consumed, "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	expired := h.ResetLink(t, ada)
	refuse := func(token string) {
		t.Helper()
		if err := h.ResetPassword(t.Context(), token, "a fresh start 82", roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%v, want invalid_token", err)
		}
	}
	refuse(consumed)
	h.Clock.Advance(time.Hour)
	refuse(expired)
	refuse("spw_" + strings.TrimPrefix(expired, "spw_")[1:] + "A")
	got := h.Reasons(t, audit.KindPasswordReset)
	if len(got) < 2 || got[0] != audit.ReasonConsumed || got[1] != audit.ReasonExpired || len(got) == 3 && got[2] != audit.ReasonUnknown {
		t.Errorf("the trail says %v", got)
	}
}

func TestTroubleIsNeitherAYesNorANo(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	here := h.Device(t, ada, good)
	link := h.ResetLink(t, ada)
	verify, _ := secret.NewToken("spv_")
	if err := h.Shut(); err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"sign-up": func() error {
			_, err := h.SignUp(t.Context(), signup.SignUp{Email: "bob@people.example", Password: good})
			return err
		},
		"verification":      func() error { _, err := h.Verify(t, verify); return err },
		"look at a link":    func() error { _, _, err := h.Resettable(t.Context(), link); return err },
		"reset":             func() error { return h.ResetPassword(t.Context(), link, "a fresh start 81", roomtest.Origin()) },
		"request of a mail": func() error { return h.RequestReset(t.Context(), ada, roomtest.Origin()) },
		"change":            func() error { _, err := h.Change(t, here, good, "a fresh start 81"); return err },
		"profile":           func() error { _, err := h.Profile(t.Context(), here.User.ID); return err },
		"login":             func() error { _, err := h.SignIn(t, ada, good); return err },
	} {
		err := call()
		known := errors.Is(err, account.ErrInvalidToken) || errors.Is(err, account.ErrWrongPassword) || errors.Is(err, account.ErrSignedOut)
		if err == nil || known {
			t.Errorf("%s without a database: %v", name, err)
		}
	}
}
