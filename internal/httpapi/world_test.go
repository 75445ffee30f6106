package httpapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store/sqlstore"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const publicURL = "http://localhost:8080"

// settings are what a test may want otherwise.
type settings struct {
	httpapi.Options

	noVerification bool
	limits         ratelimit.Options
}

// world is the API over the real rooms, on SQLite, behind a loopback server.
type world struct {
	url   string
	clock *clock.Fake
	box   *mail.Box
	log   *buffer
	tally *telemetry.Tally

	options httpapi.Options
	ring    *keys.Ring
	issuer  *token.Issuer
}

// buffer is a log that can be read while it is written.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func newWorld(t testing.TB, change ...func(*settings)) *world {
	t.Helper()
	w := &world{clock: clock.NewFake(), log: &buffer{}, tally: &telemetry.Tally{}}
	log := telemetry.NewLogger(w.log, telemetry.Options{Level: "debug", Format: "json"})
	s := settings{
		limits: ratelimit.Options{
			On: true, SignUpPerHour: 1000, LoginPerMinute: 1000, MailPerHour: 1000, TokenPerMinute: 1000, RefreshPerMinute: 1000,
		},
		Options: httpapi.Options{Clock: w.clock, Log: log, Tally: w.tally, PublicURL: publicURL},
	}
	for _, c := range change {
		c(&s)
	}
	w.buildRooms(t, log, &s)
	w.options = s.Options
	server := httptest.NewServer(must(httpapi.New(s.Options)))
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// must is for what cannot fail but for the machine.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (w *world) buildRooms(t testing.TB, log *slog.Logger, s *settings) {
	t.Helper()
	st := must(sqlstore.Open(t.Context(), sqlstore.Options{
		URL: "sqlite:///" + filepath.Join(t.TempDir(), "test.db"), Clock: w.clock,
	}))
	t.Cleanup(func() { _ = st.Close() })
	ring := must(secret.ParseKeyring(secret.Encode(secret.Bytes(32))))
	w.ring = keys.New(keys.Options{Store: st, Keyring: ring, Clock: w.clock, Log: log, AccessTokenTTL: 15 * time.Minute})
	revocations := token.NewRevocations(token.RevocationsOptions{
		Store: st, Feed: local.NewFeed(), Clock: w.clock, Log: log, AccessTokenTTL: 15 * time.Minute,
	})
	pool := jobs.New(jobs.Options{Store: st, Keyring: ring, Handout: local.NewHandout(), Clock: w.clock, Log: log})
	st.AfterCommit(revocations.Committed)
	st.AfterCommit(pool.Committed)
	w.box = mail.NewBox(w.clock, 100)
	postman := must(mail.NewPostman(mail.Options{
		Store: st, Keyring: ring, Transport: w.box, Clock: w.clock, Log: log, PublicURL: publicURL, Product: "Sallyport",
	}))
	kind, send := postman.Handler()
	pool.Handle(kind, send)
	hasher := must(password.New(password.Options{
		Algorithm: password.Argon2id, Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 2, Queue: 64, MinLength: 8, Product: "Sallyport",
	}))
	trail := audit.New(w.clock)
	w.issuer = token.NewIssuer(token.Options{Ring: w.ring, Issuer: publicURL, Audience: publicURL, TTL: 15 * time.Minute})
	sessions := session.New(session.Options{
		Store: st, Keyring: ring, Issuer: w.issuer, Revocations: revocations, Trail: trail, Postman: postman,
		Clock: w.clock, Log: log, Tally: w.tally, Grace: 30 * time.Second, Recovery: 24 * time.Hour,
		TTL: 90 * 24 * time.Hour, IdleTTL: 30 * 24 * time.Hour, AccessTokenTTL: 15 * time.Minute,
	})
	guesses := ratelimit.NewGuesses(st, ring.MAC("guesses"), w.clock, ratelimit.GuessOptions{PasswordTries: 10, Window: 15 * time.Minute})
	devices := ratelimit.NewDevices(ring.MAC("known device"))
	s.Accounts = account.New(account.Options{
		Store: st, Hasher: hasher, Guesses: guesses, Devices: devices, Postman: postman, Sessions: sessions, Trail: trail,
		Clock: w.clock, Log: log, SignUpOpen: true, RequireVerifiedEmail: !s.noVerification,
		VerifyEmailTTL: time.Hour, ResetPasswordTTL: time.Hour,
	})
	s.Logins = login.New(login.Options{
		Store: st, Hasher: hasher, Guesses: guesses, Devices: devices, Sessions: sessions, Trail: trail,
		Clock: w.clock, Log: log, RequireVerifiedEmail: !s.noVerification,
	})
	s.Sessions, s.Keys = sessions, w.ring
	s.Verifier = token.NewVerifier(token.VerifierOptions{
		Ring: w.ring, Revocations: revocations, Clock: w.clock, Issuer: publicURL, Audience: publicURL,
	})
	s.Limits = ratelimit.New(local.NewBuckets(w.clock, 0), s.limits)
	w.start(t, pool, revocations)
}

// start runs what works in the background, until the test ends.
func (w *world) start(t testing.TB, pool *jobs.Pool, revocations *token.Revocations) {
	t.Helper()
	for _, start := range []func() error{
		func() error { return w.ring.Start(t.Context()) }, func() error { return revocations.Start(t.Context()) },
	} {
		if err := start(); err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	var wg sync.WaitGroup
	wg.Go(func() { _ = pool.Run(ctx) })
	wg.Go(func() { _ = revocations.Run(ctx) })
	t.Cleanup(wg.Wait)
}

// request is one call. A body that is no string is sent as JSON.
type request struct {
	method, path string
	body         any
	bearer       string
	header       []string // name, value, name, value
}

// reply is an answer that was read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// contractOf reads the contract once; answers are held to it.
var contractOf = sync.OnceValue(func() validator.Validator {
	text := must(httpapi.OpenAPI())
	doc := must(libopenapi.NewDocument(text))
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		panic(errs)
	}
	if valid, findings := v.ValidateDocument(); !valid {
		panic(findings[0].Error())
	}
	return v
})

