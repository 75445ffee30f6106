// Package id makes identifiers.
//
// Rows that nobody outside sees, and whose order helps the database, get a
// UUIDv7 ([Ordered]). User and session identifiers are public and must not tell
// when they were made, so they are random UUIDv4 ([Random]). Both are RFC 9562
// UUIDs in their 36-character lower-case form.
package id

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// Ordered returns a UUIDv7, whose text sorts by time of creation
// (RFC 9562 §5.7).
func Ordered() string { return uuid.Must(uuid.NewV7()).String() }

// FirstAt sorts before every identifier that [Ordered] made at t or later, to the
// millisecond, and after the earlier ones.
func FirstAt(t time.Time) string {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[:8], uint64(max(t.UnixMilli(), 0))<<16)
	return u.String()
}

// Random returns a UUIDv4, which tells nothing (RFC 9562 §5.4).
func Random() string { return uuid.NewString() }

// Bytes gives the 16 bytes behind s, and false unless s is a UUID in the form
// that this package makes.
func Bytes(s string) (b [16]byte, ok bool) {
	u, err := uuid.Parse(s)
	if err != nil || u.String() != s {
		return b, false
	}
	return u, true
}

// FromBytes gives the text of b.
func FromBytes(b [16]byte) string { return uuid.UUID(b).String() }
