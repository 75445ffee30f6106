package webui

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
)

const (
	ada      = "ada@people.example"
	adasOwn  = roomtest.Good
	adasNext = "a fresh start 81"
)

// stay keeps the browser from following redirects, so that they can be looked
// at.
func (s *site) stay() {
	s.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
}

func (p page) leads(t *testing.T, to string) page {
	t.Helper()
	if p.StatusCode != http.StatusSeeOther || p.Header.Get("Location") != to {
		t.Errorf("answered %d to %q, want 303 to %q\n%s", p.StatusCode, p.Header.Get("Location"), to, p.text)
	}
	return p
}

// cookieSet is a cookie of the answer, or nil.
func (p page) cookieSet(name string) *http.Cookie {
	for _, c := range p.Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func credentials(email, password string, more ...string) url.Values {
	form := url.Values{"email": {email}, "password": {password}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestSigningInGivesOneCookieAndNoToken(t *testing.T) {
	t.Parallel()
	s := joined(t, func(o *Options) { o.PublicURL = "https://auth.example" })
	s.stay()
	p := s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	c := p.cookieSet("__Host-sallyport_session")
	if c == nil {
		t.Fatalf("no session cookie: %v", p.Cookies())
	}
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 90*24*3600 {
		t.Errorf("the cookie is %v", c)
	}
	if raw, err := secret.Decode(strings.TrimPrefix(c.Value, "spc_")); err != nil || len(raw) < 32 {
		t.Errorf("the value %q holds %d bytes", c.Value, len(raw))
	}
	givesNoToken(t, p)
	if strings.Contains(s.log.String(), c.Value) {
		t.Error("the log holds the cookie")
	}
}

// givesNoToken checks that no access token and no refresh token reach the browser.
func givesNoToken(t *testing.T, p page) {
	t.Helper()
	for _, set := range append(p.Header["Set-Cookie"], p.text) {
		if strings.Contains(set, "spr_") || strings.Contains(set, "eyJ") {
			t.Errorf("a token is given to the browser: %s", set)
		}
	}
}

// A browser on http://localhost knows no __Host- cookie; everything else stays.
func TestWithoutHTTPSTheCookieGoesByAnotherName(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	c := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session")
	if c == nil || !c.HttpOnly || c.Secure || c.SameSite != http.SameSiteLaxMode || c.Domain != "" {
		t.Errorf("the cookie is %v", c)
	}
	s.get(t, accountPath).want(t, http.StatusOK, ada)
}

// ASVS 7.2.4: what a browser held before a sign-in, planted or not, stands for
// nobody after it.
func TestAPlantedCookieIsNeverPromoted(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	planted, _ := session.NewCookie()
	for _, value := range []string{planted, "chosen-by-an-attacker"} {
		p := s.post(t, signInPath, credentials(ada, adasOwn), "Cookie", "sallyport_session="+value).leads(t, accountPath)
		c := p.cookieSet("sallyport_session")
		if c == nil || c.Value == value {
			t.Fatalf("the browser keeps %v", c)
		}
		other := newBrowser(t, s)
		p = other.get(t, accountPath, "Cookie", "sallyport_session="+value)
		p.leads(t, signInPath+"?return_to=%2Faccount")
	}
}

// newBrowser is another browser on the same site.
func newBrowser(t *testing.T, s *site) *site {
	t.Helper()
	other := *s
	client := *s.browser
	client.Jar = nil
	other.browser = &client
	other.stay()
	return &other
}

func TestEverySignInDrawsAnotherCookieAndEndsTheOne(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	first := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	second := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	if first == second {
		t.Error("the same cookie twice")
	}
	if n := s.sessions(t); n != 1 {
		t.Errorf("%d sessions are open, want 1", n)
	}
	newBrowser(t, s).get(t, accountPath, "Cookie", "sallyport_session="+first).leads(t, signInPath+"?return_to=%2Faccount")
}

// Login CSRF, and the same for every other form.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	for _, path := range []string{signInPath, signUpPath, signOutPath, forgotPath, checkMailPath, accountPath, passwordPath, devicesPath, languagePath, disownPath, verifyPath, resetPath} {
		for _, from := range [][]string{
			{"Sec-Fetch-Site", "cross-site"},
			{"Sec-Fetch-Site", "same-site"},
			{"Sec-Fetch-Site", "", "Origin", "https://evil.example"},
			{"Sec-Fetch-Site", "", "Origin", "null"},
		} {
			p := s.post(t, path, credentials(ada, adasOwn, "name", "Eve", "current_password", adasOwn, "new_password", adasNext, "language", "de"), from...)
			p.want(t, http.StatusForbidden, "another site")
			if len(p.Cookies()) > 0 {
				t.Errorf("%s from %v sets %v", path, from, p.Cookies())
			}
		}
	}
	s.house.Settled(t)
	if u, mails := s.user(t), s.box.List(""); u.Name != "Ada" || s.sessions(t) != 1 || len(mails) > 0 || !s.works(t, adasOwn) {
		t.Errorf("another site's form did something: %+v, %d mails", u, len(mails))
	}
}

func TestPagesCannotBeFramedOrRunAnythingButOurScripts(t *testing.T) {
	t.Parallel()
	s := joined(t, func(o *Options) { o.AppURL = "https://app.example/home" })
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn))
	for _, path := range []string{"/", signInPath, signUpPath, forgotPath, checkMailPath, signOutPath, accountPath, passwordPath} {
		h := s.get(t, path).Header
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "form-action 'self' https://app.example;", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy %q lacks %q", path, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(strings.Replace(csp, "; script-src 'self'", "", 1), "script") || h.Get("X-Frame-Options") != "DENY" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestReturnToLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := joined(t, func(o *Options) { o.AppURL, o.PublicURL = "https://app.example/home", "http://localhost:8080" })
	s.stay()
	for _, good := range []struct{ given, want string }{
		{"/account/password", "/account/password"},
		{"/account?x=1&y=%2F#part", "/account?x=1&y=%2F#part"},
		{"/", "/"},
		{"http://localhost:8080/account", "/account"},
		{"HTTP://LOCALHOST:8080/account", "/account"},
		{"https://app.example/home", "https://app.example/home"},
		{"https://APP.example:443/home/deeper?q=%F0%9F%98%80", "https://app.example/home/deeper?q=%F0%9F%98%80"},
		{"/a%20b", "/a%20b"},
	} {
		s.post(t, signInPath, credentials(ada, adasOwn, "return_to", good.given)).leads(t, good.want)
	}
	for _, bad := range []string{
		"//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example", "https:evil.example", "https:/evil.example",
		"http:///evil.example", "https://evil.example", "https://app.example.evil.example/home", "https://evil.example/https://app.example/home",
		"https://app.example@evil.example/home", "https://user@app.example/home", "https://app.example:444/home", "http://app.example/home",
		"https://app.example/homely", "https://app.example/", "https://app.example/home/../admin", "https://app.example/home/%2e%2e/admin",
		"https://app.example/home\\..\\x", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/%0d%0aSet-Cookie:x=1",
		"/x\r\nSet-Cookie: a=b", "javascript:alert(1)", "data:text/html,x", "//localhost:8080/account", "http://localhost/account", "account",
		"?x", "#x", "/..//evil.example", "/./x", "/%5cevil.example", "/%2f/evil.example", "https://app.example%2eevil.example/home", "/\u0000",
		"/" + strings.Repeat("x", 4000), "https://[::1", "/%zz", "/x\u00a0y", "//////",
	} {
		s.post(t, signInPath, credentials(ada, adasOwn, "return_to", bad)).leads(t, accountPath)
		p := s.get(t, signInPath+"?return_to="+url.QueryEscape(bad)).leads(t, accountPath)
		if p.cookieSet("a") != nil || p.cookieSet("x") != nil {
			t.Errorf("%q injects a header", bad)
		}
		// Nor does the form of somebody who is not signed in carry it on.
		p = newBrowser(t, s).get(t, signInPath+"?return_to="+url.QueryEscape(bad)).want(t, http.StatusOK, "<h1>Sign in</h1>")
		if strings.Contains(p.text, `name="return_to" value="`+bad) && !strings.HasPrefix(bad, "/sign-in") {
			t.Errorf("the form carries %q on", bad)
		}
	}
}

