package proxies_test

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// anotherHost is where the application has a host of its own.
func (r *recipe) anotherHost() string { return strings.Replace(r.url, "localhost", "app.localhost", 1) }

// tab is a browser at one host, with the cookies of all.
func (r *recipe) tab(t *testing.T, jar http.CookieJar, site string) *apptest.Client {
	t.Helper()
	c := apptest.NewClient(site)
	c.HTTP.Jar = jar
	c.HTTP.Transport = &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	}}
	return c
}

// follow goes where a browser is led until it is shown something, and says where
// that was.
func (r *recipe) follow(t *testing.T, jar http.CookieJar, address string) (shown *url.URL, a apptest.Answer) {
	t.Helper()
	at, err := url.Parse(address)
	for range 10 {
		if err != nil {
			t.Fatal(err)
		}
		a = r.tab(t, jar, at.Scheme+"://"+at.Host).Get(t, at.RequestURI(), "")
		if a.Status != http.StatusFound && a.Status != http.StatusSeeOther {
			return at, a
		}
		at, err = at.Parse(a.Header.Get("Location"))
	}
	t.Fatalf("led in circles to %s", at)
	return nil, a
}

// otherHost signs in to the application on its own host, and out at Sallyport.
func (r *recipe) otherHost(t *testing.T) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	wanted := r.anotherHost() + "/orders?page=2&q=%2B"
	at, _ := r.follow(t, jar, wanted)
	if at.Path != "/sign-in" || at.Scheme+"://"+at.Host != r.url {
		t.Fatalf("led to %s", at)
	}
	form := url.Values{"email": {ada}, "password": {password}, "return_to": {at.Query().Get("return_to")}}
	a := submit(t, r.tab(t, jar, r.url), "/sign-in", form)
	at, a = r.follow(t, jar, r.url+a.Header.Get("Location"))
	if at.String() != wanted {
		t.Fatalf("led back to %s", at)
	}
	s := look(t, a)
	if id := s.about("X-Sallyport-User"); len(id) != 1 || len(id[0]) != 36 || cmp.Diff([]string{ada}, s.about("X-Sallyport-Email")) != "" || s.Path != "/orders?page=2&q=%2B" {
		t.Errorf("the application saw %v", s)
	}
	app := r.tab(t, jar, r.anotherHost())
	s = look(t, app.Do(t, apptest.Request{Method: http.MethodGet, Path: "/", Header: []string{"Cookie", "theme=dark", "X-Sallyport-Roles", "admin", "X_Sallyport_Roles", "admin"}}))
	if roles := strings.Join(s.about("X-Sallyport-Roles"), ""); roles != "" {
		t.Errorf("the application saw roles %q", roles)
	}
	if cookie := strings.Join(s.about("Cookie"), ""); strings.Contains(cookie, "sallyport") || !strings.Contains(cookie, "theme=dark") {
		t.Errorf("the application got %q", cookie)
	}
	host, err := url.Parse(r.anotherHost())
	if err != nil {
		t.Fatal(err)
	}
	kept := jar.Cookies(host)
	for _, c := range kept {
		for _, name := range []string{c.Name, "sallyport_session"} {
			a := r.visitor(t).Do(t, apptest.Request{Method: http.MethodGet, Path: "/app/", Header: []string{"Cookie", name + "=" + c.Value}})
			if a.Status != http.StatusFound {
				t.Errorf("%s as %s at the host of the pages: %d", c.Name, name, a.Status)
			}
		}
	}
	// Whoever is signed in already is shown nothing on the way.
	jar.SetCookies(host, []*http.Cookie{{Name: "sallyport_visitor", Value: "", MaxAge: -1}})
	if at, a := r.follow(t, jar, r.anotherHost()+"/again"); at.String() != r.anotherHost()+"/again" || a.Status != http.StatusOK {
		t.Errorf("without a word: %d at %s", a.Status, at)
	}
	if at, _ := r.follow(t, jar, r.anotherHost()+"/.sallyport/sign-out"); at.String() != r.url+"/sign-out" {
		t.Errorf("the sign-out leads to %s", at)
	}
	submit(t, r.tab(t, jar, r.url), "/sign-out", url.Values{})
	if a := app.Get(t, "/", ""); a.Status != http.StatusFound {
		t.Errorf("after the sign-out: %d", a.Status)
	}
	jar.SetCookies(host, kept)
	if a := app.Get(t, "/", ""); a.Status != http.StatusFound {
		t.Errorf("copies of the cookies after the sign-out: %d", a.Status)
	}
}

// inChromium goes the same way in a real browser, which holds the redirects after a
// form to the policy of the page, and each host to its own cookies.
func (r *recipe) inChromium(t *testing.T) {
	if len(fleettest.Servers(t)) == 0 {
		t.Skip("the quick loop has no browser")
	}
	var chromium string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && chromium == "" {
			chromium = path
		}
	}
	if chromium == "" {
		t.Fatal("missing: chromium; make test installs it")
	}
	run := exec.CommandContext(t.Context(), "node", "application.js")
	run.Dir = "../../e2e/browser"
	run.Env = append(os.Environ(), "URL="+r.url, "APPLICATION="+r.anotherHost(), "EMAIL="+ada, "PASSWORD="+password, "CHROMIUM="+chromium)
	if said, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
