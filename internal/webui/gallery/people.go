package gallery

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// cannedEmail is what is typed in the gallery.
const cannedEmail = "ada@example.org"

// note is what the page before left for the next to say.
type note struct {
	Says  string `json:"says"`
	Email string `json:"email,omitempty"`
}

func posting(path string, form url.Values) func(scene) scene {
	return func(s scene) scene {
		s.method, s.path = http.MethodPost, path
		if s.form == nil {
			s.form = form
		}
		return s
	}
}

func signInScenes() []scene {
	post := posting(signInPath, url.Values{"email": {cannedEmail}, "password": {galleryPassword}})
	return []scene{
		{name: "sign-in", shows: "who are you", path: signInPath},
		{name: "sign-in-return", shows: "the same on the way to another page", path: signInPath + "?return_to=%2Faccount%2Fpassword"},
		{name: "sign-in-closed", shows: "the same where nobody may sign up", path: signInPath, setting: setting{closed: true}},
		{name: "sign-in-signed-out", shows: "signed out just now", path: signInPath, note: &note{Says: "signed_out"}},
		{name: "sign-in-signed-out-everywhere", shows: "signed out on all devices", path: signInPath, note: &note{Says: "signed_out_everywhere"}},
		{name: "sign-in-ended", shows: "the session has ended", path: signInPath, note: &note{Says: "ended"}},
		post(scene{name: "sign-in-missing", shows: "nothing was entered", form: url.Values{}}),
		post(scene{name: "sign-in-wrong", shows: "address or password is wrong", outcome: account.ErrWrongPassword}),
		post(scene{
			name: "sign-in-no-address", shows: "what was entered is no address", form: url.Values{"email": {"ada@"}, "password": {galleryPassword}},
			outcome: fault.ErrInvalidInput.WithFields(fault.Field{Field: "email", Message: "must be an e-mail address"}),
		}),
		post(scene{name: "sign-in-unverified", shows: "the address is not confirmed", outcome: login.ErrNotVerified}),
		post(scene{name: "sign-in-disabled", shows: "the account is disabled", outcome: login.ErrDisabled}),
		post(scene{name: "sign-in-limited", shows: "too many wrong passwords", limited: cannedFault(fault.Limited, "").WithRetryAfter(14 * time.Minute)}),
		post(scene{name: "sign-in-busy", shows: "too many passwords are being hashed", outcome: fault.ErrUnavailable}),
		{name: "sign-out", shows: "sign out?", path: signOutPath},
	}
}

func signUpScenes() []scene {
	form := url.Values{"email": {cannedEmail}, "password": {galleryPassword}, "name": {"Ada Lovelace"}}
	post := posting(signUpPath, form)
	return []scene{
		{name: "sign-up", shows: "a new account", path: signUpPath},
		{name: "sign-up-closed", shows: "nobody may sign up", path: signUpPath, setting: setting{closed: true}},
		post(scene{name: "sign-up-missing", shows: "nothing was entered", form: url.Values{"name": {strings.Repeat("Ada ", 30)}}}),
		post(scene{name: "sign-up-weak", shows: "the password was refused", outcome: cannedWeak("This is one of the passwords that are tried first. Choose one that nobody else has.")}),
		post(scene{
			name: "sign-up-wrong", shows: "address and name are refused",
			outcome: fault.ErrInvalidInput.WithFields(fault.Field{Field: "email", Message: "must be an e-mail address"}, fault.Field{Field: "name", Message: "must be at most 100 characters, without control characters"}),
		}),
		post(scene{name: "sign-up-taken", shows: "the address has an account, where that is no secret", outcome: account.ErrEmailTaken}),
		post(scene{name: "sign-up-limited", shows: "too many sign-ups", limited: cannedFault(fault.Limited, "").WithRetryAfter(40 * time.Minute)}),
	}
}

