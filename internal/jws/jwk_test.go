package jws

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// newPrivate makes a key for an algorithm.
func newPrivate(tb testing.TB, algorithm string) *Private {
	tb.Helper()
	var key any
	var err error
	switch algorithm {
	case ES256:
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case EdDSA:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	case RS256:
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	case HS256:
		key = bytes.Repeat([]byte{7}, 32)
	}
	if err != nil {
		tb.Fatal(err)
	}
	private, err := NewPrivate(algorithm, key)
	if err != nil {
		tb.Fatal(err)
	}
	return private
}

func TestGoJoseReadsOurKeysAndSignatures(t *testing.T) {
	t.Parallel()
	for _, algorithm := range []string{ES256, EdDSA, RS256} {
		private := newPrivate(t, algorithm)
		text, err := private.Public().JWK("k")
		if err != nil {
			t.Fatal(err)
		}
		var theirs jose.JSONWebKey
		if err := theirs.UnmarshalJSON(text); err != nil {
			t.Fatalf("%s: the second opinion on %s is %v", algorithm, text, err)
		}
		if theirs.KeyID != "k" || theirs.Algorithm != algorithm || theirs.Use != "sig" || !theirs.IsPublic() {
			t.Errorf("%s: go-jose reads kid %q, alg %q, use %q", algorithm, theirs.KeyID, theirs.Algorithm, theirs.Use)
		}
		want, err := theirs.Thumbprint(crypto.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := private.Public().Thumbprint(); err != nil || got != Encode(want) {
			t.Errorf("%s: thumbprint %s (%v), go-jose says %s", algorithm, got, err, Encode(want))
		}
		raw, err := Compact(private, "k", TypeAccessToken, []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(algorithm)})
		if err != nil {
			t.Fatal(err)
		}
		if payload, err := signed.Verify(theirs); err != nil || string(payload) != "{}" {
			t.Errorf("%s: go-jose verifies %q (%v)", algorithm, payload, err)
		}
	}
}

func TestASetGivesTheKeysThatItPublishes(t *testing.T) {
	t.Parallel()
	for _, algorithm := range []string{ES256, EdDSA, RS256} {
		private := newPrivate(t, algorithm)
		text, err := private.Public().JWK("k")
		if err != nil {
			t.Fatal(err)
		}
		set, err := ParseSet([]byte(`{"keys":[` + string(text) + `]}`))
		if err != nil || set["k"] == nil || set["k"].Algorithm() != algorithm {
			t.Fatalf("%s: %v (%v)", algorithm, set, err)
		}
		raw, err := Compact(private, "k", TypeAccessToken, []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(raw, MaxToken)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Verify(set["k"]); err != nil {
			t.Errorf("%s: %v", algorithm, err)
		}
	}
	if text, err := newPrivate(t, HS256).Public().JWK("k"); text != nil || err != nil {
		t.Errorf("a shared key is written as %s (%v)", text, err)
	}
	if thumb, err := newPrivate(t, HS256).Public().Thumbprint(); err == nil {
		t.Errorf("a shared key has the thumbprint %s", thumb)
	}
}

func TestASetLeavesOutKeysThatAreNotForTokens(t *testing.T) {
	t.Parallel()
	text, err := newPrivate(t, ES256).Public().JWK("k")
	if err != nil {
		t.Fatal(err)
	}
	good := string(text)
	for name, jwk := range map[string]string{
		"for encryption":       strings.Replace(good, `"sig"`, `"enc"`, 1),
		"no alg":               strings.Replace(good, `"alg":"ES256",`, "", 1),
		"another alg":          strings.Replace(good, "ES256", "RS256", 1),
		"another curve":        strings.Replace(good, "P-256", "P-384", 1),
		"no kid":               strings.Replace(good, `"kid":"k",`, "", 1),
		"kid a number":         strings.Replace(good, `"kid":"k"`, `"kid":1`, 1),
		"a private half":       strings.Replace(good, `"crv"`, `"d":"AA","crv"`, 1),
		"only signs":           strings.Replace(good, `"crv"`, `"key_ops":["sign"],"crv"`, 1),
		"padded":               strings.Replace(good, `","y"`, `=","y"`, 1),
		"off the curve":        good[:strings.Index(good, `"x"`)] + `"x":"` + Encode(make([]byte, 32)) + `","y":"` + Encode(make([]byte, 32)) + `"}`,
		"short":                good[:strings.Index(good, `"x"`)] + `"x":"AA","y":"AA"}`,
		"shared":               `{"kty":"oct","kid":"k","alg":"HS256","k":"` + Encode(make([]byte, 32)) + `"}`,
		"small RSA":            `{"kty":"RSA","kid":"k","alg":"RS256","n":"` + Encode(bytes.Repeat([]byte{255}, 128)) + `","e":"AQAB"}`,
		"RSA with exponent 1":  `{"kty":"RSA","kid":"k","alg":"RS256","n":"` + Encode(bytes.Repeat([]byte{255}, 256)) + `","e":"AQ"}`,
		"RSA of another alg":   `{"kty":"RSA","kid":"k","alg":"PS256","n":"` + Encode(bytes.Repeat([]byte{255}, 256)) + `","e":"AQAB"}`,
		"short Ed25519":        `{"kty":"OKP","kid":"k","crv":"Ed25519","alg":"EdDSA","x":"AAAA"}`,
		"Ed25519 of X25519":    `{"kty":"OKP","kid":"k","crv":"X25519","alg":"EdDSA","x":"` + Encode(make([]byte, 32)) + `"}`,
		"a kind of the future": `{"kty":"AKP","kid":"k","alg":"ML-DSA-65","pub":"AA"}`,
	} {
		set, err := ParseSet([]byte(`{"keys":[` + jwk + `]}`))
		if err != nil || len(set) != 0 {
			t.Errorf("%s: %d keys (%v)", name, len(set), err)
		}
	}
	other := strings.Replace(good, `"k"`, `"other"`, 1)
	if set, err := ParseSet([]byte(`{"keys":[{"kty":"AKP","kid":"new"},` + good + `,` + other + `],"later":1}`)); err != nil || len(set) != 2 {
		t.Errorf("beside a key of the future: %d keys (%v)", len(set), err)
	}
}

func TestASetIsRefusedWhole(t *testing.T) {
	t.Parallel()
	text, err := newPrivate(t, ES256).Public().JWK("k")
	if err != nil {
		t.Fatal(err)
	}
	good := string(text)
	for name, set := range map[string]string{
		"nothing":          "",
		"no keys":          `{}`,
		"keys an object":   `{"keys":{}}`,
		"a key a string":   `{"keys":["k"]}`,
		"a kid twice":      `{"keys":[` + good + `,` + good + `]}`,
		"keys twice":       `{"keys":[],"keys":[` + good + `]}`,
		"a member twice":   `{"keys":[{"kid":"x",` + good[1:] + `]}`,
		"more than anyone": `{"keys":[` + strings.TrimSuffix(strings.Repeat("{},", maxKeys+1), ",") + `]}`,
	} {
		if found, err := ParseSet([]byte(set)); err == nil {
			t.Errorf("%s gives %d keys", name, len(found))
		}
	}
}