func TestWhatWasTypedStaysButForPasswords(t *testing.T) {
	t.Parallel()
	s := opened(t)
	const typed = `"><script>alert(1)</script>@people.example`
	for name, p := range map[string]page{
		"sign-in, wrong":   s.post(t, signInPath, credentials(typed, weak)).want(t, http.StatusUnprocessableEntity, ""),
		"sign-in, missing": s.post(t, signInPath, credentials(typed, "")).want(t, http.StatusUnprocessableEntity, "Enter a password"),
		"sign-up, weak":    s.post(t, signUpPath, credentials(typed, weak, "name", typed)).want(t, http.StatusUnprocessableEntity, english("said.rule.email")),
	} {
		if !strings.Contains(p.text, `value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;@people.example"`) {
			t.Errorf("%s: what was typed is gone:\n%s", name, p.text)
		}
		if strings.Contains(p.text, "<script>") || strings.Contains(p.text, weak) {
			t.Errorf("%s: the page holds a script or a password:\n%s", name, p.text)
		}
	}
	if strings.Contains(s.log.String(), weak) {
		t.Error("the log holds a password")
	}
	p := s.post(t, signInPath, credentials("a\r\nb\x00c"+strings.Repeat("x", 5000), "x"))
	if strings.Contains(p.text, "\x00") || strings.Contains(p.text, strings.Repeat("x", 500)) {
		t.Error("what no field holds is shown again")
	}
}

