package httpapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/audittest"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/metrics"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui"
)

// trouble is a database in which every look at a session or a user is an error, or a
// panic.
type trouble struct {
	err   error
	panic any
}

func (f trouble) around(_ context.Context, statement string, _ []any, do func() error) error {
	if !strings.Contains(statement, "FROM sessions") && !strings.Contains(statement, "FROM users") {
		return do()
	}
	if f.panic != nil {
		panic(f.panic)
	}
	return f.err
}

// swapped is a world whose sessions and profiles cannot be read, and the tokens
// of one.
func swapped(t *testing.T, f trouble) (*world, httpapi.Tokens) {
	t.Helper()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	troubled := w.store.Around(f.around)
	w.forSessions.Store, w.forAccounts.Store = troubled, troubled
	w.serve(t, func(o *httpapi.Options) {
		o.Sessions, o.Accounts = session.New(w.forSessions), account.New(w.forAccounts)
	})
	return w, tokens
}

func TestWhatRoomsReturnBecomesAnAnswer(t *testing.T) {
	t.Parallel()
	const hidden = "hidden-detail"
	for _, test := range []struct {
		name   string
		me     bool // the profile is asked for, whose room says nothing of its own
		f      trouble
		status int
		code   string
		retry  string
		logged bool
	}{
		{"a plain error", false, trouble{err: errors.New(hidden)}, 500, "internal", "", true},
		{"a wrapped plain error", false, trouble{err: fmt.Errorf("%s: %w", hidden, errors.New("spr_"+hidden))}, 500, "internal", "", true},
		{"an internal fault", false, trouble{err: fault.New(fault.Internal, "odd").WithCause(errors.New(hidden))}, 500, "internal", "", true},
		{"a panic", false, trouble{panic: hidden}, 500, "internal", "", true},
		{"the database is gone", true, trouble{err: fmt.Errorf("read %s: %w", hidden, store.ErrUnavailable)}, 503, "unavailable", "2", true},
		{"time ran out", false, trouble{err: fmt.Errorf("wait: %w", context.DeadlineExceeded)}, 503, "unavailable", "2", true},
		{"a cause stays here", false, trouble{err: fault.ErrUnavailable.WithCause(errors.New(hidden))}, 503, "unavailable", "2", true},
		{"busy, rounded up", false, trouble{err: fault.New(fault.Unavailable, "busy").WithRetryAfter(1100 * time.Millisecond)}, 503, "busy", "2", true},
		{"limited", false, trouble{err: fmt.Errorf("x: %w", ratelimit.ErrLimited.WithRetryAfter(time.Minute))}, 429, "rate_limited", "60", false},
		{"next", false, trouble{err: session.ErrSuperseded}, 401, "refresh_superseded", "", false},
	} {
		w, tokens := swapped(t, test.f)
		ask := request{method: http.MethodPost, path: "/auth/refresh", body: object{"refresh_token": tokens.RefreshToken}}
		if test.me {
			ask = request{method: http.MethodGet, path: "/auth/me", bearer: tokens.AccessToken}
		}
		got := w.do(t, ask)
		p := got.problem(t)
		if got.status != test.status || p.Code != test.code || got.header.Get("Retry-After") != test.retry {
			t.Errorf("%s: %d %s, Retry-After %q", test.name, got.status, p.Code, got.header.Get("Retry-After"))
		}
		if strings.Contains(string(got.body), hidden) {
			t.Errorf("%s: the answer tells what is ours: %s", test.name, got.body)
		}
		if p.RequestID == "" || p.RequestID != got.header.Get("X-Request-Id") {
			t.Errorf("%s: request id %q", test.name, p.RequestID)
		}
		if test.logged && !strings.Contains(w.log.String(), p.RequestID) {
			t.Errorf("%s: the log does not name the request", test.name)
		}
		if test.status == http.StatusInternalServerError && !strings.Contains(w.log.String(), `"level":"ERROR"`) {
			t.Errorf("%s: the log has no error: %s", test.name, w.log.String())
		}
		if strings.Contains(w.log.String(), "spr_"+hidden) {
			t.Errorf("%s: the log shows a token", test.name)
		}
	}
}

