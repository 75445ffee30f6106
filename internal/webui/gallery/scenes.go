package gallery

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/letter"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/gallery/canned"
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
		signInScenes(), signUpScenes(), mailScenes(), accountScenes(), secondScenes(), factorScenes(), passkeyScenes(), byMailScenes(), verifyScenes(), resetScenes(), disownScenes(), movingScenes(), leavingScenes(), noticeScenes(), mailboxScenes(),
	} {
		all = append(all, some...)
	}
	return all
}

func cannedFault(kind fault.Kind) *fault.Error {
	return &fault.Error{Kind: kind, Code: "canned"}
}

func verifyScenes() []scene {
	opened := link.Path(store.PurposeVerifyEmail) + "?token=spv_canned"
	form := url.Values{"token": {"spv_canned"}, "email": {canned.Email}}
	spent := cannedFault(fault.Spent)
	return []scene{
		{name: "verify-form", shows: "a link to confirm an address was opened in the browser that signed up", path: opened, known: true},
		{name: "verify-password", shows: "the same in another browser", path: opened},
		{name: "verify-password-missing", shows: "no password was typed", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, outcome: account.ErrPasswordRequired},
		{name: "verify-password-wrong", shows: "the password was wrong", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, outcome: account.ErrWrongPassword},
		{name: "verify-password-weak", shows: "a new password was refused", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, outcome: password.ErrWeak.WithWords("weak_password.common")},
		{name: "verify-form-long-names", shows: "a link for a product with a long name", path: opened, setting: setting{product: strings.Repeat("Donaudampfschifffahrts", 4)}},
		{name: "verify-done", shows: "the address is confirmed", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form},
		{name: "verify-done-no-app", shows: "the same without an app to go to", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, setting: setting{noApp: true}},
		{name: "verify-link", shows: "the link was used, superseded, expired or never made", path: opened, unusable: true},
		{name: "verify-link-no-app", shows: "the same without an app to go to", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, outcome: spent, setting: setting{noApp: true}},
		{name: "verify-limited", shows: "too many tries when the button was pressed", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, limited: cannedFault(fault.Limited).WithRetryAfter(41 * time.Second)},
		{name: "verify-unavailable", shows: "no database when the button was pressed", method: http.MethodPost, path: link.Path(store.PurposeVerifyEmail), form: form, outcome: fault.ErrUnavailable},
		{name: "verify-open-limited", shows: "too many tries when the link was opened", path: opened, limited: cannedFault(fault.Limited).WithRetryAfter(3 * time.Hour)},
		{name: "verify-open-unavailable", shows: "no database when the link was opened", path: opened, outcome: fault.ErrUnavailable},
	}
}

func resetScenes() []scene {
	opened := link.Path(store.PurposeResetPassword) + "?token=spw_canned"
	form := url.Values{"token": {"spw_canned"}, "email": {canned.Email}, "new_password": {galleryPassword}}
	post := func(s scene) scene {
		s.method, s.path = http.MethodPost, link.Path(store.PurposeResetPassword)
		if s.form == nil {
			s.form = form
		}
		return s
	}
	return []scene{
		{name: "reset-form", shows: "a link to choose a password was opened", path: opened},
		post(scene{
			name: "reset-weak", shows: "the password was refused",
			outcome: password.ErrWeak.WithWords("weak_password.common"),
		}),
		post(scene{name: "reset-missing", shows: "no password was entered", form: url.Values{"token": {"spw_canned"}, "email": {canned.Email}}}),
		post(scene{name: "reset-done", shows: "the password is changed"}),
		post(scene{name: "reset-done-no-app", shows: "the same without an app to go to", setting: setting{noApp: true}}),
		{name: "reset-link", shows: "the link was used, has expired or was never made", path: opened, unusable: true},
		post(scene{name: "reset-limited", shows: "too many tries", limited: cannedFault(fault.Limited).WithRetryAfter(9 * time.Minute)}),
		post(scene{name: "reset-unavailable", shows: "too many passwords are being hashed", outcome: fault.ErrUnavailable}),
	}
}

