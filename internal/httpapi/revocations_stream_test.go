package httpapi_test

import (
	"bufio"
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// stream opens a stream of the feed, and gives a function that waits for the next
// event: its id and its page. At the end of the stream the id is empty.
func (w *world) stream(t *testing.T, query string, header ...string) func() (string, jws.Page) {
	t.Helper()
	r := must(http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/revocations?"+query, http.NoBody))
	r.Header.Set("Accept", "text/event-stream")
	for n := 0; n < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	answer := must(http.DefaultTransport.RoundTrip(r)) //nolint:bodyclose // below
	t.Cleanup(func() { _ = answer.Body.Close() })
	if kind, keep := answer.Header.Get("Content-Type"), answer.Header.Get("Cache-Control"); kind != "text/event-stream" || keep != "no-store" {
		t.Fatalf("a stream is %d %s, %s", answer.StatusCode, kind, keep)
	}
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, jws.MaxPage)
	set := must(jws.ParseSet(w.get(t, "/.well-known/jwks.json", "").body))
	return func() (id string, page jws.Page) {
		for lines.Scan() && lines.Text() != "" {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				id = value
			case "data":
				m := must(jws.Parse(value, jws.MaxPage))
				if err := m.Verify(set[m.KeyID]); err != nil || m.Type != jws.TypeRevocations {
					t.Fatalf("an event has a page of the type %s: %v", m.Type, err)
				}
				page = must(jws.ParsePage(m.Payload))
			default:
				t.Fatalf("an event has %q", lines.Text())
			}
		}
		return id, page
	}
}

func TestAStreamGivesPagesUntilItsClientIsDisabled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := basic("orders", w.makeClient(t, client.Draft{ClientID: "orders"}).Secret)
	next := w.stream(t, "nonce=n-1&wait=1", me...)
	_, before := next()
	tokens := w.join(t, "ada@people.example")
	w.post(t, "/auth/logout", map[string]any{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	id, page := next()
	for len(page.Entries) == 0 {
		id, page = next() // a heartbeat
	}
	if page.From != before.To || page.Entries[0].Kind != "sid" || page.Nonce != "n-1" || page.Audience != "orders" {
		t.Errorf("after the logout came %+v", page)
	}
	if id != strconv.FormatInt(page.To, 10)+"."+page.Mark {
		t.Errorf("the page that ends at %d with %s has the id %s", page.To, page.Mark, id)
	}
	if heartbeat, empty := next(); heartbeat != id || len(empty.Entries) > 0 || empty.To != page.To {
		t.Errorf("with nothing new came %s, %+v", heartbeat, empty)
	}
	if err := w.options.Clients.Disable(t.Context(), "orders", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	for id != "" { // to the end of the stream
		id, _ = next()
	}
}

// TestAStreamGoesOnBehindItsLastEvent, and one whose last event the database does
// not have ends with a page that says so.
func TestAStreamGoesOnBehindItsLastEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := basic("orders", w.makeClient(t, client.Draft{ClientID: "orders"}).Secret)
	logOut := func(email string) {
		tokens := w.join(t, email)
		w.post(t, "/auth/logout", map[string]any{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	}
	logOut("ada@people.example")
	first, _ := w.stream(t, "nonce=n", me...)()
	logOut("bob@people.example")
	next := w.stream(t, "nonce=n&after=0", append(me, "Last-Event-ID", first)...)
	if _, page := next(); len(page.Entries) != 1 || page.FromMark == "" || !strings.HasSuffix(first, page.FromMark) {
		t.Errorf("behind %s came %+v", first, page)
	}
	for _, id := range []string{"1.AAAAAAAAAAA", "9000000.AAAAAAAAAAA"} {
		next = w.stream(t, "nonce=n", append(me, "Last-Event-ID", id)...)
		next()
		if end, page := next(); end != "" {
			t.Errorf("behind %s, which nobody sent, the stream goes on: %+v", id, page)
		}
	}
	ask := append([]string{"Accept", "text/event-stream"}, me...)
	for name, last := range map[string]string{"no number": "x.AAAAAAAAAAA", "no mark's form": "1.<", "beyond numbers": "9999999999999999999."} {
		if got := w.feed(t, "nonce=n", append(ask, "Last-Event-ID", last)...); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	w.feed(t, "nonce=n", append(ask[:2:2], basic("orders", "spc_x")...)...).want(t, http.StatusUnauthorized, "invalid_client")
}

// TestAStreamEndsWithTheServer, which waits for those that it let in.
func TestAStreamEndsWithTheServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := basic("orders", w.makeClient(t, client.Draft{ClientID: "orders"}).Secret)
	next := w.stream(t, "nonce=n", me...)
	next()
	stopping, stop := context.WithCancel(t.Context())
	stop()
	if err := w.options.Feed.Run(stopping); err != nil {
		t.Fatal(err)
	}
	if id, _ := next(); id != "" {
		if id, _ = next(); id != "" {
			t.Error("a stream goes on while the server stops")
		}
	}
}
