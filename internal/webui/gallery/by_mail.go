package gallery

import (
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/gallery/canned"
)

// mailed is the sign-in by mail that a browser is at.
type mailed struct {
	Request string `json:"request"`
	Email   string `json:"email"`
}

func byMailScenes() []scene {
	var (
		byLink, code, both = setting{byMail: "link"}, setting{byMail: "code"}, setting{byMail: "both"}
		at                 = &mailed{Request: "canned", Email: canned.Email}
		opened             = link.Path(link.MagicLink) + "?token=spl_canned"
		often              = cannedFault(fault.Limited).WithRetryAfter(20 * 3600e9)
	)
	ask := func(name, shows, email string, limited error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: frame.ByMailPath, form: url.Values{"email": {email}}, limited: limited, setting: both}
	}
	typed := func(name, shows, code string, outcome error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: frame.MailCodePath, form: url.Values{"code": {code}}, mailed: at, outcome: outcome, setting: both}
	}
	press := func(name, shows string, outcome error) scene {
		return scene{name: name, shows: shows, method: http.MethodPost, path: link.Path(link.MagicLink), form: url.Values{"token": {"spl_canned"}, "email": {canned.Email}}, outcome: outcome, setting: both}
	}
	return []scene{
		{name: "sign-in-by-mail", shows: "there is another way to sign in, by mail", path: frame.SignInPath, setting: both},
		{name: "by-mail", shows: "whom to mail what signs in", path: frame.ByMailPath, setting: both},
		{name: "by-mail-ended", shows: "the code can be used no more", path: frame.ByMailPath, note: &note{Says: "mail_ended"}, setting: both},
		ask("by-mail-missing", "no address was entered", "", nil),
		ask("by-mail-limited", "too many requests", canned.Email, cannedFault(fault.Limited).WithRetryAfter(9*60e9)),
		{name: "mail-code", shows: "a mail with a link and a code is on its way", path: frame.MailCodePath, mailed: at, setting: both},
		{name: "mail-code-alone", shows: "a mail with a code is on its way", path: frame.MailCodePath, mailed: at, setting: code},
		{name: "mail-link-alone", shows: "a mail with a link is on its way", path: frame.MailCodePath, mailed: at, setting: byLink},
		typed("mail-code-missing", "no code was entered", "", nil),
		typed("mail-code-wrong", "the code is wrong", "123456", login.ErrWrongMailedCode),
		typed("mail-code-limited", "too many wrong codes of the address", "123456", often),
		{name: "magic-link", shows: "a link that signs in was opened", path: opened, setting: both},
		{name: "magic-link-spent", shows: "the link was used, superseded, expired or never made", path: opened, unusable: true, setting: both},
		press("magic-link-disabled", "the account is disabled", login.ErrDisabled),
		press("magic-link-unavailable", "no database when the button was pressed", fault.ErrUnavailable),
	}
}
