package proxies_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// at gives what a YAML file holds at a path.
func at[T any](t *testing.T, file, path string) (found T) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	where, err := yaml.PathString(path)
	if err == nil {
		err = where.Read(strings.NewReader(string(text)), &found)
	}
	if err != nil {
		t.Fatalf("%s %s: %v", file, path, err)
	}
	return found
}

// TestWhatTraefikSends plays its documentation: it asks by GET, with the visitor's headers.
func TestWhatTraefikSends(t *testing.T) {
	t.Parallel()
	const traefik, site = "../traefik/dynamic.yaml", "http://localhost:8000"
	names := []string{"X-Sallyport-User", "X-Sallyport-Email", "X-Sallyport-Roles", "X-Sallyport-Session"}
	for _, middleware := range []string{"signed-in", "admin"} {
		if diff := cmp.Diff(names, at[[]string](t, traefik, "$.http.middlewares."+middleware+".forwardAuth.authResponseHeaders")); diff != "" {
			t.Errorf("%s: %s", middleware, diff)
		}
	}
	server := apptest.Start(t, apptest.Options{Env: []string{
		"SALLYPORT_PUBLIC_URL=" + site, "SALLYPORT_APP_URL=" + site + "/app/", "SALLYPORT_TRUSTED_PROXIES=127.0.0.1",
	}})
	c := apptest.NewClient("http://" + server.Address)
	path := func(address string) string { return strings.TrimPrefix(address, "http://127.0.0.1:8080") }
	for name, asked := range map[string]apptest.Request{
		"Traefik":        {Method: http.MethodGet, Path: path(at[string](t, traefik, "$.http.middlewares.signed-in.forwardAuth.address"))},
		"Traefik, admin": {Method: http.MethodGet, Path: path(at[string](t, traefik, "$.http.middlewares.admin.forwardAuth.address"))},
	} {
		asked.Header = []string{
			"X-Forwarded-Method", "GET", "X-Forwarded-Proto", "http", "X-Forwarded-Host", "localhost:8000", "X-Forwarded-Uri", "/app/orders?page=2",
			"X-Sallyport-User", "forged",
		}
		a := c.Do(t, asked)
		if to := a.Header.Get("Location"); a.Status != http.StatusFound || to != site+"/sign-in?return_to=%2Fapp%2Forders%3Fpage%3D2" {
			t.Errorf("%s: led by %d to %q", name, a.Status, to)
		}
		for _, header := range names {
			if diff := cmp.Diff([]string{""}, a.Header[http.CanonicalHeaderKey(header)]); diff != "" {
				t.Errorf("%s, %s: %s", name, header, diff)
			}
		}
	}
}

// TestWhatEnvoySends plays its documentation (ext_authz over HTTP): the visitor's
// method, Host and path, the path behind the one that is configured, and of other
// headers those that are allowed. It takes 200 alone for a yes.
func TestWhatEnvoySends(t *testing.T) {
	t.Parallel()
	const envoy = "../envoy/envoy.yaml"
	const filter = "$.static_resources.listeners[0].filter_chains[0].filters[0].typed_config.http_filters[0].typed_config"
	allowed := at[[]map[string]string](t, envoy, filter+".allowed_headers.patterns")
	if diff := cmp.Diff([]map[string]string{{"exact": "cookie"}, {"exact": "user-agent"}, {"exact": "x-forwarded-for"}, {"exact": "x-forwarded-proto"}}, allowed); diff != "" {
		t.Errorf("what Sallyport reads is sent: %s", diff)
	}
	if diff := cmp.Diff([]map[string]string{{"prefix": "x-sallyport-"}}, at[[]map[string]string](t, envoy, filter+".http_service.authorization_response.allowed_upstream_headers.patterns")); diff != "" {
		t.Errorf("who it is comes to the application: %s", diff)
	}
	server := apptest.Start(t, apptest.Options{Env: []string{
		"SALLYPORT_PUBLIC_URL=http://localhost:8000", "SALLYPORT_FORWARD_ORIGINS=https://app.example.com", "SALLYPORT_TRUSTED_PROXIES=127.0.0.1",
		"SALLYPORT_REQUIRE_VERIFIED_EMAIL=false",
	}})
	c := apptest.NewClient("http://" + server.Address)
	prefix := at[string](t, envoy, filter+".http_service.path_prefix")
	ask := func(method, path, bearer string) apptest.Answer {
		return c.Do(t, apptest.Request{Method: method, Path: prefix + path, Bearer: bearer, Header: []string{"Host", "app.example.com", "X-Forwarded-Proto", "https"}})
	}
	a := ask(http.MethodGet, "/orders?page=2", "")
	if to := a.Header.Get("Location"); a.Status != http.StatusFound || to != "https://app.example.com/.sallyport/sign-in?return_to=%2Forders%3Fpage%3D2" {
		t.Errorf("led by %d to %q", a.Status, to)
	}
	c.Post(t, "/auth/sign_up", map[string]string{"email": ada, "password": password})
	var tokens struct {
		AccessToken string `json:"access_token"`
	}
	c.Post(t, "/auth/login", map[string]string{"email": ada, "password": password}).Read(t, &tokens)
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		if a := ask(method, "/orders", tokens.AccessToken); a.Status != http.StatusOK || len(a.Header.Get("X-Sallyport-User")) != 36 {
			t.Errorf("%s: %d %v", method, a.Status, a.Header)
		}
	}
}
