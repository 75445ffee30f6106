package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// introspect gives what a client is told of a token.
func (w *world) introspect(t *testing.T, c client.Made, raw string) map[string]any {
	t.Helper()
	var told map[string]any
	w.form(t, "/oauth2/introspect", url.Values{"token": {raw}}.Encode(), basic(c.ClientID, c.Secret)...).want(t, http.StatusOK, "").read(t, &told)
	return told
}

// own is a token of a client's own.
func (w *world) own(t *testing.T, c client.Made) string {
	t.Helper()
	var got struct {
		AccessToken string `json:"access_token"`
	}
	w.form(t, "/oauth2/token", grant, basic(c.ClientID, c.Secret)...).want(t, http.StatusOK, "").read(t, &got)
	return got.AccessToken
}

var inactive = map[string]any{"active": false}

func TestWhoMaySeeAToken(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, w *world) {
		w.join(t, "ada@people.example")
		mine := w.login(t, "ada@people.example")
		there := w.loginFor(t, "ada@people.example", ordersAPI)
		orders := w.makeClient(t, client.Draft{ClientID: "orders", Scopes: []string{"a"}, Audiences: []string{ordersAPI}})
		ledger := w.makeClient(t, client.Draft{ClientID: "ledger", Audiences: []string{ledgerAPI}})
		every := w.makeClient(t, client.Draft{ClientID: "every", Scopes: []string{client.ScopeIntrospect}})
		machine := w.own(t, orders)
		for name, test := range map[string]struct {
			raw  string
			sees map[string]bool
		}{
			"a token that manages the account": {mine.AccessToken, map[string]bool{"every": true}},
			"a token for an audience":          {there.AccessToken, map[string]bool{"every": true, "orders": true}},
			"a client's own":                   {machine, map[string]bool{"every": true, "orders": true}},
			"a refresh token":                  {there.RefreshToken, map[string]bool{"every": true}},
			"a token cut short":                {machine[:len(machine)-2], nil},
			"garbage":                          {"garbage", nil},
			"half a refresh token":             {"spr_AAAA", nil},
			"much":                             {strings.Repeat("x", 60<<10), nil},
			"another server's":                 {newWorld(t).join(t, "ada@people.example").AccessToken, nil},
		} {
			for _, c := range []client.Made{orders, ledger, every} {
				told := w.introspect(t, c, test.raw)
				if active := told["active"] == true; active != test.sees[c.ClientID] {
					t.Errorf("%s sees of %s %v", c.ClientID, name, told)
				} else if !active && cmp.Diff(inactive, told) != "" {
					t.Errorf("%s is told more of %s than that: %v", c.ClientID, name, told)
				}
			}
		}
		claims := must(w.options.Verifier.VerifyAny(t.Context(), there.AccessToken))
		if diff := cmp.Diff(map[string]any{
			"active": true, "token_type": "Bearer", "iss": publicURL, "aud": ordersAPI, "sub": there.User.ID, "client_id": "sallyport", "sid": there.SessionID, "jti": claims.ID,
			"iat": float64(claims.IssuedAt.Unix()), "exp": float64(claims.ExpiresAt.Unix()), "auth_time": float64(claims.AuthTime.Unix()), "amr": []any{"pwd"}, "acr": claims.ACR,
		}, w.introspect(t, orders, there.AccessToken)); diff != "" {
			t.Error(diff)
		}
		if told := w.introspect(t, orders, machine); told["sub"] != "orders" || told["sid"] != nil || told["scope"] != "a" || told["auth_time"] != nil {
			t.Errorf("of a client's own token: %v", told)
		}
		// Looking at a refresh token spends nothing.
		if told := w.introspect(t, every, there.RefreshToken); told["sid"] != there.SessionID || told["sub"] != there.User.ID || told["token_type"] != nil {
			t.Errorf("of a refresh token: %v", told)
		}
		newest := there
		for range 2 {
			w.clock.Advance(time.Minute)
			w.post(t, "/auth/refresh", object{"refresh_token": newest.RefreshToken}).want(t, http.StatusOK, "").read(t, &newest)
		}
		w.clock.Advance(time.Hour) // a replay by now
		if told := w.introspect(t, every, there.RefreshToken); cmp.Diff(inactive, told) != "" {
			t.Errorf("of a spent refresh token: %v", told)
		}
		if events := must(w.store.Direct().Audit.List(t.Context(), store.AuditFilter{Kind: audit.KindSessionReplayed}, store.Page{Limit: 9})); len(events) != 0 {
			t.Errorf("looking at a spent refresh token raised the alarm: %+v", events)
		}
	})
}

func TestIntrospectionHearsOfALogoutAtOnce(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, w *world) {
		tokens := w.join(t, "ada@people.example")
		every := w.makeClient(t, client.Draft{ClientID: "every", Scopes: []string{client.ScopeIntrospect}})
		for _, raw := range []string{tokens.AccessToken, tokens.RefreshToken} {
			if w.introspect(t, every, raw)["active"] != true {
				t.Error("a live token is not active")
			}
		}
		w.do(t, request{method: http.MethodPost, path: "/auth/logout", bearer: tokens.AccessToken}).want(t, http.StatusOK, "")
		for _, raw := range []string{tokens.AccessToken, tokens.RefreshToken} {
			if told := w.introspect(t, every, raw); cmp.Diff(inactive, told) != "" {
				t.Errorf("after the logout: %v", told)
			}
		}
		expired := w.own(t, w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}}))
		w.clock.Advance(15 * time.Minute)
		if told := w.introspect(t, every, expired); cmp.Diff(inactive, told) != "" {
			t.Errorf("of an expired token: %v", told)
		}
	})
}

func TestAnIntrospectionIsSignedIfAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	orders := w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}})
	for _, raw := range []string{w.own(t, orders), "garbage"} {
		header := append(basic("orders", orders.Secret), "Accept", "text/html, application/token-introspection+jwt;q=0.9")
		got := w.form(t, "/oauth2/introspect", url.Values{"token": {raw}}.Encode(), header...).want(t, http.StatusOK, "")
		if kind := got.header.Get("Content-Type"); kind != "application/token-introspection+jwt" {
			t.Fatalf("the answer is %s", kind)
		}
		message := must(jws.Parse(string(got.body), 64<<10))
		if err := message.Verify(must(w.ring.Find(t.Context(), message.KeyID)).Public); err != nil || message.Type != "token-introspection+jwt" {
			t.Errorf("signed as %s: %v", message.Type, err)
		}
		var said map[string]any
		if err := json.Unmarshal(message.Payload, &said); err != nil {
			t.Fatal(err)
		}
		about := as[map[string]any](t, said["token_introspection"])
		if said["iss"] != publicURL || said["aud"] != "orders" || said["iat"] == nil || said["sub"] != nil || said["exp"] != nil || about["active"] != (raw != "garbage") {
			t.Errorf("it says %v", said)
		}
		if _, err := w.options.Verifier.VerifyAny(t.Context(), string(got.body)); err == nil {
			t.Error("an introspection passes for an access token")
		}
	}
}

func TestAClientRevokesWhatItGot(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, w *world) {
		tokens := w.join(t, "ada@people.example")
		orders := w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}})
		other := w.makeClient(t, client.Draft{ClientID: "other", Audiences: []string{ordersAPI}})
		mine, kept := w.own(t, orders), w.own(t, orders)
		revoke := func(c client.Made, raw string) reply {
			return w.form(t, "/oauth2/revoke", url.Values{"token": {raw}, "token_type_hint": {"whatever"}}.Encode(), basic(c.ClientID, c.Secret)...)
		}
		lives := func(raw string) bool {
			_, err := w.options.Verifier.VerifyAny(context.WithoutCancel(t.Context()), raw)
			return err == nil
		}
		for name, raw := range map[string]string{"another client's": mine, "a user's": tokens.AccessToken, "a refresh token": tokens.RefreshToken} {
			revoke(other, raw).refused(t, name, http.StatusBadRequest, "unauthorized_client")
		}
		if !lives(mine) || !lives(tokens.AccessToken) {
			t.Error("a client revoked what it did not get")
		}
		for _, raw := range []string{mine, mine, "garbage", "spr_AAAA", mine[:len(mine)-1]} {
			if got := revoke(orders, raw).want(t, http.StatusOK, ""); strings.TrimSpace(string(got.body)) != "{}" {
				t.Errorf("the answer is %s", got.body)
			}
		}
		if lives(mine) || !lives(kept) {
			t.Errorf("the revoked one lives: %v; another one: %v", lives(mine), lives(kept))
		}
		events := must(w.store.Direct().Audit.List(t.Context(), store.AuditFilter{Kind: audit.KindClientTokenRevoked}, store.Page{Limit: 9}))
		if len(events) != 1 || !strings.Contains(events[0].Details, `"client_id":"orders"`) {
			t.Errorf("the trail says %+v", events)
		}
		if log := w.log.String(); strings.Contains(log, mine) {
			t.Error("a token is in the log")
		}
	})
}

func TestWhoAsksAboutATokenIsAClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	orders := w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}})
	raw := w.own(t, orders)
	for _, path := range []string{"/oauth2/introspect", "/oauth2/revoke"} {
		about := "token=" + raw
		w.form(t, path, about).refused(t, "nobody", http.StatusUnauthorized, "invalid_client")
		w.form(t, path, about, "Authorization", "Bearer "+raw).refused(t, "a bearer", http.StatusUnauthorized, "invalid_client")
		w.form(t, path, about, basic("orders", "spc_x")...).refused(t, "a wrong secret", http.StatusUnauthorized, "invalid_client")
		w.form(t, path, "", basic("orders", orders.Secret)...).refused(t, "no token", http.StatusBadRequest, "invalid_request")
		w.form(t, path, about+"&token=x", basic("orders", orders.Secret)...).refused(t, "two tokens", http.StatusBadRequest, "invalid_request")
		w.form(t, path, "token="+strings.Repeat("x", 65<<10), basic("orders", orders.Secret)...).refused(t, "too much", http.StatusRequestEntityTooLarge, "invalid_request")
	}
	if w.introspect(t, orders, raw)["active"] != true {
		t.Error("a stranger revoked it")
	}
}
