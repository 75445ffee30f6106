package httpapi

import (
	"context"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

const typeIntrospection = "application/" + jws.TypeIntrospection

// aboutTokenBody is what the contract says of the parameters of /oauth2/introspect and
// /oauth2/revoke.
type aboutTokenBody struct {
	Token         string `json:"token" pattern:"^[^\\x00]*$" doc:"The token." example:"an.access.token"`
	Hint          string `json:"token_type_hint,omitempty" pattern:"^[^\\x00]*$" doc:"Not needed: a token says by itself of which kind it is." example:"access_token"`
	ClientID      string `json:"client_id,omitempty" pattern:"^[^\\x00]*$" doc:"Of a client that sends its secret in the body." example:"orders"`
	ClientSecret  string `json:"client_secret,omitempty" pattern:"^[^\\x00]*$" doc:"Of such a client." example:"spc_example"`
	AssertionType string `json:"client_assertion_type,omitempty" pattern:"^[^\\x00]*$" doc:"Of a client with private_key_jwt: always urn:ietf:params:oauth:client-assertion-type:jwt-bearer (RFC 7523 §2.2)."`
	Assertion     string `json:"client_assertion,omitempty" pattern:"^[^\\x00]*$" doc:"Of such a client: a JWT that it signed, used once."`
}

// introspectedBody is what a client is told of a token (RFC 7662 §2.2).
type introspectedBody struct {
	Active    bool     `json:"active" doc:"Whether the token counts right now. If false, nothing else is said: the token is expired, revoked, none at all, or not for this client."`
	TokenType string   `json:"token_type,omitempty" doc:"Bearer for an access token. Absent for a refresh token." example:"Bearer"`
	Scope     string   `json:"scope,omitempty" doc:"The scopes, separated by spaces." example:"orders:read"`
	ClientID  string   `json:"client_id,omitempty" doc:"The client that the token was issued to: sallyport for sign-ins here." example:"sallyport"`
	Issuer    string   `json:"iss,omitempty" doc:"The public URL of this server." example:"https://auth.example.com"`
	Subject   string   `json:"sub,omitempty" doc:"The user ID, or the client_id of a client that acts for no user." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	Audience  string   `json:"aud,omitempty" doc:"Whom the token is for." example:"https://api.example.com"`
	ID        string   `json:"jti,omitempty" doc:"The ID of an access token." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	SessionID string   `json:"sid,omitempty" doc:"The session ID. Absent for a client that acts for no user." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	IssuedAt  int64    `json:"iat,omitempty" doc:"When an access token was issued, in seconds since 1970." example:"1767225600"`
	ExpiresAt int64    `json:"exp,omitempty" doc:"When the token expires, in seconds since 1970." example:"1767226500"`
	AuthTime  int64    `json:"auth_time,omitempty" doc:"When the user last proved who they are, in seconds since 1970." example:"1767225600"`
	ACR       string   `json:"acr,omitempty" doc:"How well the user proved it (RFC 9068 §2.2.1)."`
	AMR       []string `json:"amr,omitempty" doc:"By what the user proved it (RFC 8176)."`
	Roles     []string `json:"roles,omitempty" doc:"The user's roles, sorted by name."`
}

func showIntrospected(i client.Introspected) introspectedBody {
	switch {
	case !i.Active:
		return introspectedBody{}
	case i.Refresh.ID != "":
		r := i.Refresh
		return introspectedBody{
			Active: true, Scope: r.Scope, ClientID: r.ClientID, Subject: r.UserID, Audience: r.Audience, SessionID: r.ID,
			ExpiresAt: i.ExpiresAt.Unix(), AuthTime: r.AuthTime.Unix(), ACR: r.ACR, AMR: r.AMR,
		}
	}
	a := i.Access
	shown := introspectedBody{
		Active: true, TokenType: "Bearer", Scope: a.Scope, ClientID: a.ClientID, Issuer: a.Issuer, Subject: a.Subject, Audience: a.Audience,
		ID: a.ID, SessionID: a.SessionID, IssuedAt: a.IssuedAt.Unix(), ExpiresAt: a.ExpiresAt.Unix(), ACR: a.ACR, AMR: a.AMR, Roles: a.Roles,
	}
	if !a.Machine() {
		shown.AuthTime = a.AuthTime.Truncate(time.Second).Unix()
	}
	return shown
}

// postIntrospect tells a client whether a token counts (RFC 7662), signed if it asks
// for that (RFC 9701).
func (s *server) postIntrospect(ctx context.Context, in frame.Parameters) (any, error) {
	c, raw, err := s.aboutToken(ctx, in)
	if err != nil {
		return nil, err
	}
	found, err := s.Clients.Introspect(ctx, c, raw)
	if err != nil {
		return nil, err
	}
	shown := showIntrospected(found)
	if asksFor(frame.CallOf(ctx).Request, typeIntrospection) {
		text, err := s.Clients.Sign(c, shown)
		if err != nil {
			return nil, err
		}
		if text != "" {
			return frame.Signed{Type: typeIntrospection, Text: text}, nil
		}
	}
	return shown, nil
}

// revokedBody is empty: a client looks at the status alone (RFC 7009 §2.2).
type revokedBody struct{}

// postRevoke ends a token that the client got (RFC 7009).
func (s *server) postRevoke(ctx context.Context, in frame.Parameters) (any, error) {
	c, raw, err := s.aboutToken(ctx, in)
	if err != nil {
		return nil, err
	}
	return revokedBody{}, s.Clients.RevokeToken(ctx, c, raw, frame.CallOf(ctx).Origin)
}

// aboutToken lets the client in, and gives the token that it sent.
func (s *server) aboutToken(ctx context.Context, in frame.Parameters) (client.Authenticated, string, error) {
	c, err := s.callingClient(ctx, in)
	if err != nil {
		return client.Authenticated{}, "", err
	}
	raw := in.Get("token")
	if raw == "" {
		return client.Authenticated{}, "", client.ErrInvalidRequest
	}
	return c, raw, nil
}

// asksFor reports whether a request names a media type as one that it takes.
func asksFor(r *http.Request, kind string) bool {
	for _, line := range r.Header["Accept"] {
		for part := range strings.SplitSeq(line, ",") {
			named, parameters, err := mime.ParseMediaType(part)
			if err == nil && named == kind && parameters["q"] != "0" {
				return true
			}
		}
	}
	return false
}
