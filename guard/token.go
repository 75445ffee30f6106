package guard

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

// Token is an access token that was verified: a user's or a client's own. It is
// shared between requests and must not be changed.
type Token struct {
	User   *User   // nil if it is a client's
	Client *Client // nil if it is a user's

	kid                  string
	key                  *key
	id, session, subject name
	epoch                int64
	expires              int64 // in seconds since 1970
	audience             []string
	claims               jws.Members
}

// User is a person who signed in.
type User struct {
	ID        string // sub
	SessionID string // sid: the device; the same through every refresh
	ClientID  string // the program that they signed in with
	Roles     []string
	Scopes    []string
	AMR       []string // how they signed in (RFC 8176): pwd, otp, hwk, user, mfa
	ACR       string
	AuthTime  time.Time // when they last proved who they are
	ExpiresAt time.Time // of the token

	token *Token
}

// HasRole reports whether the user has a role.
func (u *User) HasRole(role string) bool { return slices.Contains(u.Roles, role) }

// HasScope reports whether the token was given a scope.
func (u *User) HasScope(scope string) bool { return slices.Contains(u.Scopes, scope) }

// SecondFactor reports whether the user proved more than one factor.
func (u *User) SecondFactor() bool { return slices.Contains(u.AMR, "mfa") }

// Claim reads any claim of the token into a variable, as [json.Unmarshal] does.
// It reports false if the token has none of that name.
func (u *User) Claim(name string, into any) (bool, error) { return u.token.claim(name, into) }

// Client is a program that acts for itself (RFC 6749 §4.4). Nobody signed in.
type Client struct {
	ID        string // client_id
	Scopes    []string
	ExpiresAt time.Time // of the token

	token *Token
}

// HasScope reports whether the token was given a scope.
func (c *Client) HasScope(scope string) bool { return slices.Contains(c.Scopes, scope) }

// Claim reads any claim of the token into a variable, as [json.Unmarshal] does.
// It reports false if the token has none of that name.
func (c *Client) Claim(name string, into any) (bool, error) { return c.token.claim(name, into) }

func (t *Token) claim(name string, into any) (bool, error) {
	value := t.claims.Get(name)
	if value == "" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(value), into); err != nil {
		return true, fmt.Errorf("read claim %q: %w", name, err)
	}
	return true, nil
}

// newToken makes a token of claims that were verified with a key.
func newToken(kid string, k *key, c *jws.Claims) *Token {
	t := &Token{
		kid: kid, key: k, id: nameOf(c.ID), subject: nameOf(c.Subject), epoch: c.Epoch,
		expires: c.ExpiresAt.Unix(), audience: c.Audience, claims: c.Members,
	}
	scopes := strings.Fields(c.Scope)
	if c.Machine() {
		t.Client = &Client{ID: c.ClientID, Scopes: scopes, ExpiresAt: c.ExpiresAt, token: t}
		return t
	}
	t.session = nameOf(c.SessionID)
	t.User = &User{
		ID: c.Subject, SessionID: c.SessionID, ClientID: c.ClientID, Roles: c.Roles, Scopes: scopes, AMR: c.AMR, ACR: c.ACR,
		AuthTime: c.AuthTime, ExpiresAt: c.ExpiresAt, token: t,
	}
	return t
}
