package hook_test

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// way is a way to tokens: it begins with a user who has what it takes, and gives what
// is done at the end, which a refusal leaves to be done once more.
type way struct {
	reason string
	begin  func(t *testing.T, w world, u store.User) func() (session.Tokens, error)
}

// signedIn gives the tokens of a sign-in.
func signedIn(in login.SignedIn, err error) (session.Tokens, error) {
	if err == nil && in.Step != nil {
		err = errors.New("a second factor is asked for")
	}
	return in.Tokens, err
}

func (w world) first(t *testing.T, email string) session.Tokens {
	t.Helper()
	tokens, err := w.SignIn(t, email, roomtest.Good)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

func asker(u store.User, tokens session.Tokens) session.Asker {
	return session.Asker{UserID: u.ID, SessionID: tokens.SessionID, Origin: roomtest.Origin()}
}

func ways() map[string]way {
	return map[string]way{
		"password": {hook.ForSignIn, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			return func() (session.Tokens, error) { return w.SignIn(t, u.Email, roomtest.Good) }
		}},
		"mailed link": {hook.ForSignIn, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			token := w.MailedLink(t, link.Path(link.MagicLink), u.Email, "")
			return func() (session.Tokens, error) {
				return signedIn(w.Logins.WithMagicLink(t.Context(), login.MagicLink{Token: token, Origin: roomtest.Origin()}))
			}
		}},
		"second factor": {hook.ForSignIn, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			_, codes := w.Enrol(t, u)
			in, err := w.Logins.WithPassword(t.Context(), login.Password{Email: u.Email, Password: roomtest.Good, Origin: roomtest.Origin()})
			if err != nil || in.Step == nil {
				t.Fatalf("the password gave %+v (%v)", in, err)
			}
			return func() (session.Tokens, error) {
				return signedIn(w.Logins.WithSecondFactor(t.Context(), login.SecondFactor{
					Token: in.Step.Token, Method: mfa.MethodRecoveryCode, Code: codes[0], Origin: roomtest.Origin(),
				}))
			}
		}},
		"passkey": {hook.ForSignIn, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			key, _ := w.Register(t, u)
			return func() (session.Tokens, error) {
				begun, err := w.Passkeys.BeginAuthentication()
				if err != nil {
					t.Fatal(err)
				}
				return signedIn(w.Logins.WithPasskey(t.Context(), login.Passkey{
					Ceremony: begun.Token, Credential: key.Sign(t, begun.Options), Origin: roomtest.Origin(),
				}))
			}
		}},
		"refresh": {hook.ForRefresh, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			tokens := w.first(t, u.Email)
			return func() (session.Tokens, error) {
				return w.Sessions.Refresh(t.Context(), tokens.RefreshToken, "", roomtest.Origin())
			}
		}},
		"lost answer": {hook.ForResume, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			tokens := w.first(t, u.Email)
			return func() (session.Tokens, error) {
				return signedIn(w.Logins.Resume(t.Context(), tokens.SessionID, roomtest.Origin()))
			}
		}},
		"reauthentication": {hook.ForAgain, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			by := asker(u, w.first(t, u.Email))
			return func() (session.Tokens, error) {
				return w.Logins.Reauthenticate(t.Context(), login.Reauthentication{
					UserID: u.ID, SessionID: by.SessionID, Password: roomtest.Good, Origin: roomtest.Origin(),
				})
			}
		}},
		"new password": {hook.ForChange, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			by := asker(u, w.first(t, u.Email))
			return func() (session.Tokens, error) {
				return w.ChangePassword(t.Context(), recovery.ChangePassword{Asker: by, Current: roomtest.Good, New: "orange kettle 31"})
			}
		}},
		"app removed": {hook.ForChange, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			w.Enrol(t, u)
			by := w.Asker(t, u)
			return func() (session.Tokens, error) { return w.Factors.RemoveTOTP(t.Context(), by) }
		}},
		"passkey removed": {hook.ForChange, func(t *testing.T, w world, u store.User) func() (session.Tokens, error) {
			w.Register(t, u)
			by := w.Asker(t, u)
			keys, err := w.Passkeys.List(t.Context(), u.ID)
			if err != nil || len(keys) != 1 {
				t.Fatal(keys, err)
			}
			return func() (session.Tokens, error) { return w.Passkeys.Remove(t.Context(), by, keys[0].ID) }
		}},
	}
}

// TestEveryWayToTokensIsAskedAbout: once, after the proof. A refusal uses up nothing
// and opens nothing, so that the same proof goes on once the program says yes.
func TestEveryWayToTokensIsAskedAbout(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := world{House: roomtest.On(t, fleettest.Database(t, engine), roomtest.Hooked(local(t)))}
		p := startProgram(t)
		added := w.add(t, hook.Draft{URL: p.URL, Kinds: []string{hook.BeforeToken}})
		for name, way := range ways() {
			u := w.Join(t, name[:3]+"."+name[len(name)-3:]+"@people.example")
			end := way.begin(t, w, u)
			w.load(t)
			sessions := w.Count(t, audit.KindSessionOpened)
			p.says(`{"allow":false,"message":"Not today."}`)
			if _, err := end(); !errors.Is(err, hook.ErrTokenRefused) || told(err) != "Not today." {
				t.Errorf("%s: refused: %v, with %q", name, err, told(err))
			}
			if n := p.forget(); n != 1 {
				t.Errorf("%s: refused: asked %d times, want once", name, n)
			}
			if n := w.Count(t, audit.KindSessionOpened) - sessions; n != 0 {
				t.Errorf("%s: refused: %d sessions were opened", name, n)
			}
			p.says(`{"allow":true,"claims":{"plan":"gold"}}`)
			tokens, err := end()
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if c := claims(t, tokens); string(c["plan"]) != `"gold"` || !w.Alive(t, tokens) {
				t.Errorf("%s: the token says %s", name, c)
			}
			if asked := p.all(); len(asked) != 1 || asked[0].Data["reason"] != way.reason || asked[0].Data["user_id"] != u.ID {
				t.Errorf("%s: asked %v, want once for %s", name, asked, way.reason)
			}
			p.forget()
			w.off(t, added.ID)
		}
	})
}