func TestAFieldAtFaultSaysSoAndHasTheFocus(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := s.post(t, signUpPath, credentials("no-address", "x")).want(t, http.StatusUnprocessableEntity, "</strong> "+english("said.rule.email"))
	input := p.text[strings.Index(p.text, `<input class="input" id="email"`):]
	input = input[:strings.Index(input, ">")]
	for _, want := range []string{`aria-invalid="true"`, `aria-describedby="email-problem"`, "autofocus", `autocomplete="username"`} {
		if !strings.Contains(input, want) {
			t.Errorf("the field %s lacks %s", input, want)
		}
	}
	if n := strings.Count(p.text, "autofocus"); n != 1 {
		t.Errorf("%d elements have the focus", n)
	}
}

func TestSignUpLeadsToTheMailWhoeverOneIs(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.house.Join(t, old)
	p := s.post(t, signUpPath, credentials(fresh, adasNext, "name", "New")).want(t, http.StatusOK, fresh)
	if p.Request.URL.Path != checkMailPath || !strings.Contains(p.text, "Check your email") {
		t.Errorf("led to %s", p.Request.URL)
	}
	first := s.house.LinkTo(t, fresh, verifyPath)
	look, err := s.house.Verifiable(t.Context(), first, "")
	if err != nil || look.Name != "New" || look.From.Address != "127.0.0.1" {
		t.Errorf("signed up %+v (%v)", look, err)
	}
	s.post(t, checkMailPath, again(t, p)).want(t, http.StatusOK, "Sent again")
	s.house.Mails(t, fresh, 2)
	p = s.post(t, forgotPath, url.Values{"email": {old}}).want(t, http.StatusOK, "If there is an account")
	s.house.LinkTo(t, old, resetPath)
	s.post(t, checkMailPath, again(t, p)).want(t, http.StatusOK, "Sent again")
	s.house.Mails(t, old, 2)
	s.post(t, verifyPath, form(s.house.LinkTo(t, fresh, verifyPath), "password", adasNext)).want(t, http.StatusOK, "Your account")
	// A browser that brings no note, or one of its own making, learns nothing.
	s.stay()
	for _, cookie := range []string{"", "junk", secret.Encode([]byte(`{"says":"<b>","email":"x"}`)), secret.Encode([]byte(`{"says":"saved"}`))} {
		newBrowser(t, s).get(t, checkMailPath, "Cookie", "sallyport_note="+cookie).leads(t, signInPath)
		newBrowser(t, s).post(t, checkMailPath, url.Values{}, "Cookie", "sallyport_note="+cookie).leads(t, signInPath)
	}
}

