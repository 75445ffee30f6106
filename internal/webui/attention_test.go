package webui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestTheAccountSaysWhatNeedsAttention(t *testing.T) {
	t.Parallel()
	const pending = "link that we sent to ada@new.example"
	heading, unverified, none, few := english("attention.heading"), english("attention.unverified.button"), english("attention.no_factor"), english("factors.codes.left.one", "n", "1")
	all := []string{heading, unverified, pending, none, few}
	for name, test := range map[string]struct {
		user    func(u *store.User)
		pending string
		says    []string
	}{
		"nothing does":                      {user: func(u *store.User) { u.Passkeys, u.RecoveryCodes = 1, 3 }},
		"the address is not confirmed":      {user: func(u *store.User) { u.TOTP, u.RecoveryCodes, u.EmailVerifiedAt = true, 10, time.Time{} }, says: []string{heading, unverified}},
		"another address waits":             {user: func(u *store.User) { u.TOTP, u.RecoveryCodes = true, 10 }, pending: "ada@new.example", says: []string{heading, pending}},
		"there is no second factor":         {user: func(*store.User) {}, says: []string{heading, none}},
		"the recovery codes run out":        {user: func(u *store.User) { u.TOTP, u.RecoveryCodes = true, 1 }, says: []string{heading, few}},
		"codes do not matter without a use": {user: func(u *store.User) { u.RecoveryCodes = 1 }, says: []string{heading, none}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := signedIn(t)
			s.accounts.user.EmailVerifiedAt = s.clock.Now()
			test.user(&s.accounts.user)
			s.accounts.pending = test.pending
			page := s.get(t, accountPath).want(t, http.StatusOK, "Your account")
			for _, words := range all {
				want := false
				for _, said := range test.says {
					want = want || said == words
				}
				if strings.Contains(page.text, words) != want {
					t.Errorf("%q is said: %v, want %v", words, !want, want)
				}
			}
		})
	}
}

// Every page of the account has the same navigation, which says where one is.
func TestEveryPageOfTheAccountLeadsToTheOthers(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	pages := []string{accountPath, passwordPath, "/account/second-factor", "/account/passkeys", "/account/devices", "/account/email", "/account/data"}
	for _, here := range append(pages, "/account/confirm") {
		text := s.get(t, here).want(t, http.StatusOK, `<nav class="places"`).text
		_, rest, _ := strings.Cut(text, `<nav class="places"`)
		nav, _, _ := strings.Cut(rest, "</nav>")
		for _, to := range pages {
			link, current := `href="`+to+`"`, `href="`+to+`" aria-current="page"`
			if !strings.Contains(nav, link) || strings.Contains(nav, current) != (to == here) {
				t.Errorf("%s: the link to %s is missing, or says wrongly that it is this page:\n%s", here, to, nav)
			}
		}
	}
	if text := s.get(t, "/sign-out").text; strings.Contains(text, `class="places"`) {
		t.Error("a page outside the account has its navigation")
	}
}
