package transfer

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"
)

// Digest is the sum of the digests of some rows, modulo 2^256.
type Digest [sha256.Size]byte

// plus is the sum with one more row.
func (d Digest) plus(row [sha256.Size]byte) Digest {
	var carry uint64
	for at := len(d) - 8; at >= 0; at -= 8 {
		var sum uint64
		sum, carry = bits.Add64(binary.BigEndian.Uint64(d[at:]), binary.BigEndian.Uint64(row[at:]), carry)
		binary.BigEndian.PutUint64(d[at:], sum)
	}
	return d
}

// String is the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the digest as String does.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// parseDigest reads what String wrote.
func parseDigest(text string) (d Digest, err error) {
	if len(text) != hex.EncodedLen(len(d)) {
		return d, fmt.Errorf("a digest of %d characters", len(text))
	}
	_, err = hex.Decode(d[:], []byte(text))
	return d, err
}

// The kinds of values. There are no others in the schema.
const (
	kindNull = iota
	kindNumber
	kindText
)

// digestRow hashes a row of a table: every value with its kind and length, so
// that no two rows have one form.
func digestRow(t Table, row []any) ([sha256.Size]byte, error) {
	form := binary.BigEndian.AppendUint64(nil, uint64(len(t.Name)))
	form = append(form, t.Name...)
	for n, value := range row {
		switch v := value.(type) {
		case nil:
			form = append(form, kindNull)
		case int64:
			form = append(form, kindNumber)
			form = binary.BigEndian.AppendUint64(form, uint64(v)) //nolint:gosec // the bits are wanted
		case string:
			form = append(form, kindText)
			form = binary.BigEndian.AppendUint64(form, uint64(len(v)))
			form = append(form, v...)
		default:
			return [sha256.Size]byte{}, fmt.Errorf("column %s holds a %T", t.Columns[n], value)
		}
	}
	return sha256.Sum256(form), nil
}
