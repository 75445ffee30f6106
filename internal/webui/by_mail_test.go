package webui

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

const (
	mailedToken = "spl_a-link-that-nobody-must-see"
	mailedCode  = "161803"
)

// mailRoom is a working room of one mail to Ada, which can be used once.
type mailRoom struct {
	*people

	mailMu  sync.Mutex
	asked   []login.MagicLinkRequest
	request string // the newest request token
	spent   bool
	fails   error
}

func (m *mailRoom) with(fn func() error) error {
	m.mailMu.Lock()
	defer m.mailMu.Unlock()
	if m.fails != nil {
		return m.fails
	}
	return fn()
}

func (m *mailRoom) AskMagicLink(_ context.Context, r login.MagicLinkRequest) (a login.MagicLinkAsked, err error) {
	return a, m.with(func() error {
		if !strings.Contains(r.Email, "@") {
			return fault.ErrInvalidInput.WithFields(fault.Wrong("email", "email"))
		}
		m.asked = append(m.asked, r)
		m.request, m.spent = "spq_"+secret.Encode(secret.Bytes(8)), false
		a.RequestToken, a.ExpiresIn = m.request, 15*time.Minute
		return nil
	})
}

func (m *mailRoom) LookAtMagicLink(_ context.Context, token string) (usable bool, address string, err error) {
	return usable, address, m.with(func() error {
		if usable = token == mailedToken && !m.spent; usable {
			address = ada
		}
		return nil
	})
}

func (m *mailRoom) WithMagicLink(ctx context.Context, in login.MagicLink) (done login.SignedIn, err error) {
	err = m.with(func() error {
		switch {
		case m.spent, in.Token != "" && in.Token != mailedToken, in.Token == "" && in.RequestToken != m.request:
			return magiclink.ErrInvalidToken
		case in.Token == "" && in.Code != mailedCode:
			return login.ErrWrongMailedCode
		}
		m.spent = true
		return nil
	})
	if err != nil {
		return done, err
	}
	return m.WithPassword(ctx, login.Password{Email: ada, Password: adasOwn, CookieHash: in.CookieHash})
}

// byMail is a site where people sign in by mail, and the room that does it.
func byMail(t *testing.T, link, code bool) (*site, *mailRoom) {
	t.Helper()
	room := &mailRoom{}
	s := newSite(t, func(o *Options) { o.MagicLinks, o.MailsLink, o.MailsCode = room, link, code })
	room.people = &s.accounts.people
	s.stay()
	return s, room
}

func TestACodeOfAMailSignsInWhereItWasAskedFor(t *testing.T) {
	t.Parallel()
	s, room := byMail(t, true, true)
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
	p = s.get(t, mailCodePath).want(t, http.StatusOK, `inputmode="numeric"`).want(t, http.StatusOK, `autocomplete="one-time-code"`).want(t, http.StatusOK, ada)
	if strings.Contains(p.text, room.request) {
		t.Error("the page holds the request token")
	}
	s.post(t, mailCodePath, url.Values{"code": {""}}).want(t, http.StatusUnprocessableEntity, "Enter the code")
	if p := s.post(t, mailCodePath, url.Values{"code": {"314159"}}).want(t, http.StatusUnprocessableEntity, "This code is wrong"); strings.Contains(p.text, "314159") {
		t.Error("the page holds the code that was typed")
	}
	// Another browser has asked for nothing.
	newBrowser(t, s).post(t, mailCodePath, url.Values{"code": {mailedCode}}).leads(t, byMailPath)
	p = s.post(t, mailCodePath, url.Values{"code": {mailedCode}}).leads(t, passwordPath)
	if c := p.cookieSet("sallyport_session"); c == nil || !c.HttpOnly || p.cookieSet("sallyport_device") == nil {
		t.Fatal("the code does not sign in")
	}
	if gone := p.cookieSet("sallyport_mail"); gone == nil || gone.MaxAge >= 0 {
		t.Error("what the browser kept stays")
	}
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	if len(room.asked) != 1 || room.asked[0].Email != ada || room.asked[0].Origin.Address == "" {
		t.Errorf("the room was asked %+v", room.asked)
	}
	for _, secret := range []string{mailedCode, room.request} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
}

func TestALinkOfAMailSignsInWhereItIsOpened(t *testing.T) {
	t.Parallel()
	s, room := byMail(t, true, true)
	s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}}).leads(t, mailCodePath)
	other := newBrowser(t, s)
	for range 2 { // looking spends nothing
		p := other.get(t, magicPath+"?token="+mailedToken).want(t, http.StatusOK, ada).want(t, http.StatusOK, "<button")
		if p.Header.Get("Referrer-Policy") != "no-referrer" || p.Header.Get("Cache-Control") != "no-store" ||
			p.cookieSet("sallyport_session") != nil || p.cookieSet("sallyport-link") == nil || len(p.Cookies()) != 1 {
			t.Errorf("the page behind the link has %v", p.Header)
		}
	}
	other.post(t, magicPath, url.Values{"token": {mailedToken}}, "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "another site")
	p := other.post(t, magicPath, url.Values{"token": {mailedToken}}).leads(t, accountPath)
	c := p.cookieSet("sallyport_session")
	if c == nil || p.cookieSet("sallyport_device") == nil {
		t.Fatal("the link does not sign in")
	}
	other.get(t, accountPath, "Cookie", c.Name+"="+c.Value).want(t, http.StatusOK, ada)
	// Link and code are one.
	s.post(t, mailCodePath, url.Values{"code": {mailedCode}}).leads(t, byMailPath+"?return_to=%2Faccount%2Fpassword")
	s.get(t, byMailPath).want(t, http.StatusOK, "This email can’t be used in this browser")
	for _, token := range []string{mailedToken, "spl_unknown", ""} {
		s.get(t, magicPath+"?token="+token).want(t, http.StatusBadRequest, "can’t be used")
		s.post(t, magicPath, url.Values{"token": {token}}).want(t, http.StatusBadRequest, "can’t be used")
	}
	// In the browser that asked, the link leads where it was to lead.
	s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}})
	s.post(t, magicPath, url.Values{"token": {mailedToken}}).leads(t, passwordPath)
	if len(room.asked) != 2 {
		t.Errorf("the room was asked %d times", len(room.asked))
	}
}

