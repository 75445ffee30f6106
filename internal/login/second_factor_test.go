package login_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const bob = "bob@people.example"

// owner is somebody with a code generator and recovery codes.
type owner struct {
	store.User
	h        *house
	first    login.SignedIn // the session that enrolled
	key      string
	recovery []string
}

// tb is what both testing.TB and *rapid.T are.
type tb interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Context() context.Context
}

// enrol makes a user who has a second factor.
func (h *house) enrol(t *testing.T, email string) *owner {
	t.Helper()
	o := &owner{User: h.join(t, email), h: h}
	o.first = must(h.try(t, email, good))
	o.key, _, _ = must3(t)(h.factors.EnrolTOTP(t.Context(), o.asker()))
	o.recovery = must(h.factors.ConfirmTOTP(t.Context(), o.asker(), o.code(t)))
	return o
}

func must3(t *testing.T) func(a, b, c string, err error) (string, string, string) {
	t.Helper()
	return func(a, b, c string, err error) (string, string, string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a, b, c
	}
}

func (o *owner) asker() session.Asker {
	return session.Asker{UserID: o.ID, SessionID: o.first.SessionID, Origin: audit.Origin{Address: "192.0.2.1"}}
}

// code is what the generator shows now.
func (o *owner) code(t tb) string {
	t.Helper()
	code, err := totp.GenerateCode(o.key, o.h.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// next waits until the generator shows a code that was not used.
func (o *owner) next(t tb) string {
	t.Helper()
	o.h.clock.Advance(time.Minute)
	return o.code(t)
}

// begin is the first step.
func (o *owner) begin(t tb) string {
	t.Helper()
	in, err := o.h.WithPassword(t.Context(), login.Password{Email: o.Email, Password: good, DeviceName: "phone"})
	if err != nil || in.Step == nil {
		t.Fatalf("the password gave %+v, %v", in, err)
	}
	return in.Step.Token
}

// finish is the second step.
func (h *house) finish(t tb, token, method, code string) (login.SignedIn, error) {
	t.Helper()
	return h.WithSecondFactor(t.Context(), login.SecondFactor{Token: token, Method: method, Code: code, Origin: audit.Origin{Address: "192.0.2.2"}})
}

// opened counts the sessions that were ever opened.
func (h *house) opened(t *testing.T) int {
	t.Helper()
	return len(h.events(t, audit.KindSessionOpened))
}

// wrong is a code that the generator does not show near now.
func (o *owner) wrong(t tb) string {
	t.Helper()
	var near []string
	for step := -2; step <= 2; step++ {
		near = append(near, must(totp.GenerateCode(o.key, o.h.clock.Now().Add(time.Duration(step)*30*time.Second))))
	}
	for _, code := range []string{"000000", "111111", "222222", "333333", "444444", "555555"} {
		if !slices.Contains(near, code) {
			return code
		}
	}
	t.Fatal("no code is wrong")
	return ""
}

func TestAPasswordAloneOpensNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	before := must(h.store.Direct().Users.ByID(t.Context(), o.ID))
	sessions := h.opened(t)
	in := must(h.try(t, ada, good))
	if in.AccessToken != "" || in.RefreshToken != "" || in.KnownDevice != "" || in.SessionID != "" {
		t.Errorf("the password gave %+v", in)
	}
	if got := in.Step; !slices.Equal(got.Methods, []string{"totp", "recovery_code"}) || got.ExpiresIn != 5*time.Minute {
		t.Errorf("the step is %+v", got)
	}
	if after := must(h.store.Direct().Users.ByID(t.Context(), o.ID)); !after.LastLoginAt.Equal(before.LastLoginAt) || h.opened(t) != sessions {
		t.Error("the password signed in")
	}
	if _, err := h.finish(t, in.Step.Token, mfa.MethodTOTP, o.code(t)); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("the code that confirmed the generator, once more: %v", err)
	}
	code, proved := o.next(t), h.clock.Now()
	done := must(h.finish(t, in.Step.Token, mfa.MethodTOTP, code))
	view := must(h.store.Direct().Sessions.View(t.Context(), done.SessionID))
	if got := view.Session; !slices.Equal(got.AMR, []string{"pwd", "otp", "mfa"}) || got.ACR != "aal2" || got.AuthTime.Before(proved.Truncate(time.Microsecond)) {
		t.Errorf("the session says %v %q %v", got.AMR, got.ACR, got.AuthTime)
	}
	if done.KnownDevice == "" || !done.User.TOTP || done.User.RecoveryCodes != 10 {
		t.Errorf("the sign-in gave %+v", done)
	}
	if _, err := h.finish(t, in.Step.Token, mfa.MethodTOTP, o.next(t)); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("the mfa_token, once more: %v", err)
	}
	if _, err := h.finish(t, o.begin(t), mfa.MethodTOTP, code); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("the code, once more: %v", err)
	}
}

