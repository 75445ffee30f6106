package gallery

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/gallery/canned"
)

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
	post := posting(frame.SignInPath, url.Values{"email": {canned.Email}, "password": {galleryPassword}})
	leave := posting(frame.SignOutPath, url.Values{"everywhere": {"yes"}})
	return []scene{
		{name: "sign-in", shows: "who are you", path: frame.SignInPath},
		{name: "sign-in-return", shows: "the same on the way to another page", path: frame.With(frame.SignInPath, frame.PasswordPath)},
		{name: "sign-in-closed", shows: "the same where nobody may sign up", path: frame.SignInPath, setting: setting{closed: true}},
		{name: "sign-in-signed-out", shows: "signed out just now", path: frame.SignInPath, note: &note{Says: "signed_out"}},
		{name: "sign-in-signed-out-everywhere", shows: "signed out on all devices", path: frame.SignInPath, note: &note{Says: "signed_out_everywhere"}},
		{name: "sign-in-ended", shows: "the session has ended", path: frame.SignInPath, note: &note{Says: "ended"}},
		post(scene{name: "sign-in-missing", shows: "nothing was entered", form: url.Values{}}),
		post(scene{name: "sign-in-wrong", shows: "address or password is wrong", outcome: account.ErrWrongPassword}),
		post(scene{
			name: "sign-in-no-address", shows: "what was entered is no address", form: url.Values{"email": {"ada@"}, "password": {galleryPassword}},
			outcome: fault.ErrInvalidInput.WithFields(fault.Wrong("email", "email")),
		}),
		post(scene{name: "sign-in-unverified", shows: "the address is not confirmed", outcome: login.ErrNotVerified}),
		post(scene{name: "sign-in-disabled", shows: "the account is disabled", outcome: login.ErrDisabled}),
		post(scene{name: "sign-in-limited", shows: "too many wrong passwords", limited: cannedFault(fault.Limited).WithRetryAfter(14 * time.Minute)}),
		post(scene{name: "sign-in-busy", shows: "too many passwords are being hashed", outcome: fault.ErrUnavailable}),
		{name: "sign-out", shows: "sign out?", path: frame.SignOutPath},
		leave(scene{name: "sign-out-unavailable", shows: "no database when the button was pressed", form: url.Values{}, outcome: fault.ErrUnavailable}),
		leave(scene{name: "sign-out-everywhere-unavailable", shows: "the same for all devices", outcome: fault.ErrUnavailable}),
	}
}

func signUpScenes() []scene {
	form := url.Values{"email": {canned.Email}, "password": {galleryPassword}, "name": {"Ada Lovelace"}}
	post := posting(frame.SignUpPath, form)
	return []scene{
		{name: "sign-up", shows: "a new account", path: frame.SignUpPath},
		{name: "sign-up-closed", shows: "nobody may sign up", path: frame.SignUpPath, setting: setting{closed: true}},
		post(scene{name: "sign-up-missing", shows: "nothing was entered", form: url.Values{"name": {strings.Repeat("Ada ", 30)}}}),
		post(scene{name: "sign-up-weak", shows: "the password was refused", outcome: password.ErrWeak.WithWords("weak_password.common")}),
		post(scene{
			name: "sign-up-wrong", shows: "address and name are refused",
			outcome: fault.ErrInvalidInput.WithFields(fault.Wrong("email", "email"), fault.Wrong("name", "name", "n", "100")),
		}),
		post(scene{name: "sign-up-taken", shows: "the address has an account, where that is no secret", outcome: account.ErrEmailTaken}),
		post(scene{name: "sign-up-limited", shows: "too many sign-ups", limited: cannedFault(fault.Limited).WithRetryAfter(40 * time.Minute)}),
	}
}

