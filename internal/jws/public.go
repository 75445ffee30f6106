package jws

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
)

// The algorithms (RFC 7518 §3.1, RFC 8037 §3.1). There are no others.
const (
	ES256 = "ES256"
	EdDSA = "EdDSA"
	RS256 = "RS256"
	HS256 = "HS256"
)

const (
	minHMACKey     = 32   // RFC 7518 §3.2: at least the size of the hash
	es256Bytes     = 32   // of r, of s and of a coordinate
	minRSABits     = 2048 // RFC 7518 §3.3
	maxRSABits     = 8192 // verifying with larger ones is a way to waste our time
	minRSAExponent = 65537
)

// Public verifies signatures of one key by its one algorithm. For HS256 it
// holds the shared key. It is immutable and safe for concurrent use.
type Public struct {
	algorithm string
	key       any
}

// NewPublic pins key (an *ecdsa.PublicKey, ed25519.PublicKey, *rsa.PublicKey,
// or for HS256 a []byte) to algorithm. It refuses a key that does not fit, a
// point that is not on the curve, an RSA key that is too small, and a shared
// key shorter than 32 bytes (RFC 8725 §3.4, §3.5).
func NewPublic(algorithm string, key any) (*Public, error) {
	var err error
	switch algorithm {
	case ES256:
		err = checkES256(key)
	case EdDSA:
		if k, ok := key.(ed25519.PublicKey); !ok || len(k) != ed25519.PublicKeySize {
			err = errors.New("not an Ed25519 key")
		}
	case RS256:
		err = checkRS256(key)
	case HS256:
		if k, ok := key.([]byte); !ok || len(k) < minHMACKey {
			err = fmt.Errorf("not a shared key of %d bytes or more", minHMACKey)
		}
	default:
		err = unknownAlgorithm(algorithm)
	}
	if err != nil {
		return nil, err
	}
	return &Public{algorithm: algorithm, key: key}, nil
}

func unknownAlgorithm(algorithm string) error {
	return fmt.Errorf("algorithm %q is not one of ES256, EdDSA, RS256 and HS256", algorithm)
}

func checkES256(key any) error {
	k, ok := key.(*ecdsa.PublicKey)
	if !ok || k.Curve != elliptic.P256() {
		return errors.New("not a P-256 key")
	}
	if _, err := k.ECDH(); err != nil {
		return fmt.Errorf("not a point of P-256: %w", err)
	}
	return nil
}

func checkRS256(key any) error {
	k, ok := key.(*rsa.PublicKey)
	switch {
	case !ok:
		return errors.New("not an RSA key")
	case k.N.BitLen() < minRSABits || k.N.BitLen() > maxRSABits:
		return fmt.Errorf("RSA key of %d bits", k.N.BitLen())
	case k.E < minRSAExponent || k.E%2 == 0:
		return errors.New("unfit RSA exponent")
	}
	return nil
}

// Algorithm is the one that the key is for.
func (p *Public) Algorithm() string { return p.algorithm }

// Verify reports whether sig is a signature of input, exactly as long as the
// algorithm says.
func (p *Public) Verify(input, sig []byte) bool {
	switch key := p.key.(type) {
	case *ecdsa.PublicKey:
		if len(sig) != 2*es256Bytes {
			return false
		}
		sum := sha256.Sum256(input)
		r := new(big.Int).SetBytes(sig[:es256Bytes])
		s := new(big.Int).SetBytes(sig[es256Bytes:])
		return ecdsa.Verify(key, sum[:], r, s)
	case ed25519.PublicKey:
		return ed25519.Verify(key, input, sig)
	case *rsa.PublicKey:
		sum := sha256.Sum256(input)
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], sig) == nil
	case []byte:
		mac := hmac.New(sha256.New, key)
		mac.Write(input)
		return hmac.Equal(mac.Sum(nil), sig)
	}
	return false
}

// Canonical reports whether sig is the only spelling of itself. With ES256,
// whoever has a signature (r, s) can compute (r, n-s), which verifies as well;
// this house makes, and for its own tokens accepts, the one with the smaller s.
// The signatures of the other algorithms have one spelling only.
func (p *Public) Canonical(sig []byte) bool {
	if p.algorithm != ES256 {
		return true
	}
	return len(sig) == 2*es256Bytes && lowS(sig[es256Bytes:])
}

// halfOrder is half of the order of P-256, rounded down, at its full length.
var halfOrder = new(big.Int).Rsh(elliptic.P256().Params().N, 1).FillBytes(make([]byte, es256Bytes))

// lowS reports whether s is the smaller of s and n-s.
func lowS(s []byte) bool { return bytes.Compare(s, halfOrder) <= 0 }
