package webui

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

func (s *site) deliver(t *testing.T, m mail.Message) mail.Captured {
	t.Helper()
	if err := s.box.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	return s.box.List("")[0]
}

func TestTheMailboxListsWhatWasSent(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.get(t, "/dev/mailbox").want(t, http.StatusOK, "/auth/sign_up")
	s.deliver(t, mail.Message{To: "ada@example.org", Subject: "First <b>", Text: "one"})
	s.clock.Advance(3 * time.Minute)
	s.deliver(t, mail.Message{To: "grace@example.org", Subject: "Second", Text: "two"})

	p := s.get(t, "/dev/mailbox").want(t, http.StatusOK, "First &lt;b&gt;")
	if strings.Index(p.text, "Second") > strings.Index(p.text, "First") {
		t.Error("the newest does not come first")
	}
	for _, want := range []string{"3 minutes ago", "just now", "2 emails"} {
		if !strings.Contains(p.text, want) {
			t.Errorf("the list does not say %q", want)
		}
	}
	p = s.get(t, "/dev/mailbox?to=ADA@example.org").want(t, http.StatusOK, "1 email to ADA@example.org")
	if strings.Contains(p.text, "Second") {
		t.Error("the filter lets other mail through")
	}
	s.get(t, "/dev/mailbox?to=nobody@example.org").want(t, http.StatusOK, "Nothing for this recipient")
}

func TestTheMailboxIsThereForPrograms(t *testing.T) {
	t.Parallel()
	s := opened(t)
	if p := s.get(t, "/dev/mailbox.json"); strings.TrimSpace(p.text) != "[]" {
		t.Errorf("an empty mailbox is %s", p.text)
	}
	s.deliver(t, mail.Message{To: "ada@example.org", Subject: "S", Text: "see http://localhost/x", HTML: "<p>see"})
	s.deliver(t, mail.Message{To: "grace@example.org", Subject: "S", Text: "none"})
	p := s.get(t, "/dev/mailbox.json?to="+url.QueryEscape("ada@example.org")).want(t, http.StatusOK, "")
	if got := p.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type is %q", got)
	}
	var got []map[string]any
	if err := json.Unmarshal([]byte(p.text), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("%d mails", len(got))
	}
	at, ok := got[0]["received_at"].(string)
	if _, err := time.Parse(time.RFC3339, at); !ok || err != nil || !strings.HasSuffix(at, "Z") {
		t.Errorf("received_at is %v", got[0]["received_at"])
	}
	delete(got[0], "received_at")
	want := map[string]any{
		"to": "ada@example.org", "subject": "S", "text": "see http://localhost/x", "html": "<p>see",
		"links": []any{"http://localhost/x"},
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAMailIsShownWhereItCanDoNoHarm(t *testing.T) {
	t.Parallel()
	s := opened(t)
	m := s.deliver(t, mail.Message{
		To: "ada@example.org", Subject: "Look", Text: "plain <words>",
		HTML: `<!doctype html><title>x</title><script>alert(1)</script><a href="http://localhost/x" target="_self">on</a>`,
	})
	p := s.get(t, "/dev/mailbox/"+m.ID).want(t, http.StatusOK, "plain &lt;words&gt;")
	inside := "/dev/mailbox/" + m.ID + "/html"
	if !strings.Contains(p.text, `sandbox="allow-popups allow-popups-to-escape-sandbox"`) || !strings.Contains(p.text, inside) ||
		strings.Contains(p.text, "alert(1)") {
		t.Errorf("the mail is not in a frame of its own:\n%s", p.text)
	}
	if got := p.Header.Get("Content-Security-Policy"); got != frame.PolicyMail+"; script-src 'self'" {
		t.Errorf("the page's policy is %q", got)
	}
	p = s.get(t, inside).want(t, http.StatusOK, `<a href="http://localhost/x" target="_blank" rel="noopener noreferrer">`)
	policy := p.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "sandbox ") || !strings.Contains(policy, "default-src 'none'") ||
		strings.Contains(policy, "allow-scripts") || strings.Contains(policy, "allow-same-origin") {
		t.Errorf("the mail's policy is %q", policy)
	}
	if got := p.Header.Get("X-Frame-Options"); got != "SAMEORIGIN" {
		t.Errorf("X-Frame-Options is %q", got)
	}
	s.get(t, "/dev/mailbox/gone").want(t, http.StatusNotFound, "<h1>")
	s.get(t, "/dev/mailbox/gone/html").want(t, http.StatusNotFound, "<h1>")
}

