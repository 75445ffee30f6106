package ratelimit

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// PrefixDevice starts a known-device token.
const PrefixDevice = "spk_"

// DeviceFor is how long a device is known after a sign-in. It is the longest
// that browsers keep a cookie (RFC 6265bis §5.6.1).
const DeviceFor = 400 * 24 * time.Hour

// The form of a known-device token: version, key identifier, random device
// number, when it was made (Unix seconds), who it is for, and a MAC over all of
// it. The version says what the session had proved that the token was made for.
const (
	deviceVersion = 2
	deviceFactor  = 3 // the same, and a second factor was proved
	deviceKeyAt   = 1
	deviceIDAt    = 5
	deviceMadeAt  = 21
	deviceUserAt  = 29
	deviceMACAt   = 45
	deviceEnd     = 77
)

// Devices makes and recognises known-device tokens, which browsers keep as a
// cookie and programs as device_token. A token opens nothing: it gives the device
// that holds it a budget of guesses of its own, which no other device and no
// stranger can use up. It is worth nothing for another account, nothing once the
// user's epoch has risen (a new password, a removed factor, signed out
// everywhere), and nothing after [DeviceFor]. It is safe for concurrent use.
type Devices struct {
	mac   *secret.MAC
	clock clock.Clock
}

// NewDevices returns a codec whose tokens are authenticated by mac.
func NewDevices(mac *secret.MAC, clk clock.Clock) *Devices { return &Devices{mac: mac, clock: clk} }

// Issue makes a token for a device that has just signed in. Epoch is that of the
// session, and factor says whether a second factor was proved in it.
func (d *Devices) Issue(userID string, epoch int64, factor bool) string {
	keyID, version := d.mac.KeyID(), byte(deviceVersion)
	if factor {
		version = deviceFactor
	}
	body := append([]byte{version}, keyID[:]...)
	body = append(body, secret.Bytes(deviceMadeAt-deviceIDAt)...)
	body = binary.BigEndian.AppendUint64(body, uint64(max(0, d.clock.Now().Unix())))
	body = append(body, owner(userID, epoch)...)
	return PrefixDevice + secret.Encode(append(body, d.mac.Sum(body)...))
}

// Recognise gives the device of a token that was issued for the user at their
// present epoch and has not expired, or nothing.
func (d *Devices) Recognise(token, userID string, epoch int64) (device string) {
	device, _ = d.recognise(token, userID, epoch)
	return device
}

// WithFactor is Recognise for [DeviceCodes]: it gives a device only if its session
// proved a second factor. Whoever has the password signs in, and so is known, as
// often as they like, and the first factor leaves the epoch as it is: each of those
// tokens would else be as many codes as the account has.
func (d *Devices) WithFactor(token, userID string, epoch int64) (device string) {
	device, factor := d.recognise(token, userID, epoch)
	if !factor {
		return ""
	}
	return device
}

func (d *Devices) recognise(token, userID string, epoch int64) (device string, factor bool) {
	text, ok := strings.CutPrefix(token, PrefixDevice)
	if !ok || userID == "" {
		return "", false
	}
	raw, err := secret.Decode(text)
	if err != nil || len(raw) != deviceEnd || raw[0] != deviceVersion && raw[0] != deviceFactor {
		return "", false
	}
	keyID := secret.KeyID(raw[deviceKeyAt:deviceIDAt])
	if !d.mac.Verify(keyID, raw[:deviceMACAt], raw[deviceMACAt:]) {
		return "", false
	}
	if subtle.ConstantTimeCompare(raw[deviceUserAt:deviceMACAt], owner(userID, epoch)) != 1 {
		return "", false
	}
	made := time.Unix(int64(binary.BigEndian.Uint64(raw[deviceMadeAt:deviceUserAt])), 0) //nolint:gosec // as Issue wrote it
	if d.clock.Now().Sub(made) > DeviceFor {
		return "", false
	}
	return secret.Encode(raw[deviceIDAt:deviceMadeAt]), raw[0] == deviceFactor
}

// owner is what a token says of its user: enough to recognise them, not enough
// to know them.
func owner(userID string, epoch int64) []byte {
	sum := sha256.Sum256([]byte(store.DefaultRealm + "\x00known device\x00" + userID + "\x00" + strconv.FormatInt(epoch, 10)))
	return sum[:deviceMACAt-deviceUserAt]
}