func TestLimitsComeBeforeAnyWork(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) {
		s.limits = ratelimit.Options{On: true, SignUpPerHour: 1, LoginPerMinute: 1, MailPerHour: 1, TokenPerMinute: 1, RefreshPerMinute: 1, ChangePerMinute: 1, AdminReadsPerMinute: 1}
		s.TrustedProxies = []string{"127.0.0.1"}
	})
	flows := map[string][]request{
		"sign_up": {{method: "POST", path: "/auth/sign_up"}}, "login": {{method: "POST", path: "/auth/login"}, {method: "POST", path: "/auth/change-password"}},
		"mail": {{method: "POST", path: "/auth/request-password-reset"}, {method: "POST", path: "/auth/request-email-verification"}},
		"token": {
			{method: "POST", path: "/auth/verify-email"},
			{method: "POST", path: "/auth/reset-password"},
			{method: "GET", path: "/auth/verify-email?token=x"},
			{method: "GET", path: "/auth/reset-password?token=x"},
		},
		"refresh": {{method: "POST", path: "/auth/refresh"}},
	}
	client := 0
	for flow, calls := range flows {
		for _, first := range calls {
			for _, second := range calls {
				client++
				from := []string{"X-Forwarded-For", fmt.Sprintf("2001:db8:%x::1", client)}
				first.header, second.header = from, []string{"X-Forwarded-For", fmt.Sprintf("2001:db8:%x::2", client)}
				// The body is bad, and counts all the same.
				if got := w.do(t, first); got.status == http.StatusTooManyRequests {
					t.Errorf("%s: the first call of %s is limited", flow, first.path)
				}
				got := w.do(t, second).want(t, http.StatusTooManyRequests, "rate_limited")
				if got.header.Get("Retry-After") == "" {
					t.Errorf("%s: no Retry-After", flow)
				}
			}
		}
	}
	for range 3 {
		w.get(t, "/auth/me", "").want(t, http.StatusUnauthorized, "token_required")
		w.get(t, "/livez", "").want(t, http.StatusOK, "")
	}
}

func TestCrossOriginRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) {
		s.CORSOrigins, s.CORSHeaders = []string{"https://app.people.example"}, []string{"sentry-trace"}
	})
	w.serve(t, func(o *httpapi.Options) { o.Pages = somePages{Site: w.site()} })
	preflight := func(origin, path string) reply {
		return w.do(t, request{method: http.MethodOptions, path: path, header: []string{
			"Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type",
		}})
	}
	got := preflight("https://app.people.example", "/auth/login").want(t, http.StatusNoContent, "")
	if got.header.Get("Access-Control-Allow-Origin") != "https://app.people.example" ||
		got.header.Get("Access-Control-Allow-Headers") != "Authorization, Content-Type, Idempotency-Key, traceparent, tracestate, baggage, sentry-trace" {
		t.Errorf("the preflight is answered %v", got.header)
	}
	if got := preflight("https://evil.example", "/auth/login"); got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("another origin's preflight is answered %v", got.header)
	}
	// A refusal can be read by the app, too.
	refused := w.do(t, request{method: http.MethodGet, path: "/auth/me", header: []string{"Origin", "https://app.people.example"}})
	if refused.header.Get("Access-Control-Allow-Origin") == "" || !strings.Contains(refused.header.Get("Access-Control-Expose-Headers"), "X-Request-ID") {
		t.Errorf("the refusal is %v", refused.header)
	}
	page := must(http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/auth/verify-email", http.NoBody))
	page.Header.Set("Accept", "text/html")
	page.Header.Set("Origin", "https://app.people.example")
	if headers(t, page).Get("Access-Control-Allow-Origin") != "" {
		t.Error("a page is for other origins")
	}
	if _, err := httpapi.New(w.with(func(o *httpapi.Options) { o.CORSOrigins = []string{"nonsense"} })); err == nil {
		t.Error("an origin that is none is taken")
	}
	if _, err := httpapi.New(w.with(func(o *httpapi.Options) { o.TrustedProxies = []string{"nonsense"} })); err == nil {
		t.Error("a proxy that is none is taken")
	}
	if _, err := httpapi.New(httpapi.Options{}); err == nil {
		t.Error("an API without rooms is made")
	}
}

