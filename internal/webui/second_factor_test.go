package webui

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	adasCode    = "271828"
	adasKey     = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	adasGrouped = "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"
	adasSpare   = "k7wq-9m2d-0xhv-t4rn-8c1e-5b2z"
)

func (p *people) WithSecondFactor(_ context.Context, in login.SecondFactor) (done login.SignedIn, err error) {
	return done, p.do(func() error {
		switch {
		case p.step == "" || in.Token != p.step:
			return login.ErrStepEnded
		case in.Method == "passkey":
			if err := p.keys.answer(in.Ceremony, in.Credential); err != nil {
				return err
			}
		case in.Method == "totp" && in.Code != p.code, in.Method == "recovery_code" && in.Code != adasSpare, in.Method == "":
			return login.ErrWrongCode
		}
		p.step, p.open[in.CookieHash] = "", "s-"+in.CookieHash
		done.KnownDevice, done.RefreshToken, done.AccessToken = "a-known-device", "spr_must-not-leave", "ey.must-not.leave"
		return nil
	})
}

func (p *people) Reauthenticate(_ context.Context, in login.Reauthentication) (t session.Tokens, err error) {
	return t, p.do(func() error {
		switch {
		case p.code != "" && in.Password != "":
			return login.ErrSecondFactor
		case in.Method == "passkey":
			if err := p.keys.answer(in.Ceremony, in.Credential); err != nil {
				return err
			}
		case p.code == "" && p.user.Passkeys == 0 && in.Password != p.password:
			return account.ErrWrongPassword
		case p.code != "" && in.Code != p.code:
			return login.ErrWrongCode
		}
		p.stale = false
		for hash, id := range p.open {
			if id == in.SessionID {
				delete(p.open, hash)
				p.open[in.CookieHash] = id
			}
		}
		return nil
	})
}

func (p *people) RecentVisit(session.Visit) error {
	return p.do(func() error {
		if p.stale {
			return session.ErrNotRecent
		}
		return nil
	})
}

func (*people) Methods(u store.User) []string {
	switch {
	case u.TOTP:
		return []string{"totp", "recovery_code"}
	case u.Passkeys > 0:
		return []string{"passkey", "recovery_code"}
	}
	return nil
}

func (p *people) EnrolTOTP(context.Context, session.Asker) (key, uri, svg string, err error) {
	return adasKey, "otpauth://totp/x", `<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1"/></svg>`, p.do(func() error { return nil })
}

func (p *people) ConfirmTOTP(_ context.Context, _ session.Asker, code string) ([]string, error) {
	return []string{adasSpare}, p.do(func() error {
		if code != adasCode {
			return login.ErrWrongCode
		}
		p.code, p.user.TOTP, p.user.RecoveryCodes = code, true, 10
		return nil
	})
}

func (p *people) RemoveTOTP(_ context.Context, a session.Asker) (t session.Tokens, err error) {
	return t, p.do(func() error {
		p.code, p.user.TOTP, p.user.RecoveryCodes = "", false, 0
		p.open = map[string]string{a.CookieHash: "s-new"}
		return nil
	})
}

func (p *people) NewRecoveryCodes(context.Context, session.Asker) ([]string, error) {
	return []string{adasSpare}, p.do(func() error { return nil })
}

// enrolled is a site whose account has a code generator.
func enrolled(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.stay()
	s.accounts.code, s.accounts.password, s.accounts.open = adasCode, adasOwn, map[string]string{}
	s.accounts.user = store.User{ID: "u-1", Email: ada, TOTP: true, RecoveryCodes: 10}
	return s
}

func answer(method, code string) url.Values { return url.Values{"method": {method}, "code": {code}} }

