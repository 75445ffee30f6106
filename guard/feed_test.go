package guard_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
	"github.com/sallyport-auth/sallyport/guard/guardtest"
)

const keysPath = "/.well-known/jwks.json"

// changed is a server whose pages are changed on their way.
func changed(change func(body []byte) []byte) guardtest.Trouble {
	return guardtest.Trouble{Answer: func(path string, body []byte) []byte {
		if path != "/revocations" {
			return body
		}
		return change(body)
	}}
}

// TestPagesThatAreNotExactlyRightCountForNothing gives a guard pages that are
// wrong in one thing each: it applies nothing of them, and is soon not current.
func TestPagesThatAreNotExactlyRightCountForNothing(t *testing.T) {
	t.Parallel()
	edit := func(name string, value any) guardtest.Trouble {
		return guardtest.Trouble{Page: func(members map[string]any) {
			if value == nil {
				delete(members, name)
			} else {
				members[name] = value
			}
		}}
	}
	entry := func(change func(e map[string]any)) guardtest.Trouble {
		return guardtest.Trouble{Page: func(members map[string]any) {
			eachEntry(members, change)
		}}
	}
	for name, trouble := range map[string]guardtest.Trouble{
		"typ of access tokens":    {Type: "at+jwt"},
		"no typ of its own":       {Type: "JWT"},
		"for another client":      edit("aud", "another"),
		"of another issuer":       edit("iss", "https://evil.example"),
		"the nonce of another":    edit("nonce", "AAAAAAAAAAAAAAAAAAAAAAAAAA"),
		"no nonce":                edit("nonce", nil),
		"from another number":     edit("from", 7),
		"to above head":           edit("to", 9),
		"no head":                 edit("head", nil),
		"no history":              edit("history", nil),
		"no age":                  edit("age", nil),
		"an age before the start": edit("age", -1),
		"a number with a point":   edit("head", 2.5),
		"entries an object":       edit("entries", map[string]any{}),
		"an entry a string":       edit("entries", []any{"x"}),
		"an entry out of range":   entry(func(e map[string]any) { e["n"] = 9 }),
		"an entry before from":    entry(func(e map[string]any) { e["n"] = 1 }),
		"an entry without value":  entry(func(e map[string]any) { delete(e, "v") }),
		"an entry without expiry": entry(func(e map[string]any) { delete(e, "x") }),
		"a user without epoch":    entry(func(e map[string]any) { e["k"] = "sub" }),
		"a client without epoch":  entry(func(e map[string]any) { e["k"] = "client" }),
		"an entry's other mark":   entry(func(e map[string]any) { e["m"] = "AAAAAAAAAAA" }),
		"altered": changed(func(body []byte) []byte {
			body = slices.Clone(body)
			body[len(body)/2] ^= 1
			return body
		}),
		"cut short": changed(func(body []byte) []byte {
			return body[:len(body)-3]
		}),
		"a line end behind it": changed(func(body []byte) []byte {
			return append(slices.Clone(body), '\n')
		}),
		"without a signature": changed(func(body []byte) []byte {
			return body[:bytes.LastIndexByte(body, '.')+1]
		}),
	} {
		bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
			raw := i.Mint(nil)
			reach(t, g, i.Revoke(i.Mint(nil)))
			i.Set(trouble)
			i.Revoke(i.Mint(nil))
			time.Sleep(8 * time.Second)
			if s := g.Status(); s.Current || s.Number != 1 || s.Entries != 1 || s.Err == nil {
				t.Errorf("%s: %+v", name, s)
			}
			want(t, name, g, raw, "not_current")
			i.Set(guardtest.Trouble{})
			time.Sleep(8 * time.Second)
			if s := g.Status(); !s.Current || s.Number != 2 {
				t.Errorf("%s: afterwards %+v", name, s)
			}
		})
	}
}

// eachEntry edits the entries of a page.
func eachEntry(members map[string]any, change func(e map[string]any)) {
	entries, _ := members["entries"].([]any)
	for _, e := range entries {
		if members, ok := e.(map[string]any); ok {
			change(members)
		}
	}
}

func TestAPageThatWasSeenBeforeCountsForNothing(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		var first []byte
		i.Set(changed(func(body []byte) []byte {
			if first == nil {
				first = slices.Clone(body)
			}
			return first
		}))
		time.Sleep(10 * time.Second)
		if s := g.Status(); s.Current {
			t.Errorf("replayed pages keep it current: %+v", s)
		}
	})
}

// TestAPlaceThatIsNotThereIsNotFollowed: a row that must still be there and is not
// was lost; one whose entry is over may have been purged.
func TestAPlaceThatIsNotThereIsNotFollowed(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		var beginnings atomic.Int64
		var hide atomic.Bool
		page := func(members map[string]any) {
			if members["from"] == 0.0 {
				beginnings.Add(1)
			}
			if hide.Load() {
				delete(members, "from_mark")
			}
		}
		reach(t, g, i.Revoke(i.Mint(nil)))
		hide.Store(true)
		i.Set(guardtest.Trouble{Page: page})
		time.Sleep(3 * time.Second)
		hide.Store(false)
		time.Sleep(20 * time.Minute)
		if beginnings.Load() == 0 {
			t.Error("a live row that is not there was followed")
		}
		before := beginnings.Load()
		hide.Store(true)
		time.Sleep(time.Minute)
		if s := g.Status(); beginnings.Load() != before || !s.Current || s.Number != 1 {
			t.Errorf("a row that is over was missed: %+v", s)
		}
	})
}

