package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

const ordersAPI = "https://api.example.com"

// onEachEngine runs a test over a world on each engine.
func onEachEngine(t *testing.T, test func(*testing.T, *world), change ...func(*settings)) {
	t.Helper()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		on := func(s *settings) { s.url = fleettest.Database(t, engine) }
		test(t, newWorld(t, append(slices.Clone(change), on)...))
	})
}

// makeClient makes a client whose client_id and audience want encoding.
func (w *world) makeClient(t *testing.T, d client.Draft) client.Made {
	t.Helper()
	d.Name = "Orders"
	return must(w.options.Clients.Make(t.Context(), d, audit.Operator{}))
}

// basic is a header of HTTP Basic, with both parts form-encoded (RFC 6749 §2.3.1).
func basic(id, secret string) []string {
	return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))}
}

// form posts parameters to a path of OAuth.
func (w *world) form(t *testing.T, path, body string, header ...string) reply {
	t.Helper()
	got := w.do(t, request{
		method: http.MethodPost, path: path, body: body, header: append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...),
	})
	if keep := got.header.Get("Cache-Control"); keep != "no-store" {
		t.Errorf("%s may be kept: %q", path, keep)
	}
	return got
}

// refused fails the test unless an answer of OAuth has the status and the code.
func (r reply) refused(t *testing.T, what string, status int, code string) {
	t.Helper()
	var said struct {
		Code string `json:"error"`
		Text string `json:"error_description"`
	}
	r.read(t, &said)
	if r.status != status || said.Code != code || said.Text == "" {
		t.Errorf("%s: %d %s, want %d %s", what, r.status, r.body, status, code)
	}
	if challenge := r.header.Get("Www-Authenticate"); (challenge != "") != (status == http.StatusUnauthorized) || status == http.StatusUnauthorized && !strings.HasPrefix(challenge, "Basic ") {
		t.Errorf("%s: WWW-Authenticate is %q", what, challenge)
	}
}

const grant = "grant_type=client_credentials"

func TestAClientGetsATokenAtTheTokenEndpoint(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, w *world) {
		byHeader := w.makeClient(t, client.Draft{ClientID: "https://orders.example:8443/x", Scopes: []string{"a", "b"}, Audiences: []string{ordersAPI}})
		byBody := w.makeClient(t, client.Draft{ClientID: "body", AuthMethod: client.SecretPost, Scopes: []string{"a", "b"}, Audiences: []string{ordersAPI}})
		post := "&client_id=body&client_secret=" + byBody.Secret
		for name, got := range map[string]reply{
			"by header":            w.form(t, "/oauth2/token", grant+"&scope=b", basic(byHeader.ClientID, byHeader.Secret)...),
			"with its id in both":  w.form(t, "/oauth2/token", grant+"&scope=b&client_id="+url.QueryEscape(byHeader.ClientID), basic(byHeader.ClientID, byHeader.Secret)...),
			"by body":              w.form(t, "/oauth2/token", grant+"&scope=b"+post),
			"with its resource":    w.form(t, "/oauth2/token", grant+"&scope=b&resource="+url.QueryEscape(ordersAPI)+post),
			"with unknown members": w.form(t, "/oauth2/token", grant+"&scope=b+admin&x=1&x=2&password="+post, "Accept", "text/html"),
		} {
			if strings.Contains(name, "unknown") {
				got.refused(t, name, http.StatusBadRequest, "invalid_request") // x comes twice
				got = w.form(t, "/oauth2/token", grant+"&scope=b+admin&x=1&password="+post)
			}
			got.want(t, http.StatusOK, "")
			var said map[string]any
			got.read(t, &said)
			raw := as[string](t, said["access_token"])
			if said["token_type"] != "Bearer" || said["scope"] != "b" || as[float64](t, said["expires_in"]) < 890 || len(said) != 4 {
				t.Errorf("%s: %s", name, got.body)
			}
			var payload map[string]any
			if err := json.Unmarshal(must(base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[1])), &payload); err != nil {
				t.Fatal(err)
			}
			if payload["sub"] != payload["client_id"] || payload["aud"] != ordersAPI || payload["iss"] != publicURL {
				t.Errorf("%s: the token says %v", name, payload)
			}
			for _, absent := range []string{"sid", "auth_time", "amr", "roles"} {
				if payload[absent] != nil {
					t.Errorf("%s: the token has %s", name, absent)
				}
			}
		}
	})
}

func TestWhatTheTokenEndpointRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.makeClient(t, client.Draft{ClientID: "orders", Scopes: []string{"a"}, Audiences: []string{ordersAPI}})
	body := w.makeClient(t, client.Draft{ClientID: "body", AuthMethod: client.SecretPost})
	me := basic("orders", c.Secret)
	raw := func(text string) []string {
		return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(text))}
	}
	secretInBody := "&client_id=orders&client_secret=" + c.Secret
	for name, r := range map[string]struct {
		body   string
		header []string
		status int
		code   string
	}{
		"nobody":                      {grant, nil, 401, "invalid_client"},
		"a client without a secret":   {grant + "&client_id=orders", nil, 401, "invalid_client"},
		"a wrong secret":              {grant, basic("orders", "spc_x"), 401, "invalid_client"},
		"an unknown client":           {grant, basic("nobody", c.Secret), 401, "invalid_client"},
		"a client_id with NUL":        {grant, basic("a\x00", "x"), 401, "invalid_client"},
		"another client's secret":     {grant, basic("body", c.Secret), 401, "invalid_client"},
		"the other method":            {grant + secretInBody, nil, 401, "invalid_client"},
		"the header for the body's":   {grant, basic("body", body.Secret), 401, "invalid_client"},
		"a bearer token":              {grant, []string{"Authorization", "Bearer x"}, 401, "invalid_client"},
		"no Base64":                   {grant, []string{"Authorization", "Basic ###"}, 401, "invalid_client"},
		"no colon":                    {grant, raw("orders"), 401, "invalid_client"},
		"a broken escape":             {grant, raw("orders%zz:" + c.Secret), 401, "invalid_client"},
		"both methods":                {grant + secretInBody, me, 400, "invalid_request"},
		"a header and an assertion":   {grant + "&client_assertion=x", me, 400, "invalid_request"},
		"two headers":                 {grant, slices.Concat(me, me), 400, "invalid_request"},
		"another client in the body":  {grant + "&client_id=body", me, 400, "invalid_request"},
		"no grant":                    {"scope=a", me, 400, "invalid_request"},
		"an empty grant":              {"grant_type=", me, 400, "invalid_request"},
		"no body":                     {"", me, 400, "invalid_request"},
		"a grant twice":               {grant + "&" + grant, me, 400, "invalid_request"},
		"a scope twice":               {grant + "&scope=a&scope=a", me, 400, "invalid_request"},
		"a broken body":               {grant + "&scope=%zz", me, 400, "invalid_request"},
		"no UTF-8":                    {grant + "&scope=%ff", me, 400, "invalid_request"},
		"a semicolon":                 {grant + ";scope=a", me, 400, "invalid_request"},
		"JSON":                        {`{"grant_type":"client_credentials"}`, slices.Concat(me, []string{"Content-Type", "application/json"}), 400, "invalid_request"},
		"too much":                    {grant + "&x=" + strings.Repeat("x", 65<<10), me, 413, "invalid_request"},
		"an unknown grant":            {"grant_type=password", me, 400, "unsupported_grant_type"},
		"a scope that it has not":     {grant + "&scope=admin", me, 400, "invalid_scope"},
		"an audience that it has not": {grant + "&resource=" + url.QueryEscape(publicURL), me, 400, "invalid_target"},
		"two audiences":               {grant + "&resource=" + url.QueryEscape(ordersAPI) + "&audience=x", me, 400, "invalid_target"},
	} {
		got := w.form(t, "/oauth2/token", r.body, r.header...)
		got.refused(t, name, r.status, r.code)
		if strings.Contains(string(got.body), "spc_") || strings.Contains(string(got.body), "zz") {
			t.Errorf("%s: what was sent comes back: %s", name, got.body)
		}
	}
	w.do(t, request{method: http.MethodGet, path: "/oauth2/token"}).refused(t, "GET", http.StatusMethodNotAllowed, "invalid_request")
	w.do(t, request{method: http.MethodPost, path: "/oauth2/nothing"}).refused(t, "another path", http.StatusNotFound, "invalid_request")
	if log := w.log.String(); strings.Contains(log, c.Secret) || strings.Contains(log, body.Secret) {
		t.Error("a secret is in the log")
	}
}

// TestStrangersHearTheSameOfEveryClient compares whole answers.
func TestStrangersHearTheSameOfEveryClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.makeClient(t, client.Draft{ClientID: "orders"})
	off := w.makeClient(t, client.Draft{ClientID: "off"})
	if err := w.options.Clients.Disable(t.Context(), "off", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, header := range [][]string{basic("nobody", "x"), basic("orders", "x"), basic("off", "x"), basic("off", off.Secret)} {
		got := w.form(t, "/oauth2/token", grant, header...)
		told := strings.Join([]string{http.StatusText(got.status), string(got.body), got.header.Get("Www-Authenticate")}, "|")
		if first == "" {
			first = told
		}
		if told != first {
			t.Errorf("one hears %s, another %s", first, told)
		}
	}
}

func TestClientsAreLimitedByAddressAndOnTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.OAuthPerMinute = 3; s.TrustedProxies = []string{"127.0.0.1"} })
	c := w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}})
	other := w.makeClient(t, client.Draft{ClientID: "other", Audiences: []string{ordersAPI}})
	ask := func(from, id, secret string) reply {
		return w.form(t, "/oauth2/token", grant, append(basic(id, secret), "X-Forwarded-For", from)...)
	}
	for range 3 { // of guesses the client pays nothing
		ask("192.0.2.1", "orders", "wrong").refused(t, "a guess", http.StatusUnauthorized, "invalid_client")
	}
	ask("192.0.2.1", "other", other.Secret).refused(t, "the address is used up", http.StatusTooManyRequests, "temporarily_unavailable")
	for n := range 3 {
		ask("192.0.2."+string(rune('2'+n)), "orders", c.Secret).want(t, http.StatusOK, "")
	}
	ask("192.0.2.9", "orders", c.Secret).refused(t, "the client is used up", http.StatusTooManyRequests, "temporarily_unavailable")
	ask("192.0.2.9", "other", other.Secret).want(t, http.StatusOK, "")
}
