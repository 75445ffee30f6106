package deploy_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/waittest"
)

var upstream = regexp.MustCompile(`server ([0-9.]+:[0-9]+) `)

// upstreams lists where nginx.conf leads.
func upstreams(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, found := range upstream.FindAllStringSubmatch(readText(t, "nginx.conf"), -1) {
		out = append(out, found[1])
	}
	return out
}

// front is a running nginx with our configuration.
type front struct {
	url, plainURL, ownURL string
	client                *http.Client
}

// startNginx runs nginx with nginx.conf, moved to free ports and to the
// addresses of servers, and nothing else changed.
func startNginx(t *testing.T, servers ...string) front {
	t.Helper()
	needsServers(t)
	daemon := nginxProgram(t)
	dir := t.TempDir()
	text := readText(t, "nginx.conf")
	for n, address := range upstreams(t) {
		text = strings.Replace(text, "server "+address, "server "+servers[n], 1)
	}
	f := front{}
	move := func(listen, scheme, rest string) string {
		address := freeAddress(t)
		if !strings.Contains(text, listen) {
			t.Fatalf("nginx.conf has no %q", listen)
		}
		text = strings.Replace(text, listen, "listen "+address+rest, 1)
		return scheme + address
	}
	f.plainURL = move("listen 80 default_server;", "http://", " default_server;")
	f.url = move("listen 443 ssl default_server;", "https://", " ssl default_server;")
	f.ownURL = move("listen 127.0.0.1:8090;", "http://", ";")
	text = strings.Replace(text, "pid /tmp/nginx.pid;", "pid "+dir+"/pid;", 1)
	text = strings.Replace(text, "http {\n", "http {\n"+temporary(dir), 1)
	write(t, dir+"/nginx.conf", text)
	pool := certificate(t, dir+"/tls")
	if out, err := exec.CommandContext(t.Context(), daemon, "-t", "-p", dir, "-c", dir+"/nginx.conf", "-e", dir+"/log").CombinedOutput(); err != nil ||
		strings.Contains(string(out), "[warn]") && !strings.Contains(string(out), `"user" directive`) {
		t.Fatalf("nginx refuses nginx.conf: %v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), daemon, "-p", dir, "-c", dir+"/nginx.conf", "-e", dir+"/log", "-g", "daemon off;")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	f.client = &http.Client{
		Timeout:       waittest.Patience,
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(f.client.CloseIdleConnections)
	waittest.Until(t, "nginx answers", func() bool {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(f.url, "https://"))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
	return f
}

func nginxProgram(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("nginx is not installed; make test installs it")
	return ""
}

// temporary moves the folders that nginx would make where only its package may
// write.
func temporary(dir string) string {
	var b strings.Builder
	for _, what := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		fmt.Fprintf(&b, "    %s_temp_path %s/%s;\n", what, dir, what)
	}
	return b.String()
}

// certificate writes a self-signed one for 127.0.0.1 where nginx.conf looks for
// it.
func certificate(t *testing.T, dir string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	leaf := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	write(t, filepath.Join(dir, "tls.crt"), string(leaf))
	write(t, filepath.Join(dir, "tls.key"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(leaf)
	return pool
}

// instance is a server that keeps what it was asked and who connected.
type instance struct {
	*httptest.Server

	mu          sync.Mutex
	requests    []*http.Request
	connections int
}

func startInstance(t *testing.T) *instance {
	t.Helper()
	i := &instance{}
	i.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		i.mu.Lock()
		i.requests = append(i.requests, r)
		i.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
	}))
	i.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			i.mu.Lock()
			i.connections++
			i.mu.Unlock()
		}
	}
	i.Start()
	t.Cleanup(i.Close)
	return i
}

func (i *instance) address() string { return i.Listener.Addr().String() }

func (i *instance) seen() (requests []*http.Request, connections int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.requests, i.connections
}

// reply is what nginx answered.
type reply struct {
	status int
	header http.Header
}

func (f front) do(t *testing.T, method, url, body string, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n+1 < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	answer, err := f.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, answer.Body)
	return reply{answer.StatusCode, answer.Header}
}

