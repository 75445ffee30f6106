package webui

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// byMail is a site where people sign in by mail, and Ada has an account.
func byMail(t *testing.T, link, code bool, change ...func(*Options)) *site {
	t.Helper()
	h := roomtest.New(t)
	s := over(t, h, append(change, func(o *Options) { o.MailsLink, o.MailsCode = link, code })...)
	h.Join(t, ada)
	s.stay()
	return s
}

// mailIn waits for the nth mail to Ada that signs in, from 1, and gives its link's
// token and its code.
func (s *site) mailIn(t *testing.T, n int) (token, code string) {
	t.Helper()
	m := waittest.For(t, "a mail that signs in", func() (m mail.Captured, there bool) {
		list := slices.DeleteFunc(s.box.List(ada), func(m mail.Captured) bool { return roomtest.TokenIn(m, magicPath) == "" })
		if len(list) < n {
			return m, false
		}
		return list[len(list)-n], true
	})
	found := sixDigits.FindStringSubmatch(m.Text)
	if token = roomtest.TokenIn(m, magicPath+"?token="); token == "" || found == nil {
		t.Fatalf("mail %d is %q:\n%s", n, m.Subject, m.Text)
	}
	return token, found[1]
}

// wrong is another code.
func wrong(code string) string {
	if code == "314159" {
		return "271828"
	}
	return "314159"
}

// asked is the request token that a browser keeps.
func (s *site) asked(t *testing.T) string {
	t.Helper()
	var m mailed
	if err := json.Unmarshal(roomtest.Must(secret.Decode(s.cookie(t, "sallyport_mail"))), &m); err != nil {
		t.Fatal(err)
	}
	return m.Request
}

func TestACodeOfAMailSignsInWhereItWasAskedFor(t *testing.T) {
	t.Parallel()
	s := byMail(t, true, true)
	s.get(t, signInPath+"?return_to=%2Faccount%2Fpassword").want(t, http.StatusOK, `href="/sign-in/mail?return_to=%2faccount%2fpassword"`)
	s.get(t, mailCodePath).leads(t, byMailPath)
	s.get(t, byMailPath).wants(t, http.StatusOK, `autocomplete="username"`, "another browser asked for it")
	s.post(t, byMailPath, url.Values{"email": {""}}).want(t, http.StatusUnprocessableEntity, "Enter your email address")
	s.post(t, byMailPath, url.Values{"email": {"ada"}}).want(t, http.StatusUnprocessableEntity, `value="ada"`)
	p := s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}}).leads(t, mailCodePath)
	c := p.cookieSet("sallyport_mail")
	if c == nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 900 || p.cookieSet("sallyport_session") != nil {
		t.Fatalf("asking sets %v", p.Cookies())
	}
	_, code := s.mailIn(t, 1)
	request := s.asked(t)
	p = s.get(t, mailCodePath).wants(t, http.StatusOK, `inputmode="numeric"`, `autocomplete="one-time-code"`, ada)
	if strings.Contains(p.text, request) {
		t.Error("the page holds the request token")
	}
	s.post(t, mailCodePath, url.Values{"code": {""}}).want(t, http.StatusUnprocessableEntity, "Enter the code")
	if p := s.post(t, mailCodePath, url.Values{"code": {wrong(code)}}).want(t, http.StatusUnprocessableEntity, "This code is wrong"); strings.Contains(p.text, wrong(code)) {
		t.Error("the page holds the code that was typed")
	}
	// Another browser has asked for nothing.
	newBrowser(t, s).post(t, mailCodePath, url.Values{"code": {code}}).leads(t, byMailPath)
	p = s.post(t, mailCodePath, url.Values{"code": {code}}).leads(t, passwordPath)
	if c := p.cookieSet("sallyport_session"); c == nil || !c.HttpOnly || p.cookieSet("sallyport_device") == nil {
		t.Fatal("the code does not sign in")
	}
	if gone := p.cookieSet("sallyport_mail"); gone == nil || gone.MaxAge >= 0 {
		t.Error("what the browser kept stays")
	}
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	for _, secret := range []string{code, request} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
}

func TestALinkOfAMailSignsInWhereItIsOpened(t *testing.T) {
	t.Parallel()
	s := byMail(t, true, true)
	s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}}).leads(t, mailCodePath)
	mailed, code := s.mailIn(t, 1)
	other := newBrowser(t, s)
	for range 2 { // looking spends nothing
		p := other.get(t, magicPath+"?token="+mailed).wants(t, http.StatusOK, ada, "<button")
		if p.Header.Get("Referrer-Policy") != "no-referrer" || p.Header.Get("Cache-Control") != "no-store" ||
			p.cookieSet("sallyport_session") != nil || p.cookieSet("sallyport-link") == nil || len(p.Cookies()) != 1 {
			t.Errorf("the page behind the link has %v", p.Header)
		}
	}
	other.post(t, magicPath, form(mailed), "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "another site")
	p := other.post(t, magicPath, form(mailed)).leads(t, accountPath)
	c := p.cookieSet("sallyport_session")
	if c == nil || p.cookieSet("sallyport_device") == nil {
		t.Fatal("the link does not sign in")
	}
	other.get(t, accountPath, "Cookie", c.Name+"="+c.Value).want(t, http.StatusOK, ada)
	// Link and code are one.
	s.post(t, mailCodePath, url.Values{"code": {code}}).leads(t, byMailPath+"?return_to=%2Faccount%2Fpassword")
	s.get(t, byMailPath).want(t, http.StatusOK, "This email can’t be used in this browser")
	for _, token := range []string{mailed, "spl_unknown", ""} {
		s.get(t, magicPath+"?token="+token).want(t, http.StatusBadRequest, "can’t be used")
		s.post(t, magicPath, form(token)).want(t, http.StatusBadRequest, "can’t be used")
	}
	// In the browser that asked, the link leads where it was to lead.
	s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}})
	mailed, _ = s.mailIn(t, 2)
	s.post(t, magicPath, form(mailed)).leads(t, passwordPath)
}

