package httpapi_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
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
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
	"github.com/sallyport-auth/sallyport/internal/waittest"
	"github.com/sallyport-auth/sallyport/internal/webui"
	pages "github.com/sallyport-auth/sallyport/internal/webui/frame"
)

const (
	publicURL = "http://localhost:8080"
	// Applications behind a proxy, on hosts of their own.
	appURL      = "https://app.example.com"
	otherAppURL = "https://other.example.com:8443"
)

// settings are what a test may want otherwise.
type settings struct {
	httpapi.Options

	url            string // of the database; SQLite if empty
	noVerification bool
	noMagicLinks   bool
	passkeyOrigins []string // beside publicURL
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
	site    func() *webui.Site // the pages over the same rooms

	// Of rooms that a test builds anew over another store.
	forAccounts account.Options
	forSessions session.Options

	store  *store.Store
	ring   *keys.Ring
	issuer *token.Issuer
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

func newWorld(tb testing.TB, change ...func(*settings)) *world {
	tb.Helper()
	w := &world{clock: clock.NewFake(), log: &buffer{}, tally: &telemetry.Tally{}}
	log := telemetry.NewLogger(w.log, telemetry.Options{Level: "debug", Format: "json"})
	s := settings{
		limits: ratelimit.Options{
			On: true, SignUpPerHour: 1000, LoginPerMinute: 1000, MailPerHour: 1000, TokenPerMinute: 1000, RefreshPerMinute: 1000, ChangePerMinute: 1000, OAuthPerMinute: 1000, AdminReadsPerMinute: 1000,
		},
		Options: httpapi.Options{Clock: w.clock, Log: log, Tally: w.tally, PublicURL: publicURL},
	}
	for _, c := range change {
		c(&s)
	}
	w.buildRooms(tb, log, &s)
	w.options = s.Options
	w.serve(tb, func(*httpapi.Options) {})
	return w
}

// with gives the options of this world, changed.
func (w *world) with(change func(*httpapi.Options)) httpapi.Options {
	o := w.options
	change(&o)
	return o
}

// serve starts a server with changed options, and the world talks to that one.
func (w *world) serve(tb testing.TB, change func(*httpapi.Options)) {
	tb.Helper()
	w.handle(tb, must(httpapi.New(w.with(change))))
}

func (w *world) handle(tb testing.TB, handler http.Handler) {
	tb.Helper()
	server := httptest.NewServer(handler)
	tb.Cleanup(server.Close)
	w.url = server.URL
}

// must is for what cannot fail but for the machine.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (w *world) buildRooms(tb testing.TB, log *slog.Logger, s *settings) {
	tb.Helper()
	st := must(store.Open(tb.Context(), store.Options{
		URL: cmp.Or(s.url, "sqlite:///"+filepath.Join(tb.TempDir(), "test.db")), Clock: w.clock, Patience: 20 * time.Second,
	}))
	tb.Cleanup(func() { _ = st.Close() })
	w.store = st
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
	devices := ratelimit.NewDevices(ring.MAC("known device"), w.clock)
	w.forSessions = session.Options{
		Devices: devices,
		Store:   st, Keyring: ring, Issuer: w.issuer, Revocations: revocations, Trail: trail, Postman: postman,
		Clock: w.clock, Log: log, Tally: w.tally, Grace: 30 * time.Second, Recovery: 24 * time.Hour,
		TTL: 90 * 24 * time.Hour, IdleTTL: 30 * 24 * time.Hour, AccessTokenTTL: 15 * time.Minute, Audiences: []string{ordersAPI, "https://ledger.example.com"},
	}
	sessions := session.New(w.forSessions)
	s.Feed = token.NewPages(token.PagesOptions{Revocations: revocations, Ring: w.ring, Issuer: publicURL})
	guesses := ratelimit.NewGuesses(st, ring.MAC("guesses"), w.clock, ratelimit.GuessOptions{PasswordTries: 10, Window: 15 * time.Minute})
	records := personal.New(personal.Options{Store: st, Sessions: sessions, Postman: postman, Trail: trail, Clock: w.clock, Log: log})
	codes := ratelimit.NewCodes(st, ring.MAC("guesses"), w.clock, ratelimit.CodeOptions{Tries: 20, Window: 15 * time.Minute})
	links := link.New(link.Options{Trail: trail, Clock: w.clock, VerifyEmailTTL: time.Hour, ResetPasswordTTL: time.Hour})
	w.forAccounts = account.Options{
		Store: st, Links: links, Hasher: hasher, Guesses: guesses, Codes: codes, Postman: postman, Sessions: sessions, Trail: trail,
		Clock: w.clock,
	}
	accounts := account.New(w.forAccounts)
	s.Changes = emailchange.New(emailchange.Options{
		Store: st, Accounts: accounts, Sessions: sessions, Links: links, Postman: postman, Trail: trail, Clock: w.clock,
	})
	s.Passwords = recovery.New(recovery.Options{
		Store: st, Accounts: accounts, Hasher: hasher, Sessions: sessions, Links: links, Postman: postman, Trail: trail, Clock: w.clock,
	})
	s.Roles = rbac.New(rbac.Options{Store: st, Sessions: sessions, Trail: trail, Clock: w.clock})
	s.SignUps = signup.New(signup.Options{
		Store: st, Accounts: accounts, Hasher: hasher, Guesses: guesses, Links: links, Postman: postman, Trail: trail, Clock: w.clock,
		Open: true, Roles: s.Roles, RequireVerifiedEmail: !s.noVerification, VerifyEmailTTL: time.Hour,
	})
	s.Deletions = deletion.New(deletion.Options{
		Store: st, Accounts: accounts, Sessions: sessions, Links: links, Postman: postman, Records: records, Trail: trail,
		Clock: w.clock, Log: log, Cooling: 168 * time.Hour,
	})
	passkeys := must(passkey.New(passkey.Options{
		Store: st, Keyring: ring, Accounts: accounts, Sessions: sessions, Postman: postman, Trail: trail,
		Clock: w.clock, RPID: "localhost", RPName: "Sallyport", Origins: append([]string{publicURL}, s.passkeyOrigins...),
	}))
	factors := mfa.New(mfa.Options{
		Store: st, Keyring: ring, Accounts: accounts, Sessions: sessions, Postman: postman, Trail: trail, Clock: w.clock, Tally: w.tally, Issuer: "Sallyport",
		More:  []mfa.Factor{passkeys.Factor()},
		Codes: codes,
	})
	s.Accounts, s.Records, s.Passkeys, s.Factors = accounts, records, passkeys, factors
	logins := login.New(login.Options{
		Store: st, Hasher: hasher, Guesses: guesses, Devices: devices, Passkeys: passkeys, Factors: factors, Codes: codes, Accounts: s.Accounts, SignUps: s.SignUps, Deletions: s.Deletions, Sessions: sessions, Trail: trail,
		Clock: w.clock, Log: log, RequireVerifiedEmail: !s.noVerification,
		Links: magiclink.New(magiclink.Options{
			Store: st, Addresses: ring.MAC("magic link"), Postman: postman, Trail: trail, Clock: w.clock, TTL: 15 * time.Minute,
			Codes:  ratelimit.NewMailedCodes(st, ring.MAC("guesses"), w.clock, ratelimit.CodeOptions{Tries: 20, Window: 24 * time.Hour}),
			ByLink: !s.noMagicLinks, ByCode: !s.noMagicLinks,
		}),
	})
	s.Logins, s.Sessions, s.Keys = logins, sessions, w.ring
	s.Users = admin.New(admin.Options{Store: st, Sessions: sessions, Roles: s.Roles, Trail: trail, Clock: w.clock})
	s.Gate = admin.NewGate(admin.GateOptions{Store: st, Roles: s.Roles, Sessions: sessions, Trail: trail})
	s.Overview = admin.NewOverview(admin.OverviewOptions{Store: st, Clock: w.clock, Numbers: stats.Ledger{Store: st, Clock: w.clock}})
	s.Verifier = token.NewVerifier(token.VerifierOptions{
		Ring: w.ring, Revocations: revocations, Clock: w.clock, Issuer: publicURL, Audience: publicURL,
	})
	s.Clients = client.New(client.Options{
		Store: st, Issuer: w.issuer, Verifier: s.Verifier, Revocations: revocations, Sessions: sessions, Trail: trail, Clock: w.clock, Log: log, Audience: publicURL,
	})
	s.Visitors = forward.New(forward.Options{
		Store: st, Keyring: ring, Sessions: sessions, Verifier: s.Verifier, Revocations: revocations, Clock: w.clock, Origins: []string{appURL, otherAppURL},
	})
	s.Idempotency = idempotency.New(st, ring, w.clock)
	s.Limits = ratelimit.New(local.NewBuckets(w.clock, 0), s.limits)
	w.site = func() *webui.Site {
		return must(webui.New(webui.Options{
			Options: pages.Options{
				Rooms:  pages.Rooms{Accounts: accounts, SignUps: s.SignUps, Recovery: s.Passwords, Changes: s.Changes, Deletions: s.Deletions, Records: records, Logins: logins, Sessions: sessions, Factors: factors, Passkeys: passkeys, Users: s.Users, Roles: s.Roles, Gate: s.Gate},
				Limits: s.Limits, Log: log, PublicURL: publicURL,
			},
			Visitors:  s.Visitors,
			MailsLink: true, MailsCode: true, Clock: w.clock,
		}))
	}
	w.start(tb, pool, revocations)
}

