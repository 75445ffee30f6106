package conformance

import (
	"context"
	_ "embed" // the tokens
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// tokenRows are about what a route takes for an access token.
func tokenRows() []Row {
	return []Row{
		{
			Name: "token-altered", try: tryAltered,
			Promise: "A token that was altered, or signed with a key that everybody knows, is refused.",
			Why:     "What is in a token counts because of its signature. Without that, anyone writes themselves a role.",
			Sources: []string{"RFC 8725 §3.1", "RFC 7515 §5.2", "ASVS 9.1.1"},
		},
		{
			Name: "token-algorithm", try: tryAlgorithm,
			Promise: "A token cannot choose how it is verified: not by alg none, not by HS256 with the public key.",
			Why:     "The public key is public. A verifier that takes it for a shared secret believes anyone.",
			Sources: []string{"RFC 8725 §2.1", "RFC 8725 §3.1", "ASVS 9.1.2"},
		},
		{
			Name: "token-spelling", try: trySpelling,
			Promise: "A token has one spelling: padding, other alphabets and unused bits are refused.",
			Why:     "A list of revoked or used tokens that goes by their text does not know the other spellings.",
			Sources: []string{"RFC 7515 §2", "RFC 4648 §3.5"},
		},
		{
			Name: "token-expired", try: tryExpired,
			Promise: "A token that has expired is refused.",
			Why:     "A short life is what limits the harm of a token that was copied from a log or a memory dump.",
			Sources: []string{"RFC 7519 §4.1.4", "ASVS 9.2.1"},
		},
	}
}

// known are tokens of every kind, good and bad, signed with keys that everybody has:
// no server may take any of them. They are those of clients/testdata/vectors.json,
// put here by tools/gen.
//
//go:embed tokens.json
var known []byte

// forgery is a text that must not count as a token.
type forgery struct {
	Name  string `json:"name"`
	Token string `json:"token"`
}

// compact is a live token in its parts, and what its header says.
type compact struct {
	header, payload, signature string
	algorithm, key             string
}

// taken opens a session whose access token is a JWT.
func (a *attempt) taken(ctx context.Context) (tokens, compact, error) {
	_, t, err := a.living(ctx)
	if err != nil {
		return t, compact{}, err
	}
	parts := strings.Split(t.access, ".")
	if len(parts) != 3 {
		return t, compact{}, untried("the access token is no JWT")
	}
	c := compact{header: parts[0], payload: parts[1], signature: parts[2]}
	raw, err := base64.RawURLEncoding.DecodeString(c.header)
	var header struct {
		Algorithm string `json:"alg"`
		Key       string `json:"kid"`
	}
	if err != nil || json.Unmarshal(raw, &header) != nil {
		return t, c, untried("the access token is no JWT")
	}
	c.algorithm, c.key = header.Algorithm, header.Key
	return t, c, nil
}

// refuses sends forgeries and expects every one to be refused, and the true token to
// work in the end.
func (a *attempt) refuses(ctx context.Context, t tokens, forgeries []forgery) error {
	answers := make([]answer, len(forgeries))
	failures := make([]error, len(forgeries))
	var sent sync.WaitGroup
	slots := make(chan struct{}, side)
	for n, f := range forgeries {
		if strings.ContainsFunc(f.Token, func(r rune) bool { return r < ' ' || r > '~' }) {
			answers[n].status = http.StatusBadRequest // no header can bear it
			continue
		}
		slots <- struct{}{}
		sent.Go(func() {
			answers[n], failures[n] = a.call(ctx, request{method: http.MethodGet, path: a.options.Protected, bearer: f.Token})
			<-slots
		})
	}
	sent.Wait()
	for n, f := range forgeries {
		if failures[n] != nil {
			return failures[n]
		}
		if !answers[n].refused() {
			return broken("%q was answered %v, not refused", f.Name, answers[n])
		}
	}
	if ok, err := a.alive(ctx, t.access, ""); err != nil || !ok {
		return broken("after the forgeries the true token is refused (%v)", err)
	}
	a.finding = fmt.Sprintf("%d forgeries were refused", len(forgeries))
	return nil
}

func tryAltered(ctx context.Context, a *attempt) error {
	t, c, err := a.taken(ctx)
	if err != nil {
		return err
	}
	var forgeries []forgery
	if err := json.Unmarshal(known, &forgeries); err != nil {
		return err
	}
	front := c.header + "." + c.payload + "."
	forgeries = append(forgeries,
		forgery{"one bit of the payload", c.header + "." + flipped(c.payload) + "." + c.signature},
		forgery{"one bit of the header", flipped(c.header) + "." + c.payload + "." + c.signature},
		forgery{"one bit of the signature", front + flipped(c.signature)},
		forgery{"the signature cut", front + c.signature[:len(c.signature)-4]},
		forgery{"the signature longer", front + c.signature + "AAAA"},
		forgery{"no signature", front},
		forgery{"two segments", c.header + "." + c.payload},
		forgery{"four segments", t.access + ".AAAA"},
		forgery{"a role written in", c.header + "." + withMember(c.payload, `"roles":["admin"]`) + "." + c.signature},
		forgery{"another subject", c.header + "." + withMember(c.payload, `"sub":"00000000-0000-4000-8000-000000000000"`) + "." + c.signature},
	)
	return a.refuses(ctx, t, forgeries)
}

// flipped changes a bit in the middle of a segment.
func flipped(segment string) string {
	raw, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil || len(raw) == 0 {
		return segment + "A"
	}
	raw[len(raw)/2] ^= 1
	return base64.RawURLEncoding.EncodeToString(raw)
}

// withMember puts a member behind the others of an object, maybe a second time.
func withMember(segment, member string) string {
	raw, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		return segment
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.TrimSuffix(string(raw), "}") + "," + member + "}"))
}

