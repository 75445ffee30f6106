package httpapi

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/token"
)

type logoutInput struct {
	Body *logoutBody
}

type logoutBody struct {
	RefreshToken string `json:"refresh_token,omitempty" minLength:"1" maxLength:"4096" doc:"Any refresh token of the session." example:"a-refresh-token"`
	Everywhere   bool   `json:"everywhere,omitempty" doc:"If true, ends every session of the user. Needs a token that has not expired."`
}

// receiptBody proves a logout.
type receiptBody struct {
	Revocation int64     `json:"revocation" doc:"The number of this revocation. A verifier that has applied it refuses the session's tokens." example:"1234"`
	Mark       string    `json:"mark,omitempty" doc:"A random value that belongs to the number. It differs if a restored database issues the number again." example:"q83vEjRWeJA"`
	RevokedAt  time.Time `json:"revoked_at" doc:"The time at which the session ended." example:"2026-05-04T10:20:30.123456Z"`
}

type receiptAnswer struct{ Body receiptBody }

// postLogout ends the session of whatever token came. Somebody who wants to be
// logged out should be: an access token may have expired or be revoked, a
// refresh token may be an old one, and one of the two that is no good does not
// spoil the other. Everywhere is more than that and needs a token that is live.
func (s *server) postLogout(ctx context.Context, in *logoutInput) (*receiptAnswer, error) {
	c := frame.CallOf(ctx)
	out := session.Logout{Origin: c.Origin}
	var inBody string
	if in.Body != nil {
		inBody, out.Everywhere = in.Body.RefreshToken, in.Body.Everywhere
	}
	var err error
	if out.RefreshToken, err = refreshToken(c, inBody); err != nil {
		return nil, err
	}
	if c.Presented = c.Bearer != "" || out.RefreshToken != ""; !c.Presented {
		return nil, frame.ErrTokenRequired
	}
	if out.Claims, err = s.leaving(ctx, c.Bearer, out.Everywhere); err != nil &&
		(out.RefreshToken == "" || !errors.Is(err, token.ErrInvalidToken)) {
		return nil, err
	}
	receipt, err := s.Sessions.Logout(ctx, out)
	if err != nil {
		return nil, err
	}
	return &receiptAnswer{Body: receiptBody{
		Revocation: receipt.Revocation.Number, Mark: receipt.Revocation.Mark.String(),
		RevokedAt: receipt.RevokedAt.UTC().Truncate(time.Microsecond),
	}}, nil
}

// leaving reads the access token of somebody who logs out, if one came.
func (s *server) leaving(ctx context.Context, bearer string, everywhere bool) (*token.Claims, error) {
	if bearer == "" || strings.HasPrefix(bearer, frame.PrefixRefresh) {
		return nil, nil //nolint:nilnil // no token, no claims
	}
	verify := s.Verifier.VerifyExpired
	if everywhere {
		verify = s.Verifier.Verify
	}
	claims, err := verify(ctx, bearer)
	if err != nil {
		return nil, err
	}
	return &claims, nil
}
