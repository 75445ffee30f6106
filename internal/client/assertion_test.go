package client_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	issuer   = "http://localhost:8080"
	endpoint = issuer + "/oauth2/token"
)

// signer is a key of a client.
type signer struct {
	kid string
	*jws.Private
}

func newSigner(t *testing.T, kid, algorithm string) signer {
	t.Helper()
	var key any
	var err error
	switch algorithm {
	case jws.ES256:
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case jws.EdDSA:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	case jws.RS256:
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		t.Fatal(err)
	}
	return signer{kid, roomtest.Must(jws.NewPrivate(algorithm, key))}
}

// jwks is a JWK set of the public halves.
func jwks(t *testing.T, signers ...signer) []byte {
	t.Helper()
	list := make([]string, len(signers))
	for n, s := range signers {
		list[n] = string(roomtest.Must(s.Public().JWK(s.kid)))
	}
	return []byte(`{"keys":[` + strings.Join(list, ",") + `]}`)
}

// claims are what an assertion says.
type claims map[string]any

// says is an assertion of a client in good order, with changes: a duration is a time
// that far ahead, and nil takes a member away.
func (w world) says(clientID string, change claims) claims {
	all := claims{"iss": clientID, "sub": clientID, "aud": issuer, "jti": id.Random(), "exp": time.Minute, "iat": time.Duration(0)}
	maps.Copy(all, change)
	for name, v := range all {
		if ahead, ok := v.(time.Duration); ok {
			all[name] = w.Clock.Now().Add(ahead).Unix()
		}
	}
	maps.DeleteFunc(all, func(_ string, v any) bool { return v == nil })
	return all
}

func (s signer) sign(t *testing.T, typ string, said claims) string {
	t.Helper()
	return roomtest.Must(jws.Compact(s, s.kid, typ, roomtest.Must(json.Marshal(said))))
}

// asserts authenticates by an assertion.
func (w world) asserts(t *testing.T, clientID, assertion string) error {
	t.Helper()
	got, err := w.Clients.Authenticate(t.Context(), client.Credentials{
		ClientID: clientID, Assertion: assertion, Method: client.PrivateKeyJWT, Audiences: []string{issuer, endpoint},
	}, roomtest.Origin())
	if err == nil && got.ClientID != "batch" {
		t.Errorf("the assertion lets %q in", got.ClientID)
	}
	return err
}

// withKeys makes the client batch.
func (w world) withKeys(t *testing.T, signers ...signer) client.Made {
	t.Helper()
	made, err := w.Clients.Make(t.Context(), client.Draft{Name: "Batch", ClientID: "batch", JWKS: jwks(t, signers...)}, audit.Operator{})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestAClientProvesItselfByItsKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	signers := []signer{newSigner(t, "p-256", jws.ES256), newSigner(t, "ed25519", jws.EdDSA), newSigner(t, "rsa", jws.RS256)}
	if made := w.withKeys(t, signers...); made.Secret != "" || made.AuthMethod != client.PrivateKeyJWT {
		t.Errorf("made is %+v", made)
	}
	for _, s := range signers {
		for name, change := range map[string]claims{
			"for the issuer":            nil,
			"for the endpoint":          {"aud": endpoint},
			"for a list of one":         {"aud": []string{issuer}},
			"for five minutes":          {"exp": 5 * time.Minute},
			"without iat":               {"iat": nil},
			"with nbf":                  {"nbf": time.Duration(0)},
			"from a clock that is fast": {"iat": 30 * time.Second},
			"with what nobody knows":    {"scope": "x"},
		} {
			if err := w.asserts(t, "", s.sign(t, "", w.says("batch", change))); err != nil {
				t.Errorf("%s, %s: %v", s.kid, name, err)
			}
		}
		for _, typ := range []string{"JWT", "client-authentication+jwt"} {
			if err := w.asserts(t, "batch", s.sign(t, typ, w.says("batch", nil))); err != nil {
				t.Errorf("%s of the type %s: %v", s.kid, typ, err)
			}
		}
	}
	shown, err := w.Clients.Show(t.Context(), "batch")
	if got := fmt.Sprint(shown.Keys); err != nil || got != "[{ed25519 EdDSA} {p-256 ES256} {rsa RS256}]" || len(shown.Secrets) != 0 {
		t.Errorf("shown are %s, %v (%v)", got, shown.Secrets, err)
	}
}

func TestAssertionsThatLetNobodyIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s, other := newSigner(t, "a", jws.ES256), newSigner(t, "a", jws.ES256)
	w.withKeys(t, s)
	by := func(s signer, typ, clientID string, change claims) func() string {
		return func() string { return s.sign(t, typ, w.says(clientID, change)) }
	}
	good := func(change claims) func() string { return by(s, "", "batch", change) }
	written := func(change claims, from, to string) func() string {
		return func() string {
			text := strings.Replace(string(roomtest.Must(json.Marshal(w.says("batch", change)))), from, to, 1)
			return roomtest.Must(jws.Compact(s, "a", "", []byte(text)))
		}
	}
	bare := func(header, signature string) func() string {
		return func() string {
			return jws.Encode([]byte(header)) + "." + jws.Encode(roomtest.Must(json.Marshal(w.says("batch", nil)))) + "." + signature
		}
	}
	shared := signer{"a", roomtest.Must(jws.NewPrivate(jws.HS256, jwks(t, s)))}
	for name, c := range map[string]struct {
		clientID  string
		assertion func() string
		reason    string
	}{
		"nothing":                   {"batch", func() string { return "" }, "malformed_assertion"},
		"garbage":                   {"batch", func() string { return "a.b.c" }, "malformed_assertion"},
		"no algorithm":              {"", bare(`{"alg":"none","kid":"a"}`, "AA"), "wrong_signature"},
		"no signature":              {"", bare(`{"alg":"ES256","kid":"a"}`, ""), "malformed_assertion"},
		"a key in the header":       {"", bare(`{"alg":"ES256","kid":"a","jwk":{}}`, "AA"), "malformed_assertion"},
		"no kid":                    {"", bare(`{"alg":"ES256"}`, "AA"), "malformed_assertion"},
		"the public key as secret":  {"", by(shared, "", "batch", nil), "wrong_signature"},
		"an access token's type":    {"", by(s, "at+jwt", "batch", nil), "malformed_assertion"},
		"another key":               {"", by(other, "", "batch", nil), "wrong_signature"},
		"another kid":               {"", by(signer{"b", s.Private}, "", "batch", nil), "unknown_key"},
		"an unknown client":         {"", by(s, "", "nobody", nil), "unknown_client"},
		"a client with a secret":    {"", by(s, "", "orders", nil), "auth_method"},
		"another in the body":       {"orders", good(nil), "assertion_claims"},
		"another issuer":            {"", good(claims{"iss": "orders"}), "assertion_claims"},
		"another server":            {"", good(claims{"aud": "https://other.example"}), "assertion_claims"},
		"this server and another":   {"", good(claims{"aud": []string{issuer, "https://other.example"}}), "malformed_assertion"},
		"no audience":               {"", good(claims{"aud": nil}), "malformed_assertion"},
		"an empty list":             {"", good(claims{"aud": []string{}}), "malformed_assertion"},
		"no issuer":                 {"", good(claims{"iss": nil}), "malformed_assertion"},
		"no subject":                {"", good(claims{"sub": nil}), "malformed_assertion"},
		"a subject that is no text": {"", good(claims{"sub": 7}), "malformed_assertion"},
		"no jti":                    {"", good(claims{"jti": nil}), "malformed_assertion"},
		"an empty jti":              {"", good(claims{"jti": ""}), "malformed_assertion"},
		"a long jti":                {"", good(claims{"jti": strings.Repeat("x", 257)}), "malformed_assertion"},
		"no exp":                    {"", good(claims{"exp": nil}), "malformed_assertion"},
		"an exp with a fraction":    {"", good(claims{"exp": 7.5}), "malformed_assertion"},
		"an exp that is a text":     {"", good(claims{"exp": "9"}), "malformed_assertion"},
		"a null iat":                {"", written(claims{"iat": 7}, `"iat":7`, `"iat":null`), "malformed_assertion"},
		"a member twice":            {"", written(nil, `{`, `{"sub":"batch",`), "malformed_assertion"},
		"expired":                   {"", good(claims{"exp": time.Duration(0)}), "assertion_lifetime"},
		"too long":                  {"", good(claims{"exp": 5*time.Minute + time.Second}), "assertion_lifetime"},
		"not yet":                   {"", good(claims{"nbf": 2 * time.Minute}), "assertion_lifetime"},
		"issued in the future":      {"", good(claims{"iat": 2 * time.Minute}), "assertion_lifetime"},
	} {
		w.Clock.Advance(2 * time.Minute) // within one, what is alike is counted
		if err := w.asserts(t, c.clientID, c.assertion()); !errors.Is(err, client.ErrInvalidClient) || fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%s: %v", name, err)
		}
		if got := w.Trail(t, audit.KindClientRefused)[0].Reason; got != c.reason {
			t.Errorf("%s: the trail says %s, want %s", name, got, c.reason)
		}
	}
	w.wantSecrets(t, "beside all that", map[string]bool{w.made.Secret: true})
	if err := w.Clients.Disable(t.Context(), "batch", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(2 * time.Minute)
	kept := good(nil)()
	if err := w.asserts(t, "", kept); !errors.Is(err, client.ErrInvalidClient) || w.Trail(t, audit.KindClientRefused)[0].Reason != "disabled_client" {
		t.Errorf("disabled: %v", err)
	}
	if err := w.Clients.Enable(t.Context(), "batch", audit.Operator{}); err != nil {
		t.Fatal(err)
	}
	if err := w.asserts(t, "", kept); err != nil {
		t.Errorf("what was refused was used up: %v", err)
	}
}

