// Package guardtest is an issuer in process, for the tests of programs that use
// guard: it mints tokens with any claims, revokes them, and fails in the ways in
// which a server may fail. It signs with keys of its own that no server trusts.
//
//	issuer := guardtest.New(t)
//	g := issuer.Guard(t)
//	token := issuer.Mint(guardtest.Claims{"roles": []string{"staff"}})
//	...
//	g.WaitFor(ctx, issuer.Revoke(token))
package guardtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

const (
	tokenTTL    = 15 * time.Minute
	entryTTL    = tokenTTL + 3*time.Minute // as the server's: leeway and 120 s more
	rowTTL      = time.Hour                // that an entry is known beyond its end
	clientID    = "guard"
	clientName  = "app" // the program that users of minted tokens signed in with
	defaultPage = jws.MaxEntries
)

// Claims are members of a token's payload. A nil value leaves the claim out.
type Claims map[string]any

// Issuer stands in for a server. It is safe for concurrent use.
type Issuer struct {
	// URL is the issuer, which is where it is reached as well.
	URL string
	// Audience is that of minted tokens.
	Audience string

	mu        sync.Mutex
	transport http.RoundTripper
	keys      []signingKey // the newest last
	secret    string
	history   string
	entries   []jws.Entry // in rising order
	head      position
	changed   chan struct{} // closed at the next change
	trouble   Trouble
	requests  map[string]int
}

type signingKey struct {
	*jws.Private

	kid string
}

type position struct {
	number int64
	mark   string
}

// Trouble is what is wrong with an issuer. The zero value is none.
type Trouble struct {
	Gone  bool          // no answer at all
	Stale bool          // the feed is withheld: 503
	Age   time.Duration // of what the feed says
	// PageSize is how many entries a page has at most; 10,000 if 0.
	PageSize int
	// Page edits a page before it is signed.
	Page func(members map[string]any)
	// Answer replaces the answer to a request for a path; it may change nothing.
	Answer func(path string, body []byte) []byte
	// Type is the typ that pages are signed with, if not their own.
	Type string
}

// New starts an issuer on a free port of this machine. It ends with the test.
func New(tb testing.TB) *Issuer {
	tb.Helper()
	i := NewUnserved("http://localhost")
	server := httptest.NewServer(i)
	tb.Cleanup(func() {
		i.Set(Trouble{Gone: true}) // lets go of those who wait
		server.Close()
	})
	i.URL, i.transport = server.URL, nil
	return i
}

// NewUnserved makes an issuer that is reached without a network, through the
// HTTPClient of [Issuer.Config]: for tests in a bubble of testing/synctest.
func NewUnserved(url string) *Issuer {
	i := &Issuer{
		URL: url, Audience: "https://api.example", secret: rand.Text(), history: rand.Text(),
		changed: make(chan struct{}), requests: map[string]int{},
	}
	i.transport = direct{i}
	i.RotateKey()
	return i
}

// Config is one that fits the issuer.
func (i *Issuer) Config() guard.Config {
	c := guard.Config{Issuer: i.URL, Audience: i.Audience, ClientID: clientID, ClientSecret: i.secret}
	if i.transport != nil {
		c.HTTPClient = &http.Client{Transport: i.transport}
	}
	return c
}