func TestNginxPassesOnWhatInstancesTrust(t *testing.T) {
	t.Parallel()
	a, b := startInstance(t), startInstance(t)
	f := startNginx(t, a.address(), b.address())
	const rounds = 60
	for range rounds {
		answer := f.do(t, http.MethodPost, f.url+"/auth/login", "{}", "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=203.0.113.9",
			"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "gopher")
		if answer.status != http.StatusNoContent || answer.header.Get("Strict-Transport-Security") == "" {
			t.Fatalf("%d with %v", answer.status, answer.header)
		}
	}
	total := 0
	for n, i := range []*instance{a, b} {
		requests, connections := i.seen()
		total += len(requests)
		if len(requests) == 0 || connections > len(requests)/2 {
			t.Errorf("instance %d: %d requests over %d connections; they should be kept", n, len(requests), connections)
		}
		for _, r := range requests {
			h := r.Header
			if h.Get("X-Forwarded-For") != "127.0.0.1" || h.Get("X-Forwarded-Host") != "127.0.0.1" || h.Get("X-Forwarded-Proto") != "https" ||
				h.Get("Forwarded") != "" || r.Host != "127.0.0.1" {
				t.Fatalf("an instance hears from %s: %v", r.Host, h)
			}
		}
	}
	if total != rounds {
		t.Errorf("%d requests arrived, want %d", total, rounds)
	}
}

// A redirect would hide from a program that it sends a password or a token in
// clear (ASVS 4.1.2).
func TestNginxSendsPeopleToHTTPSAndRefusesPrograms(t *testing.T) {
	t.Parallel()
	a, b := startInstance(t), startInstance(t)
	f := startNginx(t, a.address(), b.address())
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		answer := f.do(t, method, f.plainURL+"/sign-in?x=1", "")
		if want := "https://127.0.0.1/sign-in?x=1"; answer.status != http.StatusPermanentRedirect || answer.header.Get("Location") != want {
			t.Errorf("%s by plain HTTP: %d to %q", method, answer.status, answer.header.Get("Location"))
		}
	}
	for name, answer := range map[string]reply{
		"a form":         f.do(t, http.MethodPost, f.plainURL+"/sign-in", "email=ada%40example.com"),
		"a password":     f.do(t, http.MethodPost, f.plainURL+"/auth/login", "{}"),
		"a token":        f.do(t, http.MethodGet, f.plainURL+"/auth/me", "", "Authorization", "Bearer x"),
		"another method": f.do(t, http.MethodDelete, f.plainURL+"/auth/me", ""),
	} {
		if answer.status != http.StatusForbidden || answer.header.Get("Location") != "" {
			t.Errorf("%s by plain HTTP: %d to %q", name, answer.status, answer.header.Get("Location"))
		}
	}
	for _, i := range []*instance{a, b} {
		if requests, _ := i.seen(); len(requests) > 0 {
			t.Errorf("an instance got %d requests by plain HTTP", len(requests))
		}
	}
}

func TestNginxBoundsBodies(t *testing.T) {
	t.Parallel()
	a, b := startInstance(t), startInstance(t)
	f := startNginx(t, a.address(), b.address())
	for size, want := range map[int]int{
		64 << 10: http.StatusNoContent, 65 << 10: http.StatusNoContent, // an instance refuses these in its own words
		129 << 10: http.StatusRequestEntityTooLarge,
	} {
		if got := f.do(t, http.MethodPost, f.url+"/auth/login", strings.Repeat("x", size)).status; got != want {
			t.Errorf("%d bytes: %d, want %d", size, got, want)
		}
	}
}

func TestNginxGoesOnWithOneInstance(t *testing.T) {
	t.Parallel()
	a, b := startInstance(t), startInstance(t)
	f := startNginx(t, a.address(), b.address())
	f.do(t, http.MethodGet, f.url+"/livez", "")
	a.Close()
	for n := range 40 {
		if got := f.do(t, http.MethodPost, f.url+"/auth/login", "{}").status; got != http.StatusNoContent {
			t.Errorf("request %d: %d", n, got)
		}
	}
	if got := f.do(t, http.MethodGet, f.ownURL+"/readyz", "").status; got != http.StatusNoContent {
		t.Errorf("its own check: %d", got)
	}
	b.Close()
	if got := f.do(t, http.MethodGet, f.ownURL+"/readyz", "").status; got != http.StatusBadGateway {
		t.Errorf("its own check without instances: %d", got)
	}
}
