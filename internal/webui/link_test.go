package webui

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

func TestOpeningALinkChangesNothing(t *testing.T) {
	t.Parallel()
	for _, path := range []string{verifyPath, resetPath} {
		s := opened(t)
		token := s.linkOf(t, path)
		for range 3 {
			p := s.get(t, path+"?token="+token).want(t, http.StatusOK, `name="token" value="`+token+`"`)
			if !strings.Contains(p.text, `method="post" action="`+path+`"`) {
				t.Errorf("%s does not post to itself", path)
			}
			s.do(t, s.request(t, http.MethodHead, path+"?token="+token, nil)).want(t, http.StatusOK, "")
		}
		if !s.live(t, path, token) {
			t.Errorf("%s: the token was spent", path)
		}
	}
}

// The token does not stay in the address bar: a script takes it out, or the page
// leads to itself without it, and a cookie of that page alone opens it then.
func TestTheTokenLeavesTheAddressBar(t *testing.T) {
	t.Parallel()
	for _, path := range []string{verifyPath, resetPath, confirmEmailPath, undoEmailPath} {
		s := opened(t)
		token := s.linkOf(t, path)
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

		secure := over(t, s.house, func(o *Options) { o.PublicURL = "https://auth.example.com" })
		if c := secure.get(t, path+"?token="+token).cookieSet("__Secure-sallyport-link"); c == nil || !c.Secure {
			t.Errorf("%s: the cookie is %v", path, c)
		}
	}
}

// Whoever got a link of somebody else's account is to notice before they press,
// and a password manager is to know whose password it keeps.
func TestThePageBehindALinkSaysWhoseItIs(t *testing.T) {
	t.Parallel()
	const whose = `<input type="email" name="email" autocomplete="username" value="` + ada + `" readonly hidden>`
	for path, address := range map[string]string{verifyPath: ada, resetPath: ada, confirmEmailPath: adaNew, undoEmailPath: ada} {
		s := opened(t)
		token := s.linkOf(t, path)
		s.get(t, path+"?token="+token).wants(t, http.StatusOK, `<p class="address">`+address+`</p>`, `name="email"`)
		if p := s.get(t, path+"?token=unknown").want(t, http.StatusBadRequest, "used"); strings.Contains(p.text, address) {
			t.Errorf("%s: a link that cannot be used says whose it was", path)
		}
		if path == resetPath {
			s.get(t, path+"?token="+token).want(t, http.StatusOK, whose)
			s.post(t, signInPath, credentials(ada, adasOwn)).want(t, http.StatusOK, ada)
			s.get(t, passwordPath).wants(t, http.StatusOK, whose, `<p class="address">`+ada)
			s.get(t, confirmPath).want(t, http.StatusOK, whose)
		}
		s.house.Breaks(fault.ErrUnavailable)
		s.post(t, path, form(token, "new_password", "the lazy otter", "email", ada+`"<b>`)).
			want(t, http.StatusServiceUnavailable, `<p class="address">`+ada+`&#34;&lt;b&gt;</p>`)
	}
}

func TestTheButtonSpendsTheToken(t *testing.T) {
	t.Parallel()
	s := opened(t, func(o *Options) { o.AppURL = "https://harbour.example/start" })
	token := s.linkOf(t, undoEmailPath)
	s.post(t, undoEmailPath, form(token), "User-Agent", "Reader/1").want(t, http.StatusOK, "The email address has been restored")
	if s.live(t, undoEmailPath, token) || s.user(t).Email != ada {
		t.Error("the token was not spent")
	}
	e := s.house.Trail(t, audit.KindEmailChangeUndone)
	if len(e) != 1 || e[0].Personal.Address != "127.0.0.1" || e[0].Personal.UserAgent != "Reader/1" {
		t.Errorf("the trail has %+v", e)
	}
	s.post(t, resetPath, form(s.linkOf(t, resetPath), "new_password", adasNext)).want(t, http.StatusOK, `href="https://harbour.example/start"`)
}

func TestANewPasswordIsSet(t *testing.T) {
	t.Parallel()
	s := opened(t)
	const typed = " Otter & naps\u00a0at noon " // also spaces at the ends belong to a password
	s.post(t, resetPath, form(s.linkOf(t, resetPath), "new_password", typed)).want(t, http.StatusOK, "Your password has been changed")
	if !s.works(t, typed) || s.works(t, strings.TrimSpace(typed)) {
		t.Error("the password is not what was typed")
	}
}

