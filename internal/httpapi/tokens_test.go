package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
)

const (
	asksForToken = `Bearer realm="sallyport"`
	refusesToken = `Bearer realm="sallyport", error="invalid_token"`
)

func TestChallengesNameAnErrorOnlyIfATokenCame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	for _, test := range []struct {
		name      string
		r         request
		code      string
		challenge string
	}{
		{"no token", request{}, "token_required", asksForToken},
		{"another scheme", request{header: []string{"Authorization", "Basic YTpi"}}, "token_required", asksForToken},
		{"the scheme alone", request{header: []string{"Authorization", "Bearer"}}, "token_required", asksForToken},
		{"garbage", request{bearer: "garbage"}, "invalid_token", refusesToken},
		{"a refresh token", request{bearer: tokens.RefreshToken}, "invalid_token", refusesToken},
		{"a token cut short", request{bearer: tokens.AccessToken[:len(tokens.AccessToken)-2]}, "invalid_token", refusesToken},
		{"a token and more", request{bearer: tokens.AccessToken + " x"}, "invalid_token", refusesToken},
		{"a token in the query", request{path: "/auth/me?access_token=" + tokens.AccessToken}, "token_required", asksForToken},
	} {
		test.r.method = http.MethodGet
		if test.r.path == "" {
			test.r.path = "/auth/me"
		}
		got := w.do(t, test.r)
		if p := got.problem(t); got.status != http.StatusUnauthorized || p.Code != test.code || got.header.Get("Www-Authenticate") != test.challenge {
			t.Errorf("%s: %d %s %s", test.name, got.status, p.Code, got.header.Get("Www-Authenticate"))
		}
	}
	w.do(t, request{
		method: http.MethodGet, path: "/auth/me", header: []string{"Authorization", "Bearer a", "Authorization", "Bearer " + tokens.AccessToken},
	}).want(t, http.StatusBadRequest, "malformed_request")
	w.do(t, request{
		method: http.MethodGet, path: "/auth/me", header: []string{"Authorization", "bearer  " + tokens.AccessToken},
	}).want(t, http.StatusOK, "")
	login := w.post(t, "/auth/login", object{"email": "ada@people.example", "password": "wrong"}).want(t, http.StatusUnauthorized, "invalid_credentials")
	if got := login.header.Get("Www-Authenticate"); got != asksForToken {
		t.Errorf("a login without any token is told %s", got)
	}
	w.clock.Advance(time.Hour)
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
}

func TestARefreshTokenComesInTheBodyOrTheHeader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	other := w.login(t, "ada@people.example")
	refresh := func(body any, bearer string) reply {
		return w.do(t, request{method: http.MethodPost, path: "/auth/refresh", body: body, bearer: bearer})
	}
	inBody := object{"refresh_token": tokens.RefreshToken}
	refresh(inBody, "").want(t, http.StatusOK, "")
	refresh(nil, tokens.RefreshToken).want(t, http.StatusOK, "")
	refresh("", tokens.RefreshToken).want(t, http.StatusOK, "")
	refresh("{}", tokens.RefreshToken).want(t, http.StatusOK, "")
	refresh(inBody, tokens.RefreshToken).want(t, http.StatusOK, "")
	refresh(inBody, tokens.AccessToken).want(t, http.StatusOK, "") // sent by clients that always send it
	refresh(inBody, other.RefreshToken).want(t, http.StatusBadRequest, "malformed_request")
	for name, got := range map[string]reply{
		"none": refresh(nil, ""), "an empty object": refresh("{}", ""),
	} {
		if got.want(t, http.StatusUnauthorized, "token_required"); got.header.Get("Www-Authenticate") != asksForToken {
			t.Errorf("%s: %v", name, got.header)
		}
		if got.problem(t).Next != "login" {
			t.Errorf("%s: a client that has no token is not told to sign in: %s", name, got.body)
		}
	}
	for name, got := range map[string]reply{
		"an access token": refresh(nil, tokens.AccessToken), "garbage": refresh(object{"refresh_token": "garbage"}, ""),
	} {
		got.want(t, http.StatusUnauthorized, "invalid_token")
		if p := got.problem(t); p.Next != "login" || got.header.Get("Www-Authenticate") != refusesToken {
			t.Errorf("%s: %+v %v", name, p, got.header)
		}
	}
	if got := refresh(inBody, ""); got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("tokens may be stored: %v", got.header)
	}
}

