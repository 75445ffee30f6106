package audit

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// NothingPersonal is the commitment of an event that has no personal part.
const NothingPersonal = "none"

// saltBytes are so many that nobody can try addresses against a commitment once
// the salt is gone.
const saltBytes = 16

// personalForm begins what is hashed, and names the form that follows.
const personalForm = "sallyport audit personal part, version 1"

// Commitment binds an event to its personal part, and tells nothing about it to
// somebody without the salt: SHA-256 over salt, form and fields, each after its
// length, in base64url. The salt lies with the part and is erased with it.
func Commitment(p store.AuditPersonal) string {
	if p == (store.AuditPersonal{}) {
		return NothingPersonal
	}
	h := sha256.New()
	for _, field := range []string{p.Salt, personalForm, p.Address, p.UserAgent, p.Email} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(field)))) //nolint:gosec // fields are cut to hundreds of bytes
		h.Write([]byte(field))
	}
	return secret.Encode(h.Sum(nil))
}

// commit draws the salt of an event's personal part and binds the event to both.
func commit(e *store.AuditEvent) {
	if e.Personal != (store.AuditPersonal{}) {
		e.Personal.Salt = secret.Encode(secret.Bytes(saltBytes))
	}
	e.Commitment = Commitment(e.Personal)
}
