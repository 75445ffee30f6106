package password

import (
	"bytes"
	_ "embed" // the set of breached passwords

	"github.com/FastFilter/xorfilter"
)

// breachedData is the set of the passwords most common in breaches, 600,000 of
// them, made by tools/breachedpasswords. That program says where they come from,
// and their licences stand in breached.LICENSE.
//
//go:embed breached.fuse
var breachedData []byte

// breachedSet holds the hashes of breached passwords in lower case, in two bytes
// each. It has every one of them, and takes one in 65,536 other passwords for one.
type breachedSet = *xorfilter.BinaryFuse[uint16]

func readBreached() (breachedSet, error) {
	return xorfilter.LoadBinaryFuse[uint16](bytes.NewReader(breachedData))
}
