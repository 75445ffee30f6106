package webui

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// asks is a site whose verification links ask for a password.
func asks(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.accounts.asks = true
	s.stay()
	return s
}

func TestTheLinkOfASignUpAsksForThePassword(t *testing.T) {
	t.Parallel()
	s := asks(t)
	s.get(t, verifyPath+"?token="+token).wants(t, http.StatusOK,
		`name="password"`, `autocomplete="current-password"`, `name="token" value="`+token+`"`, `name="new_password"`, ada,
		"<q>Mallory</q>", "Firefox on Linux", "203.0.113.7", "4 March 2026, 14:30 UTC")
	s.get(t, verifyPath+"?token="+token, "Accept-Language", "de").wants(t, http.StatusOK, "Firefox auf Linux", "Ich kenne das Passwort nicht")
	with := func(name, value string) url.Values { return url.Values{"token": {token}, name: {value}} }
	for what, answer := range map[string]page{
		english("missing.password"):           s.post(t, verifyPath, with("password", "")),
		english("claim.wrong"):                s.post(t, verifyPath, with("password", "a guess")),
		english("said.weak_password.follows"): s.post(t, verifyPath, with("new_password", weak)),
	} {
		answer.wants(t, http.StatusUnprocessableEntity, what, `name="token" value="`+token+`"`)
		if strings.Contains(answer.text, "a guess") || strings.Contains(answer.text, weak) {
			t.Errorf("%s: the page holds what was typed", what)
		}
	}
	if !s.accounts.live[token] {
		t.Fatal("a refusal spent the link")
	}
	s.post(t, verifyPath, with("password", adasOwn)).leads(t, accountPath)
	if v := s.accounts.verified; len(v) != 1 || v[0].Password != adasOwn || !v[0].SignIn || v[0].CookieHash == "" || v[0].Alone || v[0].Proof != "" {
		t.Errorf("the room was asked %+v", v)
	}
	s.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, "confirmed") // loaded again
}

func TestWhoDoesNotKnowThePasswordOfASignUpChoosesOne(t *testing.T) {
	t.Parallel()
	s := asks(t)
	s.post(t, verifyPath, url.Values{"token": {token}, "new_password": {"the lazy otter"}}).leads(t, accountPath)
	if v := s.accounts.verified; len(v) != 1 || v[0].NewPassword != "the lazy otter" || v[0].Password != "" {
		t.Errorf("the room was asked %+v", v)
	}
}

func TestInTheBrowserThatSignedUpOnePressIsEnough(t *testing.T) {
	t.Parallel()
	s := asks(t)
	p := s.post(t, signUpPath, url.Values{"email": {ada}, "password": {adasOwn}})
	p.leads(t, checkMailPath)
	found := false
	for _, c := range p.Cookies() {
		if c.Name == "sallyport_sign_up" {
			found = c.Value == adasProof && c.HttpOnly && c.SameSite == http.SameSiteLaxMode && c.Path == "/" && c.MaxAge == 24*60*60
		}
	}
	if !found {
		t.Errorf("the browser got %v", p.Cookies())
	}
	if q := s.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, "<button"); strings.Contains(q.text, `type="password"`) {
		t.Error("it asks for the password that was typed a moment ago")
	}
	s.post(t, verifyPath, tokenForm).leads(t, accountPath)
	if v := s.accounts.verified; len(v) != 1 || v[0].Proof != adasProof {
		t.Errorf("the room was asked %+v", v)
	}
}

// A mail scanner has no cookie, and no scanner presses: whoever opened the link is
// told apart by what the browser was given, and the room decides whether opening is
// enough.
func TestALinkThatIsOpenedBringsWhatTheBrowserWasGiven(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(o *Options) { o.VerifyEmailOnGet = true })
	s.accounts.asks = true
	s.stay()
	path := verifyPath + "?token=" + token
	s.get(t, path).want(t, http.StatusOK, `name="password"`)
	if !s.accounts.live[token] {
		t.Fatal("whoever opened the link has spent it")
	}
	s.post(t, signUpPath, url.Values{"email": {ada}, "password": {adasOwn}}).leads(t, checkMailPath)
	s.get(t, path).want(t, http.StatusOK, "confirmed")
	if v := s.accounts.verified; len(v) != 1 || v[0].Proof != adasProof || !v[0].Opened || !v[0].Alone || v[0].SignIn {
		t.Errorf("the room was asked %+v", v)
	}
}

func TestAForeignFormSetsNoCookieOfASignUp(t *testing.T) {
	t.Parallel()
	s := asks(t)
	p := s.post(t, signUpPath, url.Values{"email": {ada}, "password": {adasOwn}}, "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "")
	if len(p.Cookies()) != 0 {
		t.Errorf("it set %v", p.Cookies())
	}
}

func TestANewAddressIsConfirmedByWhoAsked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	s.get(t, confirmEmailPath+"?token="+token).wants(t, http.StatusOK, `name="password"`, ada)
	s.post(t, confirmEmailPath, tokenForm).want(t, http.StatusUnprocessableEntity, "Enter a password")
	s.post(t, confirmEmailPath, url.Values{"token": {token}, "password": {"a guess"}}).want(t, http.StatusUnprocessableEntity, english("claim.wrong"))
	s.post(t, signInPath, url.Values{"email": {ada}, "password": {adasOwn}}).leads(t, accountPath)
	if p := s.get(t, confirmEmailPath+"?token="+token).want(t, http.StatusOK, "<button"); strings.Contains(p.text, `type="password"`) {
		t.Error("it asks for the password of who is signed in")
	}
	s.post(t, confirmEmailPath, tokenForm).want(t, http.StatusOK, "Your email address has been changed")
}