// A recovery code has no next one to wait for: whoever mistyped theirs is told so,
// by the code that programs know.
func TestAWrongRecoveryCodeIsToldFromACodeOfTheApp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	says := map[string]string{mfa.MethodTOTP: "invalid_code.totp", mfa.MethodRecoveryCode: "invalid_code.recovery"}
	for _, left := range []string{"all", "no"} {
		for method, says := range says {
			_, err := h.finish(t, o.begin(t), method, o.wrong(t))
			refused, ok := errors.AsType[*fault.Error](err)
			if !ok || !errors.Is(err, mfa.ErrWrongCode) || refused.Code != "invalid_code" || refused.Words != says {
				t.Errorf("%s with %s codes left: %v, want invalid_code that says %s", method, left, err, says)
			}
		}
		must(h.store.Direct().Recovery.Drop(t.Context(), o.ID))
	}
}

// TestAStepStandsForOneSignInAlone tries what is not the way.
func TestAStepStandsForOneSignInAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		do   func(t *testing.T, h *house, a, b *owner) (token, method, code string)
		want error
	}{
		"another's code": {func(t *testing.T, _ *house, a, b *owner) (string, string, string) {
			t.Helper()
			return a.begin(t), mfa.MethodTOTP, b.next(t)
		}, mfa.ErrWrongCode},
		"another's recovery code": {func(t *testing.T, _ *house, a, b *owner) (string, string, string) {
			t.Helper()
			return a.begin(t), mfa.MethodRecoveryCode, b.recovery[0]
		}, mfa.ErrWrongCode},
		"a recovery code as a code": {func(t *testing.T, _ *house, a, _ *owner) (string, string, string) {
			t.Helper()
			return a.begin(t), mfa.MethodTOTP, a.recovery[0]
		}, mfa.ErrWrongCode},
		"a method that there is not": {func(t *testing.T, _ *house, a, _ *owner) (string, string, string) {
			t.Helper()
			return a.begin(t), "pwd", good
		}, mfa.ErrWrongCode},
		"no step": {func(t *testing.T, _ *house, a, _ *owner) (string, string, string) {
			t.Helper()
			return "", mfa.MethodTOTP, a.next(t)
		}, login.ErrStepEnded},
		"a refresh token": {func(t *testing.T, _ *house, a, _ *owner) (string, string, string) {
			t.Helper()
			return a.first.RefreshToken, mfa.MethodTOTP, a.next(t)
		}, login.ErrStepEnded},
		"a step that was made up": {func(t *testing.T, _ *house, a, _ *owner) (string, string, string) {
			t.Helper()
			token := a.begin(t)
			return token[:len(token)-6] + strings.ToUpper(token[len(token)-6:len(token)-3]) + "AAA", mfa.MethodTOTP, a.next(t)
		}, login.ErrStepEnded},
		"one that has expired": {func(t *testing.T, h *house, a, _ *owner) (string, string, string) {
			t.Helper()
			token := a.begin(t)
			h.clock.Advance(5 * time.Minute)
			return token, mfa.MethodTOTP, a.code(t)
		}, login.ErrStepEnded},
		"one from before a new password": {func(t *testing.T, h *house, a, _ *owner) (string, string, string) {
			t.Helper()
			token := a.begin(t)
			h.newPassword(t, must(h.store.Direct().Users.ByID(t.Context(), a.ID)), "a fresh start 81")
			return token, mfa.MethodTOTP, a.next(t)
		}, login.ErrStepEnded},
		"one of a user who was disabled": {func(t *testing.T, h *house, a, _ *owner) (string, string, string) {
			t.Helper()
			token := a.begin(t)
			h.tx(t, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Users.SetStatus(ctx, a.ID, store.UserActive, store.UserDisabled, h.clock.Now())
				return err
			})
			return token, mfa.MethodTOTP, a.next(t)
		}, login.ErrStepEnded},
		"one from before the factor was removed": {func(t *testing.T, h *house, a, _ *owner) (string, string, string) {
			t.Helper()
			token := a.begin(t)
			must(h.factors.RemoveTOTP(t.Context(), a.asker()))
			return token, mfa.MethodTOTP, a.next(t)
		}, login.ErrStepEnded},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			a, b := h.enrol(t, ada), h.enrol(t, bob)
			token, method, code := test.do(t, h, a, b)
			before := h.opened(t)
			in, err := h.finish(t, token, method, code)
			if !errors.Is(err, test.want) || in.AccessToken != "" || h.opened(t) != before {
				t.Errorf("%+v, %v; want %v and nothing opened", in, err, test.want)
			}
		})
	}
}

