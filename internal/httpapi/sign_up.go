package httpapi

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

type signUpInput struct {
	Body signUpBody
}

type signUpBody struct {
	Email    string `json:"email" minLength:"3" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"address that the link is mailed to" example:"ada@example.com"`
	Password string `json:"password" minLength:"1" doc:"8 to 256 characters by default; common ones are refused" example:"a long and happy phrase"`
	Name     string `json:"name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"shown to people" example:"Ada Lovelace"`
}

// statusBody answers where there is nothing more to say.
type statusBody struct {
	Status string `json:"status" enum:"verification_sent,sent,password_changed,session_ended,email_restored,account_restored" doc:"what was done"`
}

// signUpAnswer is a statusBody, or a User where verification is not required.
type signUpAnswer struct {
	Status int
	Body   any
}

func (s *server) postSignUp(ctx context.Context, in *signUpInput) (*signUpAnswer, error) {
	done, err := s.Accounts.SignUp(ctx, account.SignUp{
		Email: in.Body.Email, Password: in.Body.Password, Name: in.Body.Name, Origin: frame.CallOf(ctx).Origin,
	})
	if err != nil {
		return nil, err
	}
	if done.User != nil {
		return &signUpAnswer{Status: http.StatusCreated, Body: showUser(done.User)}, nil
	}
	return &signUpAnswer{Status: http.StatusAccepted, Body: statusBody{Status: "verification_sent"}}, nil
}
