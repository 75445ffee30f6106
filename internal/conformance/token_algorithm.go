package conformance

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"strings"
)

const pathJWKS = "/.well-known/jwks.json"

func tryAlgorithm(ctx context.Context, a *attempt) error {
	t, c, err := a.taken(ctx)
	if err != nil {
		return err
	}
	var forgeries []forgery
	for _, none := range []string{"none", "None", "NONE", "nOnE", ""} {
		header := c.renamed(none)
		forgeries = append(forgeries,
			forgery{fmt.Sprintf("alg %q without a signature", none), header + "." + c.payload + "."},
			forgery{fmt.Sprintf("alg %q with the signature of the true token", none), header + "." + c.payload + "." + c.signature},
		)
	}
	forgeries = append(forgeries,
		forgery{"alg twice, the second none", withMember(c.header, `"alg":"none"`) + "." + c.payload + "."},
		forgery{"HS256 with the empty key", c.shared(nil)},
	)
	secrets, missing := a.publicKey(ctx, c.key)
	for name, secret := range secrets {
		forgeries = append(forgeries, forgery{"HS256 with the public key as " + name, c.shared(secret)})
	}
	if err := a.refuses(ctx, t, forgeries); err != nil {
		return err
	}
	if missing != nil {
		a.finding += "; HS256 with the public key was left out: " + missing.Error()
	}
	return nil
}

// renamed is the header with another algorithm.
func (c compact) renamed(algorithm string) string {
	raw, err := base64.RawURLEncoding.DecodeString(c.header)
	if err != nil {
		return c.header
	}
	name, err := json.Marshal(algorithm)
	if err != nil {
		return c.header
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(raw), `"`+c.algorithm+`"`, string(name), 1)))
}

// shared signs the payload with HS256.
func (c compact) shared(secret []byte) string {
	text := c.renamed("HS256") + "." + c.payload
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// publicKey gives the spellings of a published key that a careless verifier could
// take for a shared secret.
func (a *attempt) publicKey(ctx context.Context, id string) (map[string][]byte, error) {
	got, err := a.call(ctx, request{method: http.MethodGet, path: pathJWKS})
	if err != nil {
		return nil, err
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(got.body, &set); err != nil || !got.ok() {
		return nil, fmt.Errorf("%s has no keys", pathJWKS)
	}
	for _, raw := range set.Keys {
		var k jwk
		if json.Unmarshal(raw, &k) != nil || k.ID != id {
			continue
		}
		public, err := k.public()
		if err != nil {
			return nil, err
		}
		der, err := x509.MarshalPKIXPublicKey(public)
		if err != nil {
			return nil, err
		}
		text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
		return map[string][]byte{
			"PEM": text, "PEM without its last line end": text[:len(text)-1], "DER": der, "a JWK": raw,
		}, nil
	}
	return nil, fmt.Errorf("%s has no key %q", pathJWKS, id)
}

// jwk is a public key of RFC 7517.
type jwk struct {
	Kind  string `json:"kty"`
	ID    string `json:"kid"`
	Curve string `json:"crv"`
	X     b64    `json:"x"`
	Y     b64    `json:"y"`
	N     b64    `json:"n"`
	E     b64    `json:"e"`
}

// b64 is bytes in base64url.
type b64 []byte

func (b *b64) UnmarshalText(text []byte) (err error) {
	*b, err = base64.RawURLEncoding.DecodeString(string(text))
	return err
}

func (k jwk) public() (any, error) {
	switch {
	case k.Kind == "EC" && k.Curve == "P-256" && len(k.X) == 32 && len(k.Y) == 32:
		return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, k.X...), k.Y...))
	case k.Kind == "OKP" && k.Curve == "Ed25519" && len(k.X) == ed25519.PublicKeySize:
		return ed25519.PublicKey(k.X), nil
	case k.Kind == "RSA" && len(k.N) > 0 && len(k.E) > 0 && len(k.E) < 5:
		return &rsa.PublicKey{N: new(big.Int).SetBytes(k.N), E: int(new(big.Int).SetBytes(k.E).Int64())}, nil
	default:
		return nil, errors.New("the published key is of a kind that is not known here")
	}
}
