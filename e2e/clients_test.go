package e2e_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// clientShown is what the commands tell of a client.
type clientShown struct {
	ClientID   string   `json:"client_id"`
	Secret     string   `json:"client_secret"`
	State      string   `json:"state"`
	Scopes     []string `json:"scopes"`
	Audiences  []string `json:"audiences"`
	Redirects  []string `json:"redirect_uris"`
	FirstParty bool     `json:"first_party"`
	Secrets    []struct {
		EndsIn     string `json:"ends_in"`
		ExpiresAt  string `json:"expires_at"`
		LastUsedAt string `json:"last_used_at"`
	} `json:"secrets"`
	AuthMethod string                      `json:"auth_method"`
	Keys       []struct{ KID, Alg string } `json:"keys"`
}

// clientCommand runs sallyport client with --json and reads what it says.
func clientCommand[T any](t *testing.T, o apptest.Options, args ...string) (said T) {
	t.Helper()
	out, errs, code := apptest.Run(t.Context(), t, o, strings.NewReader(""), append(append([]string{"client"}, args...), "--json")...)
	if code != 0 {
		t.Fatalf("client %v: %d %s", args, code, errs)
	}
	if err := json.Unmarshal([]byte(out), &said); err != nil {
		t.Fatalf("client %v says %s: %v", args, out, err)
	}
	return said
}

