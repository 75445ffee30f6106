package gallerytest

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

func byMailScenes() []scene {
	byLink, code, both := setting{byMail: "link"}, setting{byMail: "code"}, setting{byMail: "both"}
	path := link.Path(link.MagicLink)
	ask := func(b *browser) { b.post(frame.ByMailPath, "email", b.email) }
	typed := func(code string) func(*browser) {
		return func(b *browser) {
			ask(b)
			b.post(frame.MailCodePath, "code", code)
		}
	}
	mailed := func(then func(b *browser, token string)) func(*browser) {
		return func(b *browser) {
			b.joins()
			then(b, b.link(path))
		}
	}
	return []scene{
		{name: "sign-in-by-mail", shows: "there is another way to sign in, by mail", leads: opening(frame.SignInPath), setting: both},
		{name: "by-mail", shows: "whom to mail what signs in", leads: opening(frame.ByMailPath), setting: both},
		{name: "by-mail-ended", shows: "the code can be used no more", leads: opening(frame.MailCodePath), setting: both},
		{name: "by-mail-missing", shows: "no address was entered", leads: func(b *browser) { b.post(frame.ByMailPath, "email", "") }, setting: both},
		{name: "by-mail-limited", shows: "too many requests", leads: func(b *browser) { b.limited(9*time.Minute, func() { ask(b) }) }, setting: both},
		{name: "mail-code", shows: "a mail with a link and a code is on its way", leads: ask, setting: both},
		{name: "mail-code-alone", shows: "a mail with a code is on its way", leads: ask, setting: code},
		{name: "mail-link-alone", shows: "a mail with a link is on its way", leads: ask, setting: byLink},
		{name: "mail-code-missing", shows: "no code was entered", leads: typed(""), setting: both},
		{name: "mail-code-wrong", shows: "the code is wrong", leads: typed(nobodysCode), setting: both},
		{name: "mail-code-limited", shows: "too many wrong codes of the address", leads: func(b *browser) {
			ask(b)
			b.failing(ratelimit.ErrTooManyCodes.WithRetryAfter(20*time.Hour), "", func() { b.post(frame.MailCodePath, "code", nobodysCode) })
		}, setting: both},
		{name: "magic-link", shows: "a link that signs in was opened", leads: mailed(func(b *browser, token string) { b.get(path + "?token=" + token) }), setting: both},
		{name: "magic-link-spent", shows: "the link was used, superseded, expired or never made", leads: opening(path + "?token=spl_unknown"), setting: both},
		{name: "magic-link-disabled", shows: "the account is disabled", leads: mailed(func(b *browser, token string) {
			b.h.Disable(b.t, b.user())
			b.post(path, "token", token, "email", b.email)
		}), setting: both},
		{name: "magic-link-unavailable", shows: "no database when the button was pressed", leads: mailed(func(b *browser, token string) {
			b.broken("", func() { b.post(path, "token", token, "email", b.email) })
		}), setting: both},
	}
}