// TestAnAssertionLetsInOnce at two instances together, in either of its spellings.
func TestAnAssertionLetsInOnce(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		url := fleettest.Database(t, engine)
		w := worldIn(t, roomtest.On(t, url))
		st := roomtest.Must(store.Open(t.Context(), store.Options{URL: url, Clock: w.Clock, Patience: 20 * time.Second}))
		t.Cleanup(func() { _ = st.Close() })
		second := world{House: &roomtest.House{Clock: w.Clock, Clients: client.New(client.Options{
			Store: st, Trail: audit.New(w.Clock), Clock: w.Clock, Log: slog.New(slog.DiscardHandler),
		})}}
		s := newSigner(t, "a", jws.ES256)
		w.withKeys(t, s)
		said := w.says("batch", nil)
		assertion := s.sign(t, "", said)
		turn := make(chan world, 32)
		for range 16 {
			turn <- w
			turn <- second
		}
		in := 0
		for _, err := range roomtest.Race(32, func() error { return (<-turn).asserts(t, "", assertion) }) {
			switch {
			case err == nil:
				in++
			case !errors.Is(err, client.ErrInvalidClient):
				t.Error(err)
			}
		}
		if in != 1 {
			t.Errorf("an assertion lets in %d of 32 racers, want 1", in)
		}
		if err := w.asserts(t, "", other(t, assertion)); !errors.Is(err, client.ErrInvalidClient) {
			t.Errorf("its other spelling: %v", err)
		}
		for _, e := range w.Trail(t, audit.KindClientRefused) {
			if e.Reason != "assertion_replayed" {
				t.Errorf("the trail says %s", e.Reason)
			}
		}
		said["jti"] = "another"
		if err := second.asserts(t, "", other(t, s.sign(t, "", said))); err != nil {
			t.Errorf("a signature that our own would not have: %v", err)
		}
		found, known := w.Clients.Recognize(t.Context(), client.Credentials{Assertion: assertion, Method: client.PrivateKeyJWT})
		if known {
			t.Errorf("an assertion is remembered: %+v", found)
		}
	})
}

