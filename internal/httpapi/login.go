package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

type loginInput struct {
	Body loginBody
}

type loginBody struct {
	Email      string `json:"email" minLength:"1" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"address of the account" example:"ada@example.com"`
	Password   string `json:"password" minLength:"1" doc:"the account's password" example:"a long and happy phrase"`
	DeviceName string `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"what the person calls this device" example:"Ada's phone"`
}

type loginAnswer struct {
	SetCookie string `header:"Set-Cookie" doc:"the known-device cookie: a browser that sends it is not slowed down by strangers' guesses"`
	Body      Tokens
}

// stepAnswer is a loginAnswer, or what the second step needs and no cookie.
type stepAnswer struct {
	SetCookie string `header:"Set-Cookie"`
	Body      any
}

func (s *server) postLogin(ctx context.Context, in *loginInput) (*stepAnswer, error) {
	c := frame.CallOf(ctx)
	done, err := s.Logins.WithPassword(ctx, login.Password{
		Email: in.Body.Email, Password: in.Body.Password, DeviceName: in.Body.DeviceName,
		KnownDevice: s.deviceCookie().Of(c.Request), Origin: c.Origin,
	})
	if err != nil {
		return nil, err
	}
	if done.Step != nil {
		return &stepAnswer{Body: showStep(done.Step)}, nil
	}
	return &stepAnswer{SetCookie: s.deviceCookie().Header(done.KnownDevice), Body: showTokens(&done.Tokens)}, nil
}

func (s *server) deviceCookie() middleware.DeviceCookie {
	return middleware.DeviceCookie{Secure: s.secure}
}
