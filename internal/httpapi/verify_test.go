package httpapi_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// visitors is a world with pages, that trusts this machine as its proxy, and a user
// with roles.
func visitors(tb testing.TB, change ...func(*httpapi.Options)) (w *world, tokens httpapi.Tokens) {
	tb.Helper()
	w = newWorld(tb)
	must(w.options.SignUps.Create(tb.Context(), signup.Create{
		Email: "ada@people.example", Password: goodPassword, Verified: true, Roles: []string{"staff", "a/b %", "café"},
	}))
	w.serve(tb, func(o *httpapi.Options) {
		o.Pages, o.TrustedProxies = w.site(), []string{"127.0.0.0/8"}
		for _, c := range change {
			c(o)
		}
	})
	return w, w.login(tb, "ada@people.example")
}

// browser signs in on the page and gives what its cookies are as a header.
func (w *world) browser(tb testing.TB, email string) string {
	tb.Helper()
	form := url.Values{"email": {email}, "password": {goodPassword}}.Encode()
	r := must(http.NewRequestWithContext(tb.Context(), http.MethodPost, w.url+"/sign-in", strings.NewReader(form)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	var cookies []string
	for _, c := range (&http.Response{Header: headers(tb, r)}).Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	if len(cookies) == 0 {
		tb.Fatal("the page does not sign in")
	}
	return strings.Join(cookies, "; ")
}

// ask asks as a proxy does, by any method.
func (w *world) verifies(tb testing.TB, method, path string, header ...string) reply {
	tb.Helper()
	r := must(http.NewRequestWithContext(tb.Context(), method, w.url+path, http.NoBody))
	for n := 0; n < len(header); n += 2 {
		if header[n] == "Host" {
			r.Host = header[n+1]
			continue
		}
		r.Header.Add(header[n], header[n+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		tb.Fatal(err)
	}
	_ = resp.Body.Close()
	return reply{status: resp.StatusCode, header: resp.Header}
}

// passed is what a proxy passes on: every value of the four headers.
func (r reply) passed() [][]string {
	var all [][]string
	for _, name := range []string{"User", "Email", "Roles", "Session"} {
		all = append(all, r.header["X-Sallyport-"+name])
	}
	return all
}

func nobody() [][]string { return [][]string{{""}, {""}, {""}, {""}} }

func TestAProxyIsToldWhoTheVisitorIs(t *testing.T) {
	t.Parallel()
	w, tokens := visitors(t)
	cookie := w.browser(t, "ada@people.example")
	bearer := "Bearer " + tokens.AccessToken
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"} {
		for _, path := range []string{"/verify", "/verify/page", "/verify/role/staff", "/verify/page/role/a%2Fb%20%25", "/verify/role/caf%C3%A9", "/verify?role=admin&token=x&%zz;"} {
			for name, header := range map[string][]string{"token": {"Authorization", bearer}, "cookie": {"Cookie", cookie}} {
				got := w.verifies(t, method, path, append(header, "X-Sallyport-User", "forged", "X-Sallyport-Roles", "admin")...)
				p := got.passed()
				if got.status != http.StatusNoContent || len(p[0]) != 1 || p[0][0] != tokens.User.ID ||
					cmp.Diff(p[1:3], [][]string{{"ada@people.example"}, {"a/b %,café,staff"}}) != "" || len(p[3]) != 1 || len(p[3][0]) != 36 {
					t.Fatalf("%s %s by %s: %d %q", method, path, name, got.status, p)
				}
				if got.header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s %s may be kept: %v", method, path, got.header)
				}
			}
		}
	}
}

func TestAProxyIsToldToRefuse(t *testing.T) {
	t.Parallel()
	w, tokens := visitors(t, func(o *httpapi.Options) { o.CORSOrigins = []string{"https://app.example.com"} })
	cookie := w.browser(t, "ada@people.example")
	bearer := "Bearer " + tokens.AccessToken
	const signIn = publicURL + "/sign-in"
	for _, test := range []struct {
		name, path string
		header     []string
		status     int
		location   string
	}{
		{"nobody", "/verify", nil, 401, signIn},
		{"nobody with a role", "/verify/role/staff", nil, 401, signIn},
		{"nobody, to be led", "/verify/page", nil, 302, signIn},
		{"nobody with a role, to be led", "/verify/page/role/staff", nil, 302, signIn},
		{"another role", "/verify/role/admin", []string{"Authorization", bearer}, 403, ""},
		{"another role, to be led", "/verify/page/role/admin", []string{"Cookie", cookie}, 403, ""},
		{"two roles in one", "/verify/role/staff,admin", []string{"Authorization", bearer}, 403, ""},
		{"a bad token", "/verify", []string{"Authorization", "Bearer x"}, 401, signIn},
		{"a bad token beside a good cookie", "/verify", []string{"Authorization", "Bearer x", "Cookie", cookie}, 401, signIn},
		{"two tokens", "/verify", []string{"Authorization", bearer, "Authorization", bearer}, 401, signIn},
		{"a refresh token", "/verify", []string{"Authorization", "Bearer " + tokens.RefreshToken}, 401, signIn},
		{"a token in the query", "/verify?access_token=" + tokens.AccessToken, nil, 401, signIn},
		{"a token as a cookie", "/verify", []string{"Cookie", "sallyport_session=" + tokens.AccessToken}, 401, signIn},
		{"a preflight", "/verify", []string{"Origin", "https://app.example.com", "Access-Control-Request-Method", "GET"}, 401, signIn},
	} {
		got := w.verifies(t, http.MethodOptions, test.path, test.header...)
		if got.status != test.status || got.header.Get("Location") != test.location {
			t.Errorf("%s: got %d %q, want %d %q", test.name, got.status, got.header.Get("Location"), test.status, test.location)
		}
		if diff := cmp.Diff(nobody(), got.passed()); diff != "" {
			t.Errorf("%s: a visitor's own headers would get through: %s", test.name, diff)
		}
		if got.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: scripts of another origin read who somebody is", test.name)
		}
		if asks := got.header.Get("WWW-Authenticate"); (asks != "") != (test.status == 401) {
			t.Errorf("%s: challenge %q", test.name, asks)
		}
	}
	for _, path := range []string{"/verify/", "/verify/role", "/verify/role/", "/verify/role/a/b", "/verify/page/", "/verify/pages", "/verifyx", "/verify/roles/staff", "/verify//page"} {
		if got := w.verifies(t, http.MethodGet, path, "Authorization", bearer); got.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, got.status)
		}
	}
	w.get(t, "/verify", tokens.AccessToken).want(t, http.StatusNoContent, "")
	w.get(t, "/verify", "").want(t, http.StatusUnauthorized, "token_required")
	w.get(t, "/verify/role/admin", tokens.AccessToken).want(t, http.StatusForbidden, "role_required")
}

