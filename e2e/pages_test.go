package e2e_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// browser is a person's browser without JavaScript: it keeps cookies, follows
// redirects on the site and sends the forms that it is shown.
type browser struct {
	*http.Client

	world *world
	agent string
}

func (w *world) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{Client: &http.Client{Jar: jar}, world: w, agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
	b.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if !strings.HasPrefix(r.URL.String(), w.URL+"/") {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return b
}

// shown is what a browser shows.
type shown struct {
	status int
	path   string
	header http.Header
	text   string
}

func (b *browser) do(t *testing.T, method, path string, form url.Values, header ...string) shown {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, b.world.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	r.Header.Set("User-Agent", b.agent)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := b.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range b.cookies(t) {
		if strings.HasSuffix(c.Name, "_session") {
			b.world.remember(c.Value)
		}
	}
	return shown{resp.StatusCode, resp.Request.URL.Path, resp.Header, string(body)}
}

func (b *browser) cookies(t *testing.T) []*http.Cookie {
	t.Helper()
	u, err := url.Parse(b.world.URL)
	if err != nil {
		t.Fatal(err)
	}
	return b.Jar.Cookies(u)
}

func (b *browser) open(t *testing.T, path string, header ...string) shown {
	t.Helper()
	return b.do(t, http.MethodGet, path, nil, header...)
}

func (b *browser) send(t *testing.T, path string, pairs ...string) shown {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
		if strings.Contains(pairs[i], "password") {
			b.world.remember(pairs[i+1])
		}
	}
	return b.do(t, http.MethodPost, path, form)
}

func (s shown) want(t *testing.T, status int, path, says string) shown {
	t.Helper()
	if s.status != status || s.path != path || !strings.Contains(s.text, says) {
		t.Fatalf("%d at %s, want %d at %s that says %q:\n%s", s.status, s.path, status, path, says, s.text)
	}
	return s
}

const nextPassword = "a fresh start 81"

// TestAPersonLivesOnThePagesAlone walks from the first visit to the last with
// nothing but links and forms.
func TestAPersonLivesOnThePagesAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser(t)
	email := address(t, 1)
	b.open(t, "/").want(t, http.StatusOK, "/sign-in", "<h1>Sign in</h1>")
	b.open(t, "/account/password").want(t, http.StatusOK, "/sign-in", `name="return_to" value="/account/password"`)

	b.send(t, "/sign-up", "email", email, "password", "password1", "name", "Ada").want(t, http.StatusUnprocessableEntity, "/sign-up", words.ForPrograms().Said("weak_password.common"))
	b.send(t, "/sign-up", "email", email, "password", password, "name", "Ada").want(t, http.StatusOK, "/check-mail", email)
	b.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusForbidden, "/sign-in", "Confirm your email address first")
	b.send(t, "/check-mail", "email", email, "kind", "verify").want(t, http.StatusOK, "/check-mail", "Sent again")

	token := w.linkToken(t, email, 2)
	b.open(t, "/auth/verify-email?token="+url.QueryEscape(token)).want(t, http.StatusOK, "/auth/verify-email", "Confirm address")
	b.send(t, "/auth/verify-email", "token", token).want(t, http.StatusOK, "/account", email)
	b.send(t, "/sign-out").want(t, http.StatusOK, "/sign-in", "You are signed out.")

	b.send(t, "/sign-in", "email", email, "password", "not the one").want(t, http.StatusUnprocessableEntity, "/sign-in", "is wrong")
	b.send(t, "/sign-in", "email", email, "password", password, "return_to", "/account/password").
		want(t, http.StatusOK, "/account/password", "Change your password")
	b.open(t, "/").want(t, http.StatusOK, "/account", email)
	b.send(t, "/account", "name", "Countess <b>").want(t, http.StatusOK, "/account", "Countess &lt;b&gt;")

	// The mailed link resets, ends the session and signs nobody in.
	b.send(t, "/forgot-password", "email", email).want(t, http.StatusOK, "/check-mail", "If there is an account")
	reset := w.linkToken(t, email, 3)
	b.send(t, "/auth/reset-password", "token", reset, "new_password", nextPassword).want(t, http.StatusOK, "/auth/reset-password", "Your password has been changed")
	b.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Your session has ended")
	b.send(t, "/sign-in", "email", email, "password", nextPassword).want(t, http.StatusOK, "/account", email)

	b.send(t, "/sign-out").want(t, http.StatusOK, "/sign-in", "You are signed out.")
	b.open(t, "/account").want(t, http.StatusOK, "/sign-in", "<h1>Sign in</h1>")
}

