package token

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// The sources of a user's claims, as settings name them.
const (
	sourceExternalID = "external_id"
	sourceMember     = "app_metadata."
)

const (
	// maxUserClaims bounds how much the names of a user's claims add to a token, in
	// bytes of JSON.
	maxUserClaims = 512
	// maxUserData bounds what tokens say of a user, in bytes of JSON. With the names of
	// the claims it fits into [MaxExtra], so that no user is too much for a token.
	maxUserData = MaxExtra - maxUserClaims
)

// ErrAppMetadata is returned for what cannot be a user's app_metadata.
var ErrAppMetadata = fault.ErrInvalidInput.WithFields(fault.Wrong("app_metadata", "app_metadata"))

// UserClaims are the claims that tokens have of what operators know of a user.
type UserClaims []userClaim

type userClaim struct {
	name   string
	member string // of app_metadata; empty for the id that another system gave the user
}

// ParseUserClaims reads CLAIM=app_metadata.MEMBER and CLAIM=external_id, each claim and
// each source once.
func ParseUserClaims(entries []string) (UserClaims, error) {
	var all UserClaims
	size, seen := 0, map[string]bool{}
	for n, entry := range entries {
		name, source, _ := strings.Cut(entry, "=")
		if err := CheckClaimName(name); err != nil {
			return nil, fmt.Errorf("entry %d: %w", n+1, err)
		}
		member, is := strings.CutPrefix(source, sourceMember)
		if is == (source == sourceExternalID) || is && member == "" {
			return nil, fmt.Errorf("entry %d: write CLAIM=%sMEMBER or CLAIM=%s", n+1, sourceMember, sourceExternalID)
		}
		if !is {
			member = ""
		}
		folded := strings.ToLower(name)
		if seen[folded] || seen["="+source] {
			return nil, fmt.Errorf("entry %d: the claim or its source is there already", n+1)
		}
		seen[folded], seen["="+source] = true, true
		size += len(`"":,`) + 2*len(name) // a character may be escaped
		all = append(all, userClaim{name: name, member: member})
	}
	if size > maxUserClaims {
		return nil, fmt.Errorf("the names of the claims are too long together: they make every token longer by %d bytes, where %d are allowed", size, maxUserClaims)
	}
	return all, nil
}

// of gives the claims of a user. What the user does not have is left out.
func (all UserClaims) of(appMetadata, externalID string) (map[string]json.RawMessage, error) {
	if len(all) == 0 || appMetadata == "" && externalID == "" {
		return nil, nil
	}
	var members map[string]json.RawMessage
	if appMetadata != "" {
		var err error
		if members, err = jws.ParseObject([]byte(appMetadata)); err != nil {
			return nil, fmt.Errorf("read app_metadata: %w", err)
		}
	}
	claims := map[string]json.RawMessage{}
	for _, c := range all {
		value := members[c.member]
		if c.member == "" && externalID != "" {
			value = asText(externalID)
		}
		if value != nil && string(value) != "null" {
			claims[c.name] = value
		}
	}
	return claims, nil
}

func asText(s string) json.RawMessage {
	text, err := json.Marshal(s)
	if err != nil { // of a string there is none
		return nil
	}
	return text
}

// ReadAppMetadata reads the JSON object that an operator gives a user, as strictly as a
// token, and gives it in one spelling. Numbers stay as they are.
//
// Errors: [ErrAppMetadata].
func ReadAppMetadata(text []byte) (string, error) {
	members, err := jws.ParseObject(text)
	if err != nil {
		return "", ErrAppMetadata
	}
	spelled, err := json.Marshal(members)
	if err != nil {
		return "", ErrAppMetadata
	}
	return string(spelled), nil
}

// CheckUserData makes sure that tokens have room for what they say of a user.
//
// Errors: [ErrAppMetadata].
func CheckUserData(appMetadata, externalID string, roles []string) error {
	size := len(appMetadata) + len(asText(externalID))
	for _, role := range roles {
		size += len(role) + len(`"",`)
	}
	if size > maxUserData {
		return ErrAppMetadata
	}
	return nil
}
