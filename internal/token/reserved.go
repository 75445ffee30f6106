package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/jws"
)

const (
	// MaxExtra bounds the claims that an operator adds to a token, in bytes of JSON,
	// names included.
	MaxExtra = 4 << 10
	// maxClaimName bounds the name of one, in bytes.
	maxClaimName = 128
)

// reservedClaims are the names that no claim of an operator may have: those that this
// server sets, those that decide whether a token counts and for whom, and those
// that OpenID Connect has for what a provider says of a user. In lower case, by spaces.
const reservedClaims = `
	iss sub aud exp nbf iat jti
	client_id sid uep auth_time amr acr roles scope
	azp nonce at_hash c_hash s_hash cnf act may_act sub_jwk sub_id authorization_details status
	events toe txn vot vtm token_introspection _claim_names _claim_sources _sd _sd_alg sd_hash verified_claims
	name given_name family_name middle_name nickname preferred_username profile picture website
	email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at
	realm realm_id user_id session_id claimed metadata app_metadata`

// ErrReservedClaim is returned for a name that an operator's claim may not have.
var ErrReservedClaim = errors.New("the name is reserved, or has no form of a claim")

// CheckClaimName says whether an operator may add a claim of a name: 1 to 128
// characters of printable ASCII without a space, that are not reserved. Case is not
// looked at, because there are programs that read members of JSON without (Go's
// encoding/json): "Sub" would be taken for sub.
//
// Errors: ErrReservedClaim.
func CheckClaimName(name string) error {
	odd := func(r rune) bool { return r <= ' ' || r >= 0x7f }
	if name == "" || len(name) > maxClaimName || strings.ContainsFunc(name, odd) || slices.Contains(strings.Fields(reservedClaims), strings.ToLower(name)) {
		return fmt.Errorf("claim %.40q: %w", name, ErrReservedClaim)
	}
	return nil
}

// ReadExtra reads claims that an operator's program adds: a JSON object as strict as
// a token itself, of at most [MaxExtra] bytes, with no reserved name. null and an
// object without members are none.
func ReadExtra(text []byte) (map[string]json.RawMessage, error) {
	if len(text) == 0 || string(text) == "null" {
		return nil, nil
	}
	extra, err := jws.ParseObject(text)
	if err != nil {
		return nil, fmt.Errorf("claims: %w", err)
	}
	_, err = writeExtra(extra)
	return extra, err
}

// withExtra adds claims to a payload, after those of ours, in order of their names.
func withExtra(payload []byte, extra map[string]json.RawMessage) ([]byte, error) {
	if len(extra) == 0 {
		return payload, nil
	}
	added, err := writeExtra(extra)
	if err != nil {
		return nil, err
	}
	return slices.Concat(bytes.TrimSuffix(payload, []byte("}")), []byte(","), added[1:]), nil
}

// writeExtra checks added claims and gives them as they stand in a token.
func writeExtra(extra map[string]json.RawMessage) ([]byte, error) {
	for name := range extra {
		if err := CheckClaimName(name); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(extra)
	if err != nil {
		return nil, fmt.Errorf("write added claims: %w", err)
	}
	if len(text) > MaxExtra {
		return nil, fmt.Errorf("added claims of %d bytes, where %d are allowed", len(text), MaxExtra)
	}
	return text, nil
}