// TestACookieAndTokensAreOneLife holds browsers and programs of one person
// against each other: whatever ends everything ends both, at once.
func TestACookieAndTokensAreOneLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	tokens := w.join(t, email)
	one, two := w.browser(t), w.browser(t)
	for _, b := range []*browser{one, two} {
		b.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", email)
	}
	old := one.cookies(t)
	// A new password on one page: the other browser and the program are out.
	one.send(t, "/account/password", "current_password", password, "new_password", nextPassword).
		want(t, http.StatusOK, "/account", "Your password has been changed")
	two.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Your session has ended")
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	thief := w.browser(t)
	thief.Jar.SetCookies(must(url.Parse(w.URL)), old)
	thief.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Sign in")
	one.open(t, "/account").want(t, http.StatusOK, "/account", email)

	// Each is a device of the other's list.
	tokens = w.login(t, email, nextPassword)
	var devices struct {
		Items []struct{ ID, Browser, System string }
	}
	w.Get(t, "/auth/sessions", tokens.AccessToken).Want(t, http.StatusOK, "").Read(t, &devices)
	if len(devices.Items) != 2 {
		t.Errorf("devices: %+v", devices.Items)
	}
	one.open(t, "/account/devices").want(t, http.StatusOK, "/account/devices", "Firefox on Linux")
	one.send(t, "/account/devices", "device", tokens.SessionID).want(t, http.StatusOK, "/account/devices", "That device has been signed out")
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")

	// A program logs out everywhere: the page is out.
	tokens = w.login(t, email, nextPassword)
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Body: `{"everywhere":true}`, Bearer: tokens.AccessToken}).Want(t, http.StatusOK, "")
	one.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Your session has ended")

	// And the other way round.
	tokens = w.login(t, email, nextPassword)
	one.send(t, "/sign-in", "email", email, "password", nextPassword).want(t, http.StatusOK, "/account", email)
	one.send(t, "/sign-out", "everywhere", "yes").want(t, http.StatusOK, "/sign-in", "on all devices")
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	w.refresh(t, tokens.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
}

// TestTheCookieIsNoKeyToTheAPI keeps the two defences apart.
func TestTheCookieIsNoKeyToTheAPI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	b := w.browser(t)
	b.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", email)
	if s := b.do(t, http.MethodGet, "/auth/me", nil, "Accept", "application/json"); s.status != http.StatusUnauthorized {
		t.Errorf("the API takes a cookie: %d %s", s.status, s.text)
	}
	for _, c := range b.cookies(t) {
		w.Get(t, "/auth/me", c.Value).Want(t, http.StatusUnauthorized, "invalid_token")
		w.refresh(t, c.Value).Want(t, http.StatusUnauthorized, "invalid_token")
		if strings.HasPrefix(c.Value, "spr_") || strings.Count(c.Value, ".") == 2 {
			t.Errorf("the browser holds a token in %s", c.Name)
		}
	}
}