func trySpelling(ctx context.Context, a *attempt) error {
	t, c, err := a.taken(ctx)
	if err != nil {
		return err
	}
	front := c.header + "." + c.payload + "."
	forgeries := []forgery{
		{"padded with ==", t.access + "=="},
		{"padded with =", t.access + "="},
		{"a dot behind", t.access + "."},
		{"a space within", front + " " + c.signature},
		{"a comma behind", t.access + ","},
		{"in quotes", `"` + t.access + `"`},
	}
	if other := unusedBit(c.signature); other != c.signature {
		forgeries = append(forgeries, forgery{"unused bits of the signature", front + other})
	}
	if other := strings.NewReplacer("-", "+", "_", "/").Replace(c.signature); other != c.signature {
		forgeries = append(forgeries, forgery{"the standard alphabet", front + other})
	}
	return a.refuses(ctx, t, forgeries)
}

// unusedBit sets a bit of the last character that no byte has, if there is one.
func unusedBit(segment string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, segment[len(segment)-1])
	if len(segment)%4 < 2 || last < 0 {
		return segment
	}
	return segment[:len(segment)-1] + string(alphabet[last^1])
}

// lateness is how long an instance may take a token for good after its time.
const lateness = 5 * time.Second

func tryExpired(ctx context.Context, a *attempt) error {
	_, t, err := a.living(ctx)
	if err != nil {
		return err
	}
	switch {
	case t.expiresIn == 0:
		return broken("sign-in was answered without expires_in")
	case t.expiresIn > a.options.MaxWait:
		return untried("access tokens live for %v, longer than --max-wait %v", t.expiresIn, a.options.MaxWait)
	}
	if err := a.wait(ctx, t.expiresIn, "the access token expires"); err != nil {
		return err
	}
	for late := time.Duration(0); late < lateness; late += time.Second {
		ok, err := a.alive(ctx, t.access, "")
		if err != nil || !ok {
			return err
		}
		if err := a.wait(ctx, time.Second, "clocks may differ"); err != nil {
			return err
		}
	}
	return broken("the access token still works %v after it expired", lateness)
}
