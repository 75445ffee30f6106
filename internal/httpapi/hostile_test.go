package httpapi_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// canary is sent in every place and must not come back; number is sent where
// digits are needed, and is longer than what a random id holds by chance.
const (
	canary = "Canary7b1e"
	number = "717171717171717171"
)

// goodBody is a body that each path with one would take.
func goodBody(path string) object {
	all := map[string]object{
		"/auth/sign_up":                    {"email": "a@people.example", "password": canary + " long enough"},
		"/auth/verify-email":               {"token": "spv_" + canary},
		"/auth/request-email-verification": {"email": "a@people.example"},
		"/auth/login":                      {"email": "a@people.example", "password": canary},
		"/auth/refresh":                    {"refresh_token": "spr_" + canary},
		"/auth/logout":                     {"refresh_token": "spr_" + canary},
		"/auth/request-password-reset":     {"email": "a@people.example"},
		"/auth/reset-password":             {"token": "spw_" + canary, "new_password": canary + " long enough"},
		"/auth/change-password":            {"current_password": canary, "new_password": canary + " long enough"},
		"/auth/sessions/not-me":            {"token": "spn_" + canary},
		"/auth/me":                         {"name": canary, "metadata": object{"x": canary}},

		"/auth/me/restore":    {"token": "spd_" + canary},
		"/auth/change-email":  {"new_email": "b@people.example"},
		"/auth/confirm-email": {"token": "spe_" + canary},
		"/auth/undo-email":    {"token": "spu_" + canary},
		"/auth/invitation":    {"token": "spi_" + canary, "password": canary + " long enough", "name": canary},

		"/auth/login/mfa":        {"mfa_token": "spm_" + canary, "method": "totp", "code": canary},
		"/auth/reauthenticate":   {"password": canary},
		"/auth/mfa/totp/confirm": {"code": canary},

		"/auth/magic-link":        {"email": "a@people.example", "device_name": canary},
		"/auth/magic-link/finish": {"token": "spl_" + canary, "device_name": canary},

		"/admin/api/users/search": {"user": canary},
		"/admin/api/roles":        {"name": canary},
		"/admin/api/invitations":  {"email": canary},

		"/auth/passkeys/{id}":                  {"name": canary},
		"/auth/passkeys/authentication":        {"mfa_token": "spm_" + canary},
		"/auth/passkeys/registration/finish":   {"ceremony": canary, "credential": object{"id": canary}},
		"/auth/passkeys/authentication/finish": {"ceremony": canary, "credential": object{"id": canary}},
	}
	return all[path]
}

// bodiless are the routes of those methods that take none.
var bodiless = []string{"/auth/mfa/totp", "/auth/mfa/recovery-codes", "/auth/passkeys/registration", "/auth/reauthenticate/passkey", "/admin/api/users/{id}/disable", "/admin/api/users/{id}/enable"}

// withBody lists the routes that take one.
func withBody(t *testing.T) []httpapi.RouteOf {
	t.Helper()
	var list []httpapi.RouteOf
	for _, r := range httpapi.Routes() {
		if strings.HasPrefix(r.Path, "/oauth2/") { // no JSON: oauth_test.go has what they refuse
			continue
		}
		if (r.Method == http.MethodPost || r.Method == http.MethodPatch) && !slices.Contains(bodiless, r.Path) {
			if goodBody(r.Path) == nil {
				t.Fatalf("the test knows no body for %s", r.Path)
			}
			list = append(list, r)
		}
	}
	return list
}

// hostile is one way to send a body that is refused. make gives the body and
// the headers.
type hostile struct {
	name   string
	status int
	code   string
	make   func(good string, first string) (body string, header []string)
}

