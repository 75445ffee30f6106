package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// A poll in the form of guards goes a shorter way than one that asks for the same in
// other words. The answers are alike.
func TestAPollIsAnsweredAlikeInEveryForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.makeClient(t, client.Draft{ClientID: "orders"})
	me := basic("orders", c.Secret)
	tokens := w.join(t, "ada@people.example")
	w.post(t, "/auth/logout", map[string]any{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	whole := w.page(t, w.feed(t, "after=0&nonce=n", me...)) // the client is recognized from now on
	for name, query := range map[string]string{
		"everything":                 "after=0&nonce=n",
		"by default":                 "nonce=n",
		"what follows the place":     "after=1&mark=" + whole.Mark + "&nonce=n&wait=0.1",
		"another mark":               "after=1&mark=AAAAAAAAAAA&nonce=n&wait=0.1",
		"a number that was never":    "after=9&mark=AAAAAAAAAAA&nonce=n",
		"no mark":                    "after=1&mark=&nonce=n&wait=0",
		"no nonce":                   "after=0",
		"an empty nonce":             "nonce=",
		"a long nonce":               "nonce=" + strings.Repeat("n", jws.MaxNonce+1),
		"a negative number":          "nonce=n&after=-1",
		"a number with a sign":       "nonce=n&after=+1",
		"no number":                  "nonce=n&after=",
		"a number beyond numbers":    "nonce=n&after=9223372036854775808",
		"a long mark":                "nonce=n&after=1&mark=AAAAAAAAAAAAAAAAA",
		"a wait that is too long":    "nonce=n&wait=30.5",
		"a wait that is no number":   "nonce=n&wait=NaN",
		"a wait with an exponent":    "nonce=n&wait=1e-3",
		"a wait with two points":     "nonce=n&wait=0.0.1",
		"a wait that is hexadecimal": "nonce=n&wait=0x1",
		"a nonce twice":              "nonce=n&nonce=m",
		"a name that is unknown":     "nonce=n&what=1",
	} {
		t.Run(name, func(t *testing.T) {
			short := w.feed(t, query, me...)
			long := w.feed(t, query, append([]string{"Origin", "https://elsewhere.example"}, me...)...)
			if short.status != long.status || short.header.Get("Content-Type") != long.header.Get("Content-Type") {
				t.Fatalf("%d %s, the long way %d %s", short.status, short.body, long.status, long.body)
			}
			if short.status != http.StatusOK {
				return
			}
			one, two := w.page(t, short), w.page(t, long)
			one.IssuedAt, one.Age, two.IssuedAt, two.Age = 0, 0, 0, 0
			if diff := cmp.Diff(two, one); diff != "" {
				t.Errorf("the short way differs (-long +short):\n%s", diff)
			}
		})
	}
}

// A guard that ends hangs up on the poll that it has under way. Whichever way the
// poll went, that is no failure of the server.
func TestAFollowerWhoLeavesIsNoFailure(t *testing.T) {
	t.Parallel()
	for name, more := range map[string][]string{"as guards do": nil, "otherwise": {"Origin", "https://elsewhere.example"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := make(chan middleware.Observation, 64)
			w := newWorld(t, func(s *settings) {
				s.Observe = func(o middleware.Observation) {
					if o.Route == "GET /revocations" {
						seen <- o
					}
				}
			})
			me := basic("orders", w.makeClient(t, client.Draft{ClientID: "orders"}).Secret)
			w.page(t, w.feed(t, "after=0&nonce=n", me...)) // the client is recognized from now on
			<-seen
			ctx, hangUp := context.WithCancel(t.Context())
			ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { hangUp() }})
			r := must(http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/revocations?after=0&nonce=m&wait=20", http.NoBody))
			for header := append(more, me...); len(header) > 0; header = header[2:] {
				r.Header.Set(header[0], header[1])
			}
			if resp, err := http.DefaultTransport.RoundTrip(r); err == nil {
				_ = resp.Body.Close()
				t.Fatal("the poll was answered")
			}
			if got := (<-seen).Status; got != middleware.StatusLeft {
				t.Errorf("it counts as %d", got)
			}
			if log := w.log.String(); strings.Contains(log, `"level":"WARN"`) || strings.Contains(log, `"level":"ERROR"`) {
				t.Errorf("logged: %s", log)
			}
		})
	}
}

// BenchmarkPoll is a page of an idle feed, without network: the signature of a bare
// key beside it is what cannot be left out.
func BenchmarkPoll(b *testing.B) {
	w := newWorld(b, quiet)
	c := must(w.options.Clients.Make(b.Context(), client.Draft{ClientID: "orders", Name: "Orders"}, audit.Operator{}))
	handler, key := must(httpapi.New(w.options)), must(w.ring.Active())
	for name, more := range map[string]string{"as guards do": "", "otherwise": "https://elsewhere.example"} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/revocations?after=0&nonce=5X2kQw8hR1zYt0nB", http.NoBody)
			me := basic("orders", c.Secret)
			r.Header.Set(me[0], me[1])
			if more != "" {
				r.Header.Set("Origin", more)
			}
			b.ReportAllocs()
			for b.Loop() {
				answer := httptest.NewRecorder()
				if handler.ServeHTTP(answer, r); answer.Code != http.StatusOK {
					b.Fatalf("status %d", answer.Code)
				}
			}
		})
	}
	b.Run("signature", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := key.Sign([]byte("as long as any other")); err != nil {
				b.Fatal(err)
			}
		}
	})
}
