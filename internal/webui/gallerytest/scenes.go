package gallerytest

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/letter"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

const (
	// frameState is the scene that a mail's frame shows.
	frameState = "mailbox-mail-html"
	// galleryPassword is what is typed in the gallery. No page may show it.
	galleryPassword = "typed-in-the-gallery" //nolint:gosec // opens nothing
)

// frameAddress finds the frame of a mail in a page.
func frameAddress() *regexp.Regexp {
	return regexp.MustCompile(`src=frame.MailboxPath + "/[^"]*/html"`)
}

// scenes lists every page in every state. A page or a state that is not here has
// not been looked at.
func scenes() []scene {
	var all []scene
	for _, some := range [][]scene{
		signInScenes(), signUpScenes(), mailScenes(), accountScenes(), secondScenes(), factorScenes(), passkeyScenes(), byMailScenes(), verifyScenes(), invitationScenes(), resetScenes(), disownScenes(), movingScenes(), leavingScenes(), operatorScenes(), userScenes(), logScenes(), roleScenes(), deedScenes(), noticeScenes(), mailboxScenes(),
	} {
		all = append(all, some...)
	}
	return all
}

func verifyScenes() []scene {
	verify := store.PurposeVerifyEmail
	path := link.Path(verify)
	// own signs up in her browser.
	own := func(then func(b *browser, token string)) func(*browser) {
		return func(b *browser) {
			b.post(frame.SignUpPath, "email", b.email, "password", roomtest.Good, "name", "Ada Lovelace")
			then(b, b.h.LinkTo(b.t, b.email, path))
		}
	}
	again := func(b *browser, path, token string) {
		pressing("password", roomtest.Good)(b, path, token)
		opens(b, path, token)
	}
	limited := func(wait time.Duration, do func(b *browser, path, token string)) func(*browser) {
		return mailed(verify, func(b *browser, path, token string) { b.limited(wait, func() { do(b, path, token) }) })
	}
	broken := func(do func(b *browser, path, token string)) func(*browser) {
		return mailed(verify, func(b *browser, path, token string) { b.broken("", func() { do(b, path, token) }) })
	}
	return []scene{
		{name: "verify-form", shows: "a link to confirm an address was opened in the browser that signed up", leads: own(func(b *browser, token string) { opens(b, path, token) })},
		{name: "verify-password", shows: "the same in another browser", leads: mailed(verify, opens)},
		{name: "verify-password-missing", shows: "no password was typed", leads: mailed(verify, pressing())},
		{name: "verify-password-wrong", shows: "the password was wrong", leads: mailed(verify, pressing("password", galleryPassword))},
		{name: "verify-password-weak", shows: "a new password was refused", leads: mailed(verify, pressing("new_password", "password1"))},
		{name: "verify-form-long-names", shows: "a link for a product with a long name", leads: mailed(verify, opens), setting: setting{product: strings.Repeat("Donaudampfschifffahrts", 4)}},
		{name: "verify-done", shows: "the address is confirmed, and the link was opened again", leads: mailed(verify, again)},
		{name: "verify-done-no-app", shows: "the address is confirmed where opening is enough, without an app to go to", leads: mailed(verify, opens), setting: setting{noApp: true, onGet: true}},
		{name: "verify-link", shows: "the link was used, superseded, expired or never made", leads: dead(verify)},
		{name: "verify-link-no-app", shows: "the same without an app to go to", leads: func(b *browser) { pressing()(b, path, "unknown") }, setting: setting{noApp: true}},
		{name: "verify-limited", shows: "too many tries when the button was pressed", leads: limited(41*time.Second, pressing())},
		{name: "verify-unavailable", shows: "no database when the button was pressed", leads: broken(pressing())},
		{name: "verify-open-limited", shows: "too many tries when the link was opened", leads: limited(3*time.Hour, opens)},
		{name: "verify-open-unavailable", shows: "no database when the link was opened", leads: broken(opens)},
	}
}

func invitationScenes() []scene {
	path := link.Path(link.Invitation)
	invited := func(then func(b *browser, path, token string)) func(*browser) {
		return func(b *browser) {
			b.t.Helper()
			if _, err := b.h.Invite(b.t.Context(), signup.Invite{Email: b.email, By: audit.Operator{Machine: true}}); err != nil {
				b.t.Fatal(err)
			}
			then(b, path, b.h.LinkTo(b.t, b.email, path))
		}
	}
	good := pressing("name", "Ada Lovelace", "password", galleryPassword)
	return []scene{
		{name: "invitation-form", shows: "the link of an invitation was opened", leads: invited(opens)},
		{name: "invitation-missing", shows: "no password was typed", leads: invited(pressing())},
		{name: "invitation-weak", shows: "the password was refused", leads: invited(pressing("name", "Ada Lovelace", "password", "password1"))},
		{name: "invitation-done", shows: "the account is there, and the link was opened again", leads: invited(func(b *browser, path, token string) {
			good(b, path, token)
			opens(b, path, token)
		})},
		{name: "invitation-link", shows: "the link was used, withdrawn or replaced, has expired or was never made", leads: opening(path + "?token=unknown")},
		{name: "invitation-limited", shows: "too many tries", leads: invited(func(b *browser, path, token string) {
			b.limited(9*time.Minute, func() { good(b, path, token) })
		})},
		{name: "invitation-unavailable", shows: "the server has too much to do", leads: invited(func(b *browser, path, token string) {
			b.broken("", func() { good(b, path, token) })
		})},
	}
}

