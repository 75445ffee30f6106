package session

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// PrefixRefresh starts every refresh token, so that a leaked one can be
// recognised.
const PrefixRefresh = "spr_"

// The parts of a refresh token, in their order. All but the last are what the
// MAC is over, after the realm.
const (
	refreshVersion  = 1
	keyIDLength     = 4
	sessionLength   = 16
	countLength     = 8
	nonceLength     = 16
	macLength       = 32
	sessionOffset   = 1 + keyIDLength
	countOffset     = sessionOffset + sessionLength
	nonceOffset     = countOffset + countLength
	macOffset       = nonceOffset + nonceLength
	refreshLength   = macOffset + macLength
	refreshEncoded  = (refreshLength*8 + 5) / 6
	refreshTextSize = len(PrefixRefresh) + refreshEncoded
)

// presented is a refresh token whose MAC was good.
type presented struct {
	sessionID  string
	generation int64
	nonce      string // as it stands in the row
}

// codec writes and reads refresh tokens. A token has one spelling, and reading
// costs no I/O.
type codec struct {
	mac   *secret.MAC
	realm string
}

func newCodec(ring *secret.Keyring, realm string) codec {
	return codec{mac: ring.MAC("refresh token"), realm: realm}
}

// input is the data that the MAC protects. The NUL ends the realm, which holds
// none.
func (c codec) input(head []byte) []byte {
	b := make([]byte, 0, len(c.realm)+1+len(head))
	b = append(b, c.realm...)
	b = append(b, 0)
	return append(b, head...)
}

// write builds the newest token of a session from its row, with the newest key.
func (c codec) write(sessionID string, st store.RefreshState) (string, error) {
	sid, ok := id.Bytes(sessionID)
	if !ok {
		return "", errors.New("write refresh token: the session id is not a UUID")
	}
	nonce, err := secret.Decode(st.Nonce)
	if err != nil || len(nonce) != nonceLength || st.Generation < 0 {
		return "", errors.New("write refresh token: the session's row is not well-formed")
	}
	key := c.mac.KeyID()
	b := make([]byte, 0, refreshLength)
	b = append(b, refreshVersion)
	b = append(b, key[:]...)
	b = append(b, sid[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(st.Generation))
	b = append(b, nonce...)
	b = append(b, c.mac.Sum(c.input(b))...)
	return PrefixRefresh + secret.Encode(b), nil
}

// read is the strict inverse of write, for every key of the keyring.
func (c codec) read(raw string) (presented, bool) {
	if len(raw) != refreshTextSize {
		return presented{}, false
	}
	text, ok := strings.CutPrefix(raw, PrefixRefresh)
	if !ok {
		return presented{}, false
	}
	b, err := secret.Decode(text)
	if err != nil || len(b) != refreshLength || b[0] != refreshVersion {
		return presented{}, false
	}
	if !c.mac.Verify(secret.KeyID(b[1:sessionOffset]), c.input(b[:macOffset]), b[macOffset:]) {
		return presented{}, false
	}
	generation := binary.BigEndian.Uint64(b[countOffset:nonceOffset])
	if generation > math.MaxInt64 {
		return presented{}, false
	}
	return presented{
		sessionID:  id.FromBytes([sessionLength]byte(b[sessionOffset:countOffset])),
		generation: int64(generation),
		nonce:      secret.Encode(b[nonceOffset:macOffset]),
	}, true
}

// newNonce draws what makes a generation more than its number.
func newNonce() string { return secret.Encode(secret.Bytes(nonceLength)) }
