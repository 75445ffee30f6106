package httpapi_test

import (
	"crypto/ed25519"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// clientWithKey makes the client batch, which has a key, and gives what signs an assertion of
// it for an audience.
func (w *world) clientWithKey(t *testing.T) (assertionFor func(audience string) string) {
	t.Helper()
	_, pair, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key := must(jws.NewPrivate(jws.EdDSA, pair))
	set := `{"keys":[` + string(must(key.Public().JWK("a"))) + `]}`
	w.makeClient(t, client.Draft{ClientID: "batch", Scopes: []string{"a"}, Audiences: []string{ordersAPI}, JWKS: []byte(set)})
	return func(audience string) string {
		now := w.clock.Now()
		return must(jws.Compact(key, "a", "JWT", must(json.Marshal(object{
			"iss": "batch", "sub": "batch", "aud": audience, "jti": id.Random(), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
		}))))
	}
}

// asserting is the parameters of an assertion.
func asserting(assertion string) string {
	return "&client_assertion_type=" + url.QueryEscape(client.AssertionType) + "&client_assertion=" + assertion
}

func TestAClientWithAKeyIsLetInAtEveryEndpoint(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, w *world) {
		assertionFor := w.clientWithKey(t)
		for name, body := range map[string]string{
			"for the issuer":     grant + asserting(assertionFor(publicURL)),
			"for the endpoint":   grant + asserting(assertionFor(publicURL+"/oauth2/token")),
			"with its client_id": grant + "&client_id=batch" + asserting(assertionFor(publicURL)),
		} {
			var got struct {
				AccessToken string `json:"access_token"`
			}
			w.form(t, "/oauth2/token", body).want(t, http.StatusOK, "").read(t, &got)
			if claims := must(w.options.Verifier.VerifyAny(t.Context(), got.AccessToken)); claims.Subject != "batch" || claims.Audience != ordersAPI {
				t.Errorf("%s: the token says %+v", name, claims)
			}
			var told map[string]any
			w.form(t, "/oauth2/introspect", "token="+got.AccessToken+asserting(assertionFor(publicURL+"/oauth2/introspect"))).want(t, http.StatusOK, "").read(t, &told)
			if told["active"] != true || told["sub"] != "batch" {
				t.Errorf("%s: the introspection says %v", name, told)
			}
			w.form(t, "/oauth2/revoke", "token="+got.AccessToken+asserting(assertionFor(publicURL+"/oauth2/revoke"))).want(t, http.StatusOK, "")
			if _, err := w.options.Verifier.VerifyAny(t.Context(), got.AccessToken); err == nil {
				t.Errorf("%s: the revoked token lives", name)
			}
		}
		follow := func(assertion string) reply {
			return w.do(t, request{method: http.MethodGet, path: "/revocations?nonce=x", bearer: assertion})
		}
		for _, audience := range []string{publicURL, publicURL + "/revocations"} {
			assertion := assertionFor(audience)
			follow(assertion).want(t, http.StatusOK, "")
			follow(assertion).want(t, http.StatusUnauthorized, "invalid_client")
		}
		follow(assertionFor(publicURL+"/oauth2/token")).want(t, http.StatusUnauthorized, "invalid_client")
		follow(w.own(t, w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}}))).want(t, http.StatusUnauthorized, "invalid_client")
	})
}

func TestWhatTheEndpointsRefuseOfAssertions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.PasswordGrant = true })
	assertionFor := w.clientWithKey(t)
	used := assertionFor(publicURL)
	w.form(t, "/oauth2/token", grant+asserting(used)).want(t, http.StatusOK, "")
	secret := w.makeClient(t, client.Draft{ClientID: "orders", Audiences: []string{ordersAPI}}).Secret
	for _, path := range []string{"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"} {
		elsewhere := publicURL + map[bool]string{true: "/oauth2/revoke", false: "/oauth2/token"}[path == "/oauth2/token"]
		for name, r := range map[string]struct {
			body   string
			header []string
			status int
			code   string
		}{
			"one that was used":      {asserting(used), nil, 401, "invalid_client"},
			"one for another path":   {asserting(assertionFor(elsewhere)), nil, 401, "invalid_client"},
			"one for another server": {asserting(assertionFor("https://other.example")), nil, 401, "invalid_client"},
			"another client's id":    {"&client_id=orders" + asserting(assertionFor(publicURL)), nil, 401, "invalid_client"},
			"a secret in the body":   {"&client_id=batch&client_secret=spc_x", nil, 401, "invalid_client"},
			"a secret in the header": {"", basic("batch", "spc_x"), 401, "invalid_client"},
			"as a bearer token":      {"", []string{"Authorization", "Bearer " + assertionFor(publicURL)}, 401, "invalid_client"},
			"another type":           {strings.Replace(asserting(assertionFor(publicURL)), "jwt-bearer", "saml2-bearer", 1), nil, 401, "invalid_client"},
			"no type":                {"&client_assertion=" + assertionFor(publicURL), nil, 400, "invalid_request"},
			"a type alone":           {asserting(""), nil, 400, "invalid_request"},
			"two of them":            {asserting(assertionFor(publicURL)) + "&client_assertion=" + assertionFor(publicURL), nil, 400, "invalid_request"},
			"beside a secret":        {"&client_secret=x" + asserting(assertionFor(publicURL)), nil, 400, "invalid_request"},
			"beside HTTP Basic":      {asserting(assertionFor(publicURL)), basic("orders", secret), 400, "invalid_request"},
			"beside an empty Basic":  {asserting(assertionFor(publicURL)), basic("", ""), 400, "invalid_request"},
			"garbage":                {asserting("a.b.c"), nil, 401, "invalid_client"},
		} {
			got := w.form(t, path, grant+"&token=x"+r.body, r.header...)
			got.refused(t, path+": "+name, r.status, r.code)
		}
	}
	if log := w.log.String(); strings.Contains(log, used) {
		t.Error("an assertion is in the log")
	}
}
