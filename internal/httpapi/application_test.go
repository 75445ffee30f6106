package httpapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
)

const ada = "ada@people.example"

// forwardedFrom is what a proxy says of a request for a path of an application.
func forwardedFrom(origin, path string, more ...string) []string {
	scheme, host, _ := strings.Cut(origin, "://")
	return append([]string{"X-Forwarded-Proto", scheme, "X-Forwarded-Host", host, "X-Forwarded-Uri", path}, more...)
}

// entering is a browser on its way into an application.
type entering struct {
	*world

	origin string
	nonce  string // the cookie, as a header has it
	page   string // path on our own host that signs in to the application
}

// begins takes the first step into an application, to go on to a path of it.
func (w *world) begins(tb testing.TB, origin, path string) entering {
	tb.Helper()
	own := "/.sallyport/sign-in?" + url.Values{"return_to": {path}}.Encode()
	got := w.verifies(tb, "GET", own, forwardedFrom(origin, own)...)
	page, ours := strings.CutPrefix(got.header.Get("Location"), publicURL)
	cookies := (&http.Response{Header: got.header}).Cookies()
	if got.status != http.StatusSeeOther || !ours || len(cookies) != 1 || cookies[0].MaxAge != 30*60 {
		tb.Fatalf("begun by %d %v", got.status, got.header)
	}
	return entering{world: w, origin: origin, nonce: cookies[0].Name + "=" + cookies[0].Value, page: page}
}

// code is the code that somebody who is signed in gets for it.
func (e entering) code(tb testing.TB, signedIn string) string {
	tb.Helper()
	got := e.verifies(tb, "GET", e.page, "Cookie", signedIn)
	code, found := strings.CutPrefix(got.header.Get("Location"), e.origin+"/.sallyport/callback?code=")
	if got.status != http.StatusSeeOther || !found {
		tb.Fatalf("led by %d to %q", got.status, got.header.Get("Location"))
	}
	return code
}

// brings shows a code at an application, in a browser with a cookie.
func (w *world) brings(tb testing.TB, origin, code, cookie string) reply {
	tb.Helper()
	own := "/.sallyport/callback?code=" + code
	return w.verifies(tb, "GET", own, forwardedFrom(origin, own, "Cookie", cookie)...)
}

// enters lets somebody who is signed in into an application, and gives the cookie.
func (w *world) enters(tb testing.TB, origin, signedIn string) (cookie string) {
	tb.Helper()
	e := w.begins(tb, origin, "/")
	got := w.brings(tb, origin, e.code(tb, signedIn), e.nonce)
	cookies := (&http.Response{Header: got.header}).Cookies()
	if len(cookies) != 1 {
		tb.Fatalf("let in by %d %v", got.status, got.header)
	}
	return cookies[0].Name + "=" + cookies[0].Value
}

// TestSigningInToAnApplicationOnAnotherHost goes the whole way of a browser, from the
// proxy's first question to the sign-out.
func TestSigningInToAnApplicationOnAnotherHost(t *testing.T) {
	t.Parallel()
	w, tokens := visitors(t, func(o *httpapi.Options) { o.PublicURL = "https://auth.example.com" })
	ask := func(path, cookie string) reply {
		return w.verifies(t, "GET", path, forwardedFrom(appURL, "/orders?page=2&q=%2B", "Cookie", cookie)...)
	}
	for path, status := range map[string]int{"/verify": 401, "/verify/page": 302, "/verify/role/staff": 401, "/verify/page/role/staff": 302} {
		got := ask(path, "")
		if to := got.header.Get("Location"); got.status != status || to != appURL+"/.sallyport/sign-in?return_to=%2Forders%3Fpage%3D2%26q%3D%252B" {
			t.Errorf("%s leads by %d to %q", path, got.status, to)
		}
		if got.header.Get("Strict-Transport-Security") != "" || got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %v", path, got.header)
		}
	}
	e := w.begins(t, appURL, "/orders?page=2&q=%2B")
	stranger := w.verifies(t, "GET", e.page)
	if to := stranger.header.Get("Location"); stranger.status != 303 || to != "/sign-in?return_to="+url.QueryEscape(e.page) {
		t.Errorf("a stranger is led by %d to %q", stranger.status, to)
	}
	signedIn := w.browser(t, ada)
	got := w.brings(t, appURL, e.code(t, signedIn), e.nonce)
	set := (&http.Response{Header: got.header}).Cookies()
	if got.status != 303 || got.header.Get("Location") != "/orders?page=2&q=%2B" || len(set) != 1 {
		t.Fatalf("let in by %d %v", got.status, got.header)
	}
	if c := set[0]; c.Name != "__Host-sallyport_visitor" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 12*3600 {
		t.Errorf("the cookie is %v", c)
	}
	if h := got.header; h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" || h.Get("Strict-Transport-Security") != "" {
		t.Errorf("the address with the code is told or kept: %v", h)
	}
	cookie := set[0].Name + "=" + set[0].Value
	if got := ask("/verify/role/staff", cookie); got.status != 204 || got.header.Get("X-Sallyport-User") != tokens.User.ID {
		t.Errorf("who is let in: %d %v", got.status, got.header)
	}
	if got := ask("/verify/role/admin", cookie); got.status != 403 {
		t.Errorf("without the role: %d", got.status)
	}
	w.verifies(t, "POST", "/sign-out", "Cookie", signedIn, "Sec-Fetch-Site", "same-origin", "Content-Type", "application/x-www-form-urlencoded")
	if got := ask("/verify", cookie); got.status != 401 {
		t.Errorf("after the sign-out: %d", got.status)
	}
}