// TestPagesTellPeopleWhatStopsThemBeforeAPage goes where no page is, and sends
// more than any page takes. Programs hear of both in their own form.
func TestPagesTellPeopleWhatStopsThemBeforeAPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser(t)
	for _, s := range []shown{
		b.open(t, "/login").want(t, http.StatusNotFound, "/login", "Page not found"),
		b.open(t, "/sign-up/").want(t, http.StatusNotFound, "/sign-up/", "Page not found"),
		b.send(t, "/sign-in", "email", strings.Repeat("x", 70_000)).want(t, http.StatusRequestEntityTooLarge, "/sign-in", "The form is too large"),
		b.send(t, "/auth/verify-email", "token", strings.Repeat("x", 70_000)).want(t, http.StatusRequestEntityTooLarge, "/auth/verify-email", "The form is too large"),
	} {
		if policy := s.header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self'") || s.header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: the page cannot be shown as pages are: %v", s.path, s.header)
		}
	}
	w.Get(t, "/login", "").Want(t, http.StatusNotFound, "not_found")
	w.Post(t, "/auth/login", credentials{strings.Repeat("x", 70_000), password}).Want(t, http.StatusRequestEntityTooLarge, "too_large")
}

// drawn is what a page that asks for a passkey draws anew for everybody: the
// challenge, and the ceremony that holds it, whose length varies with the
// fraction of the second that it seals.
var drawn = regexp.MustCompile(`challenge&#34;:&#34;[\w-]{43}&|name="ceremony" value="[\w.-]+"`)

// TestStrangersLearnNothingOnThePages compares what an address with an account
// is answered with what one without is.
func TestStrangersLearnNothingOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	known, unknown := address(t, 1), address(t, 2)
	w.join(t, known)
	for _, form := range []struct{ path, with string }{
		{"/sign-in", "a wrong one 5"}, {"/sign-up", "another one 5"}, {"/forgot-password", ""}, {"/sign-in", "another one 5"},
	} {
		pages := map[string]shown{}
		for _, email := range []string{known, unknown} {
			s := w.browser(t).send(t, form.path, "email", email, "password", form.with)
			s.text = requestID.ReplaceAllString(strings.ReplaceAll(s.text, email, "ADDRESS"), "")
			s.text = drawn.ReplaceAllString(s.text, "DRAWN")
			for _, name := range []string{"Date", "X-Request-Id", "Set-Cookie"} {
				s.header.Del(name)
			}
			pages[email] = s
		}
		a, b := pages[known], pages[unknown]
		if a.status != b.status || a.path != b.path || a.text != b.text || len(a.header) != len(b.header) {
			t.Errorf("%s: %d %s and %d %s differ:\n%s\n%s", form.path, a.status, a.path, b.status, b.path, a.text, b.text)
		}
	}
}

// TestSignInIsLimitedAndSaysForHowLong meets both limits: that of the account,
// and that of the address, on a page each time.
func TestSignInIsLimitedAndSaysForHowLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_LIMIT_PASSWORD_TRIES=3", "SALLYPORT_LIMIT_SIGN_UP_PER_HOUR=2")
	email := address(t, 1)
	w.join(t, email)
	b := w.browser(t)
	for range 3 {
		b.send(t, "/sign-in", "email", email, "password", "not the one").want(t, http.StatusUnprocessableEntity, "/sign-in", "is wrong")
	}
	s := b.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusTooManyRequests, "/sign-in", "Too many attempts. Try again in")
	if s.header.Get("Retry-After") == "" || !strings.Contains(s.text, email) {
		t.Errorf("%v\n%s", s.header, s.text)
	}
	b.send(t, "/sign-up", "email", address(t, 2), "password", password).want(t, http.StatusOK, "/check-mail", "Check your email")
	b.send(t, "/sign-up", "email", address(t, 3), "password", password).want(t, http.StatusTooManyRequests, "/sign-up", "Too many attempts")
}