func TestAPasswordAloneOpensNothingWhereThereIsASecondFactor(t *testing.T) {
	t.Parallel()
	s := enrolled(t)
	s.get(t, secondPath).leads(t, signInPath)
	s.post(t, secondPath, answer("totp", adasCode)).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "took too long")

	p := s.post(t, signInPath, credentials(ada, adasOwn, "return_to", passwordPath)).leads(t, secondPath)
	if p.cookieSet("sallyport_session") != nil || p.cookieSet("sallyport_device") != nil || s.accounts.sessions() != 0 {
		t.Fatal("the password alone signs in")
	}
	s.get(t, accountPath).leads(t, signInPath+"?return_to=%2Faccount")
	s.get(t, secondPath).want(t, http.StatusOK, `autocomplete="one-time-code"`)
	s.get(t, secondPath+"?method=recovery_code").want(t, http.StatusOK, "Recovery code")
	if p := s.get(t, secondPath+"?method=carrier_pigeon").want(t, http.StatusOK, "authenticator app"); strings.Contains(p.text, `value="carrier_pigeon"`) ||
		strings.Contains(p.text, `href="/sign-in/second-factor?method=carrier`) {
		t.Error("a way that no form can take is offered")
	}
	s.post(t, secondPath, answer("totp", "")).want(t, http.StatusUnprocessableEntity, "Enter the code")
	wrong := s.post(t, secondPath, answer("totp", "314159")).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	if strings.Contains(wrong.text, "314159") || strings.Contains(wrong.text, "spm_") {
		t.Error("the page holds the code, or the token of the sign-in")
	}
	p = s.post(t, secondPath, answer("totp", adasCode)).leads(t, passwordPath)
	c := p.cookieSet("sallyport_session")
	if c == nil || !c.HttpOnly || p.cookieSet("sallyport_device") == nil {
		t.Fatal("the second factor does not sign in")
	}
	if gone := p.cookieSet("sallyport_step"); gone == nil || gone.MaxAge >= 0 {
		t.Error("what the browser kept of the sign-in stays")
	}
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	// Once.
	s.post(t, secondPath, answer("totp", adasCode)).leads(t, signInPath)
}

func TestASignInThatWasFinishedOrMadeUpLeadsBackToItsStart(t *testing.T) {
	t.Parallel()
	s := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	kept := func(token, back string) string {
		raw, err := json.Marshal(step{Token: token, Methods: []string{"totp"}, ReturnTo: back})
		if err != nil {
			t.Fatal(err)
		}
		return "sallyport_step=" + secret.Encode(raw)
	}
	for name, cookie := range map[string]string{"another token": kept("spm_made-up", ""), "garbage": "sallyport_step=%%%", "nothing in it": "sallyport_step=e30"} {
		if p := newBrowser(t, s).post(t, secondPath, answer("totp", adasCode), "Cookie", cookie).leads(t, signInPath); p.cookieSet("sallyport_session") != nil {
			t.Errorf("%s signs in", name)
		}
	}
	p := newBrowser(t, s).post(t, secondPath, answer("totp", adasCode), "Cookie", kept("spm_made-up", passwordPath))
	p.leads(t, signInPath+"?return_to=%2Faccount%2Fpassword")
	// Where it leads is read anew, whatever the browser kept.
	p = newBrowser(t, s).post(t, secondPath, answer("totp", adasCode), "Cookie", kept(s.accounts.step, "//evil.example/"))
	p.leads(t, accountPath)
}

func TestTooManyWrongCodesSayWhenToTryAgain(t *testing.T) {
	t.Parallel()
	s := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	s.accounts.fail(ratelimit.ErrTooManyCodes.WithRetryAfter(15 * 60e9))
	p := s.post(t, secondPath, answer("totp", adasCode)).want(t, http.StatusTooManyRequests, "15 minutes")
	if p.Header.Get("Retry-After") != "900" {
		t.Errorf("Retry-After is %q", p.Header.Get("Retry-After"))
	}
	s.accounts.fail(nil)
	s.post(t, secondPath, answer("recovery_code", adasSpare)).leads(t, accountPath)
}

// Answers to the second factor, and ceremonies for one, cost the server work
// that strangers can ask for: they count like other one-time tokens.
func TestTriesOfASecondFactorCountAgainstTheAddress(t *testing.T) {
	t.Parallel()
	s := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	s.limits.seen = nil
	s.get(t, secondPath).want(t, http.StatusOK, "one-time-code") // looks nothing up
	if len(s.limits.seen) > 0 {
		t.Errorf("looking counts: %v", s.limits.seen)
	}
	s.post(t, secondPath, answer("totp", "314159")).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	if got := s.limits.seen; len(got) != 1 || !strings.HasPrefix(got[0], string(ratelimit.OneTime)+" ") {
		t.Errorf("counted %v", got)
	}
	s.limits.left = 0
	p := s.post(t, secondPath, answer("totp", adasCode)).want(t, http.StatusTooManyRequests, `name="method" value="totp"`)
	if p.Header.Get("Retry-After") != "2" || s.accounts.sessions() != 0 {
		t.Errorf("%v, %d sessions", p.Header, s.accounts.sessions())
	}
	s.limits.left = 1
	s.post(t, secondPath, answer("totp", adasCode)).leads(t, accountPath)
}

