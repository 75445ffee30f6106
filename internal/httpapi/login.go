package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/session"
)

type loginInput struct {
	Body loginBody
}

type loginBody struct {
	Email       string `json:"email" minLength:"1" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The email address of the account." example:"ada@example.com"`
	Password    string `json:"password" minLength:"1" doc:"The account's password." example:"a long and happy phrase"`
	DeviceName  string `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of this device, for the list of sessions." example:"Ada's phone"`
	Audience    string `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"One of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). The tokens of the session are then for that one alone, and cannot manage the account." example:"https://api.example.com"`
	DeviceToken string `json:"device_token,omitempty" minLength:"1" maxLength:"200" doc:"The device_token of an earlier sign-in, for programs that keep no cookies. Guesses by strangers then do not slow this device down." example:"a-device-token"`
}

// loginAnswer is tokens, and what makes the device known: a cookie for a browser,
// device_token for a program.
type loginAnswer struct {
	SetCookie string `header:"Set-Cookie"`
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
		Email: in.Body.Email, Password: in.Body.Password, DeviceName: in.Body.DeviceName, Audience: in.Body.Audience,
		KnownDevice: s.knownDevice(c, in.Body.DeviceToken), Origin: c.Origin,
	})
	if err != nil {
		return nil, err
	}
	if done.Step != nil {
		return &stepAnswer{Body: showStep(done.Step)}, nil
	}
	return s.showSignInOrStep(&done.Tokens), nil
}

// knownDevice is what a program says of its device, or else the cookie of a
// browser.
func (s *server) knownDevice(c *frame.Call, token string) string {
	if token != "" {
		return token
	}
	return s.deviceCookie().Of(c.Request)
}

// showSignIn answers the tokens of a session that was opened just now.
func (s *server) showSignIn(t *session.Tokens) *loginAnswer {
	body := showTokens(t)
	body.DeviceToken = t.KnownDevice
	return &loginAnswer{SetCookie: s.deviceCookie().Header(t.KnownDevice), Body: body}
}

func (s *server) showSignInOrStep(t *session.Tokens) *stepAnswer {
	a := s.showSignIn(t)
	return &stepAnswer{SetCookie: a.SetCookie, Body: a.Body}
}

// resume is what an operation that opened a session answers to the same request.
func (s *server) resume(ctx context.Context, sessionID string) (frame.Resumed, error) {
	done, err := s.Logins.Resume(ctx, sessionID, frame.CallOf(ctx).Origin)
	if err != nil {
		return frame.Resumed{}, err
	}
	a := s.showSignIn(&done.Tokens)
	return frame.Resumed{SetCookie: a.SetCookie, Body: a.Body, Rotated: done.Generation > 0}, nil
}

func (s *server) deviceCookie() middleware.DeviceCookie {
	return middleware.DeviceCookie{Secure: s.secure}
}
