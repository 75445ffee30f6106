package httpapi

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
)

type magicLinkRequestInput struct {
	Body magicLinkRequestBody
}

type magicLinkRequestBody struct {
	Email      string `json:"email" minLength:"3" maxLength:"254" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The email address of the account." example:"ada@example.com"`
	DeviceName string `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of this device. It is used if the sign-in is finished with the code." example:"Ada's phone"`
}

type magicLinkAskedBody struct {
	Status       string `json:"status" doc:"What was done." example:"sent"`
	RequestToken string `json:"request_token" doc:"Send it to /auth/magic-link/finish with the code. Keep it where only this device can read it." example:"a-request-token"`
	ExpiresIn    int64  `json:"expires_in" doc:"Seconds until the link and the code expire." example:"900"`
}

type magicLinkAskedAnswer struct{ Body magicLinkAskedBody }

// postMagicLink has one answer, whether or not anything was mailed.
func (s *server) postMagicLink(ctx context.Context, in *magicLinkRequestInput) (*magicLinkAskedAnswer, error) {
	asked, err := s.Logins.AskMagicLink(ctx, login.MagicLinkRequest{
		Email: in.Body.Email, DeviceName: in.Body.DeviceName, Origin: frame.CallOf(ctx).Origin,
	})
	if err != nil {
		return nil, err
	}
	return &magicLinkAskedAnswer{Body: magicLinkAskedBody{
		Status: sent().Body.Status, RequestToken: asked.RequestToken, ExpiresIn: int64(asked.ExpiresIn / time.Second),
	}}, nil
}

func (s *server) getMagicLink(ctx context.Context, in *tokenQuery) (*usableAnswer, error) {
	usable, _, err := s.Logins.LookAtMagicLink(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &usableAnswer{Body: usableBody{Usable: usable}}, nil
}

type magicLinkInput struct {
	Body magicLinkBody
}

type magicLinkBody struct {
	Token        string `json:"token,omitempty" minLength:"1" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
	RequestToken string `json:"request_token,omitempty" minLength:"1" maxLength:"256" doc:"The request_token of /auth/magic-link. Needs code." example:"a-request-token"`
	Code         string `json:"code,omitempty" minLength:"1" maxLength:"64" doc:"The six digits in the email. Needs request_token." example:"123456"`
	DeviceName   string `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of this device, for the list of sessions." example:"Ada's phone"`
	Audience     string `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"One of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). The tokens of the session are then for that one alone, and cannot manage the account." example:"https://api.example.com"`
	DeviceToken  string `json:"device_token,omitempty" minLength:"1" maxLength:"200" doc:"The device_token of an earlier sign-in, for programs that keep no cookies. Guesses by strangers then do not slow this device down." example:"a-device-token"`
}

func (s *server) postMagicLinkFinish(ctx context.Context, in *magicLinkInput) (*stepAnswer, error) {
	b, c := in.Body, frame.CallOf(ctx)
	switch {
	case b.Token != "" && (b.RequestToken != "" || b.Code != ""):
		return nil, fault.ErrInvalidInput.WithFields(fault.Wrong("token", "beside_code"))
	case b.Token == "" && (b.RequestToken == "" || b.Code == ""):
		return nil, fault.ErrInvalidInput.WithFields(fault.Wrong("request_token", "needed_with_code"))
	}
	done, err := s.Logins.WithMagicLink(ctx, login.MagicLink{
		Token: b.Token, RequestToken: b.RequestToken, Code: b.Code, DeviceName: b.DeviceName, Audience: b.Audience,
		KnownDevice: s.knownDevice(c, b.DeviceToken), Origin: c.Origin,
	})
	if err != nil {
		return nil, err
	}
	if done.Step != nil {
		return &stepAnswer{Body: showStep(done.Step)}, nil
	}
	return s.showSignInOrStep(&done.Tokens), nil
}