func TestSigningInByMailAsksForTheSecondFactor(t *testing.T) {
	t.Parallel()
	s, _ := byMail(t, true, true)
	s.accounts.password, s.accounts.open = adasOwn, map[string]string{}
	s.accounts.code, s.accounts.user.Email = adasCode, ada
	for name, use := range map[string]func() page{
		"link": func() page { return s.post(t, magicPath, url.Values{"token": {mailedToken}}) },
		"code": func() page { return s.post(t, mailCodePath, url.Values{"code": {mailedCode}}) },
	} {
		s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {passwordPath}})
		if p := use().leads(t, secondPath); p.cookieSet("sallyport_session") != nil || p.cookieSet("sallyport_device") != nil || s.accounts.sessions() != 0 {
			t.Fatalf("the %s alone signs in", name)
		}
		s.post(t, secondPath, answer("totp", adasCode)).leads(t, passwordPath)
		s.accounts.open = map[string]string{}
	}
}

func TestWhatGoesWrongBySigningInByMail(t *testing.T) {
	t.Parallel()
	s, room := byMail(t, true, true)
	s.post(t, byMailPath, url.Values{"email": {ada}})
	typed, pressed := url.Values{"code": {mailedCode}}, url.Values{"token": {mailedToken}}
	fails := func(err error) {
		room.mailMu.Lock()
		defer room.mailMu.Unlock()
		room.fails = err
	}
	fails(ratelimit.ErrTooManyCodes.WithRetryAfter(20 * time.Hour))
	s.post(t, mailCodePath, typed).want(t, http.StatusTooManyRequests, "20 hours")
	fails(login.ErrDisabled)
	s.post(t, mailCodePath, typed).want(t, http.StatusForbidden, "This account is disabled")
	s.post(t, magicPath, pressed).want(t, http.StatusForbidden, "This account is disabled")
	fails(fault.ErrUnavailable)
	for path, form := range map[string]url.Values{mailCodePath: typed, magicPath: pressed, byMailPath: {"email": {ada}}} {
		s.post(t, path, form).want(t, http.StatusServiceUnavailable, "Try again in")
	}
	s.get(t, magicPath+"?token="+mailedToken).want(t, http.StatusServiceUnavailable, "Try again")
	fails(magiclink.ErrOff)
	s.post(t, byMailPath, url.Values{"email": {ada}}).want(t, http.StatusForbidden, "turned off")
	fails(nil)
	for path, form := range map[string]url.Values{mailCodePath: typed, magicPath: pressed, byMailPath: {"email": {ada}}} {
		s.limits.left = 0
		s.post(t, path, form).want(t, http.StatusTooManyRequests, "Too many attempts")
	}
	s.limits.left = 1000
	// Where it leads is read anew, whatever the browser kept.
	raw, err := json.Marshal(mailed{Request: room.request, Email: "<b>", ReturnTo: "//evil.example/"})
	if err != nil {
		t.Fatal(err)
	}
	kept := "sallyport_mail=" + secret.Encode(raw)
	newBrowser(t, s).get(t, mailCodePath, "Cookie", kept).want(t, http.StatusOK, "&lt;b&gt;")
	newBrowser(t, s).post(t, mailCodePath, typed, "Cookie", kept).leads(t, accountPath)
	for _, garbage := range []string{"%%%", "e30", secret.Encode([]byte(`{"request":1}`))} {
		newBrowser(t, s).post(t, mailCodePath, typed, "Cookie", "sallyport_mail="+garbage).leads(t, byMailPath)
	}
}

func TestPagesOfMailsByWhatTheyBring(t *testing.T) {
	t.Parallel()
	link, _ := byMail(t, true, false)
	link.post(t, byMailPath, url.Values{"email": {ada}})
	if p := link.get(t, mailCodePath).want(t, http.StatusOK, "an email with a link is on its way"); strings.Contains(p.text, "one-time-code") {
		t.Error("a code is asked for that no mail brings")
	}
	link.post(t, mailCodePath, url.Values{"code": {mailedCode}}).leads(t, byMailPath)
	code, _ := byMail(t, false, true)
	code.post(t, byMailPath, url.Values{"email": {ada}})
	code.get(t, mailCodePath).want(t, http.StatusOK, "an email with a code is on its way").want(t, http.StatusOK, "one-time-code")

	off := newSite(t)
	if p := off.get(t, signInPath).want(t, http.StatusOK, "Sign in"); strings.Contains(p.text, english("sign_in.by_mail")) {
		t.Error("what is off is offered")
	}
	for _, path := range []string{byMailPath, mailCodePath, magicPath + "?token=" + mailedToken} {
		off.get(t, path).want(t, http.StatusNotFound, "Page not found")
	}
	off.post(t, magicPath, url.Values{"token": {mailedToken}}).want(t, http.StatusNotFound, "Page not found")
}