func TestAWeakPasswordShowsTheFormAgain(t *testing.T) {
	t.Parallel()
	s := opened(t)
	token := s.linkOf(t, resetPath)
	for typed, says := range map[string]string{weak: english("said.weak_password.follows"), "": english("missing.new_password")} {
		p := s.post(t, resetPath, form(token, "new_password", typed)).want(t, http.StatusUnprocessableEntity, says)
		for _, want := range []string{`aria-invalid="true"`, "<title>Error: ", `role="alert"`, token} {
			if !strings.Contains(p.text, want) {
				t.Errorf("password %q: the page has no %s", typed, want)
			}
		}
		if typed != "" && strings.Contains(p.text, typed) {
			t.Error("the page repeats the password")
		}
	}
	if !s.live(t, resetPath, token) {
		t.Error("the token was spent")
	}
	s.post(t, resetPath, form(token, "new_password", "the lazy otter")).want(t, http.StatusOK, "Your password has been changed")
}

func TestALinkThatCannotBeUsedIsOnePage(t *testing.T) {
	t.Parallel()
	s := opened(t)
	for _, path := range []string{verifyPath, resetPath} {
		want := s.get(t, path+"?token=unknown").want(t, http.StatusBadRequest, "This link can’t be used").text
		answers := map[string]page{
			"no token":         s.get(t, path),
			"posted, no token": s.post(t, path, url.Values{"new_password": {"x"}}),
			"posted, unknown":  s.post(t, path, form("unknown", "new_password", "the lazy otter")),
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
		s := byMail(t, true, true, func(o *Options) { o.AppURL = app })
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
	s := opened(t)
	token := s.linkOf(t, resetPath)
	s.post(t, resetPath+"?token="+token, url.Values{"new_password": {adasNext}}).want(t, http.StatusBadRequest, "<h1>")
	if !s.live(t, resetPath, token) {
		t.Error("the token was spent")
	}
}

func TestLoadingThePageOfSuccessAgainIsNoFailure(t *testing.T) {
	t.Parallel()
	s := opened(t)
	token := s.linkOf(t, verifyPath)
	s.post(t, verifyPath, form(token, "password", adasOwn)).want(t, http.StatusOK, "Your account")
	s.post(t, verifyPath, form(token, "password", adasOwn)).want(t, http.StatusOK, "confirmed")
	s.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, "confirmed")

	s.get(t, resetPath+"?token="+token).want(t, http.StatusBadRequest, "used") // another matter
	s.post(t, verifyPath, form("another")).want(t, http.StatusBadRequest, "used")
	s.browser.Jar = nil // another browser
	s.post(t, verifyPath, form(token, "password", adasOwn)).want(t, http.StatusBadRequest, "used")
}

func TestTheCookieOfSuccessHoldsNoTokenAndIsSecureOverHTTPS(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for public, name := range map[string]string{
		"http://localhost:8080": "sallyport-done", "https://auth.example": "__Secure-sallyport-done",
	} {
		s := over(t, h, func(o *Options) { o.PublicURL = public })
		token := s.linkOf(t, resetPath)
		cookies := s.post(t, resetPath, form(token, "new_password", adasNext)).Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		c := cookies[0]
		if c.Name != name || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != resetPath ||
			c.Secure != strings.HasPrefix(public, "https") || strings.Contains(c.Value, token) {
			t.Errorf("%s sets %+v", public, c)
		}
	}
}

func TestFailuresThatTimeMendsKeepTheFormAndSayWhen(t *testing.T) {
	t.Parallel()
	for _, path := range []string{verifyPath, resetPath} {
		s := opened(t)
		token := s.linkOf(t, path)
		sent := form(token, "new_password", "the lazy otter")
		s.house.Breaks(fault.New(fault.Unavailable, "busy").WithRetryAfter(7e9))
		p := s.post(t, path, sent).want(t, http.StatusServiceUnavailable, "7 seconds")
		if !strings.Contains(p.text, token) || p.Header.Get("Retry-After") != "7" {
			t.Errorf("%s: Retry-After %q, page:\n%s", path, p.Header.Get("Retry-After"), p.text)
		}
		p = s.get(t, path+"?token="+token).want(t, http.StatusServiceUnavailable, "Try again")
		if p.Header.Get("Retry-After") != "7" {
			t.Errorf("%s: Retry-After %q", path, p.Header.Get("Retry-After"))
		}
		s.house.Buckets.Refuse(1500 * time.Millisecond)
		p = s.post(t, path, sent).want(t, http.StatusTooManyRequests, "2 seconds")
		if !strings.Contains(p.text, token) || p.Header.Get("Retry-After") != "2" {
			t.Errorf("%s: Retry-After %q, page:\n%s", path, p.Header.Get("Retry-After"), p.text)
		}
		s.get(t, path+"?token="+token).want(t, http.StatusTooManyRequests, "Try again")
		if got, want := s.house.Buckets.Counted()[0], "token|127.0.0.1"; got != want {
			t.Errorf("%s counts %q, want %q", path, got, want)
		}
	}
}

func TestAFaultOfOursIsLoggedAndNotShown(t *testing.T) {
	t.Parallel()
	s := opened(t)
	sent := form(s.linkOf(t, resetPath), "new_password", adasNext)
	s.house.Breaks(errors.New("the disk is on fire"))
	p := s.post(t, resetPath, sent).want(t, http.StatusInternalServerError, "Something went wrong")
	if strings.Contains(p.text, "fire") {
		t.Error("the page shows what only the log should")
	}
	if !strings.Contains(s.log.String(), "the disk is on fire") {
		t.Errorf("the log does not tell: %s", s.log)
	}
}

func TestFormsOfOtherSitesAreRefusedWithAPage(t *testing.T) {
	t.Parallel()
	s := opened(t)
	token := s.linkOf(t, resetPath)
	for name, header := range map[string][]string{
		"a browser of today":         {"Sec-Fetch-Site", "cross-site"},
		"a sibling domain":           {"Sec-Fetch-Site", "same-site"},
		"an old browser":             {"Sec-Fetch-Site", "", "Origin", "https://evil.example"},
		"an old browser in disguise": {"Sec-Fetch-Site", "", "Origin", "null"},
	} {
		s.post(t, resetPath, form(token, "new_password", adasNext), header...).want(t, http.StatusForbidden, "This came from another site")
		if !s.live(t, resetPath, token) {
			t.Fatalf("%s: the token was spent", name)
		}
	}
}

// An old browser says only its origin. It is held to the public URL: not to the
// Host header, which has no scheme and is whatever a proxy made of it.
func TestAnOriginIsHeldToThePublicURL(t *testing.T) {
	t.Parallel()
	const host = "auth.example"
	h := roomtest.New(t)
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
		s := over(t, h, func(o *Options) { o.PublicURL = row.public })
		token := s.linkOf(t, resetPath)
		want, says := http.StatusForbidden, "This came from another site"
		if row.taken {
			want, says = http.StatusOK, "Your password has been changed"
		}
		p := s.post(t, resetPath, form(token, "new_password", adasNext), "Sec-Fetch-Site", "", "Host", row.host, "Origin", row.origin)
		if live := s.live(t, resetPath, token); p.StatusCode != want || !strings.Contains(p.text, says) || live == row.taken {
			t.Errorf("%s: %d, the token is live: %v", name, p.StatusCode, live)
		}
		h.Clock.Advance(time.Hour) // past the limit of mails
	}
}

