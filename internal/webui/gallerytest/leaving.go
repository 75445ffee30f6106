package gallerytest

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// mailed leads from a link of a purpose, which is hers.
func mailed(purpose store.Purpose, then func(b *browser, path, token string)) func(*browser) {
	path := link.Path(purpose)
	return func(b *browser) { then(b, path, b.link(path)) }
}

func opens(b *browser, path, token string) { b.get(path + "?token=" + token) }

// pressing sends the form behind a link, with more that is typed.
func pressing(more ...string) func(b *browser, path, token string) {
	return func(b *browser, path, token string) {
		b.post(path, append([]string{"token", token, "email", b.email}, more...)...)
	}
}

// dead opens a link of a purpose that cannot be used.
func dead(purpose store.Purpose) func(*browser) {
	return opening(link.Path(purpose) + "?token=unknown")
}

// movingScenes are about another address.
func movingScenes() []scene {
	ask := func(email string) func(*browser) {
		return athome(func(b *browser) { b.post(frame.EmailPath, "new_email", email) })
	}
	confirm, undo := store.PurposeConfirmEmail, store.PurposeUndoEmail
	return []scene{
		{name: "email", shows: "a form for another address", leads: athome(opening(frame.EmailPath))},
		{name: "email-missing", shows: "nothing was entered", leads: ask("")},
		{name: "email-no-address", shows: "what was entered is no address", leads: ask("ada@")},
		{name: "email-same", shows: "it is the address that one has", leads: athome(func(b *browser) { b.post(frame.EmailPath, "new_email", b.email) })},
		{name: "email-limited", shows: "too many tries", leads: athome(func(b *browser) {
			b.limited(40*time.Minute, func() { b.post(frame.EmailPath, "new_email", b.new) })
		})},
		{name: "account-email-asked", shows: "a link to the new address is on its way", leads: athome(func(b *browser) { b.post(frame.EmailPath, "new_email", b.new) })},
		{name: "email-confirm", shows: "the link to the new address was opened by its owner, who is signed in", leads: athome(mailed(confirm, opens))},
		{name: "email-confirm-password", shows: "the same where nobody is signed in", leads: mailed(confirm, opens)},
		{name: "email-confirm-missing", shows: "the password is missing", leads: mailed(confirm, pressing())},
		{name: "email-confirm-wrong", shows: "the password was wrong", leads: mailed(confirm, pressing("password", galleryPassword))},
		{name: "email-confirm-done", shows: "the address is changed", leads: athome(mailed(confirm, pressing()))},
		{name: "email-confirm-link", shows: "the link was used, superseded, has expired or was never made", leads: dead(confirm)},
		{name: "email-confirm-limited", shows: "too many tries", leads: athome(mailed(confirm, func(b *browser, path, token string) {
			b.limited(9*time.Minute, func() { pressing()(b, path, token) })
		}))},
		{name: "email-undo", shows: "the link to the old address was opened", leads: mailed(undo, opens)},
		{name: "email-undo-done", shows: "the old address is put back", leads: mailed(undo, pressing())},
		{name: "email-undo-taken", shows: "another account has the old address by now", leads: mailed(undo, func(b *browser, path, token string) {
			b.joins()
			pressing()(b, path, token)
		})},
		{name: "email-undo-link", shows: "the link was used, has expired or was never made", leads: dead(undo)},
		{name: "email-undo-unavailable", shows: "no database when the button was pressed", leads: mailed(undo, func(b *browser, path, token string) {
			b.broken("", func() { pressing()(b, path, token) })
		})},
	}
}

// leavingScenes are about taking data along, and leaving.
func leavingScenes() []scene {
	leave := func(typed string) func(*browser) {
		return athome(func(b *browser) { b.post(frame.DataPath, "confirm", typed) })
	}
	export := func(b *browser) { b.post(frame.DataPath + "/export") }
	kept := func(b *browser) {
		b.post(frame.RestorePath, "token", tokenOn(b.t, b.shown.Page), "email", b.email)
	}
	return []scene{
		{name: "data", shows: "what is held, and the end of it", leads: athome(opening(frame.DataPath))},
		{name: "data-missing", shows: "the address was not typed", leads: leave("")},
		{name: "data-wrong", shows: "another address was typed", leads: leave("grace@example.org")},
		{name: "data-limited", shows: "too many tries", leads: athome(func(b *browser) {
			b.limited(40*time.Second, func() { b.post(frame.DataPath, "confirm", b.email) })
		})},
		{name: "data-export-limited", shows: "too many exports", leads: athome(func(b *browser) { b.limited(40*time.Second, func() { export(b) }) })},
		{name: "data-export-unavailable", shows: "no database when the export was asked for", leads: athome(func(b *browser) {
			b.broken("BEGIN", func() { export(b) })
		})},
		{name: "sign-in-deleted", shows: "the account is deleted", leads: func(b *browser) { b.leaves() }},
		{name: "sign-in-restore", shows: "the account is about to be erased", leads: func(b *browser) {
			b.leaves()
			b.asks()
		}},
		{name: "second-factor-restore", shows: "the same after a second factor", leads: func(b *browser) {
			b.joins()
			key, _ := b.h.Enrol(b.t, b.user())
			b.signsIn()
			b.post(frame.DataPath, "confirm", b.email)
			b.asks()
			b.post(frame.SecondFactorPath, "method", "totp", "code", b.h.NextCode(key))
		}},
		{name: "sign-in-restore-unavailable", shows: "no database when the button was pressed", leads: func(b *browser) {
			b.leaves()
			b.asks()
			b.broken("", func() { kept(b) })
		}},
		{name: "sign-in-restored", shows: "the account is kept", leads: func(b *browser) {
			b.leaves()
			b.asks()
			kept(b)
		}},
	}
}