// TestThePagesAreTheOperators starts with a brand, and refuses to with one that
// cannot be read.
func TestThePagesAreTheOperators(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_BRAND_NAME=Harbour Books", "SALLYPORT_BRAND_COLOR=#006644", "SALLYPORT_REQUIRE_VERIFIED_EMAIL=false")
	b := w.browser(t)
	email := address(t, 1)
	b.open(t, "/sign-in", "Accept-Language", "de").want(t, http.StatusOK, "/sign-in", "Neu bei Harbour Books?")
	b.send(t, "/sign-up", "email", email, "password", password).want(t, http.StatusOK, "/account", email)
	if m := w.mail(t, email, 1); !strings.Contains(m.Text, "Harbour Books") {
		t.Errorf("the mail does not name the brand:\n%s", m.Text)
	}
	b.send(t, "/sign-up", "email", email, "password", password).want(t, http.StatusConflict, "/sign-up", words.ForPrograms().Said("email_taken"))
	for _, bad := range [][2]string{{"SALLYPORT_BRAND_COLOR=#ffee88", "contrast"}, {"SALLYPORT_BRAND_LOGO=/no/such/file", "logo"}, {"SALLYPORT_PAGE_TEMPLATES=/no/such/folder", "page templates"}} {
		p, err := apptest.TryStart(t, apptest.Options{Env: []string{bad[0]}})
		if err == nil || !strings.Contains(p.Log(), bad[1]) {
			t.Errorf("%s: %v", bad[0], err)
		}
	}
}

// requestID is what every answer has one of its own of.
var requestID = regexp.MustCompile(`<code>[0-9a-f-]{36}</code>`)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestAPersonSetsUpASecondFactorOnThePages walks with codes of a second
// implementation.
func TestAPersonSetsUpASecondFactorOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	b := w.browser(t)
	b.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", "Two-factor authentication")
	b.open(t, "/account/second-factor").want(t, http.StatusOK, "/account/second-factor", "Set up app")
	enrol := b.send(t, "/account/second-factor/enrol").want(t, http.StatusOK, "/account/second-factor/enrol", "<svg")
	key := regexp.MustCompile(`<code>([A-Z2-7 ]{32,})</code>`).FindStringSubmatch(enrol.text)
	if key == nil {
		t.Fatalf("no secret to type:\n%s", enrol.text)
	}
	secret := strings.ReplaceAll(key[1], " ", "")
	b.send(t, "/account/second-factor/confirm", "code", "000000").want(t, http.StatusUnprocessableEntity, "/account/second-factor/confirm", words.ForPrograms().Said("invalid_code.totp"))
	codes := b.send(t, "/account/second-factor/confirm", "code", oath(t, secret, "now")).want(t, http.StatusOK, "/account/second-factor/confirm", "recovery codes")
	spare := regexp.MustCompile(`<li><code>([a-z0-9-]+)</code></li>`).FindAllStringSubmatch(codes.text, -1)
	if len(spare) != 10 {
		t.Fatalf("%d recovery codes are shown", len(spare))
	}
	// The password that signed in before is no second factor: it is asked for.
	b.open(t, "/account/second-factor").want(t, http.StatusOK, "/account/confirm", "Confirm it’s you")
	b.send(t, "/account/confirm", "method", "recovery_code", "code", spare[0][1], "return_to", "/account/second-factor").
		want(t, http.StatusOK, "/account/second-factor", "9 codes left")

	other := w.browser(t)
	other.send(t, "/sign-in", "email", email, "password", password, "return_to", "/account/devices").want(t, http.StatusOK, "/sign-in/second-factor", "Two-factor authentication")
	other.open(t, "/account").want(t, http.StatusOK, "/sign-in", "<h1>Sign in</h1>")
	other.send(t, "/sign-in/second-factor", "method", "recovery_code", "code", spare[0][1]).
		want(t, http.StatusUnprocessableEntity, "/sign-in/second-factor", words.ForPrograms().Said("invalid_code.recovery")) // once
	other.send(t, "/sign-in/second-factor", "method", "totp", "code", oath(t, secret, "+30 seconds")).want(t, http.StatusOK, "/account/devices", "This browser")

	// Whoever removes it goes on; every other browser is signed out.
	b.send(t, "/account/second-factor/remove").want(t, http.StatusOK, "/account/second-factor", "Set up app")
	other.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Your session has ended")
	other.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", email)
}
