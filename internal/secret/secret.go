// Package secret makes, hashes, seals and authenticates secrets.
//
// It owns the operator's secret key ([Keyring]) and derives every working key
// from it by HKDF-SHA-256 (RFC 5869), one per purpose, so that a key made for
// one thing never serves another. Sealed values are AES-256-GCM with a random
// nonce; they carry the identifier of the key and are bound to the place where
// they are stored (table, column, row), so that a value moved to another row
// does not open.
//
// It never logs, and nothing in it prints a secret.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
)

// One-time tokens start with a prefix that names their purpose and a version
// byte, so that a leaked one can be recognised and the form can change.
const (
	tokenVersion = 1
	tokenBytes   = 32 // 256 random bits
)

// Bytes returns n random bytes.
func Bytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand.Read never fails: it ends the process instead
	return b
}

// Encode is base64url without padding, the only text form of bytes in Sallyport
// (RFC 4648 §5).
func Encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Decode is the strict inverse of [Encode]: unused bits must be zero, and line
// ends or padding are refused, so that a value has exactly one spelling.
func Decode(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, errors.New("decode base64url: line end")
	}
	return base64.RawURLEncoding.Strict().DecodeString(s)
}

// NewToken returns a one-time token of 256 random bits that starts with prefix,
// and the hash to store.
func NewToken(prefix string) (token, hash string) {
	token = prefix + Encode(append([]byte{tokenVersion}, Bytes(tokenBytes)...))
	return token, Hash(token)
}

// WellFormed reports whether token could have come from [NewToken] with prefix.
// It saves a look-up for garbage.
func WellFormed(token, prefix string) bool {
	rest, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return false
	}
	b, err := Decode(rest)
	return err == nil && len(b) == 1+tokenBytes && b[0] == tokenVersion
}

// Hash is what is stored of a one-time token: its SHA-256 in base64url. The
// token holds 256 random bits, so a slow hash would add nothing.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return Encode(sum[:])
}
