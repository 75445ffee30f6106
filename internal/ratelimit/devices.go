package ratelimit

import (
	"crypto/sha256"
	"crypto/subtle"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// The form of a known-device cookie: version, key identifier, random device
// number, who it is for, and a MAC over all of it.
const (
	deviceVersion = 1
	deviceKeyAt   = 1
	deviceIDAt    = 5
	deviceUserAt  = 21
	deviceMACAt   = 37
	deviceEnd     = 69
)

// Devices makes and recognises known-device cookies. A cookie opens nothing: it
// only gives the browser that holds it a budget of guesses of its own. It is
// worth nothing for another account. It is safe for concurrent use.
type Devices struct {
	mac *secret.MAC
}

// NewDevices returns a codec whose cookies are authenticated by mac.
func NewDevices(mac *secret.MAC) *Devices { return &Devices{mac: mac} }

// Issue makes a cookie for a browser that has just signed in.
func (d *Devices) Issue(userID string) string {
	keyID := d.mac.KeyID()
	body := append([]byte{deviceVersion}, keyID[:]...)
	body = append(body, secret.Bytes(deviceUserAt-deviceIDAt)...)
	body = append(body, owner(userID)...)
	return secret.Encode(append(body, d.mac.Sum(body)...))
}

// Recognise gives the device of a cookie that was issued for the user, or
// nothing.
func (d *Devices) Recognise(cookie, userID string) (device string) {
	if cookie == "" || userID == "" {
		return ""
	}
	raw, err := secret.Decode(cookie)
	if err != nil || len(raw) != deviceEnd || raw[0] != deviceVersion {
		return ""
	}
	keyID := secret.KeyID(raw[deviceKeyAt:deviceIDAt])
	if !d.mac.Verify(keyID, raw[:deviceMACAt], raw[deviceMACAt:]) {
		return ""
	}
	if subtle.ConstantTimeCompare(raw[deviceUserAt:deviceMACAt], owner(userID)) != 1 {
		return ""
	}
	return secret.Encode(raw[deviceIDAt:deviceUserAt])
}

// owner is what a cookie says of its user: enough to recognise them, not enough
// to know them.
func owner(userID string) []byte {
	sum := sha256.Sum256([]byte(store.DefaultRealm + "\x00known device\x00" + userID))
	return sum[:deviceMACAt-deviceUserAt]
}
