package webui

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
)

var tokenForm = url.Values{"token": {token}}

func passwordForm(password string) url.Values {
	return url.Values{"token": {token}, "new_password": {password}}
}

func TestOpeningALinkChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{verifyPath, resetPath} {
		for range 3 {
			p := s.get(t, path+"?token="+token).want(t, http.StatusOK, `name="token" value="`+token+`"`)
			if !strings.Contains(p.text, `method="post" action="`+path+`"`) {
				t.Errorf("%s does not post to itself", path)
			}
			s.do(t, s.request(t, http.MethodHead, path+"?token="+token, nil)).want(t, http.StatusOK, "")
		}
	}
	if !s.accounts.live[token] {
		t.Error("the token was spent")
	}
}

// The token does not stay in the address bar: a script takes it out, or the page
// leads to itself without it, and a cookie of that page alone opens it then.
func TestTheTokenLeavesTheAddressBar(t *testing.T) {
	t.Parallel()
	paths := []string{verifyPath, resetPath, confirmEmailPath, undoEmailPath}
	s := newSite(t)
	for _, path := range paths {
		s.get(t, path).want(t, http.StatusBadRequest, "used")
		p := s.get(t, path+"?token="+token).wants(t, http.StatusOK,
			`<noscript><meta http-equiv="refresh" content="0; url=`+path+`"></noscript>`, `<script src="/static/link.`)
		c := p.cookieSet("sallyport-link")
		if c == nil || c.Path != path || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != linkFor {
			t.Fatalf("%s: the cookie is %v", path, c)
		}
		again := s.get(t, path).want(t, http.StatusOK, `name="token" value="`+token+`"`)
		if strings.Contains(again.text, "http-equiv") || len(again.Cookies()) > 0 {
			t.Errorf("%s: without a token in its address the page leads on, or sets %v", path, again.Cookies())
		}
		s.get(t, path+"?token=unknown").want(t, http.StatusBadRequest, "used")
	}
	s = newSite(t, func(o *Options) { o.PublicURL = "https://auth.example.com" })
	for _, path := range paths {
		if c := s.get(t, path+"?token="+token).cookieSet("__Secure-sallyport-link"); c == nil || !c.Secure {
			t.Errorf("%s: the cookie is %v", path, c)
		}
	}
}

// Whoever got a link of somebody else's account is to notice before they press,
// and a password manager is to know whose password it keeps.
func TestThePageBehindALinkSaysWhoseItIs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{verifyPath, resetPath, confirmEmailPath, undoEmailPath} {
		s.get(t, path+"?token="+token).wants(t, http.StatusOK, `<p class="address">`+ada+`</p>`, `name="email"`)
		if p := s.get(t, path+"?token=unknown").want(t, http.StatusBadRequest, "used"); strings.Contains(p.text, ada) {
			t.Errorf("%s: a link that cannot be used says whose it was", path)
		}
		s.accounts.err = fault.ErrUnavailable
		form := passwordForm("the lazy otter")
		form.Set("email", ada+`"<b>`)
		s.post(t, path, form).want(t, http.StatusServiceUnavailable, `<p class="address">`+ada+`&#34;&lt;b&gt;</p>`)
		s.accounts.err = nil
	}
	const whose = `<input type="email" name="email" autocomplete="username" value="` + ada + `" readonly hidden>`
	s.get(t, resetPath+"?token="+token).want(t, http.StatusOK, whose)
	s.post(t, signInPath, credentials(ada, adasOwn)).want(t, http.StatusOK, ada)
	s.get(t, passwordPath).wants(t, http.StatusOK, whose, `<p class="address">`+ada)
	s.get(t, confirmPath).want(t, http.StatusOK, whose)
}

