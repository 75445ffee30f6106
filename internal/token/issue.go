package token

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/keys"
)

// Options says what an issuer needs.
type Options struct {
	Ring     *keys.Ring
	Issuer   string // iss, exactly
	Audience string // aud where the grant names none
	TTL      time.Duration
	Claims   UserClaims // of users, beside ours
}

// Issuer issues access tokens. It is safe for concurrent use.
type Issuer struct {
	opts Options
}

// NewIssuer returns an issuer that signs with the active key of the ring.
func NewIssuer(o Options) *Issuer { return &Issuer{opts: o} }

// Grant is what a token is issued for.
type Grant struct {
	UserID    string
	SessionID string
	ClientID  string
	Audience  string // the issuer's if empty
	Scope     string
	ACR       string
	AMR       []string
	Roles     []string
	UserEpoch int64
	AuthTime  time.Time
	// AppMetadata and ExternalID are the user's, from which the issuer's claims are.
	AppMetadata, ExternalID string
	// Extra is what an operator adds ([ReadExtra]); nil for nothing. It wins over
	// claims of the user.
	Extra map[string]json.RawMessage
	// ReadAt is the time that was read before the session was. The token's
	// lifetime is counted from it.
	ReadAt time.Time
	// SessionEndsAt is when the session ends by itself. The token expires then at
	// the latest.
	SessionEndsAt time.Time
}

// wire is a token's payload in the order in which it is written. A list that is
// empty is left out: there are validators that refuse an empty claim (Authlib's
// of RFC 9068), and none that misses it.
type wire struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  string   `json:"aud"`
	ClientID  string   `json:"client_id"`
	IssuedAt  int64    `json:"iat"`
	ExpiresAt int64    `json:"exp"`
	ID        string   `json:"jti"`
	SessionID string   `json:"sid,omitempty"`
	UserEpoch int64    `json:"uep"`
	AuthTime  int64    `json:"auth_time,omitempty"`
	AMR       []string `json:"amr,omitzero"`
	Roles     []string `json:"roles,omitempty"`
	Scope     string   `json:"scope,omitempty"`
	ACR       string   `json:"acr,omitempty"`
}

var (
	errNotRead = errors.New("issue access token: the grant does not say when its session was read")
	// ErrSessionOver is returned for a grant whose session ends before a token
	// could be used: exp counts whole seconds.
	ErrSessionOver = errors.New("issue access token: the session is over")
)

// Issue signs an access token for g and says what is in it.
//
// Errors: ErrSessionOver.
func (i *Issuer) Issue(g Grant) (token string, c Claims, err error) {
	if g.ReadAt.IsZero() || g.AuthTime.IsZero() {
		return "", Claims{}, errNotRead
	}
	iat := g.ReadAt.UTC().Truncate(time.Second)
	exp := iat.Add(i.opts.TTL).Truncate(time.Second)
	if end := g.SessionEndsAt.UTC().Truncate(time.Second); end.Before(exp) {
		exp = end
	}
	if !exp.After(g.ReadAt) {
		return "", Claims{}, ErrSessionOver
	}
	extra, err := i.opts.Claims.of(g.AppMetadata, g.ExternalID)
	if err != nil {
		return "", Claims{}, fmt.Errorf("issue access token: %w", err)
	}
	if extra == nil {
		extra = g.Extra
	} else {
		maps.Copy(extra, g.Extra)
	}
	c = Claims{
		Issuer:    i.opts.Issuer,
		Subject:   g.UserID,
		Audience:  g.Audience,
		ClientID:  g.ClientID,
		ID:        id.Random(),
		SessionID: g.SessionID,
		IssuedAt:  iat,
		ExpiresAt: exp,
		AuthTime:  g.AuthTime.UTC().Truncate(time.Second),
		UserEpoch: g.UserEpoch,
		AMR:       append([]string{}, g.AMR...),
		Roles:     append([]string(nil), g.Roles...),
		Scope:     g.Scope,
		ACR:       g.ACR,
		Extra:     extra,
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

func (i *Issuer) sign(c Claims) (string, error) {
	w := wire{
		Issuer: c.Issuer, Subject: c.Subject, Audience: c.Audience, ClientID: c.ClientID,
		IssuedAt: c.IssuedAt.Unix(), ExpiresAt: c.ExpiresAt.Unix(),
		ID: c.ID, SessionID: c.SessionID, UserEpoch: c.UserEpoch,
		AMR: c.AMR, Roles: c.Roles, Scope: c.Scope, ACR: c.ACR,
	}
	if !c.Machine() {
		w.AuthTime = c.AuthTime.Unix()
	}
	payload, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("write claims: %w", err)
	}
	if payload, err = withExtra(payload, c.Extra); err != nil {
		return "", err
	}
	key, err := i.opts.Ring.Active()
	if err != nil {
		return "", err
	}
	raw, err := jws.Compact(key, key.ID(), jws.TypeAccessToken, payload)
	if err == nil && len(raw) > jws.MaxToken {
		return "", fmt.Errorf("token of %d bytes: too long to be accepted", len(raw))
	}
	return raw, err
}
