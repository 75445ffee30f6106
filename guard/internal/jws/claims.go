// Code generated from internal/jws by tools/gen. DO NOT EDIT.

package jws

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Leeway is how far the clocks of those who issue and verify may differ.
const Leeway = time.Minute

// Claims is what an access token says (RFC 9068 §2.2). Times are whole seconds
// in UTC.
type Claims struct {
	Issuer    string
	Subject   string // a user's id, or the client's for a machine
	Audience  []string
	ClientID  string
	ID        string // jti
	SessionID string // empty for a machine
	IssuedAt  time.Time
	ExpiresAt time.Time
	AuthTime  time.Time // when the user last proved who they are; zero for a machine
	Epoch     int64     // uep: of the user, or of the client for a machine
	AMR       []string  // RFC 8176
	Roles     []string
	Scope     string
	ACR       string

	// Members is the whole payload, for claims that are not named above.
	Members Members
}

// Machine reports whether the token is a client's own (RFC 6749 §4.4): nobody
// signed in, and there is no session.
func (c *Claims) Machine() bool { return c.SessionID == "" }

// ParseClaims reads the payload of an access token from issuer that is meant for
// audience among others. A token is a user's, with the identifiers of user and
// session in the form of [UUID], or a machine's: without sid, its sub the
// client_id, which must not look like a user's. Claims that it does not know are
// ignored (RFC 7519 §4), but for cnf: a token that is bound to a key is not a
// bearer token. iat and nbf may lie at most [Leeway] after now. Whether the
// token has expired is for the caller to say.
func ParseClaims(payload []byte, issuer, audience string, now time.Time) (Claims, error) {
	c, err := ParseIssued(payload, issuer, now)
	if err == nil {
		err = c.For(audience)
	}
	if err != nil {
		return Claims{}, err
	}
	return c, nil
}

// For returns an error unless the token is meant for audience, among others.
func (c *Claims) For(audience string) error {
	if !slices.Contains(c.Audience, audience) {
		return fmt.Errorf("member aud: %w", errNotOurs)
	}
	return nil
}

// ParseIssued is [ParseClaims] for the issuer itself, which tells others what its
// tokens say, whomever they are meant for. There is one audience at least.
func ParseIssued(payload []byte, issuer string, now time.Time) (Claims, error) {
	members, err := parseMembers(string(payload))
	if err != nil {
		return Claims{}, fmt.Errorf("payload: %w", err)
	}
	r := &reader{members: members}
	c := Claims{
		Issuer:    r.text("iss"),
		Audience:  r.audience(),
		ClientID:  r.text("client_id"),
		ID:        r.uuid("jti"),
		IssuedAt:  r.date("iat"),
		ExpiresAt: r.date("exp"),
		Epoch:     r.integer("uep", 1<<62),
		Roles:     r.optionalTexts("roles"),
		Scope:     r.optionalText("scope"),
		ACR:       r.optionalText("acr"),
		Members:   members,
	}
	r.subject(&c)
	switch {
	case c.Issuer != issuer:
		r.fail("iss", errNotOurs)
	case len(c.Audience) == 0:
		r.fail("aud", errMissing)
	case !c.ExpiresAt.After(c.IssuedAt):
		r.fail("exp", errors.New("not after iat"))
	case c.IssuedAt.After(now.Add(Leeway)):
		r.fail("iat", errFuture)
	case members.Get("nbf") != "" && r.date("nbf").After(now.Add(Leeway)):
		r.fail("nbf", errFuture)
	case members.Get("cnf") != "":
		r.fail("cnf", errors.New("bound to a key"))
	}
	if r.err != nil {
		return Claims{}, r.err
	}
	return c, nil
}

// subject reads who the token is about.
func (r *reader) subject(c *Claims) {
	c.Subject = r.text("sub")
	_, isUUID := UUID(c.Subject)
	if r.members.Get("sid") != "" || isUUID {
		if !isUUID {
			r.fail("sub", errForm)
		}
		c.SessionID = r.uuid("sid")
		c.AuthTime, c.AMR = r.date("auth_time"), r.texts("amr")
		return
	}
	if c.Subject == "" || c.Subject != c.ClientID {
		r.fail("sub", errors.New("neither a user nor the client"))
	}
	if r.members.Get("auth_time") != "" || r.members.Get("amr") != "" {
		r.fail("amr", errors.New("nobody signed in"))
	}
}