func TestTheButtonSpendsTheToken(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(o *Options) { o.AppURL = "https://harbour.example/start" })
	s.post(t, verifyPath, tokenForm, "User-Agent", "Reader/1").
		want(t, http.StatusOK, `href="https://harbour.example/start"`)
	if s.accounts.live[token] {
		t.Error("the token was not spent")
	}
	if diff := cmp.Diff(audit.Origin{Address: "127.0.0.1", UserAgent: "Reader/1"}, s.accounts.origin); diff != "" {
		t.Errorf("origin (-want +got):\n%s", diff)
	}
}

func TestANewPasswordIsSet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const typed = " Otter & naps\u00a0at noon " // also spaces at the ends belong to a password
	s.post(t, resetPath, passwordForm(typed)).want(t, http.StatusOK, "Your password has been changed")
	if got := s.accounts.passwords[token]; got != typed {
		t.Errorf("got %q, want %q", got, typed)
	}
}

func TestAWeakPasswordShowsTheFormAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for typed, says := range map[string]string{weak: english("said.weak_password.follows"), "": english("missing.new_password")} {
		p := s.post(t, resetPath, passwordForm(typed)).want(t, http.StatusUnprocessableEntity, says)
		for _, want := range []string{`aria-invalid="true"`, "<title>Error: ", `role="alert"`, token} {
			if !strings.Contains(p.text, want) {
				t.Errorf("password %q: the page has no %s", typed, want)
			}
		}
		if typed != "" && strings.Contains(p.text, typed) {
			t.Error("the page repeats the password")
		}
	}
	if !s.accounts.live[token] {
		t.Error("the token was spent")
	}
	s.post(t, resetPath, passwordForm("the lazy otter")).want(t, http.StatusOK, "Your password has been changed")
}

func TestALinkThatCannotBeUsedIsOnePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{verifyPath, resetPath} {
		want := s.get(t, path+"?token=unknown").want(t, http.StatusBadRequest, "This link can’t be used").text
		answers := map[string]page{
			"no token":         s.get(t, path),
			"posted, no token": s.post(t, path, url.Values{"new_password": {"x"}}),
			"posted, unknown":  s.post(t, path, url.Values{"token": {"unknown"}, "new_password": {"the lazy otter"}}),
		}
		for name, p := range answers {
			if p.StatusCode != http.StatusBadRequest || p.text != want {
				t.Errorf("%s, %s: status %d, page differs:\n%s", path, name, p.StatusCode, cmp.Diff(want, p.text))
			}
		}
	}
}

// Whoever has a dead link finds a way on, with an app and without.
func TestALinkThatCannotBeUsedLeadsOn(t *testing.T) {
	t.Parallel()
	for _, app := range []string{"", "https://harbour.example/start"} {
		s := newSite(t, func(o *Options) { o.MagicLinks, o.MailsLink, o.AppURL = &mailRoom{}, true, app })
		for path, to := range map[string]string{
			verifyPath: signInPath, confirmEmailPath: signInPath, magicPath: byMailPath,
			resetPath: forgotPath, disownPath: forgotPath, undoEmailPath: forgotPath,
		} {
			s.get(t, path+"?token=unknown").wants(t, http.StatusBadRequest, `<a class="button" href="`+to+`">`, app)
			s.get(t, to).want(t, http.StatusOK, "<form")
		}
	}
}

func TestATokenInTheQueryOfAFormIsNotSpent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(t, verifyPath+"?token="+token, url.Values{}).want(t, http.StatusBadRequest, "<h1>")
	if !s.accounts.live[token] {
		t.Error("the token was spent")
	}
}

func TestLoadingThePageOfSuccessAgainIsNoFailure(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(t, verifyPath, tokenForm).want(t, http.StatusOK, "confirmed")
	s.post(t, verifyPath, tokenForm).want(t, http.StatusOK, "confirmed")
	s.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, "confirmed")

	s.get(t, resetPath+"?token="+token).want(t, http.StatusBadRequest, "used") // another matter
	s.post(t, verifyPath, url.Values{"token": {"another"}}).want(t, http.StatusBadRequest, "used")
	s.browser.Jar = nil // another browser
	s.post(t, verifyPath, tokenForm).want(t, http.StatusBadRequest, "used")
}

