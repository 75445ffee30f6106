package webui

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

func TestTheLinkOfASignUpAsksForThePassword(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	h := s.house
	from := audit.Origin{Address: "203.0.113.7", UserAgent: firefox}
	if _, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: adasOwn, Name: "Mallory", Origin: from}); err != nil {
		t.Fatal(err)
	}
	token := h.LinkTo(t, ada, verifyPath)
	look, err := h.Verifiable(t.Context(), token, "")
	if err != nil {
		t.Fatal(err)
	}
	s.get(t, verifyPath+"?token="+token).wants(t, http.StatusOK,
		`name="password"`, `autocomplete="current-password"`, `name="token" value="`+token+`"`, `name="new_password"`, ada,
		"<q>Mallory</q>", "Firefox on Linux", "203.0.113.7", look.SignedUpAt.UTC().Format("2 January 2006, 15:04 UTC"))
	s.get(t, verifyPath+"?token="+token, "Accept-Language", "de").wants(t, http.StatusOK, "Firefox auf Linux", "Ich kenne das Passwort nicht")
	for what, answer := range map[string]page{
		english("missing.password"):           s.post(t, verifyPath, form(token, "password", "")),
		english("claim.wrong"):                s.post(t, verifyPath, form(token, "password", "a guess")),
		english("said.weak_password.follows"): s.post(t, verifyPath, form(token, "new_password", weak)),
	} {
		answer.wants(t, http.StatusUnprocessableEntity, what, `name="token" value="`+token+`"`)
		if strings.Contains(answer.text, "a guess") || strings.Contains(answer.text, weak) {
			t.Errorf("%s: the page holds what was typed", what)
		}
	}
	if !s.live(t, verifyPath, token) {
		t.Fatal("a refusal spent the link")
	}
	s.post(t, verifyPath, form(token, "password", adasOwn)).leads(t, accountPath)
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	if s.user(t).EmailVerifiedAt.IsZero() || !s.works(t, adasOwn) {
		t.Error("it is not the account that was signed up for")
	}
	s.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, "confirmed") // loaded again
}

func TestWhoDoesNotKnowThePasswordOfASignUpChoosesOne(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	s.post(t, verifyPath, form(s.linkOf(t, verifyPath), "new_password", "the lazy otter")).leads(t, accountPath)
	if !s.works(t, "the lazy otter") || s.works(t, adasOwn) {
		t.Error("the account has not the password that was chosen")
	}
}

func TestInTheBrowserThatSignedUpOnePressIsEnough(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	p := s.post(t, signUpPath, credentials(ada, adasOwn))
	p.leads(t, checkMailPath)
	c := p.cookieSet("sallyport_sign_up")
	if c == nil || !strings.HasPrefix(c.Value, "sps_") || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge != 24*60*60 {
		t.Errorf("the browser got %v", p.Cookies())
	}
	token := s.house.LinkTo(t, ada, verifyPath)
	newBrowser(t, s).get(t, verifyPath+"?token="+token).want(t, http.StatusOK, `type="password"`)
	if q := s.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, "<button"); strings.Contains(q.text, `type="password"`) {
		t.Error("it asks for the password that was typed a moment ago")
	}
	s.post(t, verifyPath, form(token)).leads(t, accountPath)
	s.get(t, accountPath).want(t, http.StatusOK, ada)
	if !s.works(t, adasOwn) {
		t.Error("the account has not the password of the sign-up")
	}
}

// A mail scanner has no cookie, and no scanner presses: whoever opened the link is
// told apart by what the browser was given, and the room decides whether opening is
// enough. Where somebody else signed up as well, it is not.
func TestALinkThatIsOpenedBringsWhatTheBrowserWasGiven(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rival, own bool
		says       string
	}{
		"the browser that signed up":      {own: true, says: "confirmed"},
		"another browser":                 {says: "confirmed"},
		"somebody else signed up as well": {rival: true, own: true, says: "<button"},
	} {
		s := opened(t, func(o *Options) { o.VerifyEmailOnGet = true })
		s.stay()
		if test.rival {
			if _, err := s.house.SignUp(t.Context(), signup.SignUp{Email: ada, Password: "a thief's password 5", Origin: roomtest.Stranger(9)}); err != nil {
				t.Fatal(err)
			}
		}
		s.post(t, signUpPath, credentials(ada, adasOwn)).leads(t, checkMailPath)
		token := s.house.LinkTo(t, ada, verifyPath)
		if test.rival {
			token = roomtest.TokenIn(s.house.Mails(t, ada, 2)[1], "?token=")
		}
		browser := s
		if !test.own {
			browser = newBrowser(t, s)
		}
		browser.get(t, verifyPath+"?token="+token).want(t, http.StatusOK, test.says)
		if live := s.live(t, verifyPath, token); live != test.rival {
			t.Errorf("%s: the link is live: %v", name, live)
		}
	}
}

func TestAForeignFormSetsNoCookieOfASignUp(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := s.post(t, signUpPath, credentials(ada, adasOwn), "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "")
	if len(p.Cookies()) != 0 {
		t.Errorf("it set %v", p.Cookies())
	}
}

func TestANewAddressIsConfirmedByWhoAsked(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	token := s.linkOf(t, confirmEmailPath)
	s.get(t, confirmEmailPath+"?token="+token).wants(t, http.StatusOK, `name="password"`, adaNew)
	s.post(t, confirmEmailPath, form(token)).want(t, http.StatusUnprocessableEntity, "Enter a password")
	s.post(t, confirmEmailPath, form(token, "password", "a guess")).want(t, http.StatusUnprocessableEntity, english("claim.wrong"))
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	if p := s.get(t, confirmEmailPath+"?token="+token).want(t, http.StatusOK, "<button"); strings.Contains(p.text, `type="password"`) {
		t.Error("it asks for the password of who is signed in")
	}
	s.post(t, confirmEmailPath, form(token)).want(t, http.StatusOK, "Your email address has been changed")
	if got := s.house.User(t, adaNew).Email; got != adaNew {
		t.Errorf("the account has the address %s", got)
	}
}