// A sign-out is in force at the next request, whatever was answered a moment ago.
func TestASignOutCountsBehindTheProxyAtOnce(t *testing.T) {
	t.Parallel()
	w, tokens := visitors(t)
	cookie := w.browser(t, "ada@people.example")
	ask := func() (byToken, byCookie int) {
		return w.verifies(t, "GET", "/verify", "Authorization", "Bearer "+tokens.AccessToken).status, w.verifies(t, "GET", "/verify", "Cookie", cookie).status
	}
	if token, browser := ask(); token != 204 || browser != 204 {
		t.Fatalf("before: %d, %d", token, browser)
	}
	w.do(t, request{method: "POST", path: "/auth/logout", body: object{}, bearer: tokens.AccessToken}).want(t, 200, "")
	if token, browser := ask(); token != 401 || browser != 204 {
		t.Errorf("the program is logged out: %d, %d", token, browser)
	}
	other := w.login(t, "ada@people.example")
	w.do(t, request{method: "POST", path: "/auth/logout", body: object{"everywhere": true}, bearer: other.AccessToken}).want(t, 200, "")
	if token, browser := ask(); token != 401 || browser != 401 {
		t.Errorf("everybody is logged out: %d, %d", token, browser)
	}
}

// Where a visitor came from is the trusted proxy's to say, and where people are
// led is on the public URL or at the app: never a stranger's site.
func TestWhereASignInLeadsBackTo(t *testing.T) {
	t.Parallel()
	forwarded := func(proto, host, uri string, more ...string) []string {
		return append([]string{"X-Forwarded-Proto", proto, "X-Forwarded-Host", host, "X-Forwarded-Uri", uri}, more...)
	}
	w, _ := visitors(t)
	back := func(header []string) string {
		u := must(url.Parse(w.verifies(t, "GET", "/verify/page", header...).header.Get("Location")))
		if u.Scheme+"://"+u.Host+u.Path != publicURL+"/sign-in" || u.Fragment != "" {
			t.Fatalf("led to %s", u)
		}
		return u.Query().Get("return_to")
	}
	for _, test := range []struct {
		name   string
		header []string
		want   string
	}{
		{"a path of the public URL", forwarded("http", "localhost:8080", "/orders?x=1&y=%20"), "/orders?x=1&y=%20"},
		{"by HEAD", forwarded("http", "localhost:8080", "/orders", "X-Forwarded-Method", "HEAD"), "/orders"},
		{"a form", forwarded("http", "localhost:8080", "/orders", "X-Forwarded-Method", "POST"), ""},
		{"another host", forwarded("http", "evil.example", "/orders"), ""},
		{"another scheme", forwarded("https", "localhost:8080", "/orders"), ""},
		{"another port", forwarded("http", "localhost:8081", "/orders"), ""},
		{"a user in the host", forwarded("http", "localhost:8080@evil.example", "/"), ""},
		{"a path in the host", forwarded("http", "evil.example/localhost:8080", "/"), ""},
		{"two hosts", forwarded("http", "localhost:8080, evil.example", "/"), ""},
		{"two lines of hosts", forwarded("http", "localhost:8080", "/", "X-Forwarded-Host", "evil.example"), ""},
		{"two lines of paths", forwarded("http", "localhost:8080", "/", "X-Forwarded-Uri", "/x"), ""},
		{"a full address for a path", forwarded("http", "localhost:8080", "http://evil.example/"), ""},
		{"no path", forwarded("http", "localhost:8080", ""), ""},
		{"two slashes", forwarded("http", "localhost:8080", "//evil.example/"), ""},
		{"a backslash", forwarded("http", "localhost:8080", `/\evil.example/`), ""},
		{"a line end", forwarded("http", "localhost:8080", "/x%0d%0aSet-Cookie:%20a=b"), ""},
		{"a script", forwarded("javascript", "localhost:8080", "/"), ""},
		{"the query of our own", nil, ""},
	} {
		if got := back(test.header); got != test.want {
			t.Errorf("%s: leads back to %q, want %q", test.name, got, test.want)
		}
	}
	w.serve(t, func(o *httpapi.Options) { o.Pages = w.site() })
	if got := back(forwarded("http", "localhost:8080", "/orders")); got != "" {
		t.Errorf("somebody who is no proxy of ours leads back to %q", got)
	}
}

