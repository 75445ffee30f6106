package token

import (
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
)

// MachineGrant is what a token is issued for that a client asks for on its own
// (RFC 6749 §4.4).
type MachineGrant struct {
	ClientID string
	Audience string // the issuer's if empty
	Scope    string
	Epoch    int64 // of the client
	// ReadAt is the time that was read before the client was. The token's lifetime
	// is counted from it.
	ReadAt time.Time
}

// IssueMachine signs an access token for g and says what is in it.
func (i *Issuer) IssueMachine(g MachineGrant) (token string, c Claims, err error) {
	if g.ReadAt.IsZero() {
		return "", Claims{}, errNotRead
	}
	iat := g.ReadAt.UTC().Truncate(time.Second)
	c = Claims{
		Issuer: i.opts.Issuer, Subject: g.ClientID, Audience: g.Audience, ClientID: g.ClientID, ID: id.Random(),
		IssuedAt: iat, ExpiresAt: iat.Add(i.opts.TTL).Truncate(time.Second), UserEpoch: g.Epoch, Scope: g.Scope,
	}
	if c.Audience == "" {
		c.Audience = i.opts.Audience
	}
	token, err = i.sign(c)
	if err != nil {
		return "", Claims{}, fmt.Errorf("issue access token: %w", err)
	}
	return token, c, nil
}
