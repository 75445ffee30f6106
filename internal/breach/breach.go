// Package breach looks passwords up where an operator says: in a file of their own
// ([File]), and at a service that is asked for a range ([Range]). What the program
// brings along is in package password, and is looked up first.
//
// Both know a password by the SHA-1 of its UTF-8 form, as Have I Been Pwned does.
// The sum is no protection and need be none: it stays in the process, and of it the
// service learns five of forty digits, which some 2,000 leaked passwords and one in
// a million of all others share.
//
// Neither remembers anything, and neither logs or returns a password or a sum.
package breach

import (
	"crypto/sha1" //nolint:gosec // the form of the lists; nothing is protected by it
	"encoding/hex"
	"strings"
)

// digits is how many hexadecimal digits a sum has.
const digits = 2 * sha1.Size

// spell gives a sum as the lists spell it.
func spell(sum [sha1.Size]byte) string { return strings.ToUpper(hex.EncodeToString(sum[:])) }
