package webui

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

const passkeysPath = "/account/passkeys"

// wants is want for several texts.
func (p page) wants(t *testing.T, status int, texts ...string) page {
	t.Helper()
	for _, text := range texts {
		p.want(t, status, text)
	}
	return p
}

// given is what the script of a page sends.
func given(t *testing.T, p page, by *roomtest.Authenticator, more ...string) url.Values {
	t.Helper()
	form := by.Given(t, p.text)
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// register gives Ada a passkey, and its recovery codes.
func (s *site) register(t *testing.T) (key *roomtest.Authenticator, codes []string) {
	t.Helper()
	return s.house.Register(t, s.user(t))
}

// TestAPasskeyIsProgress: the page says what it needs, shows nothing that does
// not work without, and lets its script read it once more, which no other page may.
func TestAPasskeyIsProgress(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	p := s.get(t, signInPath).wants(t, http.StatusOK, `autocomplete="username webauthn"`, "<noscript", "passkeys.", `data-autofill`,
		`data-options="{&#34;publicKey&#34;:{&#34;challenge&#34;:&#34;`)
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
	s := joined(t)
	s.stay()
	key, _ := s.register(t)
	form := given(t, s.get(t, signInPath+"?return_to="+url.QueryEscape(passwordPath)), key, "return_to", passwordPath)
	p := s.post(t, "/sign-in/passkey", form).leads(t, passwordPath)
	if c := p.cookieSet("sallyport_session"); c == nil || !c.HttpOnly {
		t.Errorf("the cookie is %v", c)
	}
	if p.cookieSet("sallyport_device") == nil {
		t.Error("the browser is not made known")
	}
	givesNoToken(t, p)
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	s.post(t, "/sign-in/passkey", form).wants(t, http.StatusUnprocessableEntity, english("said.invalid_ceremony"), `name="ceremony" value="`)
	other := given(t, newBrowser(t, s).get(t, signInPath), roomtest.NewAuthenticator())
	s.post(t, "/sign-in/passkey", other).want(t, http.StatusUnprocessableEntity, "cannot be used here")
	form = given(t, newBrowser(t, s).get(t, signInPath), key, "return_to", "https://evil.example/")
	s.post(t, "/sign-in/passkey", form).leads(t, accountPath)
	form = given(t, newBrowser(t, s).get(t, signInPath), key)
	s.house.Disable(t, s.user(t))
	s.post(t, "/sign-in/passkey", form).want(t, http.StatusForbidden, "disabled")
	s.house.Buckets.Refuse(time.Second)
	s.post(t, "/sign-in/passkey", form).want(t, http.StatusTooManyRequests, "Too many attempts")
}

func TestAPasskeyIsTheSecondFactorOnThePages(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	key, _ := s.register(t)
	before := s.sessions(t)
	s.post(t, signInPath, credentials(ada, adasOwn, "return_to", devicesPath)).leads(t, secondPath)
	p := s.get(t, secondPath).wants(t, http.StatusOK, `value="passkey"`, "<noscript", "method=recovery_code", `data-passkey="get"`)
	if strings.Contains(p.text, "data-autofill") || s.sessions(t) != before {
		t.Error("the second step is as the first")
	}
	// Each ceremony counts, and none is begun for who has asked for too many.
	counts := s.house.Buckets
	counts.Counted()
	counts.Refuse(time.Second)
	for _, refused := range []page{
		s.get(t, secondPath).wants(t, http.StatusTooManyRequests, "<h1>", `href=""`),
		s.post(t, secondPath, url.Values{"method": {"passkey"}}).wants(t, http.StatusTooManyRequests, `href="/sign-in/second-factor?method=passkey"`),
	} {
		if strings.Contains(refused.text, `name="ceremony"`) {
			t.Error("a ceremony is begun")
		}
	}
	if got := counts.Counted(); len(got) != 2 || !strings.HasPrefix(got[0], string(ratelimit.OneTime)+"|") || got[1] != got[0] {
		t.Errorf("counted %v", got)
	}
	counts.Refuse(0)
	s.post(t, secondPath, given(t, s.get(t, secondPath), roomtest.NewAuthenticator(), "method", "passkey")).
		wants(t, http.StatusUnprocessableEntity, "cannot be used here", `name="ceremony" value="`)
	s.get(t, secondPath+"?method=recovery_code").wants(t, http.StatusOK, "Recovery code", "method=passkey")
	form := given(t, s.get(t, secondPath).want(t, http.StatusOK, `data-passkey="get"`), key, "method", "passkey")
	s.post(t, secondPath, form).leads(t, devicesPath)
	if s.sessions(t) != before+1 {
		t.Error("nobody is signed in")
	}
	s.post(t, secondPath, form).leads(t, signInPath)

	// Once more, for what asks for it.
	s.stale()
	s.get(t, passkeysPath).leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys")
	again := "/account/confirm?return_to=%2Faccount%2Fpasskeys"
	p = s.get(t, again).wants(t, http.StatusOK, `name="ceremony" value="`, "method=recovery_code&amp;return_to")
	s.post(t, "/account/confirm", given(t, p, roomtest.NewAuthenticator(), "method", "passkey")).want(t, http.StatusUnprocessableEntity, "cannot be used here")
	cookie := s.cookie(t, "sallyport_session")
	s.post(t, "/account/confirm", given(t, s.get(t, again), key, "method", "passkey", "return_to", passkeysPath)).leads(t, passkeysPath)
	if s.cookie(t, "sallyport_session") == cookie {
		t.Error("the cookie stays the same")
	}
	s.get(t, passkeysPath).want(t, http.StatusOK, "Add passkey")

	// Another tab removes it after the page has looked what is asked for.
	list, err := s.house.Passkeys.List(t.Context(), s.user(t).ID)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	s.house.Before("FROM passkeys WHERE realm_id = ? AND user_id", func() { s.post(t, passkeysPath+"/remove", url.Values{"passkey": {list[0].ID}}).leads(t, passkeysPath) })
	s.get(t, "/account/confirm?method=passkey&return_to=%2Faccount%2Fpasskeys").leads(t, again)
	s.get(t, again).wants(t, http.StatusOK, "current-password", `value="/account/passkeys"`)
}

// cookie is the value of a cookie of the site's browser.
func (s *site) cookie(t *testing.T, name string) string {
	t.Helper()
	for _, c := range s.browser.Jar.Cookies(roomtest.Must(url.Parse(s.URL + "/"))) {
		if c.Name == name {
			return c.Value
		}
	}
	t.Fatal("no cookie " + name)
	return ""
}

func TestPasskeysAreAddedRenamedAndRemovedOnThePages(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	s.get(t, passkeysPath).leads(t, signInPath+"?return_to=%2Faccount%2Fpasskeys")
	s.post(t, signInPath, credentials(ada, adasOwn))
	p := s.get(t, passkeysPath).wants(t, http.StatusOK, `data-passkey="create"`, `id="name"`)
	s.post(t, passkeysPath+"/add", given(t, p, roomtest.NewAuthenticator(), "credential", "{}")).wants(t, http.StatusUnprocessableEntity, "cannot be registered", `data-passkey="create"`)
	first := roomtest.NewAuthenticator()
	p = s.get(t, passkeysPath)
	p = s.post(t, passkeysPath+"/add", given(t, p, first, "name", "<i>phone")).want(t, http.StatusOK, "recovery codes")
	if !recoveryCode.MatchString(p.text) {
		t.Error("no recovery code is shown")
	}
	s.get(t, passkeysPath+"/add").leads(t, passkeysPath)
	// A password alone is not enough any more.
	p = s.get(t, confirmPath).want(t, http.StatusOK, `data-passkey="get"`)
	s.post(t, confirmPath, given(t, p, first, "method", "passkey", "return_to", passkeysPath)).leads(t, passkeysPath)
	p = s.get(t, passkeysPath).want(t, http.StatusOK, "&lt;i&gt;phone")
	s.post(t, passkeysPath+"/add", given(t, p, roomtest.NewAuthenticator(), "name", "key")).leads(t, passkeysPath)
	s.get(t, passkeysPath).wants(t, http.StatusOK, "The passkey has been added", "Never")
	u := s.user(t)
	list := roomtest.Must(s.house.Passkeys.List(t.Context(), u.ID))
	if len(list) != 2 {
		t.Fatalf("there are %d passkeys", len(list))
	}
	id := list[1].ID
	s.post(t, passkeysPath+"/rename", url.Values{"passkey": {id}, "name": {"old key ring"}}).leads(t, passkeysPath)
	s.get(t, passkeysPath).wants(t, http.StatusOK, "The name has been saved", "old key ring")
	s.post(t, passkeysPath+"/rename", url.Values{"passkey": {"k-9"}, "name": {"x"}}).leads(t, passkeysPath)
	before := s.cookie(t, "sallyport_session")
	s.post(t, passkeysPath+"/remove", url.Values{"passkey": {id}}).leads(t, passkeysPath)
	if s.cookie(t, "sallyport_session") == before {
		t.Error("the cookie stays the same")
	}
	p = s.get(t, passkeysPath).want(t, http.StatusOK, "The passkey has been removed")
	if strings.Contains(p.text, "old key ring") {
		t.Error("the passkey is still there")
	}
	s.post(t, passkeysPath+"/remove", url.Values{"passkey": {id}}).leads(t, passkeysPath)

	s.stale()
	s.post(t, passkeysPath+"/remove", url.Values{"passkey": {list[0].ID}}).leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys%2Fremove")
	s.post(t, passkeysPath+"/add", given(t, p, roomtest.NewAuthenticator())).leads(t, "/account/confirm?return_to=%2Faccount%2Fpasskeys%2Fadd")
	if n := s.user(t).Passkeys; n != 1 {
		t.Errorf("who is not recent changed something: %d passkeys", n)
	}
}

func TestThePageSaysThatThereAreAsManyPasskeysAsOneMayHave(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	key, _ := s.register(t)
	s.post(t, "/sign-in/passkey", given(t, s.get(t, signInPath), key)).leads(t, accountPath)
	for range 19 {
		s.house.AddPasskey(t, s.user(t), s.clock.Now())
	}
	if p := s.get(t, passkeysPath).want(t, http.StatusOK, "the maximum number of passkeys"); strings.Contains(p.text, "data-passkey") {
		t.Error("another one is asked for")
	}
}