func disownScenes() []scene {
	opened := link.Path(store.PurposeDisown) + "?token=spn_canned"
	form := url.Values{"token": {"spn_canned"}}
	seen := session.Device{
		ID: "canned", Name: "<b>Ada’s phone</b>", Browser: "Firefox", System: "Linux", Address: "203.0.113.7", Place: "Berlin, Germany",
		CreatedAt: time.Date(2026, time.March, 14, 9, 1, 2, 0, time.UTC),
	}
	post := func(s scene) scene {
		s.method, s.path, s.form = http.MethodPost, link.Path(store.PurposeDisown), form
		return s
	}
	return []scene{
		{name: "disown-form", shows: "a link of a mail about a new device was opened", path: opened, device: seen},
		{
			name: "disown-form-unknown", shows: "the same for a device that says nothing of itself", path: opened,
			device: session.Device{ID: "canned", CreatedAt: seen.CreatedAt},
		},
		{name: "disown-form-gone", shows: "the same once the session is gone", path: opened},
		post(scene{name: "disown-done", shows: "the device is signed out"}),
		{name: "disown-link", shows: "the link was used, has expired or was never made", path: opened, unusable: true},
		post(scene{name: "disown-limited", shows: "too many tries", limited: cannedFault(fault.Limited).WithRetryAfter(9 * time.Minute)}),
		post(scene{name: "disown-unavailable", shows: "no database when the button was pressed", outcome: fault.ErrUnavailable}),
	}
}

func noticeScenes() []scene {
	form := url.Values{"token": {"spv_canned"}}
	post := func(s scene) scene {
		s.method, s.path = http.MethodPost, link.Path(store.PurposeVerifyEmail)
		if s.form == nil {
			s.form = form
		}
		return s
	}
	return []scene{
		{name: "not-found", shows: "no such page", path: "/auth/nothing"},
		{name: "not-found-no-app", shows: "no such page, no app to go to", path: "/auth/nothing", setting: setting{noApp: true}},
		{name: "method", shows: "a method that the page does not know", method: http.MethodDelete, path: link.Path(store.PurposeVerifyEmail)},
		post(scene{name: "refused", shows: "a form from another site", header: map[string]string{"Origin": "https://evil.example"}}),
		post(scene{name: "unsupported", shows: "no form", header: map[string]string{"Content-Type": "application/json"}}),
		post(scene{name: "too-large", shows: "a form that is too large", form: url.Values{"token": {strings.Repeat("x", 1<<17)}}}),
		post(scene{name: "malformed", shows: "a fault of the kind malformed", outcome: cannedFault(fault.Malformed)}),
		post(scene{name: "refusal", shows: "any other refusal", outcome: cannedFault(fault.Conflict)}),
		post(scene{name: "internal", shows: "a fault of ours", outcome: errors.New("canned")}),
	}
}

func mailboxScenes() []scene {
	return []scene{
		{name: "mailbox-empty", shows: "no mail yet", path: frame.MailboxPath, setting: setting{noMail: true}},
		{name: "mailbox-empty-filtered", shows: "no mail to one recipient", path: frame.MailboxPath + "?to=nobody@example.org"},
		{name: "mailbox", shows: "captured mail", path: frame.MailboxPath},
		{name: "mailbox-filtered", shows: "captured mail to one recipient", path: frame.MailboxPath + "?to=grace@example.org"},
		{name: "mailbox-mail", shows: "one mail", path: frame.MailboxPath + "/{mail}"},
		{name: frameState, shows: "its HTML alone", path: frame.MailboxPath + "/{mail}/html"},
		{name: "mailbox-mail-text", shows: "one mail without subject, HTML and links", path: frame.MailboxPath + "/{old}"},
		{name: "mailbox-mail-gone", shows: "a mail that is no longer kept", path: frame.MailboxPath + "/gone"},
	}
}

// mailbox is a mailbox with mail of several ages, one without, and their
// clock.
type mailbox struct {
	full, empty *mail.Box
	clock       *stopped
}

func newBox(ctx context.Context) (*mailbox, error) {
	now := time.Date(2026, time.March, 14, 9, 26, 53, 0, time.UTC)
	clk := &stopped{}
	g := &mailbox{full: mail.NewBox(clk, 100), empty: mail.NewBox(clk, 100), clock: clk}
	kinds := []string{
		string(mail.VerifyEmail), string(mail.AccountExists), string(mail.ResetPassword),
		string(mail.PasswordChanged), string(mail.SessionReplayed), string(mail.NewDevice),
	}
	letters, err := letter.Load(nil, kinds...)
	if err != nil {
		return nil, fmt.Errorf("mail of the gallery: %w", err)
	}
	clk.at = now.Add(-50 * time.Hour)
	if err := g.full.Send(ctx, mail.Message{To: "ops@example.org", Text: "A mail of few words.\n"}); err != nil {
		return nil, fmt.Errorf("mail of the gallery: %w", err)
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
			return nil, fmt.Errorf("mail of the gallery: %w", err)
		}
		clk.at = now.Add(-sent.ago)
		if err := g.full.Send(ctx, mail.Message{To: sent.to, Subject: out.Subject, Text: out.Text, HTML: out.HTML}); err != nil {
			return nil, fmt.Errorf("mail of the gallery: %w", err)
		}
	}
	clk.at = now
	return g, nil
}
