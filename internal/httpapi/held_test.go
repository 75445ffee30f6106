package httpapi_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"
)

// held begins a call whose body comes only when finish is called. It returns once
// the server waits for the body: it has asked for it (RFC 9110 §10.1.1), which it
// does when something reads.
func (w *world) held(tb testing.TB, path, bearer string, body any) (finish func() int) {
	tb.Helper()
	text := must(json.Marshal(body))
	c := must(net.Dial("tcp", strings.TrimPrefix(w.url, "http://")))
	tb.Cleanup(func() { _ = c.Close() })
	must(fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: people.example\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
		"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n", path, bearer, len(text)))
	from := bufio.NewReader(c)
	if line := must(from.ReadString('\n')); !strings.Contains(line, "100 Continue") {
		tb.Fatalf("the server answers %q before it has the body", line)
	}
	must(from.ReadString('\n'))
	return func() int {
		must(c.Write(text))
		got, err := http.ReadResponse(from, nil)
		if err != nil {
			tb.Fatal(err)
		}
		defer func() { _ = got.Body.Close() }()
		must(io.Copy(io.Discard, got.Body))
		return got.StatusCode
	}
}

// A call that was let in and whose body is long in coming changes nothing once
// its session has ended: neither what it signs in with nor its address. Whoever
// is being signed out could else stay.
func TestACallThatOutlivesItsSessionChangesNothing(t *testing.T) {
	t.Parallel()
	const email, evil = "ada@people.example", "thief@people.example"
	everywhere := func(w *world, bearer string) {
		w.do(t, request{method: http.MethodPost, path: "/auth/logout", bearer: bearer, body: object{"everywhere": true}}).want(t, http.StatusOK, "")
	}
	for name, c := range map[string]struct {
		path string
		body func(w *world, bearer string) any
	}{
		"a passkey": {registration + "/finish", func(w *world, bearer string) any {
			return newKey(virtualwebauthn.KeyTypeEC2).made(t, w.begin(t, registration, bearer), "thief")
		}},
		"a code generator": {confirmation, func(w *world, bearer string) any { return object{"code": w.enrolling(t, bearer).code(t)} }},
		"another address":  {"/auth/change-email", func(*world, string) any { return object{"new_email": evil} }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tokens := w.join(t, email)
			finish := w.held(t, c.path, tokens.AccessToken, c.body(w, tokens.AccessToken))
			everywhere(w, tokens.AccessToken)
			if status := finish(); status != http.StatusUnauthorized {
				t.Errorf("it is answered %d", status)
			}
		})
	}
}
