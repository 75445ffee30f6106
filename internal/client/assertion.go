package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// assertionFor is how far ahead an assertion may expire.
const assertionFor = 5 * time.Minute

// maxJTI bounds the name of an assertion, in bytes.
const maxJTI = 256

// assertion is what a client says of itself by its key (RFC 7523 §3).
type assertion struct {
	message jws.Message

	issuer, subject, id, audience string
	expiresAt, issuedAt, notSince time.Time // the last two may be zero
}

// readAssertion reads an assertion that nobody has verified: until its signature
// was, subject may only select the client whose keys are tried. It reports false
// of what has not the form.
func readAssertion(raw string) (a assertion, ok bool) {
	message, err := jws.Parse(raw, jws.MaxToken)
	if err != nil {
		return assertion{}, false
	}
	switch message.Type { // one kind of token never passes for another (RFC 8725 §3.11)
	case "", "JWT", "client-authentication+jwt":
	default:
		return assertion{}, false
	}
	members, err := jws.ParseObject(message.Payload)
	if err != nil {
		return assertion{}, false
	}
	r := said{members: members}
	a = assertion{
		message: message, issuer: r.text("iss"), subject: r.text("sub"), id: r.text("jti"), audience: r.one("aud"),
		expiresAt: r.date("exp"), issuedAt: r.optionalDate("iat"), notSince: r.optionalDate("nbf"),
	}
	return a, !r.wrong && len(a.id) <= maxJTI
}

// byAssertion gives the client that an assertion names, and why it is not let in.
// An assertion lets in once, at whichever instance (RFC 7523 §3); one that is
// refused is not used up.
func (cs *Clients) byAssertion(ctx context.Context, c Credentials, now time.Time) (row store.Client, reason string, err error) {
	a, formed := readAssertion(c.Assertion)
	row, known, err := cs.named(ctx, a.subject)
	if err != nil {
		return row, "", err
	}
	var keys map[string]*jws.Public
	if known {
		if keys, err = keysOf(row); err != nil {
			return row, "", err
		}
	}
	key := keys[a.message.KeyID]
	verified := formed && a.verifies(key) // as long for every client, with or without a key
	switch {
	case !formed:
		reason = reasonMalformed
	case !known:
		reason = reasonUnknown
	case row.AuthMethod != PrivateKeyJWT:
		reason = reasonMethod
	case key == nil:
		reason = reasonUnknownKey
	case !verified:
		reason = reasonWrongSignature
	default:
		reason = a.refused(row, c, now)
	}
	if reason != "" {
		return row, reason, nil
	}
	spent := secret.Hash("client assertion\x00" + row.ClientID + "\x00" + a.id)
	err = cs.opts.Store.Direct().Challenges.Spend(ctx, spent, a.expiresAt)
	if errors.Is(err, store.ErrTaken) {
		return row, reasonReplayed, nil
	}
	if err != nil {
		return row, "", fmt.Errorf("spend client assertion: %w", err)
	}
	return row, "", nil
}

// refused says why an assertion, whose signature is its client's, does not let in.
func (a *assertion) refused(row store.Client, c Credentials, now time.Time) string {
	switch {
	case a.issuer != a.subject, c.ClientID != "" && c.ClientID != a.subject, !slices.Contains(c.Audiences, a.audience):
		return reasonClaims
	case !a.current(now):
		return reasonLifetime
	case !row.DisabledAt.IsZero():
		return reasonDisabled
	}
	return ""
}

// current reports whether an assertion counts now. Clocks may differ where that
// makes no assertion live longer.
func (a *assertion) current(now time.Time) bool {
	soon := now.Add(jws.Leeway)
	return now.Before(a.expiresAt) && !a.expiresAt.After(now.Add(assertionFor)) && !a.issuedAt.After(soon) && !a.notSince.After(soon)
}

// verifies reports whether the signature is that of key. Without a key it tries
// another in vain, so that time does not tell which clients and keys there are.
func (a *assertion) verifies(key *jws.Public) bool {
	if key != nil {
		return a.message.VerifyForeign(key) == nil
	}
	if key = decoyKeys()[a.message.Algorithm]; key != nil {
		_ = a.message.VerifyForeign(key)
	}
	return false
}

// decoyKeys has a key for each algorithm: those of RFC 7515 §A.2 and §A.3 and of
// RFC 8037 §A.2, whose private halves everybody has. Nobody asks what they verify.
var decoyKeys = sync.OnceValue(func() map[string]*jws.Public {
	found, _ := jws.ParseSet([]byte(`{"keys":[
		{"kid":"ES256","alg":"ES256","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
		{"kid":"EdDSA","alg":"EdDSA","kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
		{"kid":"RS256","alg":"RS256","kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTTb9gb54h4FRWyuXpoQ"}
	]}`))
	return found
})

// said reads members by their exact names, and remembers whether one was wrong.
type said struct {
	members map[string]json.RawMessage
	wrong   bool
}

func (s *said) text(name string) string {
	var text *string
	if err := json.Unmarshal(s.members[name], &text); err != nil || text == nil || *text == "" {
		s.wrong = true
		return ""
	}
	return *text
}

// one reads a text that may stand in a list, alone: an assertion for several
// servers could be shown to each of them.
func (s *said) one(name string) string {
	if raw := s.members[name]; len(raw) == 0 || raw[0] != '[' {
		return s.text(name)
	}
	var list []string
	if err := json.Unmarshal(s.members[name], &list); err != nil || len(list) != 1 {
		s.wrong = true
		return ""
	}
	return list[0]
}

// date reads a NumericDate (RFC 7519 §2) in whole seconds.
func (s *said) date(name string) time.Time {
	var seconds *int64
	if err := json.Unmarshal(s.members[name], &seconds); err != nil || seconds == nil || *seconds <= 0 || *seconds > 1<<40 {
		s.wrong = true
		return time.Time{}
	}
	return time.Unix(*seconds, 0)
}

func (s *said) optionalDate(name string) time.Time {
	if _, there := s.members[name]; !there {
		return time.Time{}
	}
	return s.date(name)
}
