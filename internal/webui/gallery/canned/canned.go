// Package canned answers for the rooms that pages ask what it was told to. It
// decides nothing and keeps nothing, so that the gallery shows a page in a state
// that no real room is in when somebody looks.
package canned

import (
	"cmp"
	"context"
	"io"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Email is what is typed in the gallery.
const Email = "ada@example.org"

// Answers is what the rooms answer to one request.
type Answers struct {
	Outcome  error // of what is asked for
	Limited  error // of the limits
	Unusable bool  // the token does not work
	Known    bool  // whoever opens a link is the one who signed up, or is signed in
	Looked   bool  // the outcome is of what is sent, and not of looking
	Fresh    bool  // the account was made just now: nothing is confirmed, and there is one device
	Moving   bool  // another address waits for its link to be opened
	TOTP     bool  // the account has a code generator
	Passkeys int64 // how many passkeys it has
	Codes    int64 // how many recovery codes it has left
	Device   session.Device
}

type answersKey struct{}

// With gives the rooms their answers to what is asked in a context.
func With(ctx context.Context, a Answers) context.Context {
	return context.WithValue(ctx, answersKey{}, a)
}

func of(ctx context.Context) Answers {
	a, _ := ctx.Value(answersKey{}).(Answers)
	return a
}

// ownID is who is signed in.
const ownID = "5b0f9a3e-7d24-4c8b-9f1e-2a6c0d417b55"

// userOf is who a link is about: who is signed in, or somebody else.
func userOf(own bool) string {
	if own {
		return ownID
	}
	return "another"
}

// Rooms answers for all of them.
type Rooms struct{}

// Disownable says what the answers say.
func (Rooms) Disownable(ctx context.Context, _ string) (session.Device, bool, error) {
	return of(ctx).Device, !of(ctx).Unusable, of(ctx).Outcome
}

// Disown ends as the answers say.
func (Rooms) Disown(ctx context.Context, _ string, _ audit.Origin) error {
	return of(ctx).Outcome
}

// Verifiable says what the answers say.
func (Rooms) Verifiable(ctx context.Context, _, _ string) (signup.Verifiable, error) {
	a := of(ctx)
	if a.Looked {
		a.Outcome = nil
	}
	return signup.Verifiable{
		Usable: !a.Unusable, Email: Email, Known: a.Known, Name: "Ada Lovelace", SignedUpAt: time.Date(2026, time.March, 14, 9, 1, 2, 0, time.UTC),
		From: audit.Origin{Address: "203.0.113.7", UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0"}, Place: "Berlin, Germany",
	}, a.Outcome
}

// Resettable says what the answers say.
func (Rooms) Resettable(ctx context.Context, _ string) (usable bool, address string, err error) {
	return !of(ctx).Unusable, Email, of(ctx).Outcome
}

// VerifyEmail ends as the answers say.
func (Rooms) VerifyEmail(ctx context.Context, _ login.Verification) (login.Verified, error) {
	return login.Verified{}, of(ctx).Outcome
}

// ResetPassword ends as the answers say.
func (Rooms) ResetPassword(ctx context.Context, _ string, _ string, _ audit.Origin) error {
	return of(ctx).Outcome
}

// SignUp ends as the answers say.
func (Rooms) SignUp(ctx context.Context, _ signup.SignUp) (signup.SignedUp, error) {
	return signup.SignedUp{}, of(ctx).Outcome
}

// RequestVerification ends as the answers say.
func (Rooms) RequestVerification(ctx context.Context, _, _ string, _ audit.Origin) error {
	return of(ctx).Outcome
}

// RequestReset ends as the answers say.
func (Rooms) RequestReset(ctx context.Context, _ string, _ audit.Origin) error {
	return of(ctx).Outcome
}

// UpdateProfile ends as the answers say.
func (Rooms) UpdateProfile(ctx context.Context, _ session.Asker, _ account.ProfileChange) (store.User, error) {
	return store.User{}, of(ctx).Outcome
}

// Refused is what a day of guesses comes to.
func (Rooms) Refused(context.Context, store.User) (account.Refused, error) {
	return account.Refused{Passwords: 12, Codes: 1}, nil
}

// PendingEmail gives the address that waits.
func (Rooms) PendingEmail(ctx context.Context, _ store.User) (string, error) {
	if of(ctx).Moving {
		return "ada@new.example", nil
	}
	return "", nil
}

// ChangePassword ends as the answers say.
func (Rooms) ChangePassword(ctx context.Context, _ recovery.ChangePassword) (session.Tokens, error) {
	return session.Tokens{}, of(ctx).Outcome
}

// EmailConfirmable says what the answers say.
func (Rooms) EmailConfirmable(ctx context.Context, _ string) (usable bool, address, userID string, err error) {
	a := of(ctx)
	if a.Looked {
		a.Outcome = nil
	}
	return !a.Unusable, "ada@new.example", userOf(a.Known), a.Outcome
}

// ConfirmEmail ends as the answers say.
func (Rooms) ConfirmEmail(ctx context.Context, _ emailchange.Confirmation) (store.User, error) {
	return store.User{}, of(ctx).Outcome
}

// EmailUndoable says what the answers say.
func (Rooms) EmailUndoable(ctx context.Context, _ string) (usable bool, address string, err error) {
	return !of(ctx).Unusable, Email, of(ctx).Outcome
}

// UndoEmailChange ends as the answers say.
func (Rooms) UndoEmailChange(ctx context.Context, _ string, _ audit.Origin) error {
	return of(ctx).Outcome
}

// Restore ends as the answers say.
func (Rooms) Restore(ctx context.Context, _ string, _ audit.Origin) error { return of(ctx).Outcome }

// RequestEmailChange ends as the answers say.
func (Rooms) RequestEmailChange(ctx context.Context, _ emailchange.Request) error {
	return of(ctx).Outcome
}

// Delete ends as the answers say.
func (Rooms) Delete(ctx context.Context, _ deletion.Request) (time.Time, error) {
	return time.Time{}, of(ctx).Outcome
}

// Export writes nothing.
func (Rooms) Export(ctx context.Context, _ session.Asker, _ io.Writer) error {
	return of(ctx).Outcome
}

// WithPassword ends as the answers say.
func (Rooms) WithPassword(ctx context.Context, _ login.Password) (login.SignedIn, error) {
	return login.SignedIn{}, of(ctx).Outcome
}

// AskMagicLink ends as the answers say.
func (Rooms) AskMagicLink(ctx context.Context, _ login.MagicLinkRequest) (login.MagicLinkAsked, error) {
	return login.MagicLinkAsked{RequestToken: "canned", ExpiresIn: 15 * time.Minute}, of(ctx).Outcome
}

// LookAtMagicLink says what the answers say.
func (Rooms) LookAtMagicLink(ctx context.Context, _ string) (usable bool, address string, err error) {
	return !of(ctx).Unusable, Email, of(ctx).Outcome
}

// WithMagicLink ends as the answers say.
func (Rooms) WithMagicLink(ctx context.Context, _ login.MagicLink) (login.SignedIn, error) {
	return login.SignedIn{}, of(ctx).Outcome
}

// WithSecondFactor ends as the answers say.
func (Rooms) WithSecondFactor(ctx context.Context, _ login.SecondFactor) (login.SignedIn, error) {
	return login.SignedIn{}, of(ctx).Outcome
}

// Reauthenticate ends as the answers say.
func (Rooms) Reauthenticate(ctx context.Context, _ login.Reauthentication) (session.Tokens, error) {
	return session.Tokens{}, of(ctx).Outcome
}

// Methods lists what somebody has.
func (Rooms) Methods(u store.User) []string {
	var methods []string
	if u.TOTP {
		methods = append(methods, "totp")
	}
	if u.Passkeys > 0 {
		methods = append(methods, "passkey")
	}
	if methods == nil {
		return nil
	}
	return append(methods, "recovery_code")
}

// EnrolTOTP gives a secret that is nobody's, and draws it as it would be drawn.
func (Rooms) EnrolTOTP(ctx context.Context, _ session.Asker) (key, uri, svg string, err error) {
	key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	uri = "otpauth://totp/Harbour%20Books:" + Email + "?secret=" + key + "&issuer=Harbour%20Books&algorithm=SHA1&digits=6&period=30"
	svg, err = mfa.Drawing(uri)
	return key, uri, svg, cmp.Or(of(ctx).Outcome, err)
}

// ConfirmTOTP gives recovery codes, or ends as the answers say.
func (r Rooms) ConfirmTOTP(ctx context.Context, h session.Asker, _ string) ([]string, error) {
	return r.NewRecoveryCodes(ctx, h)
}

// RemoveTOTP ends as the answers say.
func (Rooms) RemoveTOTP(ctx context.Context, _ session.Asker) (session.Tokens, error) {
	return session.Tokens{}, of(ctx).Outcome
}

// NewRecoveryCodes gives recovery codes, or ends as the answers say.
func (Rooms) NewRecoveryCodes(ctx context.Context, _ session.Asker) ([]string, error) {
	codes := make([]string, 10)
	for n := range codes {
		codes[n] = "k7wq-9m2d-0xhv-t4rn-8c1e-5b" + string(rune('0'+n)) + "z"
	}
	return codes, of(ctx).Outcome
}

// RecentVisit says that it is.
func (Rooms) RecentVisit(session.Visit) error { return nil }

// Visit gives somebody with a name that is to be escaped.
func (Rooms) Visit(ctx context.Context, _ string, _ audit.Origin) (session.Visit, error) {
	at := time.Date(2026, time.March, 3, 8, 0, 0, 0, time.UTC)
	u := store.User{
		ID: ownID, Email: Email, EmailCanonical: Email, EmailVerifiedAt: at,
		Name: `Ada "Countess" <b>Lovelace</b>`, CreatedAt: at, LastLoginAt: at.Add(240 * time.Hour),
	}
	u.TOTP, u.Passkeys, u.RecoveryCodes = of(ctx).TOTP, of(ctx).Passkeys, of(ctx).Codes
	if of(ctx).Fresh {
		u.EmailVerifiedAt = time.Time{}
	}
	return session.Visit{User: u}, nil
}

// Devices lists this one, and others unless the account is fresh. Of those that
// were signed out there is one for each reason.
func (Rooms) Devices(ctx context.Context, l session.DeviceList) (session.DevicePage, error) {
	at := time.Date(2026, time.March, 13, 18, 0, 0, 0, time.UTC)
	var page session.DevicePage
	if l.Ended && of(ctx).Fresh {
		return page, nil
	}
	if l.Ended {
		for _, why := range session.Reasons() {
			page.Items = append(page.Items, session.Device{
				ID: why, Browser: "Firefox", System: "Linux", CreatedAt: at, LastSeenAt: at, EndedAt: at, Reason: why,
			})
		}
		return page, nil
	}
	page.Items = []session.Device{{ID: "one", Current: true, Browser: "Firefox", System: "Linux", Address: "203.0.113.7", CreatedAt: at, LastSeenAt: at}}
	if !of(ctx).Fresh {
		page.Items = append(
			page.Items,
			session.Device{ID: "two", Name: "Ada’s <b>phone", Browser: "Safari", System: "iOS", Address: "2001:db8::7", Place: "Berlin, Germany", CreatedAt: at, LastSeenAt: at},
			session.Device{ID: "three", CreatedAt: at, LastSeenAt: at},
		)
		page.Next = "next"
	}
	return page, nil
}

// End ends as the answers say.
func (Rooms) End(ctx context.Context, _ session.Asker, _ string) error { return of(ctx).Outcome }

// EndOthers ends as the answers say.
func (Rooms) EndOthers(ctx context.Context, _ session.Asker) error { return of(ctx).Outcome }

// SignOut ends as the answers say.
func (Rooms) SignOut(ctx context.Context, _ string, _ bool, _ audit.Origin) error {
	return of(ctx).Outcome
}

// Limits answers for the limits.
type Limits struct{}

// Allow ends as the answers say.
func (Limits) Allow(ctx context.Context, _ ratelimit.Flow, _ string) error {
	return of(ctx).Limited
}
