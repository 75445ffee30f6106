package secret

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// codes is how many different codes there are.
const codes = 1_000_000

// Digits is the six-digit code that goes with a one-time token. It follows from
// the token, so that it needs no place of its own at rest, and tells nothing of
// it but those 20 bits. The hash that is stored of the token does not give it.
func Digits(token string) string {
	sum := sha256.Sum256([]byte("six digits\x00" + token))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(sum[:])%codes)
}