func TestTheMailboxOpensOnThisComputerOnly(t *testing.T) {
	t.Parallel()
	const peer = "127.0.0.1:50000"
	tests := []struct {
		name, peer, host, header string
		open                     bool
	}{
		{"localhost", peer, "localhost:8080", "", true},
		{"localhost in capitals", peer, "LOCALHOST", "", true},
		{"the address", peer, "127.0.0.1:9", "", true},
		{"the address of IPv6", "[::1]:50000", "[::1]:8080", "", true},
		{"the address of IPv6 without a port", "[::1]:50000", "[::1]", "", true},
		{"IPv4 in IPv6", "[::ffff:127.0.0.1]:50000", "localhost", "", true},
		{"another computer", "192.0.2.7:50000", "localhost", "", false},
		{"no peer that is known", "@", "localhost", "", false},
		{"a name that leads here", peer, "rebound.example:8080", "", false},
		{"a name that begins like ours", peer, "localhost.evil.example", "", false},
		{"a name that ends like ours", peer, "evil.localhost", "", false},
		{"no name", peer, "", "", false},
		{"an open bracket", peer, "[::1", "", false},
		{"another loopback address", peer, "127.0.0.2", "", false},
		{"a proxy's X-Forwarded-For", peer, "localhost", "X-Forwarded-For", false},
		{"a proxy's X-Forwarded-Anything", peer, "localhost", "X-Forwarded-Prefix", false},
		{"a proxy's Forwarded", peer, "localhost", "Forwarded", false},
		{"a proxy's Via", peer, "localhost", "Via", false},
		{"a proxy's X-Real-IP", peer, "localhost", "X-Real-IP", false},
	}
	s := opened(t)
	m := s.deliver(t, mail.Message{To: "ada@example.org", Subject: "S", Text: "T", HTML: "<p>H"})
	paths := []string{"/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/" + m.ID, "/dev/mailbox/" + m.ID + "/html"}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, path := range paths {
				r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
				r.RemoteAddr, r.Host = test.peer, test.host
				if test.header != "" {
					r.Header.Set(test.header, "x")
				}
				w := httptest.NewRecorder()
				s.Config.Handler.ServeHTTP(w, r)
				if open := w.Code == http.StatusOK; open != test.open || (!open && w.Code != http.StatusNotFound) {
					t.Errorf("%s answers %d", path, w.Code)
				}
				if !test.open && strings.Contains(w.Body.String(), "ada@") {
					t.Errorf("%s shows mail", path)
				}
			}
		})
	}
}

// A proxy on this computer that is told nothing but where to send requests, as
// nginx before 1.29.7, calls us by our local name, adds no header of its own,
// and speaks HTTP/1.0. No browser does.
func TestTheMailboxIsClosedToAProxyThatSaysNothing(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.deliver(t, mail.Message{To: "ada@example.org", Subject: "S", Text: "T"})
	for _, path := range []string{"/dev/mailbox", "/dev/mailbox.json"} {
		r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
		r.RemoteAddr, r.Host = "127.0.0.1:50000", "127.0.0.1:8080"
		r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.0", 1, 0
		w := httptest.NewRecorder()
		s.Config.Handler.ServeHTTP(w, r)
		if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "ada@") {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

func TestThereIsNoMailboxWithoutABox(t *testing.T) {
	t.Parallel()
	s := opened(t, func(o *Options) { o.Box = nil })
	for _, path := range []string{"/dev/mailbox", "/dev/mailbox/x", "/dev/mailbox/x/html"} {
		s.get(t, path).want(t, http.StatusNotFound, "<h1>")
	}
	p := s.get(t, "/dev/mailbox.json").want(t, http.StatusNotFound, `"code":"not_found"`)
	if got := p.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type is %q", got)
	}
}
