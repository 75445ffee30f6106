package middleware_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// lines is a log that can be read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// fail answers with the bare status of a fault.
func fail(w http.ResponseWriter, _ *http.Request, err error) {
	status := http.StatusInternalServerError
	if fault.KindOf(err) == fault.TooLarge {
		status = http.StatusRequestEntityTooLarge
	}
	w.WriteHeader(status)
}

// serve runs a handler behind the whole chain on a loopback server.
func serve(t *testing.T, log io.Writer, handler http.Handler) (url string, observed func() []middleware.Observation) {
	t.Helper()
	var mu sync.Mutex
	var seen []middleware.Observation
	logger := telemetry.NewLogger(log, telemetry.Options{Level: "debug", Format: "json"})
	handler = middleware.LimitBody(fail, handler)
	handler = middleware.Secure(true, handler)
	handler = middleware.Recover(logger, nil, fail, handler)
	handler = middleware.Log(middleware.Logger{Log: logger, Clock: clock.System{}, Observe: func(o middleware.Observation) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, o)
	}}, handler)
	handler = middleware.Identify(nil, handler)
	listener, err := middleware.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := middleware.NewServer(listener, handler, logger)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := server.Serve(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		_ = server.Close()
		wg.Wait()
	})
	return "http://" + listener.Addr().String(), func() []middleware.Observation {
		mu.Lock()
		defer mu.Unlock()
		return seen
	}
}

// got is an answer that was read to its end.
type got struct {
	status int
	header http.Header
	body   string
}

