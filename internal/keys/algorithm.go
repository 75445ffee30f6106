package keys

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

// The algorithms that access tokens are signed with (RFC 7518 §3.1, RFC 8037
// §3.1). There are no others.
const (
	ES256 = jws.ES256
	EdDSA = jws.EdDSA
	RS256 = jws.RS256
	HS256 = jws.HS256
)

const (
	rsaBits     = 3072 // what we make: 128 bits of strength
	minHMACKey  = 32   // RFC 7518 §3.2: at least the size of the hash
	kidLength   = 43   // 32 bytes in base64url
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

// material is a private key together with its name.
type material struct {
	*jws.Private

	kid string
	key any // *ecdsa.PrivateKey, ed25519.PrivateKey, *rsa.PrivateKey or []byte
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
	private, err := jws.NewPrivate(algorithm, key)
	if err != nil {
		return material{}, err
	}
	kid, err := private.Public().Thumbprint()
	if err != nil {
		return material{}, fmt.Errorf("compute thumbprint: %w", err)
	}
	return material{Private: private, kid: kid, key: key}, nil
}

// sharedMaterial holds the operator's key for HS256 under a name.
func sharedMaterial(key []byte, kid string) (material, error) {
	private, err := jws.NewPrivate(HS256, key)
	return material{Private: private, kid: kid, key: key}, err
}

// sharedName names the operator's key. The turn is 0 unless the key was replaced
// and has come back while its first row is still retiring, or the database was
// restored.
func sharedName(key []byte, turn int64) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(hs256Prefix + strconv.FormatInt(turn, 10)))
	return secret.Encode(mac.Sum(nil))
}

// jwk is the public half as RFC 7517 writes it, nil for HS256.
func (m material) jwk() (json.RawMessage, error) {
	return m.Public().JWK(m.kid)
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