func TestSigningInByMailAsksForTheSecondFactor(t *testing.T) {
	t.Parallel()
	s := byMail(t, true, true)
	_, codes := s.enrol(t)
	for n, use := range []func(token, code string) page{
		func(token, _ string) page { return s.post(t, magicPath, form(token)) },
		func(_, code string) page { return s.post(t, mailCodePath, url.Values{"code": {code}}) },
	} {
		s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}})
		before := s.sessions(t)
		if p := use(s.mailIn(t, n+1)).leads(t, secondPath); p.cookieSet("sallyport_session") != nil || p.cookieSet("sallyport_device") != nil || s.sessions(t) != before {
			t.Fatalf("the mail alone signs in (%d)", n)
		}
		s.post(t, secondPath, answer("recovery_code", codes[n])).leads(t, passwordPath)
		s.browser.Jar = roomtest.Must(cookiejar.New(nil))
	}
}

func TestWhatGoesWrongBySigningInByMail(t *testing.T) {
	t.Parallel()
	s := byMail(t, true, true)
	s.post(t, byMailPath, url.Values{"email": {ada}})
	token, code := s.mailIn(t, 1)
	typed, pressed := url.Values{"code": {code}}, form(token)
	s.house.Breaks(ratelimit.ErrTooManyCodes.WithRetryAfter(20 * time.Hour))
	s.post(t, mailCodePath, typed).want(t, http.StatusTooManyRequests, "20 hours")
	s.house.Breaks(fault.ErrUnavailable)
	forms := map[string]url.Values{mailCodePath: typed, magicPath: pressed, byMailPath: {"email": {ada}}}
	for path, form := range forms {
		s.post(t, path, form).want(t, http.StatusServiceUnavailable, "Try again in")
	}
	s.get(t, magicPath+"?token="+token).want(t, http.StatusServiceUnavailable, "Try again")
	s.house.Breaks(magiclink.ErrOff)
	s.post(t, byMailPath, url.Values{"email": {ada}}).want(t, http.StatusForbidden, "turned off")
	s.house.Breaks(nil)
	s.house.Buckets.Refuse(time.Second)
	for path, form := range forms {
		s.post(t, path, form).want(t, http.StatusTooManyRequests, "Too many attempts")
	}
	s.house.Buckets.Refuse(0)
	// Where it leads is read anew, whatever the browser kept.
	raw := roomtest.Must(json.Marshal(mailed{Request: s.asked(t), Email: "<b>", ReturnTo: "//evil.example/"}))
	kept := "sallyport_mail=" + secret.Encode(raw)
	newBrowser(t, s).get(t, mailCodePath, "Cookie", kept).want(t, http.StatusOK, "&lt;b&gt;")
	newBrowser(t, s).post(t, mailCodePath, typed, "Cookie", kept).leads(t, accountPath)
	for _, garbage := range []string{"%%%", "e30", secret.Encode([]byte(`{"request":1}`))} {
		newBrowser(t, s).post(t, mailCodePath, typed, "Cookie", "sallyport_mail="+garbage).leads(t, byMailPath)
	}
}

func TestADisabledAccountIsNotSignedInByMail(t *testing.T) {
	t.Parallel()
	for _, path := range []string{magicPath, mailCodePath} {
		s := byMail(t, true, true)
		s.post(t, byMailPath, url.Values{"email": {ada}})
		token, code := s.mailIn(t, 1)
		s.house.Disable(t, s.user(t))
		s.post(t, path, form(token, "code", code)).want(t, http.StatusForbidden, "This account is disabled")
	}
}

func TestPagesOfMailsByWhatTheyBring(t *testing.T) {
	t.Parallel()
	link := byMail(t, true, false)
	link.post(t, byMailPath, url.Values{"email": {ada}})
	if p := link.get(t, mailCodePath).want(t, http.StatusOK, "an email with a link is on its way"); strings.Contains(p.text, "one-time-code") {
		t.Error("a code is asked for that no mail brings")
	}
	token, typed := link.mailIn(t, 1)
	link.post(t, mailCodePath, url.Values{"code": {typed}}).leads(t, byMailPath)
	code := byMail(t, false, true)
	code.post(t, byMailPath, url.Values{"email": {ada}})
	code.get(t, mailCodePath).wants(t, http.StatusOK, "an email with a code is on its way", "one-time-code")

	off := over(t, link.house)
	if p := off.get(t, signInPath).want(t, http.StatusOK, "Sign in"); strings.Contains(p.text, english("sign_in.by_mail")) {
		t.Error("what is off is offered")
	}
	for _, path := range []string{byMailPath, mailCodePath, magicPath + "?token=" + token} {
		off.get(t, path).want(t, http.StatusNotFound, "Page not found")
	}
	off.post(t, magicPath, form(token)).want(t, http.StatusNotFound, "Page not found")
}