func TestTheCookieOfAnApplicationOpensNothingElse(t *testing.T) {
	t.Parallel()
	w, _ := visitors(t)
	signedIn := w.browser(t, ada)
	cookie := w.enters(t, appURL, signedIn)
	_, value, _ := strings.Cut(cookie, "=")
	everyName := cookie + "; sallyport_session=" + value + "; __Host-sallyport_session=" + value
	for name, header := range map[string][]string{
		"another application":  forwardedFrom(otherAppURL, "/", "Cookie", everyName),
		"our own host":         forwardedFrom(publicURL, "/", "Cookie", everyName),
		"no host":              {"Cookie", everyName},
		"a host in plain HTTP": forwardedFrom("http://app.example.com", "/", "Cookie", everyName),
		"a token":              forwardedFrom(appURL, "/", "Authorization", "Bearer "+value),
		// The cookie of the account may come along where hosts differ by the port alone.
		"the cookie of the account": forwardedFrom(appURL, "/", "Cookie", signedIn),
	} {
		if got := w.verifies(t, "GET", "/verify", header...); got.status != 401 {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	elsewhere := "/sign-in/application?" + url.Values{"origin": {otherAppURL}, "challenge": {strings.Repeat("A", 43)}}.Encode()
	for _, path := range []string{"/account", "/account/devices", "/account/data", elsewhere} {
		if got := w.verifies(t, "GET", path, "Cookie", everyName); got.status != 303 || !strings.HasPrefix(got.header.Get("Location"), "/sign-in?") {
			t.Errorf("%s: %d to %q", path, got.status, got.header.Get("Location"))
		}
	}
	for _, path := range []string{"/auth/me", "/auth/sessions"} {
		if got := w.verifies(t, "GET", path, "Cookie", everyName, "Authorization", "Bearer "+value); got.status != 401 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

// A code is for the browser that began, for its application, and once. Nobody is
// signed in as somebody else by a link.
func TestACodeIsRefusedWhereItDoesNotBelong(t *testing.T) {
	t.Parallel()
	w, _ := visitors(t)
	signedIn := w.browser(t, ada)
	victim, thief := w.begins(t, appURL, "/"), w.begins(t, appURL, "/")
	refused := func(name, origin string, got reply) {
		t.Helper()
		to := publicURL + "/sign-in/application/refused?" + url.Values{"origin": {origin}}.Encode()
		if got.status != 303 || got.header.Get("Location") != to || got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", name, got.status, got.header)
		}
	}
	refused("a code of somebody else", appURL, w.brings(t, appURL, thief.code(t, signedIn), victim.nonce))
	refused("in a browser without a nonce", appURL, w.brings(t, appURL, victim.code(t, signedIn), ""))
	refused("at another application", otherAppURL, w.brings(t, otherAppURL, victim.code(t, signedIn), victim.nonce))
	refused("no code", appURL, w.brings(t, appURL, "", victim.nonce))
	code := victim.code(t, signedIn)
	if got := w.brings(t, appURL, code, victim.nonce); got.header.Get("Set-Cookie") == "" {
		t.Errorf("its own code: %d %v", got.status, got.header)
	}
	refused("a second time", appURL, w.brings(t, appURL, code, victim.nonce))
	page := w.verifies(t, "GET", "/sign-in/application/refused?"+url.Values{"origin": {appURL}}.Encode())
	if page.status != http.StatusBadRequest {
		t.Errorf("the page that says so: %d", page.status)
	}
}

// Tabs that begin at once share the browser's nonce, so that each gets in.
func TestTabsThatBeginAtOnceAllGetIn(t *testing.T) {
	t.Parallel()
	w, _ := visitors(t)
	signedIn := w.browser(t, ada)
	e := w.begins(t, appURL, "/first")
	own := "/.sallyport/sign-in?return_to=%2Fsecond"
	got := w.verifies(t, "GET", own, forwardedFrom(appURL, own, "Cookie", e.nonce)...)
	second := e
	second.page = strings.TrimPrefix(got.header.Get("Location"), publicURL)
	for path, tab := range map[string]entering{"/first": e, "/second": second} {
		if got := w.brings(t, appURL, tab.code(t, signedIn), e.nonce); got.header.Get("Location") != path {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
	}
	own = "/.sallyport/sign-in"
	planted := w.verifies(t, "GET", own, forwardedFrom(appURL, own, "Cookie", "__Host-sallyport_nonce=chosen")...)
	if strings.Contains(planted.header.Get("Set-Cookie"), "chosen") {
		t.Error("what is no nonce stays")
	}
}

func TestWhereSigningInToAnApplicationLeads(t *testing.T) {
	t.Parallel()
	w, _ := visitors(t)
	signedIn := w.browser(t, ada)
	for path, want := range map[string]string{
		"/orders?page=2&q=%2B#top": "/orders?page=2&q=%2B#top", "": "/", "orders": "/", "//evil.example/": "/", `/\evil.example/`: "/", `\\evil.example`: "/",
		"https://evil.example/": "/", appURL + "/orders": "/", "javascript:alert(1)": "/", "/a/../../evil": "/", "/%5cevil.example": "/", "/x\r\nSet-Cookie: a=b": "/",
		"/.sallyport/callback?code=x": "/", "/.sallyport/sign-in": "/", "/%2Esallyport/sign-in": "/", "/.SALLYPORT/sign-in": "/", "/" + strings.Repeat("a", 3000): "/",
	} {
		e := w.begins(t, appURL, path)
		if got := w.brings(t, appURL, e.code(t, signedIn), e.nonce); got.header.Get("Location") != want {
			t.Errorf("%q leads to %q, want %q", path, got.header.Get("Location"), want)
		}
	}
	// Proxies drop answers whose headers do not fit into their buffers, of 4 KiB by
	// default.
	e := w.begins(t, appURL, "/?"+strings.Repeat("&", 600))
	if code := e.code(t, signedIn); len(code) > 3000 {
		t.Errorf("a code of %d bytes", len(code))
	}
	for name, asked := range map[string][]string{
		"an origin that is not listed":  forwardedFrom("https://evil.example", "/"),
		"another port":                  forwardedFrom("https://app.example.com:444", "/"),
		"another scheme":                forwardedFrom("http://app.example.com", "/"),
		"our own host":                  forwardedFrom(publicURL, "/"),
		"two hosts":                     forwardedFrom(appURL, "/", "X-Forwarded-Host", "evil.example"),
		"nothing said":                  nil,
		"a host by the header Host":     {"Host", "app.example.com", "X-Forwarded-Proto", "https"},
		"a listed one with a user name": forwardedFrom("https://ada@app.example.com", "/"),
	} {
		for _, path := range []string{"/.sallyport/sign-in", "/.sallyport/callback?code=x", "/.sallyport/sign-out"} {
			if got := w.verifies(t, "GET", path, asked...); got.status != http.StatusNotFound || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s, %s: %d %v", name, path, got.status, got.header)
			}
		}
	}
	challenge := strings.Repeat("A", 43)
	for name, q := range map[string]url.Values{
		"an origin that is not listed": {"origin": {"https://evil.example"}, "challenge": {challenge}},
		"a listed one as a user name":  {"origin": {appURL + "@evil.example"}, "challenge": {challenge}},
		"no challenge":                 {"origin": {appURL}},
		"a short challenge":            {"origin": {appURL}, "challenge": {"AAAA"}},
	} {
		if got := w.verifies(t, "GET", "/sign-in/application?"+q.Encode(), "Cookie", signedIn); got.status != http.StatusNotFound {
			t.Errorf("%s: %d to %q", name, got.status, got.header.Get("Location"))
		}
	}
	signOut := w.verifies(t, "GET", "/.sallyport/sign-out", forwardedFrom(appURL, "/.sallyport/sign-out")...)
	if to := signOut.header.Get("Location"); signOut.status != 303 || to != publicURL+"/sign-out" {
		t.Errorf("the sign-out leads by %d to %q", signOut.status, to)
	}
	for _, method := range []string{"HEAD", "POST"} {
		e := w.begins(t, appURL, "/")
		code := e.code(t, signedIn)
		own := "/.sallyport/callback?code=" + code
		w.verifies(t, method, own, forwardedFrom(appURL, own, "Cookie", e.nonce)...)
		if got := w.brings(t, appURL, code, e.nonce); got.header.Get("Location") != "/" {
			t.Errorf("%s spends a code: %v", method, got.header)
		}
	}
}

// A proxy that asks about the paths which it is to lead to us is told no more than
// no: else its visitors would go round in circles.
func TestAProxyThatAsksAboutOurPathsLeadsNobodyInCircles(t *testing.T) {
	t.Parallel()
	w, _ := visitors(t)
	for _, path := range []string{"/.sallyport/sign-in?return_to=%2F", "/.sallyport/callback"} {
		if got := w.verifies(t, "GET", "/verify/page", forwardedFrom(appURL, path)...); got.status != 401 || got.header.Get("Location") != "" {
			t.Errorf("%s: %d to %q", path, got.status, got.header.Get("Location"))
		}
	}
	posted := w.verifies(t, "POST", "/verify/page", forwardedFrom(appURL, "/orders", "X-Forwarded-Method", "POST")...)
	if to := posted.header.Get("Location"); posted.status != 302 || to != appURL+"/.sallyport/sign-in?return_to=" {
		t.Errorf("a form leads by %d to %q", posted.status, to)
	}
}

// Envoy appends the visitor's path to its own, sends their method and Host, and lets
// them through for a 200 alone.
func TestWhatEnvoyAsks(t *testing.T) {
	t.Parallel()
	w, tokens := visitors(t)
	cookie := w.enters(t, appURL, w.browser(t, ada))
	ask := func(method, path string, header ...string) reply {
		return w.verifies(t, method, path, append([]string{"Host", "app.example.com", "X-Forwarded-Proto", "https"}, header...)...)
	}
	for _, method := range []string{"GET", "POST", "DELETE"} {
		for _, path := range []string{"/verify/ext_authz/visitor/", "/verify/ext_authz/visitor/orders?x=1", "/verify/ext_authz/visitor/role/admin", "/verify/ext_authz/role/staff/orders", "/verify/ext_authz/role/a%2Fb%20%25/"} {
			got := ask(method, path, "Cookie", cookie)
			if got.status != http.StatusOK || got.header.Get("X-Sallyport-User") != tokens.User.ID {
				t.Errorf("%s %s: %d %v", method, path, got.status, got.header)
			}
		}
	}
	for _, path := range []string{"/verify/ext_authz/role/admin/", "/verify/ext_authz/role/admin/role/staff/", "/verify/ext_authz/role/admin/../../visitor/"} {
		if got := ask("GET", path, "Cookie", cookie); got.status != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", path, got.status)
		}
	}
	for path, want := range map[string]string{"/orders?x=1": "%2Forders%3Fx%3D1", "//evil.example": "%2F%2Fevil.example"} {
		got := ask("GET", "/verify/ext_authz/visitor"+path, "X-Forwarded-Host", "evil.example", "X-Forwarded-Uri", "/evil", "X-Sallyport-User", "forged")
		if to := got.header.Get("Location"); got.status != http.StatusFound || to != appURL+"/.sallyport/sign-in?return_to="+want {
			t.Errorf("%s leads by %d to %q", path, got.status, to)
		}
	}
	for _, path := range []string{"/verify/ext_authz", "/verify/ext_authz/", "/verify/ext_authz/visitor", "/verify/ext_authz/role/staff", "/verify/ext_authz/role//x", "/verify/ext_authz/page/x"} {
		if got := ask("GET", path, "Cookie", cookie); got.status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, got.status)
		}
	}
}