func TestFailuresAreTriedAgainAtMostEveryFiveSeconds(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, _ *guard.Guard) {
		i.Set(guardtest.Trouble{Stale: true})
		time.Sleep(20 * time.Second)
		before := i.Requests("/revocations")
		time.Sleep(100 * time.Second)
		if n := i.Requests("/revocations") - before; n < 20 || n > 45 {
			t.Errorf("%d requests in 100 s", n)
		}
	})
}

func TestAnUnknownKeyIsLookedForAtMostEveryTenSeconds(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		stranger := guardtest.NewUnserved(i.URL).Mint(nil)
		time.Sleep(11 * time.Second)
		before := i.Requests(keysPath)
		for range 100 {
			want(t, "a key that is not published", g, stranger, "invalid_token")
		}
		if n := i.Requests(keysPath) - before; n != 1 {
			t.Errorf("%d requests for the keys", n)
		}
		time.Sleep(11 * time.Second)
		i.RotateKey()
		want(t, "a key that is new", g, i.Mint(nil), "pass")
	})
}

func TestAKeyThatIsGoneTakesItsTokensAlong(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw := i.Mint(nil)
		want(t, "published", g, raw, "pass")
		i.RotateKey()
		time.Sleep(61 * time.Second) // the max-age of the answer
		want(t, "still published", g, raw, "pass")
		i.DropKeys()
		time.Sleep(61 * time.Second)
		want(t, "gone", g, raw, "invalid_token")
		want(t, "the new one", g, i.Mint(nil), "pass")
	})
}

// TestAServerThatPublishesNoKeyIsBelieved: only an outage lets keys stand.
func TestAServerThatPublishesNoKeyIsBelieved(t *testing.T) {
	t.Parallel()
	bubble(t, func(c *guard.Config) { c.NotCurrent = guard.Allow }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw := i.Mint(guardtest.Claims{"exp": time.Now().Add(time.Hour).Unix()})
		want(t, "published", g, raw, "pass")
		i.Set(guardtest.Trouble{Answer: func(path string, body []byte) []byte {
			if path == keysPath {
				return []byte(`{"keys":[]}`)
			}
			return body
		}})
		time.Sleep(61 * time.Second) // the max-age of the answer before
		want(t, "no key is published", g, raw, "not_current")
		if s := g.Status(); s.Keys != 0 {
			t.Errorf("%+v", s)
		}
		before := i.Requests(keysPath)
		time.Sleep(time.Minute)
		if n := i.Requests(keysPath) - before; n < 5 || n > 8 {
			t.Errorf("the keys were asked for %d times in a minute", n)
		}
		i.Set(guardtest.Trouble{})
		time.Sleep(20 * time.Second)
		want(t, "published again", g, raw, "pass")
	})
}

// sharedCache answers requests for the keys from memory for a minute, unless they
// ask for an answer of the server (RFC 9111 §5.2.1.4).
type sharedCache struct {
	origin http.RoundTripper
	mu     sync.Mutex
	kept   []byte
	since  time.Time
}

func (c *sharedCache) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path != keysPath {
		return c.origin.RoundTrip(r)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || time.Since(c.since) > time.Minute || r.Header.Get("Cache-Control") == "no-cache" {
		answer, err := c.origin.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		if c.kept, err = io.ReadAll(answer.Body); err != nil {
			return nil, err
		}
		c.since = time.Now()
	}
	header := http.Header{"Cache-Control": {"public, max-age=60"}}
	return &http.Response{StatusCode: http.StatusOK, Header: header, Body: io.NopCloser(bytes.NewReader(c.kept))}, nil
}

func TestKeysAreTheServersAndNotThoseOfACacheBetween(t *testing.T) {
	t.Parallel()
	between := func(c *guard.Config) {
		c.HTTPClient = &http.Client{Transport: &sharedCache{origin: c.HTTPClient.Transport}}
	}
	bubble(t, between, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw := i.Mint(nil)
		time.Sleep(11 * time.Second) // an unknown kid counts again
		want(t, "before", g, raw, "pass")
		i.LoseHistory()
		i.RotateKey()
		i.DropKeys()
		time.Sleep(15 * time.Second)
		want(t, "its key was dropped", g, raw, "invalid_token")
		want(t, "the new key", g, i.Mint(nil), "pass")
	})
}

func TestKeysStandForADayWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	bubble(t, func(c *guard.Config) { c.NotCurrent = guard.Allow }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw := i.Mint(guardtest.Claims{"exp": time.Now().Add(48 * time.Hour).Unix()})
		i.Set(guardtest.Trouble{Gone: true})
		time.Sleep(23 * time.Hour)
		want(t, "after 23 h", g, raw, "pass")
		time.Sleep(2 * time.Hour)
		want(t, "after 25 h", g, raw, "not_current")
		i.Set(guardtest.Trouble{})
		time.Sleep(time.Minute)
		want(t, "back", g, raw, "pass")
	})
}

// TestTheSecretIsNotSentElsewhere: a redirect is an answer like any other that is
// not 200.
func TestTheSecretIsNotSentElsewhere(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was followed") }))
	defer elsewhere.Close()
	i := guardtest.New(t)
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/revocations" {
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
			return
		}
		i.ServeHTTP(w, r)
	}))
	defer here.Close()
	c := i.Config()
	c.URL = here.URL
	if g, err := guard.New(t.Context(), c); err == nil {
		g.Close()
		t.Error("it started")
	}
}
