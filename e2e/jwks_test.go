package e2e_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// keySet turns an answer with a JWK set (RFC 7517) into a key function.
func keySet(t *testing.T, a apptest.Answer) jwt.Keyfunc {
	t.Helper()
	var set struct {
		Keys []struct{ Kty, Kid, Crv, X, Y, N, E string }
	}
	a.Read(t, &set)
	keys := map[string]any{}
	for _, k := range set.Keys {
		switch k.Kty {
		case "EC":
			point := append(append([]byte{4}, octets(t, k.X)...), octets(t, k.Y)...)
			key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
			if err != nil {
				t.Fatal(err)
			}
			keys[k.Kid] = key
		case "OKP":
			keys[k.Kid] = ed25519.PublicKey(octets(t, k.X))
		case "RSA":
			keys[k.Kid] = &rsa.PublicKey{N: number(t, k.N), E: int(number(t, k.E).Int64())}
		}
	}
	return func(token *jwt.Token) (any, error) {
		kid, _ := token.Header["kid"].(string)
		if k, ok := keys[kid]; ok {
			return k, nil
		}
		return nil, errors.New("no such key")
	}
}

func octets(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func number(t *testing.T, s string) *big.Int {
	t.Helper()
	return new(big.Int).SetBytes(octets(t, s))
}

// noSecretInLog greps the whole log of the server for everything that was
// remembered. Every world does so at its end.
func (w *world) noSecretInLog(t *testing.T) {
	t.Helper()
	log := w.log()
	w.secretsMu.Lock()
	defer w.secretsMu.Unlock()
	for s := range w.secrets {
		if s != "" && strings.Contains(log, s) {
			t.Errorf("the log shows the secret %.12s...", s)
		}
	}
}