// do sends a request and holds the answer to the contract.
func (w *world) do(t testing.TB, r request) reply {
	t.Helper()
	var body io.Reader
	text, isText := r.body.(string)
	switch {
	case isText:
		body = strings.NewReader(text)
	case r.body != nil:
		body = bytes.NewReader(must(json.Marshal(r.body)))
	}
	req := must(http.NewRequestWithContext(t.Context(), r.method, w.url+r.path, body))
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+r.bearer)
	}
	if strings.HasPrefix(r.path, "/auth/") && r.method == http.MethodGet {
		req.Header.Set("Accept", "application/json")
	}
	for n := 0; n < len(r.header); n += 2 {
		if name, value := r.header[n], r.header[n+1]; value == "" {
			req.Header.Del(name)
		} else {
			req.Header.Add(name, value)
			if name == "Content-Type" {
				req.Header.Set(name, value)
			}
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatalf("%s %s: %v", r.method, r.path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	got := reply{status: resp.StatusCode, header: resp.Header, body: must(io.ReadAll(resp.Body))}
	w.check(t, req, resp, got)
	return got
}

// check holds an answer to the contract and to what every answer must have.
func (w *world) check(t testing.TB, req *http.Request, resp *http.Response, got reply) {
	t.Helper()
	if got.header.Get("X-Request-Id") == "" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s %s: the answer has no request id or no nosniff", req.Method, req.URL.Path)
	}
	if got.status >= http.StatusBadRequest {
		if kind := got.header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s %s: a refusal of type %q", req.Method, req.URL.Path, kind)
		}
		if got.status == http.StatusUnauthorized && got.header.Get("Www-Authenticate") == "" {
			t.Errorf("%s %s: 401 without WWW-Authenticate", req.Method, req.URL.Path)
		}
		if (got.status == http.StatusTooManyRequests || got.status == http.StatusServiceUnavailable) && got.header.Get("Retry-After") == "" {
			t.Errorf("%s %s: %d without Retry-After", req.Method, req.URL.Path, got.status)
		}
	}
	switch {
	case got.status == http.StatusNotFound, got.status == http.StatusMethodNotAllowed, got.status == http.StatusNoContent,
		got.status == http.StatusNotModified, req.Method == http.MethodHead, strings.HasPrefix(req.URL.Path, "/docs"):
		return
	}
	resp.Body = io.NopCloser(bytes.NewReader(got.body))
	plain := *req
	plain.Body = nil
	plain.URL = must(url.Parse(publicURL + req.URL.RequestURI()))
	if valid, findings := contractOf().ValidateHttpResponse(&plain, resp); !valid {
		for _, f := range findings {
			t.Errorf("%s %s %d breaks the contract: %s: %s\n%s", req.Method, req.URL.Path, got.status, f.Message, f.Reason, got.body)
		}
	}
}

// read decodes the body.
func (r reply) read(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		t.Fatalf("%d is no JSON: %v\n%s", r.status, err, r.body)
	}
}

func (r reply) problem(t testing.TB) httpapi.Problem {
	t.Helper()
	var p httpapi.Problem
	r.read(t, &p)
	return p
}

// want fails the test unless the answer has the status and the code.
func (r reply) want(t testing.TB, status int, code string) reply {
	t.Helper()
	var got string
	if r.status >= http.StatusBadRequest {
		got = r.problem(t).Code
	}
	if r.status != status || got != code {
		t.Fatalf("got %d %s, want %d %s\n%s", r.status, got, status, code, r.body)
	}
	return r
}

func (w *world) post(t testing.TB, path string, body any) reply {
	t.Helper()
	return w.do(t, request{method: http.MethodPost, path: path, body: body})
}

func (w *world) get(t testing.TB, path, bearer string) reply {
	t.Helper()
	return w.do(t, request{method: http.MethodGet, path: path, bearer: bearer})
}

const goodPassword = "violet umbrella 27"

type object = map[string]any

// linkToken waits for the n-th mail to an address and gives its token.
func (w *world) linkToken(t testing.TB, to string, n int) string {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		if mails := w.box.List(to); len(mails) >= n {
			for _, link := range mails[len(mails)-n].Links {
				if _, value, ok := strings.Cut(link, "?token="); ok {
					return value
				}
			}
			t.Fatalf("mail %d has no link: %v", n, mails[len(mails)-n].Subject)
		}
		if time.Now().After(deadline) {
			t.Fatalf("mail %d to %s did not come", n, to)
		}
	}
}

// join signs up, verifies and signs in.
func (w *world) join(t testing.TB, email string) httpapi.Tokens {
	t.Helper()
	w.post(t, "/auth/sign_up", object{"email": email, "password": goodPassword, "name": "Ada"}).want(t, http.StatusAccepted, "")
	w.post(t, "/auth/verify-email", object{"token": w.linkToken(t, email, 1)}).want(t, http.StatusOK, "")
	return w.login(t, email)
}

func (w *world) login(t testing.TB, email string) httpapi.Tokens {
	t.Helper()
	var tokens httpapi.Tokens
	w.post(t, "/auth/login", object{"email": email, "password": goodPassword}).want(t, http.StatusOK, "").read(t, &tokens)
	return tokens
}
