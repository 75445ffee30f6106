package httpapi_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// authorize is what an Authorize button sends.
func authorize(email, password string) string {
	return url.Values{"grant_type": {"password"}, "username": {email}, "password": {password}, "audience": {ordersAPI}, "scope": {""}}.Encode()
}

func TestThePasswordGrant(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, w *world) {
		const email = "ada@people.example"
		w.join(t, email)
		empty := []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(":"))} // of Swagger UI without a client_id
		inQuery := strings.Replace(authorize(email, goodPassword), "audience=", "x=", 1)
		for name, got := range map[string]reply{
			"no client":       w.form(t, "/oauth2/token", authorize(email, goodPassword)),
			"an empty client": w.form(t, "/oauth2/token", authorize(email, goodPassword), empty...),
			"in the query":    w.form(t, "/oauth2/token?audience="+url.QueryEscape(ordersAPI), inQuery),
		} {
			var said map[string]any
			got.want(t, http.StatusOK, "").read(t, &said)
			raw := as[string](t, said["access_token"])
			c := must(w.options.Verifier.VerifyAny(t.Context(), raw))
			if said["token_type"] != "Bearer" || said["refresh_token"] != nil || said["scope"] != "" || c.Audience != ordersAPI || c.Machine() {
				t.Errorf("%s: %s, %+v", name, got.body, c)
			}
			w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: raw, body: object{"name": "x"}}).want(t, http.StatusUnauthorized, "invalid_token")
			w.do(t, request{method: http.MethodPost, path: "/auth/logout", bearer: raw}).want(t, http.StatusOK, "")
			if _, err := w.options.Verifier.VerifyAny(t.Context(), raw); err == nil {
				t.Errorf("%s: the token outlives its logout", name)
			}
		}
		var last map[string]any
		w.form(t, "/oauth2/token", authorize(email, goodPassword)).read(t, &last)
		c := must(w.options.Verifier.VerifyAny(t.Context(), as[string](t, last["access_token"])))
		if v := must(w.store.Direct().Sessions.View(t.Context(), c.SessionID)); v.Session.ExpiresAt.Sub(w.clock.Now()) > time.Hour {
			t.Errorf("a session without a refresh token lives until %s", v.Session.ExpiresAt)
		}
	}, func(s *settings) { s.PasswordGrant = true })
}

func TestThePasswordGrantTellsStrangersNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.PasswordGrant = true })
	w.join(t, "ada@people.example")
	g := w.join(t, "grace@people.example")
	w.enrol(t, g.AccessToken)
	off := w.join(t, "off@people.example").User.ID
	w.post(t, "/auth/sign_up", object{"email": "new@people.example", "password": goodPassword}).want(t, http.StatusAccepted, "")
	if _, err := w.store.Direct().Users.SetStatus(t.Context(), off, store.UserActive, store.UserDisabled, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	var first string
	for name, body := range map[string]string{
		"a wrong password":                   authorize("ada@people.example", "wrong"),
		"nobody":                             authorize("nobody@people.example", goodPassword),
		"no address":                         authorize("nobody", goodPassword),
		"a wrong password beside a factor":   authorize("grace@people.example", "wrong"),
		"an address that is not verified":    authorize("new@people.example", goodPassword),
		"a disabled account":                 authorize("off@people.example", goodPassword),
		"a disabled account, wrong password": authorize("off@people.example", "wrong"),
	} {
		got := w.form(t, "/oauth2/token", body)
		got.refused(t, name, http.StatusBadRequest, "invalid_grant")
		if first == "" {
			first = string(got.body)
		}
		if string(got.body) != first {
			t.Errorf("%s hears %s, others %s", name, got.body, first)
		}
	}
	got := w.form(t, "/oauth2/token", authorize("grace@people.example", goodPassword))
	got.refused(t, "the right password of an account with a factor", http.StatusBadRequest, "invalid_grant")
	if !strings.Contains(string(got.body), "second factor") {
		t.Errorf("who knows the password is not told why: %s", got.body)
	}
}

func TestWhatThePasswordGrantRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.PasswordGrant = true; s.limits.LoginPerMinute = 12 })
	const email = "ada@people.example"
	w.join(t, email)
	c := w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}})
	good := authorize(email, goodPassword)
	without := strings.Replace(good, "audience=", "x=", 1)
	before := w.events(t)
	w.form(t, "/oauth2/token", without).refused(t, "no audience", http.StatusBadRequest, "invalid_target")
	w.form(t, "/oauth2/token", without+"&audience="+url.QueryEscape(publicURL)).refused(t, "the default audience", http.StatusBadRequest, "invalid_target")
	w.form(t, "/oauth2/token", good+"&resource="+url.QueryEscape(ledgerAPI)).refused(t, "two audiences", http.StatusBadRequest, "invalid_target")
	w.form(t, "/oauth2/token", good, basic("orders", c.Secret)...).refused(t, "a client", http.StatusBadRequest, "unauthorized_client")
	w.form(t, "/oauth2/token?username=x&password=y", "grant_type=password&audience="+ordersAPI).refused(t, "a password in the query", http.StatusBadRequest, "invalid_request")
	if after := w.events(t); after != before {
		t.Errorf("%d audit events came of it", after-before)
	}
	w.form(t, "/oauth2/token", good, basic("orders", "x")...).refused(t, "a wrong client", http.StatusUnauthorized, "invalid_client")
	limited := false
	for range 15 {
		limited = limited || w.form(t, "/oauth2/token", authorize(email, "wrong")).status == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("guesses are not limited as at the login")
	}
	off := newWorld(t)
	off.form(t, "/oauth2/token", good).refused(t, "off by default", http.StatusUnauthorized, "invalid_client")
	other := off.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}})
	off.form(t, "/oauth2/token", good, basic("orders", other.Secret)...).refused(t, "off by default, for a client", http.StatusBadRequest, "unsupported_grant_type")
}