func TestSpentRefreshTokensSayWhatToDoNext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	first := object{"refresh_token": tokens.RefreshToken}
	var second httpapi.Tokens
	w.post(t, "/auth/refresh", first).want(t, http.StatusOK, "").read(t, &second)
	w.clock.Advance(40 * time.Second)
	w.post(t, "/auth/refresh", object{"refresh_token": second.RefreshToken}).want(t, http.StatusOK, "")
	w.clock.Advance(40 * time.Second)
	superseded := w.post(t, "/auth/refresh", first).want(t, http.StatusUnauthorized, "refresh_superseded")
	if p := superseded.problem(t); p.Next != "retry" {
		t.Errorf("next is %q", p.Next)
	}
	w.clock.Advance(time.Hour)
	replayed := w.post(t, "/auth/refresh", first).want(t, http.StatusUnauthorized, "refresh_replayed")
	if p := replayed.problem(t); p.Next != "login" {
		t.Errorf("next is %q", p.Next)
	}
	for _, c := range w.tally.Snapshot() {
		if c.Name == "refusals" && c.Label == "refresh_replayed" && c.N == 1 {
			return
		}
	}
	t.Errorf("the replay is not counted: %v", w.tally.Snapshot())
}

func TestLogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	w.join(t, email)
	type sent struct {
		body   any
		bearer string
	}
	for _, test := range []struct {
		name string
		with func(s httpapi.Tokens) sent
	}{
		{"access token, no body", func(s httpapi.Tokens) sent { return sent{nil, s.AccessToken} }},
		{"access token, empty object", func(s httpapi.Tokens) sent { return sent{"{}", s.AccessToken} }},
		{"refresh token in the body", func(s httpapi.Tokens) sent { return sent{object{"refresh_token": s.RefreshToken}, ""} }},
		{"refresh token as bearer", func(s httpapi.Tokens) sent { return sent{nil, s.RefreshToken} }},
		{"both", func(s httpapi.Tokens) sent { return sent{object{"refresh_token": s.RefreshToken}, s.AccessToken} }},
		{"a good refresh token beside garbage", func(s httpapi.Tokens) sent {
			return sent{object{"refresh_token": s.RefreshToken}, "garbage"}
		}},
		{"a good access token beside garbage", func(s httpapi.Tokens) sent {
			return sent{object{"refresh_token": "garbage"}, s.AccessToken}
		}},
		{"everywhere", func(s httpapi.Tokens) sent { return sent{object{"everywhere": true}, s.AccessToken} }},
		{"everywhere with a refresh token", func(s httpapi.Tokens) sent {
			return sent{object{"everywhere": true, "refresh_token": s.RefreshToken}, ""}
		}},
	} {
		s := w.login(t, email)
		out := test.with(s)
		call := request{method: http.MethodPost, path: "/auth/logout", body: out.body, bearer: out.bearer}
		got := w.do(t, call)
		if got.status != http.StatusOK {
			t.Errorf("%s: %d %s", test.name, got.status, got.body)
			continue
		}
		if got := w.get(t, "/auth/me", s.AccessToken); got.status != http.StatusUnauthorized {
			t.Errorf("%s: the access token still works", test.name)
		}
		if !strings.HasPrefix(test.name, "everywhere") {
			w.do(t, call).want(t, http.StatusOK, "")
		}
	}
	s, other := w.login(t, email), w.login(t, email)
	w.clock.Advance(time.Hour)
	expired := request{method: http.MethodPost, path: "/auth/logout", bearer: s.AccessToken}
	everywhere := expired
	everywhere.body = object{"everywhere": true}
	w.do(t, everywhere).want(t, http.StatusUnauthorized, "invalid_token")
	w.post(t, "/auth/refresh", object{"refresh_token": other.RefreshToken}).want(t, http.StatusOK, "")
	w.do(t, expired).want(t, http.StatusOK, "")
	w.post(t, "/auth/refresh", object{"refresh_token": s.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended")

	nothing := w.do(t, request{method: http.MethodPost, path: "/auth/logout"}).want(t, http.StatusUnauthorized, "token_required")
	if got := nothing.header.Get("Www-Authenticate"); got != asksForToken {
		t.Errorf("nothing at all is told %s", got)
	}
	w.do(t, request{method: http.MethodPost, path: "/auth/logout", bearer: "garbage"}).want(t, http.StatusUnauthorized, "invalid_token")
	w.do(t, request{
		method: http.MethodPost, path: "/auth/logout", bearer: s.RefreshToken, body: object{"refresh_token": other.RefreshToken},
	}).want(t, http.StatusBadRequest, "malformed_request")
}

func TestTheKnownDeviceCookie(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ public, name, attributes string }{
		{"http://localhost:8080", "sallyport_device", "Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"},
		{"https://auth.people.example", "__Host-sallyport_device", "Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax"},
	} {
		w := newWorld(t, func(s *settings) { s.PublicURL = test.public })
		const email = "ada@people.example"
		w.join(t, email)
		good := object{"email": email, "password": goodPassword}
		first := w.post(t, "/auth/login", good).want(t, http.StatusOK, "")
		pair, attributes, _ := strings.Cut(first.header.Get("Set-Cookie"), "; ")
		if !strings.HasPrefix(pair, test.name+"=") || attributes != test.attributes {
			t.Errorf("%s: %q; %q", test.public, pair, attributes)
		}
		for range 10 {
			refused := w.post(t, "/auth/login", object{"email": email, "password": "wrong"}).want(t, http.StatusUnauthorized, "invalid_credentials")
			if refused.header.Get("Set-Cookie") != "" {
				t.Error("a refused login sets a cookie")
			}
		}
		limited := w.post(t, "/auth/login", good).want(t, http.StatusTooManyRequests, "rate_limited")
		if limited.header.Get("Retry-After") == "0" {
			t.Error("come back at once")
		}
		known := request{method: http.MethodPost, path: "/auth/login", body: good, header: []string{"Cookie", "x=y; " + pair}}
		w.do(t, known).want(t, http.StatusOK, "")
		if strict := w.do(t, request{method: http.MethodGet, path: "/livez"}).header.Get("Strict-Transport-Security"); (strict != "") != strings.HasPrefix(test.public, "https") {
			t.Errorf("%s: Strict-Transport-Security is %q", test.public, strict)
		}
	}
}