// Two who are not Ada: one without an account, and one with one.
const (
	fresh = "new@people.example"
	old   = "old@people.example"
)

// again is the form that has the mail of a page sent once more.
func again(t *testing.T, p page) url.Values {
	t.Helper()
	form := url.Values{}
	for _, name := range []string{"email", "kind"} {
		found := regexp.MustCompile(`<input type="hidden" name="` + name + `" value="([^"]+)">`).FindStringSubmatch(p.text)
		if found == nil {
			t.Fatalf("the page does not hold the %s:\n%s", name, p.text)
		}
		form.Set(name, found[1])
	}
	return form
}

// Whoever looked for the mail for a quarter of an hour gets it again all the
// same, whatever has become of the note that led to the page.
func TestAMailIsSentAgainHoweverOldThePageIs(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.house.Join(t, old)
	verify := s.post(t, signUpPath, credentials(fresh, adasNext))
	reset := s.post(t, forgotPath, url.Values{"email": {old}})
	for n, note := range []string{"", "sallyport_note=" + secret.Encode([]byte(`{"says":"saved"}`))} {
		for p, to := range map[*page]string{&verify: fresh, &reset: old} {
			s.house.Mails(t, to, n+1)
			newBrowser(t, s).post(t, checkMailPath, again(t, *p), "Cookie", note).leads(t, checkMailPath)
			s.house.Mails(t, to, n+2)
		}
	}
	s.house.LinkTo(t, fresh, verifyPath)
	s.house.LinkTo(t, old, resetPath)
	s.house.Buckets.Refuse(time.Second)
	s.post(t, checkMailPath, again(t, reset)).want(t, http.StatusTooManyRequests, old)
	s.house.Buckets.Refuse(0)
	typed := "sallyport_note=" + secret.Encode([]byte(`{"says":"reset","email":"a\r\nb<i>@people.example"}`))
	newBrowser(t, s).get(t, checkMailPath, "Cookie", typed).want(t, http.StatusOK, "ab&lt;i&gt;@people.example")
}

func TestSignUpWithoutVerificationSignsIn(t *testing.T) {
	t.Parallel()
	s := over(t, roomtest.New(t, roomtest.Unverified))
	s.post(t, signUpPath, credentials(ada, adasNext)).want(t, http.StatusOK, "Your account")
	// Who cannot be signed in just now does it themselves, and gets where they were going.
	s.stay()
	s.house.Before("LEFT JOIN credentials", func() { s.house.Disable(t, s.house.User(t, fresh)) })
	s.post(t, signUpPath, credentials(fresh, adasNext, "return_to", passwordPath)).leads(t, signInPath+"?return_to="+url.QueryEscape(passwordPath))
}

func TestSignUpThatIsClosedTakesNobody(t *testing.T) {
	t.Parallel()
	s := opened(t, func(o *Options) { o.SignUpOpen = false })
	s.get(t, signUpPath).want(t, http.StatusForbidden, "Sign-up is closed")
	s.post(t, signUpPath, credentials("new@people.example", adasNext)).want(t, http.StatusForbidden, "Sign-up is closed")
	if p := s.get(t, signInPath); strings.Contains(p.text, signUpPath) {
		t.Error("the sign-in offers what is closed")
	}
	s.house.Settled(t)
	if len(s.box.List(fresh)) > 0 {
		t.Error("somebody signed up")
	}
}

