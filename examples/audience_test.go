package examples_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// loginFor signs Ada in for an audience, or for none.
func (s *stage) loginFor(t *testing.T, audience string) string {
	t.Helper()
	body := map[string]string{"email": ada, "password": password}
	if audience != "" {
		body["audience"] = audience
	}
	return s.server.Post(t, "/auth/login", body).Want(t, http.StatusOK, "").Member(t, "access_token")
}

// elsewhere shows the application tokens for others, and the server the application's.
func (s *stage) elsewhere(t *testing.T) {
	t.Helper()
	for _, audience := range []string{"", "https://ledger.example.com"} {
		s.app.Get(t, "/orders", s.loginFor(t, audience)).Want(t, http.StatusUnauthorized, "")
	}
	s.opensNothing(t, s.login(t))
}

// opensNothing expects that a token is good for the application, and changes nothing
// at the server.
func (s *stage) opensNothing(t *testing.T, token string) {
	t.Helper()
	s.app.Get(t, "/orders", token).Want(t, http.StatusOK, "")
	s.server.Do(t, apptest.Request{Method: http.MethodPatch, Path: "/auth/me", Bearer: token, Body: map[string]string{"name": "x"}}).
		Want(t, http.StatusUnauthorized, "invalid_token")
}

// authorize does what Swagger UI does at /docs when somebody presses Authorize: it
// reads where tokens are got, asks from its own origin whether it may, and sends the
// form.
func (s *stage) authorize(t *testing.T) {
	t.Helper()
	var doc struct {
		Components struct {
			SecuritySchemes struct {
				OAuth2PasswordBearer struct {
					Flows struct {
						Password struct{ TokenURL string }
					}
				}
			}
		}
	}
	s.app.Get(t, "/openapi.json", "").Want(t, http.StatusOK, "").Read(t, &doc)
	at := doc.Components.SecuritySchemes.OAuth2PasswordBearer.Flows.Password.TokenURL
	path, ours := strings.CutPrefix(at, s.server.URL)
	if !ours {
		t.Fatalf("tokens are got at %q", at)
	}
	may := s.server.Do(t, apptest.Request{Method: http.MethodOptions, Path: path, Header: []string{
		"Origin", s.app.URL, "Access-Control-Request-Method", http.MethodPost, "Access-Control-Request-Headers", "authorization,x-requested-with",
	}}).Header
	if allowed := strings.ToLower(may.Get("Access-Control-Allow-Headers")); may.Get("Access-Control-Allow-Origin") != s.app.URL ||
		!strings.Contains(allowed, "authorization") || !strings.Contains(allowed, "x-requested-with") {
		t.Errorf("a browser does not let the page send the form: %v", may)
	}
	form := url.Values{"grant_type": {"password"}, "username": {ada}, "password": {password}}
	a := s.server.Do(t, apptest.Request{Method: http.MethodPost, Path: path, Body: form.Encode(), Header: []string{
		"Content-Type", "application/x-www-form-urlencoded", "Origin", s.app.URL, "X-Requested-With", "XMLHttpRequest",
		"Authorization", "Basic Og==", // an empty client_id and an empty client_secret
	}})
	if a.Want(t, http.StatusOK, ""); a.Header.Get("Access-Control-Allow-Origin") != s.app.URL {
		t.Errorf("a browser does not show the page its token: %v", a.Header)
	}
	s.opensNothing(t, a.Member(t, "access_token"))
}