// A program that keeps no cookies sends the device_token of an earlier sign-in.
// It dies with the password that made it.
func TestADeviceTokenIsWhatACookieIs(t *testing.T) {
	t.Parallel()
	const email, next = "ada@people.example", "copper violin 88"
	w := newWorld(t)
	first := w.join(t, email)
	if first.DeviceToken == "" || w.refreshed(t, first).DeviceToken != "" {
		t.Fatal("a device_token is for whoever signs in, and for nobody else")
	}
	guessed := func() {
		for range 10 {
			w.post(t, "/auth/login", object{"email": email, "password": "wrong"}).want(t, http.StatusUnauthorized, "invalid_credentials")
		}
	}
	with := func(password, token string) reply {
		return w.post(t, "/auth/login", object{"email": email, "password": password, "device_token": token})
	}
	guessed()
	with(goodPassword, "spk_garbage").want(t, http.StatusTooManyRequests, "rate_limited")
	with(goodPassword, first.DeviceToken).want(t, http.StatusOK, "")
	var changed httpapi.Tokens
	w.do(t, request{method: http.MethodPost, path: "/auth/change-password", bearer: first.AccessToken, body: object{
		"current_password": goodPassword, "new_password": next,
	}}).want(t, http.StatusOK, "").read(t, &changed)
	with(next, first.DeviceToken).want(t, http.StatusTooManyRequests, "rate_limited")
	with(next, changed.DeviceToken).want(t, http.StatusOK, "")
}

// Whoever is signed in proves the password once more, whatever strangers have
// tried; their own wrong ones are counted.
func TestStrangersGuessesDoNotReachWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	const email, next = "ada@people.example", "copper violin 88"
	w := newWorld(t)
	owner := w.join(t, email)
	other := w.login(t, email)
	for range 10 {
		w.post(t, "/auth/login", object{"email": email, "password": "wrong"}).want(t, http.StatusUnauthorized, "invalid_credentials")
	}
	again := func(bearer, password string) reply {
		return w.do(t, request{method: http.MethodPost, path: "/auth/reauthenticate", bearer: bearer, body: object{"password": password}})
	}
	for range 10 {
		again(other.AccessToken, "wrong").want(t, http.StatusUnauthorized, "invalid_credentials")
	}
	again(other.AccessToken, goodPassword).want(t, http.StatusTooManyRequests, "rate_limited")
	again(owner.AccessToken, goodPassword).want(t, http.StatusOK, "")
	remove := func(bearer, password string) reply {
		return w.do(t, request{method: http.MethodDelete, path: "/auth/me", bearer: bearer, body: object{"password": password}})
	}
	remove(owner.AccessToken, "wrong").want(t, http.StatusUnauthorized, "invalid_credentials")
	var changed httpapi.Tokens
	w.do(t, request{method: http.MethodPost, path: "/auth/change-password", bearer: owner.AccessToken, body: object{
		"current_password": goodPassword, "new_password": next,
	}}).want(t, http.StatusOK, "").read(t, &changed)
	remove(changed.AccessToken, next).want(t, http.StatusAccepted, "")
}
