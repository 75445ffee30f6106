package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
)

const (
	minKeyBytes = 32
	keyIDBytes  = 4
	sealedForm  = "v1"
)

// ErrNotOpened is returned for a sealed value that was made by a key which the
// keyring lacks, stored in another place, or altered. The three are not told
// apart.
var ErrNotOpened = errors.New("sealed value cannot be opened")

// KeyID names one secret key without telling anything about it.
type KeyID [keyIDBytes]byte

// String is the identifier as it stands in sealed values.
func (id KeyID) String() string { return Encode(id[:]) }

// Keyring holds the operator's secret keys, newest first. The newest writes,
// all of them read. It is immutable and safe for concurrent use.
type Keyring struct {
	keys []masterKey
}

type masterKey struct {
	id       KeyID
	material []byte
}

// ParseKeyring reads a comma-separated list of keys, newest first, each at least
// 32 bytes in base64 of either alphabet, padded or not.
func ParseKeyring(list string) (*Keyring, error) {
	var r Keyring
	for n, field := range strings.Split(list, ",") {
		material, err := decodeKey(strings.TrimSpace(field))
		if err != nil {
			return nil, fmt.Errorf("secret key %d of the list: %w", n+1, err)
		}
		id := keyID(material)
		if slices.ContainsFunc(r.keys, func(k masterKey) bool { return k.id == id }) {
			return nil, fmt.Errorf("secret key %d of the list: given twice", n+1)
		}
		r.keys = append(r.keys, masterKey{id: id, material: material})
	}
	return &r, nil
}

func decodeKey(field string) ([]byte, error) {
	field = strings.TrimRight(field, "=")
	field = strings.NewReplacer("+", "-", "/", "_").Replace(field)
	material, err := base64.RawURLEncoding.DecodeString(field)
	if err != nil {
		return nil, errors.New("not base64")
	}
	if len(material) < minKeyBytes {
		return nil, fmt.Errorf("%d bytes; at least %d are needed", len(material), minKeyBytes)
	}
	return material, nil
}

func keyID(material []byte) (id KeyID) {
	copy(id[:], derive(material, "key identifier", keyIDBytes))
	return id
}

func derive(material []byte, purpose string, n int) []byte {
	out, err := hkdf.Key(sha256.New, material, nil, "sallyport v1 "+purpose, n)
	if err != nil {
		panic(err) // only for n > 255 * 32, a mistake in this package
	}
	return out
}

// KeyIDs names the keys, newest first.
func (r *Keyring) KeyIDs() []KeyID {
	ids := make([]KeyID, len(r.keys))
	for n, k := range r.keys {
		ids[n] = k.id
	}
	return ids
}

// CheckValue is a value that only the holder of the key can make. It is kept in
// SQL, so that an unknown key is noticed at start and never replaced in
// silence. It is empty if the keyring lacks the key.
func (r *Keyring) CheckValue(id KeyID) string {
	material := r.material(id)
	if material == nil {
		return ""
	}
	return Encode(derive(material, "check value", 32))
}

func (r *Keyring) material(id KeyID) []byte {
	for _, k := range r.keys {
		if k.id == id {
			return k.material
		}
	}
	return nil
}

// Place says where a sealed value is stored. It is authenticated with the value.
type Place struct {
	Table, Column, Row string
}

func (p Place) data() []byte {
	return []byte(p.Table + "\x00" + p.Column + "\x00" + p.Row)
}

// Seal encrypts plain with the newest key for purpose, bound to place. The
// result is text: form, key identifier, nonce and ciphertext.
func (r *Keyring) Seal(purpose string, place Place, plain []byte) string {
	k := r.keys[0]
	aead := newAEAD(derive(k.material, "seal "+purpose, 32))
	nonce := Bytes(aead.NonceSize())
	return sealedForm + "." + k.id.String() + "." + Encode(aead.Seal(nonce, nonce, plain, place.data()))
}

// Open decrypts what [Keyring.Seal] made for the same purpose and place.
func (r *Keyring) Open(purpose string, place Place, sealed string) ([]byte, error) {
	id, body, err := splitSealed(sealed)
	if err != nil {
		return nil, err
	}
	material := r.material(id)
	if material == nil {
		return nil, fmt.Errorf("%w: no secret key %s", ErrNotOpened, id)
	}
	aead := newAEAD(derive(material, "seal "+purpose, 32))
	if len(body) < aead.NonceSize() {
		return nil, ErrNotOpened
	}
	plain, err := aead.Open(nil, body[:aead.NonceSize()], body[aead.NonceSize():], place.data())
	if err != nil {
		return nil, ErrNotOpened
	}
	return plain, nil
}

// SealedBy names the key that made sealed, so that a value of an old key can be
// sealed anew.
func SealedBy(sealed string) (KeyID, error) {
	id, _, err := splitSealed(sealed)
	return id, err
}

func splitSealed(sealed string) (id KeyID, body []byte, err error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != sealedForm {
		return id, nil, ErrNotOpened
	}
	rawID, err := Decode(parts[1])
	if err != nil || len(rawID) != keyIDBytes {
		return id, nil, ErrNotOpened
	}
	copy(id[:], rawID)
	body, err = Decode(parts[2])
	if err != nil {
		return id, nil, ErrNotOpened
	}
	return id, body, nil
}

func newAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key is 32 bytes by construction
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// A MAC authenticates messages for one purpose. Deriving it once keeps HKDF off
// the hot path. It is safe for concurrent use.
type MAC struct {
	keys []masterKey
}

// MAC derives the message authentication keys for purpose.
func (r *Keyring) MAC(purpose string) *MAC {
	m := &MAC{}
	for _, k := range r.keys {
		m.keys = append(m.keys, masterKey{id: k.id, material: derive(k.material, "mac "+purpose, 32)})
	}
	return m
}

// KeyID names the newest key, which signs.
func (m *MAC) KeyID() KeyID { return m.keys[0].id }

// Sum is HMAC-SHA-256 of data under the newest key.
func (m *MAC) Sum(data []byte) []byte { return sum(m.keys[0].material, data) }

// Verify reports in constant time whether mac is right for data under key id.
func (m *MAC) Verify(id KeyID, data, mac []byte) bool {
	for _, k := range m.keys {
		if k.id == id {
			return hmac.Equal(sum(k.material, data), mac)
		}
	}
	return false
}

func sum(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}