func TestAnUnverifiedAddressGetsAnotherMail(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.house.SignsUp(t, fresh, adasOwn)
	s.house.Mails(t, fresh, 1)
	p := s.post(t, signInPath, credentials(fresh, adasOwn)).want(t, http.StatusForbidden, "Confirm your email address first")
	s.post(t, checkMailPath, again(t, p)).want(t, http.StatusOK, "Sent again")
	s.house.Mails(t, fresh, 2)
	s.post(t, verifyPath, form(s.house.LinkTo(t, fresh, verifyPath), "password", adasOwn)).want(t, http.StatusOK, "Your account")
}

func TestLimitsAndTroubleKeepTheForm(t *testing.T) {
	t.Parallel()
	s := opened(t)
	for _, path := range []string{signInPath, signUpPath, forgotPath} {
		s.house.Buckets.Refuse(1500 * time.Millisecond)
		p := s.post(t, path, credentials(ada, adasOwn)).want(t, http.StatusTooManyRequests, "Try again in 2 seconds")
		if p.Header.Get("Retry-After") != "2" || !strings.Contains(p.text, `value="`+ada+`"`) || strings.Contains(p.text, adasOwn) {
			t.Errorf("%s: %v\n%s", path, p.Header, p.text)
		}
		s.house.Buckets.Refuse(0)
		s.house.Breaks(fault.ErrUnavailable)
		p = s.post(t, path, credentials(ada, adasOwn)).want(t, http.StatusServiceUnavailable, "can’t do this right now")
		if p.Header.Get("Retry-After") == "" || !strings.Contains(p.text, `value="`+ada+`"`) {
			t.Errorf("%s: %v", path, p.Header)
		}
		s.house.Breaks(nil)
	}
}

func TestTheAccountIsForWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	s.get(t, "/").leads(t, signInPath)
	for path, back := range map[string]string{accountPath: "%2Faccount", passwordPath + "?x=1": "%2Faccount%2Fpassword%3Fx%3D1"} {
		s.get(t, path).leads(t, signInPath+"?return_to="+back)
		s.post(t, path, url.Values{"name": {"Eve"}, "current_password": {adasOwn}, "new_password": {adasNext}}).leads(t, signInPath)
	}
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	s.get(t, "/").leads(t, accountPath)
	s.get(t, signInPath).leads(t, accountPath)
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	// What ends a session elsewhere ends it here, and the page says so once.
	if err := s.house.Sessions.EndOthers(t.Context(), s.house.Asker(t, s.user(t))); err != nil {
		t.Fatal(err)
	}
	s.get(t, accountPath).leads(t, signInPath+"?return_to=%2Faccount")
	s.get(t, signInPath).want(t, http.StatusOK, "Your session has ended")
	if p := s.get(t, signInPath); strings.Contains(p.text, "Your session has ended") {
		t.Error("the note is said twice")
	}
	// Trouble is no "signed out".
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	s.house.Breaks(fault.ErrUnavailable)
	if p := s.get(t, accountPath).want(t, http.StatusServiceUnavailable, "Not available"); len(p.Cookies()) > 0 {
		t.Errorf("trouble sets %v", p.Cookies())
	}
	s.house.Breaks(nil)
	s.get(t, accountPath).want(t, http.StatusOK, ada)
}

func TestTheNameIsSavedAndEscaped(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.post(t, signInPath, credentials(ada, adasOwn))
	p := s.post(t, accountPath, url.Values{"name": {`<img src=x onerror=alert(1)>"`}}).want(t, http.StatusOK, "Saved.")
	if strings.Contains(p.text, "<img src=x") {
		t.Error("a name becomes markup")
	}
	if p := s.get(t, accountPath); strings.Contains(p.text, "Saved.") {
		t.Error("it is said twice")
	}
}

