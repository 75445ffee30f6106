package guard_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
	"github.com/sallyport-auth/sallyport/guard/guardtest"
)

func TestRefusalsSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	i := guardtest.New(t)
	g := i.Guard(t)
	now := time.Now()
	ended := i.Mint(nil)
	reach(t, g, i.Revoke(ended))
	staff := guardtest.Claims{"roles": []string{"staff"}}
	two := guardtest.Claims{"amr": []string{"pwd", "otp", "mfa"}}
	scoped := guardtest.Claims{"scope": "read orders:write"}
	hourAgo := guardtest.Claims{"auth_time": now.Add(-time.Hour).Unix()}
	const bearer = `Bearer realm="sallyport"`
	needs := func(n ...guard.Need) []guard.Need { return n }
	for _, test := range []struct {
		name      string
		raw       string
		needs     []guard.Need
		status    int
		code      string
		challenge string
	}{
		{"a token", i.Mint(nil), nil, 204, "", ""},
		{"a role", i.Mint(staff), needs(guard.Role("staff")), 204, "", ""},
		{"one of the roles", i.Mint(staff), needs(guard.AnyRole("admin", "staff")), 204, "", ""},
		{"a scope", i.Mint(scoped), needs(guard.Scope("orders:write")), 204, "", ""},
		{"recent", i.Mint(nil), needs(guard.Recent(10 * time.Minute)), 204, "", ""},
		{"two factors", i.Mint(two), needs(guard.SecondFactor()), 204, "", ""},
		{"two audiences", i.Mint(guardtest.Claims{"aud": []string{"b", i.Audience}}), needs(guard.Audience("b")), 204, "", ""},
		{"a machine with a scope", i.MintMachine("m", scoped), needs(guard.Scope("read")), 204, "", ""},

		{"nothing", "", nil, 401, "token_required", bearer},
		{"garbage", "x.y.z", nil, 401, "invalid_token", bearer + `, error="invalid_token"`},
		{"revoked", ended, nil, 401, "invalid_token", bearer + `, error="invalid_token"`},
		{"expired", i.Mint(guardtest.Claims{"iat": now.Add(-time.Hour).Unix(), "exp": now.Add(-time.Second).Unix()}), nil, 401, "invalid_token", bearer + `, error="invalid_token"`},
		{"for another", i.Mint(guardtest.Claims{"aud": "b"}), nil, 401, "invalid_token", bearer + `, error="invalid_token"`},
		{"not for the other as well", i.Mint(nil), needs(guard.Audience("b")), 401, "invalid_token", bearer + `, error="invalid_token"`},
		{"another role", i.Mint(staff), needs(guard.Role("admin")), 403, "forbidden", ""},
		{"a role and another", i.Mint(staff), needs(guard.Role("staff"), guard.Role("admin")), 403, "forbidden", ""},
		{"no such scope", i.Mint(scoped), needs(guard.Scope("orders")), 403, "insufficient_scope", bearer + `, error="insufficient_scope", scope="orders"`},
		{
			"long ago", i.Mint(hourAgo), needs(guard.Recent(10 * time.Minute)), 401, "insufficient_user_authentication",
			bearer + `, error="insufficient_user_authentication", error_description="Sign in anew.", max_age="600"`,
		},
		{
			"one factor", i.Mint(nil), needs(guard.SecondFactor()), 401, "insufficient_user_authentication",
			bearer + `, error="insufficient_user_authentication", error_description="Sign in with a second factor.", acr_values="aal2"`,
		},
		{"a machine where no scope is asked for", i.MintMachine("m", scoped), nil, 403, "forbidden", ""},
		{"a machine with a role", i.MintMachine("m", staff), needs(guard.Role("staff")), 403, "forbidden", ""},
		{"a machine at a step-up", i.MintMachine("m", scoped), needs(guard.Scope("read"), guard.Recent(time.Hour)), 403, "forbidden", ""},
		{"a machine of another audience", i.MintMachine("m", nil), needs(guard.Audience(i.Audience)), 403, "forbidden", ""},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		if test.raw != "" {
			r.Header.Set("Authorization", "Bearer "+test.raw)
		}
		w := httptest.NewRecorder()
		g.Require(test.needs...)(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })).ServeHTTP(w, r)
		if w.Code != test.status || w.Header().Get("WWW-Authenticate") != test.challenge {
			t.Errorf("%s: %d, %s", test.name, w.Code, w.Header().Get("WWW-Authenticate"))
		}
		if test.status != 204 {
			checkProblem(t, test.name, w, test.code, test.raw)
		}
	}
}

