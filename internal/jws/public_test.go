package jws

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"slices"
	"testing"
)

func TestNewPublicRefusesUnfitKeys(t *testing.T) {
	t.Parallel()
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	modulus := new(big.Int).SetBit(big.NewInt(1), 2047, 1)
	tests := []struct {
		name string
		alg  string
		key  any
	}{
		{"another curve", ES256, &p384.PublicKey},
		{"a private key", ES256, p256},
		{"an elliptic key as shared key", HS256, &p256.PublicKey},
		{"bytes as elliptic key", ES256, make([]byte, 64)},
		{"a short Ed25519 key", EdDSA, make([]byte, 31)},
		{"a short shared key", HS256, make([]byte, 31)},
		{"no shared key", HS256, []byte(nil)},
		{"small RSA", RS256, &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 1023, 1), E: 65537}},
		{"RSA with exponent 1", RS256, &rsa.PublicKey{N: modulus, E: 1}},
		{"RSA with exponent 3", RS256, &rsa.PublicKey{N: modulus, E: 3}},
		{"RSA with an even exponent", RS256, &rsa.PublicKey{N: modulus, E: 65538}},
		{"giant RSA", RS256, &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 16383, 1), E: 65537}},
		{"no algorithm", "none", make([]byte, 32)},
		{"an algorithm that is not ours", "ES384", &p384.PublicKey},
		{"nothing", RS256, nil},
	}
	for _, test := range tests {
		if _, err := NewPublic(test.alg, test.key); err == nil {
			t.Errorf("%s was taken for %s", test.name, test.alg)
		}
	}
	if _, err := NewPublic(ES256, &p256.PublicKey); err != nil {
		t.Errorf("a good key was refused: %v", err)
	}
}

func TestCanonicalKnowsTheSecondSpellingOfASignature(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, err := NewPrivate(ES256, key)
	if err != nil {
		t.Fatal(err)
	}
	k := private.Public()
	for range 50 {
		sig, err := private.Sign([]byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		order := elliptic.P256().Params().N
		s := new(big.Int).Sub(order, new(big.Int).SetBytes(sig[32:]))
		other := append(slices.Clone(sig[:32]), s.FillBytes(make([]byte, 32))...)
		if !k.Verify([]byte("x"), other) {
			t.Fatal("the second spelling does not even verify")
		}
		if !k.Canonical(sig) || k.Canonical(other) {
			t.Fatalf("canonical: ours %v, the second spelling %v", k.Canonical(sig), k.Canonical(other))
		}
	}
}
