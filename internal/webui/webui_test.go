package webui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// adasProof is what Ada's browser was given when she signed up.
const adasProof = "sps_adas"

// errWeak is what is said of a password that follows a pattern.
var errWeak = password.ErrWeak.WithWords("weak_password.follows")

var errSpent = fault.New(fault.Spent, "invalid_token")

// accounts is a working room of live tokens. It remembers what was asked.
type accounts struct {
	people

	mu        sync.Mutex
	live      map[string]bool
	passwords map[string]string // what a reset token set
	origin    audit.Origin
	device    session.Device // of every token that disowns
	asks      bool           // verification links ask for a password
	verified  []login.Verification
	err       error // of every call, if set
}

func newAccounts(tokens ...string) *accounts {
	a := &accounts{live: map[string]bool{}, passwords: map[string]string{}}
	for _, t := range tokens {
		a.live[t] = true
	}
	return a
}

// usable reports whether a token would work, and that it is Ada's.
func (a *accounts) usable(token string) (usable bool, address string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.live[token] && a.err == nil {
		address = ada
	}
	return a.live[token], address, a.err
}

func (a *accounts) Verifiable(_ context.Context, token, proof string) (v signup.Verifiable, err error) {
	v.Usable, v.Email, err = a.usable(token)
	v.Name, v.SignedUpAt = "Mallory", time.Date(2026, time.March, 4, 14, 30, 0, 0, time.UTC)
	v.From = audit.Origin{Address: "203.0.113.7", UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
	v.Known = !a.asks || proof == adasProof
	return v, err
}

func (a *accounts) Resettable(_ context.Context, token string) (usable bool, address string, err error) {
	return a.usable(token)
}

func (a *accounts) spend(token string, origin audit.Origin) error {
	a.origin = origin
	if a.err != nil {
		return a.err
	}
	if !a.live[token] {
		return errSpent
	}
	a.live[token] = false
	return nil
}

func (a *accounts) VerifyEmail(_ context.Context, v login.Verification) (done login.Verified, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.err != nil:
		return done, a.err
	case v.NewPassword == weak:
		return done, errWeak
	case a.asks && v.Password == "" && v.NewPassword == "" && v.Proof != adasProof:
		return done, account.ErrPasswordRequired
	case a.asks && v.Password != "" && v.Password != adasOwn:
		return done, account.ErrWrongPassword
	}
	if err := a.spend(v.Token, v.Origin); err != nil || !a.asks {
		return done, err
	}
	a.verified = append(a.verified, v)
	return login.Verified{SignedIn: &login.SignedIn{Tokens: session.Tokens{KnownDevice: "a-known-device"}}}, nil
}

func (a *accounts) Disownable(_ context.Context, token string) (session.Device, bool, error) {
	usable, _, err := a.usable(token)
	return a.device, usable, err
}

func (a *accounts) Disown(_ context.Context, token string, origin audit.Origin) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.spend(token, origin)
}

func (a *accounts) ResetPassword(_ context.Context, token, password string, origin audit.Origin) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if password == weak {
		return errWeak
	}
	if err := a.spend(token, origin); err != nil {
		return err
	}
	a.passwords[token] = password
	return nil
}

// limits lets a number of requests through.
type limits struct {
	mu   sync.Mutex
	left int
	seen []string
}

func (l *limits) Allow(_ context.Context, flow ratelimit.Flow, address string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen = append(l.seen, string(flow)+" "+address)
	if l.left--; l.left < 0 {
		return fault.New(fault.Limited, "rate_limited").WithRetryAfter(1500e6)
	}
	return nil
}

// Where links lead, as the mails spell it.
const (
	verifyPath       = "/auth/verify-email"
	resetPath        = "/auth/reset-password"
	disownPath       = "/auth/sessions/not-me"
	magicPath        = "/auth/magic-link"
	confirmEmailPath = "/auth/confirm-email"
	undoEmailPath    = "/auth/undo-email"
)

const (
	signInPath         = frame.SignInPath
	secondPath         = frame.SecondFactorPath
	passkeyPath        = frame.ByPasskeyPath
	byMailPath         = frame.ByMailPath
	mailCodePath       = frame.MailCodePath
	restorePath        = frame.RestorePath
	signUpPath         = frame.SignUpPath
	signOutPath        = frame.SignOutPath
	forgotPath         = frame.ForgotPath
	checkMailPath      = frame.CheckMailPath
	languagePath       = frame.LanguagePath
	changePasswordPath = frame.ChangePasswordPath
	accountPath        = frame.AccountPath
	passwordPath       = frame.PasswordPath
	devicesPath        = frame.DevicesPath
)

