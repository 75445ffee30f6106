package proxies_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const (
	ada      = "ada@people.example"
	password = "violet umbrella 27"
)

// recipe is a proxy that runs, with Sallyport and the application behind it.
type recipe struct {
	url string // of the proxy
	dir string
	env []string
}

// start copies the examples with other ports, and runs their one command.
func start(t *testing.T, proxy string) *recipe {
	t.Helper()
	dir := t.TempDir()
	for folder := dir; folder != filepath.Clean(os.TempDir()); folder = filepath.Dir(folder) { // Apache gives root up
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	ports := []string{"8000", "8080", "9000"}
	for n := range ports {
		port, err := fleet.FreePort()
		if err != nil {
			t.Fatal(err)
		}
		ports[n] += "=" + strconv.Itoa(port)
	}
	var moves []string
	for _, p := range ports {
		from, to, _ := strings.Cut(p, "=")
		moves = append(moves, ":"+from, ":"+to, ", "+from, ", "+to)
	}
	moved := strings.NewReplacer(moves...)
	for _, folder := range []string{"proxies", proxy} {
		copied(t, filepath.Join("..", folder), filepath.Join(dir, folder), moved)
	}
	if err := os.Symlink(apptest.Binary(t), filepath.Join(dir, "sallyport")); err != nil {
		t.Fatal(err)
	}
	r := &recipe{url: moved.Replace("http://localhost:8000"), dir: dir, env: append(os.Environ(),
		"PATH="+dir+":"+os.Getenv("PATH"), "HOME="+dir, "SALLYPORT_DATA_DIR="+filepath.Join(dir, "data"), "SALLYPORT_OPS_LISTEN=127.0.0.1:0")}
	r.run(t, proxy)
	r.create(t, ada)
	r.create(t, "root@people.example", "--admin")
	return r
}

func copied(t *testing.T, from, to string, moved *strings.Replacer) {
	t.Helper()
	files, err := os.ReadDir(from)
	if err == nil {
		err = os.Mkdir(to, 0o755)
	}
	for _, f := range files {
		var text []byte
		if err == nil {
			text, err = os.ReadFile(filepath.Join(from, f.Name()))
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, f.Name()), []byte(moved.Replace(string(text))), 0o755)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// run starts everything, and ends it with the test as Ctrl-C does.
func (r *recipe) run(t *testing.T, proxy string) {
	t.Helper()
	said, err := os.Create(filepath.Join(r.dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), filepath.Join(r.dir, "proxies", "start"), proxy)
	cmd.Env, cmd.Stdout, cmd.Stderr = r.env, said, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = cmd.Wait() }()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
		waittest.Until(t, proxy+" to end by Ctrl-C", func() bool { return errors.Is(syscall.Kill(-cmd.Process.Pid, 0), syscall.ESRCH) })
		if text, err := os.ReadFile(said.Name()); t.Failed() && err == nil {
			t.Logf("%s said, last:\n%s", proxy, text[max(0, len(text)-4000):])
		}
		_ = said.Close()
	})
	app := r.visitor(t)
	waittest.Until(t, proxy+" to start", func() bool {
		select {
		case <-ended:
			text, _ := os.ReadFile(said.Name())
			t.Fatalf("%s ended:\n%s", proxy, text)
		default:
		}
		a, err := app.Try(t, apptest.Request{Method: http.MethodGet, Path: "/app/"})
		if err == nil && a.Status == http.StatusOK {
			t.Fatalf("%s lets everybody in while Sallyport is away", proxy)
		}
		return err == nil && a.Status == http.StatusFound
	})
}

func (r *recipe) create(t *testing.T, email string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(r.dir, "sallyport"), append([]string{"user", "create", "--email", email, "--verified", "--password-stdin"}, args...)...)
	cmd.Env, cmd.Stdin = r.env, strings.NewReader(password)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("create %s: %v\n%s", email, err, out)
	}
}

// visitor is a browser.
func (r *recipe) visitor(t *testing.T) *apptest.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := apptest.NewClient(r.url)
	c.HTTP.Jar = jar
	return c
}

// submit sends a form of our pages.
func submit(t *testing.T, c *apptest.Client, path string, form url.Values) apptest.Answer {
	t.Helper()
	return c.Do(t, apptest.Request{Method: http.MethodPost, Path: path, Body: form.Encode(), Header: []string{
		"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Origin", c.URL,
	}})
}

// seen is what the application saw.
type seen struct {
	Path    string
	Headers [][2]string
}

