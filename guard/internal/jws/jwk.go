// Code generated from internal/jws by tools/gen. DO NOT EDIT.

package jws

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// maxKeys bounds a set of keys. A server publishes two or three.
const maxKeys = 64

var (
	errKeySet = errors.New("not a JWK set")
	errKey    = errors.New("not a public key for signatures of ours")
)

// ParseSet reads a JWK set (RFC 7517 §5) and gives its keys by kid. A key that
// is not for verifying signatures by one of the asymmetric algorithms of this
// package, or that does not say which, is left out (RFC 7517 §5): so is one that
// is unfit (see [NewPublic]), private or shared. A kid that stands twice makes
// the set unfit, because it then selects nothing.
func ParseSet(text []byte) (map[string]*Public, error) {
	set, err := parseMembers(string(text))
	if err != nil {
		return nil, err
	}
	list, err := parseArray(set.Get("keys"))
	if err != nil || len(list) > maxKeys {
		return nil, errKeySet
	}
	found, seen := map[string]*Public{}, map[string]bool{}
	for _, jwk := range list {
		members, err := parseMembers(jwk)
		if err != nil {
			return nil, errKeySet
		}
		kid, err := parseString(members.Get("kid"))
		if err != nil {
			continue
		}
		if seen[kid] {
			return nil, fmt.Errorf("%w: a kid stands twice", errKeySet)
		}
		seen[kid] = true
		if key, err := parseKey(members); err == nil {
			found[kid] = key
		}
	}
	return found, nil
}

// parseKey reads one JWK.
func parseKey(members Members) (*Public, error) {
	r := reader{members: members}
	if !forVerifying(members) {
		return nil, errKey
	}
	var key any
	algorithm, kind := r.text("alg"), r.text("kty")
	switch {
	case kind == "EC" && algorithm == ES256 && r.text("crv") == "P-256":
		point, err := parsePoint(r.bytes("x"), r.bytes("y"))
		if err != nil {
			return nil, err
		}
		key = point
	case kind == "OKP" && algorithm == EdDSA && r.text("crv") == "Ed25519":
		key = ed25519.PublicKey(r.bytes("x"))
	case kind == "RSA" && algorithm == RS256:
		modulus, err := parseModulus(r.bytes("n"), r.bytes("e"))
		if err != nil {
			return nil, err
		}
		key = modulus
	default:
		return nil, errKey
	}
	if r.err != nil {
		return nil, r.err
	}
	return NewPublic(algorithm, key)
}

// parsePoint reads a point of P-256 (RFC 7518 §6.2.1): both coordinates at their
// full length.
func parsePoint(x, y []byte) (*ecdsa.PublicKey, error) {
	if len(x) != es256Bytes || len(y) != es256Bytes {
		return nil, errKey
	}
	point, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, x, y))
	if err != nil {
		return nil, errKey
	}
	return point, nil
}

// parseModulus reads an RSA key (RFC 7518 §6.3.1): both numbers without leading
// zeros.
func parseModulus(n, e []byte) (*rsa.PublicKey, error) {
	if len(n) == 0 || len(e) == 0 || len(e) > 4 || n[0] == 0 || e[0] == 0 {
		return nil, errKey
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}, nil
}

// forVerifying reports whether a JWK is a public one that may verify signatures
// (RFC 7517 §4.2, §4.3).
func forVerifying(members Members) bool {
	if members.Get("d") != "" {
		return false
	}
	if use := members.Get("use"); use != "" && use != `"sig"` {
		return false
	}
	operations := members.Get("key_ops")
	if operations == "" {
		return true
	}
	list, err := parseArray(operations)
	return err == nil && slices.Contains(list, `"verify"`)
}

// JWK is the key as RFC 7517 writes it, nil for HS256.
func (p *Public) JWK(kid string) ([]byte, error) {
	type jwk struct {
		Use       string `json:"use"`
		Type      string `json:"kty"`
		KeyID     string `json:"kid"`
		Curve     string `json:"crv,omitempty"`
		Algorithm string `json:"alg"`
		X         string `json:"x,omitempty"`
		Y         string `json:"y,omitempty"`
		N         string `json:"n,omitempty"`
		E         string `json:"e,omitempty"`
	}
	members, err := p.members()
	if err != nil || members == nil {
		return nil, err
	}
	return json.Marshal(jwk{
		Use: "sig", KeyID: kid, Algorithm: p.algorithm, Type: members["kty"], Curve: members["crv"],
		X: members["x"], Y: members["y"], N: members["n"], E: members["e"],
	})
}

// Thumbprint is the SHA-256 thumbprint of RFC 7638, in base64url. A shared key
// has none: it would tell something about the key (RFC 7638 §7).
func (p *Public) Thumbprint() (string, error) {
	members, err := p.members()
	if err != nil {
		return "", err
	}
	if members == nil {
		return "", errors.New("a shared key has no thumbprint")
	}
	text, err := json.Marshal(members) // names in order, no space: RFC 7638 §3
	if err != nil {
		return "", fmt.Errorf("write thumbprint: %w", err)
	}
	sum := sha256.Sum256(text)
	return Encode(sum[:]), nil
}

// members are those that RFC 7638 §3.2 requires, nil for a shared key.
func (p *Public) members() (map[string]string, error) {
	switch key := p.key.(type) {
	case *ecdsa.PublicKey:
		point, err := key.Bytes()
		if err != nil {
			return nil, fmt.Errorf("write point: %w", err)
		}
		return map[string]string{
			"kty": "EC", "crv": "P-256", "x": Encode(point[1 : 1+es256Bytes]), "y": Encode(point[1+es256Bytes:]),
		}, nil
	case ed25519.PublicKey:
		return map[string]string{"kty": "OKP", "crv": "Ed25519", "x": Encode(key)}, nil
	case *rsa.PublicKey:
		return map[string]string{
			"kty": "RSA", "n": Encode(key.N.Bytes()), "e": Encode(big.NewInt(int64(key.E)).Bytes()),
		}, nil
	}
	return nil, nil
}