func TestTheLanguageOfMailsIsSaved(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.post(t, signInPath, credentials(ada, adasOwn))
	s.get(t, accountPath).want(t, http.StatusOK, `<option value="en" lang="en" selected>English</option>`)
	s.post(t, accountPath, url.Values{"name": {"Ada"}, "language": {"de"}}).want(t, http.StatusOK, "Saved.")
	s.get(t, accountPath).want(t, http.StatusOK, `<option value="de" lang="de" selected>Deutsch</option>`)
	s.post(t, accountPath, url.Values{"name": {"Ada"}}).want(t, http.StatusOK, "Saved.")
	s.get(t, accountPath).want(t, http.StatusOK, `<option value="de" lang="de" selected>Deutsch</option>`)
}

func TestChangingThePasswordRenewsTheCookie(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	old := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	change := func(current, chosen string) page {
		return s.post(t, passwordPath, url.Values{"current_password": {current}, "new_password": {chosen}})
	}
	change("", "").want(t, http.StatusUnprocessableEntity, "Enter your current password")
	change("not it", adasNext).want(t, http.StatusUnprocessableEntity, "This is not your current password")
	if p := change(adasOwn, weak).want(t, http.StatusUnprocessableEntity, english("said.weak_password.follows")); strings.Contains(p.text, weak) || strings.Contains(p.text, adasOwn) {
		t.Error("the page holds a password")
	}
	c := change(adasOwn, adasNext).leads(t, accountPath).cookieSet("sallyport_session")
	if c == nil || c.Value == old {
		t.Fatalf("the cookie is %v", c)
	}
	s.get(t, accountPath).want(t, http.StatusOK, "Your password has been changed")
	newBrowser(t, s).get(t, accountPath, "Cookie", "sallyport_session="+old).leads(t, signInPath+"?return_to=%2Faccount")
}

// Two tabs share one jar: what a tab sent with the old cookie is answered after
// the other has the new one, which must stay.
func TestALateAnswerToAnOldCookieLeavesTheNewOne(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	old := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	s.post(t, passwordPath, url.Values{"current_password": {adasOwn}, "new_password": {adasNext}}).leads(t, accountPath)
	for _, late := range []page{
		newBrowser(t, s).get(t, devicesPath, "Cookie", "sallyport_session="+old).leads(t, signInPath+"?return_to="+url.QueryEscape(devicesPath)),
		newBrowser(t, s).post(t, accountPath, url.Values{"name": {"Eve"}}, "Cookie", "sallyport_session="+old).leads(t, signInPath),
		newBrowser(t, s).get(t, signInPath, "Cookie", "sallyport_session="+old).want(t, http.StatusOK, "<h1>Sign in</h1>"),
	} {
		if c := late.cookieSet("sallyport_session"); c != nil {
			t.Errorf("%s %s sets %v", late.Request.Method, late.Request.URL.Path, c)
		}
	}
	// The tab that is led to the sign-in has the new cookie by then, and is led back.
	s.get(t, signInPath+"?return_to="+url.QueryEscape(devicesPath)).leads(t, devicesPath)
	s.get(t, devicesPath).want(t, http.StatusOK, "This browser")
}

// Password managers lead people from a leaked password to where it is changed
// (W3C "A Well-Known URL for Changing Passwords").
func TestPasswordManagersFindWhereAPasswordIsChanged(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	s.get(t, "/.well-known/change-password").leads(t, passwordPath)
}

func TestSigningOutIsAFormAndEndsTheSession(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	cookie := s.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	s.get(t, signOutPath).want(t, http.StatusOK, "Sign out?")
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	p := s.post(t, signOutPath, url.Values{"return_to": {"//evil.example"}}).leads(t, signInPath)
	if got := p.Header.Get("Clear-Site-Data"); got != `"storage"` {
		t.Errorf("Clear-Site-Data is %s", got)
	}
	if c := p.cookieSet("sallyport_session"); c == nil || c.MaxAge >= 0 {
		t.Errorf("the cookie stays: %v", c)
	}
	s.get(t, signInPath).want(t, http.StatusOK, "You are signed out.")
	newBrowser(t, s).get(t, accountPath, "Cookie", "sallyport_session="+cookie).leads(t, signInPath+"?return_to=%2Faccount")
	s.post(t, signInPath, credentials(ada, adasOwn))
	s.post(t, signOutPath, url.Values{"everywhere": {"yes"}}).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "signed out on all devices")
	s.post(t, signOutPath, nil).leads(t, signInPath) // nobody signs out as well
}

