package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"github.com/go-jose/go-jose/v4"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

// The algorithms that access tokens are signed with (RFC 7518 §3.1, RFC 8037
// §3.1). There are no others.
const (
	ES256 = "ES256"
	EdDSA = "EdDSA"
	RS256 = "RS256"
	HS256 = "HS256"
)

const (
	rsaBits     = 3072 // what we make: 128 bits of strength
	minHMACKey  = 32   // RFC 7518 §3.2: at least the size of the hash
	kidBytes    = 32
	kidLength   = 43 // kidBytes in base64url
	es256Bytes  = 32 // of r and of s
	hs256Prefix = "sallyport v1 kid "
)

// plausible reports whether kid has the form of those that this package makes.
func plausible(kid string) bool {
	if len(kid) != kidLength {
		return false
	}
	_, err := secret.Decode(kid)
	return err == nil
}

type signer func(input []byte) ([]byte, error)

// material is a private key together with its one algorithm and its name.
type material struct {
	algorithm string
	kid       string
	key       any // *ecdsa.PrivateKey, ed25519.PrivateKey, *rsa.PrivateKey or []byte
}

// generate makes a new key pair for an asymmetric algorithm.
func generate(algorithm string) (material, error) {
	var key any
	var err error
	switch algorithm {
	case ES256:
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case EdDSA:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	case RS256:
		key, err = rsa.GenerateKey(rand.Reader, rsaBits)
	default:
		return material{}, unknownAlgorithm(algorithm)
	}
	if err != nil {
		return material{}, fmt.Errorf("generate %s key: %w", algorithm, err)
	}
	return newMaterial(algorithm, key)
}

func unknownAlgorithm(algorithm string) error {
	return fmt.Errorf("algorithm %q is not one of ES256, EdDSA, RS256 and HS256", algorithm)
}

// newMaterial names an asymmetric key by its RFC 7638 thumbprint.
func newMaterial(algorithm string, key any) (material, error) {
	m := material{algorithm: algorithm, key: key}
	if err := m.check(); err != nil {
		return material{}, err
	}
	jwk := jose.JSONWebKey{Key: m.publicKey()}
	thumb, err := jwk.Thumbprint(crypto.SHA256)
	if err != nil {
		return material{}, fmt.Errorf("compute thumbprint: %w", err)
	}
	m.kid = secret.Encode(thumb)
	return m, nil
}

// sharedMaterial names the operator's key for HS256. The turn is 0 unless the
// key was replaced and has come back while its first row is still retiring, or
// the database was restored.
func sharedMaterial(key []byte, turn int64) material {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(hs256Prefix + strconv.FormatInt(turn, 10)))
	return material{algorithm: HS256, kid: secret.Encode(mac.Sum(nil)), key: key}
}

// check refuses a key that does not fit the algorithm.
func (m material) check() error {
	fits := false
	switch key := m.key.(type) {
	case *ecdsa.PrivateKey:
		fits = m.algorithm == ES256
	case ed25519.PrivateKey:
		fits = m.algorithm == EdDSA
	case *rsa.PrivateKey:
		fits = m.algorithm == RS256
	case []byte:
		fits = m.algorithm == HS256 && len(key) >= minHMACKey
	}
	if !fits {
		return fmt.Errorf("the key does not fit %q", m.algorithm)
	}
	return nil
}

// publicKey is what verifies; for HS256 it is the key itself.
func (m material) publicKey() any {
	if pair, ok := m.key.(crypto.Signer); ok {
		return pair.Public()
	}
	return m.key
}

// jwk is the public half as RFC 7517 writes it, nil for HS256.
func (m material) jwk() (json.RawMessage, error) {
	if m.algorithm == HS256 {
		return nil, nil
	}
	text, err := jose.JSONWebKey{Key: m.publicKey(), KeyID: m.kid, Algorithm: m.algorithm, Use: "sig"}.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("write JWK: %w", err)
	}
	return text, nil
}

// private is what is sealed: PKCS #8, or for HS256 the bytes.
func (m material) private() ([]byte, error) {
	if key, ok := m.key.([]byte); ok {
		return key, nil
	}
	der, err := x509.MarshalPKCS8PrivateKey(m.key)
	if err != nil {
		return nil, fmt.Errorf("write private key: %w", err)
	}
	return der, nil
}

func (m material) signer() signer {
	switch key := m.key.(type) {
	case *ecdsa.PrivateKey:
		return func(input []byte) ([]byte, error) { return signES256(key, input) }
	case ed25519.PrivateKey:
		return func(input []byte) ([]byte, error) { return ed25519.Sign(key, input), nil }
	case *rsa.PrivateKey:
		return func(input []byte) ([]byte, error) {
			sum := sha256.Sum256(input)
			return rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
		}
	case []byte:
		return func(input []byte) ([]byte, error) {
			mac := hmac.New(sha256.New, key)
			mac.Write(input)
			return mac.Sum(nil), nil
		}
	}
	return func([]byte) ([]byte, error) { return nil, errors.New("not a private key") }
}

// signES256 gives r and s side by side (RFC 7518 §3.4), with the smaller of the
// two values of s that verify: see [Public.Canonical].
func signES256(key *ecdsa.PrivateKey, input []byte) ([]byte, error) {
	sum := sha256.Sum256(input)
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	if order := key.Params().N; !lowS(s, order) {
		s.Sub(order, s)
	}
	sig := make([]byte, 2*es256Bytes)
	r.FillBytes(sig[:es256Bytes])
	s.FillBytes(sig[es256Bytes:])
	return sig, nil
}

func lowS(s, order *big.Int) bool {
	return new(big.Int).Lsh(s, 1).Cmp(order) < 0
}
