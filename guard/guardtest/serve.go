package guardtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

// ServeHTTP answers as the server does, at the three paths that a guard asks.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	i.requests[r.URL.Path]++
	trouble := i.trouble
	i.mu.Unlock()
	if trouble.Gone {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Cache-Control", "no-store")
	var body []byte
	switch r.URL.Path {
	case "/.well-known/jwks.json":
		w.Header().Set("Cache-Control", "public, max-age=60")
		body = i.jwks()
	case "/revocations":
		if !i.authentic(r) {
			problem(w, http.StatusUnauthorized, "invalid_client")
			return
		}
		var ok bool
		if body, ok = i.feed(w, r); !ok {
			return
		}
	case "/oauth2/introspect":
		if !i.authentic(r) {
			problem(w, http.StatusUnauthorized, "invalid_client")
			return
		}
		body = i.introspect(r)
	default:
		problem(w, http.StatusNotFound, "not_found")
		return
	}
	if trouble.Answer != nil {
		body = trouble.Answer(r.URL.Path, body)
	}
	_, _ = w.Write(body) //nolint:gosec // for tests; a client that hung up is no trouble of ours
}

func problem(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"status":%d,"code":%q}`, status, code)
}

func (i *Issuer) authentic(r *http.Request) bool {
	id, secret, ok := r.BasicAuth()
	if !ok {
		return false
	}
	id, errID := url.QueryUnescape(id)
	secret, errSecret := url.QueryUnescape(secret)
	return errID == nil && errSecret == nil && id == clientID && secret == i.secret
}

func (i *Issuer) jwks() []byte {
	i.mu.Lock()
	defer i.mu.Unlock()
	set := struct {
		Keys []json.RawMessage `json:"keys"`
	}{}
	for _, k := range slices.Backward(i.keys) {
		set.Keys = append(set.Keys, must(k.Public().JWK(k.kid)))
	}
	return must(json.Marshal(set))
}

// feed gives a page, and false if it has answered already.
func (i *Issuer) feed(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	query := r.URL.Query()
	after, err := strconv.ParseInt(query.Get("after"), 10, 64)
	nonce := query.Get("nonce")
	if err != nil || nonce == "" || len(nonce) > jws.MaxNonce {
		problem(w, http.StatusBadRequest, "malformed_request")
		return nil, false
	}
	wait, err := strconv.ParseFloat(query.Get("wait"), 64)
	if err != nil {
		wait = 0
	}
	i.await(r, after, time.Duration(wait*float64(time.Second)))
	i.mu.Lock()
	defer i.mu.Unlock()
	switch {
	case i.trouble.Gone:
		panic(http.ErrAbortHandler)
	case i.trouble.Stale:
		problem(w, http.StatusServiceUnavailable, "unavailable")
		return nil, false
	}
	w.Header().Set("Content-Type", "application/"+jws.TypeRevocations)
	return []byte(i.page(after, nonce)), true
}

// await waits until there is something behind a number, or something is wrong.
func (i *Issuer) await(r *http.Request, after int64, wait time.Duration) {
	i.mu.Lock()
	changed, idle := i.changed, i.head.number == after && !i.trouble.Stale
	i.mu.Unlock()
	if !idle {
		return
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-changed:
	case <-t.C:
	case <-r.Context().Done():
	}
}

// page signs what is behind a number; the caller holds mu.
func (i *Issuer) page(after int64, nonce string) string {
	p := jws.Page{
		Issuer: i.URL, Audience: clientID, IssuedAt: time.Now().Unix(), History: i.history, From: after,
		To: i.head.number, Head: i.head.number, Mark: i.head.mark, Age: i.trouble.Age.Milliseconds(), Nonce: nonce, Entries: []jws.Entry{},
	}
	if after > 0 {
		p.FromMark = i.known(after)
	}
	size := i.trouble.PageSize
	if size == 0 {
		size = defaultPage
	}
	for _, e := range i.entries {
		if e.Number <= after || e.ExpiresAt < time.Now().Unix() {
			continue
		}
		if len(p.Entries) == size {
			last := p.Entries[size-1]
			p.To, p.Mark = last.Number, last.Mark
			break
		}
		p.Entries = append(p.Entries, e)
	}
	typ := jws.TypeRevocations
	if i.trouble.Type != "" {
		typ = i.trouble.Type
	}
	if i.trouble.Page == nil {
		return i.compact(typ, p)
	}
	var members map[string]any
	must(0, json.Unmarshal(must(json.Marshal(p)), &members))
	i.trouble.Page(members)
	return i.compact(typ, members)
}

// introspect answers as RFC 7662 §2.2 has it.
func (i *Issuer) introspect(r *http.Request) []byte {
	body, err := io.ReadAll(io.LimitReader(r.Body, jws.MaxToken+1024))
	form, errForm := url.ParseQuery(string(body))
	if err != nil || errForm != nil {
		return []byte(`{"active":false}`)
	}
	token := form.Get("token")
	jti, sid, sub := claim(token, "jti"), claim(token, "sid"), claim(token, "sub")
	i.mu.Lock()
	defer i.mu.Unlock()
	active := !slices.ContainsFunc(i.entries, func(e jws.Entry) bool {
		return e.Value == jti || e.Value == sid || e.Value == sub
	})
	return fmt.Appendf(nil, `{"active":%t}`, active)
}