// other is the second signature that verifies with ES256: (r, n-s).
func other(t *testing.T, compact string) string {
	t.Helper()
	at := strings.LastIndex(compact, ".") + 1
	sig := roomtest.Must(base64.RawURLEncoding.DecodeString(compact[at:]))
	s := new(big.Int).SetBytes(sig[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(sig[32:])
	return compact[:at] + base64.RawURLEncoding.EncodeToString(sig)
}

func TestTheKeysOfAClientAreReplaced(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(t, roomtest.On(t, fleettest.Database(t, engine)))
		before, after := newSigner(t, "1", jws.EdDSA), newSigner(t, "2", jws.ES256)
		w.withKeys(t, before)
		lets := func(s signer) bool { return w.asserts(t, "", s.sign(t, "", w.says("batch", nil))) == nil }
		if !lets(before) || lets(after) {
			t.Error("the first key is not the one that counts")
		}
		if err := w.Clients.Keys(t.Context(), "batch", jwks(t, before, after), audit.Operator{UserID: "operator"}); err != nil {
			t.Fatal(err)
		}
		if !lets(before) || !lets(after) {
			t.Error("two keys do not count beside each other")
		}
		if err := w.Clients.Keys(t.Context(), "batch", jwks(t, after), audit.Operator{}); err != nil {
			t.Fatal(err)
		}
		if lets(before) || !lets(after) {
			t.Error("a key that was taken away counts")
		}
		if e := w.Trail(t, audit.KindClientKeysReplaced); len(e) != 2 || e[1].ActorID != "operator" || e[0].Details != `{"client_id":"batch"}` {
			t.Errorf("the trail says %+v", e)
		}
		if err := w.Clients.Keys(t.Context(), "orders", jwks(t, after), audit.Operator{}); !errors.Is(err, client.ErrAuthMethod) {
			t.Errorf("keys for a client with a secret: %v", err)
		}
		if err := w.Clients.Keys(t.Context(), "nobody", jwks(t, after), audit.Operator{}); !errors.Is(err, client.ErrUnknown) {
			t.Errorf("keys for nobody: %v", err)
		}
		if _, err := w.Clients.Rotate(t.Context(), "batch", 0, audit.Operator{}); !errors.Is(err, client.ErrAuthMethod) {
			t.Errorf("a secret for a client with keys: %v", err)
		}
		if err := w.asserts(t, "", after.sign(t, "", w.says("batch", nil))); err != nil {
			t.Errorf("after what was refused: %v", err)
		}
	})
}

func TestWhatIsNoKeySetOfAClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := newSigner(t, "a", jws.ES256)
	one := string(jwks(t, s))
	many := make([]signer, 11)
	for n := range many {
		many[n] = signer{strconv.Itoa(n), s.Private}
	}
	w.withKeys(t, s)
	for name, set := range map[string]string{
		"nothing":                 "",
		"no JSON":                 "keys",
		"a key alone":             string(roomtest.Must(s.Public().JWK("a"))),
		"no key":                  `{"keys":[]}`,
		"a private key":           strings.Replace(one, `"use"`, `"d":"AAAA","use"`, 1),
		"a shared key":            `{"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"AAAA"}]}`,
		"a key for encryption":    strings.Replace(one, `"sig"`, `"enc"`, 1),
		"no kid":                  strings.Replace(one, `"kid":"a",`, "", 1),
		"no algorithm":            strings.Replace(one, `"alg":"ES256",`, "", 1),
		"another algorithm":       strings.Replace(one, `"ES256"`, `"PS256"`, 1),
		"a kid twice":             string(jwks(t, s, s)),
		"one that does not count": strings.Replace(one, `]}`, `,{"kty":"oct"}]}`, 1),
		"eleven":                  string(jwks(t, many...)),
		"a long kid":              string(jwks(t, signer{strings.Repeat("k", 201), s.Private})),
	} {
		if err := w.Clients.Keys(t.Context(), "batch", []byte(set), audit.Operator{}); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%s, as a replacement: %v", name, err)
		}
		if _, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", AuthMethod: client.PrivateKeyJWT, JWKS: []byte(set)}, audit.Operator{}); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%s, for a new client: %v", name, err)
		}
	}
	if _, err := w.Clients.Make(t.Context(), client.Draft{Name: "x", AuthMethod: client.SecretBasic, JWKS: []byte(one)}, audit.Operator{}); !errors.Is(err, fault.ErrInvalidInput) {
		t.Errorf("a secret and keys: %v", err)
	}
	if err := w.asserts(t, "", s.sign(t, "", w.says("batch", nil))); err != nil {
		t.Errorf("the keys of before: %v", err)
	}
}