// reader reads members of an object and remembers the first that was wrong.
type reader struct {
	members Members
	err     error
}

func (r *reader) fail(name string, err error) {
	if r.err == nil {
		r.err = fmt.Errorf("member %s: %w", name, err)
	}
}

var (
	errMissing = errors.New("missing")
	errForm    = errors.New("wrong form")
	errNotOurs = errors.New("not ours")
	errFuture  = errors.New("in the future")
)

// lastSecond is the end of year 9999, the last that RFC 3339 can write.
const lastSecond = 253402300799

func (r *reader) required(name string) (value string) {
	if value = r.members.Get(name); value == "" {
		r.fail(name, errMissing)
	}
	return value
}

func (r *reader) text(name string) (text string) {
	if v := r.required(name); v != "" {
		var err error
		if text, err = parseString(v); err != nil {
			r.fail(name, errForm)
		}
	}
	return text
}

func (r *reader) optionalText(name string) string {
	if r.members.Get(name) == "" {
		return ""
	}
	return r.text(name)
}

// bytes reads bytes in canonical base64url.
func (r *reader) bytes(name string) []byte {
	b, err := Decode(r.text(name))
	if err != nil {
		r.fail(name, errForm)
	}
	return b
}

// uuid reads an identifier in the one form that this house writes, because it
// is looked up in the revocation list by its 16 bytes.
func (r *reader) uuid(name string) string {
	text := r.text(name)
	if _, ok := UUID(text); !ok {
		r.fail(name, errForm)
	}
	return text
}

// optionalTexts is texts for a list that is left out if it is empty.
func (r *reader) optionalTexts(name string) []string {
	if r.members.Get(name) == "" {
		return nil
	}
	return r.texts(name)
}

func (r *reader) texts(name string) []string {
	v := r.required(name)
	if v == "" {
		return nil
	}
	list := make([]string, 0, 4)
	w := walker{text: v}
	err := w.array(1, func(value string) error {
		text, err := parseString(value)
		list = append(list, text)
		return err
	})
	if err != nil {
		r.fail(name, errForm)
	}
	return list
}

func (r *reader) integer(name string, limit int64) int64 {
	v := r.required(name)
	if v == "" {
		return 0
	}
	n, ok := parseInteger(v, limit)
	if !ok {
		r.fail(name, errForm)
	}
	return n
}

// parseInteger reads a number without sign, fraction, exponent or leading zero:
// 1e9 and 1000000000.0 are the same JSON number, and would be another spelling.
func parseInteger(v string, limit int64) (n int64, ok bool) {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 || n > limit || v[0] == '-' || v[0] == '0' && len(v) > 1 {
		return 0, false
	}
	return n, true
}

// date reads a NumericDate (RFC 7519 §2).
func (r *reader) date(name string) time.Time {
	n := r.integer(name, lastSecond)
	if n == 0 {
		r.fail(name, errForm)
	}
	return time.Unix(n, 0).UTC()
}

// audience reads aud, a string or a list of strings (RFC 7519 §4.1.3).
func (r *reader) audience() []string {
	v := r.required("aud")
	switch {
	case v == "":
		return nil
	case v[0] == '[':
		return r.texts("aud")
	}
	return []string{r.text("aud")}
}

// UUID gives the 16 bytes of an identifier, and false unless it is a UUID in
// lower case with its four hyphens (RFC 9562 §4).
func UUID(text string) (b [16]byte, ok bool) {
	if len(text) != 36 {
		return b, false
	}
	at := 0 // in half bytes
	for n := range len(text) {
		c := text[n]
		if n == 8 || n == 13 || n == 18 || n == 23 {
			if c != '-' {
				return [16]byte{}, false
			}
			continue
		}
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		default:
			return [16]byte{}, false
		}
		b[at/2] = b[at/2]<<4 | c
		at++
	}
	return b, true
}