// start runs what works in the background, until the test ends.
func (w *world) start(tb testing.TB, pool *jobs.Pool, revocations *token.Revocations) {
	tb.Helper()
	for _, start := range []func() error{
		func() error { return w.ring.Start(tb.Context()) }, func() error { return revocations.Start(tb.Context()) },
	} {
		if err := start(); err != nil {
			tb.Fatal(err)
		}
	}
	ctx := tb.Context()
	var wg sync.WaitGroup
	wg.Go(func() { _ = pool.Run(ctx) })
	wg.Go(func() { _ = revocations.Run(ctx) })
	tb.Cleanup(wg.Wait)
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
func (w *world) do(tb testing.TB, r request) reply {
	tb.Helper()
	var body io.Reader
	text, isText := r.body.(string)
	switch {
	case isText:
		body = strings.NewReader(text)
	case r.body != nil:
		body = bytes.NewReader(must(json.Marshal(r.body)))
	}
	req := must(http.NewRequestWithContext(tb.Context(), r.method, w.url+r.path, body))
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
		tb.Fatalf("%s %s: %v", r.method, r.path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	got := reply{status: resp.StatusCode, header: resp.Header, body: must(io.ReadAll(resp.Body))}
	w.check(tb, req, resp, got)
	return got
}

// headers sends a request of its own making and gives the headers of the answer.
func headers(tb testing.TB, r *http.Request) http.Header {
	tb.Helper()
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		tb.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.Header
}

// check holds an answer to the contract and to what every answer must have.
func (w *world) check(tb testing.TB, req *http.Request, resp *http.Response, got reply) {
	tb.Helper()
	if got.header.Get("X-Request-Id") == "" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		tb.Errorf("%s %s: the answer has no request id or no nosniff", req.Method, req.URL.Path)
	}
	if got.status >= http.StatusBadRequest {
		want := "application/problem+json"
		if strings.HasPrefix(req.URL.Path, "/oauth2/") {
			want = "application/json"
		}
		if kind := got.header.Get("Content-Type"); kind != want {
			tb.Errorf("%s %s: a refusal of type %q", req.Method, req.URL.Path, kind)
		}
		if got.status == http.StatusUnauthorized && got.header.Get("Www-Authenticate") == "" {
			tb.Errorf("%s %s: 401 without WWW-Authenticate", req.Method, req.URL.Path)
		}
		if (got.status == http.StatusTooManyRequests || got.status == http.StatusServiceUnavailable) && got.header.Get("Retry-After") == "" {
			tb.Errorf("%s %s: %d without Retry-After", req.Method, req.URL.Path, got.status)
		}
	}
	switch {
	case got.status == http.StatusNotFound, got.status == http.StatusMethodNotAllowed, got.status == http.StatusNoContent,
		got.status == http.StatusNotModified, req.Method == http.MethodHead, strings.HasPrefix(req.URL.Path, "/docs"),
		req.URL.Path == "/metrics":
		return
	}
	resp.Body = io.NopCloser(bytes.NewReader(got.body))
	plain := *req
	plain.Body = nil
	plain.URL = must(url.Parse(publicURL + req.URL.RequestURI()))
	if valid, findings := contractOf().ValidateHttpResponse(&plain, resp); !valid {
		for _, f := range findings {
			tb.Errorf("%s %s %d breaks the contract: %s: %s\n%s", req.Method, req.URL.Path, got.status, f.Message, f.Reason, got.body)
		}
	}
}

// read decodes the body.
func (r reply) read(tb testing.TB, v any) {
	tb.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		tb.Fatalf("%d is no JSON: %v\n%s", r.status, err, r.body)
	}
}

