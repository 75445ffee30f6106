package gallerytest

import (
	"net/url"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// opening leads to a page that anybody can open.
func opening(path string) func(*browser) { return func(b *browser) { b.get(path) } }

// athome does something as somebody who is signed in.
func athome(do func(b *browser)) func(*browser) {
	return func(b *browser) {
		b.atHome()
		do(b)
	}
}

func signInScenes() []scene {
	wrong := func(b *browser) { b.post(frame.SignInPath, "email", b.email, "password", galleryPassword) }
	out := func(b *browser) { b.post(frame.SignOutPath) }
	everywhere := func(b *browser) { b.post(frame.SignOutPath, "everywhere", "yes") }
	return []scene{
		{name: "sign-in", shows: "who are you", leads: opening(frame.SignInPath)},
		{name: "sign-in-return", shows: "the same on the way to another page", leads: opening(frame.PasswordPath)},
		{name: "sign-in-closed", shows: "the same where nobody may sign up", leads: opening(frame.SignInPath), setting: setting{closed: true}},
		{name: "sign-in-signed-out", shows: "signed out just now", leads: athome(out)},
		{name: "sign-in-signed-out-everywhere", shows: "signed out on all devices", leads: athome(everywhere)},
		{name: "sign-in-ended", shows: "the session has ended", leads: athome(func(b *browser) {
			if err := b.h.Sessions.EndOthers(b.t.Context(), b.h.Asker(b.t, b.user())); err != nil {
				b.t.Fatal(err)
			}
			b.get(frame.AccountPath)
		})},
		{name: "sign-in-missing", shows: "nothing was entered", leads: func(b *browser) { b.post(frame.SignInPath) }},
		{name: "sign-in-wrong", shows: "address or password is wrong", leads: wrong},
		{name: "sign-in-no-address", shows: "what was entered is no address", leads: func(b *browser) {
			b.post(frame.SignInPath, "email", "ada@", "password", galleryPassword)
		}},
		{name: "sign-in-unverified", shows: "the address is not confirmed", leads: func(b *browser) {
			b.h.SignsUp(b.t, b.email, roomtest.Good)
			b.asks()
		}},
		{name: "sign-in-disabled", shows: "the account is disabled", leads: func(b *browser) {
			b.joins()
			b.h.Disable(b.t, b.user())
			b.asks()
		}},
		{name: "sign-in-limited", shows: "too many wrong passwords", leads: func(b *browser) {
			b.limited(14*time.Minute, func() { wrong(b) })
		}},
		{name: "sign-in-busy", shows: "the server has too much to do", leads: func(b *browser) { b.broken("", func() { wrong(b) }) }},
		{name: "sign-in-application-refused", shows: "an application behind a proxy could not be signed in to", leads: opening(frame.RefusedPath + "?origin=" + url.QueryEscape(ordersURL))},
		{name: "sign-out", shows: "sign out?", leads: opening(frame.SignOutPath)},
		{name: "sign-out-unavailable", shows: "no database when the button was pressed", leads: athome(func(b *browser) {
			b.broken("", func() { out(b) })
		})},
		{name: "sign-out-everywhere-unavailable", shows: "the same for all devices", leads: athome(func(b *browser) {
			b.broken("", func() { everywhere(b) })
		})},
	}
}

func signUpScenes() []scene {
	good := func(b *browser) {
		b.post(frame.SignUpPath, "email", b.email, "password", galleryPassword, "name", "Ada Lovelace")
	}
	return []scene{
		{name: "sign-up", shows: "a new account", leads: opening(frame.SignUpPath)},
		{name: "sign-up-closed", shows: "nobody may sign up", leads: opening(frame.SignUpPath), setting: setting{closed: true}},
		{name: "sign-up-missing", shows: "nothing was entered", leads: func(b *browser) {
			b.post(frame.SignUpPath, "name", strings.Repeat("Ada ", 30))
		}},
		{name: "sign-up-weak", shows: "the password was refused", leads: func(b *browser) {
			b.post(frame.SignUpPath, "email", b.email, "password", "password1", "name", "Ada Lovelace")
		}},
		{name: "sign-up-wrong", shows: "the address is refused", leads: func(b *browser) {
			b.post(frame.SignUpPath, "email", "ada@", "password", galleryPassword, "name", strings.Repeat("Ada ", 30))
		}},
		{name: "sign-up-taken", shows: "the address has an account, where that is no secret", setting: setting{loose: true}, leads: func(b *browser) {
			b.joins()
			good(b)
		}},
		{name: "sign-up-limited", shows: "too many sign-ups", leads: func(b *browser) { b.limited(40*time.Minute, func() { good(b) }) }},
	}
}

func mailScenes() []scene {
	forgot := func(b *browser) { b.post(frame.ForgotPath, "email", b.email) }
	signUp := func(b *browser) { b.post(frame.SignUpPath, "email", b.email, "password", galleryPassword) }
	again := func(b *browser, kind string) { b.post(frame.CheckMailPath, "email", b.email, "kind", kind) }
	return []scene{
		{name: "forgot", shows: "whose password is to be reset", leads: opening(frame.ForgotPath)},
		{name: "forgot-missing", shows: "nothing was entered", leads: func(b *browser) { b.post(frame.ForgotPath) }},
		{name: "forgot-limited", shows: "too many tries", leads: func(b *browser) { b.limited(40*time.Minute, func() { forgot(b) }) }},
		{name: "check-mail-verify", shows: "a link to confirm the address is on its way", leads: signUp},
		{name: "check-mail-verify-again", shows: "the same once more", leads: func(b *browser) {
			signUp(b)
			again(b, "verify")
		}},
		{name: "check-mail-reset", shows: "a link to choose a password is on its way", leads: forgot},
		{name: "check-mail-limited", shows: "too many mails", leads: func(b *browser) { b.limited(40*time.Minute, func() { again(b, "reset") }) }},
	}
}

func accountScenes() []scene {
	account := func(b *browser) { b.get(frame.AccountPath) }
	change := func(current, chosen string) func(*browser) {
		return func(b *browser) { b.post(frame.PasswordPath, "current_password", current, "new_password", chosen) }
	}
	ended := func(b *browser) { b.get(frame.DevicesPath + "?ended=yes") }
	return []scene{
		{name: "account", shows: "what one has here, and who tried to get in", leads: athome(func(b *browser) {
			for range 3 {
				_, _ = b.h.SignIn(b.t, b.email, galleryPassword)
			}
			b.h.Clock.Advance(time.Minute)
			account(b)
		})},
		{name: "account-no-app", shows: "the same without an app to go to", leads: athome(account), setting: setting{noApp: true}},
		{name: "account-unverified", shows: "the address is not confirmed", setting: setting{loose: true}, leads: func(b *browser) {
			b.h.SignsUp(b.t, b.email, roomtest.Good)
			b.signsIn()
			account(b)
		}},
		{name: "account-calm", shows: "nothing needs attention", leads: func(b *browser) {
			b.joins()
			b.h.Enrol(b.t, b.user())
			b.passkeys(1)
			b.signsIn()
			account(b)
		}},
		{name: "account-attention", shows: "whatever may need attention does", setting: setting{loose: true}, leads: func(b *browser) {
			b.h.SignsUp(b.t, b.email, roomtest.Good)
			b.h.Want(b.t, b.user(), b.new)
			_, codes := b.h.Enrol(b.t, b.user())
			b.h.UseCodes(b.t, b.email, codes[1:])
			b.signsIn()
			account(b)
		}},
		{name: "account-saved", shows: "the name is saved", leads: athome(func(b *browser) { b.post(frame.AccountPath, "name", "Ada") })},
		{name: "account-password-saved", shows: "the password is changed", leads: athome(change(roomtest.Good, "a fresh start 81"))},
		{name: "account-name", shows: "the name is refused", leads: athome(func(b *browser) {
			b.post(frame.AccountPath, "name", strings.Repeat("Ada ", 30))
		})},
		{name: "activity", shows: "whatever can happen to an account", leads: athome(func(b *browser) {
			b.happens()
			b.get(frame.ActivityPath)
		})},
		{name: "activity-more", shows: "a long history", leads: athome(func(b *browser) {
			b.happens()
			b.happens()
			b.get(frame.ActivityPath)
		})},
		{name: "activity-older", shows: "the next page of it", leads: athome(func(b *browser) {
			b.happens()
			first := roomtest.Must(b.h.Store.Direct().Audit.List(b.t.Context(), store.AuditFilter{UserID: b.user().ID}, store.Page{Limit: 30}))
			b.get(frame.ActivityPath + "?after=" + first[len(first)-1].ID)
		})},
		{name: "activity-none", shows: "nothing is recorded any more", leads: athome(func(b *browser) { b.get(frame.ActivityPath + "?after=0") })},
		{name: "devices", shows: "where one is signed in", leads: func(b *browser) {
			b.joins()
			for range 26 {
				b.h.Device(b.t, b.email, roomtest.Good)
			}
			b.h.DeviceNamed(b.t, b.email, "Ada’s <b>phone")
			b.anonymous()
			b.signsIn()
			b.get(frame.DevicesPath)
		}},
		{name: "devices-one", shows: "the same with no other", leads: athome(func(b *browser) { b.get(frame.DevicesPath) })},
		{name: "devices-signed-out", shows: "what was signed out, with each reason", leads: athome(func(b *browser) {
			b.ends(session.Reasons()...)
			ended(b)
		})},
		{name: "devices-signed-out-none", shows: "nothing was signed out", leads: athome(ended)},
		{name: "devices-ended", shows: "one was signed out", leads: athome(func(b *browser) {
			b.h.DeviceNamed(b.t, b.email, "Ada’s phone")
			b.post(frame.DevicesPath, "device", b.h.Asker(b.t, b.user()).SessionID)
		})},
		{name: "devices-all-ended", shows: "all others were signed out", leads: athome(func(b *browser) { b.post(frame.DevicesPath, "others", "yes") })},
		{name: "devices-none", shows: "the device is none of theirs", leads: athome(func(b *browser) { b.post(frame.DevicesPath, "device", "x") })},
		{name: "password", shows: "a form to change the password", leads: athome(func(b *browser) { b.get(frame.PasswordPath) })},
		{name: "password-missing", shows: "nothing was entered", leads: athome(change("", ""))},
		{name: "password-wrong", shows: "the current password is wrong", leads: athome(change(galleryPassword, galleryPassword))},
		{name: "password-weak", shows: "the new password is refused", leads: athome(change(roomtest.Good, "short"))},
		{name: "password-busy", shows: "the server has too much to do", leads: athome(func(b *browser) {
			b.broken("attempts", func() { change(roomtest.Good, galleryPassword)(b) })
		})},
	}
}

// anonymous signs in on a device that says nothing of itself.
func (b *browser) anonymous() {
	b.t.Helper()
	if _, err := b.h.Logins.WithPassword(b.t.Context(), login.Password{Email: b.email, Password: roomtest.Good}); err != nil {
		b.t.Fatal(err)
	}
}

// ends opens sessions of hers and ends one for each reason. Some take weeks to come
// about: they are written down.
func (b *browser) ends(reasons ...string) {
	b.t.Helper()
	db := b.h.Raw(b.t)
	for _, why := range reasons {
		_, err := db.ExecContext(b.t.Context(), "UPDATE sessions SET revoked_at = ?, revoked_reason = ? WHERE id = ?",
			b.h.Clock.Now().UnixMicro(), why, b.h.Asker(b.t, b.user()).SessionID)
		if err != nil {
			b.t.Fatal(err)
		}
	}
}