// A thief who has ended this session is still signed in, and nobody is told
// otherwise.
func TestSigningOutEverywhereOfASessionThatHasEndedIsNoSuccess(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	thief := newBrowser(t, s)
	stolen := "sallyport_session=" + thief.post(t, signInPath, credentials(ada, adasOwn)).cookieSet("sallyport_session").Value
	thief.post(t, devicesPath, url.Values{"others": {"yes"}}, "Cookie", stolen).leads(t, devicesPath)

	s.post(t, signOutPath, url.Values{"everywhere": {"yes"}}).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "Your session has ended. Sign in again.")
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	s.post(t, signOutPath, url.Values{"everywhere": {"yes"}}).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "signed out on all devices")
	thief.get(t, accountPath, "Cookie", stolen).leads(t, signInPath+"?return_to=%2Faccount")
	newBrowser(t, s).post(t, signOutPath, url.Values{"everywhere": {"yes"}}).leads(t, signInPath)
}

// The page that asks to try again asks for the same thing: not for this browser
// alone where it was everywhere.
func TestSigningOutAgainAfterTroubleDoesWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	newBrowser(t, s).post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	s.house.Breaks(fault.ErrUnavailable)
	here := s.post(t, signOutPath, url.Values{"return_to": {passwordPath}}).want(t, http.StatusServiceUnavailable, "Sign out</button>")
	form := hiddenIn(here, signOutPath)
	if form.Get("return_to") != passwordPath || form.Has("everywhere") {
		t.Errorf("the form holds %v", form)
	}
	all := s.post(t, signOutPath, url.Values{"everywhere": {"yes"}, "return_to": {passwordPath}}).want(t, http.StatusServiceUnavailable, "Sign out everywhere</button>")
	form = hiddenIn(all, signOutPath)
	if form.Get("return_to") != passwordPath || form.Get("everywhere") != "yes" {
		t.Errorf("the form holds %v", form)
	}
	s.house.Breaks(nil)
	s.post(t, signOutPath, form).leads(t, passwordPath)
	if n := s.sessions(t); n != 0 {
		t.Errorf("%d sessions live on", n)
	}
}

// hiddenIn is what the form of a page that leads to a path sends without anybody
// filling it in.
func hiddenIn(p page, path string) url.Values {
	_, form, _ := strings.Cut(p.text, `action="`+path+`"`)
	form, _, _ = strings.Cut(form, "</form>")
	sent := url.Values{}
	for _, field := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(form, -1) {
		sent.Add(field[1], html.UnescapeString(field[2]))
	}
	return sent
}