func mailScenes() []scene {
	post := posting(frame.ForgotPath, url.Values{"email": {canned.Email}})
	return []scene{
		{name: "forgot", shows: "whose password is to be reset", path: frame.ForgotPath},
		post(scene{name: "forgot-missing", shows: "nothing was entered", form: url.Values{}}),
		post(scene{name: "forgot-limited", shows: "too many tries", limited: cannedFault(fault.Limited).WithRetryAfter(40 * time.Minute)}),
		{name: "check-mail-verify", shows: "a link to confirm the address is on its way", path: frame.CheckMailPath, note: &note{Says: "verify", Email: canned.Email}},
		{name: "check-mail-verify-again", shows: "the same once more", path: frame.CheckMailPath, note: &note{Says: "verify_again", Email: canned.Email}},
		{name: "check-mail-reset", shows: "a link to choose a password is on its way", path: frame.CheckMailPath, note: &note{Says: "reset", Email: canned.Email}},
		{
			name: "check-mail-limited", shows: "too many mails", method: http.MethodPost, path: frame.CheckMailPath,
			form: url.Values{"email": {canned.Email}, "kind": {"reset"}}, limited: cannedFault(fault.Limited).WithRetryAfter(40 * time.Minute),
		},
	}
}

func accountScenes() []scene {
	post := posting(frame.PasswordPath, url.Values{"current_password": {galleryPassword}, "new_password": {galleryPassword}})
	return []scene{
		{name: "account", shows: "what one has here", path: frame.AccountPath},
		{name: "account-no-app", shows: "the same without an app to go to", path: frame.AccountPath, setting: setting{noApp: true}},
		{name: "account-unverified", shows: "the address is not confirmed", path: frame.AccountPath, fresh: true},
		{name: "account-calm", shows: "nothing needs attention", path: frame.AccountPath, totp: true, passkeys: 1, codes: 8},
		{name: "account-attention", shows: "whatever may need attention does", path: frame.AccountPath, fresh: true, moving: true, totp: true, codes: 1},
		{name: "account-saved", shows: "the name is saved", path: frame.AccountPath, note: &note{Says: "saved"}},
		{name: "account-password-saved", shows: "the password is changed", path: frame.AccountPath, note: &note{Says: "password_saved"}},
		{
			name: "account-name", shows: "the name is refused", method: http.MethodPost, path: frame.AccountPath, form: url.Values{"name": {strings.Repeat("Ada ", 30)}},
			outcome: fault.ErrInvalidInput.WithFields(fault.Wrong("name", "name", "n", "100")),
		},
		{name: "devices", shows: "where one is signed in", path: frame.DevicesPath},
		{name: "devices-one", shows: "the same with no other", path: frame.DevicesPath, fresh: true},
		{name: "devices-signed-out", shows: "what was signed out, with each reason", path: frame.DevicesPath + "?ended=yes"},
		{name: "devices-signed-out-none", shows: "nothing was signed out", path: frame.DevicesPath + "?ended=yes", fresh: true},
		{name: "devices-ended", shows: "one was signed out", path: frame.DevicesPath, note: &note{Says: "device_ended"}},
		{name: "devices-all-ended", shows: "all others were signed out", path: frame.DevicesPath, fresh: true, note: &note{Says: "devices_ended"}},
		{
			name: "devices-none", shows: "the device is none of theirs", method: http.MethodPost, path: frame.DevicesPath,
			form: url.Values{"device": {"x"}}, outcome: session.ErrNoSession,
		},
		{name: "password", shows: "a form to change the password", path: frame.PasswordPath},
		post(scene{name: "password-missing", shows: "nothing was entered", form: url.Values{}}),
		post(scene{name: "password-wrong", shows: "the current password is wrong", outcome: account.ErrWrongPassword}),
		post(scene{name: "password-weak", shows: "the new password is refused", outcome: password.ErrWeak.WithWords("weak_password.too_short", "n", "8")}),
		post(scene{name: "password-busy", shows: "too many passwords are being hashed", outcome: fault.ErrUnavailable}),
	}
}