// about gives the values of the headers that a framework would take for one of ours:
// names with underscores among them, as CGI and WSGI write them.
func (s seen) about(name string) (values []string) {
	for _, h := range s.Headers {
		if strings.EqualFold(strings.ReplaceAll(h[0], "_", "-"), name) {
			values = append(values, h[1])
		}
	}
	return values
}

func look(t *testing.T, a apptest.Answer) seen {
	t.Helper()
	if a.Status != http.StatusOK {
		t.Fatalf("got %d\n%s", a.Status, a.Body)
	}
	var s seen
	a.Read(t, &s)
	return s
}

// TestARecipe goes through each with a browser: led to the sign-in and back, let in as who they are
// and nobody else, kept out of what needs a role, and out of everything after the sign-out.
func TestARecipe(t *testing.T) {
	t.Parallel()
	for _, proxy := range []string{"nginx", "caddy", "haproxy", "apache"} {
		t.Run(proxy, func(t *testing.T) {
			t.Parallel()
			r := start(t, proxy)
			t.Run("a visit", r.visit)
			t.Run("forgery", r.forgery)
			t.Run("a role", r.role)
			t.Run("a program", r.program)
			t.Run("requests of all kinds", r.kinds)
			if proxy == "nginx" || proxy == "caddy" {
				t.Run("an application on another host", r.otherHost)
			}
			if proxy == "nginx" {
				t.Run("an application on another host in Chromium", r.inChromium)
			}
		})
	}
}

// signedIn is a browser that signed in.
func (r *recipe) signedIn(t *testing.T, email string) *apptest.Client {
	t.Helper()
	c := r.visitor(t)
	if a := submit(t, c, "/sign-in", url.Values{"email": {email}, "password": {password}}); a.Status != http.StatusSeeOther {
		t.Fatalf("sign in: %d\n%s", a.Status, a.Body)
	}
	return c
}

func (r *recipe) visit(t *testing.T) {
	c := r.visitor(t)
	a := c.Get(t, "/app/orders?page=2&q=%2B", "")
	led, err := url.Parse(a.Header.Get("Location"))
	if err != nil || a.Status != http.StatusFound || led.Path != "/sign-in" || led.Host != strings.TrimPrefix(r.url, "http://") {
		t.Fatalf("led by %d to %s, %v", a.Status, led, err)
	}
	if a := c.Get(t, led.RequestURI(), ""); a.Status != http.StatusOK {
		t.Fatalf("the sign-in page: %d", a.Status)
	}
	a = submit(t, c, "/sign-in", url.Values{"email": {ada}, "password": {password}, "return_to": {led.Query().Get("return_to")}})
	if back := a.Header.Get("Location"); a.Status != http.StatusSeeOther || back != "/app/orders?page=2&q=%2B" {
		t.Fatalf("led back by %d to %q", a.Status, back)
	}
	s := look(t, c.Get(t, "/app/orders?page=2&q=%2B", ""))
	if id := s.about("X-Sallyport-User"); len(id) != 1 || len(id[0]) != 36 || cmp.Diff([]string{ada}, s.about("X-Sallyport-Email")) != "" || s.Path != "/app/orders?page=2&q=%2B" {
		t.Errorf("the application saw %v", s)
	}
	for _, cookie := range s.about("Cookie") {
		if strings.Contains(cookie, "sallyport_session") {
			t.Errorf("the application got the cookie of the account: %s", cookie)
		}
	}
	kept := c.Get(t, "/app/", "")
	look(t, kept)
	if a := submit(t, c, "/sign-out", url.Values{}); a.Status != http.StatusSeeOther {
		t.Fatalf("sign out: %d", a.Status)
	}
	if a := c.Get(t, "/app/", ""); a.Status != http.StatusFound {
		t.Errorf("after the sign-out: %d", a.Status)
	}
}