func hostiles() []hostile {
	const malformed, unsupported, invalid = "malformed_request", "unsupported_media_type", "invalid_input"
	plain := func(f func(good, first string) string) func(string, string) (string, []string) {
		return func(good, first string) (string, []string) { return f(good, first), nil }
	}
	typed := func(header ...string) func(string, string) (string, []string) {
		return func(good, _ string) (string, []string) { return good, header }
	}
	add := func(member string) func(string, string) (string, []string) {
		return plain(func(good, _ string) string { return strings.TrimSuffix(good, "}") + "," + member + "}" })
	}
	return []hostile{
		{"a form", 415, unsupported, func(string, string) (string, []string) {
			return "email=" + canary, []string{"Content-Type", "application/xml"}
		}},
		{"another charset", 415, unsupported, typed("Content-Type", "application/json; charset=iso-8859-1")},
		{"another parameter", 415, unsupported, typed("Content-Type", "application/json; profile="+canary)},
		{"no type", 415, unsupported, typed("Content-Type", "")},
		{"a type that is none", 415, unsupported, typed("Content-Type", "json/"+canary+"/;;")},
		{"something like JSON", 415, unsupported, typed("Content-Type", "application/problem+json")},
		{"compressed", 415, unsupported, typed("Content-Encoding", "gzip")},
		{"cut short", 400, malformed, plain(func(good, _ string) string { return good[:len(good)-1] })},
		{"trailing data", 400, malformed, plain(func(good, _ string) string { return good + canary })},
		{"two objects", 400, malformed, plain(func(good, _ string) string { return good + good })},
		{"an array", 400, malformed, plain(func(good, _ string) string { return "[" + good + "]" })},
		{"a string", 400, malformed, plain(func(string, string) string { return `"` + canary + `"` })},
		{"null", 400, malformed, plain(func(string, string) string { return `null` })},
		{"a byte order mark", 400, malformed, plain(func(good, _ string) string { return "\ufeff" + good })},
		{"wrong UTF-8", 400, malformed, add(`"x":"` + "\xff" + canary + `"`)},
		{"half a surrogate pair", 400, malformed, add(`"x":"\ud800` + canary + `"`)},
		{"a member twice", 400, malformed, plain(func(good, first string) string {
			return strings.TrimSuffix(good, "}") + `,"` + first + `":"` + canary + `"}`
		})},
		{"a nest", 400, malformed, plain(func(string, string) string { return strings.Repeat(`{"a":`, 12_000) })},
		{"an unknown member", 422, invalid, add(`"is_admin":"` + canary + `"`)},
		{"an unknown member like a secret", 422, invalid, add(`"` + canary + `":true`)},
		{"a member in other letters", 422, invalid, plain(func(good, first string) string {
			return strings.Replace(good, `"`+first+`"`, `"`+strings.ToUpper(first[:1])+first[1:]+`"`, 1)
		})},
		{"null for a member", 422, invalid, plain(func(_, first string) string { return `{"` + first + `":null}` })},
		{"a list for a member", 422, invalid, plain(func(_, first string) string { return `{"` + first + `":["` + canary + `"]}` })},
		{"an object for a member", 422, invalid, plain(func(_, first string) string { return `{"` + first + `":{"x":"` + canary + `"}}` })},
		{"a number for a member", 422, invalid, plain(func(_, first string) string { return `{"` + first + `":` + number + `}` })},
		{"too large", 413, "too_large", plain(func(good, _ string) string { return good + strings.Repeat(" ", middleware.MaxBody) })},
	}
}

func TestHostileBodiesAreRefusedAndNeverEchoed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.operator(t, "ada", "owner") // who may do everything
	for _, r := range withBody(t) {
		good := string(must(json.Marshal(goodBody(r.Path))))
		var first string
		for name := range goodBody(r.Path) {
			if first == "" || name < first {
				first = name
			}
		}
		if first == "metadata" {
			first = "name"
		}
		for _, h := range hostiles() {
			body, header := h.make(good, first)
			got := w.do(t, request{method: r.Method, path: r.Path, body: body, bearer: tokens.token, header: header})
			p := got.problem(t)
			if got.status != h.status || p.Code != h.code || p.Status != h.status {
				t.Errorf("%s, %s: %d %s, want %d %s", r.Path, h.name, got.status, p.Code, h.status, h.code)
			}
			if strings.Contains(string(got.body), canary) || strings.Contains(string(got.body), number) {
				t.Errorf("%s, %s: the answer echoes what was sent: %s", r.Path, h.name, got.body)
			}
			if h.status == http.StatusUnprocessableEntity && len(p.Errors) == 0 {
				t.Errorf("%s, %s: no member is named: %s", r.Path, h.name, got.body)
			}
		}
	}
	if strings.Contains(w.log.String(), canary) {
		t.Error("the log shows what was sent")
	}
}

func TestMembersAtFaultAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rule := words.ForPrograms().Rule
	for name, test := range map[string]struct {
		body string
		want []frame.FieldError
	}{
		"a misspelled member":     {`{"emial":"x","password":"y"}`, []frame.FieldError{{Field: "emial", Message: rule("unknown")}}},
		"a secret as a name":      {`{"email":"x","` + canary + `":"y"}`, []frame.FieldError{{Field: "(unknown)", Message: rule("unknown")}}},
		"a missing member":        {`{"email":"a@people.example"}`, []frame.FieldError{{Field: "password", Message: rule("required")}}},
		"nothing":                 {`{}`, []frame.FieldError{{Field: "email", Message: rule("required")}, {Field: "password", Message: rule("required")}}},
		"an empty member":         {`{"email":"a@people.example","password":""}`, []frame.FieldError{{Field: "password", Message: rule("min_length", "n", "1")}}},
		"no string":               {`{"email":"a@people.example","password":7}`, []frame.FieldError{{Field: "password", Message: rule("string")}}},
		"a control character":     {`{"email":"a\u0000@people.example","password":"x"}`, []frame.FieldError{{Field: "email", Message: rule("plain_text")}}},
		"a name that is too long": {`{"email":"a@people.example","password":"x","name":"` + strings.Repeat("é", 101) + `"}`, []frame.FieldError{{Field: "name", Message: rule("max_length", "n", "100")}}},
		"no address":              {`{"email":"somebody","password":"a long and happy phrase"}`, []frame.FieldError{{Field: "email", Message: rule("email")}}},
	} {
		got := w.post(t, "/auth/sign_up", test.body).want(t, http.StatusUnprocessableEntity, "invalid_input")
		if p := got.problem(t); !slices.Equal(p.Errors, test.want) {
			t.Errorf("%s: %+v, want %+v", name, p.Errors, test.want)
		}
	}
	p := w.get(t, "/auth/verify-email", "").want(t, http.StatusUnprocessableEntity, "invalid_input").problem(t)
	if len(p.Errors) != 1 || p.Errors[0] != (frame.FieldError{Field: "token", Message: rule("required")}) {
		t.Errorf("a link without a token: %+v", p.Errors)
	}
	long := w.get(t, "/auth/verify-email?token="+strings.Repeat(canary, 40), "").want(t, http.StatusUnprocessableEntity, "invalid_input")
	if strings.Contains(string(long.body), canary) {
		t.Errorf("the answer echoes the token: %s", long.body)
	}
}

func TestHostileNamesAndAddresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, text := range []string{"NUL\x00", "line\r\nend", "tab\t", "escape\x1b[31m", "delete\x7f", "next line\u0085", "bidi\u202e", "separator\u2028"} {
		for _, body := range []object{
			{"email": "a" + text + "@people.example", "password": goodPassword},
			{"email": "a@people.example", "password": goodPassword, "name": text + "end"},
		} {
			w.post(t, "/auth/sign_up", body).want(t, http.StatusUnprocessableEntity, "invalid_input")
		}
	}
	// A number that no float holds is JSON, but cannot be read.
	tokens := w.join(t, "ada@people.example")
	for _, body := range []string{`{"metadata":{"x":1e999}}`, `{"metadata":{"x":-1e999}}`} {
		got := w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: tokens.AccessToken, body: body})
		got.want(t, http.StatusBadRequest, "malformed_request")
	}
}

func TestTypesThatAreTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, kind := range []string{"application/json", "application/json; charset=utf-8", `Application/JSON; Charset="UTF-8"`, "application/json;charset=UTF-8", "application/json; charset=utf8"} {
		w.do(t, request{
			method: http.MethodPost, path: "/auth/request-password-reset", body: `{"email":"a@people.example"}`,
			header: []string{"Content-Type", kind},
		}).want(t, http.StatusAccepted, "")
	}
	for _, accept := range []string{"text/html", "application/xml", "application/cbor", "json", "application/problem+json", "*/*", "nonsense;;q=x", "application/json;q=0"} {
		got := w.do(t, request{method: http.MethodPost, path: "/auth/login", body: `{}`, header: []string{"Accept", accept}})
		got.want(t, http.StatusUnprocessableEntity, "invalid_input")
		got = w.do(t, request{method: http.MethodGet, path: "/livez", header: []string{"Accept", accept}})
		if kind := got.header.Get("Content-Type"); kind != "application/json" {
			t.Errorf("Accept: %s is answered with %s", accept, kind)
		}
	}
}

// A Content-Length beside chunks may have led a proxy in front to see another
// request in the bytes that follow (RFC 9112 §6.1, §6.3).
func TestARequestInChunksIsTheLastOfItsConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, header := range map[string]string{
		"with a length": "Content-Length: 5\r\nTransfer-Encoding: chunked", "without one": "Transfer-Encoding: chunked",
	} {
		conn := must((&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(w.url, "http://")))
		defer conn.Close()
		must(fmt.Fprintf(conn, "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n\r\n2\r\n{}\r\n0\r\n\r\n"+
			"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n", header))
		answers := string(must(io.ReadAll(conn)))
		if strings.Count(answers, "HTTP/1.1 ") != 1 || !strings.HasPrefix(answers, "HTTP/1.1 422") {
			t.Errorf("%s: %s", name, answers)
		}
	}
}

// A browser that shows an answer as what it is not finds no markup in it.
func TestNothingInAnAnswerLooksLikeMarkup(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada := w.join(t, "ada@people.example")
	answer := w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: ada.AccessToken, body: object{"name": "<script>&"}}).want(t, http.StatusOK, "")
	if body := string(answer.body); strings.ContainsAny(body, "<>&") || !strings.Contains(body, `\u003cscript\u003e\u0026`) {
		t.Errorf("the answer is %s", body)
	}
}

func TestWrongPathsAndMethods(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/", "/auth", "/auth/", "/auth/login/", "/auth//login", "/auth/../auth/login", "/AUTH/login", "/auth/" + canary, "//evil.example/..", "/metrics", "/dev/mailbox.json", "/docs/" + canary, "/auth/me%00", "/auth%2Fme"} {
		got := w.do(t, request{method: http.MethodGet, path: path}).want(t, http.StatusNotFound, "not_found")
		if strings.Contains(string(got.body), canary) || got.header.Get("Location") != "" {
			t.Errorf("%s: %v %s", path, got.header, got.body)
		}
	}
	for _, r := range httpapi.Routes() {
		if strings.HasPrefix(r.Path, "/verify") { // takes any
			continue
		}
		path, method := strings.NewReplacer("{file}", "x", "{id}", "x").Replace(r.Path), http.MethodPut
		if r.Method == method {
			method = http.MethodDelete
		}
		got := w.do(t, request{method: method, path: path})
		if strings.HasPrefix(path, "/oauth2/") {
			got.refused(t, path, http.StatusMethodNotAllowed, "invalid_request")
		} else {
			got.want(t, http.StatusMethodNotAllowed, "method_not_allowed")
		}
		if allow := got.header.Get("Allow"); !strings.Contains(allow, r.Method) || !strings.Contains(allow, "OPTIONS") {
			t.Errorf("%s: Allow is %q", path, allow)
		}
		got = w.do(t, request{method: http.MethodOptions, path: path}).want(t, http.StatusNoContent, "")
		if allow := got.header.Get("Allow"); !strings.Contains(allow, r.Method) || len(got.body) > 0 {
			t.Errorf("OPTIONS %s: Allow is %q, %s", path, allow, got.body)
		}
	}
	w.do(t, request{method: "BREW", path: "/auth/login"}).want(t, http.StatusMethodNotAllowed, "method_not_allowed")
	if got := w.do(t, request{method: http.MethodHead, path: "/auth/me"}); got.status != http.StatusUnauthorized || len(got.body) > 0 {
		t.Errorf("HEAD /auth/me: %d %s", got.status, got.body)
	}
}

func TestTheHostHeaderBuildsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	body := string(must(json.Marshal(object{"email": email, "password": goodPassword})))
	req := must(http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/auth/sign_up", strings.NewReader(body)))
	req.Host = canary + ".example"
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Forwarded-Host", canary+".example")
	answer := headers(t, req)
	w.linkToken(t, email, 1)
	if m := w.box.List(email)[0]; strings.Contains(m.Text+m.HTML, canary) || !strings.Contains(m.Text, publicURL+"/auth/verify-email?token=") {
		t.Errorf("the mail is\n%s", m.Text)
	}
	if strings.Contains(fmt.Sprint(answer), canary) {
		t.Errorf("the answer is %v", answer)
	}
}

// FuzzBodies sends anything as a body to every path that takes one. Nothing is
// our fault, and nothing comes back.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{
		`{"email":"a@b.example","password":"x"}`, `{"token":"spv_x"}`, `{"refresh_token":"spr_x"}`, `{}`, ``, `[`, `{"everywhere":true}`,
		`{"metadata":{"a":[1e999]}}`, `{"email":"\ud800"}`, "{\"email\":\"\xff\"}", `{"email":{"$ref":"x"}}`,
	} {
		f.Add(uint8(0), []byte(seed))
	}
	w := newWorld(f, func(s *settings) { s.limits.On = false })
	tokens := w.join(f, "ada@people.example")
	var paths []httpapi.RouteOf
	for _, r := range httpapi.Routes() {
		if goodBody(r.Path) != nil && r.Method != http.MethodGet && r.Path != "/auth/logout" {
			paths = append(paths, r)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		r := paths[int(which)%len(paths)]
		got := w.do(t, request{method: r.Method, path: r.Path, body: string(body), bearer: tokens.AccessToken})
		if got.status >= http.StatusInternalServerError {
			t.Errorf("%s: %d %s", r.Path, got.status, got.body)
		}
		if got.status >= http.StatusBadRequest && len(body) > 24 && strings.Contains(string(got.body), string(body[:24])) {
			t.Errorf("%s: the answer echoes what was sent: %s", r.Path, got.body)
		}
	})
}

// A path that is spelled out is not one of the pattern that would match it: its
// methods are its own.
func TestAllowNamesTheMethodsOfThePathItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for path, row := range map[string]struct{ method, allow string }{
		"/auth/sessions/not-me":       {http.MethodDelete, "GET, HEAD, POST, OPTIONS"},
		"/auth/passkeys/registration": {http.MethodDelete, "POST, OPTIONS"},
		"/auth/me":                    {http.MethodPut, "GET, HEAD, PATCH, DELETE, OPTIONS"},
		"/auth/login":                 {http.MethodGet, "POST, OPTIONS"},
	} {
		for _, method := range []string{row.method, http.MethodTrace} {
			got := w.do(t, request{method: method, path: path})
			got.want(t, http.StatusMethodNotAllowed, "method_not_allowed")
			if allow := got.header.Get("Allow"); allow != row.allow {
				t.Errorf("%s %s: Allow is %q, want %q", method, path, allow, row.allow)
			}
		}
	}
	if got := w.do(t, request{method: http.MethodDelete, path: "/auth/sessions/5b0c4a63-2b5e-4f4b-9a0e-5c7d0e6f1a2b"}); got.status != http.StatusUnauthorized {
		t.Errorf("a pattern still matches: %d", got.status)
	}
}
