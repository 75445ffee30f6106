package httpapi_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const ledgerAPI = "https://ledger.example.com"

// loginFor signs in for an audience.
func (w *world) loginFor(t *testing.T, email, audience string) httpapi.Tokens {
	t.Helper()
	var tokens httpapi.Tokens
	w.post(t, "/auth/login", object{"email": email, "password": goodPassword, "audience": audience}).want(t, http.StatusOK, "").read(t, &tokens)
	return tokens
}

// audienceOf is whom an access token is for.
func (w *world) audienceOf(t *testing.T, raw string) string {
	t.Helper()
	return must(w.options.Verifier.VerifyAny(t.Context(), raw)).Audience
}

// said is an answer without what differs from one to the next: of a success, the
// names of its members alone.
func said(t *testing.T, r reply) string {
	t.Helper()
	body := string(r.body)
	if strings.Contains(r.header.Get("Content-Type"), "json") {
		var members map[string]any
		r.read(t, &members)
		delete(members, "request_id")
		body = string(must(json.Marshal(members)))
		if r.status < http.StatusBadRequest {
			body = strings.Join(slices.Sorted(maps.Keys(members)), " ")
		}
	}
	return http.StatusText(r.status) + " " + body
}

// examples are bodies that an operation takes, by the contract; an empty object or
// nothing if it shows none. Those of OAuth are encoded as forms, without the parameters
// by which a client says who it is.
func examples(t *testing.T, method string, body map[string]any) []any {
	t.Helper()
	list := slices.Collect(maps.Values(bodies(t, body)))
	switch formed := formOf(t, body); {
	case formed != nil:
		for name := range formed {
			if strings.HasPrefix(name, "client_") {
				delete(formed, name)
			}
		}
		return []any{formed.Encode()}
	case len(list) > 0:
		return list
	case method == http.MethodGet:
		return []any{nil}
	}
	return []any{"{}"}
}

// formOf is the example of an operation that takes a form, or nil.
func formOf(t *testing.T, body map[string]any) url.Values {
	t.Helper()
	if body == nil {
		return nil
	}
	media, ok := as[map[string]any](t, body["content"])["application/x-www-form-urlencoded"].(map[string]any)
	if !ok {
		return nil
	}
	form := url.Values{}
	for name, value := range as[map[string]any](t, media["example"]) {
		form.Set(name, as[string](t, value))
	}
	return form
}