// TestWhatHappensBetweenTheAnswerAndTheSession puts a change between the look at
// the mfa_token and the transaction that signs in.
func TestWhatHappensBetweenTheAnswerAndTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	token, code := o.begin(t), o.next(t)
	u := must(h.store.Direct().Users.ByID(t.Context(), o.ID))
	before := h.opened(t)
	h.gate.once(func() { h.newPassword(t, u, "a fresh start 81") })
	if _, err := h.finish(t, token, mfa.MethodTOTP, code); !errors.Is(err, login.ErrStepEnded) || h.opened(t) != before {
		t.Errorf("a sign-in outlived a reset: %v", err)
	}
	in := must(h.try(t, ada, "a fresh start 81"))
	if in.Step == nil {
		t.Fatal("a new password skipped the factor")
	}
	if _, err := h.finish(t, in.Step.Token, mfa.MethodTOTP, code); err != nil {
		t.Errorf("the code that was not spent: %v", err)
	}
}

// TestOfManyRacersOneSignsIn has 32 callers with the same proof.
func TestOfManyRacersOneSignsIn(t *testing.T) {
	t.Parallel()
	const racers = 32
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		for name, proofs := range map[string]func(t *testing.T, o *owner) (token func() string, method string, code func(n int) string){
			"with one code": func(t *testing.T, o *owner) (func() string, string, func(int) string) {
				t.Helper()
				code := o.next(t)
				return func() string { return o.begin(t) }, mfa.MethodTOTP, func(int) string { return code }
			},
			"with one recovery code": func(t *testing.T, o *owner) (func() string, string, func(int) string) {
				t.Helper()
				return func() string { return o.begin(t) }, mfa.MethodRecoveryCode, func(int) string { return o.recovery[3] }
			},
			"with one mfa_token": func(t *testing.T, o *owner) (func() string, string, func(int) string) {
				t.Helper()
				token := o.begin(t)
				return func() string { return token }, mfa.MethodRecoveryCode, func(n int) string { return o.recovery[n%10] }
			},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				h := newHouseOn(t, fleettest.Database(t, engine))
				o := h.enrol(t, ada)
				token, method, code := proofs(t, o)
				tokens := make([]string, racers)
				for n := range tokens {
					tokens[n] = token()
				}
				before := h.opened(t)
				errs := make([]error, racers)
				var wg sync.WaitGroup
				for n := range racers {
					wg.Go(func() { _, errs[n] = h.finish(t, tokens[n], method, code(n)) })
				}
				wg.Wait()
				won := 0
				for n, err := range errs {
					switch {
					case err == nil:
						won++
					case errors.Is(err, mfa.ErrWrongCode), errors.Is(err, login.ErrStepEnded), errors.Is(err, ratelimit.ErrTooManyCodes):
					default:
						t.Errorf("racer %d: %v", n, err)
					}
				}
				if opened := h.opened(t) - before; won != 1 || opened != 1 {
					t.Errorf("%d racers signed in, %d sessions were opened", won, opened)
				}
				// No racer guessed: the account has all its tries.
				for range 19 {
					if _, err := h.finish(t, o.begin(t), mfa.MethodTOTP, o.wrong(t)); !errors.Is(err, mfa.ErrWrongCode) {
						t.Fatalf("a wrong code after the race: %v", err)
					}
				}
				if method == mfa.MethodRecoveryCode {
					_, err := h.finish(t, o.begin(t), mfa.MethodTOTP, o.next(t))
					if err != nil {
						t.Errorf("a right code after 19 wrong ones: %v", err)
					}
				}
			})
		}
	})
}

