package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// getInvitation says whether the link of an invitation would work; it changes nothing.
func (s *server) getInvitation(ctx context.Context, in *tokenQuery) (*usableAnswer, error) {
	_, usable, err := s.SignUps.Acceptable(ctx, in.Token)
	return &usableAnswer{Body: usableBody{Usable: usable}}, err
}

type acceptInput struct{ Body acceptBody }

type acceptBody struct {
	Token       string `json:"token" minLength:"1" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
	Password    string `json:"password" minLength:"1" doc:"The password of the new account: 8 to 256 characters by default. Common and breached passwords are refused." example:"a long and happy phrase"`
	Name        string `json:"name,omitempty" doc:"The display name." example:"Ada Lovelace"`
	DeviceName  string `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of this device, for the list of sessions." example:"Ada's phone"`
	Audience    string `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"One of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). The tokens of the session are then for that one alone, and cannot manage the account." example:"https://api.example.com"`
	DeviceToken string `json:"device_token,omitempty" minLength:"1" maxLength:"200" doc:"The device_token of an earlier sign-in, for programs that keep no cookies. Guesses by strangers then do not slow this device down." example:"a-device-token"`
}

// postInvitation makes the account that an invitation offers, and signs in.
func (s *server) postInvitation(ctx context.Context, in *acceptInput) (*verifiedAnswer, error) {
	b, c := &in.Body, frame.CallOf(ctx)
	done, err := s.Logins.AcceptInvitation(ctx, login.Acceptance{
		Acceptance: signup.Acceptance{Token: b.Token, Password: b.Password, Name: b.Name, Origin: c.Origin},
		DeviceName: b.DeviceName, Audience: b.Audience, KnownDevice: s.knownDevice(c, b.DeviceToken),
	})
	if err != nil {
		return nil, err
	}
	return s.showVerified(done), nil
}