func TestTheCookieOfSuccessHoldsNoTokenAndIsSecureOverHTTPS(t *testing.T) {
	t.Parallel()
	for public, name := range map[string]string{
		"http://localhost:8080": "sallyport-done", "https://auth.example": "__Secure-sallyport-done",
	} {
		s := newSite(t, func(o *Options) { o.PublicURL = public })
		cookies := s.post(t, verifyPath, tokenForm).Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		c := cookies[0]
		if c.Name != name || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != verifyPath ||
			c.Secure != strings.HasPrefix(public, "https") || strings.Contains(c.Value, token) {
			t.Errorf("%s sets %+v", public, c)
		}
	}
}

func TestFailuresThatTimeMendsKeepTheFormAndSayWhen(t *testing.T) {
	t.Parallel()
	busy := fault.New(fault.Unavailable, "busy").WithRetryAfter(7e9)
	for _, path := range []string{verifyPath, resetPath} {
		s := newSite(t)
		s.accounts.err = busy
		p := s.post(t, path, passwordForm("the lazy otter")).want(t, http.StatusServiceUnavailable, "7 seconds")
		if !strings.Contains(p.text, token) || p.Header.Get("Retry-After") != "7" {
			t.Errorf("%s: Retry-After %q, page:\n%s", path, p.Header.Get("Retry-After"), p.text)
		}
		p = s.get(t, path+"?token="+token).want(t, http.StatusServiceUnavailable, "Try again")
		if p.Header.Get("Retry-After") != "7" {
			t.Errorf("%s: Retry-After %q", path, p.Header.Get("Retry-After"))
		}
		s.limits.left = 0
		p = s.post(t, path, passwordForm("the lazy otter")).want(t, http.StatusTooManyRequests, "2 seconds")
		if !strings.Contains(p.text, token) || p.Header.Get("Retry-After") != "2" {
			t.Errorf("%s: Retry-After %q, page:\n%s", path, p.Header.Get("Retry-After"), p.text)
		}
		s.get(t, path+"?token="+token).want(t, http.StatusTooManyRequests, "Try again")
		if want := "token 127.0.0.1"; s.limits.seen[0] != want {
			t.Errorf("%s counts %q, want %q", path, s.limits.seen[0], want)
		}
	}
}

func TestAFaultOfOursIsLoggedAndNotShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.accounts.err = errors.New("the disk is on fire")
	p := s.post(t, verifyPath, tokenForm).want(t, http.StatusInternalServerError, "Something went wrong")
	if strings.Contains(p.text, "fire") {
		t.Error("the page shows what only the log should")
	}
	if !strings.Contains(s.log.String(), "the disk is on fire") {
		t.Errorf("the log does not tell: %s", s.log)
	}
}

func TestFormsOfOtherSitesAreRefusedWithAPage(t *testing.T) {
	t.Parallel()
	for name, header := range map[string][]string{
		"a browser of today":         {"Sec-Fetch-Site", "cross-site"},
		"a sibling domain":           {"Sec-Fetch-Site", "same-site"},
		"an old browser":             {"Sec-Fetch-Site", "", "Origin", "https://evil.example"},
		"an old browser in disguise": {"Sec-Fetch-Site", "", "Origin", "null"},
	} {
		s := newSite(t)
		s.post(t, verifyPath, tokenForm, header...).want(t, http.StatusForbidden, "This came from another site")
		if !s.accounts.live[token] {
			t.Errorf("%s: the token was spent", name)
		}
	}
}