// A copy of the cookie is worth nothing either, from the sign-out on.
func (r *recipe) forgery(t *testing.T) {
	c := r.signedIn(t, ada)
	forged := []string{}
	for _, name := range []string{"User", "Email", "Roles", "Session"} {
		for _, spelled := range []string{"X-Sallyport-" + name, "X_Sallyport_" + name, "x-sallyport_" + strings.ToLower(name), "X_Sallyport-" + name} {
			forged = append(forged, spelled, "forged")
		}
	}
	s := look(t, c.Do(t, apptest.Request{Method: http.MethodGet, Path: "/app/", Header: append(forged, "Cookie", "theme=dark; other=1")}))
	for _, name := range []string{"User", "Email", "Roles", "Session"} {
		values := s.about("X-Sallyport-" + name)
		if len(values) > 1 || len(values) == 1 && (values[0] == "forged" || name == "Roles" && values[0] != "") {
			t.Errorf("%s: the application saw %q", name, values)
		}
	}
	if cookie := s.about("Cookie"); len(cookie) != 1 || !strings.Contains(cookie[0], "theme=dark") || !strings.Contains(cookie[0], "other=1") {
		t.Errorf("the application's own cookies: %q", cookie)
	}
	site, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	copied := c.HTTP.Jar.Cookies(site)
	submit(t, c, "/sign-out", url.Values{})
	c.HTTP.Jar.SetCookies(site, copied)
	if a := c.Get(t, "/app/", ""); a.Status != http.StatusFound {
		t.Errorf("a copy of the cookie: %d", a.Status)
	}
	elsewhere := r.visitor(t).Do(t, apptest.Request{Method: http.MethodGet, Path: "/app/", Header: append(forged,
		"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Uri", "//evil.example", "X-Forwarded-For", "127.0.0.1")})
	if to := elsewhere.Header.Get("Location"); elsewhere.Status != http.StatusFound || strings.Contains(to, "evil") || !strings.HasPrefix(to, r.url+"/sign-in") {
		t.Errorf("led by %d to %q", elsewhere.Status, to)
	}
}

func (r *recipe) role(t *testing.T) {
	if a := r.signedIn(t, ada).Get(t, "/app/admin/", ""); a.Status != http.StatusForbidden {
		t.Errorf("without the role: %d", a.Status)
	}
	if a := r.visitor(t).Get(t, "/app/admin/", ""); a.Status != http.StatusFound {
		t.Errorf("nobody: %d", a.Status)
	}
	s := look(t, r.signedIn(t, "root@people.example").Get(t, "/app/admin/x", ""))
	if diff := cmp.Diff([]string{"admin"}, s.about("X-Sallyport-Roles")); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"/app//admin/", "/app/x/../admin/", "/app/%61dmin/", "/app/./admin/"} {
		if a := r.signedIn(t, ada).Get(t, path, ""); a.Status == http.StatusOK {
			if s := look(t, a); !strings.Contains(s.Path, "admin") || cleaned(s.Path) == "/app/admin" {
				t.Errorf("%s comes to the application without the role as %s", path, s.Path)
			}
		}
	}
}

// cleaned is how an application may read a path.
func cleaned(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return filepath.Clean(path)
}

func (r *recipe) program(t *testing.T) {
	c := apptest.NewClient(r.url)
	var tokens struct {
		AccessToken string `json:"access_token"`
	}
	c.Post(t, "/auth/login", map[string]string{"email": ada, "password": password}).Read(t, &tokens)
	if s := look(t, c.Get(t, "/app/", tokens.AccessToken)); cmp.Diff([]string{ada}, s.about("X-Sallyport-Email")) != "" {
		t.Errorf("the application saw %v", s)
	}
	if a := c.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Body: map[string]any{}, Bearer: tokens.AccessToken}); a.Status != http.StatusOK {
		t.Fatalf("log out: %d", a.Status)
	}
	if a := c.Get(t, "/app/", tokens.AccessToken); a.Status != http.StatusUnauthorized && a.Status != http.StatusFound {
		t.Errorf("after the logout: %d", a.Status)
	}
}

// early sends what a proxy may answer before it has read all of it. It may close the
// connection then, and a client that is still writing may hear of that before it has
// read the answer (RFC 9112 §9.6): it asks again.
func early(t *testing.T, c *apptest.Client, request apptest.Request) apptest.Answer {
	t.Helper()
	return waittest.For(t, "the proxy answers", func() (apptest.Answer, bool) {
		a, err := c.Try(t, request)
		if err != nil && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.ECONNRESET) {
			t.Fatal(err)
		}
		return a, err == nil
	})
}

// A visitor who is let in may send what they like, and is told so without delay.
func (r *recipe) kinds(t *testing.T) {
	c := r.signedIn(t, ada)
	begun := time.Now()
	for _, request := range []apptest.Request{
		{Method: http.MethodPost, Path: "/app/", Body: strings.Repeat("x", 100<<10)},
		{Method: http.MethodPost, Path: "/app/", Body: json.RawMessage(`{"a":1}`)},
		{Method: http.MethodGet, Path: "/app/?token=x&access_token=y&%zz"},
		{Method: http.MethodGet, Path: "/app/", Header: []string{"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="}},
	} {
		if a := c.Do(t, request); a.Status != http.StatusOK {
			t.Errorf("%s %s: %d\n%s", request.Method, request.Path, a.Status, a.Body)
		}
		if a := early(t, r.visitor(t), request); a.Status != http.StatusFound {
			t.Errorf("%s %s by nobody: %d", request.Method, request.Path, a.Status)
		}
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %s: something waits for a body", took)
	}
}