func (r reply) problem(tb testing.TB) frame.Problem {
	tb.Helper()
	var p frame.Problem
	r.read(tb, &p)
	return p
}

// want fails the test unless the answer has the status and the code.
func (r reply) want(tb testing.TB, status int, code string) reply {
	tb.Helper()
	var got string
	if r.status >= http.StatusBadRequest {
		got = r.problem(tb).Code
	}
	if r.status != status || got != code {
		tb.Fatalf("got %d %s, want %d %s\n%s", r.status, got, status, code, r.body)
	}
	return r
}

func (w *world) post(tb testing.TB, path string, body any) reply {
	tb.Helper()
	return w.do(tb, request{method: http.MethodPost, path: path, body: body})
}

func (w *world) get(tb testing.TB, path, bearer string) reply {
	tb.Helper()
	return w.do(tb, request{method: http.MethodGet, path: path, bearer: bearer})
}

const goodPassword = "violet umbrella 27"

type object = map[string]any

// linkToken waits for the n-th mail to an address and gives its token.
func (w *world) linkToken(tb testing.TB, to string, n int) string {
	tb.Helper()
	m := waittest.For(tb, fmt.Sprintf("mail %d to %s", n, to), func() (m mail.Captured, there bool) {
		if mails := w.box.List(to); len(mails) >= n {
			return mails[len(mails)-n], true
		}
		return m, false
	})
	for _, link := range m.Links {
		if _, value, ok := strings.Cut(link, "?token="); ok {
			return value
		}
	}
	tb.Fatalf("mail %d has no link: %v", n, m.Subject)
	return ""
}

// join signs up, verifies and signs in.
func (w *world) join(tb testing.TB, email string) httpapi.Tokens {
	tb.Helper()
	w.post(tb, "/auth/sign_up", object{"email": email, "password": goodPassword, "name": "Ada"}).want(tb, http.StatusAccepted, "")
	w.post(tb, "/auth/verify-email", object{"token": w.linkToken(tb, email, 1)}).want(tb, http.StatusOK, "")
	return w.login(tb, email)
}

func (w *world) login(tb testing.TB, email string) httpapi.Tokens {
	tb.Helper()
	var tokens httpapi.Tokens
	w.post(tb, "/auth/login", object{"email": email, "password": goodPassword}).want(tb, http.StatusOK, "").read(tb, &tokens)
	return tokens
}