// An old browser says only its origin. It is held to the public URL: not to the
// Host header, which has no scheme and is whatever a proxy made of it.
func TestAnOriginIsHeldToThePublicURL(t *testing.T) {
	t.Parallel()
	const host = "auth.example"
	for name, row := range map[string]struct {
		public, host, origin string
		taken                bool
	}{
		"our own page":                        {"https://auth.example", host, "https://auth.example", true},
		"our own behind a proxy":              {"https://auth.example", "10.0.0.7:8080", "https://auth.example", true},
		"our own, the port spelled out":       {"https://auth.example:443", host, "https://auth.example", true},
		"our own, of a port":                  {"https://auth.example:8443", "auth.example:8443", "https://auth.example:8443", true},
		"plain HTTP at our name":              {"https://auth.example", host, "http://auth.example", false},
		"another port of our host":            {"https://auth.example", "auth.example:8443", "https://auth.example:8443", false},
		"the name that the Host header gives": {"https://auth.example", "evil.example", "https://evil.example", false},
	} {
		s := newSite(t, func(o *Options) { o.PublicURL = row.public })
		want, says := http.StatusForbidden, "This came from another site"
		if row.taken {
			want, says = http.StatusOK, "confirmed"
		}
		p := s.post(t, verifyPath, tokenForm, "Sec-Fetch-Site", "", "Host", row.host, "Origin", row.origin)
		if p.StatusCode != want || !strings.Contains(p.text, says) || s.accounts.live[token] == row.taken {
			t.Errorf("%s: %d, the token is live: %v", name, p.StatusCode, s.accounts.live[token])
		}
	}
}

func TestFormsThatCannotBeReadAreRefusedWithAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(t, verifyPath, tokenForm, "Content-Type", "application/json").want(t, http.StatusUnsupportedMediaType, "<h1>")
	s.post(t, verifyPath, url.Values{"token": {strings.Repeat("x", 70_000)}}).want(t, http.StatusRequestEntityTooLarge, "<h1>")
	r := s.request(t, http.MethodPost, verifyPath, strings.NewReader("token=%zz"),
		"Content-Type", "application/x-www-form-urlencoded")
	s.do(t, r).want(t, http.StatusBadRequest, "could not be read")
}

// Few forms are behind a link: who sends another one has no mail to look for.
func TestAFormThatIsRefusedIsNotSaidToComeFromAMail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for status, answer := range map[int]page{
		http.StatusMethodNotAllowed:      s.do(t, s.request(t, http.MethodDelete, signInPath, nil)),
		http.StatusUnsupportedMediaType:  s.post(t, signInPath, url.Values{}, "Content-Type", "application/json"),
		http.StatusRequestEntityTooLarge: s.post(t, signInPath, url.Values{"email": {strings.Repeat("x", 70_000)}}),
		http.StatusBadRequest:            s.do(t, s.request(t, http.MethodPost, signInPath, strings.NewReader("email=%zz"), "Content-Type", "application/x-www-form-urlencoded")),
	} {
		if answer.want(t, status, "Go back"); strings.Contains(answer.text, "mail") {
			t.Errorf("%d tells of a mail:\n%s", status, answer.text)
		}
	}
}

func TestVerificationOnGetIsForPeopleOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(o *Options) { o.VerifyEmailOnGet = true })
	path := verifyPath + "?token=" + token
	s.do(t, s.request(t, http.MethodHead, path, nil)).want(t, http.StatusOK, "")
	s.get(t, path, "Sec-Purpose", "prefetch;prerender").want(t, http.StatusOK, "<button")
	if !s.accounts.live[token] {
		t.Fatal("the token was spent before anybody looked")
	}
	s.get(t, path).want(t, http.StatusOK, "confirmed")
	s.get(t, path).want(t, http.StatusOK, "confirmed") // loaded again
	s.get(t, verifyPath+"?token=unknown").want(t, http.StatusBadRequest, "used")
}

func TestNoSecretReachesTheLog(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const typed = "typed-and-never-logged"
	for _, err := range []error{nil, errSpent, fault.ErrUnavailable, errors.New("ours")} {
		s.accounts.err = err
		s.get(t, verifyPath+"?token="+token)
		s.get(t, resetPath+"?token="+token)
		s.post(t, verifyPath, tokenForm)
		s.post(t, resetPath, passwordForm(typed))
	}
	for _, secret := range []string{token, typed, weak} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
	if s.log.String() == "" {
		t.Error("nothing was logged, so nothing was tested")
	}
}
