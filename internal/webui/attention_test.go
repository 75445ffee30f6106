package webui

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

func TestTheAccountSaysWhatNeedsAttention(t *testing.T) {
	t.Parallel()
	const pending = "link that we sent to ada@new.example"
	heading, unverified, none, few := english("attention.heading"), english("attention.unverified.button"), english("attention.no_factor"), english("factors.codes.left.one", "n", "1")
	all := []string{heading, unverified, pending, none, few}
	for name, test := range map[string]struct {
		// has does what the account has, and gives what it is to say.
		has func(s *site) []string
	}{
		"nothing does": {func(s *site) []string {
			_, codes := s.register(t)
			s.house.UseCodes(t, ada, codes[3:])
			return nil
		}},
		"another address waits": {func(s *site) []string {
			s.enrol(t)
			s.house.Want(t, s.user(t), adaNew)
			return []string{heading, pending}
		}},
		"there is no second factor": {func(*site) []string { return []string{heading, none} }},
		"the recovery codes run out": {func(s *site) []string {
			_, codes := s.enrol(t)
			s.house.UseCodes(t, ada, codes[1:])
			return []string{heading, few}
		}},
		"codes do not matter without a use": {func(s *site) []string {
			_, codes := s.enrol(t)
			s.house.UseCodes(t, ada, codes[1:])
			if _, err := s.house.Factors.RemoveTOTP(t.Context(), s.house.Asker(t, s.user(t))); err != nil {
				t.Fatal(err)
			}
			return []string{heading, none}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := joined(t)
			attention(t, s, all, test.has(s))
		})
	}
	t.Run("the address is not confirmed", func(t *testing.T) {
		t.Parallel()
		s := over(t, roomtest.New(t, roomtest.Unverified))
		s.house.SignsUp(t, ada, adasOwn)
		s.enrol(t)
		attention(t, s, all, []string{heading, unverified})
	})
}

// attention looks at Ada's account, which is to say some of all texts and no other.
func attention(t *testing.T, s *site, all, says []string) {
	t.Helper()
	_, cookie := s.house.Browser(t, s.user(t))
	page := s.get(t, accountPath, "Cookie", "sallyport_session="+cookie).want(t, http.StatusOK, "Your account")
	for _, words := range all {
		if want := slices.Contains(says, words); strings.Contains(page.text, words) != want {
			t.Errorf("%q is said: %v, want %v", words, !want, want)
		}
	}
}

// Every page of the account has the same navigation, which says where one is.
func TestEveryPageOfTheAccountLeadsToTheOthers(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	pages := []string{accountPath, passwordPath, "/account/second-factor", "/account/passkeys", "/account/devices", "/account/activity", "/account/email", "/account/data"}
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