func mailScenes() []scene {
	post := posting(forgotPath, url.Values{"email": {cannedEmail}})
	return []scene{
		{name: "forgot", shows: "whose password is to be reset", path: forgotPath},
		post(scene{name: "forgot-missing", shows: "nothing was entered", form: url.Values{}}),
		post(scene{name: "forgot-limited", shows: "too many tries", limited: cannedFault(fault.Limited, "").WithRetryAfter(40 * time.Minute)}),
		{name: "check-mail-verify", shows: "a link to confirm the address is on its way", path: checkMailPath, note: &note{Says: "verify", Email: cannedEmail}},
		{name: "check-mail-verify-again", shows: "the same once more", path: checkMailPath, note: &note{Says: "verify_again", Email: cannedEmail}},
		{name: "check-mail-reset", shows: "a link to choose a password is on its way", path: checkMailPath, note: &note{Says: "reset", Email: cannedEmail}},
		{
			name: "check-mail-limited", shows: "too many mails", method: http.MethodPost, path: checkMailPath, form: url.Values{},
			note: &note{Says: "reset", Email: cannedEmail}, limited: cannedFault(fault.Limited, "").WithRetryAfter(40 * time.Minute),
		},
	}
}

func accountScenes() []scene {
	post := posting(passwordPath, url.Values{"current_password": {galleryPassword}, "new_password": {galleryPassword}})
	return []scene{
		{name: "account", shows: "what one has here", path: accountPath},
		{name: "account-no-app", shows: "the same without an app to go to", path: accountPath, setting: setting{noApp: true}},
		{name: "account-unverified", shows: "the address is not confirmed", path: accountPath, fresh: true},
		{name: "account-saved", shows: "the name is saved", path: accountPath, note: &note{Says: "saved"}},
		{name: "account-password-saved", shows: "the password is changed", path: accountPath, note: &note{Says: "password_saved"}},
		{
			name: "account-name", shows: "the name is refused", method: http.MethodPost, path: accountPath, form: url.Values{"name": {strings.Repeat("Ada ", 30)}},
			outcome: fault.ErrInvalidInput.WithFields(fault.Field{Field: "name", Message: "must be at most 100 characters, without control characters"}),
		},
		{name: "devices", shows: "where one is signed in", path: devicesPath},
		{name: "devices-one", shows: "the same with no other", path: devicesPath, fresh: true},
		{name: "devices-ended", shows: "one was signed out", path: devicesPath, note: &note{Says: "device_ended"}},
		{name: "devices-all-ended", shows: "all others were signed out", path: devicesPath, fresh: true, note: &note{Says: "devices_ended"}},
		{
			name: "devices-none", shows: "the device is none of theirs", method: http.MethodPost, path: devicesPath,
			form: url.Values{"device": {"x"}}, outcome: session.ErrNoSession,
		},
		{name: "password", shows: "a form to change the password", path: passwordPath},
		post(scene{name: "password-missing", shows: "nothing was entered", form: url.Values{}}),
		post(scene{name: "password-wrong", shows: "the current password is wrong", outcome: account.ErrWrongPassword}),
		post(scene{name: "password-weak", shows: "the new password is refused", outcome: cannedWeak("The password must have at least 8 characters.")}),
		post(scene{name: "password-busy", shows: "too many passwords are being hashed", outcome: fault.ErrUnavailable}),
	}
}

func cannedWeak(detail string) *fault.Error {
	return &fault.Error{Kind: fault.Invalid, Code: "weak_password", Detail: detail}
}

// canned answers for the rooms what the scene that a call belongs to says.
type canned struct{}

type sceneKey struct{}

func sceneOf(ctx context.Context) *scene {
	s, _ := ctx.Value(sceneKey{}).(*scene)
	return s
}

// Disownable says what the scene says.
func (canned) Disownable(ctx context.Context, _ string) (session.Device, bool, error) {
	return sceneOf(ctx).device, !sceneOf(ctx).unusable, sceneOf(ctx).outcome
}

// Disown ends as the scene says.
func (canned) Disown(ctx context.Context, _ string, _ audit.Origin) error {
	return sceneOf(ctx).outcome
}

// Verifiable says what the scene says.
func (canned) Verifiable(ctx context.Context, _ string) (bool, error) {
	return !sceneOf(ctx).unusable, sceneOf(ctx).outcome
}

