package httpapi_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bodies gives the examples of an operation's body, by the name of their form.
func bodies(t *testing.T, body map[string]any) map[string]any {
	t.Helper()
	if body == nil || as[map[string]any](t, body["content"])["application/json"] == nil { // those of OAuth ask for a client
		return nil
	}
	media := as[map[string]any](t, as[map[string]any](t, body["content"])["application/json"])
	if example, ok := media["example"]; ok {
		return map[string]any{"": example}
	}
	out := map[string]any{}
	for name, example := range as[map[string]any](t, media["examples"]) {
		out[name] = as[map[string]any](t, example)["value"]
	}
	return out
}

// Who copies an example out of the contract is refused what it asks for perhaps,
// because no such token or account is there; that the example itself is wrong,
// they are never told.
func TestTheServerTakesEveryExampleOfTheContract(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, d := readContract(t)
	n := 0
	for path, methods := range d.Paths {
		for method, op := range methods {
			for form, example := range bodies(t, op.RequestBody) {
				n++
				r := request{method: strings.ToUpper(method), path: strings.ReplaceAll(path, "{id}", "5b0c4a63-2b5e-4f4b-9a0e-5c7d0e6f1a2b"), body: example}
				if len(op.Security) == 1 {
					r.bearer = w.join(t, "ada"+strings.Repeat("a", n)+"@people.example").AccessToken
				}
				got := w.do(t, r)
				if got.status < 300 {
					continue
				}
				if code := got.problem(t).Code; slices.Contains([]string{"malformed_request", "unsupported_media_type", "invalid_input", "weak_password"}, code) || got.status >= 500 {
					text, _ := json.Marshal(example)
					t.Errorf("%s %s: %d %s to its own example %s %s", method, path, got.status, got.body, form, text)
				}
			}
		}
	}
	if n < 25 {
		t.Errorf("the contract has %d examples of bodies only", n)
	}
}

// The forms of OAuth show one way to say who asks. Whoever sends one as it stands is
// told that there is no such client, and not that the request is malformed.
func TestTheFormsOfTheContractAskInOneWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, d := readContract(t)
	n := 0
	for path, methods := range d.Paths {
		for _, op := range methods {
			if form := formOf(t, op.RequestBody); form != nil {
				n++
				w.form(t, path, form.Encode()).refused(t, path, http.StatusUnauthorized, "invalid_client")
			}
		}
	}
	if n < 3 {
		t.Errorf("the contract has %d forms only", n)
	}
}

// What a reader of the contract needs, and huma does not write.
func TestTheContractSaysWhatReadersNeed(t *testing.T) {
	t.Parallel()
	text, d := readContract(t)
	if strings.Contains(string(text), "patternDescription") {
		t.Error("a keyword of huma's own is in the contract")
	}
	for path, methods := range d.Paths {
		for method, op := range methods {
			if op.Security == nil {
				t.Errorf("%s %s does not say whether it needs a token", method, path)
			}
		}
	}
	if got := d.Paths["/auth/login"]["post"].Security; len(got) != 0 {
		t.Errorf("login needs %v", got)
	}
	properties := func(schema string) map[string]any {
		return as[map[string]any](t, as[map[string]any](t, d.Components.Schemas[schema])["properties"])
	}
	signUp := properties("SignUp")
	if p := as[map[string]any](t, signUp["password"]); p["minLength"] != 8.0 || p["maxLength"] != 256.0 {
		t.Errorf("a new password is %v", p)
	}
	if p := as[map[string]any](t, properties("Login")["password"]); p["minLength"] != 1.0 {
		t.Errorf("a password that was chosen before is %v", p)
	}
	if p := as[map[string]any](t, signUp["email"]); p["format"] != "email" {
		t.Errorf("an address is %v", p)
	}
	if diff := cmp.Diff(map[string]any{"oneOf": []any{
		map[string]any{"$ref": "#/components/schemas/MagicLinkByLink"}, map[string]any{"$ref": "#/components/schemas/MagicLinkByCode"},
	}}, d.Components.Schemas["MagicLink"]); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"/auth/verify-email", "/auth/reset-password", "/auth/sessions/not-me", "/auth/magic-link", "/auth/confirm-email", "/auth/undo-email"} {
		if d.Paths[path]["get"].Responses["200"].Content["text/html"] == nil {
			t.Errorf("%s does not say that a browser gets a page", path)
		}
	}
	for path, methods := range d.Paths {
		if _, rest, has := strings.Cut(path, "{"); has {
			name, _, _ := strings.Cut(rest, "}")
			for method, op := range methods {
				if !slices.ContainsFunc(op.Parameters, func(p parameterOf) bool { return p.Name == name && p.In == "path" && p.Required }) {
					t.Errorf("%s %s does not describe its parameter", method, path)
				}
			}
		}
	}
}
