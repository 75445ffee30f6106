package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

type emailInput struct {
	Body emailBody
}

type emailBody struct {
	Email string `json:"email" minLength:"3" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The email address of the account." example:"ada@example.com"`
}

type resendInput struct {
	Body resendBody
}

type resendBody struct {
	Email       string `json:"email" minLength:"3" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The email address that gets the link." example:"ada@example.com"`
	SignUpToken string `json:"sign_up_token,omitempty" minLength:"1" maxLength:"256" doc:"The sign_up_token of a sign-up. The link then belongs to that sign-up, otherwise to the newest." example:"a-sign-up-token"`
}

type statusAnswer struct{ Body statusBody }

// sent is the one answer to a request for mail, whether or not anything was
// sent: strangers learn nothing from it.
func sent() *statusAnswer { return &statusAnswer{Body: statusBody{Status: "sent"}} }

func (s *server) postRequestVerification(ctx context.Context, in *resendInput) (*statusAnswer, error) {
	if err := s.SignUps.RequestVerification(ctx, in.Body.Email, in.Body.SignUpToken, frame.CallOf(ctx).Origin); err != nil {
		return nil, err
	}
	return sent(), nil
}

func (s *server) postRequestReset(ctx context.Context, in *emailInput) (*statusAnswer, error) {
	if err := s.Passwords.RequestReset(ctx, in.Body.Email, frame.CallOf(ctx).Origin); err != nil {
		return nil, err
	}
	return sent(), nil
}
