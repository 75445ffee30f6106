package httpapi

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// grantBody is what the contract says of the parameters of /oauth2/token.
type grantBody struct {
	GrantType     string `json:"grant_type" enum:"client_credentials,password" doc:"What is exchanged: client_credentials for a token of the client's own (RFC 6749 §4.4), or password for one of a user, if the operator allows it (SALLYPORT_PASSWORD_GRANT)."`
	Username      string `json:"username,omitempty" pattern:"^[^\\x00]*$" doc:"With password: the email address of the account."`
	Password      string `json:"password,omitempty" pattern:"^[^\\x00]*$" doc:"With password: the account's password."`
	Scope         string `json:"scope,omitempty" pattern:"^[^\\x00]*$" doc:"Of the client's scopes, separated by spaces; all of them if it is left out." example:"orders:read"`
	Resource      string `json:"resource,omitempty" pattern:"^[^\\x00]*$" doc:"One of the client's audiences (RFC 8707); the only one if it is left out. With password: one of SALLYPORT_AUDIENCES, which must be named, here or in the query." example:"https://api.example.com"`
	ClientID      string `json:"client_id,omitempty" pattern:"^[^\\x00]*$" doc:"Of a client that sends its secret in the body." example:"orders"`
	ClientSecret  string `json:"client_secret,omitempty" pattern:"^[^\\x00]*$" doc:"Of such a client." example:"spc_example"`
	AssertionType string `json:"client_assertion_type,omitempty" pattern:"^[^\\x00]*$" doc:"Of a client with private_key_jwt: always urn:ietf:params:oauth:client-assertion-type:jwt-bearer (RFC 7523 §2.2)."`
	Assertion     string `json:"client_assertion,omitempty" pattern:"^[^\\x00]*$" doc:"Of such a client: a JWT that it signed, used once."`
}

// grantedBody is an access token (RFC 6749 §5.1).
type grantedBody struct {
	AccessToken string `json:"access_token" doc:"A JWT (RFC 9068) whose subject is the client." example:"an.access.token"`
	TokenType   string `json:"token_type" enum:"Bearer" doc:"How it is presented (RFC 6750)."`
	ExpiresIn   int64  `json:"expires_in" doc:"The lifetime in seconds." example:"900"`
	Scope       string `json:"scope" doc:"What it is for, separated by spaces." example:"orders:read"`
}

// postToken answers a client that asks for a token of its own (RFC 6749 §4.4).
func (s *server) postToken(ctx context.Context, in frame.Parameters) (any, error) {
	if s.PasswordGrant && in.Get("grant_type") == client.GrantPassword {
		return s.grantPassword(ctx, in)
	}
	c, err := s.callingClient(ctx, in)
	if err != nil {
		return nil, err
	}
	switch in.Get("grant_type") {
	case client.GrantClientCredentials:
	case "":
		return nil, client.ErrInvalidRequest
	default:
		return nil, client.ErrUnsupportedGrantType
	}
	got, err := s.Clients.Grant(ctx, c, client.Asked{Scope: in.Get("scope"), Resources: slices.Concat(in["resource"], in["audience"])})
	if err != nil {
		return nil, err
	}
	left := got.Claims.ExpiresAt.Sub(s.Clock.Now())
	return grantedBody{
		AccessToken: got.AccessToken, TokenType: "Bearer", ExpiresIn: max(int64(left.Seconds()), 0), Scope: got.Claims.Scope,
	}, nil
}

// callingClient lets the client in that calls. What it asks for counts against it
// from then on: strangers use up nobody's budget but their address's.
func (s *server) callingClient(ctx context.Context, in frame.Parameters) (client.Authenticated, error) {
	call := frame.CallOf(ctx)
	sent, err := s.credentialsOf(call.Request, in)
	if err != nil {
		return client.Authenticated{}, err
	}
	return s.letIn(ctx, sent)
}

// letIn lets in the client whose credentials were read.
func (s *server) letIn(ctx context.Context, sent client.Credentials) (client.Authenticated, error) {
	c, err := s.Clients.Authenticate(ctx, sent, frame.CallOf(ctx).Origin)
	if err != nil {
		return client.Authenticated{}, err
	}
	return c, s.Limits.Allow(ctx, ratelimit.OAuth, ratelimit.Program(c.ClientID))
}

// credentialsOf reads how a client says who it is: in the Authorization header, both
// parts form-encoded, or by its secret in the body (RFC 6749 §2.3.1), or by an
// assertion there (RFC 7523 §2.2), and never in two ways. The client_id may stand in
// the body beside the others, if it is the same.
func (s *server) credentialsOf(r *http.Request, in frame.Parameters) (client.Credentials, error) {
	named, secret, assertion := in.Get("client_id"), in.Get("client_secret"), in.Get("client_assertion")
	lines := r.Header["Authorization"]
	ways := len(lines)
	for _, sent := range []string{secret, assertion} {
		if sent != "" {
			ways++
		}
	}
	switch kind := in.Get("client_assertion_type"); {
	case ways > 1, (kind == "") != (assertion == ""):
		return client.Credentials{}, client.ErrInvalidRequest
	case assertion != "" && kind != client.AssertionType:
		return client.Credentials{}, client.ErrInvalidClient
	case assertion != "":
		return s.asserted(r, named, assertion), nil
	case secret != "":
		return client.Credentials{ClientID: named, Secret: secret, Method: client.SecretPost}, nil
	case ways == 0:
		return client.Credentials{}, client.ErrInvalidClient
	}
	basic, ok := basicOf(lines[0])
	if !ok {
		return client.Credentials{}, client.ErrInvalidClient
	}
	if named != "" && named != basic.ClientID {
		return client.Credentials{}, client.ErrInvalidRequest
	}
	return basic, nil
}

// asserted is an assertion, which may be for this server or for the endpoint that is
// asked.
func (s *server) asserted(r *http.Request, named, assertion string) client.Credentials {
	return client.Credentials{
		ClientID: named, Assertion: assertion, Method: client.PrivateKeyJWT, Audiences: []string{s.PublicURL, s.PublicURL + r.URL.Path},
	}
}

// basicOf reads a header of HTTP Basic.
func basicOf(line string) (client.Credentials, bool) {
	const scheme = "Basic "
	if len(line) < len(scheme) || !strings.EqualFold(line[:len(scheme)], scheme) {
		return client.Credentials{}, false
	}
	text, err := base64.StdEncoding.Strict().DecodeString(strings.Trim(line[len(scheme):], " "))
	if err != nil {
		return client.Credentials{}, false
	}
	name, secret, parted := strings.Cut(string(text), ":")
	id, err1 := url.QueryUnescape(name)
	plain, err2 := url.QueryUnescape(secret)
	return client.Credentials{ClientID: id, Secret: plain, Method: client.SecretBasic}, parted && err1 == nil && err2 == nil
}