func resetScenes() []scene {
	reset := store.PurposeResetPassword
	good := pressing("new_password", galleryPassword)
	return []scene{
		{name: "reset-form", shows: "a link to choose a password was opened", leads: mailed(reset, opens)},
		{name: "reset-weak", shows: "the password was refused", leads: mailed(reset, pressing("new_password", "password1"))},
		{name: "reset-missing", shows: "no password was entered", leads: mailed(reset, pressing())},
		{name: "reset-done", shows: "the password is changed", leads: mailed(reset, good)},
		{name: "reset-done-no-app", shows: "the same without an app to go to", leads: mailed(reset, good), setting: setting{noApp: true}},
		{name: "reset-link", shows: "the link was used, has expired or was never made", leads: dead(reset)},
		{name: "reset-limited", shows: "too many tries", leads: mailed(reset, func(b *browser, path, token string) {
			b.limited(9*time.Minute, func() { good(b, path, token) })
		})},
		{name: "reset-unavailable", shows: "the server has too much to do", leads: mailed(reset, func(b *browser, path, token string) {
			b.broken("", func() { good(b, path, token) })
		})},
	}
}

func disownScenes() []scene {
	disown := store.PurposeDisown
	signOut := func(b *browser, path, token string) { b.post(path, "token", token) }
	return []scene{
		{name: "disown-form", shows: "a link of a mail about a new device was opened", leads: mailed(disown, opens)},
		{name: "disown-form-unknown", shows: "the same for a device that says nothing of itself", leads: func(b *browser) {
			b.joins()
			b.h.Device(b.t, b.email, roomtest.Good)
			b.anonymous()
			opens(b, link.Path(disown), b.h.LinkTo(b.t, b.email, link.Path(disown)))
		}},
		{name: "disown-form-gone", shows: "the same once the session is gone", leads: mailed(disown, func(b *browser, path, token string) {
			b.failing(store.ErrNotFound, "FROM sessions", func() { opens(b, path, token) })
		})},
		{name: "disown-done", shows: "the device is signed out", leads: mailed(disown, signOut)},
		{name: "disown-link", shows: "the link was used, has expired or was never made", leads: dead(disown)},
		{name: "disown-limited", shows: "too many tries", leads: mailed(disown, func(b *browser, path, token string) {
			b.limited(9*time.Minute, func() { signOut(b, path, token) })
		})},
		{name: "disown-unavailable", shows: "no database when the button was pressed", leads: mailed(disown, func(b *browser, path, token string) {
			b.broken("", func() { signOut(b, path, token) })
		})},
	}
}

func noticeScenes() []scene {
	path := link.Path(store.PurposeVerifyEmail)
	failing := func(err error) func(*browser) {
		return mailed(store.PurposeVerifyEmail, func(b *browser, path, token string) {
			b.failing(err, "", func() { opens(b, path, token) })
		})
	}
	form := url.Values{"token": {"spv_unknown"}}
	return []scene{
		{name: "not-found", shows: "no such page", leads: opening("/auth/nothing")},
		{name: "not-found-no-app", shows: "no such page, no app to go to", leads: opening("/auth/nothing"), setting: setting{noApp: true}},
		{name: "method", shows: "a method that the page does not know", leads: func(b *browser) { b.do(http.MethodDelete, path, nil) }},
		{name: "refused", shows: "a form from another site", leads: func(b *browser) { b.do(http.MethodPost, path, form, "Origin", "https://evil.example") }},
		{name: "unsupported", shows: "no form", leads: func(b *browser) { b.do(http.MethodPost, path, form, "Content-Type", "application/json") }},
		{name: "too-large", shows: "a form that is too large", leads: func(b *browser) { b.post(path, "token", strings.Repeat("x", 1<<17)) }},
		{name: "malformed", shows: "a fault of the kind malformed", leads: athome(func(b *browser) { b.post(frame.DevicesPath) })},
		{name: "refusal", shows: "any other refusal", leads: failing(mfa.ErrNoFactor)},
		{name: "internal", shows: "a fault of ours", leads: failing(errOurs)},
	}
}

