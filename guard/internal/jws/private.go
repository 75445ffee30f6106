// Code generated from internal/jws by tools/gen. DO NOT EDIT.

package jws

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
)

// Private signs by its one algorithm. It is immutable and safe for concurrent
// use.
type Private struct {
	public *Public
	key    any
}

// NewPrivate pins key (an *ecdsa.PrivateKey, ed25519.PrivateKey,
// *rsa.PrivateKey, or for HS256 a []byte) to algorithm, under the conditions of
// [NewPublic].
func NewPrivate(algorithm string, key any) (*Private, error) {
	half := key
	if pair, ok := key.(crypto.Signer); ok {
		half = pair.Public()
	}
	switch key.(type) {
	case *ecdsa.PrivateKey, ed25519.PrivateKey, *rsa.PrivateKey, []byte:
	default:
		return nil, errors.New("not a private key")
	}
	public, err := NewPublic(algorithm, half)
	if err != nil {
		return nil, err
	}
	return &Private{public: public, key: key}, nil
}

// Algorithm is the one that the key is for.
func (p *Private) Algorithm() string { return p.public.algorithm }

// Public is what verifies; for HS256 it holds the shared key.
func (p *Private) Public() *Public { return p.public }

// Sign gives the JWS signature of input (RFC 7515 §5.1).
func (p *Private) Sign(input []byte) ([]byte, error) {
	sum := sha256.Sum256(input)
	switch key := p.key.(type) {
	case *ecdsa.PrivateKey:
		return signES256(key, sum[:])
	case ed25519.PrivateKey:
		return ed25519.Sign(key, input), nil
	case *rsa.PrivateKey:
		return rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	case []byte:
		mac := hmac.New(sha256.New, key)
		mac.Write(input)
		return mac.Sum(nil), nil
	}
	return nil, errors.New("not a private key")
}

// signES256 gives r and s side by side (RFC 7518 §3.4), with the smaller of the
// two values of s that verify: see [Public.Canonical].
func signES256(key *ecdsa.PrivateKey, sum []byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, key, sum)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	sig := make([]byte, 2*es256Bytes)
	r.FillBytes(sig[:es256Bytes])
	if s.FillBytes(sig[es256Bytes:]); !lowS(sig[es256Bytes:]) {
		s.Sub(key.Params().N, s).FillBytes(sig[es256Bytes:])
	}
	return sig, nil
}

// Signer is a private key that says what it is for.
type Signer interface {
	Algorithm() string
	Sign(input []byte) ([]byte, error)
}

// Compact writes a JWS in compact form (RFC 7515 §7.1).
func Compact(key Signer, kid, typ string, payload []byte) (string, error) {
	header, err := json.Marshal(struct {
		Algorithm string `json:"alg"`
		KeyID     string `json:"kid"`
		Type      string `json:"typ,omitempty"`
	}{key.Algorithm(), kid, typ})
	if err != nil {
		return "", fmt.Errorf("write header: %w", err)
	}
	input := Encode(header) + "." + Encode(payload)
	sig, err := key.Sign([]byte(input))
	if err != nil {
		return "", err
	}
	return input + "." + Encode(sig), nil
}