func do(t *testing.T, r *http.Request) got {
	t.Helper()
	resp, err := http.DefaultClient.Do(r.WithContext(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got{resp.StatusCode, resp.Header, string(body)}
}

func request(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryAnswerIsNamedSecuredAndLogged(t *testing.T) {
	t.Parallel()
	var log lines
	mux := http.NewServeMux()
	mux.HandleFunc("POST /auth/verify-email", func(w http.ResponseWriter, r *http.Request) {
		if got := telemetry.RequestID(r.Context()); got != w.Header().Get(middleware.HeaderRequestID) {
			t.Errorf("the context says %q, the header %q", got, w.Header().Get(middleware.HeaderRequestID))
		}
		_, _ = io.WriteString(w, "hello")
	})
	url, observed := serve(t, &log, mux)
	r := request(t, http.MethodPost, url+"/auth/verify-email?token=spv_canary-canary", "")
	r.Header.Set(middleware.HeaderRequestID, "forged")
	resp := do(t, r)
	requestID := resp.header.Get(middleware.HeaderRequestID)
	if _, ok := id.Bytes(requestID); !ok {
		t.Errorf("the request id is %q", requestID)
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains", "Cross-Origin-Opener-Policy": "same-origin",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	} {
		if got := resp.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	waittest.Until(t, "the request is observed", func() bool { return len(observed()) == 1 })
	o := observed()[0]
	if o.Method != http.MethodPost || o.Route != "POST /auth/verify-email" || o.Status != 200 || o.Bytes != 5 || o.Took <= 0 {
		t.Errorf("observed %+v", o)
	}
	var line map[string]any
	waittest.Until(t, "a whole line is logged", func() bool { return json.Unmarshal([]byte(log.String()), &line) == nil })
	if line["request_id"] != requestID || line["route"] != "POST /auth/verify-email" || line["client_network"] != "127.0.0.0/24" {
		t.Errorf("logged %v", line)
	}
	for _, never := range []string{"canary", "forged", "127.0.0.1"} {
		if strings.Contains(log.String(), never) {
			t.Errorf("the log shows %s: %s", never, log.String())
		}
	}
}

// What waits for news, or for the database, ends when its caller hangs up, and
// answers that it is unavailable; there is nobody to hear that.
func TestACallerWhoLeftIsNoFailure(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer, want int
		level        string
	}{
		"what was given up":                 {http.StatusServiceUnavailable, middleware.StatusLeft, "DEBUG"},
		"what failed":                       {http.StatusInternalServerError, http.StatusInternalServerError, "WARN"},
		"what was answered when they left":  {http.StatusOK, http.StatusOK, "DEBUG"},
		"what they did wrong before it too": {http.StatusNotFound, http.StatusNotFound, "INFO"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log lines
			ctx, hangUp := context.WithCancel(t.Context())
			mux := http.NewServeMux()
			mux.HandleFunc("GET /held", func(w http.ResponseWriter, r *http.Request) {
				hangUp()
				<-r.Context().Done()
				w.WriteHeader(test.answer)
			})
			url, observed := serve(t, &log, mux)
			if resp, err := http.DefaultClient.Do(request(t, http.MethodGet, url+"/held", "").WithContext(ctx)); err == nil {
				_ = resp.Body.Close()
				t.Fatal("it was answered")
			}
			waittest.Until(t, "the request is observed", func() bool { return len(observed()) == 1 })
			if got := observed()[0].Status; got != test.want {
				t.Errorf("observed %d, want %d", got, test.want)
			}
			var line map[string]any
			waittest.Until(t, "a whole line is logged", func() bool { return json.Unmarshal([]byte(log.String()), &line) == nil })
			if line["level"] != test.level {
				t.Errorf("logged %v, want %s", line, test.level)
			}
		})
	}
}

// Who stays and is told to come back is a failure, as it was.
func TestACallerWhoStaysIsToldOf(t *testing.T) {
	t.Parallel()
	var log lines
	mux := http.NewServeMux()
	mux.HandleFunc("GET /held", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	url, observed := serve(t, &log, mux)
	do(t, request(t, http.MethodGet, url+"/held", ""))
	waittest.Until(t, "the request is observed", func() bool { return len(observed()) == 1 })
	if got := observed()[0].Status; got != http.StatusServiceUnavailable {
		t.Errorf("observed %d", got)
	}
	waittest.Until(t, "a warning is logged", func() bool { return strings.Contains(log.String(), `"level":"WARN"`) })
}

func TestAPanicBecomesAnAnswer(t *testing.T) {
	t.Parallel()
	var log lines
	mux := http.NewServeMux()
	mux.HandleFunc("GET /before", func(http.ResponseWriter, *http.Request) { panic("boom spr_canary-canary") })
	mux.HandleFunc("GET /midway", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half of")
		_ = http.NewResponseController(w).Flush()
		panic("boom")
	})
	url, observed := serve(t, &log, mux)
	if a := do(t, request(t, http.MethodGet, url+"/before", "")); a.status != http.StatusInternalServerError || strings.Contains(a.body, "boom") {
		t.Errorf("got %d %q", a.status, a.body)
	}
	resp, err := http.DefaultClient.Do(request(t, http.MethodGet, url+"/midway", ""))
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	if err == nil {
		t.Error("half an answer looks whole")
	}
	waittest.Until(t, "the second request is observed", func() bool { return len(observed()) == 2 })
	if o := observed()[0]; o.Status != http.StatusInternalServerError {
		t.Errorf("observed %+v", o)
	}
	if text := log.String(); !strings.Contains(text, "boom") || strings.Contains(text, "canary") {
		t.Errorf("logged %s", text)
	}
}

func TestABodyOverTheLimitIsRefused(t *testing.T) {
	t.Parallel()
	read := make(chan error, 2)
	url, _ := serve(t, io.Discard, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		read <- err
	}))
	large := strings.Repeat("x", middleware.MaxBody+1)
	if a := do(t, request(t, http.MethodPost, url, large)); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body that says its length: %d", a.status)
	}
	chunked := request(t, http.MethodPost, url, "")
	chunked.Body, chunked.ContentLength = io.NopCloser(strings.NewReader(large)), -1
	do(t, chunked)
	if _, ok := errors.AsType[*http.MaxBytesError](<-read); !ok {
		t.Error("a body that does not say its length is read to its end")
	}
	do(t, request(t, http.MethodPost, url, large[1:]))
	if err := <-read; err != nil {
		t.Errorf("a body of just the limit: %v", err)
	}
}

func TestHeadersOverTheLimitAreRefused(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, io.Discard, http.NotFoundHandler())
	r := request(t, http.MethodGet, url, "")
	r.Header.Set("X-Large", strings.Repeat("x", 32<<10))
	if a := do(t, r); a.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d", a.status)
	}
}