// somePages is the pages, which say which of their two ways they were asked by.
type somePages struct {
	*webui.Site

	panics bool
}

// ServeHTTP shows a page.
func (p somePages) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if p.panics {
		panic("boom")
	}
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("X-Page", "yes")
}

// Fail shows a page about err.
func (somePages) Fail(w http.ResponseWriter, _ *http.Request, err error) {
	code := "internal"
	if f, ok := errors.AsType[*fault.Error](err); ok {
		code = f.Code
	}
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("X-Page", "about "+code)
	w.WriteHeader(http.StatusTeapot)
}

func TestPeopleAndProgramsAreParted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, func(o *httpapi.Options) { o.Pages = somePages{Site: w.site()} })
	const html, json, form = "text/html,*/*;q=0.8", "application/json", "application/x-www-form-urlencoded"
	for _, test := range []struct {
		method, path, accept, kind string
		page                       bool
	}{
		{"GET", "/auth/verify-email?token=x", html, "", true},
		{"HEAD", "/auth/verify-email?token=x", html, "", true},
		{"GET", "/auth/verify-email?token=x", "*/*", "", true},
		{"GET", "/auth/verify-email?token=x", json, "", false},
		{"GET", "/auth/reset-password?token=x", html, "", true},
		{"GET", "/auth/reset-password?token=x", json, "", false},
		{"POST", "/auth/verify-email", html, form, true},
		{"POST", "/auth/verify-email", html, form + "; charset=utf-8", true},
		{"POST", "/auth/verify-email", html, json, false},
		{"POST", "/auth/reset-password", json, form, true},
		{"POST", "/auth/reset-password", html, "multipart/form-data; boundary=x", false},
		{"PUT", "/auth/reset-password", html, form, false},
		{"POST", "/auth/login", html, form, false},
		{"GET", "/auth/me", html, "", false},
		{"GET", "/dev/mailbox", html, "", true},
		{"GET", "/dev/mailbox.json", json, "", true},
		{"GET", "/static/sallyport.css", "text/css", "", true},
		{"GET", "/", html, "", true},
		{"HEAD", "/", html, "", true},
		{"GET", "/", json, "", false},
		{"GET", "/", "", "", false},
		{"POST", "/", html, form, false},
		{"GET", "/sign-in", json, "", true},
		{"GET", "/sign-in/nothing", json, "", true},
		{"GET", "/account", json, "", true},
		{"GET", "/account/nothing", json, "", true},
		{"GET", "/dev/nothing", json, "", true},
		{"POST", "/check-mail", json, form, true},
		{"POST", "/.well-known/change-password", json, form, true},
		{"GET", "/static", json, "", false},
		{"POST", "/sign-in", html, form, true},
		{"POST", "/sign-in/passkey", html, form, true},
		{"GET", "/account", html, "", true},
		{"POST", "/account/password", html, form, true},
		{"GET", "/accounts", html, "", true},
		{"HEAD", "/login", html, "", true},
		{"GET", "/sign-in/", html, "", true},
		{"GET", "//evil.example", html, "", true},
		{"GET", "/auth/sessions/not-me/", html, "", true},
		{"GET", "/login", "*/*", "", false},
		{"GET", "/login", "text/*", "", false},
		{"GET", "/login", "", "", false},
		{"GET", "/login", json + ",text/html;q=0.1", "", false},
		{"GET", "/login", "text/html;q=0", "", false},
		{"POST", "/login", html, form, false},
		{"GET", "/auth/login", html, "", false},
		{"POST", "/auth/sign_up", html, form, false},
	} {
		r := must(http.NewRequestWithContext(t.Context(), test.method, w.url+test.path, strings.NewReader("")))
		if test.accept != "" {
			r.Header.Set("Accept", test.accept)
		}
		if test.kind != "" {
			r.Header.Set("Content-Type", test.kind)
		}
		answer := headers(t, r)
		if got := answer.Get("X-Page") != ""; got != test.page {
			t.Errorf("%s %s (%s, %s): a page is %v, want %v", test.method, test.path, test.accept, test.kind, got, test.page)
		}
		if strings.HasSuffix(test.path, "?token=x") && !strings.Contains(strings.Join(answer.Values("Vary"), ","), "Accept") {
			t.Errorf("%s %s: no Vary: Accept", test.method, test.path)
		}
	}
}

