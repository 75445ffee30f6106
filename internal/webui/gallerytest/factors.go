package gallerytest

import (
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// nobodysCode has the length of a code.
const nobodysCode = "000000"

// enrolled gives her an authenticator app, and leads to where its code is asked for.
func enrolled(then func(b *browser)) func(*browser) {
	return func(b *browser) {
		b.joins()
		b.h.Enrol(b.t, b.user())
		b.asks()
		then(b)
	}
}

func secondScenes() []scene {
	code := func(b *browser) { b.post(frame.SecondFactorPath, "method", "totp", "code", nobodysCode) }
	return []scene{
		{name: "second-factor", shows: "a code of the app is asked for", leads: enrolled(func(*browser) {})},
		{name: "second-factor-recovery", shows: "a recovery code is asked for", leads: enrolled(opening(frame.SecondFactorPath + "?method=recovery_code"))},
		{name: "second-factor-missing", shows: "nothing was entered", leads: enrolled(func(b *browser) {
			b.post(frame.SecondFactorPath, "method", "totp")
		})},
		{name: "second-factor-wrong", shows: "the code does not work", leads: enrolled(code)},
		{name: "second-factor-recovery-wrong", shows: "the recovery code does not work", leads: enrolled(func(b *browser) {
			b.post(frame.SecondFactorPath, "method", "recovery_code", "code", "k7wq-9m2d")
		})},
		{name: "second-factor-limited", shows: "too many wrong codes", leads: enrolled(func(b *browser) { b.limited(15*time.Minute, func() { code(b) }) })},
		{name: "sign-in-step-ended", shows: "the second factor took too long", leads: enrolled(func(b *browser) {
			b.h.Clock.Advance(time.Hour)
			code(b)
		})},
		{name: "confirm", shows: "the password is asked for once more", leads: athome(func(b *browser) {
			b.h.Clock.Advance(time.Hour)
			b.get(frame.FactorsPath)
		})},
		{name: "confirm-code", shows: "a code is asked for once more", leads: func(b *browser) {
			b.joins()
			b.h.Enrol(b.t, b.user())
			b.signsIn()
			b.get(frame.ConfirmPath)
		}},
		{name: "confirm-wrong", shows: "the password is wrong", leads: athome(func(b *browser) {
			b.post(frame.ConfirmPath, "password", galleryPassword)
		})},
	}
}

func factorScenes() []scene {
	look := opening(frame.FactorsPath)
	// left is an account with an authenticator app and so many recovery codes.
	left := func(n int) func(*browser) {
		return func(b *browser) {
			b.joins()
			_, codes := b.h.Enrol(b.t, b.user())
			b.h.UseCodes(b.t, b.email, codes[n:])
			b.signsIn()
			look(b)
		}
	}
	confirm := func(code string) func(*browser) {
		return func(b *browser) {
			b.post(frame.FactorsPath + "/enrol")
			b.post(frame.FactorsPath+"/confirm", "code", code)
		}
	}
	return []scene{
		{name: "factors-none", shows: "there is no second factor", leads: athome(look)},
		{name: "factors", shows: "there is an authenticator app", leads: left(8)},
		{name: "factors-few", shows: "the recovery codes run out", leads: left(1)},
		{name: "factors-removed", shows: "the authenticator app was removed", leads: func(b *browser) {
			left(10)(b)
			b.post(frame.FactorsPath + "/remove")
		}},
		{name: "enrol", shows: "an authenticator app to be", leads: athome(func(b *browser) { b.post(frame.FactorsPath + "/enrol") })},
		{name: "enrol-missing", shows: "no code was entered", leads: athome(confirm(""))},
		{name: "enrol-wrong", shows: "the code does not work", leads: athome(confirm(nobodysCode))},
		{name: "codes-enrolled", shows: "the recovery codes of a new authenticator app", leads: athome(func(b *browser) {
			b.post(frame.FactorsPath + "/enrol")
			b.post(frame.FactorsPath+"/confirm", "code", b.h.NextCode(keyOn(b.t, b.shown.Page)))
		})},
		{name: "codes", shows: "new recovery codes", leads: func(b *browser) {
			left(10)(b)
			b.post(frame.FactorsPath + "/recovery-codes")
		}},
	}
}

// holding gives her some passkeys, and does something at home.
func holding(n int, do func(b *browser)) func(*browser) {
	return func(b *browser) {
		b.joins()
		b.passkeys(n)
		b.signsIn()
		do(b)
	}
}

// answers sends what an authenticator makes of the page that is shown.
func (b *browser) answers(by *roomtest.Authenticator, address string, more ...string) {
	b.t.Helper()
	form := by.Given(b.t, string(b.shown.Page))
	for n := 0; n+1 < len(more); n += 2 {
		form.Set(more[n], more[n+1])
	}
	b.do(http.MethodPost, address, form)
}

func passkeyScenes() []scene {
	look, add := opening(frame.PasskeysPath), frame.PasskeysPath+"/add"
	// at is a sign-in that asks for a passkey.
	at := func(then func(b *browser)) func(*browser) {
		return func(b *browser) {
			b.joins()
			b.passkeys(1)
			b.asks()
			then(b)
		}
	}
	both := func(then func(b *browser)) func(*browser) {
		return func(b *browser) {
			b.joins()
			b.h.Enrol(b.t, b.user())
			b.passkeys(2)
			then(b)
		}
	}
	refused := func(b *browser) { b.answers(roomtest.NewAuthenticator(), frame.SecondFactorPath, "method", "passkey") }
	return []scene{
		{name: "sign-in-passkey-refused", shows: "the passkey is not known", leads: func(b *browser) {
			b.get(frame.SignInPath)
			b.answers(roomtest.NewAuthenticator(), frame.ByPasskeyPath)
		}},
		{name: "sign-in-passkey-late", shows: "the passkey came too late", leads: func(b *browser) {
			b.get(frame.SignInPath)
			b.h.Clock.Advance(time.Hour)
			b.answers(roomtest.NewAuthenticator(), frame.ByPasskeyPath)
		}},
		{name: "second-factor-passkey", shows: "a passkey is asked for", leads: at(func(*browser) {})},
		{name: "second-factor-passkey-refused", shows: "the passkey is another", leads: at(refused)},
		{name: "second-factor-passkey-limited", shows: "too many tries", leads: at(func(b *browser) { b.limited(41*time.Second, func() { refused(b) }) })},
		{name: "second-factor-passkey-open-limited", shows: "too many tries when the page was opened", leads: at(func(b *browser) {
			b.limited(41*time.Second, func() { b.get(frame.SecondFactorPath) })
		})},
		{name: "second-factor-passkey-other", shows: "a code is asked for, and there is a passkey", leads: both(func(b *browser) {
			b.asks()
			b.get(frame.SecondFactorPath + "?method=totp")
		})},
		{name: "confirm-passkey", shows: "a passkey is asked for once more", leads: holding(1, opening(frame.ConfirmPath))},
		{name: "factors-passkeys", shows: "there are passkeys alone", leads: holding(2, opening(frame.FactorsPath))},
		{name: "factors-both", shows: "there are passkeys and an authenticator app", leads: both(func(b *browser) {
			b.signsIn()
			b.get(frame.FactorsPath)
		})},
		{name: "passkeys-none", shows: "there is no passkey", leads: athome(look)},
		{name: "passkeys", shows: "there are two, and one is never used", leads: func(b *browser) {
			b.joins()
			first, _ := b.passkeys(2)
			b.get(frame.SignInPath)
			b.answers(first, frame.ByPasskeyPath)
			b.post(frame.PasskeysPath+"/rename", "passkey", b.passkey(0), "name", "Ada’s <b>phone")
			b.post(frame.PasskeysPath+"/rename", "passkey", b.passkey(1), "name", "a key with a name that is as long as names may be, to see that it goes around the edge of a page")
			look(b)
		}},
		{name: "passkeys-full", shows: "there are as many as one may have", leads: holding(20, look)},
		{name: "passkeys-added", shows: "one was added", leads: holding(1, func(b *browser) {
			look(b)
			b.answers(roomtest.NewAuthenticator(), add, "name", "Ada’s key")
		})},
		{name: "passkeys-renamed", shows: "one was renamed", leads: holding(2, func(b *browser) {
			b.post(frame.PasskeysPath+"/rename", "passkey", b.passkey(0), "name", "Ada’s <b>phone")
		})},
		{name: "passkeys-removed", shows: "one was removed", leads: holding(2, func(b *browser) {
			b.post(frame.PasskeysPath+"/remove", "passkey", b.passkey(1))
		})},
		{name: "passkeys-refused", shows: "the passkey cannot be registered", leads: holding(1, func(b *browser) {
			look(b)
			b.answers(roomtest.NewAuthenticator(), add, "credential", "{}")
		})},
		{name: "passkeys-exists", shows: "the passkey is registered already", leads: func(b *browser) {
			b.joins()
			first, _ := b.passkeys(1)
			b.signsIn()
			look(b)
			b.answers(first, add)
		}},
		{name: "passkeys-late", shows: "the passkey came too late", leads: holding(1, func(b *browser) {
			look(b)
			b.h.Clock.Advance(14 * time.Minute)
			b.answers(roomtest.NewAuthenticator(), add)
		})},
		{name: "codes-passkey", shows: "the recovery codes of a first passkey", leads: athome(func(b *browser) {
			look(b)
			b.answers(roomtest.NewAuthenticator(), add)
		})},
	}
}

// passkey is the id of one of hers.
func (b *browser) passkey(n int) string {
	b.t.Helper()
	list, err := b.h.Passkeys.List(b.t.Context(), b.user().ID)
	if err != nil || len(list) <= n {
		b.t.Fatalf("there is no passkey %d: %d, %v", n, len(list), err)
	}
	return list[n].ID
}
