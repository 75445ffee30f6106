package httpapi

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
)

// mfaRequiredBody is what login answers where a second factor is asked for.
type mfaRequiredBody struct {
	MFARequired bool     `json:"mfa_required" enum:"true" doc:"Always true."`
	MFAToken    string   `json:"mfa_token" doc:"Send it to /auth/login/mfa." example:"an-mfa-token"`
	Methods     []string `json:"methods" nullable:"false" enum:"totp,passkey,recovery_code" doc:"The second factors of the account, the best one first."`
	ExpiresIn   int64    `json:"expires_in" doc:"Seconds until the sign-in expires." example:"300"`
}

func showStep(s *login.Step) mfaRequiredBody {
	return mfaRequiredBody{MFARequired: true, MFAToken: s.Token, Methods: s.Methods, ExpiresIn: int64(s.ExpiresIn / time.Second)}
}

type secondFactorInput struct {
	Body secondFactorBody
}

type secondFactorBody struct {
	MFAToken    string      `json:"mfa_token" minLength:"1" maxLength:"200" doc:"The mfa_token of the sign-in." example:"an-mfa-token"`
	Method      string      `json:"method" enum:"totp,passkey,recovery_code" doc:"One of the methods of the sign-in."`
	Code        string      `json:"code,omitempty" minLength:"1" maxLength:"64" doc:"Six digits of the authenticator app, or a recovery code." example:"123456"`
	Ceremony    string      `json:"ceremony,omitempty" minLength:"1" maxLength:"8192" doc:"With a passkey: the ceremony of the first half." example:"a-ceremony"`
	Credential  *opaqueJSON `json:"credential,omitempty" doc:"With a passkey: the result of PublicKeyCredential.toJSON()."`
	Audience    string      `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"One of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). Not needed if the first step named it. The tokens of the session are then for that one alone, and cannot manage the account." example:"https://api.example.com"`
	DeviceToken string      `json:"device_token,omitempty" minLength:"1" maxLength:"200" doc:"The device_token of an earlier sign-in, for programs that keep no cookies. Guesses by strangers then do not slow this device down." example:"a-device-token"`
}

// answerWrongs says what is wrong with the members of an answer of a second
// factor.
func answerWrongs(method, code, ceremony string, credential *opaqueJSON) error {
	var wrong []fault.Field
	add := func(is bool, field fault.Field) {
		if is {
			wrong = append(wrong, field)
		}
	}
	if method == login.MethodPasskey {
		add(ceremony == "", fault.Wrong("ceremony", "needed_for_passkey"))
		add(credential == nil, fault.Wrong("credential", "needed_for_passkey"))
		add(code != "", fault.Wrong("code", "beside_passkey"))
	} else {
		add(code == "", fault.Wrong("code", "needed"))
		add(ceremony != "", fault.Wrong("ceremony", "for_passkeys"))
		add(credential != nil, fault.Wrong("credential", "for_passkeys"))
	}
	if len(wrong) > 0 {
		return fault.ErrInvalidInput.WithFields(wrong...)
	}
	return nil
}

// credentialOf is what was sent, or nothing.
func credentialOf(o *opaqueJSON) json.RawMessage {
	if o == nil {
		return nil
	}
	return o.RawMessage
}

func (s *server) postLoginMFA(ctx context.Context, in *secondFactorInput) (*loginAnswer, error) {
	b, c := &in.Body, frame.CallOf(ctx)
	if err := answerWrongs(b.Method, b.Code, b.Ceremony, b.Credential); err != nil {
		return nil, err
	}
	done, err := s.Logins.WithSecondFactor(ctx, login.SecondFactor{
		Token: b.MFAToken, Method: b.Method, Code: b.Code, Ceremony: b.Ceremony, Credential: credentialOf(b.Credential), Audience: b.Audience,
		KnownDevice: s.knownDevice(c, b.DeviceToken), Origin: c.Origin,
	})
	if err != nil {
		return nil, err
	}
	return s.showSignIn(&done.Tokens), nil
}

type reauthenticationInput struct {
	Body reauthenticationBody
}

