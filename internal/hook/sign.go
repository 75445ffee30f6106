package hook

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

// Schemes of signatures (Standard Webhooks, "Signature scheme").
const (
	SchemeHMAC    = "v1"  // HMAC-SHA-256, with a secret that both sides have
	SchemeEd25519 = "v1a" // Ed25519: the receiver has the public key alone
)

// What secrets and public keys begin with.
const (
	prefixSecret    = "whsec_"
	prefixPublicKey = "whpk_"
	prefixSignedBy  = "whsk_"
)

// secretBytes is the size of a secret, and of the seed of a key pair.
const secretBytes = 32

// Key signs the messages to an endpoint.
type Key struct {
	scheme string
	secret []byte // of HMAC; the seed of a key pair
}

// newKey draws a key.
func newKey(scheme string) Key { return Key{scheme: scheme, secret: secret.Bytes(secretBytes)} }

// parseKey reads what [Key.text] gave.
func parseKey(text string) (Key, bool) {
	scheme := SchemeHMAC
	encoded, ok := strings.CutPrefix(text, prefixSecret)
	if !ok {
		scheme = SchemeEd25519
		encoded, ok = strings.CutPrefix(text, prefixSignedBy)
	}
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || scheme == SchemeEd25519 && len(raw) != secretBytes || len(raw) < 24 || len(raw) > 64 {
		return Key{}, false
	}
	return Key{scheme: scheme, secret: raw}, true
}

// text is the key as it is sealed.
func (k Key) text() string {
	if k.scheme == SchemeEd25519 {
		return prefixSignedBy + base64.StdEncoding.EncodeToString(k.secret)
	}
	return k.Shown()
}

// Shown is what the receiver gets: the secret, or the public key.
func (k Key) Shown() string {
	if k.scheme == SchemeEd25519 {
		return prefixPublicKey + base64.StdEncoding.EncodeToString(k.pair().Public().(ed25519.PublicKey)) //nolint:forcetypeassert // by its documentation
	}
	return prefixSecret + base64.StdEncoding.EncodeToString(k.secret)
}

func (k Key) pair() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(k.secret) }

// sign gives the signature of a message, with its scheme before it.
func (k Key) sign(id string, at time.Time, body []byte) string {
	signed := append([]byte(id+"."+strconv.FormatInt(at.Unix(), 10)+"."), body...)
	var sum []byte
	if k.scheme == SchemeEd25519 {
		sum = ed25519.Sign(k.pair(), signed)
	} else {
		mac := hmac.New(sha256.New, k.secret)
		mac.Write(signed)
		sum = mac.Sum(nil)
	}
	return k.scheme + "," + base64.StdEncoding.EncodeToString(sum)
}

// Message is a signed message to an endpoint (Standard Webhooks).
type Message struct {
	ID        string // webhook-id: one for each event, the same in every attempt
	Timestamp string // webhook-timestamp: of this attempt, in seconds
	Signature string // webhook-signature: one for each key, the newest last
	Body      []byte
}

// signed signs a message with every key that counts, so that a receiver may verify
// by either while it changes from one to the other.
func signed(keys []Key, id string, at time.Time, body []byte) Message {
	list := make([]string, len(keys))
	for n, k := range keys {
		list[n] = k.sign(id, at, body)
	}
	return Message{ID: id, Timestamp: strconv.FormatInt(at.Unix(), 10), Signature: strings.Join(list, " "), Body: body}
}
