package webui

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

// enrol gives Ada a code generator, and its key and recovery codes.
func (s *site) enrol(t *testing.T) (key string, codes []string) {
	t.Helper()
	return s.house.Enrol(t, s.user(t))
}

func (s *site) code(key string) string { return s.house.NextCode(key) }

// enrolled is a site where Ada has an account with a code generator.
func enrolled(t *testing.T) (s *site, key string, codes []string) {
	t.Helper()
	s = joined(t)
	s.stay()
	key, codes = s.enrol(t)
	return s, key, codes
}

func answer(method, code string) url.Values { return url.Values{"method": {method}, "code": {code}} }

// keptStep is the cookie of a browser that is at a step.
func keptStep(token, back string, methods ...string) string {
	return "sallyport_step=" + secret.Encode(roomtest.Must(json.Marshal(step{Token: token, Methods: methods, ReturnTo: back})))
}

// atStep is the token of the step that the site's browser is at.
func (s *site) atStep(t *testing.T) string {
	t.Helper()
	var at step
	if err := json.Unmarshal(roomtest.Must(secret.Decode(s.cookie(t, "sallyport_step"))), &at); err != nil {
		t.Fatal(err)
	}
	return at.Token
}

func TestAPasswordAloneOpensNothingWhereThereIsASecondFactor(t *testing.T) {
	t.Parallel()
	s, key, _ := enrolled(t)
	s.get(t, secondPath).leads(t, signInPath)
	s.post(t, secondPath, answer("totp", s.code(key))).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "took too long")

	before := s.sessions(t)
	p := s.post(t, signInPath, credentials(ada, adasOwn, "return_to", passwordPath)).leads(t, secondPath)
	if p.cookieSet("sallyport_session") != nil || p.cookieSet("sallyport_device") != nil || s.sessions(t) != before {
		t.Fatal("the password alone signs in")
	}
	s.get(t, accountPath).leads(t, signInPath+"?return_to=%2Faccount")
	s.get(t, secondPath).want(t, http.StatusOK, `autocomplete="one-time-code"`)
	s.get(t, secondPath+"?method=recovery_code").want(t, http.StatusOK, "Recovery code")
	pigeon := keptStep(s.atStep(t), "", "totp", "recovery_code", "carrier_pigeon")
	if p := newBrowser(t, s).get(t, secondPath+"?method=carrier_pigeon", "Cookie", pigeon).want(t, http.StatusOK, "authenticator app"); strings.Contains(p.text, `value="carrier_pigeon"`) ||
		strings.Contains(p.text, `href="/sign-in/second-factor?method=carrier`) {
		t.Error("a way that no form can take is offered")
	}
	s.post(t, secondPath, answer("totp", "")).want(t, http.StatusUnprocessableEntity, "Enter the code")
	code := s.code(key)
	refused := s.post(t, secondPath, answer("totp", wrong(code))).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	if strings.Contains(refused.text, wrong(code)) || strings.Contains(refused.text, "spm_") {
		t.Error("the page holds the code, or the token of the sign-in")
	}
	p = s.post(t, secondPath, answer("totp", code)).leads(t, passwordPath)
	c := p.cookieSet("sallyport_session")
	if c == nil || !c.HttpOnly || p.cookieSet("sallyport_device") == nil {
		t.Fatal("the second factor does not sign in")
	}
	if gone := p.cookieSet("sallyport_step"); gone == nil || gone.MaxAge >= 0 {
		t.Error("what the browser kept of the sign-in stays")
	}
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	// Once.
	s.post(t, secondPath, answer("totp", s.code(key))).leads(t, signInPath)
}

func TestASignInThatWasFinishedOrMadeUpLeadsBackToItsStart(t *testing.T) {
	t.Parallel()
	s, key, _ := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	code := s.code(key)
	for name, cookie := range map[string]string{"another token": keptStep("spm_made-up", "", "totp"), "garbage": "sallyport_step=%%%", "nothing in it": "sallyport_step=e30"} {
		if p := newBrowser(t, s).post(t, secondPath, answer("totp", code), "Cookie", cookie).leads(t, signInPath); p.cookieSet("sallyport_session") != nil {
			t.Errorf("%s signs in", name)
		}
	}
	p := newBrowser(t, s).post(t, secondPath, answer("totp", code), "Cookie", keptStep("spm_made-up", passwordPath, "totp"))
	p.leads(t, signInPath+"?return_to=%2Faccount%2Fpassword")
	// Where it leads is read anew, whatever the browser kept.
	p = newBrowser(t, s).post(t, secondPath, answer("totp", code), "Cookie", keptStep(s.atStep(t), "//evil.example/", "totp"))
	p.leads(t, accountPath)
}

func TestTooManyWrongCodesSayWhenToTryAgain(t *testing.T) {
	t.Parallel()
	s, key, codes := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	s.house.Breaks(ratelimit.ErrTooManyCodes.WithRetryAfter(15 * 60e9))
	p := s.post(t, secondPath, answer("totp", s.code(key))).want(t, http.StatusTooManyRequests, "15 minutes")
	if p.Header.Get("Retry-After") != "900" {
		t.Errorf("Retry-After is %q", p.Header.Get("Retry-After"))
	}
	s.house.Breaks(nil)
	s.post(t, secondPath, answer("recovery_code", codes[0])).leads(t, accountPath)
}