// What never reaches a page is told to people by one all the same.
func TestPeopleAreToldByAPageWhatStoppedThem(t *testing.T) {
	t.Parallel()
	const html, json, form = "text/html,*/*;q=0.8", "application/json", "application/x-www-form-urlencoded"
	large := strings.Repeat("x", middleware.MaxBody+1)
	for _, test := range []struct {
		name, method, path, accept, kind, body string
		panics                                 bool
		status                                 int
		page                                   string
	}{
		{"a form that is too large", "POST", "/sign-in", html, form, large, false, 418, "about too_large"},
		{"one behind a link", "POST", "/auth/verify-email", html, form, large, false, 418, "about too_large"},
		{"a program's body that is", "POST", "/auth/verify-email", html, json, large, false, 413, ""},
		{"another", "POST", "/auth/login", html, json, large, false, 413, ""},
		{"a page that panics", "GET", "/account", html, "", "", true, 418, "about internal"},
		{"a path that is none", "GET", "/login", html, "", "", false, 418, "about not_found"},
		{"the same for a program", "GET", "/login", json, "", "", false, 404, ""},
	} {
		w := newWorld(t)
		w.serve(t, func(o *httpapi.Options) { o.Pages = somePages{w.site(), test.panics} })
		r := must(http.NewRequestWithContext(t.Context(), test.method, w.url+test.path, strings.NewReader(test.body)))
		r.Header.Set("Accept", test.accept)
		r.Header.Set("Content-Type", test.kind)
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got := resp.Header.Get("X-Page"); resp.StatusCode != test.status || got != test.page {
			t.Errorf("%s: %d, a page %q; want %d, %q", test.name, resp.StatusCode, got, test.status, test.page)
		}
		if strings.HasPrefix(test.name, "a path") && !strings.Contains(strings.Join(resp.Header.Values("Vary"), ","), "Accept") {
			t.Errorf("%s: no Vary: Accept", test.name)
		}
	}
}

func TestWhatMayBeKeptAndWhatNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	for path, want := range map[string]string{
		"/auth/me": "no-store", "/livez": "no-store", "/readyz": "no-store", "/nothing": "no-store",
		"/.well-known/jwks.json": "public, max-age=300", "/openapi.json": "no-cache", "/docs": "no-cache",
	} {
		if got := w.get(t, path, tokens.AccessToken).header.Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control is %q, want %q", path, got, want)
		}
	}
	keys := w.get(t, "/.well-known/jwks.json", "").want(t, http.StatusOK, "")
	if got := keys.header.Get("Content-Type"); got != "application/jwk-set+json" || !strings.Contains(string(keys.body), `"kty":"EC"`) {
		t.Errorf("the keys are %s %s", got, keys.body)
	}
	if strings.Contains(string(keys.body), `"d":`) {
		t.Error("a private key is published")
	}
	contract := w.get(t, "/openapi.json", "").want(t, http.StatusOK, "")
	again := w.do(t, request{method: http.MethodGet, path: "/openapi.json", header: []string{"If-None-Match", contract.header.Get("ETag")}})
	if again.status != http.StatusNotModified || len(again.body) > 0 {
		t.Errorf("the contract asked for again: %d", again.status)
	}
	page := string(w.get(t, "/docs", "").want(t, http.StatusOK, "").body)
	for part := range strings.SplitSeq(page, `"`) {
		if strings.HasPrefix(part, "/docs/") {
			if got := w.get(t, part, "").want(t, http.StatusOK, ""); !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %v", part, got.header)
			}
		}
	}
}