type reauthenticationBody struct {
	Password   string      `json:"password,omitempty" minLength:"1" doc:"The password. Accepted only if the account has no second factor." example:"a long and happy phrase"`
	Method     string      `json:"method,omitempty" enum:"totp,passkey,recovery_code" doc:"The second factor to use."`
	Code       string      `json:"code,omitempty" minLength:"1" maxLength:"64" doc:"Six digits of the authenticator app, or a recovery code." example:"123456"`
	Ceremony   string      `json:"ceremony,omitempty" minLength:"1" maxLength:"8192" doc:"With a passkey: the ceremony of the first half." example:"a-ceremony"`
	Credential *opaqueJSON `json:"credential,omitempty" doc:"With a passkey: the result of PublicKeyCredential.toJSON()."`
}

func (s *server) postReauthenticate(ctx context.Context, in *reauthenticationInput) (*tokensAnswer, error) {
	b, c := &in.Body, frame.CallOf(ctx)
	second := b.Method != "" || b.Code != "" || b.Ceremony != "" || b.Credential != nil
	switch {
	case b.Password != "" && second:
		return nil, fault.ErrInvalidInput.WithFields(fault.Wrong("password", "beside_factor"))
	case b.Password == "" && b.Method == "":
		return nil, fault.ErrInvalidInput.WithFields(fault.Wrong("method", "needed_for_factor"))
	case b.Password == "":
		if err := answerWrongs(b.Method, b.Code, b.Ceremony, b.Credential); err != nil {
			return nil, err
		}
	}
	tokens, err := s.Logins.Reauthenticate(ctx, login.Reauthentication{
		UserID: c.Claims.Subject, SessionID: c.Claims.SessionID, Password: b.Password, Method: b.Method, Code: b.Code,
		Ceremony: b.Ceremony, Credential: credentialOf(b.Credential), Origin: c.Origin,
	})
	if err != nil {
		return nil, err
	}
	return &tokensAnswer{Body: showTokens(&tokens)}, nil
}

// postReauthenticatePasskey begins the ceremony that reauthenticates.
func (s *server) postReauthenticatePasskey(ctx context.Context, _ *struct{}) (*ceremonyAnswer, error) {
	c := frame.CallOf(ctx)
	begun, err := s.Logins.AskPasskeyAgain(ctx, c.Claims.Subject, c.Claims.SessionID)
	if err != nil {
		return nil, err
	}
	return showCeremony(begun), nil
}

type enrolmentBody struct {
	Secret     string `json:"secret" doc:"The shared secret in base32, for people who type it." example:"A2B3C4D5"`
	OTPAuthURI string `json:"otpauth_uri" doc:"The secret as an otpauth URI." example:"otpauth://totp/Sallyport:ada@example.com?secret=A2B3C4D5&issuer=Sallyport"`
	QRSVG      string `json:"qr_svg" doc:"The otpauth URI as a QR code in SVG."`
}

type enrolmentAnswer struct{ Body enrolmentBody }

func (s *server) postTOTP(ctx context.Context, _ *struct{}) (*enrolmentAnswer, error) {
	key, uri, svg, err := s.Factors.EnrolTOTP(ctx, asker(ctx))
	if err != nil {
		return nil, err
	}
	return &enrolmentAnswer{Body: enrolmentBody{Secret: key, OTPAuthURI: uri, QRSVG: svg}}, nil
}

type confirmationInput struct {
	Body confirmationBody
}

type confirmationBody struct {
	Code string `json:"code" minLength:"1" maxLength:"64" doc:"The code that the authenticator app shows." example:"123456"`
}

type recoveryCodesBody struct {
	RecoveryCodes []string `json:"recovery_codes" nullable:"false" doc:"Ten recovery codes. Each works once. They are shown only here."`
}

type recoveryCodesAnswer struct{ Body recoveryCodesBody }

func showCodes(codes []string, err error) (*recoveryCodesAnswer, error) {
	return &recoveryCodesAnswer{Body: recoveryCodesBody{RecoveryCodes: codes}}, err
}

func (s *server) postTOTPConfirm(ctx context.Context, in *confirmationInput) (*recoveryCodesAnswer, error) {
	return showCodes(s.Factors.ConfirmTOTP(ctx, asker(ctx), in.Body.Code))
}

func (s *server) deleteTOTP(ctx context.Context, _ *struct{}) (*loginAnswer, error) {
	tokens, err := s.Factors.RemoveTOTP(ctx, asker(ctx))
	if err != nil {
		return nil, err
	}
	return s.showSignIn(&tokens), nil
}

func (s *server) postRecoveryCodes(ctx context.Context, _ *struct{}) (*recoveryCodesAnswer, error) {
	return showCodes(s.Factors.NewRecoveryCodes(ctx, asker(ctx)))
}
