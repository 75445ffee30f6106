package httpapi

import (
	"context"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/session"
)

type refreshInput struct {
	Body *refreshBody
}

type refreshBody struct {
	Audience     string `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"Whom the access token is for alone: one of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). The session stays as it is. One that was opened for an audience has tokens for that one alone." example:"https://api.example.com"`
	RefreshToken string `json:"refresh_token,omitempty" minLength:"1" maxLength:"4096" doc:"The refresh token, unless it is sent as Authorization: Bearer." example:"a-refresh-token"`
}

// errTwoTokens is returned for a refresh token in the header and another one in
// the body.
var errTwoTokens = middleware.ErrMalformed.WithWords("malformed_request.two_tokens")

func (s *server) postRefresh(ctx context.Context, in *refreshInput) (*tokensAnswer, error) {
	c := frame.CallOf(ctx)
	var inBody, audience string
	if in.Body != nil {
		inBody, audience = in.Body.RefreshToken, in.Body.Audience
	}
	raw, err := refreshToken(c, inBody)
	if err != nil {
		return nil, err
	}
	if raw == "" {
		// What else stands in the header is no refresh token, and refused as
		// one that is not valid.
		if raw = c.Bearer; raw == "" {
			return nil, errRefreshTokenRequired
		}
	}
	c.Presented = true
	tokens, err := s.Sessions.Refresh(ctx, raw, audience, c.Origin)
	if err != nil {
		return nil, err
	}
	return &tokensAnswer{Body: showTokens(&tokens)}, nil
}

// errRefreshTokenRequired is returned to a refresh without a token. Like every
// refusal of a refresh it says what to do next.
var errRefreshTokenRequired = frame.ErrTokenRequired.WithWords("token_required.refresh").
	WithMember(session.MemberNext, session.NextLogin)

// refreshToken is the refresh token of a call, from the body or the header. An
// access token in the header is no contradiction: many clients send it always.
func refreshToken(c *frame.Call, inBody string) (string, error) {
	if !strings.HasPrefix(c.Bearer, frame.PrefixRefresh) {
		return inBody, nil
	}
	if inBody != "" && inBody != c.Bearer {
		return "", errTwoTokens
	}
	return c.Bearer, nil
}
