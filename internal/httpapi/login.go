package httpapi

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/login"
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

func (s *server) postLogin(ctx context.Context, in *loginInput) (*loginAnswer, error) {
	c := callOf(ctx)
	done, err := s.Logins.WithPassword(ctx, login.Password{
		Email: in.Body.Email, Password: in.Body.Password, DeviceName: in.Body.DeviceName,
		KnownDevice: s.knownDevice(c.request), Origin: c.origin,
	})
	if err != nil {
		return nil, err
	}
	return &loginAnswer{SetCookie: s.deviceCookie(done.KnownDevice), Body: showTokens(&done.Tokens)}, nil
}

// deviceFor is how long a browser is known, in seconds.
const deviceFor = 365 * 24 * 60 * 60

// deviceName carries the prefix that browsers grant only to a secure cookie of
// this very host (RFC 6265bis §4.1.3.2), unless there is no HTTPS to be secure
// by.
func (s *server) deviceName() string {
	if s.secure {
		return "__Host-sallyport_device"
	}
	return "sallyport_device"
}

// deviceCookie is the header that makes a browser known, or nothing.
func (s *server) deviceCookie(value string) string {
	if value == "" {
		return ""
	}
	return (&http.Cookie{ //nolint:gosec // Secure wherever there is HTTPS
		Name: s.deviceName(), Value: value, Path: "/", MaxAge: deviceFor,
		Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}).String()
}

// knownDevice is the known-device cookie that the browser sent, or nothing.
func (s *server) knownDevice(r *http.Request) string {
	cookie, err := r.Cookie(s.deviceName())
	if err != nil {
		return ""
	}
	return cookie.Value
}
