package webui

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const passkeysPath = "/account/passkeys"

// keys is who keeps the passkeys of one account: an answer is right if it holds
// the name of the newest ceremony, and each ceremony is answered once.
type keys struct {
	begun int
	ended string
	gone  bool
	list  []store.Passkey
}

func (k *keys) begin(what string) passkey.Ceremony {
	k.begun++
	token := what + " " + strconv.Itoa(k.begun)
	return passkey.Ceremony{Token: token, Options: json.RawMessage(`{"publicKey":{"challenge":"AAAA","rpId":"a\"><b>"}}`), ExpiresIn: 5 * time.Minute}
}

func (k *keys) answer(ceremony string, credential json.RawMessage) error {
	switch {
	case ceremony == "" || ceremony == k.ended:
		return passkey.ErrCeremony
	case string(credential) != `{"for":"`+ceremony+`"}`:
		return passkey.ErrRefused
	}
	k.ended = ceremony
	return nil
}

func (p *people) BeginAuthentication() (c passkey.Ceremony, err error) {
	return c, p.do(func() error { c = p.keys.begin("sign-in"); return nil })
}

func (p *people) AskPasskey(_ context.Context, token string, _ audit.Origin) (c passkey.Ceremony, err error) {
	return c, p.do(func() error {
		if token != p.step {
			return login.ErrStepEnded
		}
		c = p.keys.begin("step")
		return nil
	})
}

func (p *people) AskPasskeyAgain(context.Context, string, string) (c passkey.Ceremony, err error) {
	return c, p.do(func() error {
		if p.keys.gone { // by another tab, since the page looked
			p.user.Passkeys = 0
			return passkey.ErrNone
		}
		c = p.keys.begin("again")
		return nil
	})
}

func (p *people) WithPasskey(_ context.Context, in login.Passkey) (done login.SignedIn, err error) {
	return done, p.do(func() error {
		if err := p.keys.answer(in.Ceremony, in.Credential); err != nil {
			return err
		}
		p.open[in.CookieHash] = "s-" + in.CookieHash
		done.KnownDevice, done.RefreshToken, done.AccessToken = "a-known-device", "spr_must-not-leave", "ey.must-not.leave"
		return nil
	})
}

func (p *people) BeginRegistration(context.Context, session.Asker) (c passkey.Ceremony, err error) {
	return c, p.do(func() error {
		if len(p.keys.list) >= 2 {
			return passkey.ErrTooMany
		}
		c = p.keys.begin("register")
		return nil
	})
}

func (p *people) Register(_ context.Context, _ session.Asker, ceremony string, credential json.RawMessage, name string) (made passkey.Registered, err error) {
	return made, p.do(func() error {
		if err := p.keys.answer(ceremony, credential); err != nil {
			return passkey.ErrUnusable
		}
		made.Passkey = store.Passkey{ID: "k-" + strconv.Itoa(len(p.keys.list)), Name: name}
		if p.keys.list = append(p.keys.list, made.Passkey); len(p.keys.list) == 1 {
			made.RecoveryCodes = []string{adasSpare}
		}
		p.user.Passkeys = int64(len(p.keys.list))
		return nil
	})
}

func (p *people) List(context.Context, string) (list []store.Passkey, err error) {
	return list, p.do(func() error { list = append(list, p.keys.list...); return nil })
}

func (p *people) Rename(_ context.Context, _ session.Asker, id, name string) (k store.Passkey, err error) {
	return k, p.do(func() error {
		for n := range p.keys.list {
			if p.keys.list[n].ID == id {
				p.keys.list[n].Name = name
				return nil
			}
		}
		return passkey.ErrUnknown
	})
}

func (p *people) Remove(_ context.Context, a session.Asker, id string) (t session.Tokens, err error) {
	return t, p.do(func() error {
		for n := range p.keys.list {
			if p.keys.list[n].ID == id {
				p.keys.list = append(p.keys.list[:n], p.keys.list[n+1:]...)
				p.user.Passkeys, p.open = int64(len(p.keys.list)), map[string]string{a.CookieHash: "s-new"}
				return nil
			}
		}
		return passkey.ErrUnknown
	})
}

// wants is want for several texts.
func (p page) wants(t *testing.T, status int, texts ...string) page {
	t.Helper()
	for _, text := range texts {
		p.want(t, status, text)
	}
	return p
}

