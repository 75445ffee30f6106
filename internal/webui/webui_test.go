package webui

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

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

// weak follows a pattern.
const weak = "abcdefgh12345678"

// site is a running server with pages.
type site struct {
	*httptest.Server
	box     *mail.Box
	clock   *clock.Fake
	log     *lockedBuffer
	browser *http.Client
	house   *roomtest.House
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
	h := roomtest.New(t)
	good := Options{
		Options: frame.Options{Rooms: h.Pages(), Limits: h.Limits, Log: slog.New(slog.DiscardHandler), PublicURL: "https://auth.example"},
		Clock:   h.Clock,
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
	s := opened(t)
	for path, policy := range map[string]string{
		verifyPath + "?token=" + s.linkOf(t, verifyPath): frame.PolicyPage + "; script-src 'self'", resetPath: frame.PolicyPage + "; script-src 'self'",
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
	h := roomtest.New(t)
	for _, test := range []struct {
		err    error
		status int
		says   string
	}{
		{middleware.ErrTooLarge, http.StatusRequestEntityTooLarge, "Das Formular ist zu groß"},
		{fault.New(fault.NotFound, "not_found"), http.StatusNotFound, "Seite nicht gefunden"},
		{errors.New("handler panicked: hidden-detail"), http.StatusInternalServerError, "01932c07"},
	} {
		site := roomtest.Must(New(Options{
			Options: frame.Options{Rooms: h.Pages(), Limits: h.Limits, Log: slog.New(slog.DiscardHandler), PublicURL: "https://auth.example"},
			Clock:   h.Clock,
		}))
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

// Browsers send no origin with a form under no-referrer, and no Sec-Fetch-Site
// to plain HTTP other than localhost: the two together would refuse our own
// form.
func TestThePolicyHidesThePathAndLetsOurOwnFormsThrough(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for public, want := range map[string]string{
		"https://auth.example":     "no-referrer",
		"http://localhost:8080":    "no-referrer",
		"http://127.0.0.1:8080":    "no-referrer",
		"http://[::1]:8080":        "no-referrer",
		"http://192.168.1.20:8080": "strict-origin",
		"http://auth.internal":     "strict-origin",
	} {
		s := over(t, h, func(o *Options) { o.PublicURL = public })
		token := s.linkOf(t, resetPath)
		if got := s.get(t, resetPath+"?token="+token).Header.Get("Referrer-Policy"); got != want {
			t.Errorf("%s: Referrer-Policy is %q, want %q", public, got, want)
		}
		r := s.request(t, http.MethodPost, resetPath, strings.NewReader(form(token, "new_password", adasNext).Encode()),
			"Content-Type", "application/x-www-form-urlencoded", "Origin", public)
		s.do(t, r).want(t, http.StatusOK, "Your password has been changed")
		h.Clock.Advance(time.Hour) // past the limit of mails
	}
}

func TestMethodsThatAPageDoesNotKnowAreRefusedWithAPage(t *testing.T) {
	t.Parallel()
	s := opened(t)
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