// guesses are the flows in which a code can be guessed: two of a sign-in, then
// two of somebody who is signed in.
func (o *owner) guesses() []func(t tb) error {
	ctx := func(t tb) context.Context { return t.Context() }
	return []func(t tb) error{
		func(t tb) error {
			_, err := o.h.finish(t, o.begin(t), mfa.MethodTOTP, o.wrong(t))
			return err
		},
		func(t tb) error {
			_, err := o.h.finish(t, o.begin(t), mfa.MethodRecoveryCode, "aaaa-bbbb-cccc-dddd-eeee-ffff")
			return err
		},
		func(t tb) error {
			_, err := o.h.Reauthenticate(ctx(t), login.Reauthentication{
				UserID: o.ID, SessionID: o.first.SessionID, Method: mfa.MethodTOTP, Code: o.wrong(t),
			})
			return err
		},
		func(t tb) error {
			_, err := o.h.Reauthenticate(ctx(t), login.Reauthentication{
				UserID: o.ID, SessionID: o.first.SessionID, Method: mfa.MethodRecoveryCode, Code: "aaaa",
			})
			return err
		},
	}
}

// TestTwentyWrongCodesStopCodesAndNotPasswords spends the tries over the flows of
// a sign-in, so slowly that the window is nearly over.
func TestTwentyWrongCodesStopCodesAndNotPasswords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o, other := h.enrol(t, ada), h.enrol(t, bob)
	guess := o.guesses()[:2]
	for n := range 20 {
		if err := guess[n%len(guess)](t); !errors.Is(err, mfa.ErrWrongCode) {
			t.Fatalf("guess %d: %v", n, err)
		}
		h.clock.Advance(40 * time.Second)
	}
	token := o.begin(t) // passwords go on
	for n, g := range append(guess, func(t tb) error {
		_, err := h.finish(t, token, mfa.MethodTOTP, o.code(t))
		return err
	}) {
		err := g(t)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || !errors.Is(err, ratelimit.ErrTooManyCodes) || f.RetryAfter < 13*time.Minute || f.RetryAfter > 15*time.Minute {
			t.Errorf("flow %d: %v after 20 wrong codes", n, err)
		}
	}
	if _, err := h.finish(t, "spm_garbage", mfa.MethodTOTP, o.code(t)); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("a step that is none is not looked at first: %v", err)
	}
	if _, err := h.finish(t, other.begin(t), mfa.MethodTOTP, other.next(t)); err != nil {
		t.Errorf("another account: %v", err)
	}
	h.clock.Advance(15 * time.Minute)
	if _, err := h.finish(t, o.begin(t), mfa.MethodTOTP, o.code(t)); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