const (
	token = "spv_a-token-that-nobody-must-see"
	weak  = "weak-and-never-echoed"
)

// site is a running server with pages.
type site struct {
	*httptest.Server
	accounts *accounts
	limits   *limits
	box      *mail.Box
	clock    *clock.Fake
	log      *lockedBuffer
	browser  *http.Client
}

func roomsOf(a *accounts) frame.Rooms {
	return frame.Rooms{Accounts: a, SignUps: a, Recovery: a, Changes: a, Deletions: a, Logins: a, Sessions: &a.people, Factors: &a.people, Records: &a.people, Passkeys: &a.people}
}

// someRooms are for pages that ask nothing of them.
func someRooms() frame.Rooms { return roomsOf(newAccounts()) }

func newSite(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	clk := clock.NewFake()
	s := &site{
		accounts: newAccounts(token), limits: &limits{left: 1000}, box: mail.NewBox(clk, 10), clock: clk, log: &lockedBuffer{},
	}
	s.Server = httptest.NewUnstartedServer(nil)
	o := Options{
		Options: frame.Options{
			Rooms:  roomsOf(s.accounts),
			Limits: s.limits, SessionTTL: 90 * 24 * time.Hour, Passwords: password.Rules{Min: 8},
			Log:     slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			Product: "Harbour Books", PublicURL: "http://" + s.Listener.Addr().String(),
		},
		VerifyEmailTTL: 24 * time.Hour, Box: s.box, Clock: clk, SignUpOpen: true,
	}
	for _, c := range change {
		c(&o)
	}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Config.Handler = h
	s.Start()
	t.Cleanup(s.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.browser = s.Client()
	s.browser.Jar = jar
	return s
}

// page is an answer, read.
type page struct {
	*http.Response
	text string
}

func (s *site) do(t *testing.T, r *http.Request) page {
	t.Helper()
	resp, err := s.browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page{resp, string(b)}
}

func (s *site) request(t *testing.T, method, path string, body io.Reader, header ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func (s *site) get(t *testing.T, path string, header ...string) page {
	t.Helper()
	return s.do(t, s.request(t, http.MethodGet, path, nil, header...))
}

// post sends a form as the page's own button does.
func (s *site) post(t *testing.T, path string, form url.Values, header ...string) page {
	t.Helper()
	r := s.request(t, http.MethodPost, path, strings.NewReader(form.Encode()),
		append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, header...)...)
	return s.do(t, r)
}

// want checks the status and that the page says something.
func (p page) want(t *testing.T, status int, says string) page {
	t.Helper()
	if p.StatusCode != status {
		t.Errorf("status %d, want %d", p.StatusCode, status)
	}
	if !strings.Contains(p.text, says) {
		t.Errorf("the page does not say %q:\n%s", says, p.text)
	}
	return p
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestNewRefusesWhatItCannotWorkWith(t *testing.T) {
	t.Parallel()
	good := Options{
		Options: frame.Options{Rooms: someRooms(), Limits: &limits{}, Log: slog.New(slog.DiscardHandler), PublicURL: "https://auth.example"},
		Clock:   clock.System{},
	}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"no accounts":                 func(o *Options) { o.Accounts = nil },
		"no logins":                   func(o *Options) { o.Logins = nil },
		"no sessions":                 func(o *Options) { o.Sessions = nil },
		"no factors":                  func(o *Options) { o.Factors = nil },
		"a brand of another type":     func(o *Options) { o.Brand = map[string][]byte{"logo.exe": nil} },
		"no limits":                   func(o *Options) { o.Limits = nil },
		"no clock":                    func(o *Options) { o.Clock = nil },
		"no log":                      func(o *Options) { o.Log = nil },
		"no public URL":               func(o *Options) { o.PublicURL = "" },
		"a public URL of no web":      func(o *Options) { o.PublicURL = "ftp://auth.example" },
		"an app URL that is a script": func(o *Options) { o.AppURL = "javascript:alert(1)" },
	} {
		o := good
		spoil(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestEveryAnswerCarriesTheDefences(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for path, policy := range map[string]string{
		verifyPath + "?token=" + token: frame.PolicyPage + "; script-src 'self'", resetPath: frame.PolicyPage + "; script-src 'self'",
		"/dev/nothing": frame.PolicyPage + "; script-src 'self'", "/static/nothing.css": frame.PolicyPage + "; script-src 'self'",
		"/static/favicon.svg": frame.PolicyPage, "/dev/mailbox.json": frame.PolicyPage,
	} {
		h := s.get(t, path).Header
		for name, want := range map[string]string{
			"Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": policy,
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if got := h.Get("Cache-Control"); got != "no-store" && !strings.HasSuffix(path, ".svg") {
			t.Errorf("%s: Cache-Control is %q", path, got)
		}
	}
}

// What stops a request before its page, or tears it down, is shown like anything
// else that goes wrong.
func TestWhatStopsARequestOutsideAPageIsAPageToo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err    error
		status int
		says   string
	}{
		{middleware.ErrTooLarge, http.StatusRequestEntityTooLarge, "Das Formular ist zu groß"},
		{fault.New(fault.NotFound, "not_found"), http.StatusNotFound, "Seite nicht gefunden"},
		{errors.New("handler panicked: hidden-detail"), http.StatusInternalServerError, "01932c07"},
	} {
		site := newPages(t)
		r := httptest.NewRequest(http.MethodPost, signInPath, nil)
		r.Header.Set("Accept-Language", "de")
		r = r.WithContext(telemetry.WithRequestID(r.Context(), "01932c07-5b1e-7d40-9c3a-6f2f5e8d1b27"))
		w := httptest.NewRecorder()
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		site.Fail(w, r, test.err)
		h := w.Header()
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) || strings.Contains(w.Body.String(), "hidden-detail") {
			t.Errorf("%v: %d\n%s", test.err, w.Code, w.Body)
		}
		if h.Get("Content-Security-Policy") != frame.PolicyPage+"; script-src 'self'" || h.Get("Cache-Control") != "no-store" || h.Get("X-Frame-Options") != "DENY" ||
			!strings.HasPrefix(h.Get("Content-Type"), "text/html") {
			t.Errorf("%v: %v", test.err, h)
		}
	}
}

// newPages is the pages alone.
func newPages(t *testing.T) *Site {
	t.Helper()
	site, err := New(Options{
		Options: frame.Options{Rooms: someRooms(), Limits: &limits{}, Log: slog.New(slog.DiscardHandler), PublicURL: "https://auth.example"},
		Clock:   clock.System{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// Browsers send no origin with a form under no-referrer, and no Sec-Fetch-Site
// to plain HTTP other than localhost: the two together would refuse our own
// form.
func TestThePolicyHidesThePathAndLetsOurOwnFormsThrough(t *testing.T) {
	t.Parallel()
	for public, want := range map[string]string{
		"https://auth.example":     "no-referrer",
		"http://localhost:8080":    "no-referrer",
		"http://127.0.0.1:8080":    "no-referrer",
		"http://[::1]:8080":        "no-referrer",
		"http://192.168.1.20:8080": "strict-origin",
		"http://auth.internal":     "strict-origin",
	} {
		s := newSite(t, func(o *Options) { o.PublicURL = public })
		if got := s.get(t, verifyPath+"?token="+token).Header.Get("Referrer-Policy"); got != want {
			t.Errorf("%s: Referrer-Policy is %q, want %q", public, got, want)
		}
		form := url.Values{"token": {token}}.Encode()
		r := s.request(t, http.MethodPost, verifyPath, strings.NewReader(form),
			"Content-Type", "application/x-www-form-urlencoded", "Origin", public)
		s.do(t, r).want(t, http.StatusOK, "confirmed")
	}
}

func TestMethodsThatAPageDoesNotKnowAreRefusedWithAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.do(t, s.request(t, http.MethodPut, verifyPath, nil)).want(t, http.StatusMethodNotAllowed, "<h1>")
	if got := p.Header.Get("Allow"); got != "GET, HEAD, POST" {
		t.Errorf("Allow is %q", got)
	}
	p = s.post(t, "/dev/mailbox", nil).want(t, http.StatusMethodNotAllowed, "<h1>")
	if got := p.Header.Get("Allow"); got != "GET, HEAD" {
		t.Errorf("Allow is %q", got)
	}
	s.get(t, "/nothing").want(t, http.StatusNotFound, "<h1>")
}
