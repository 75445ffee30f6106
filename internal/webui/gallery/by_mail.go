package gallery

import (
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/webui/gallery/canned"
)

// The paths of signing in by mail.
const (
	byMailPath   = "/sign-in/mail"
	mailCodePath = "/sign-in/mail/code"
	magicPath    = "/auth/magic-link"
)

// mailed is the sign-in by mail that a browser is at.
type mailed struct {
	Request string `json:"request"`
	Email   string `json:"email"`
}

func byMailScenes() []scene {
	var (
		link, code, both = setting{byMail: "link"}, setting{byMail: "code"}, setting{byMail: "both"}
		at               = &mailed{Request: "canned", Email: canned.Email}
		opened           = magicPath + "?token=spl_canned"
		often            = cannedFault(fault.Limited, "").WithRetryAfter(20 * 3600e9)
	)
	ask := func(name, shows, email string, limited error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: byMailPath, form: url.Values{"email": {email}}, limited: limited, setting: both}
	}
	typed := func(name, shows, code string, outcome error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: mailCodePath, form: url.Values{"code": {code}}, mailed: at, outcome: outcome, setting: both}
	}
	press := func(name, shows string, outcome error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: magicPath, form: url.Values{"token": {"spl_canned"}, "email": {canned.Email}}, outcome: outcome, setting: both}
	}
	return []scene{
		{name: "sign-in-by-mail", shows: "there is another way to sign in, by mail", path: signInPath, setting: both},
		{name: "by-mail", shows: "whom to mail what signs in", path: byMailPath, setting: both},
		{name: "by-mail-ended", shows: "the code can be used no more", path: byMailPath, note: &note{Says: "mail_ended"}, setting: both},
		ask("by-mail-missing", "no address was entered", "", nil),
		ask("by-mail-limited", "too many requests", canned.Email, cannedFault(fault.Limited, "").WithRetryAfter(9*60e9)),
		{name: "mail-code", shows: "a mail with a link and a code is on its way", path: mailCodePath, mailed: at, setting: both},
		{name: "mail-code-alone", shows: "a mail with a code is on its way", path: mailCodePath, mailed: at, setting: code},
		{name: "mail-link-alone", shows: "a mail with a link is on its way", path: mailCodePath, mailed: at, setting: link},
		typed("mail-code-missing", "no code was entered", "", nil),
		typed("mail-code-wrong", "the code is wrong", "123456", login.ErrWrongMailedCode),
		typed("mail-code-limited", "too many wrong codes of the address", "123456", often),
		{name: "magic-link", shows: "a link that signs in was opened", path: opened, setting: both},
		{name: "magic-link-spent", shows: "the link was used, superseded, expired or never made", path: opened, unusable: true, setting: both},
		press("magic-link-disabled", "the account is disabled", login.ErrDisabled),
		press("magic-link-unavailable", "no database when the button was pressed", fault.ErrUnavailable),
	}
}