// Whoever knows the password guesses at sign-in. That does not keep the owner, who
// is signed in, from proving themselves once more; what was guessed in a session
// counts against the sessions of the account.
func TestStrangersCodesDoNotStopASession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	in := must(h.finish(t, o.begin(t), mfa.MethodTOTP, o.next(t)))
	again := func(session, code string) error {
		_, err := h.Reauthenticate(t.Context(), login.Reauthentication{UserID: o.ID, SessionID: session, Method: mfa.MethodTOTP, Code: code})
		return err
	}
	for range 20 {
		if err := o.guesses()[0](t); !errors.Is(err, mfa.ErrWrongCode) {
			t.Fatal(err)
		}
	}
	if err := again(o.first.SessionID, o.next(t)); err != nil {
		t.Fatalf("the owner, who is signed in: %v", err)
	}
	if err := o.guesses()[0](t); !errors.Is(err, ratelimit.ErrTooManyCodes) {
		t.Errorf("the owner's code in a session gave strangers more tries: %v", err)
	}
	for n := range 40 {
		want := mfa.ErrWrongCode
		if n >= 20 {
			want = ratelimit.ErrTooManyCodes
		}
		if err := o.guesses()[2+n%2](t); !errors.Is(err, want) {
			t.Fatalf("guess %d in a session: %v", n+1, err)
		}
	}
	for _, session := range []string{o.first.SessionID, in.SessionID} {
		if err := again(session, o.next(t)); !errors.Is(err, ratelimit.ErrTooManyCodes) {
			t.Errorf("a session after 20 wrong codes in one of them: %v", err)
		}
	}
}

func TestARightCodeSetsTheCounterToZero(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	for range 2 {
		for range 19 {
			if err := o.guesses()[0](t); !errors.Is(err, mfa.ErrWrongCode) {
				t.Fatal(err)
			}
		}
		if _, err := h.finish(t, o.begin(t), mfa.MethodTOTP, o.next(t)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOnlyTheWayThroughBothStepsSignsIn compares any order of steps by two users
// with what a model allows.
func TestOnlyTheWayThroughBothStepsSignsIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	people := []*owner{h.enrol(t, ada), h.enrol(t, bob)}
	type step struct {
		owner int
		token string
		until time.Time
		spent bool
	}
	used := []map[string]bool{{}, {}}
	var steps []*step
	rapid.Check(t, func(rt *rapid.T) {
		h.clock.Advance(16 * time.Minute) // forgets guesses, so that none is limited
		for range rapid.IntRange(1, 12).Draw(rt, "calls") {
			who := rapid.IntRange(0, 1).Draw(rt, "who")
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				steps = append(steps, &step{owner: who, token: people[who].begin(rt), until: h.clock.Now().Add(5 * time.Minute)})
			case 1:
				h.clock.Advance(time.Duration(rapid.IntRange(1, 400).Draw(rt, "seconds")) * time.Second)
			default:
				if len(steps) == 0 {
					continue
				}
				s := steps[len(steps)-1-rapid.IntRange(0, min(3, len(steps)-1)).Draw(rt, "step")]
				code := people[who].code(rt)
				in, err := h.finish(rt, s.token, mfa.MethodTOTP, code)
				ended := s.spent || !s.until.After(h.clock.Now())
				allowed := !ended && s.owner == who && !used[who][code]
				switch {
				case (err == nil) != allowed:
					rt.Fatalf("signed in: %v (%v), want %v", err == nil, err, allowed)
				case ended && !errors.Is(err, login.ErrStepEnded), !ended && !allowed && !errors.Is(err, mfa.ErrWrongCode):
					rt.Fatalf("refused with %v", err)
				case err == nil:
					if in.User.ID != people[who].ID {
						rt.Fatalf("signed in as somebody else")
					}
					s.spent, used[who][code] = true, true
				}
			}
		}
	})
}

func TestReauthentication(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, bob)
	in := must(h.try(t, bob, good))
	again := func(r login.Reauthentication) (session.Tokens, error) {
		r.UserID, r.SessionID = u.ID, in.SessionID
		return h.Reauthenticate(t.Context(), r)
	}
	h.clock.Advance(time.Hour)
	if _, err := again(login.Reauthentication{Password: "not the password"}); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("a wrong password: %v", err)
	}
	if _, err := again(login.Reauthentication{Method: mfa.MethodTOTP, Code: "123456"}); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("a code of a factor that there is not: %v", err)
	}
	now := h.clock.Now()
	tokens := must(again(login.Reauthentication{Password: good}))
	view := must(h.store.Direct().Sessions.View(t.Context(), in.SessionID))
	if tokens.SessionID != in.SessionID || tokens.RefreshToken != in.RefreshToken || tokens.Generation != in.Generation {
		t.Error("the session or its refresh token is another one")
	}
	if view.Session.AuthTime.Before(now.Truncate(time.Microsecond)) || !slices.Equal(view.Session.AMR, []string{"pwd"}) || view.Session.ACR != "aal1" {
		t.Errorf("the session says %v %v %q", view.Session.AuthTime, view.Session.AMR, view.Session.ACR)
	}
	if h.opened(t) != 1 {
		t.Error("a second session was opened")
	}
	next, err := h.sessions.Refresh(t.Context(), tokens.RefreshToken, "", audit.Origin{})
	if err != nil || next.Generation != in.Generation+1 {
		t.Errorf("the refresh afterwards: %+v, %v", next, err)
	}
	h.clock.Advance(time.Hour)
	must(again(login.Reauthentication{Password: good}))
	if _, err := h.sessions.Refresh(t.Context(), next.RefreshToken, "", audit.Origin{}); err != nil {
		t.Errorf("whoever goes on with the token that they had: %v", err)
	}
	h.newPassword(t, u, "a fresh start 81")
	if _, err := again(login.Reauthentication{Password: "a fresh start 81"}); !errors.Is(err, account.ErrSignedOut) {
		t.Errorf("a session that has ended: %v", err)
	}
}

