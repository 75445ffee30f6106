package seal

import (
	"encoding/binary"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// leafForm begins every leaf and names the form that follows. Another form has
// another name.
const leafForm = "sallyport audit event, version 1"

// Leaf is the form of an event in which it is hashed: the name of the form, and
// every column of audit_events in the order of the schema, each after its length
// in four bytes, the highest first. A time is its microseconds in decimal. No two
// events have one form. The personal part is in it by its commitment alone.
func Leaf(e store.AuditEvent) []byte {
	var leaf []byte
	for _, field := range []string{
		leafForm, store.DefaultRealm, e.ID, e.Kind, e.Outcome, e.Reason, e.ActorID, e.UserID, e.SessionHash, e.RequestID,
		e.Details, strconv.FormatInt(e.CreatedAt.UnixMicro(), 10), e.Commitment,
	} {
		leaf = binary.BigEndian.AppendUint32(leaf, uint32(len(field))) //nolint:gosec // a column holds no 4 GiB
		leaf = append(leaf, field...)
	}
	return leaf
}

// leafHash is the hash of an event as a leaf (RFC 6962 §2.1).
func leafHash(e store.AuditEvent) tlog.Hash { return tlog.RecordHash(Leaf(e)) }
