package httpapi

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

type tokenQuery struct {
	Token string `query:"token" required:"true" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
}

type tokenInput struct {
	Body tokenBody
}

type tokenBody struct {
	Token string `json:"token" minLength:"1" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
}

// usableBody says whether a token would work.
type usableBody struct {
	Usable bool `json:"usable" doc:"Whether the token would work now."`
}

type usableAnswer struct{ Body usableBody }

// lookAnswer is a usableBody, or a User where GET verifies.
type lookAnswer struct{ Body any }

// getVerifyEmail changes nothing, unless the operator wants links that verify
// in one click; HEAD never does.
func (s *server) getVerifyEmail(ctx context.Context, in *tokenQuery) (*lookAnswer, error) {
	c := frame.CallOf(ctx)
	if s.VerifyEmailOnGet && c.Request.Method == http.MethodGet {
		done, err := s.Logins.VerifyEmail(ctx, login.Verification{
			Verification: signup.Verification{Token: in.Token, Alone: true, Opened: true, Origin: c.Origin},
		})
		if err != nil {
			return nil, err
		}
		return &lookAnswer{Body: showUser(&done.User)}, nil
	}
	look, err := s.SignUps.Verifiable(ctx, in.Token, "")
	if err != nil {
		return nil, err
	}
	return &lookAnswer{Body: usableBody{Usable: look.Usable}}, nil
}

type verifyInput struct {
	Body verifyBody
}

type verifyBody struct {
	Token       string `json:"token" minLength:"1" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
	Password    string `json:"password,omitempty" minLength:"1" doc:"The password chosen at sign-up." example:"a long and happy phrase"`
	NewPassword string `json:"new_password,omitempty" minLength:"1" doc:"A new password, if the one chosen at sign-up is not known: 8 to 256 characters by default. Common and breached passwords are refused." example:"a new and happy phrase"`
	SignUpToken string `json:"sign_up_token,omitempty" minLength:"1" maxLength:"256" doc:"The sign_up_token of the sign-up." example:"a-sign-up-token"`
	DeviceName  string `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of this device, for the list of sessions." example:"Ada's phone"`
	Audience    string `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"One of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). The tokens of the session are then for that one alone, and cannot manage the account." example:"https://api.example.com"`
	DeviceToken string `json:"device_token,omitempty" minLength:"1" maxLength:"200" doc:"The device_token of an earlier sign-in, for programs that keep no cookies. Guesses by strangers then do not slow this device down." example:"a-device-token"`
}

// verifiedBody is the user and, beside it, the tokens of a session.
type verifiedBody struct {
	User

	AccessToken       string `json:"access_token,omitempty" doc:"The access token. Present if a password was sent." example:"an-access-token"`
	RefreshToken      string `json:"refresh_token,omitempty" doc:"The refresh token. Keep it secret. Every refresh returns a newer one." example:"a-refresh-token"`
	TokenType         string `json:"token_type,omitempty" enum:"Bearer" doc:"Always Bearer (RFC 6750). Present if a password was sent."`
	ExpiresIn         int64  `json:"expires_in,omitempty" doc:"Seconds until the access token expires, or until the second factor is due." example:"900"`
	SessionID         string `json:"session_id,omitempty" doc:"The session ID: it stands for this sign-in on this device." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	RefreshGeneration int64  `json:"refresh_generation,omitempty" doc:"The number of the refresh token within its session. If you hold two, keep the one with the higher number." example:"7"`

	DeviceToken string `json:"device_token,omitempty" doc:"Identifies a known device, for programs that keep no cookies. Send it with the next sign-in. Keep it secret." example:"a-device-token"`

	MFARequired bool     `json:"mfa_required,omitempty" doc:"True if the account has a second factor. Continue at /auth/login/mfa."`
	MFAToken    string   `json:"mfa_token,omitempty" doc:"Send it to /auth/login/mfa." example:"an-mfa-token"`
	Methods     []string `json:"methods,omitempty" enum:"totp,passkey,recovery_code" doc:"The second factors of the account, the best one first."`
}

type verifiedAnswer struct {
	SetCookie string `header:"Set-Cookie"`
	Body      verifiedBody
}

// atMostOne refuses more than one of the members that say which password is
// meant.
func (b *verifyBody) atMostOne() error {
	given := 0
	for _, member := range []string{b.Password, b.NewPassword, b.SignUpToken} {
		if member != "" {
			given++
		}
	}
	if given > 1 {
		return fault.ErrInvalidInput.WithFields(fault.Wrong("password", "beside_password"))
	}
	return nil
}

func (s *server) postVerifyEmail(ctx context.Context, in *verifyInput) (*verifiedAnswer, error) {
	b, c := &in.Body, frame.CallOf(ctx)
	if err := b.atMostOne(); err != nil {
		return nil, err
	}
	done, err := s.Logins.VerifyEmail(ctx, login.Verification{
		Verification: signup.Verification{
			Token: b.Token, Password: b.Password, NewPassword: b.NewPassword, Proof: b.SignUpToken, Alone: true, Origin: c.Origin,
		},
		DeviceName: b.DeviceName, Audience: b.Audience, KnownDevice: s.knownDevice(c, b.DeviceToken),
	})
	if err != nil {
		return nil, err
	}
	return s.showVerified(done), nil
}

// showVerified is a user whose address is verified, and what became of signing in.
func (s *server) showVerified(done login.Verified) *verifiedAnswer {
	a := &verifiedAnswer{Body: verifiedBody{User: showUser(&done.User)}}
	switch in := done.SignedIn; {
	case in == nil:
	case in.Step != nil:
		step := showStep(in.Step)
		a.Body.MFARequired, a.Body.MFAToken, a.Body.Methods, a.Body.ExpiresIn = true, step.MFAToken, step.Methods, step.ExpiresIn
	default:
		t := showTokens(&in.Tokens)
		a.SetCookie, a.Body.DeviceToken = s.deviceCookie().Header(in.KnownDevice), in.KnownDevice
		a.Body.AccessToken, a.Body.RefreshToken, a.Body.TokenType, a.Body.ExpiresIn = t.AccessToken, t.RefreshToken, t.TokenType, t.ExpiresIn
		a.Body.SessionID, a.Body.RefreshGeneration = t.SessionID, t.RefreshGeneration
	}
	return a
}

type confirmEmailInput struct {
	Body confirmEmailBody
}

type confirmEmailBody struct {
	Token    string `json:"token" minLength:"1" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
	Password string `json:"password,omitempty" minLength:"1" doc:"The account's password. Required unless the request carries the account's access token." example:"a long and happy phrase"`
}

func (s *server) postConfirmEmail(ctx context.Context, in *confirmEmailInput) (*userAnswer, error) {
	c := frame.CallOf(ctx)
	confirmation := emailchange.Confirmation{Token: in.Body.Token, Password: in.Body.Password, Origin: c.Origin}
	if c.Bearer != "" && confirmation.Password == "" {
		var err error
		if c.Claims, err = s.Verifier.Verify(ctx, c.Bearer); err != nil {
			c.Presented = true
			return nil, err
		}
		asks := asker(ctx)
		confirmation.Asker = &asks
	}
	u, err := s.Changes.ConfirmEmail(ctx, confirmation)
	if err != nil {
		return nil, err
	}
	return &userAnswer{Body: showUser(&u)}, nil
}