func TestClientCommands(t *testing.T) {
	t.Parallel()
	const url = "http://localhost:8099"
	o := apptest.Options{DataDir: t.TempDir(), Env: []string{"SALLYPORT_PUBLIC_URL=" + url}}
	made := clientCommand[clientShown](t, o, "create", "--name", "Orders", "--client-id", "orders", "--scope", "b", "--scope", "a", "--audience", "https://api.example")
	if made.ClientID != "orders" || !strings.HasPrefix(made.Secret, "spc_") || made.State != "enabled" || strings.Join(made.Scopes, " ") != "a b" {
		t.Errorf("made is %+v", made)
	}
	if drawn := clientCommand[clientShown](t, o, "create", "--name", "Another"); !strings.HasPrefix(drawn.ClientID, "c_") || drawn.Audiences == nil || drawn.Redirects == nil || drawn.FirstParty {
		t.Errorf("a client_id that was drawn: %+v", drawn)
	}
	if list := clientCommand[[]clientShown](t, o, "list"); len(list) != 2 || list[1].ClientID != "orders" || list[1].Secret != "" {
		t.Errorf("listed are %+v", list)
	}
	web := clientCommand[clientShown](t, o, "create", "--name", "Web", "--client-id", "web", "--first-party", "--redirect-uri", "https://app.example/b", "--redirect-uri", "http://localhost:3000/a")
	for what, c := range map[string]clientShown{"made": web, "shown": clientCommand[clientShown](t, o, "show", "web"), "listed": clientCommand[[]clientShown](t, o, "list")[2]} {
		if strings.Join(c.Redirects, " ") != "http://localhost:3000/a https://app.example/b" || !c.FirstParty {
			t.Errorf("%s is %+v", what, c)
		}
	}
	rotated := clientCommand[clientShown](t, o, "rotate", "orders", "--keep", "1h")
	shown := clientCommand[clientShown](t, o, "show", "orders")
	if len(shown.Secrets) != 2 || shown.Secrets[0].ExpiresAt == "" || shown.Secrets[1].ExpiresAt != "" ||
		!strings.HasSuffix(made.Secret, shown.Secrets[0].EndsIn) || !strings.HasSuffix(rotated.Secret, shown.Secrets[1].EndsIn) {
		t.Errorf("after a rotation it has %+v", shown.Secrets)
	}
	for _, step := range [][2]string{{"disable", "disabled"}, {"enable", "enabled"}} {
		clientCommand[map[string]string](t, o, step[0], "orders")
		if shown := clientCommand[clientShown](t, o, "show", "orders"); shown.State != step[1] {
			t.Errorf("after %s it is %s", step[0], shown.State)
		}
	}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"create --name x --client-id orders", 1, "Another client has this client_id."},
		{"create --name x --client-id 01932f9c-4ac0-7a2b-8a56-3f4e6c0f9d21", 1, "client_id must not have the form of a user id"},
		{"create --name x --audience " + url, 1, "audience must not be SALLYPORT_AUDIENCE"},
		{"create --name x --redirect-uri http://app.example/a", 1, "redirect_uri must be at most 50 URIs"},
		{"create", 2, "--name is missing"},
		{"show", 2, "name one client"},
		{"show nobody", 1, "There is no such client."},
		{"rotate orders --keep -1s", 2, "--keep must not be negative"},
		{"delete orders", 0, ""},
		{"delete orders", 1, "There is no such client."},
	} {
		_, errs, code := apptest.Run(t.Context(), t, o, strings.NewReader(""), append([]string{"client"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("client %s: %d %s, want %d and %q", c.args, code, errs, c.code, c.says)
		}
	}
	keysOfAClient(t, o)
	for _, args := range []string{"show web", "list"} {
		out, _, _ := apptest.Run(t.Context(), t, o, strings.NewReader(""), append([]string{"client"}, strings.Fields(args)...)...)
		if !strings.Contains(out, "http://localhost:3000/a https://app.example/b") || !strings.Contains(strings.ToLower(out), "first party") || !strings.Contains(out, "yes") {
			t.Errorf("client %s for people: %s", args, out)
		}
	}
	for _, args := range []string{"list", "show " + clientCommand[[]clientShown](t, o, "list")[0].ClientID, "create --name Third"} {
		out, errs, code := apptest.Run(t.Context(), t, o, strings.NewReader(""), append([]string{"client"}, strings.Fields(args)...)...)
		if code != 0 || out == "" || strings.Contains(out, "{") {
			t.Errorf("client %s for people: %d %s %s", args, code, out, errs)
		}
	}
}

// keysOfAClient makes a client with a key in place of a secret, and replaces the key.
func keysOfAClient(t *testing.T, o apptest.Options) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "jwks.json")
	write := func(kid string) {
		t.Helper()
		public, _, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		set := fmt.Sprintf(`{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":%q,"x":%q}]}`, kid, base64.RawURLEncoding.EncodeToString(public))
		if err := os.WriteFile(file, []byte(set), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kid := func() string {
		t.Helper()
		shown := clientCommand[clientShown](t, o, "show", "batch")
		if len(shown.Keys) != 1 || shown.Keys[0].Alg != "EdDSA" || shown.AuthMethod != "private_key_jwt" || shown.Secrets != nil {
			t.Fatalf("shown is %+v", shown)
		}
		return shown.Keys[0].KID
	}
	write("first")
	if made := clientCommand[clientShown](t, o, "create", "--name", "Batch", "--client-id", "batch", "--jwks", file); made.Secret != "" || kid() != "first" {
		t.Errorf("made is %+v, its key %s", made, kid())
	}
	write("second")
	if clientCommand[map[string]string](t, o, "keys", "batch", "--jwks", file); kid() != "second" {
		t.Errorf("after it was replaced, the key is %s", kid())
	}
	if err := os.WriteFile(file, []byte(`{"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"AAAA"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"keys batch --jwks " + file, 1, "jwks must be a JWK set"},
		{"keys batch", 2, "--jwks is missing"},
		{"keys batch --jwks " + file + ".none", 1, "no such file"},
		{"create --name x --auth-method private_key_jwt", 1, "jwks must be a JWK set"},
		{"rotate batch", 1, "This client uses a different authentication method."},
	} {
		_, errs, code := apptest.Run(t.Context(), t, o, strings.NewReader(""), append([]string{"client"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("client %s: %d %s, want %d and %q", c.args, code, errs, c.code, c.says)
		}
	}
	if kid() != "second" {
		t.Errorf("after what was refused, the key is %s", kid())
	}
}
