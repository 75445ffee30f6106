package httpapi

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// grantPassword answers a developer's tool that sends a name and a password
// (RFC 6749 §4.3). It has no client: no client has this grant. What Swagger UI sends
// for an empty client_id is none.
func (s *server) grantPassword(ctx context.Context, in frame.Parameters) (any, error) {
	c := frame.CallOf(ctx)
	if !anonymous(c.Request, in) {
		if _, err := s.callingClient(ctx, in); err != nil {
			return nil, err
		}
		return nil, client.ErrUnauthorizedClient
	}
	if err := s.Limits.Allow(ctx, ratelimit.Login, ratelimit.Client(middleware.ClientAddress(ctx))); err != nil {
		return nil, err
	}
	email, password := in.Get("username"), in.Get("password")
	if email == "" || password == "" {
		return nil, client.ErrInvalidRequest
	}
	audiences := namedAudiences(c.Request, in)
	if len(audiences) != 1 {
		return nil, client.ErrInvalidTarget
	}
	tokens, err := s.Logins.Grant(ctx, login.PasswordGrant{Email: email, Password: password, Audience: audiences[0], Origin: c.Origin})
	if err != nil {
		return nil, err
	}
	return grantedBody{AccessToken: tokens.AccessToken, TokenType: "Bearer", ExpiresIn: int64(tokens.ExpiresIn / time.Second)}, nil
}

// anonymous reports whether a request names no client.
func anonymous(r *http.Request, in frame.Parameters) bool {
	if in.Get("client_id") != "" || in.Get("client_secret") != "" || in.Get("client_assertion") != "" {
		return false
	}
	switch lines := r.Header["Authorization"]; len(lines) {
	case 0:
		return true
	case 1:
		sent, ok := basicOf(lines[0])
		return ok && sent.ClientID == "" && sent.Secret == ""
	}
	return false
}

// namedAudiences are the audiences of a request, each once. They may stand in the
// query: an OpenAPI document has no other place for what its token endpoint needs.
func namedAudiences(r *http.Request, in frame.Parameters) []string {
	query := r.URL.Query()
	named := slices.Concat(in["audience"], in["resource"], query["audience"], query["resource"])
	slices.Sort(named)
	return slices.Compact(named)
}
