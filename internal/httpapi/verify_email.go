package httpapi

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

type tokenQuery struct {
	Token string `query:"token" required:"true" maxLength:"256" doc:"the token of the mailed link" example:"the-token-of-the-link"`
}

type tokenInput struct {
	Body tokenBody
}

type tokenBody struct {
	Token string `json:"token" minLength:"1" maxLength:"256" doc:"the token of the mailed link" example:"the-token-of-the-link"`
}

// usableBody says whether a token would work.
type usableBody struct {
	Usable bool `json:"usable" doc:"whether the token would work right now"`
}

type usableAnswer struct{ Body usableBody }

// lookAnswer is a usableBody, or a User where GET verifies.
type lookAnswer struct{ Body any }

// getVerifyEmail changes nothing, unless the operator wants links that verify
// in one click; HEAD never does.
func (s *server) getVerifyEmail(ctx context.Context, in *tokenQuery) (*lookAnswer, error) {
	c := frame.CallOf(ctx)
	if s.VerifyEmailOnGet && c.Request.Method == http.MethodGet {
		u, err := s.Accounts.VerifyEmail(ctx, in.Token, c.Origin)
		if err != nil {
			return nil, err
		}
		return &lookAnswer{Body: showUser(&u)}, nil
	}
	usable, _, err := s.Accounts.Verifiable(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &lookAnswer{Body: usableBody{Usable: usable}}, nil
}

func (s *server) postVerifyEmail(ctx context.Context, in *tokenInput) (*userAnswer, error) {
	u, err := s.Accounts.VerifyEmail(ctx, in.Body.Token, frame.CallOf(ctx).Origin)
	if err != nil {
		return nil, err
	}
	return &userAnswer{Body: showUser(&u)}, nil
}