// checkProblem wants problem details that hold nothing of the token.
func checkProblem(t *testing.T, name string, w *httptest.ResponseRecorder, code, raw string) {
	t.Helper()
	var problem struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
		Status int    `json:"status"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if problem.Code != code || problem.Status != w.Code || problem.Detail == "" || !strings.HasSuffix(problem.Type, "/"+code) ||
		w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %v %s", name, w.Header(), w.Body)
	}
	if len(raw) > 40 && strings.Contains(w.Body.String()+w.Header().Get("WWW-Authenticate"), raw[len(raw)-20:]) {
		t.Errorf("%s: the answer holds the token", name)
	}
}

func TestRefusalsOfRequestsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	i := guardtest.New(t)
	g := i.Guard(t)
	raw := i.Mint(nil)
	for _, test := range []struct {
		name    string
		headers []string
		target  string
		code    string
	}{
		{"two headers", []string{"Bearer " + raw, "Bearer " + raw}, "/", "malformed_request"},
		{"another scheme", []string{"Basic " + raw}, "/", "token_required"},
		{"no scheme", []string{raw}, "/", "token_required"},
		{"in the query", nil, "/?access_token=" + raw, "token_required"},
		{"a tab", []string{"Bearer\t" + raw}, "/", "token_required"},
		{"something behind", []string{"Bearer " + raw + " x"}, "/", "invalid_token"},
		{"a list", []string{"Bearer " + raw + ", Bearer " + raw}, "/", "invalid_token"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, test.target, http.NoBody)
		r.Header["Authorization"] = test.headers
		w := httptest.NewRecorder()
		g.Require()(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Errorf("%s: went through", test.name) })).ServeHTTP(w, r)
		checkProblem(t, test.name, w, test.code, raw)
	}
}

func TestNotCurrentAsksToComeBack(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		i.Set(guardtest.Trouble{Gone: true})
		time.Sleep(6 * time.Second)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.Header.Set("Authorization", "Bearer "+i.Mint(nil))
		w := httptest.NewRecorder()
		g.Require()(http.NotFoundHandler()).ServeHTTP(w, r)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || w.Header().Get("WWW-Authenticate") != "" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		checkProblem(t, "not current", w, "not_current", "")
	})
}

// watched starts a request that watches its token, and gives the context.
func watched(t *testing.T, g *guard.Guard, raw string) context.Context {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
	r.Header.Set("Authorization", "Bearer "+raw)
	through := make(chan context.Context, 1)
	g.Require()(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		through <- guard.Watch(r.Context())
	})).ServeHTTP(httptest.NewRecorder(), r)
	if len(through) == 0 {
		t.Fatal("it did not go through")
	}
	return <-through
}

func TestAWatchEndsWithItsToken(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw, other := i.Mint(nil), i.Mint(nil)
		ctx, stays := watched(t, g, raw), watched(t, g, other)
		time.Sleep(time.Second)
		if ctx.Err() != nil || stays.Err() != nil {
			t.Fatal("it ended before")
		}
		reach(t, g, i.RevokeSession(raw))
		synctest.Wait()
		if !errors.Is(context.Cause(ctx), guard.ErrRevoked) || stays.Err() != nil {
			t.Errorf("after the revocation: %v, the other %v", context.Cause(ctx), stays.Err())
		}
		time.Sleep(16 * time.Minute)
		if !errors.Is(context.Cause(stays), guard.ErrExpired) {
			t.Errorf("after the end: %v", context.Cause(stays))
		}
		gone := watched(t, g, i.Mint(nil))
		i.RotateKey()
		i.DropKeys()
		time.Sleep(2 * time.Minute)
		if !errors.Is(context.Cause(gone), guard.ErrRevoked) {
			t.Errorf("after its key was dropped: %v", context.Cause(gone))
		}
		late := i.Mint(nil)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.Header.Set("Authorization", "Bearer "+late)
		g.Require()(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if err := g.WaitFor(r.Context(), i.Revoke(late)); err != nil { // after it was let through
				t.Error(err)
			}
			if ctx := guard.Watch(r.Context()); !errors.Is(context.Cause(ctx), guard.ErrRevoked) {
				t.Errorf("revoked before the watch began: %v", context.Cause(ctx))
			}
		})).ServeHTTP(httptest.NewRecorder(), r)
		if ctx := guard.Watch(t.Context()); ctx.Err() == nil {
			t.Error("a request that came through no guard is watched")
		}
	})
}
