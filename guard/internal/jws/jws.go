// Code generated from internal/jws by tools/gen. DO NOT EDIT.

// Package jws reads, verifies and writes the signed things of this house: JSON
// Web Signatures in compact form (RFC 7515 §7.1), the keys that they are
// verified with (RFC 7517), and the claims of access tokens (RFC 9068). It is
// the front door of the server and of the Go client alike, and imports nothing
// but the standard library: `make gen` copies it to guard/internal/jws.
//
// # One spelling
//
// What [Parse] accepts has exactly one spelling: three segments of canonical
// base64url (RFC 4648 §5, no padding, unused bits zero), a header of alg, kid
// and typ alone, no duplicate or misspelled members at any depth, and a
// signature in its canonical form. Numbers in claims are integers, written as
// such. So nobody can make a second token out of one, and no two parsers can
// see different things in it.
//
// # One algorithm
//
// The algorithm is fixed by the key and the header must say the same
// (RFC 8725 §3.1); kid only selects. jwk, jku, x5c, x5u, crit, b64 and every
// other header member are refused, so nothing in a token can point anywhere.
// There are ES256, EdDSA with Ed25519, RS256 and, for those who hold the shared
// key, HS256; there is no "none". A set of public keys never gives a shared key.
//
// # Never
//
// It never fetches anything, never looks at a payload before the signature was
// verified, and no error of it holds any text of a token.
package jws

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// Types of what is signed (RFC 8725 §3.11): one is never taken for another.
const (
	TypeAccessToken = "at+jwt" // RFC 9068 §2.1
	TypeRevocations = "revocations+jwt"
	// TypeIntrospection is an answer about a token (RFC 9701 §5).
	TypeIntrospection = "token-introspection+jwt"
)

// MaxToken bounds an access token, in bytes. Ours have some 600, 1 KiB with
// RS256.
const MaxToken = 8 << 10

// Message is a compact JWS. Until [Message.Verify] has said yes, nothing in it
// may be believed.
type Message struct {
	Algorithm string
	KeyID     string
	Type      string // empty if the header has no typ
	Payload   []byte

	input     []byte // what was signed
	signature []byte
}

var (
	errSize      = errors.New("empty or too long")
	errSegments  = errors.New("not three segments")
	errBase64    = errors.New("not canonical base64url")
	errMember    = errors.New("unknown header member")
	errAlgorithm = errors.New("algorithm is not the key's")
	errSignature = errors.New("signature is wrong")
	errSpelling  = errors.New("signature is not canonical")
)

// Encode is base64url without padding (RFC 4648 §5).
func Encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// strict is made once: each making is a copy of its tables.
var strict = base64.RawURLEncoding.Strict()

// Decode is the strict inverse of [Encode]: unused bits must be zero, and line
// ends or padding are refused.
func Decode(s string) ([]byte, error) {
	if strings.IndexByte(s, '\r') >= 0 || strings.IndexByte(s, '\n') >= 0 {
		return nil, errBase64
	}
	b, err := strict.DecodeString(s)
	if err != nil {
		return nil, errBase64 // the library's error holds a piece of s
	}
	return b, nil
}

// Parse reads the compact form of at most limit bytes and nothing else: no JSON
// serialization, no unsecured JWS, no header member but alg, kid and typ. It
// looks neither at the signature nor into the payload.
func Parse(raw string, limit int) (Message, error) {
	if raw == "" || len(raw) > limit {
		return Message{}, errSize
	}
	head, rest, ok := strings.Cut(raw, ".")
	if !ok {
		return Message{}, errSegments
	}
	body, sig, ok := strings.Cut(rest, ".")
	if !ok || strings.Contains(sig, ".") || head == "" || sig == "" {
		return Message{}, errSegments
	}
	m := Message{input: []byte(raw[:len(head)+1+len(body)])}
	headerJSON, err := Decode(head)
	if err != nil {
		return Message{}, fmt.Errorf("header: %w", err)
	}
	if m.Payload, err = Decode(body); err != nil {
		return Message{}, fmt.Errorf("payload: %w", err)
	}
	if m.signature, err = Decode(sig); err != nil {
		return Message{}, fmt.Errorf("signature: %w", err)
	}
	if err := m.parseHeader(headerJSON); err != nil {
		return Message{}, fmt.Errorf("header: %w", err)
	}
	return m, nil
}

func (m *Message) parseHeader(b []byte) error {
	err := parseObject(string(b), func(name, value string) (err error) {
		switch name {
		case "alg":
			m.Algorithm, err = parseString(value)
		case "kid":
			m.KeyID, err = parseString(value)
		case "typ":
			m.Type, err = parseString(value)
		default:
			err = errMember // not named: it is a stranger's text
		}
		return err
	})
	if err != nil {
		return err
	}
	if m.Algorithm == "" || m.KeyID == "" {
		return errors.New("alg or kid is missing")
	}
	return nil
}

// Verify checks the signature by the key's own algorithm, and that it is the
// only spelling of itself: see [Public.Canonical]. It does not compare kid, for
// the caller has chosen the key.
func (m *Message) Verify(key *Public) error {
	if err := m.VerifyForeign(key); err != nil {
		return err
	}
	if !key.Canonical(m.signature) {
		return errSpelling
	}
	return nil
}

// VerifyForeign is RFC 7515 §5.2 without a rule of ours, for what others sign: a
// signature may have a second spelling. Who takes such a message once alone must
// know it by what it says.
func (m *Message) VerifyForeign(key *Public) error {
	if m.Algorithm != key.Algorithm() {
		return errAlgorithm
	}
	if !key.Verify(m.input, m.signature) {
		return errSignature
	}
	return nil
}

// parseString reads a string that is not empty out of the JSON text of a value.
func parseString(value string) (string, error) {
	w := walker{text: value}
	text, err := w.string()
	if err != nil || text == "" {
		return "", errors.New("not a string, or an empty one")
	}
	return text, nil
}
