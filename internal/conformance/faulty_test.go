package conformance_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"
)

// faulty stands before a true server and gives it one fault. It knows of sessions
// and people what passes through it, as the server behind it does.
type faulty struct {
	upstream string
	http     *http.Client
	fault    fault
	redis    *redis.Client // for a fault that needs one

	mu        sync.Mutex
	passwords map[string]string           // by address
	verified  map[string]bool             // addresses
	forgot    map[string]bool             // addresses that asked for a reset
	owner     map[string]string           // address by token, of both kinds
	access    map[string]string           // access token by the refresh token that came with it
	parent    map[string]string           // refresh token by its successor
	loggedOut map[string]bool             // access tokens
	shown     map[string]reply            // what the protected route said, by access token
	counts    map[string]map[string]int   // by purpose and token
	replies   map[string]map[string]reply // likewise
}

// exchange is a request on its way, read whole.
type exchange struct {
	*http.Request

	body []byte
}

// reply is an answer on its way.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// fault answers a request in the place of the server, with the server's help.
type fault func(f *faulty, r exchange) reply

// member reads a string of a JSON body.
func member(body []byte, name string) string {
	var object map[string]any
	_ = json.Unmarshal(body, &object)
	text, _ := object[name].(string)
	return text
}

func (r exchange) is(method, path string) bool { return r.Method == method && r.URL.Path == path }
func (r exchange) bearer() string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}
func (r reply) ok() bool { return r.status >= 200 && r.status < 300 }

// says makes a reply.
func says(status int, body string) reply {
	return reply{status, http.Header{"Content-Type": {"application/json"}}, []byte(body)}
}

// start gives a server of ours a fault, and the address of the two together.
func start(t *testing.T, upstream, redisURL string, with fault) string {
	t.Helper()
	f := &faulty{
		upstream: upstream, fault: with,
		http: &http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		},
		passwords: map[string]string{}, verified: map[string]bool{}, forgot: map[string]bool{}, owner: map[string]string{}, access: map[string]string{}, parent: map[string]string{},
		loggedOut: map[string]bool{}, shown: map[string]reply{}, counts: map[string]map[string]int{}, replies: map[string]map[string]reply{},
	}
	if redisURL != "" {
		o, err := redis.ParseURL(redisURL)
		if err != nil {
			t.Fatal(err)
		}
		f.redis = redis.NewClient(o)
		t.Cleanup(func() { _ = f.redis.Close() })
	}
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.URL
}

func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	got := f.fault(f, exchange{r, body})
	maps.Copy(w.Header(), got.header)
	w.WriteHeader(got.status)
	_, _ = w.Write(got.body)
}

// pass has the server answer, and learns from that.
func (f *faulty) pass(r exchange) reply {
	req, err := http.NewRequestWithContext(r.Context(), r.Method, f.upstream+r.URL.RequestURI(), bytes.NewReader(r.body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	req.Header, req.Host = r.Header.Clone(), r.Host
	req.Header.Del("Content-Length")
	resp, err := f.http.Do(req)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	resp.Header.Del("Content-Length")
	got := reply{resp.StatusCode, resp.Header, text}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.learn(r, got)
	return got
}

// learn remembers what an exchange tells about people and tokens.
func (f *faulty) learn(r exchange, got reply) {
	switch email := member(r.body, "email"); {
	case !got.ok():
	case r.is(http.MethodPost, "/auth/sign_up") && f.passwords[email] == "":
		f.passwords[email] = member(r.body, "password")
	case r.is(http.MethodPost, "/auth/verify-email"):
		f.verified[member(got.body, "email")] = true
	case r.is(http.MethodPost, "/auth/login"):
		f.keep(email, got)
	case r.is(http.MethodPost, "/auth/refresh"):
		old := member(r.body, "refresh_token")
		f.keep(f.owner[old], got)
		if next := member(got.body, "refresh_token"); next != old {
			f.parent[next] = old
		}
	case r.is(http.MethodPost, "/auth/request-password-reset"):
		f.forgot[email] = true
	case r.is(http.MethodPost, "/auth/logout"):
		f.loggedOut[r.bearer()] = true
	case r.is(http.MethodGet, "/auth/me"):
		f.shown[r.bearer()] = got
	}
}

func (f *faulty) keep(email string, got reply) {
	access, refresh := member(got.body, "access_token"), member(got.body, "refresh_token")
	f.owner[access], f.owner[refresh] = email, email
	f.access[refresh] = cmp.Or(f.access[refresh], access)
}

// with is a request with another body.
func (r exchange) with(members map[string]string) exchange {
	r.body, _ = json.Marshal(members)
	return r
}

// ask sends the server a request of the fault's own.
func (f *faulty) ask(r exchange, path string, members map[string]string) reply {
	req := r.Clone(r.Context())
	req.Method, req.URL.Path, req.URL.RawQuery = http.MethodPost, path, ""
	req.Header = http.Header{"Content-Type": {"application/json"}}
	return f.pass(exchange{req, nil}.with(members))
}

// signIn opens a new session of a person.
func (f *faulty) signIn(r exchange, email string) reply {
	return f.ask(r, "/auth/login", map[string]string{"email": email, "password": f.look(func() string { return f.passwords[email] })})
}

// look reads what was learnt.
func (f *faulty) look(what func() string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return what()
}

func (f *faulty) knows(what func() bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return what()
}

// count adds to a counter of a token, and gives its new value.
func (f *faulty) count(purpose, token string, n int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts[purpose] == nil {
		f.counts[purpose] = map[string]int{}
	}
	f.counts[purpose][token] += n
	return f.counts[purpose][token]
}

// again gives the first good reply to what is alike, once there was one.
func (f *faulty) again(purpose, token string, got reply) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.replies[purpose] == nil {
		f.replies[purpose] = map[string]reply{}
	}
	if old, there := f.replies[purpose][token]; there {
		return old
	}
	if got.ok() {
		f.replies[purpose][token] = got
	}
	return got
}
