package keys

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Key is one signing key, opened. It is immutable and safe for concurrent use.
type Key struct {
	*jws.Public

	row     store.SigningKey
	private *jws.Private
	jwk     json.RawMessage // nil for HS256
}

// ID is the kid.
func (k *Key) ID() string { return k.row.ID }

// Sign gives the JWS signature of input (RFC 7515 §5.1).
func (k *Key) Sign(input []byte) ([]byte, error) { return k.private.Sign(input) }

func (k *Key) verifies(now time.Time) bool {
	return k.row.ExpiresAt.IsZero() || now.Before(k.row.ExpiresAt)
}

// sealPurpose binds a sealed key to its algorithm, so that the bytes of one
// kind of key can never be taken for another kind.
func sealPurpose(algorithm string) string { return "signing key " + algorithm }

func place(kid string) secret.Place {
	return secret.Place{Table: "signing_keys", Column: "private_sealed", Row: kid}
}

// seal makes the row of a new key.
func seal(ring *secret.Keyring, m material, now, activeAt time.Time) (store.SigningKey, error) {
	plain, err := m.private()
	if err != nil {
		return store.SigningKey{}, err
	}
	jwk, err := m.jwk()
	if err != nil {
		return store.SigningKey{}, err
	}
	return store.SigningKey{
		ID:            m.kid,
		Algorithm:     m.Algorithm(),
		PublicJWK:     string(jwk),
		PrivateSealed: ring.Seal(sealPurpose(m.Algorithm()), place(m.kid), plain),
		CreatedAt:     now,
		ActiveAt:      activeAt,
	}, nil
}

// open unseals a row. The public half is computed, never read from the row.
func open(ring *secret.Keyring, row store.SigningKey) (*Key, error) {
	plain, err := ring.Open(sealPurpose(row.Algorithm), place(row.ID), row.PrivateSealed)
	if err != nil {
		return nil, fmt.Errorf("open signing key %s with the secret keys that were given; "+
			"is SALLYPORT_SECRET_KEY the one this database was used with?: %w", row.ID, err)
	}
	m, err := parseMaterial(row.Algorithm, row.ID, plain)
	if err != nil {
		return nil, fmt.Errorf("read signing key %s: %w", row.ID, err)
	}
	jwk, err := m.jwk()
	if err != nil {
		return nil, fmt.Errorf("read signing key %s: %w", row.ID, err)
	}
	return &Key{Public: m.Public(), row: row, private: m.Private, jwk: jwk}, nil
}

// parseMaterial reads what was unsealed, and makes sure that it is the key
// which its row names.
func parseMaterial(algorithm, kid string, plain []byte) (material, error) {
	if algorithm == HS256 {
		return sharedMaterial(plain, kid)
	}
	key, err := x509.ParsePKCS8PrivateKey(plain)
	if err != nil {
		return material{}, fmt.Errorf("parse private key: %w", err)
	}
	m, err := newMaterial(algorithm, key)
	if err != nil {
		return material{}, err
	}
	if m.kid != kid {
		return material{}, errors.New("the private key in the row belongs to another key")
	}
	return m, nil
}