// TestWhatIsNoRequestIsRefusedWithTheHeadersOfEveryAnswer sends what net/http
// refuses before any handler.
func TestWhatIsNoRequestIsRefusedWithTheHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, io.Discard, http.NotFoundHandler())
	want := do(t, request(t, http.MethodGet, url, "")).header
	address := strings.TrimPrefix(url, "http://")
	for sent, status := range map[string]int{
		"garbage\r\n\r\n":                             http.StatusBadRequest,
		"GET / HTTP/1.1\r\n\r\n":                      http.StatusBadRequest, // no Host
		"GET / HTTP/1.1\r\nHost: a\r\nb c: d\r\n\r\n": http.StatusBadRequest,
		"GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 32<<10) + "\r\n\r\n": http.StatusRequestHeaderFieldsTooLarge,
		"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n":               http.StatusNotImplemented,
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, sent); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%.40q: %v", sent, err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != status || !strings.HasPrefix(string(body), strconv.Itoa(status)) && status != http.StatusNotImplemented {
			t.Errorf("%.40q is answered %d %q (%v), want %d", sent, resp.StatusCode, body, err, status)
		}
		for _, name := range []string{
			"Cache-Control", "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy", "X-Content-Type-Options",
		} {
			if got := resp.Header.Get(name); got == "" || got != want.Get(name) {
				t.Errorf("%.40q: %s is %q, want %q", sent, name, got, want.Get(name))
			}
		}
	}
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	proxies, err := middleware.ParseProxies([]string{"10.0.0.0/8", "127.0.0.1", "fd00::/8", "::ffff:192.168.0.0/112"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "203.0.113.7:1234", nil, "203.0.113.7"},
		{"a stranger's header is not believed", "203.0.113.7:1234", []string{"198.51.100.1"}, "203.0.113.7"},
		{"a trusted proxy's is", "10.0.0.1:1234", []string{"198.51.100.1"}, "198.51.100.1"},
		{"what the client wrote before it is not", "10.0.0.1:1234", []string{"192.0.2.1, 198.51.100.1"}, "198.51.100.1"},
		{"neither on a line of its own", "10.0.0.1:1234", []string{"192.0.2.1", "198.51.100.1"}, "198.51.100.1"},
		{"two trusted proxies", "10.0.0.1:1234", []string{"192.0.2.1, 198.51.100.1, 10.9.9.9"}, "198.51.100.1"},
		{"trusted ones only", "10.0.0.1:1234", []string{"10.0.0.3,10.0.0.2"}, "10.0.0.3"},
		{"a hop that cannot be read", "10.0.0.1:1234", []string{"198.51.100.1, evil"}, "10.0.0.1"},
		{"garbage that is never reached", "10.0.0.1:1234", []string{"evil\"><, 198.51.100.1"}, "198.51.100.1"},
		{"an empty header", "10.0.0.1:1234", []string{""}, "10.0.0.1"},
		{"a port", "10.0.0.1:1234", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{"IPv6 with a port", "[fd00::1]:1234", []string{"[2001:db8::1]:4711"}, "2001:db8::1"},
		{"IPv6 in brackets", "10.0.0.1:1234", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"IPv6 in brackets with a zone", "10.0.0.1:1234", []string{"[fe80::1%eth0]"}, "fe80::1"},
		{"IPv4 in brackets is nothing", "10.0.0.1:1234", []string{"[198.51.100.1]"}, "10.0.0.1"},
		{"half a bracket", "10.0.0.1:1234", []string{"[2001:db8::1"}, "10.0.0.1"},
		{"empty elements are passed over", "10.0.0.1:1234", []string{"192.0.2.1, 198.51.100.1, , 10.9.9.9,"}, "198.51.100.1"},
		{"an empty line too", "10.0.0.1:1234", []string{"198.51.100.1", " "}, "198.51.100.1"},
		{"a zone is dropped", "[fe80::1%eth0]:1234", nil, "fe80::1"},
		{"a zone in the header is dropped", "10.0.0.1:1234", []string{"fe80::1%evil"}, "fe80::1"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1234", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"a network given as IPv4 in IPv6", "192.168.0.9:1234", []string{"198.51.100.1"}, "198.51.100.1"},
		{"a socket without an address", "@", []string{"198.51.100.1"}, "invalid IP"},
	}
	for _, test := range tests {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.peer
		for _, line := range test.forwarded {
			r.Header.Add("X-Forwarded-For", line)
		}
		if got := proxies.Client(r).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	for _, bad := range []string{"proxy.example.com", "10.0.0.0/33", "fe80::1%eth0", "", "::ffff:0.0.0.0/90"} {
		if _, err := middleware.ParseProxies([]string{bad}); err == nil {
			t.Errorf("%q was taken for a proxy", bad)
		}
	}
}

func FuzzClientAddress(f *testing.F) {
	f.Add("10.0.0.1:1", "192.0.2.1, 198.51.100.1")
	f.Add("[::1%x]:1", ",,")
	proxies, err := middleware.ParseProxies([]string{"10.0.0.0/8"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, peer, forwarded string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		r.Header["X-Forwarded-For"] = []string{forwarded}
		if a := proxies.Client(r); a.Zone() != "" || a.Is4In6() {
			t.Errorf("%v is not in its plain form", a)
		}
	})
}

func TestTheLogShowsNetworks(t *testing.T) {
	t.Parallel()
	proxies, err := middleware.ParseProxies(nil)
	if err != nil {
		t.Fatal(err)
	}
	for peer, want := range map[string]string{
		"203.0.113.7:1": "203.0.113.0/24", "[2001:db8:1:2::3]:1": "2001:db8:1::/48", "@": "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		if got := middleware.Network(proxies.Client(r)); got != want {
			t.Errorf("%s: %q, want %q", peer, got, want)
		}
	}
}

func TestCORS(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		origins      []string
		origin       string
		preflight    bool
		allow, creds string
		status       int
	}{
		{"a listed origin", []string{"https://app.example"}, "https://app.example", false, "https://app.example", "true", 418},
		{"its preflight", []string{"https://app.example"}, "https://app.example", true, "https://app.example", "true", 204},
		{"another origin", []string{"https://app.example"}, "https://evil.example", false, "", "", 418},
		{"its preflight says nothing", []string{"https://app.example"}, "https://evil.example", true, "", "", 418},
		{"a longer name", []string{"https://app.example"}, "https://app.example.evil", false, "", "", 418},
		{"another scheme", []string{"https://app.example"}, "http://app.example", false, "", "", 418},
		{"null", []string{"https://app.example"}, "null", false, "", "", 418},
		{"no origin", []string{"https://app.example"}, "", false, "", "", 418},
		{"an app on iOS", []string{"capacitor://localhost"}, "capacitor://localhost", true, "capacitor://localhost", "true", 204},
		{"an app on the desktop", []string{"tauri://localhost"}, "tauri://localhost", false, "tauri://localhost", "true", 418},
		{"an extension", []string{"safari-web-extension://0F1E2D3C"}, "safari-web-extension://0F1E2D3C", false, "safari-web-extension://0F1E2D3C", "true", 418},
		{"another extension", []string{"chrome-extension://abc"}, "chrome-extension://abd", false, "", "", 418},
		{"every origin, without credentials", []string{"*"}, "https://evil.example", false, "*", "", 418},
		{"an origin called star", []string{"https://app.example"}, "*", false, "", "", 418},
		{"none configured", nil, "https://app.example", true, "", "", 418},
	}
	for _, test := range tests {
		handler, err := middleware.CORS(test.origins, nil, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTeapot)
		}))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodGet, "/auth/me", nil)
		if test.preflight {
			r.Method = http.MethodOptions
			r.Header.Set("Access-Control-Request-Method", "PATCH")
		}
		if test.origin != "" {
			r.Header.Set("Origin", test.origin)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		h := w.Header()
		if h.Get("Access-Control-Allow-Origin") != test.allow || h.Get("Access-Control-Allow-Credentials") != test.creds || w.Code != test.status {
			t.Errorf("%s: %d %v", test.name, w.Code, h)
		}
		if len(test.origins) > 0 && !strings.Contains(strings.Join(h.Values("Vary"), ","), "Origin") {
			t.Errorf("%s: no Vary: Origin", test.name)
		}
	}
	for _, bad := range []string{"app.example", "https://app.example/", "https://App.example", "https://*.example.com", "https://*.example.com/x", "capacitor://localhost/", "localhost", "null", ""} {
		if _, err := middleware.CORS([]string{bad}, nil, http.NotFoundHandler()); err == nil {
			t.Errorf("%q was taken for an origin", bad)
		}
	}
}