// A program that is told the issuer alone finds the keys (RFC 8414 §3): what it
// reads is exact, because it compares the issuer with iss byte for byte.
func TestTheMetadataLeadsFromTheIssuerToTheKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answer := w.get(t, "/.well-known/oauth-authorization-server", "").want(t, http.StatusOK, "")
	if kind, keep := answer.header.Get("Content-Type"), answer.header.Get("Cache-Control"); kind != "application/json" || keep != "public, max-age=300" {
		t.Errorf("the metadata is %s, %s", kind, keep)
	}
	var got map[string]any
	if err := json.Unmarshal(answer.body, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{
		"issuer": publicURL, "jwks_uri": publicURL + "/.well-known/jwks.json", "service_documentation": publicURL + "/docs",
		"response_types_supported": []any{}, "grant_types_supported": []any{"client_credentials"},
		"token_endpoint": publicURL + "/oauth2/token", "token_endpoint_auth_methods_supported": []any{"client_secret_basic", "client_secret_post", "private_key_jwt"},
		"token_endpoint_auth_signing_alg_values_supported": []any{"ES256", "EdDSA", "RS256"},
		"introspection_endpoint":                           publicURL + "/oauth2/introspect", "introspection_endpoint_auth_methods_supported": []any{"client_secret_basic", "client_secret_post", "private_key_jwt"},
		"introspection_endpoint_auth_signing_alg_values_supported": []any{"ES256", "EdDSA", "RS256"},
		"revocation_endpoint": publicURL + "/oauth2/revoke", "revocation_endpoint_auth_methods_supported": []any{"client_secret_basic", "client_secret_post", "private_key_jwt"},
		"revocation_endpoint_auth_signing_alg_values_supported": []any{"ES256", "EdDSA", "RS256"},
	}, got); diff != "" {
		t.Error(diff)
	}
	claims := must(w.options.Verifier.Verify(t.Context(), w.join(t, "ada@people.example").AccessToken))
	if claims.Issuer != got["issuer"] {
		t.Errorf("tokens are issued by %v", claims.Issuer)
	}
	for _, address := range []string{"jwks_uri", "service_documentation"} {
		path, _ := strings.CutPrefix(as[string](t, got[address]), publicURL)
		w.get(t, path, "").want(t, http.StatusOK, "")
	}
}

func TestReadinessTellsTheTruth(t *testing.T) {
	t.Parallel()
	var broken, warned, hangs atomic.Bool
	var asked atomic.Int64
	checks := []telemetry.Check{
		{Name: "database", Do: func(ctx context.Context) error {
			asked.Add(1)
			if hangs.Load() {
				<-ctx.Done()
				return ctx.Err()
			}
			if broken.Load() {
				return errors.New("dial mysql://root:hunter2@db: refused")
			}
			return nil
		}},
		{Name: "history", OnlyWarn: true, Do: func(context.Context) error {
			if warned.Load() {
				return errors.New("lost")
			}
			return nil
		}},
	}
	w := newWorld(t, func(s *settings) { s.Checks = checks })
	ready := func(status int, code, database, history string) reply {
		t.Helper()
		w.clock.Advance(time.Second)
		got := w.get(t, "/readyz", "").want(t, status, code)
		var body struct{ Checks map[string]string }
		got.read(t, &body)
		if body.Checks["database"] != database || body.Checks["history"] != history {
			t.Errorf("the checks are %v", body.Checks)
		}
		return got
	}
	ready(http.StatusOK, "", "ok", "ok")
	warned.Store(true)
	ready(http.StatusOK, "", "ok", "warning")
	broken.Store(true)
	red := ready(http.StatusServiceUnavailable, "unavailable", "failing", "warning")
	if strings.Contains(string(red.body), "mysql") || strings.Contains(w.log.String(), "hunter2") {
		t.Errorf("a cause is shown: %s", red.body)
	}
	w.get(t, "/livez", "").want(t, http.StatusOK, "")
	before := asked.Load()
	for range 20 {
		w.get(t, "/readyz", "").want(t, http.StatusServiceUnavailable, "unavailable")
	}
	if n := asked.Load() - before; n > 10 {
		t.Errorf("20 questions in a row ask the database %d times", n)
	}
	hangs.Store(true)
	start := time.Now()
	ready(http.StatusServiceUnavailable, "unavailable", "failing", "warning")
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("a check that hangs keeps the answer for %v", took)
	}
	hangs.Store(false)
	broken.Store(false)
	ready(http.StatusOK, "", "ok", "warning")
}

