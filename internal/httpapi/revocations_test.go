package httpapi_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// feed asks for a page of the feed.
func (w *world) feed(t *testing.T, query string, header ...string) reply {
	t.Helper()
	return w.do(t, request{method: http.MethodGet, path: "/revocations?" + query, header: header})
}

// page opens a page that was answered, as a client does.
func (w *world) page(t *testing.T, r reply) jws.Page {
	t.Helper()
	r.want(t, http.StatusOK, "")
	if kind, keep := r.header.Get("Content-Type"), r.header.Get("Cache-Control"); kind != "application/jwt" || keep != "no-store" {
		t.Errorf("a page is %s, %s", kind, keep)
	}
	m := must(jws.Parse(string(r.body), jws.MaxPage))
	set := must(jws.ParseSet(w.get(t, "/.well-known/jwks.json", "").body))
	if err := m.Verify(set[m.KeyID]); err != nil || m.Type != jws.TypeRevocations {
		t.Fatalf("a page of the type %s: %v", m.Type, err)
	}
	return must(jws.ParsePage(m.Payload))
}

func TestAClientHearsOfALogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.makeClient(t, client.Draft{ClientID: "orders"})
	me := basic("orders", c.Secret)
	before := w.page(t, w.feed(t, "after=0&nonce=n-1", me...))
	if before.Audience != "orders" || before.Issuer != publicURL || before.Nonce != "n-1" || len(before.Entries) > 0 {
		t.Errorf("an empty feed: %+v", before)
	}
	tokens := w.join(t, "ada@people.example")
	w.post(t, "/auth/logout", map[string]any{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	after := w.page(t, w.feed(t, "nonce=n-2&wait=1.5&after="+strconv.FormatInt(before.To, 10)+"&mark="+url.QueryEscape(before.Mark), me...))
	if len(after.Entries) != 1 || after.Entries[0].Kind != "sid" || after.To != before.To+1 || after.From != before.To {
		t.Errorf("after the logout: %+v", after)
	}
}

func TestWhatTheFeedRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.makeClient(t, client.Draft{ClientID: "orders"})
	byBody := w.makeClient(t, client.Draft{ClientID: "body", AuthMethod: client.SecretPost})
	me := basic("orders", c.Secret)
	user := w.join(t, "ada@people.example")
	for name, r := range map[string]struct {
		query  string
		header []string
		status int
		code   string
	}{
		"nobody":                    {"nonce=n", nil, 401, "invalid_client"},
		"a wrong secret":            {"nonce=n", basic("orders", "spc_x"), 401, "invalid_client"},
		"another method's client":   {"nonce=n", basic("body", byBody.Secret), 401, "invalid_client"},
		"a secret in the query":     {"nonce=n&client_id=orders&client_secret=" + c.Secret, nil, 401, "invalid_client"},
		"a user's token":            {"nonce=n", []string{"Authorization", "Bearer " + user.AccessToken}, 401, "invalid_client"},
		"two headers":               {"nonce=n", append(append([]string{}, me...), me...), 400, "malformed_request"},
		"no nonce":                  {"after=0", me, 422, "invalid_input"},
		"an empty nonce":            {"nonce=", me, 422, "invalid_input"},
		"a long nonce":              {"nonce=01234567890123456789012345678901234567890123456789012345678901234", me, 422, "invalid_input"},
		"a nonce with a space":      {"nonce=a%20b", me, 422, "invalid_input"},
		"a negative number":         {"nonce=n&after=-1", me, 422, "invalid_input"},
		"a number beyond numbers":   {"nonce=n&after=9223372036854775808", me, 422, "invalid_input"},
		"a mark that is none":       {"nonce=n&after=1&mark=%3C", me, 422, "invalid_input"},
		"a wait that is too long":   {"nonce=n&wait=31", me, 422, "invalid_input"},
		"a wait that is no number":  {"nonce=n&wait=NaN", me, 422, "invalid_input"},
		"a wait that has no end":    {"nonce=n&wait=Inf", me, 422, "invalid_input"},
		"a wait before the request": {"nonce=n&wait=-1", me, 422, "invalid_input"},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.feed(t, r.query, r.header...).want(t, r.status, r.code)
			if asks := got.header.Get("Www-Authenticate"); (asks == `Basic realm="sallyport", charset="UTF-8"`) != (r.status == http.StatusUnauthorized) {
				t.Errorf("WWW-Authenticate is %q", asks)
			}
		})
	}
}

// A client that was let in is not looked up for a while, and is out all the same
// as soon as it is disabled.
func TestADisabledClientFollowsNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.makeClient(t, client.Draft{ClientID: "orders"})
	me := basic("orders", c.Secret)
	for range 3 {
		w.feed(t, "nonce=n", me...).want(t, http.StatusOK, "")
	}
	if err := w.options.Clients.Disable(t.Context(), "orders", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	w.feed(t, "nonce=n", me...).want(t, http.StatusUnauthorized, "invalid_client")
	if err := w.options.Clients.Enable(t.Context(), "orders", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	w.feed(t, "nonce=n", me...).want(t, http.StatusOK, "")
}

// Strangers who guess use up the budget of their address, and clients that were
// let in are not held up by that.
func TestFollowersAreNotLimitedAndStrangersAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.OAuthPerMinute = 3 })
	c := w.makeClient(t, client.Draft{ClientID: "orders"})
	me := basic("orders", c.Secret)
	w.feed(t, "nonce=n", me...).want(t, http.StatusOK, "")
	for range 2 {
		w.feed(t, "nonce=n", basic("orders", "spc_x")...).want(t, http.StatusUnauthorized, "invalid_client")
	}
	w.feed(t, "nonce=n", basic("orders", "spc_x")...).want(t, http.StatusTooManyRequests, "rate_limited")
	for range 20 {
		w.feed(t, "nonce=n", me...).want(t, http.StatusOK, "")
	}
	w.clock.Advance(20 * time.Second) // it is looked up again, and the address is used up
	w.feed(t, "nonce=n", me...).want(t, http.StatusOK, "")
}

// A page that is waited for comes with the logout.
func TestAFollowerThatWaitsIsToldAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.makeClient(t, client.Draft{ClientID: "orders"})
	me := basic("orders", c.Secret)
	tokens := w.join(t, "ada@people.example")
	at := w.page(t, w.feed(t, "nonce=n", me...))
	told := make(chan jws.Page, 1)
	begun := time.Now()
	go func() {
		told <- w.page(t, w.feed(t, "nonce=n&wait=20&after="+strconv.FormatInt(at.To, 10)+"&mark="+at.Mark, me...))
	}()
	w.post(t, "/auth/logout", map[string]any{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	if page := <-told; len(page.Entries) != 1 || time.Since(begun) > 10*time.Second {
		t.Errorf("%d entries after %s", len(page.Entries), time.Since(begun))
	}
}