func TestProbesAndCleanReadsAreNotInTheWay(t *testing.T) {
	t.Parallel()
	var log lines
	logger := telemetry.NewLogger(&log, telemetry.Options{Level: "info", Format: "json"})
	fake := clock.NewFake()
	handler := middleware.Log(middleware.Logger{Log: logger, Clock: fake}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			fake.Advance(2 * time.Second)
		case "/held":
			fake.Advance(2 * time.Second)
			middleware.Waited(w, 2*time.Second)
		case "/slow-and-held":
			fake.Advance(4 * time.Second)
			middleware.Waited(w, 2*time.Second)
		case "/broken":
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	for path, want := range map[string]string{"/clean": "", "/slow": "INFO", "/held": "", "/slow-and-held": "INFO", "/broken": "WARN"} {
		before := len(log.String())
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
		if got := log.String()[before:]; want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q", path, got)
		}
	}
	if !logger.Enabled(t.Context(), slog.LevelInfo) {
		t.Error("the logger is off")
	}
}

// eventually waits for what happens after the answer was sent.
func TestAStoppingServerAsksForNewConnections(t *testing.T) {
	t.Parallel()
	var stopping atomic.Bool
	server := httptest.NewServer(middleware.CloseWhile(stopping.Load, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
	t.Cleanup(server.Close)
	for _, stops := range []bool{false, true} {
		stopping.Store(stops)
		resp, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.Close != stops {
			t.Errorf("stopping %v: the connection is to be closed: %v", stops, resp.Close)
		}
	}
}