func TestTheOperationsListener(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	observed := must(metrics.New(metrics.Options{Version: "v1.2.3", Tally: w.tally, Helps: map[string]string{"refresh": "Refresh tokens that were presented."}, Gauges: []metrics.Gauge{
		{Name: "sallyport_jobs", Help: "Jobs.", Labels: []metrics.Label{{Name: "kind", Value: "mail"}, {Name: "state", Value: "ready"}}, Read: func(context.Context) (float64, error) { return 42, nil }},
		{Name: "sallyport_jobs", Help: "Jobs.", Labels: []metrics.Label{{Name: "kind", Value: "mail"}, {Name: "state", Value: "dead"}}, Read: func(context.Context) (float64, error) { return 7, nil }},
		{Name: "sallyport_broken", Help: "Fails.", Read: func(context.Context) (float64, error) { return 0, errors.New("no") }},
	}}))
	w.serve(t, func(o *httpapi.Options) { o.Observe = observed.Observe })
	tokens := w.join(t, "ada@people.example")
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	w.get(t, "/nothing/"+canary, "").want(t, http.StatusNotFound, "not_found")
	w.handle(t, httpapi.NewOps(httpapi.OpsOptions{Metrics: observed, Clock: w.clock, Log: w.options.Log, Tally: w.tally}))
	w.get(t, "/livez", "").want(t, http.StatusOK, "")
	w.get(t, "/readyz", "").want(t, http.StatusOK, "")
	w.get(t, "/auth/me", "").want(t, http.StatusNotFound, "not_found")
	text := string(w.get(t, "/metrics", "").want(t, http.StatusOK, "").body)
	for _, want := range []string{
		"go_goroutines", "process_open_fds", `sallyport_build_info{version="v1.2.3"} 1`, `sallyport_jobs{kind="mail",state="ready"} 42`, `sallyport_jobs{kind="mail",state="dead"} 7`,
		"# HELP sallyport_refresh_total Refresh tokens that were presented.",
		`sallyport_refresh_total{outcome="rotated"} 1`, `sallyport_refusals_total{outcome="not_found"}`,
		`sallyport_http_request_duration_seconds_count{method="POST",route="POST /auth/refresh",status="200"} 1`,
		`route="unmatched",status="404"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics lacks %s\n%s", want, text)
		}
	}
	if strings.Contains(text, canary) || strings.Contains(text, "sallyport_broken") {
		t.Error("/metrics shows a path or a gauge that failed")
	}
	for name, gauges := range map[string][]metrics.Gauge{
		"without a reader": {{Name: "sallyport_x"}},
		"given twice": {
			{Name: "sallyport_x", Read: func(context.Context) (float64, error) { return 0, nil }},
			{Name: "sallyport_x", Read: func(context.Context) (float64, error) { return 0, nil }},
		},
		"with a bad name": {{Name: "Sallyport-x", Read: func(context.Context) (float64, error) { return 0, nil }}},
	} {
		if _, err := metrics.New(metrics.Options{Gauges: gauges}); err == nil {
			t.Errorf("a gauge %s is taken", name)
		}
	}
}

func TestClientAddressesReachTheRoomsThroughTrustedProxies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join(t, "ada@people.example")
	w.serve(t, func(o *httpapi.Options) { o.TrustedProxies = []string{"127.0.0.0/8"} })
	w.do(t, request{
		method: http.MethodPost, path: "/auth/login", body: object{"email": "ada@people.example", "password": "not hers at all"},
		header: []string{"X-Forwarded-For", "192.0.2.9, 203.0.113.7", "User-Agent", "test/1.0", middleware.HeaderRequestID, "forged"},
	}).want(t, http.StatusUnauthorized, "invalid_credentials")
	got := audittest.List(t, w.store, audit.KindLoginFailed)[0]
	if got.Personal.Address != "203.0.113.7" || got.Personal.UserAgent != "test/1.0" || got.RequestID == "forged" || got.RequestID == "" {
		t.Errorf("the rooms see %+v", got)
	}
}