// Answers to the second factor, and ceremonies for one, cost the server work
// that strangers can ask for: they count like other one-time tokens.
func TestTriesOfASecondFactorCountAgainstTheAddress(t *testing.T) {
	t.Parallel()
	s, key, _ := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	counts := s.house.Buckets
	counts.Counted()
	s.get(t, secondPath).want(t, http.StatusOK, "one-time-code") // looks nothing up
	if got := counts.Counted(); len(got) > 0 {
		t.Errorf("looking counts: %v", got)
	}
	code := s.code(key)
	s.post(t, secondPath, answer("totp", wrong(code))).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	if got := counts.Counted(); len(got) != 1 || !strings.HasPrefix(got[0], string(ratelimit.OneTime)+"|") {
		t.Errorf("counted %v", got)
	}
	before := s.sessions(t)
	counts.Refuse(1500 * time.Millisecond)
	p := s.post(t, secondPath, answer("totp", code)).want(t, http.StatusTooManyRequests, `name="method" value="totp"`)
	if p.Header.Get("Retry-After") != "2" || s.sessions(t) != before {
		t.Errorf("%v, %d sessions", p.Header, s.sessions(t))
	}
	counts.Refuse(0)
	s.post(t, secondPath, answer("totp", code)).leads(t, accountPath)
}

const (
	confirmPath = "/account/confirm"
	factorsPath = "/account/second-factor"
)

func TestWhatChangesHowOneSignsInAsksWhoItIsOnceMore(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	old := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	s.stale()
	s.get(t, factorsPath).leads(t, confirmPath+"?return_to=%2Faccount%2Fsecond-factor")
	for _, action := range []string{"/enrol", "/confirm", "/remove", "/recovery-codes"} {
		s.post(t, factorsPath+action, answer("", "271828")).leads(t, confirmPath+"?return_to="+url.QueryEscape(factorsPath+action))
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
	s, key, _ := enrolled(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, secondPath)
	s.post(t, secondPath, answer("totp", s.code(key))).leads(t, accountPath)
	s.stale()
	if p := s.get(t, confirmPath).want(t, http.StatusOK, "one-time-code"); strings.Contains(p.text, "current-password") {
		t.Error("the password is asked for")
	}
	code := s.code(key)
	s.post(t, confirmPath, url.Values{"password": {adasOwn}}).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	s.post(t, confirmPath, answer("totp", wrong(code))).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp"))
	s.post(t, confirmPath, url.Values{"method": {"totp"}, "code": {code}, "return_to": {factorsPath}}).leads(t, factorsPath)
}

// Another tab enrols a factor after the page has looked what is asked for.
func TestConfirmingByAnotherFactorStillLeadsToWhatAskedForIt(t *testing.T) {
	t.Parallel()
	for back, to := range map[string]string{passwordPath: confirmPath + "?return_to=" + url.QueryEscape(passwordPath), "//evil.example": confirmPath} {
		s := signedIn(t)
		s.house.Before("FROM users", func() { s.enrol(t) })
		s.post(t, confirmPath, url.Values{"password": {adasOwn}, "return_to": {back}}).leads(t, to)
	}
}

var (
	groupedKey   = regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`)
	recoveryCode = regexp.MustCompile(`\b([0-9a-z]{4}-){5}[0-9a-z]{4}\b`)
)

func TestSecretsOfASecondFactorAreShownOnce(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	grouped := groupedKey.FindString(s.post(t, factorsPath+"/enrol", nil).want(t, http.StatusOK, "<svg xmlns").text)
	if grouped == "" {
		t.Fatal("no secret is shown")
	}
	key := strings.ReplaceAll(grouped, " ", "")
	s.get(t, factorsPath+"/enrol").leads(t, factorsPath)
	code := s.code(key)
	if p := s.post(t, factorsPath+"/confirm", answer("", wrong(code))).want(t, http.StatusUnprocessableEntity, english("said.invalid_code.totp")); strings.Contains(p.text, grouped) {
		t.Error("the secret is shown again")
	}
	p := s.post(t, factorsPath+"/confirm", answer("", code)).want(t, http.StatusOK, "")
	spare := recoveryCode.FindString(p.text)
	if p.Header.Get("Cache-Control") != "no-store" || spare == "" {
		t.Errorf("recovery codes are kept, or there are none: %q, %q", p.Header.Get("Cache-Control"), spare)
	}
	// A password alone is not enough any more.
	s.post(t, confirmPath, url.Values{"method": {"totp"}, "code": {s.code(key)}, "return_to": {factorsPath}}).leads(t, factorsPath)
	if p := s.get(t, factorsPath).want(t, http.StatusOK, "10 codes left"); strings.Contains(p.text, spare) {
		t.Error("a recovery code is shown again")
	}
	fresh := recoveryCode.FindString(s.post(t, factorsPath+"/recovery-codes", nil).want(t, http.StatusOK, "").text)
	if fresh == "" || fresh == spare {
		t.Errorf("the new recovery codes begin with %q", fresh)
	}
	for _, secret := range []string{spare, fresh, key} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
	c := s.post(t, factorsPath+"/remove", nil).leads(t, factorsPath).cookieSet("sallyport_session")
	if c == nil {
		t.Fatal("the browser is signed out")
	}
	s.get(t, factorsPath).wants(t, http.StatusOK, "The authenticator app has been removed", "Set up app")
}