func mailboxScenes() []scene {
	mail := func(path string) func(*browser) {
		return func(b *browser) {
			mails := b.world.box.full.List("")
			b.get(frame.MailboxPath + "/" + strings.NewReplacer("{newest}", mails[0].ID, "{oldest}", mails[len(mails)-1].ID).Replace(path))
		}
	}
	return []scene{
		{name: "mailbox-empty", shows: "no mail yet", leads: opening(frame.MailboxPath), setting: setting{noMail: true}},
		{name: "mailbox-empty-filtered", shows: "no mail to one recipient", leads: opening(frame.MailboxPath + "?to=nobody@example.org")},
		{name: "mailbox", shows: "captured mail", leads: opening(frame.MailboxPath)},
		{name: "mailbox-filtered", shows: "captured mail to one recipient", leads: opening(frame.MailboxPath + "?to=grace@example.org")},
		{name: "mailbox-mail", shows: "one mail", leads: mail("{newest}")},
		{name: frameState, shows: "its HTML alone", leads: mail("{newest}/html")},
		{name: "mailbox-mail-text", shows: "one mail without subject, HTML and links", leads: mail("{oldest}")},
		{name: "mailbox-mail-gone", shows: "a mail that is no longer kept", leads: mail("gone")},
	}
}

// mailbox is a mailbox with mail of several ages, one without, and their
// clock.
type mailbox struct {
	full, empty *mail.Box
	clock       *stopped
}

func newBox(t *testing.T) *mailbox {
	t.Helper()
	now := time.Date(2026, time.March, 14, 9, 26, 53, 0, time.UTC)
	clk := &stopped{}
	g := &mailbox{full: mail.NewBox(clk, 100), empty: mail.NewBox(clk, 100), clock: clk}
	kinds := []string{
		string(mail.VerifyEmail), string(mail.AccountExists), string(mail.ResetPassword),
		string(mail.PasswordChanged), string(mail.SessionReplayed), string(mail.NewDevice),
	}
	letters, err := letter.Load(nil, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	clk.at = now.Add(-50 * time.Hour)
	if err := g.full.Send(t.Context(), mail.Message{To: "ops@example.org", Text: "A mail of few words.\n"}); err != nil {
		t.Fatal(err)
	}
	for _, sent := range []struct {
		kind mail.Kind
		to   string
		ago  time.Duration
	}{
		{mail.SessionReplayed, "ada@example.org", 26 * time.Hour},
		{mail.NewDevice, "ada@example.org", 25 * time.Hour},
		{mail.PasswordChanged, "ada@example.org", 5 * time.Hour},
		{mail.ResetPassword, "ada@example.org", 61 * time.Minute},
		{mail.AccountExists, "a.person.with.a.rather.long.address@department.subdivision.example.org", 14 * time.Minute},
		{mail.VerifyEmail, "grace@example.org", time.Minute},
		{mail.VerifyEmail, "ada@example.org", 4 * time.Second},
	} {
		out, err := letters.Render(words.English, string(sent.kind), letter.Letter{
			Product: "Harbour Books", Site: "localhost:8080", Home: "https://harbour.example/", Name: "Ada",
			Link:  "http://localhost:8080" + link.Path(store.PurposeVerifyEmail) + "?token=spv_AQ4c0pYk3m1bq7Zs9tWv2xHn5uJr8eLd6fGa0iBoCySwT",
			Until: "15 March 2026, 09:26 UTC",
			Facts: []letter.Fact{{Label: "Device", Value: "Firefox on Linux"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		clk.at = now.Add(-sent.ago)
		if err := g.full.Send(t.Context(), mail.Message{To: sent.to, Subject: out.Subject, Text: out.Text, HTML: out.HTML}); err != nil {
			t.Fatal(err)
		}
	}
	clk.at = now
	return g
}

// stopped is a clock that shows one time.
type stopped struct{ at time.Time }

// Now is the time that the clock shows.
func (c *stopped) Now() time.Time { return c.at }

// Database is told as it is.
func (c *stopped) Database(told time.Time) time.Time { return told }

// tokenOn is the token that a form of a page sends.
func tokenOn(t *testing.T, page []byte) string {
	t.Helper()
	found := regexp.MustCompile(`<input type="hidden" name="token" value="([^"]+)">`).FindSubmatch(page)
	if found == nil {
		t.Fatalf("the page holds no token:\n%s", page)
	}
	return html.UnescapeString(string(found[1]))
}

// keyOn is the key of an authenticator app that a page shows.
func keyOn(t *testing.T, page []byte) string {
	t.Helper()
	grouped := regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`).Find(page)
	if grouped == nil {
		t.Fatalf("the page shows no key:\n%s", page)
	}
	return strings.ReplaceAll(string(grouped), " ", "")
}