const (
	confirmPath = "/account/confirm"
	factorsPath = "/account/second-factor"
)

func TestWhatChangesHowOneSignsInAsksWhoItIsOnceMore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	old := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	s.accounts.stale = true
	s.get(t, factorsPath).leads(t, confirmPath+"?return_to=%2Faccount%2Fsecond-factor")
	for _, action := range []string{"/enrol", "/confirm", "/remove", "/recovery-codes"} {
		s.post(t, factorsPath+action, answer("", adasCode)).leads(t, confirmPath+"?return_to="+url.QueryEscape(factorsPath+action))
		s.get(t, factorsPath+action).leads(t, factorsPath)
	}
	form := func(password, back string) url.Values { return url.Values{"password": {password}, "return_to": {back}} }
	s.get(t, confirmPath+"?return_to="+factorsPath).want(t, http.StatusOK, `autocomplete="current-password"`)
	s.post(t, confirmPath, form("", factorsPath)).want(t, http.StatusUnprocessableEntity, "Enter a password")
	if p := s.post(t, confirmPath, form("not hers", factorsPath)).want(t, http.StatusUnprocessableEntity, "not your current password"); p.cookieSet("sallyport_session") != nil {
		t.Error("a wrong password gives a cookie")
	}
	p := s.post(t, confirmPath, form(adasOwn, "//evil.example")).leads(t, accountPath)
	c := p.cookieSet("sallyport_session")
	if c == nil || c.Value == old {
		t.Fatal("the cookie is not drawn anew")
	}
	newBrowser(t, s).get(t, accountPath, "Cookie", "sallyport_session="+old).leads(t, signInPath+"?return_to=%2Faccount")
	s.get(t, factorsPath).want(t, http.StatusOK, "Set up app")
}

func TestAnAccountWithASecondFactorConfirmsByItAndNotByItsPassword(t *testing.T) {
	t.Parallel()
	s := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	s.post(t, secondPath, answer("totp", adasCode)).leads(t, accountPath)
	s.accounts.stale = true
	if p := s.get(t, confirmPath).want(t, http.StatusOK, "one-time-code"); strings.Contains(p.text, "current-password") {
		t.Error("the password is asked for")
	}
	s.post(t, confirmPath, url.Values{"password": {adasOwn}}).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	s.post(t, confirmPath, answer("totp", "314159")).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	s.post(t, confirmPath, url.Values{"method": {"totp"}, "code": {adasCode}, "return_to": {factorsPath}}).leads(t, factorsPath)
}

// Another tab has enrolled a factor since the password was asked for.
func TestConfirmingByAnotherFactorStillLeadsToWhatAskedForIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	s.accounts.code = adasCode
	s.post(t, confirmPath, url.Values{"password": {adasOwn}, "return_to": {passwordPath}}).leads(t, confirmPath+"?return_to="+url.QueryEscape(passwordPath))
	s.post(t, confirmPath, url.Values{"password": {adasOwn}, "return_to": {"//evil.example"}}).leads(t, confirmPath)
}

func TestSecretsOfASecondFactorAreShownOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn))
	s.post(t, factorsPath+"/enrol", nil).want(t, http.StatusOK, "<svg xmlns").want(t, http.StatusOK, adasGrouped)
	s.get(t, factorsPath+"/enrol").leads(t, factorsPath)
	if p := s.post(t, factorsPath+"/confirm", answer("", "314159")).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp")); strings.Contains(p.text, adasGrouped) {
		t.Error("the secret is shown again")
	}
	p := s.post(t, factorsPath+"/confirm", answer("", adasCode)).want(t, http.StatusOK, adasSpare)
	if p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("recovery codes are kept: %q", p.Header.Get("Cache-Control"))
	}
	if p := s.get(t, factorsPath).want(t, http.StatusOK, "10 codes left"); strings.Contains(p.text, adasSpare) {
		t.Error("a recovery code is shown again")
	}
	s.post(t, factorsPath+"/recovery-codes", nil).want(t, http.StatusOK, adasSpare)
	if strings.Contains(s.log.String(), adasSpare) || strings.Contains(s.log.String(), adasKey) {
		t.Error("the log holds a secret")
	}
	c := s.post(t, factorsPath+"/remove", nil).leads(t, factorsPath).cookieSet("sallyport_session")
	if c == nil {
		t.Fatal("the browser is signed out")
	}
	s.get(t, factorsPath).want(t, http.StatusOK, "The authenticator app has been removed").want(t, http.StatusOK, "Set up app")
}