func TestReauthenticationNeedsTheFactorThatThereIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	again := func(r login.Reauthentication) (session.Tokens, error) {
		r.UserID, r.SessionID = o.ID, o.first.SessionID
		return h.Reauthenticate(t.Context(), r)
	}
	if _, err := again(login.Reauthentication{Password: good}); !errors.Is(err, login.ErrSecondFactor) {
		t.Errorf("a password alone: %v", err)
	}
	code := o.next(t)
	tokens := must(again(login.Reauthentication{Method: mfa.MethodTOTP, Code: code}))
	view := must(h.store.Direct().Sessions.View(t.Context(), tokens.SessionID))
	if !slices.Equal(view.Session.AMR, []string{"pwd", "otp", "mfa"}) || view.Session.ACR != "aal2" {
		t.Errorf("the session says %v %q", view.Session.AMR, view.Session.ACR)
	}
	if _, err := again(login.Reauthentication{Method: mfa.MethodTOTP, Code: code}); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("the code, once more: %v", err)
	}
	used := must(again(login.Reauthentication{Method: mfa.MethodRecoveryCode, Code: strings.ToUpper(strings.ReplaceAll(o.recovery[0], "-", " "))}))
	if used.User.RecoveryCodes != 9 {
		t.Errorf("%d recovery codes are left", used.User.RecoveryCodes)
	}
	if _, err := again(login.Reauthentication{Method: mfa.MethodRecoveryCode, Code: o.recovery[0]}); !errors.Is(err, mfa.ErrWrongCode) {
		t.Errorf("the recovery code, once more: %v", err)
	}
}

// TestASessionThatEndsMeanwhileAddsNothing ends the session that asks between the
// look at the account and the transaction that adds what signs in.
func TestASessionThatEndsMeanwhileAddsNothing(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(t *testing.T, h *house, a session.Asker) error{
		"a code generator that is begun": func(t *testing.T, h *house, a session.Asker) error {
			t.Helper()
			_, _, _, err := h.factors.EnrolTOTP(t.Context(), a)
			return err
		},
		"new recovery codes": func(t *testing.T, h *house, a session.Asker) error {
			t.Helper()
			_, err := h.factors.NewRecoveryCodes(t.Context(), a)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			o := h.enrol(t, ada)
			if strings.Contains(name, "begun") {
				in := must(h.factors.RemoveTOTP(t.Context(), o.asker()))
				o.first.Tokens = in
			}
			u := must(h.store.Direct().Users.ByID(t.Context(), o.ID))
			h.gate.once(func() {
				h.tx(t, func(ctx context.Context, tx *store.Tx) error {
					return h.sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, audit.Origin{})
				})
			})
			if err := ask(t, h, o.asker()); !errors.Is(err, session.ErrInvalidToken) {
				t.Errorf("the session that has ended is answered %v", err)
			}
		})
	}
}