// Some proxies send the headers of a body without the body, and those of an upgrade.
func TestAProxyNeedNotSendWhatItsHeadersSay(t *testing.T) {
	t.Parallel()
	w, tokens := visitors(t)
	for name, lines := range map[string]string{
		"a body that does not come": "POST /verify HTTP/1.1\r\nContent-Length: 9000000000\r\n",
		"a body in chunks":          "PUT /verify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
		"a body to wait for":        "POST /verify HTTP/1.1\r\nContent-Length: 10\r\nExpect: 100-continue\r\n",
		"a websocket":               "GET /verify HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n",
	} {
		conn := must((&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(w.url, "http://")))
		must(0, conn.SetDeadline(time.Now().Add(5*time.Second)))
		must(fmt.Fprintf(conn, "%sHost: x\r\nAuthorization: Bearer %s\r\n\r\n", lines, tokens.AccessToken))
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || resp.StatusCode != http.StatusNoContent || resp.Header.Get("X-Sallyport-User") != tokens.User.ID {
			t.Errorf("%s: got %+v, %v", name, resp, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		}
		_ = conn.Close()
	}
}

// The proxy is one client address for all its visitors.
func TestVerifyingHasNoLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) {
		l := &s.limits
		l.SignUpPerHour, l.LoginPerMinute, l.MailPerHour, l.TokenPerMinute, l.RefreshPerMinute, l.ChangePerMinute, l.OAuthPerMinute, l.AdminReadsPerMinute = 1, 1, 1, 1, 1, 1, 1, 1
	})
	must(w.options.SignUps.Create(t.Context(), signup.Create{Email: "ada@people.example", Password: goodPassword, Verified: true}))
	w.serve(t, func(o *httpapi.Options) { o.Pages = w.site() })
	tokens := w.login(t, "ada@people.example")
	for range 200 {
		if got := w.verifies(t, "GET", "/verify", "Authorization", "Bearer "+tokens.AccessToken); got.status != 204 {
			t.Fatalf("got %d", got.status)
		}
		if got := w.verifies(t, "GET", "/verify", "Authorization", "Bearer x"); got.status != 401 {
			t.Fatalf("got %d", got.status)
		}
	}
}