// expired is the token of a session as it was issued an hour ago.
func (w *world) expired(t *testing.T, raw string) string {
	t.Helper()
	c := must(w.options.Verifier.VerifyAny(t.Context(), raw))
	past := w.clock.Now().Add(-time.Hour)
	old, _, err := w.issuer.Issue(token.Grant{
		UserID: c.Subject, SessionID: c.SessionID, ClientID: c.ClientID, AMR: c.AMR, UserEpoch: c.UserEpoch,
		AuthTime: past, ReadAt: past, SessionEndsAt: w.clock.Now().Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return old
}

// otherType is what a token says, signed with our key as something else.
func (w *world) otherType(t *testing.T, raw string) string {
	t.Helper()
	key := must(w.ring.Active())
	return must(jws.Compact(key, key.ID(), jws.TypeIntrospection, must(jws.Parse(raw, jws.MaxToken)).Payload))
}

// TestTokensForElsewhereOpenNothingHere tries every route of the surface with every
// body that the contract shows. A token for another program, one of a client's own, one
// that is over and one of another type are worth as much here as a token of another
// server.
func TestTokensForElsewhereOpenNothingHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) {
		s.limits.On = false
		s.Settings = httpapi.Settings{SignUp: "open", Languages: []string{"en"}, Password: httpapi.PasswordSettings{MinLength: 8, MaxLength: 256}}
	})
	w.join(t, "ada@people.example")
	user := w.loginFor(t, "ada@people.example", ordersAPI).AccessToken
	c := w.makeClient(t, client.Draft{ClientID: "orders", Scopes: []string{"admin"}, Audiences: []string{ordersAPI}})
	var machine struct {
		AccessToken string `json:"access_token"`
	}
	w.form(t, "/oauth2/token", grant, basic("orders", c.Secret)...).want(t, http.StatusOK, "").read(t, &machine)
	other := newWorld(t)
	other.join(t, "ada@people.example")
	worthless := other.login(t, "ada@people.example").AccessToken

	here := w.login(t, "ada@people.example")
	bearers := map[string]string{
		"a user's": user, "a client's": machine.AccessToken, "an expired": w.expired(t, here.AccessToken), "a refresh": here.RefreshToken,
		"another type's": w.otherType(t, here.AccessToken),
	}
	// See TestWhatATokenForElsewhereDoes. An expired token is enough to leave, and these two
	// take a refresh token there.
	takes := map[string][]string{"a user's": {"read-profile", "logout"}, "an expired": {"logout"}, "a refresh": {"refresh", "logout"}}
	_, d := readContract(t)
	plain := w.url
	w.serve(t, func(o *httpapi.Options) { o.Pages = w.site() })
	withPages := w.url
	tried := 0
	for _, r := range httpapi.Routes() {
		if w.url = plain; strings.HasPrefix(r.Path, "/verify/page") { // leads to a page
			w.url = withPages
		}
		for _, body := range examples(t, r.Method, d.Paths[r.Path][strings.ToLower(r.Method)].RequestBody) {
			oauth, header := strings.HasPrefix(r.Path, "/oauth2/"), []string(nil)
			if oauth {
				header = []string{"Content-Type", "application/x-www-form-urlencoded"}
			}
			send := func(bearer string) reply {
				return w.do(t, request{
					method: r.Method, path: withID(r.Path, "5b0c4a63-2b5e-4f4b-9a0e-5c7d0e6f1a2b"), body: body, bearer: bearer, header: header,
				})
			}
			tried++
			want := said(t, send(worthless))
			for whose, bearer := range bearers {
				if slices.Contains(takes[whose], r.ID) {
					continue
				}
				got := send(bearer)
				if diff := cmp.Diff(want, said(t, got)); diff != "" {
					t.Errorf("%s with %s token: %s", r.ID, whose, diff)
				}
				if (r.SignedIn || oauth) && got.status != http.StatusUnauthorized {
					t.Errorf("%s with %s token: %d %s", r.ID, whose, got.status, got.body)
				}
			}
		}
	}
	if tried < 60 {
		t.Errorf("%d requests were tried only", tried)
	}
}

func TestWhatATokenForElsewhereDoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join(t, "ada@people.example")
	tokens := w.loginFor(t, "ada@people.example", ordersAPI)
	members := func(raw string) map[string]any {
		var m map[string]any
		w.get(t, "/auth/me", raw).want(t, http.StatusOK, "").read(t, &m)
		return m
	}
	all := map[string]any{"id": tokens.User.ID, "name": "Ada", "email": "ada@people.example", "email_verified": true}
	if diff := cmp.Diff(all, members(tokens.AccessToken)); diff != "" {
		t.Errorf("a backend sees of its user: %s", diff)
	}
	claims := must(w.options.Verifier.VerifyAny(t.Context(), tokens.AccessToken))
	for scope, want := range map[string]map[string]any{
		"profile":       {"id": all["id"], "name": "Ada"},
		"openid email":  {"id": all["id"], "email": all["email"], "email_verified": true},
		"orders:read":   {"id": all["id"]},
		"email profile": all,
	} {
		raw, _, err := w.issuer.Issue(token.Grant{
			UserID: claims.Subject, SessionID: claims.SessionID, ClientID: "sallyport", Audience: ordersAPI, Scope: scope, AMR: []string{"pwd"},
			UserEpoch: claims.UserEpoch, AuthTime: w.clock.Now(), ReadAt: w.clock.Now(), SessionEndsAt: w.clock.Now().Add(time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, members(raw)); diff != "" {
			t.Errorf("scope %q: %s", scope, diff)
		}
	}

	other := w.login(t, "ada@people.example")
	out := func(body any, bearer string) reply {
		return w.do(t, request{method: http.MethodPost, path: "/auth/logout", body: body, bearer: bearer})
	}
	everywhere := object{"everywhere": true}
	out(everywhere, tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	out(object{"everywhere": true, "refresh_token": tokens.RefreshToken}, tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	out(object{"everywhere": true, "refresh_token": tokens.RefreshToken}, "").want(t, http.StatusUnauthorized, "invalid_token")
	w.get(t, "/auth/me", other.AccessToken).want(t, http.StatusOK, "")
	w.clock.Advance(16 * time.Minute) // an expired one is enough to leave
	out(nil, tokens.AccessToken).want(t, http.StatusOK, "")
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended")
	w.post(t, "/auth/refresh", object{"refresh_token": other.RefreshToken}).want(t, http.StatusOK, "")
}

func TestASessionForAnAudienceStaysThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join(t, "ada@people.example")
	tokens := w.loginFor(t, "ada@people.example", ordersAPI)
	refresh := func(from string, more object) reply {
		body := object{"refresh_token": from}
		maps.Copy(body, more)
		w.clock.Advance(time.Minute)
		return w.post(t, "/auth/refresh", body)
	}
	for _, named := range []object{nil, {"audience": ordersAPI}, nil} {
		for _, wrong := range []string{ledgerAPI, publicURL, "https://nobody.example"} {
			refresh(tokens.RefreshToken, object{"audience": wrong}).want(t, http.StatusBadRequest, "unknown_audience")
		}
		before := tokens.RefreshGeneration
		refresh(tokens.RefreshToken, named).want(t, http.StatusOK, "").read(t, &tokens)
		if got := w.audienceOf(t, tokens.AccessToken); got != ordersAPI || tokens.RefreshGeneration != before+1 {
			t.Errorf("generation %d is for %s; a refusal before must spend nothing", tokens.RefreshGeneration, got)
		}
	}
}

func TestARefreshNamesAnAudienceForOneTokenAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	for _, audience := range []string{ordersAPI, "", ledgerAPI, ordersAPI, ""} {
		w.clock.Advance(time.Minute)
		body := object{"refresh_token": tokens.RefreshToken}
		want := publicURL
		if audience != "" {
			body["audience"], want = audience, audience
		}
		w.post(t, "/auth/refresh", body).want(t, http.StatusOK, "").read(t, &tokens)
		if got := w.audienceOf(t, tokens.AccessToken); got != want {
			t.Errorf("asked for %q, the token is for %q", audience, got)
		}
		for _, again := range []string{ledgerAPI, ordersAPI} { // within the grace
			var same httpapi.Tokens
			w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken, "audience": again}).want(t, http.StatusOK, "").read(t, &same)
			if got := w.audienceOf(t, same.AccessToken); got != again || same.RefreshToken != tokens.RefreshToken {
				t.Errorf("asked for %q within the grace, the token is for %q", again, got)
			}
		}
	}
	w.clock.Advance(time.Minute)
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken, "audience": "https://nobody.example"}).want(t, http.StatusBadRequest, "unknown_audience")
	var after httpapi.Tokens
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "").read(t, &after)
	if after.RefreshGeneration != tokens.RefreshGeneration+1 {
		t.Errorf("generation %d follows %d", after.RefreshGeneration, tokens.RefreshGeneration)
	}
}