// off has nobody asked while the next way begins.
func (w world) off(t *testing.T, hookID string) {
	t.Helper()
	if err := w.Hooks.Disable(t.Context(), hookID); err != nil {
		t.Fatal(err)
	}
	w.load(t)
	if err := w.Hooks.Enable(t.Context(), hookID); err != nil {
		t.Fatal(err)
	}
}

// TestAConfirmedAddressStaysConfirmed: the account is there whatever the program says,
// and signing in with the password asks again.
func TestAConfirmedAddressStaysConfirmed(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	w.ask(t, p.URL, hook.BeforeToken)
	verify := func(email string) (login.Verified, error) {
		w.SignsUp(t, email, roomtest.Good)
		return w.Logins.VerifyEmail(t.Context(), login.Verification{
			Verification: signup.Verification{Token: w.Link(t, email, 1), Password: roomtest.Good, Origin: roomtest.Origin()},
		})
	}
	p.says(`{"allow":false,"message":"Not today."}`)
	done, err := verify(roomtest.Ada)
	if err != nil || done.SignedIn != nil || done.User.EmailVerifiedAt.IsZero() {
		t.Errorf("refused: %+v (%v)", done, err)
	}
	if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); told(err) != "Not today." {
		t.Errorf("with the password: %v", err)
	}
	p.says(`{"allow":true,"claims":{"plan":"gold"}}`)
	p.forget()
	done, err = verify("bea@people.example")
	if err != nil || done.SignedIn == nil {
		t.Fatalf("allowed: %+v (%v)", done, err)
	}
	if c := claims(t, done.SignedIn.Tokens); string(c["plan"]) != `"gold"` {
		t.Errorf("the token says %s", c)
	}
	if asked := p.all(); len(asked) != 1 || asked[0].Data["user_id"] != done.User.ID {
		t.Errorf("asked %v", asked)
	}
}

// TestWhatChangesWhileTheProgramThinks: what was proved is checked once more after the
// answer, so nobody gets tokens for a password that is no longer theirs, or of a
// session that has ended.
func TestWhatChangesWhileTheProgramThinks(t *testing.T) {
	t.Parallel()
	reset := func(t *testing.T, w world, u store.User) func() {
		token := w.ResetLink(t, u.Email)
		return func() {
			if err := w.ResetPassword(t.Context(), token, "orange kettle 31", roomtest.Origin()); err != nil {
				t.Error(err)
			}
		}
	}
	logout := func(t *testing.T, w world, u store.User) func() {
		var mine []string
		return func() {
			var err error
			if mine, err = w.Store.Direct().Sessions.Others(t.Context(), u.ID, "", 0, w.Clock.Now(), 9); err != nil || len(mine) != 1 {
				t.Error(mine, err)
				return
			}
			if err := w.Sessions.End(t.Context(), session.Asker{UserID: u.ID, SessionID: mine[0]}, mine[0]); err != nil {
				t.Error(err)
			}
		}
	}
	cases := map[string]struct {
		way    string
		happen func(t *testing.T, w world, u store.User) func()
		want   error
	}{
		"a new password during a sign-in":            {"password", reset, account.ErrWrongPassword},
		"a new password during a second factor":      {"second factor", reset, login.ErrStepEnded},
		"a new password during a sign-in by mail":    {"mailed link", reset, account.ErrInvalidToken},
		"a new password during a refresh":            {"refresh", reset, session.ErrEnded},
		"a new password during a reauthentication":   {"reauthentication", reset, account.ErrWrongPassword},
		"a logout during a refresh":                  {"refresh", logout, session.ErrEnded},
		"a logout during a reauthentication":         {"reauthentication", logout, account.ErrSignedOut},
		"a logout while a lost answer is asked for":  {"lost answer", logout, session.ErrEnded},
		"a logout during a change of password":       {"new password", logout, account.ErrSignedOut},
		"a new password during a change of password": {"new password", reset, account.ErrSignedOut},
	}
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := world{House: roomtest.On(t, fleettest.Database(t, engine), roomtest.Hooked(local(t)))}
		p := startProgram(t)
		added := w.add(t, hook.Draft{URL: p.URL, Kinds: []string{hook.BeforeToken}})
		n := 0
		for name, c := range cases {
			n++
			u := w.Join(t, string(rune('a'+n))+"@people.example")
			end, happen := ways()[c.way].begin(t, w, u), c.happen(t, w, u)
			w.load(t)
			once := false
			p.does(func(rw http.ResponseWriter, _ *http.Request, _ question) {
				if !once {
					once = true
					happen()
				}
				_, _ = io.WriteString(rw, `{"allow":true}`)
			})
			w.Clock.Advance(time.Millisecond)
			if tokens, err := end(); !errors.Is(err, c.want) || tokens.AccessToken != "" {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
			if !once {
				t.Errorf("%s: nobody was asked", name)
			}
			w.off(t, added.ID)
		}
	})
}