func TestFormsThatCannotBeReadAreRefusedWithAPage(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.post(t, verifyPath, form("spv_x"), "Content-Type", "application/json").want(t, http.StatusUnsupportedMediaType, "<h1>")
	s.post(t, verifyPath, form(strings.Repeat("x", 70_000))).want(t, http.StatusRequestEntityTooLarge, "<h1>")
	r := s.request(t, http.MethodPost, verifyPath, strings.NewReader("token=%zz"),
		"Content-Type", "application/x-www-form-urlencoded")
	s.do(t, r).want(t, http.StatusBadRequest, "could not be read")
}

// Few forms are behind a link: who sends another one has no mail to look for.
func TestAFormThatIsRefusedIsNotSaidToComeFromAMail(t *testing.T) {
	t.Parallel()
	s := opened(t)
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
	s := opened(t, func(o *Options) { o.VerifyEmailOnGet = true })
	token := s.linkOf(t, verifyPath)
	path := verifyPath + "?token=" + token
	s.do(t, s.request(t, http.MethodHead, path, nil)).want(t, http.StatusOK, "")
	s.get(t, path, "Sec-Purpose", "prefetch;prerender").want(t, http.StatusOK, "<button")
	if !s.live(t, verifyPath, token) {
		t.Fatal("the token was spent before anybody looked")
	}
	s.get(t, path).want(t, http.StatusOK, "confirmed")
	s.get(t, path).want(t, http.StatusOK, "confirmed") // loaded again
	s.get(t, verifyPath+"?token=unknown").want(t, http.StatusBadRequest, "used")
}

func TestNoSecretReachesTheLog(t *testing.T) {
	t.Parallel()
	s := opened(t)
	const typed = "typed-and-never-logged"
	verify := s.linkOf(t, verifyPath)
	reset := s.linkOf(t, resetPath)
	for _, err := range []error{nil, fault.ErrUnavailable, errors.New("ours")} {
		s.house.Breaks(err)
		for range 2 { // the second time they are spent
			s.get(t, verifyPath+"?token="+verify)
			s.get(t, resetPath+"?token="+reset)
			s.post(t, verifyPath, form(verify, "password", typed))
			s.post(t, resetPath, form(reset, "new_password", weak))
			s.post(t, resetPath, form(reset, "new_password", typed))
		}
	}
	for _, secret := range []string{verify, reset, typed, weak} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
	if s.log.String() == "" {
		t.Error("nothing was logged, so nothing was tested")
	}
}