// Resettable says what the scene says.
func (canned) Resettable(ctx context.Context, _ string) (bool, error) {
	return !sceneOf(ctx).unusable, sceneOf(ctx).outcome
}

// VerifyEmail ends as the scene says.
func (canned) VerifyEmail(ctx context.Context, _ string, _ audit.Origin) (store.User, error) {
	return store.User{}, sceneOf(ctx).outcome
}

// ResetPassword ends as the scene says.
func (canned) ResetPassword(ctx context.Context, _ string, _ string, _ audit.Origin) error {
	return sceneOf(ctx).outcome
}

// SignUp ends as the scene says.
func (canned) SignUp(ctx context.Context, _ account.SignUp) (account.SignedUp, error) {
	return account.SignedUp{}, sceneOf(ctx).outcome
}

// RequestVerification ends as the scene says.
func (canned) RequestVerification(ctx context.Context, _ string, _ audit.Origin) error {
	return sceneOf(ctx).outcome
}

// RequestReset ends as the scene says.
func (canned) RequestReset(ctx context.Context, _ string, _ audit.Origin) error {
	return sceneOf(ctx).outcome
}

// UpdateProfile ends as the scene says.
func (canned) UpdateProfile(ctx context.Context, _ string, _ account.ProfileChange, _ audit.Origin) (store.User, error) {
	return store.User{}, sceneOf(ctx).outcome
}

// ChangePassword ends as the scene says.
func (canned) ChangePassword(ctx context.Context, _ account.ChangePassword) (session.Tokens, error) {
	return session.Tokens{}, sceneOf(ctx).outcome
}

// WithPassword ends as the scene says.
func (canned) WithPassword(ctx context.Context, _ login.Password) (login.SignedIn, error) {
	return login.SignedIn{}, sceneOf(ctx).outcome
}

// Visit gives somebody with a name that is to be escaped.
func (canned) Visit(ctx context.Context, _ string, _ audit.Origin) (session.Visit, error) {
	at := time.Date(2026, time.March, 3, 8, 0, 0, 0, time.UTC)
	u := store.User{
		ID: "5b0f9a3e-7d24-4c8b-9f1e-2a6c0d417b55", Email: cannedEmail, EmailVerifiedAt: at,
		Name: `Ada "Countess" <b>Lovelace</b>`, CreatedAt: at, LastLoginAt: at.Add(240 * time.Hour),
	}
	if sceneOf(ctx).fresh {
		u.EmailVerifiedAt = time.Time{}
	}
	return session.Visit{User: u}, nil
}

// Devices lists this one, and others unless the account is fresh.
func (canned) Devices(ctx context.Context, _, _ string, _ bool) ([]session.Device, error) {
	at := time.Date(2026, time.March, 13, 18, 0, 0, 0, time.UTC)
	list := []session.Device{{ID: "one", Current: true, Browser: "Firefox", System: "Linux", Address: "203.0.113.7", CreatedAt: at, LastSeenAt: at}}
	if sceneOf(ctx).fresh {
		return list, nil
	}
	return append(
		list,
		session.Device{ID: "two", Name: "Ada’s <b>phone", Browser: "Safari", System: "iOS", Address: "2001:db8::7", Place: "Berlin, Germany", CreatedAt: at, LastSeenAt: at},
		session.Device{ID: "three", CreatedAt: at, LastSeenAt: at},
	), nil
}

// End ends as the scene says.
func (canned) End(ctx context.Context, _ session.Asker, _ string) error { return sceneOf(ctx).outcome }

// EndOthers ends as the scene says.
func (canned) EndOthers(ctx context.Context, _ session.Asker) error { return sceneOf(ctx).outcome }

// SignOut signs nobody out.
func (canned) SignOut(context.Context, string, bool, audit.Origin) error { return nil }

// cannedLimits answers for the limits.
type cannedLimits struct{}

// Allow ends as the scene says.
func (cannedLimits) Allow(ctx context.Context, _ ratelimit.Flow, _ string) error {
	return sceneOf(ctx).limited
}
