package frame

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Rooms is what the pages ask: one interface for each room, for all pages. They
// are interfaces because the gallery shows pages in states that no room is in
// when somebody looks. What reports whether a token would work changes nothing; a
// token that cannot be spent is a fault of the kind Spent.
type Rooms struct {
	Accounts  Accounts
	Changes   Changes
	Recovery  Recovery
	SignUps   SignUps
	Deletions Deletions
	Records   Records
	Sessions  Sessions
	Logins    Logins
	Factors   Factors
	Passkeys  Passkeys
}

// Whole reports whether there is every room.
func (r Rooms) Whole() bool {
	return r.Accounts != nil && r.Changes != nil && r.Recovery != nil && r.SignUps != nil && r.Deletions != nil && r.Records != nil && r.Sessions != nil && r.Logins != nil && r.Factors != nil && r.Passkeys != nil
}

// Accounts is the profile; *account.Accounts does it.
type Accounts interface {
	UpdateProfile(ctx context.Context, h session.Asker, c account.ProfileChange) (store.User, error)
	Refused(ctx context.Context, u store.User) (account.Refused, error)
}

// SignUps is how accounts come to be; *signup.SignUps does it.
type SignUps interface {
	SignUp(ctx context.Context, s signup.SignUp) (signup.SignedUp, error)
	RequestVerification(ctx context.Context, email, proof string, o audit.Origin) error
	Verifiable(ctx context.Context, token, proof string) (signup.Verifiable, error)
}

// Recovery is how passwords are replaced; *recovery.Passwords does it.
type Recovery interface {
	RequestReset(ctx context.Context, email string, o audit.Origin) error
	ChangePassword(ctx context.Context, c recovery.ChangePassword) (session.Tokens, error)
	Resettable(ctx context.Context, token string) (usable bool, address string, err error)
	ResetPassword(ctx context.Context, token, newPassword string, o audit.Origin) error
	Disownable(ctx context.Context, token string) (session.Device, bool, error)
	Disown(ctx context.Context, token string, o audit.Origin) error
}

// Changes is how accounts get another address; *emailchange.Changes does it.
type Changes interface {
	PendingEmail(ctx context.Context, u store.User) (string, error)
	RequestEmailChange(ctx context.Context, c emailchange.Request) error
	EmailConfirmable(ctx context.Context, token string) (usable bool, address, userID string, err error)
	ConfirmEmail(ctx context.Context, c emailchange.Confirmation) (store.User, error)
	EmailUndoable(ctx context.Context, token string) (usable bool, address string, err error)
	UndoEmailChange(ctx context.Context, token string, o audit.Origin) error
}

// Deletions is how accounts end; *deletion.Deletions does it.
type Deletions interface {
	Delete(ctx context.Context, r deletion.Request) (erasedAt time.Time, err error)
	Restore(ctx context.Context, token string, o audit.Origin) error
}

// Records shows what is held about a person; *personal.Records does it.
type Records interface {
	Export(ctx context.Context, h session.Asker, w io.Writer) error
}

// Sessions knows browsers by their cookies, and the devices of a user;
// *session.Sessions does it.
type Sessions interface {
	Visit(ctx context.Context, cookie string, o audit.Origin) (session.Visit, error)
	RecentVisit(v session.Visit) error
	Devices(ctx context.Context, l session.DeviceList) (session.DevicePage, error)
	End(ctx context.Context, a session.Asker, sessionID string) error
	EndOthers(ctx context.Context, a session.Asker) error
	SignOut(ctx context.Context, cookie string, everywhere bool, o audit.Origin) error
}

// Logins signs in, and proves once more who somebody is; *login.Logins does it.
type Logins interface {
	WithPassword(ctx context.Context, p login.Password) (login.SignedIn, error)
	VerifyEmail(ctx context.Context, v login.Verification) (login.Verified, error)
	WithPasskey(ctx context.Context, p login.Passkey) (login.SignedIn, error)
	WithSecondFactor(ctx context.Context, s login.SecondFactor) (login.SignedIn, error)
	AskPasskey(ctx context.Context, token string, o audit.Origin) (passkey.Ceremony, error)
	Reauthenticate(ctx context.Context, r login.Reauthentication) (session.Tokens, error)
	AskPasskeyAgain(ctx context.Context, userID, sessionID string) (passkey.Ceremony, error)
}

// Passkeys registers and manages passkeys, and begins sign-ins with them;
// *passkey.Passkeys does it.
type Passkeys interface {
	BeginRegistration(ctx context.Context, h session.Asker) (passkey.Ceremony, error)
	Register(ctx context.Context, h session.Asker, ceremony string, credential json.RawMessage, name string) (passkey.Registered, error)
	List(ctx context.Context, userID string) ([]store.Passkey, error)
	Rename(ctx context.Context, h session.Asker, passkeyID, name string) (store.Passkey, error)
	Remove(ctx context.Context, h session.Asker, passkeyID string) (session.Tokens, error)
	BeginAuthentication() (passkey.Ceremony, error)
}

// Factors enrols and removes second factors; *mfa.Factors does it.
type Factors interface {
	Methods(u store.User) []string
	EnrolTOTP(ctx context.Context, h session.Asker) (secret, uri, svg string, err error)
	ConfirmTOTP(ctx context.Context, h session.Asker, code string) (recoveryCodes []string, err error)
	RemoveTOTP(ctx context.Context, h session.Asker) (session.Tokens, error)
	NewRecoveryCodes(ctx context.Context, h session.Asker) ([]string, error)
}