func TestDevicesAreSignedOutOneByOneOrAll(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.post(t, signInPath, credentials(ada, adasOwn)).want(t, http.StatusOK, "Your account")
	signInElsewhere := func() {
		from := audit.Origin{Address: "203.0.113.7", UserAgent: firefox}
		if _, err := s.house.Logins.WithPassword(t.Context(), login.Password{Email: ada, Password: adasOwn, DeviceName: "<i>phone", Origin: from}); err != nil {
			t.Fatal(err)
		}
	}
	if p := s.get(t, devicesPath).want(t, http.StatusOK, "This browser"); strings.Contains(p.text, "Sign out all others") {
		t.Error("there are no others")
	}
	signInElsewhere()
	signInElsewhere()
	p := s.get(t, devicesPath).wants(t, http.StatusOK, "&lt;i&gt;phone", "Firefox on Linux")
	id := regexp.MustCompile(`name="device" value="([^"]+)"`).FindStringSubmatch(p.text)
	if len(id) != 2 {
		t.Fatal(p.text)
	}
	s.post(t, devicesPath, url.Values{"device": {id[1]}}).want(t, http.StatusOK, "That device has been signed out")
	if n := s.sessions(t); n != 2 {
		t.Errorf("%d sessions are open, want 2", n)
	}
	s.post(t, devicesPath, url.Values{"device": {"somebody else's"}}).want(t, http.StatusNotFound, "<h1>")
	theirs := s.house.Asker(t, s.house.Join(t, old))
	s.post(t, devicesPath, url.Values{"device": {theirs.SessionID}}).want(t, http.StatusNotFound, "<h1>")
	s.post(t, devicesPath, nil).want(t, http.StatusBadRequest, "<h1>")
	s.get(t, devicesPath+"?ended=yes").want(t, http.StatusOK, "You signed this device out")
	s.get(t, devicesPath+"?ended=yes", "Accept-Language", "de").want(t, http.StatusOK, "Sie haben dieses Gerät")
	s.post(t, devicesPath, url.Values{"others": {"yes"}}).want(t, http.StatusOK, "All other devices have been signed out")
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	if n := s.sessions(t); n != 1 {
		t.Errorf("%d sessions are open, want 1", n)
	}
	newBrowser(t, s).post(t, devicesPath, url.Values{"others": {"yes"}}).leads(t, signInPath)
}

func TestManyDevicesTakeMoreThanOnePage(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	for range 26 {
		s.house.Device(t, ada, adasOwn)
	}
	next := regexp.MustCompile(`href="(/account/devices\?after=[^"]+)"`).FindStringSubmatch(s.get(t, devicesPath).text)
	if next == nil {
		t.Fatal("no way to the next page")
	}
	if p := s.get(t, html.UnescapeString(next[1])).want(t, http.StatusOK, "Firefox"); strings.Contains(p.text, `href="/account/devices?after=`) {
		t.Error("there is nothing after the last page")
	}
}

func TestTheLanguageIsAskedForChosenAndRemembered(t *testing.T) {
	t.Parallel()
	s := joined(t)
	german := []string{"Accept-Language", "de-AT,de;q=0.9,en;q=0.5"}
	p := s.get(t, signInPath, german...).want(t, http.StatusOK, `<html lang="de" dir="ltr">`)
	if p.Header.Get("Content-Language") != "de" || !strings.Contains(p.text, "Anmelden") {
		t.Errorf("%v\n%s", p.Header, p.text)
	}
	s.get(t, signInPath, "Accept-Language", "tlh,nl;q=0.5").want(t, http.StatusOK, `<html lang="en"`)
	s.post(t, signInPath, credentials(ada, "wrong"), german...).want(t, http.StatusUnprocessableEntity, "oder das Passwort ist falsch")
	// A choice wins over what the browser asks for, and leads back.
	s.post(t, languagePath, url.Values{"language": {"en"}, "return_to": {signUpPath}}, german...).want(t, http.StatusOK, "Create an account")
	s.get(t, signInPath, german...).want(t, http.StatusOK, `<html lang="en"`)
	s.post(t, languagePath, url.Values{"language": {"xx"}}).want(t, http.StatusBadRequest, "could not be read")
	s.stay()
	s.post(t, languagePath, url.Values{"language": {"de"}, "return_to": {"https://evil.example"}}).leads(t, "/")
	s.get(t, languagePath).want(t, http.StatusNotFound, "<h1>")
}

// A browser's name for itself reaches the rooms as it came and no page.
func TestAUserAgentIsNoMarkup(t *testing.T) {
	t.Parallel()
	s := opened(t)
	const name = `<script>alert(1)</script>`
	p := s.post(t, signUpPath, credentials(fresh, adasNext), "User-Agent", name)
	if strings.Contains(p.text, "<script>") {
		t.Error("the page holds the browser's name for itself")
	}
	look, err := s.house.Verifiable(t.Context(), s.house.LinkTo(t, fresh, verifyPath), "")
	if err != nil || look.From.UserAgent != name {
		t.Errorf("the room was told %q (%v)", look.From.UserAgent, err)
	}
}
