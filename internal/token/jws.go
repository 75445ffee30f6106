package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

// maxTokenBytes bounds what the door looks at. Our tokens have some 600 bytes,
// 1 KiB with RS256.
const maxTokenBytes = 8 << 10

// header is the only JOSE header that there is in this house.
type header struct {
	Algorithm string `json:"alg"`
	KeyID     string `json:"kid"`
	Type      string `json:"typ,omitempty"`
}

// jws is a compact JWS whose form was read and whose signature was not. Nothing
// in it may be believed.
type jws struct {
	header
	payload   []byte
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
)

// parseJWS reads the compact form (RFC 7515 §7.1) and nothing else: no JSON
// serialization, no unsecured JWS, no header member but alg, kid and typ.
func parseJWS(raw string) (jws, error) {
	if raw == "" || len(raw) > maxTokenBytes {
		return jws{}, errSize
	}
	head, rest, ok := strings.Cut(raw, ".")
	if !ok {
		return jws{}, errSegments
	}
	body, sig, ok := strings.Cut(rest, ".")
	if !ok || strings.Contains(sig, ".") || head == "" || sig == "" {
		return jws{}, errSegments
	}
	j := jws{input: []byte(raw[:len(head)+1+len(body)])}
	headerJSON, err := secret.Decode(head)
	if err != nil {
		return jws{}, fmt.Errorf("header: %w", errBase64)
	}
	if j.payload, err = secret.Decode(body); err != nil {
		return jws{}, fmt.Errorf("payload: %w", errBase64)
	}
	if j.signature, err = secret.Decode(sig); err != nil {
		return jws{}, fmt.Errorf("signature: %w", errBase64)
	}
	if j.header, err = parseHeader(headerJSON); err != nil {
		return jws{}, fmt.Errorf("header: %w", err)
	}
	return j, nil
}

func parseHeader(b []byte) (header, error) {
	var h header
	found, err := parseObject(b)
	if err != nil {
		return h, err
	}
	for name, value := range found {
		var into *string
		switch name {
		case "alg":
			into = &h.Algorithm
		case "kid":
			into = &h.KeyID
		case "typ":
			into = &h.Type
		default:
			return header{}, errMember // not named: it is a stranger's text
		}
		if err := parseString(value, into); err != nil {
			return header{}, err
		}
	}
	if h.Algorithm == "" || h.KeyID == "" {
		return header{}, errors.New("alg or kid is missing")
	}
	return h, nil
}

// verify checks the signature by the key's own algorithm.
func (j *jws) verify(key *keys.Public) error {
	if j.Algorithm != key.Algorithm() {
		return errAlgorithm
	}
	if !key.Verify(j.input, j.signature) {
		return errSignature
	}
	return nil
}

// VerifyJWS verifies a compact JWS (RFC 7515 §5.2) with one key, which fixes
// the algorithm, and gives its payload. It is the layer below access tokens:
// it looks neither at typ nor at claims, and does not compare kid, for the
// caller has chosen the key.
func VerifyJWS(raw string, key *keys.Public) (payload []byte, err error) {
	j, err := parseJWS(raw)
	if err != nil {
		return nil, err
	}
	if err := j.verify(key); err != nil {
		return nil, err
	}
	return j.payload, nil
}

// parseString reads a string that is not empty out of what parseObject gave.
func parseString(value json.RawMessage, into *string) error {
	if len(value) < 2 || value[0] != '"' {
		return errors.New("not a string")
	}
	if bytes.IndexByte(value, '\\') < 0 {
		*into = string(value[1 : len(value)-1])
	} else if err := json.Unmarshal(value, into); err != nil {
		return fmt.Errorf("read string: %w", err)
	}
	if *into == "" {
		return errors.New("empty string")
	}
	return nil
}