// Guard starts a guard that trusts the issuer. It ends with the test.
func (i *Issuer) Guard(tb testing.TB, change ...func(*guard.Config)) *guard.Guard {
	tb.Helper()
	c := i.Config()
	for _, edit := range change {
		edit(&c)
	}
	g, err := guard.New(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(g.Close)
	return g
}

// Mint signs a user's token with the newest key. What claims leaves open is that
// of somebody who has just signed in with a password, for 15 minutes.
func (i *Issuer) Mint(claims Claims) string {
	now := time.Now()
	return i.sign(claims, Claims{
		"sub": uuid(), "sid": uuid(), "client_id": clientName, "auth_time": now.Unix(), "amr": []string{"pwd"},
	})
}

// MintMachine signs a token of a client that acts for itself.
func (i *Issuer) MintMachine(client string, claims Claims) string {
	return i.sign(claims, Claims{"sub": client, "client_id": client})
}

func (i *Issuer) sign(claims, all Claims) string {
	now := time.Now()
	maps.Copy(all, Claims{
		"iss": i.URL, "aud": i.Audience, "iat": now.Unix(), "exp": now.Add(tokenTTL).Unix(), "jti": uuid(), "uep": 1,
	})
	maps.Copy(all, claims)
	maps.DeleteFunc(all, func(_ string, v any) bool { return v == nil })
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.compact(jws.TypeAccessToken, all)
}

// compact signs members; the caller holds mu.
func (i *Issuer) compact(typ string, members any) string {
	k := i.keys[len(i.keys)-1]
	raw, err := jws.Compact(k, k.kid, typ, must(json.Marshal(members)))
	return must(raw, err)
}

// Revoke revokes a token that was minted here, and gives the number.
func (i *Issuer) Revoke(token string) int64 { return i.revoke(jws.KindToken, claim(token, "jti"), 0) }

// RevokeSession revokes every token of a token's session, and gives the number.
func (i *Issuer) RevokeSession(token string) int64 {
	return i.revoke(jws.KindSession, claim(token, "sid"), 0)
}

// RevokeUser revokes every token of a user whose epoch (uep) is below epoch, which
// is at least 1, and gives the number.
func (i *Issuer) RevokeUser(id string, epoch int64) int64 {
	return i.revoke(jws.KindUser, id, epoch)
}

// RevokeClient revokes every token of a client's own whose epoch (uep) is below
// epoch, which is at least 1, and gives the number.
func (i *Issuer) RevokeClient(id string, epoch int64) int64 {
	return i.revoke(jws.KindClient, id, epoch)
}

func (i *Issuer) revoke(kind, value string, epoch int64) int64 {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.head = position{number: i.head.number + 1, mark: rand.Text()[:11]}
	i.entries = append(i.entries, jws.Entry{
		Number: i.head.number, Mark: i.head.mark, Kind: kind, Value: value, Epoch: epoch, ExpiresAt: time.Now().Add(entryTTL).Unix(),
	})
	i.announce()
	return i.head.number
}

// announce lets those go who wait; the caller holds mu.
func (i *Issuer) announce() {
	close(i.changed)
	i.changed = make(chan struct{})
}

// Set changes what is wrong with the issuer.
func (i *Issuer) Set(t Trouble) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.trouble = t
	i.announce()
}

// LoseHistory forgets every revocation and begins another history, as a server
// does that was restored from a backup.
func (i *Issuer) LoseHistory() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.history, i.entries, i.head = rand.Text(), nil, position{}
	i.announce()
}

// LoseLast forgets the last revocations, as a database does that fails over to a
// copy which had not heard of them. The numbers will be given out again.
func (i *Issuer) LoseLast(n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.entries = i.entries[:len(i.entries)-n]
	i.head = position{}
	if n := len(i.entries); n > 0 {
		i.head = position{number: i.entries[n-1].Number, mark: i.entries[n-1].Mark}
	}
	i.announce()
}

// RotateKey publishes another key and signs with it from now on.
func (i *Issuer) RotateKey() {
	private := must(jws.NewPrivate(jws.ES256, must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))))
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys = append(i.keys, signingKey{Private: private, kid: must(private.Public().Thumbprint())})
}

// DropKeys publishes the newest key alone from now on.
func (i *Issuer) DropKeys() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys = i.keys[len(i.keys)-1:]
}

// Requests is how many requests for a path have come.
func (i *Issuer) Requests(path string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.requests[path]
}

// direct hands requests to an issuer without a network.
type direct struct{ issuer *Issuer }

// RoundTrip implements [http.RoundTripper].
func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		d.issuer.ServeHTTP(w, r)
	}()
	select {
	case aborted := <-ended:
		if aborted != nil {
			return nil, fmt.Errorf("the connection was closed: %v", aborted)
		}
		return w.Result(), nil
	case <-r.Context().Done():
		return nil, context.Cause(r.Context())
	}
}

func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// claim reads a claim of a token that was minted here.
func claim(token, name string) string {
	m := must(jws.Parse(token, jws.MaxToken))
	var claims map[string]any
	must(0, json.Unmarshal(m.Payload, &claims))
	text, _ := claims[name].(string)
	return text
}

func must[T any](v T, err error) T {
	if err != nil {
		panic("guardtest: " + err.Error())
	}
	return v
}

// known is the mark of a number, empty if nothing is known of it; the caller
// holds mu.
func (i *Issuer) known(number int64) string {
	if number == i.head.number {
		return i.head.mark
	}
	n, ok := slices.BinarySearchFunc(i.entries, number, func(e jws.Entry, number int64) int { return int(e.Number - number) })
	if !ok || time.Unix(i.entries[n].ExpiresAt, 0).Add(rowTTL).Before(time.Now()) {
		return ""
	}
	return i.entries[n].Mark
}