// Every way to sign in takes an audience, and refuses an unknown one before it looks
// at anything else.
func TestEverySignInTakesAnAudience(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	w.post(t, "/auth/sign_up", object{"email": email, "password": goodPassword}).want(t, http.StatusAccepted, "")
	link := w.linkToken(t, email, 1)
	for path, body := range map[string]object{
		"/auth/login":                          {"email": email, "password": "wrong"},
		"/auth/magic-link/finish":              {"token": "x"},
		"/auth/passkeys/authentication/finish": {"ceremony": "x", "credential": object{}},
		"/auth/verify-email":                   {"token": link, "password": "wrong"},
	} {
		before := w.events(t)
		body["audience"] = "https://nobody.example"
		w.post(t, path, body).want(t, http.StatusBadRequest, "unknown_audience")
		if after := w.events(t); after != before {
			t.Errorf("%s: %d audit events came of it", path, after-before)
		}
	}
	for _, malformed := range []string{"", "a b", "a\x00b", "é", strings.Repeat("x", 256)} {
		w.post(t, "/auth/login", object{"email": email, "password": "x", "audience": malformed}).want(t, http.StatusUnprocessableEntity, "invalid_input")
	}
	signedIn := func(what string, r reply) {
		t.Helper()
		var got httpapi.Tokens
		r.want(t, http.StatusOK, "").read(t, &got)
		if aud := w.audienceOf(t, got.AccessToken); aud != ordersAPI {
			t.Errorf("%s: the token is for %s", what, aud)
		}
		w.clock.Advance(time.Minute)
		w.post(t, "/auth/refresh", object{"refresh_token": got.RefreshToken}).want(t, http.StatusOK, "").read(t, &got)
		if aud := w.audienceOf(t, got.AccessToken); aud != ordersAPI {
			t.Errorf("%s, refreshed: the token is for %s", what, aud)
		}
	}
	signedIn("verification", w.post(t, "/auth/verify-email", object{"token": link, "password": goodPassword, "audience": ordersAPI}))
	w.askByMail(t, object{"email": email})
	signedIn("a mailed link", w.post(t, "/auth/magic-link/finish", object{"token": w.mailIn(t, email, 2).token, "audience": ordersAPI}))
	mine := w.login(t, email)
	k := newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, mine.AccessToken, k)
	byKey := k.signed(w.begin(t, authentication, ""))
	byKey["audience"] = ordersAPI
	signedIn("a passkey", w.post(t, authentication+"/finish", byKey))
}

func TestTheSecondStepKeepsTheAudienceOfTheFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	g := w.enrol(t, w.join(t, email).AccessToken)
	for name, test := range map[string]struct{ first, second, want string }{
		"the first names it":          {ordersAPI, "", ordersAPI},
		"the second names it":         {"", ordersAPI, ordersAPI},
		"both name it":                {ordersAPI, ordersAPI, ordersAPI},
		"neither does":                {"", "", publicURL},
		"the second names another":    {ordersAPI, ledgerAPI, ""},
		"the second names an unknown": {"", "https://nobody.example", ""},
	} {
		first, second := object{"email": email, "password": goodPassword}, object{"method": "totp"}
		for body, audience := range map[*object]string{&first: test.first, &second: test.second} {
			if audience != "" {
				(*body)["audience"] = audience
			}
		}
		var step asked
		w.post(t, "/auth/login", first).want(t, http.StatusOK, "").read(t, &step)
		second["mfa_token"], second["code"] = step.MFAToken, g.code(t)
		got := w.post(t, "/auth/login/mfa", second)
		if test.want == "" {
			got.want(t, http.StatusBadRequest, "unknown_audience")
			delete(second, "audience") // nothing was spent
			got = w.post(t, "/auth/login/mfa", second)
			test.want = map[bool]string{true: publicURL, false: test.first}[test.first == ""]
		}
		var tokens httpapi.Tokens
		got.want(t, http.StatusOK, "").read(t, &tokens)
		if aud := w.audienceOf(t, tokens.AccessToken); aud != test.want {
			t.Errorf("%s: the token is for %s, want %s", name, aud, test.want)
		}
	}
}
