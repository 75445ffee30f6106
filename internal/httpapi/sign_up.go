package httpapi

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

type signUpInput struct {
	Body signUpBody
}

type signUpBody struct {
	Email    string `json:"email" minLength:"3" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The email address that gets the link." example:"ada@example.com"`
	Password string `json:"password" minLength:"1" doc:"The new password: 8 to 256 characters by default. Common and breached passwords are refused." example:"a long and happy phrase"`
	Name     string `json:"name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name that people see." example:"Ada Lovelace"`
}

// statusBody answers where there is nothing more to say.
type statusBody struct {
	Status string `json:"status" enum:"sent,password_changed,session_ended,email_restored,account_restored" doc:"What was done."`
}

// signedUpBody answers a sign-up, whoever it was.
type signedUpBody struct {
	Status      string `json:"status" enum:"verification_sent" doc:"What was done."`
	SignUpToken string `json:"sign_up_token" doc:"Proves that the program that signed up also uses the link. Send it to /auth/verify-email with the token of the emailed link." example:"a-sign-up-token"`
}

// madeBody is the account that was made at once.
type madeBody struct {
	User

	SignUpToken string `json:"sign_up_token" doc:"Proves that the program that signed up also uses the link. Send it to /auth/verify-email with the token of the emailed link." example:"a-sign-up-token"`
}

// signUpAnswer is a signedUpBody, or a madeBody where verification is not
// required.
type signUpAnswer struct {
	Status int
	Body   any
}

func (s *server) postSignUp(ctx context.Context, in *signUpInput) (*signUpAnswer, error) {
	done, err := s.SignUps.SignUp(ctx, signup.SignUp{
		Email: in.Body.Email, Password: in.Body.Password, Name: in.Body.Name, Origin: frame.CallOf(ctx).Origin,
	})
	if err != nil {
		return nil, err
	}
	if done.User != nil {
		return &signUpAnswer{Status: http.StatusCreated, Body: madeBody{User: showUser(done.User), SignUpToken: done.Proof}}, nil
	}
	return &signUpAnswer{Status: http.StatusAccepted, Body: signedUpBody{Status: "verification_sent", SignUpToken: done.Proof}}, nil
}