// given is what the script of a page sends: the ceremony that stands in it, and
// what the authenticator gave.
func given(t *testing.T, p page, more ...string) url.Values {
	t.Helper()
	_, rest, found := strings.Cut(p.text, `name="ceremony" value="`)
	ceremony, _, _ := strings.Cut(rest, `"`)
	if !found || ceremony == "" {
		t.Fatalf("the page begins no ceremony:\n%s", p.text)
	}
	form := url.Values{"ceremony": {ceremony}, "credential": {`{"for":"` + ceremony + `"}`}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// TestAPasskeyIsProgress: the page says what it needs, shows nothing that does
// not work without, and lets its script read it once more, which no other page may.
func TestAPasskeyIsProgress(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	p := s.get(t, signInPath).wants(t, http.StatusOK, `autocomplete="username webauthn"`, "<noscript", "passkeys.", `data-autofill`,
		`data-options="{&#34;publicKey&#34;:{&#34;challenge&#34;:&#34;AAAA&#34;,&#34;rpId&#34;:&#34;a\&#34;&gt;&lt;b&gt;&#34;}}"`)
	if _, form, _ := strings.Cut(p.text, `action="/sign-in/passkey"`); !strings.Contains(form[:strings.Index(form, ">")], " hidden") {
		t.Error("the form is shown without the script")
	}
	csp := p.Header.Get("Content-Security-Policy")
	if !strings.HasSuffix(csp, "; script-src 'self'; connect-src 'self'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("the policy is %q", csp)
	}
	for _, path := range []string{signUpPath, forgotPath} {
		if csp := s.get(t, path).Header.Get("Content-Security-Policy"); strings.Contains(csp, "connect-src") {
			t.Errorf("%s: the policy is %q", path, csp)
		}
	}
	s.post(t, signInPath, credentials(ada, "wrong")).want(t, http.StatusUnprocessableEntity, `action="/sign-in/passkey"`)
	s.get(t, "/sign-in/passkey").leads(t, signInPath)
	s.get(t, "/sign-in/passkey?return_to=%2Faccount%2Fdevices").leads(t, signInPath+"?return_to=%2Faccount%2Fdevices")
	s.get(t, "/sign-in/passkey?return_to=%2F%2Fevil.example").leads(t, signInPath)
}

func TestAPasskeySignsInOnThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	form := given(t, s.get(t, signInPath+"?return_to="+url.QueryEscape(passwordPath)), "return_to", passwordPath)
	p := s.post(t, "/sign-in/passkey", form).leads(t, passwordPath)
	if c := p.cookieSet("sallyport_session"); c == nil || !c.HttpOnly {
		t.Errorf("the cookie is %v", c)
	}
	if p.cookieSet("sallyport_device") == nil {
		t.Error("the browser is not made known")
	}
	for _, set := range p.Header["Set-Cookie"] {
		if strings.Contains(set, "must-not") {
			t.Errorf("a token is given to the browser: %s", set)
		}
	}
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	s.post(t, "/sign-in/passkey", form).wants(t, http.StatusUnprocessableEntity, english("said.invalid_ceremony"), `name="ceremony" value="sign-in`)
	form.Set("ceremony", "another")
	s.post(t, "/sign-in/passkey", form).want(t, http.StatusUnprocessableEntity, "cannot be used here")
	form = given(t, newBrowser(t, s).get(t, signInPath), "return_to", "https://evil.example/")
	s.post(t, "/sign-in/passkey", form).leads(t, accountPath)
	s.accounts.fail(login.ErrDisabled)
	s.post(t, "/sign-in/passkey", form).want(t, http.StatusForbidden, "disabled")
	s.accounts.fail(nil)
	s.limits.left = 0
	s.post(t, "/sign-in/passkey", form).want(t, http.StatusTooManyRequests, "Too many attempts")
}

func TestAPasskeyIsTheSecondFactorOnThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, "x")) // makes the account
	s.accounts.user.Passkeys, s.accounts.user.RecoveryCodes = 1, 10
	s.post(t, signInPath, credentials(ada, adasOwn, "return_to", devicesPath)).leads(t, secondPath)
	p := s.get(t, secondPath).wants(t, http.StatusOK, `value="passkey"`, "<noscript", "method=recovery_code", `data-passkey="get"`)
	if strings.Contains(p.text, "data-autofill") || s.accounts.sessions() != 0 {
		t.Error("the second step is as the first")
	}
	// Each ceremony counts, and none is begun for who has asked for too many.
	s.limits.left, s.limits.seen = 0, nil
	begun := s.accounts.keys.begun
	s.get(t, secondPath).wants(t, http.StatusTooManyRequests, "<h1>", `href=""`)
	s.post(t, secondPath, url.Values{"method": {"passkey"}}).wants(t, http.StatusTooManyRequests, `href="/sign-in/second-factor?method=passkey"`)
	if got := s.limits.seen; len(got) != 2 || !strings.HasPrefix(got[0], string(ratelimit.OneTime)+" ") || got[1] != got[0] || s.accounts.keys.begun != begun {
		t.Errorf("counted %v; %d ceremonies", got, s.accounts.keys.begun-begun)
	}
	s.limits.left = 1000
	p = s.get(t, secondPath).want(t, http.StatusOK, `data-passkey="get"`)
	form := given(t, p, "method", "passkey")
	wrong := given(t, p, "method", "passkey", "credential", "{}")
	s.post(t, secondPath, wrong).wants(t, http.StatusUnprocessableEntity, "cannot be used here", `name="ceremony" value="step`)
	s.get(t, secondPath+"?method=recovery_code").wants(t, http.StatusOK, "Recovery code", "method=passkey")
	s.post(t, secondPath, form).leads(t, devicesPath)
	if s.accounts.sessions() != 1 {
		t.Error("nobody is signed in")
	}
	s.post(t, secondPath, form).leads(t, signInPath)

	// Once more, for what asks for it.
	s.accounts.stale = true
	s.get(t, passkeysPath).leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys")
	p = s.get(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys").wants(t, http.StatusOK, `name="ceremony" value="again`, "method=recovery_code&amp;return_to")
	s.post(t, "/account/confirm", given(t, p, "method", "passkey", "credential", "{}")).want(t, http.StatusUnprocessableEntity, "cannot be used here")
	before := s.cookie(t)
	s.post(t, "/account/confirm", given(t, p, "method", "passkey", "return_to", passkeysPath)).leads(t, passkeysPath)
	if s.cookie(t) == before {
		t.Error("the cookie stays the same")
	}
	s.get(t, passkeysPath).want(t, http.StatusOK, "Add passkey")

	s.accounts.stale, s.accounts.keys.gone = true, true
	s.get(t, "/account/confirm?method=passkey&return_to=%2Faccount%2Fpasskeys").leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys")
	s.get(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys").wants(t, http.StatusOK, "current-password", `value="/account/passkeys"`)
}

// cookie is what stands for the session of the site's browser.
func (s *site) cookie(t *testing.T) string {
	t.Helper()
	at, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.browser.Jar.Cookies(at) {
		if c.Name == "sallyport_session" {
			return c.Value
		}
	}
	t.Fatal("no cookie")
	return ""
}

func TestPasskeysAreAddedRenamedAndRemovedOnThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	s.get(t, passkeysPath).leads(t, signInPath+"?return_to=%2Faccount%2Fpasskeys")
	s.post(t, signInPath, credentials(ada, adasOwn))
	p := s.get(t, passkeysPath).wants(t, http.StatusOK, `data-passkey="create"`, `id="name"`)
	s.post(t, passkeysPath+"/add", given(t, p, "credential", "{}")).wants(t, http.StatusUnprocessableEntity, "cannot be registered", `data-passkey="create"`)
	s.post(t, passkeysPath+"/add", given(t, p, "name", "<i>phone")).wants(t, http.StatusOK, adasSpare, "recovery codes")
	s.get(t, passkeysPath+"/add").leads(t, passkeysPath)
	p = s.get(t, passkeysPath).wants(t, http.StatusOK, "&lt;i&gt;phone", "Never")
	s.post(t, passkeysPath+"/add", given(t, p, "name", "key")).leads(t, passkeysPath)
	s.get(t, passkeysPath).wants(t, http.StatusOK, "The passkey has been added", "the maximum number of passkeys")

	s.post(t, passkeysPath+"/rename", url.Values{"passkey": {"k-1"}, "name": {"old key ring"}}).leads(t, passkeysPath)
	s.get(t, passkeysPath).wants(t, http.StatusOK, "The name has been saved", "old key ring")
	s.post(t, passkeysPath+"/rename", url.Values{"passkey": {"k-9"}, "name": {"x"}}).leads(t, passkeysPath)
	s.accounts.fail(nil)
	before := s.cookie(t)
	s.post(t, passkeysPath+"/remove", url.Values{"passkey": {"k-1"}}).leads(t, passkeysPath)
	if s.cookie(t) == before {
		t.Error("the cookie stays the same")
	}
	p = s.get(t, passkeysPath).want(t, http.StatusOK, "The passkey has been removed")
	if strings.Contains(p.text, "old key ring") {
		t.Error("the passkey is still there")
	}
	s.post(t, passkeysPath+"/remove", url.Values{"passkey": {"k-1"}}).leads(t, passkeysPath)

	s.accounts.stale = true
	s.post(t, passkeysPath+"/remove", url.Values{"passkey": {"k-0"}}).leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys%2Fremove")
	s.post(t, passkeysPath+"/add", given(t, p)).leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys%2Fadd")
	if len(s.accounts.keys.list) != 1 {
		t.Error("who is not recent changed something")
	}
}
