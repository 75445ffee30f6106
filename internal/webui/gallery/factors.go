package gallery

import (
	"net/http"
	"net/url"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// step is the sign-in that a browser is at.
type step struct {
	Token   string   `json:"token"`
	Methods []string `json:"methods"`
}

func secondScenes() []scene {
	at := &step{Token: "spm_canned", Methods: []string{"totp", "recovery_code"}}
	post := func(name, shows, code string, outcome error) scene {
		return scene{
			name: name, shows: shows, method: http.MethodPost, path: frame.SecondFactorPath, form: url.Values{"method": {"totp"}, "code": {code}},
			step: at, outcome: outcome,
		}
	}
	return []scene{
		{name: "second-factor", shows: "a code of the app is asked for", path: frame.SecondFactorPath, step: at},
		{name: "second-factor-recovery", shows: "a recovery code is asked for", path: frame.SecondFactorPath + "?method=recovery_code", step: at},
		post("second-factor-missing", "nothing was entered", "", nil),
		post("second-factor-wrong", "the code does not work", "123456", login.ErrWrongCode),
		{
			name: "second-factor-recovery-wrong", shows: "the recovery code does not work", method: http.MethodPost, path: frame.SecondFactorPath,
			form: url.Values{"method": {"recovery_code"}, "code": {"k7wq-9m2d"}}, step: at, outcome: login.ErrWrongRecoveryCode,
		},
		post("second-factor-limited", "too many wrong codes", "123456", cannedFault(fault.Limited).WithRetryAfter(15*60e9)),
		{name: "sign-in-step-ended", shows: "the second factor took too long", path: frame.SignInPath, note: &note{Says: "step_ended"}},
		{name: "confirm", shows: "the password is asked for once more", path: frame.With(frame.ConfirmPath, frame.FactorsPath)},
		{name: "confirm-code", shows: "a code is asked for once more", path: frame.ConfirmPath, totp: true},
		{
			name: "confirm-wrong", shows: "the password is wrong", method: http.MethodPost, path: frame.ConfirmPath,
			form: url.Values{"password": {galleryPassword}}, outcome: account.ErrWrongPassword,
		},
	}
}

func factorScenes() []scene {
	post := func(name, shows, path string, form url.Values, outcome error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: frame.FactorsPath + path, form: form, outcome: outcome}
	}
	code := url.Values{"code": {"123456"}}
	return []scene{
		{name: "factors-none", shows: "there is no second factor", path: frame.FactorsPath},
		{name: "factors", shows: "there is a code generator", path: frame.FactorsPath, totp: true, codes: 8},
		{name: "factors-few", shows: "the recovery codes run out", path: frame.FactorsPath, totp: true, codes: 1},
		{name: "factors-removed", shows: "the code generator was removed", path: frame.FactorsPath, note: &note{Says: "totp_removed"}},
		post("enrol", "a code generator to be", "/enrol", url.Values{}, nil),
		post("enrol-missing", "no code was entered", "/confirm", url.Values{}, nil),
		post("enrol-wrong", "the code does not work", "/confirm", code, login.ErrWrongCode),
		post("codes-enrolled", "the recovery codes of a new code generator", "/confirm", code, nil),
		post("codes", "new recovery codes", "/recovery-codes", url.Values{}, nil),
	}
}

func passkeyScenes() []scene {
	at := &step{Token: "spm_canned", Methods: []string{"passkey", "recovery_code"}}
	given := url.Values{"ceremony": {"canned"}, "credential": {"{}"}}
	second := url.Values{"method": {"passkey"}, "ceremony": {"canned"}, "credential": {"{}"}}
	return []scene{
		{name: "sign-in-passkey-refused", shows: "the passkey is not known", method: http.MethodPost, path: frame.ByPasskeyPath, form: given, outcome: login.ErrWrongPasskey},
		{name: "sign-in-passkey-late", shows: "the passkey came too late", method: http.MethodPost, path: frame.ByPasskeyPath, form: given, outcome: passkey.ErrCeremony},
		{name: "second-factor-passkey", shows: "a passkey is asked for", path: frame.SecondFactorPath, step: at},
		{name: "second-factor-passkey-refused", shows: "the passkey is another", method: http.MethodPost, path: frame.SecondFactorPath, form: second, step: at, outcome: login.ErrWrongPasskey},
		{name: "second-factor-passkey-limited", shows: "too many tries", method: http.MethodPost, path: frame.SecondFactorPath, form: second, step: at, limited: cannedFault(fault.Limited).WithRetryAfter(41 * time.Second)},
		{name: "second-factor-passkey-open-limited", shows: "too many tries when the page was opened", path: frame.SecondFactorPath, step: at, limited: cannedFault(fault.Limited).WithRetryAfter(41 * time.Second)},
		{name: "second-factor-passkey-other", shows: "a code is asked for, and there is a passkey", path: frame.SecondFactorPath, step: &step{Token: "spm_canned", Methods: []string{"totp", "passkey", "recovery_code"}}},
		{name: "confirm-passkey", shows: "a passkey is asked for once more", path: frame.ConfirmPath, passkeys: 1},
		{name: "factors-passkeys", shows: "there are passkeys alone", path: frame.FactorsPath, passkeys: 2, codes: 9},
		{name: "factors-both", shows: "there are passkeys and a code generator", path: frame.FactorsPath, totp: true, passkeys: 2, codes: 9},
		{name: "passkeys-none", shows: "there is no passkey", path: frame.PasskeysPath},
		{name: "passkeys", shows: "there are two", path: frame.PasskeysPath, passkeys: 2},
		{name: "passkeys-full", shows: "there are as many as one may have", path: frame.PasskeysPath, passkeys: 3},
		{name: "passkeys-added", shows: "one was added", path: frame.PasskeysPath, passkeys: 2, note: &note{Says: "passkey_added"}},
		{name: "passkeys-renamed", shows: "one was renamed", path: frame.PasskeysPath, passkeys: 2, note: &note{Says: "passkey_renamed"}},
		{name: "passkeys-removed", shows: "one was removed", path: frame.PasskeysPath, passkeys: 1, note: &note{Says: "passkey_removed"}},
		{name: "passkeys-refused", shows: "the passkey cannot be registered", method: http.MethodPost, path: frame.PasskeysPath + "/add", form: given, passkeys: 1, outcome: passkey.ErrUnusable},
		{name: "passkeys-exists", shows: "the passkey is registered already", method: http.MethodPost, path: frame.PasskeysPath + "/add", form: given, passkeys: 1, outcome: passkey.ErrRegistered},
		{name: "passkeys-late", shows: "the passkey came too late", method: http.MethodPost, path: frame.PasskeysPath + "/add", form: given, passkeys: 1, outcome: passkey.ErrCeremony},
		{name: "codes-passkey", shows: "the recovery codes of a first passkey", method: http.MethodPost, path: frame.PasskeysPath + "/add", form: given},
	}
}
