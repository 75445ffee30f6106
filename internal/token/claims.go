package token

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
)

// lastSecond is the end of year 9999, the last that RFC 3339 can write.
const lastSecond = 253402300799

// claimSet reads claims out of an object and remembers the first that was
// wrong.
type claimSet struct {
	members map[string]json.RawMessage
	err     error
}

func (s *claimSet) fail(name string, err error) {
	if s.err == nil {
		s.err = fmt.Errorf("claim %s: %w", name, err)
	}
}

var (
	errMissing = errors.New("missing")
	errForm    = errors.New("wrong form")
)

func (s *claimSet) required(name string) json.RawMessage {
	v, ok := s.members[name]
	if !ok {
		s.fail(name, errMissing)
	}
	return v
}

func (s *claimSet) text(name string) (text string) {
	if v := s.required(name); v != nil {
		if err := parseString(v, &text); err != nil {
			s.fail(name, errForm)
		}
	}
	return text
}

func (s *claimSet) optionalText(name string) string {
	if _, ok := s.members[name]; !ok {
		return ""
	}
	return s.text(name)
}

// uuid reads an identifier in the one form that this house writes, because it
// is looked up in the revocation list by its 16 bytes.
func (s *claimSet) uuid(name string) string {
	text := s.text(name)
	if _, ok := id.Bytes(text); !ok {
		s.fail(name, errForm)
	}
	return text
}

// optionalTexts is texts for a list that is left out if it is empty.
func (s *claimSet) optionalTexts(name string) []string {
	if s.members[name] == nil {
		return nil
	}
	return s.texts(name)
}

func (s *claimSet) texts(name string) []string {
	v := s.required(name)
	if v == nil {
		return nil
	}
	var raw []json.RawMessage
	if v[0] != '[' || json.Unmarshal(v, &raw) != nil {
		s.fail(name, errForm)
		return nil
	}
	list := make([]string, len(raw))
	for n, member := range raw {
		if parseString(member, &list[n]) != nil {
			s.fail(name, errForm)
		}
	}
	return list
}

// integer reads a number without sign, fraction, exponent or leading zero: 1e9
// and 1000000000.0 are the same JSON number, and would be another spelling.
func (s *claimSet) integer(name string, limit int64) int64 {
	v := s.required(name)
	if v == nil {
		return 0
	}
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err != nil || n < 0 || n > limit || strconv.FormatInt(n, 10) != string(v) {
		s.fail(name, errForm)
		return 0
	}
	return n
}

// date reads a NumericDate (RFC 7519 §2).
func (s *claimSet) date(name string) time.Time {
	n := s.integer(name, lastSecond)
	if n == 0 {
		s.fail(name, errForm)
	}
	return time.Unix(n, 0).UTC()
}

// audience gives want if aud is want, or a list that holds it (RFC 7519
// §4.1.3).
func (s *claimSet) audience(want string) string {
	v := s.required("aud")
	if v == nil {
		return ""
	}
	var list []string
	if v[0] == '[' {
		list = s.texts("aud")
	} else {
		list = []string{s.text("aud")}
	}
	if !slices.Contains(list, want) {
		s.fail("aud", errors.New("not ours"))
	}
	return want
}

// parseClaims reads the payload of an access token (RFC 9068 §2.2). Claims that
// it does not know are ignored (RFC 7519 §4), but for cnf: a token that is
// bound to a key is not a bearer token.
func parseClaims(payload []byte, issuer, audience string, now time.Time) (Claims, error) {
	members, err := parseObject(payload)
	if err != nil {
		return Claims{}, fmt.Errorf("payload: %w", err)
	}
	s := &claimSet{members: members}
	c := Claims{
		Issuer:    s.text("iss"),
		Subject:   s.uuid("sub"),
		Audience:  s.audience(audience),
		ClientID:  s.text("client_id"),
		ID:        s.uuid("jti"),
		SessionID: s.uuid("sid"),
		IssuedAt:  s.date("iat"),
		ExpiresAt: s.date("exp"),
		AuthTime:  s.date("auth_time"),
		UserEpoch: s.integer("uep", 1<<62),
		AMR:       s.texts("amr"),
		Roles:     s.optionalTexts("roles"),
		Scope:     s.optionalText("scope"),
		ACR:       s.optionalText("acr"),
	}
	if c.Issuer != issuer {
		s.fail("iss", errors.New("not ours"))
	}
	if !c.ExpiresAt.After(c.IssuedAt) {
		s.fail("exp", errors.New("not after iat"))
	}
	if c.IssuedAt.After(now.Add(keys.Leeway)) {
		s.fail("iat", errors.New("in the future"))
	}
	if _, ok := members["nbf"]; ok && s.date("nbf").After(now.Add(keys.Leeway)) {
		s.fail("nbf", errors.New("in the future"))
	}
	if _, ok := members["cnf"]; ok {
		s.fail("cnf", errors.New("bound to a key"))
	}
	if s.err != nil {
		return Claims{}, s.err
	}
	return c, nil
}
