package e2e_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// planted is what strangers choose.
const planted = "planted by a stranger 5"

// trusting lets a test come from any network.
const trusting = "SALLYPORT_TRUSTED_PROXIES=127.0.0.0/8,::1"

// notRequired makes accounts at sign-up.
const notRequired = "SALLYPORT_REQUIRE_VERIFIED_EMAIL=false"

// plant signs somebody up for another's address, from one of many networks.
func (w *world) plant(t *testing.T, email string, n int, want int) {
	t.Helper()
	w.remember(planted)
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/sign_up", Body: map[string]string{"email": email, "password": planted, "name": "Mallory"},
		Header: []string{"X-Forwarded-For", fmt.Sprintf("203.0.113.%d", n), "User-Agent", "Stranger/1"},
	}).Want(t, want, "")
}

// typed counts the fields of a page that a person fills in.
func typed(s shown) int {
	return len(regexp.MustCompile(`<input class="input"[^>]* required`).FindAllString(regexp.MustCompile(`(?s)<details.*?</details>`).ReplaceAllString(s.text, ""), -1))
}

// neverIn makes sure that what a stranger chose opens nothing.
func (w *world) neverIn(t *testing.T, email string) {
	t.Helper()
	if a := w.Post(t, "/auth/login", credentials{email, planted}); a.Status == http.StatusOK {
		t.Fatalf("the stranger is in: %s", a.Body)
	}
}

// A stranger signs up with somebody's address. Whatever that person does with the
// genuine mails, on the pages alone, the stranger never gets in, and they do.
func TestAStrangersSignUpNeverOpensTheOwnersAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, trusting)
	t.Run("the owner never signed up and chooses a password", func(t *testing.T) {
		email := address(t, 1)
		w.plant(t, email, 1, http.StatusAccepted)
		link := "/auth/verify-email?token=" + url.QueryEscape(w.linkToken(t, email, 1))
		if text := w.mail(t, email, 1).Text; !strings.Contains(text, `"Mallory"`) || !strings.Contains(text, "203.0.113.1") {
			t.Errorf("the mail does not say who signed up:\n%s", text)
		}
		b := w.browser(t)
		page := b.open(t, link).want(t, http.StatusOK, "/auth/verify-email", "<q>Mallory</q>")
		// There is no button that needs nothing typed: pressed without, nothing happens.
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page)).want(t, http.StatusUnprocessableEntity, "/auth/verify-email", "Enter a password")
		w.neverIn(t, email)
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page), "password", "what could it be 7").
			want(t, http.StatusUnprocessableEntity, "/auth/verify-email", words.ForPrograms().Text("claim.wrong"))
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page), "new_password", password).want(t, http.StatusOK, "/account", email)
		w.neverIn(t, email)
		w.login(t, email, password)
	})
	t.Run("the owner signs up as well and opens either mail elsewhere", func(t *testing.T) {
		email := address(t, 2)
		w.plant(t, email, 1, http.StatusAccepted)
		w.mail(t, email, 1)
		b := w.browser(t)
		b.send(t, "/sign-up", "email", email, "password", password, "name", "Ada").want(t, http.StatusOK, "/check-mail", email)
		w.mail(t, email, 2)
		w.plant(t, email, 2, http.StatusAccepted)
		w.mail(t, email, 3)
		phone := w.browser(t)
		page := phone.open(t, "/auth/verify-email?token="+url.QueryEscape(w.linkToken(t, email, 3)))
		if n := typed(page); n != 1 {
			t.Errorf("the owner fills in %d fields, and used to type the password once at the sign-in that followed", n)
		}
		phone.send(t, "/auth/verify-email", "token", tokenOf(t, page), "password", password).want(t, http.StatusOK, "/account", email)
		w.neverIn(t, email)
		w.login(t, email, password)
	})
	t.Run("the owner opens the mail where they signed up", func(t *testing.T) {
		email := address(t, 3)
		b := w.browser(t)
		b.send(t, "/sign-up", "email", email, "password", password).want(t, http.StatusOK, "/check-mail", email)
		w.mail(t, email, 1)
		w.plant(t, email, 1, http.StatusAccepted)
		page := b.open(t, "/auth/verify-email?token="+url.QueryEscape(w.linkToken(t, email, 1)))
		if n := typed(page); n != 0 {
			t.Errorf("the owner fills in %d fields in the browser that signed up", n)
		}
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page)).want(t, http.StatusOK, "/account", email)
		w.neverIn(t, email)
	})
}

func TestAFloodOfSignUpsDropsNotTheOwners(t *testing.T) {
	t.Parallel()
	w := newWorld(t, trusting, "SALLYPORT_LIMIT_SIGN_UP_PER_HOUR=1000")
	for n, strangers := range []int{5, 50} {
		email := address(t, n)
		for k := range strangers {
			w.plant(t, email, 1+k%5, http.StatusAccepted)
		}
		w.mail(t, email, 5) // there are no more of them
		w.signUp(t, email, password)
		for k := range strangers {
			w.plant(t, email, 1+k%5, http.StatusAccepted)
		}
		token := w.linkToken(t, email, 1) // a stranger's
		var tokens apptest.Tokens
		w.Post(t, "/auth/verify-email", map[string]string{"token": token, "password": password}).Want(t, http.StatusOK, "").Read(t, &tokens)
		w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
		w.neverIn(t, email)
	}
}

// Where addresses need not be verified a stranger has the account at once, with a
// session and a second factor. It falls to its owner whole.
func TestASquattersAccountFallsToItsOwnerWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, trusting, notRequired)
	for n, take := range []func(t *testing.T, email string){
		func(t *testing.T, email string) { // by the link of the sign-up, on the page
			t.Helper()
			b := w.browser(t)
			page := b.open(t, "/auth/verify-email?token="+url.QueryEscape(w.linkTo(t, email, "/auth/verify-email")))
			b.send(t, "/auth/verify-email", "token", tokenOf(t, page)).want(t, http.StatusUnprocessableEntity, "/auth/verify-email", "Enter a password")
			b.send(t, "/auth/verify-email", "token", tokenOf(t, page), "new_password", password).want(t, http.StatusOK, "/account", email)
		},
		func(t *testing.T, email string) { // by a reset
			t.Helper()
			w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
			w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkTo(t, email, "/auth/reset-password"), "new_password": password}).
				Want(t, http.StatusOK, "")
		},
	} {
		email := address(t, n)
		w.plant(t, email, 1, http.StatusCreated)
		theirs := w.login(t, email, planted)
		w.enrol(t, theirs.AccessToken)
		take(t, email)
		w.dead(t, theirs.AccessToken)
		w.refresh(t, theirs.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
		w.Post(t, "/auth/login", credentials{email, planted}).Want(t, http.StatusUnauthorized, "invalid_credentials")
		// No second factor is asked for: login expects tokens.
		owner := w.login(t, email, password)
		if !owner.User.EmailVerified {
			t.Errorf("the owner is %+v", owner.User)
		}
	}
}

// A stranger who has an account of their own wants another's mailbox for it.
func TestANewAddressIsNotConfirmedByItsReaderAlone(t *testing.T) {
	t.Parallel()
	for _, env := range [][]string{{trusting}, {trusting, notRequired}} {
		w := newWorld(t, env...)
		stranger, victim := "stranger."+address(t, 1), address(t, 1)
		status := http.StatusAccepted
		if len(env) > 1 {
			status = http.StatusCreated
		}
		w.plant(t, stranger, 1, status)
		w.verify(t, stranger, 1)
		tokens := w.login(t, stranger, planted)
		w.Do(t, apptest.Request{
			Method: http.MethodPost, Path: "/auth/change-email", Bearer: tokens.AccessToken, Body: map[string]string{"new_email": victim},
		}).Want(t, http.StatusAccepted, "")
		link := w.linkTo(t, victim, "/auth/confirm-email")
		b := w.browser(t)
		page := b.open(t, "/auth/confirm-email?token="+url.QueryEscape(link)).want(t, http.StatusOK, "/auth/confirm-email", `name="password"`)
		b.send(t, "/auth/confirm-email", "token", tokenOf(t, page)).want(t, http.StatusUnprocessableEntity, "/auth/confirm-email", "Enter a password")
		w.Post(t, "/auth/confirm-email", map[string]string{"token": link}).Want(t, http.StatusBadRequest, "password_required")
		w.neverIn(t, victim)
		w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/confirm-email", Bearer: tokens.AccessToken, Body: map[string]string{"token": link}}).
			Want(t, http.StatusOK, "")
	}
}

// Where opening a link verifies, a scanner opens it as well. While a stranger's
// sign-up stands nobody's account is made by that, not even in the browser that
// signed up, which shows its button.
func TestALinkThatIsOpenedNeedsASignUpWithoutACompetitor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, trusting, "SALLYPORT_VERIFY_EMAIL_ON_GET=true")
	elsewhere := []string{"X-Forwarded-For", "198.51.100.9"}
	for n, competes := range []bool{false, true} {
		email := address(t, n)
		b := w.browser(t)
		b.send(t, "/sign-up", "email", email, "password", password).want(t, http.StatusOK, "/check-mail", email)
		link := "/auth/verify-email?token=" + url.QueryEscape(w.linkToken(t, email, 1))
		if !competes {
			b.open(t, link, elsewhere...).want(t, http.StatusOK, "/auth/verify-email", "confirmed")
			if in := w.login(t, email, password); !in.User.EmailVerified || !in.User.Claimed {
				t.Errorf("opened in the browser that signed up: %+v", in.User)
			}
			continue
		}
		w.plant(t, email, 1, http.StatusAccepted)
		scanner := w.browser(t)
		scanner.open(t, link, elsewhere...).want(t, http.StatusOK, "/auth/verify-email", `name="password"`)
		w.Do(t, apptest.Request{Method: http.MethodGet, Path: link, Header: []string{"Accept", "application/json"}}).Want(t, http.StatusBadRequest, "password_required")
		page := b.open(t, link, elsewhere...)
		if strings.Contains(page.text, "confirmed") || typed(page) != 0 {
			t.Fatalf("opened beside a competitor: %s", page.text)
		}
		w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusUnauthorized, "invalid_credentials") // no account yet
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page)).want(t, http.StatusOK, "/account", email)
		w.neverIn(t, email)
	}
}

// What is added to an account that nobody has claimed would go with a reset. So a
// link comes, whose page asks for the password and claims.
func TestWhatIsAddedToAnUnclaimedAccountMailsALinkThatClaims(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, notRequired)
	for n, add := range []func(t *testing.T, bearer string){
		func(t *testing.T, bearer string) { t.Helper(); w.enrol(t, bearer) },
		func(t *testing.T, bearer string) { t.Helper(); w.addPasskey(t, bearer) },
	} {
		email := address(t, n)
		w.Post(t, "/auth/sign_up", credentials{email, password}).Want(t, http.StatusCreated, "")
		in := w.login(t, email, password)
		add(t, in.AccessToken)
		found := linkPattern.FindStringSubmatch(w.mailAbout(t, email, "Confirm that your account", 1))
		if found == nil {
			t.Fatal("the mail has no link")
		}
		w.remember(found[2])
		b := w.browser(t)
		page := b.open(t, "/auth/verify-email?token="+url.QueryEscape(found[2])).want(t, http.StatusOK, "/auth/verify-email", `name="password"`)
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page)).want(t, http.StatusUnprocessableEntity, "/auth/verify-email", "Enter a password")
		w.Post(t, "/auth/verify-email", map[string]string{"token": found[2]}).Want(t, http.StatusBadRequest, "password_required")
		b.send(t, "/auth/verify-email", "token", tokenOf(t, page), "password", password).want(t, http.StatusOK, "/sign-in/second-factor", "")
		// The session that added it goes on, and so does what it added.
		var me apptest.User
		if w.Get(t, "/auth/me", in.AccessToken).Want(t, http.StatusOK, "").Read(t, &me); !me.Claimed || !me.EmailVerified {
			t.Errorf("the account is %+v", me)
		}
		w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
		w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkTo(t, email, "/auth/reset-password"), "new_password": "a fresh start 81"}).
			Want(t, http.StatusOK, "")
		w.remember("a fresh start 81")
		if got := w.Post(t, "/auth/login", credentials{email, "a fresh start 81"}).Want(t, http.StatusOK, ""); !strings.Contains(string(got.Body), `"mfa_required":true`) {
			t.Errorf("after a reset the factor is gone: %s", got.Body)
		}
	}
}

// A link that signs in drops what a squatter left in an account: password, sessions
// and factors.
func TestALinkThatSignsInStartsASquattersAccountAfresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, trusting, notRequired, byMail)
	email := address(t, 1)
	w.plant(t, email, 1, http.StatusCreated)
	theirs := w.login(t, email, planted)
	w.enrol(t, theirs.AccessToken)
	// The link alone, from elsewhere, verifies the address and claims nothing.
	var u apptest.User
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/verify-email", Body: map[string]string{"token": w.linkToken(t, email, 1)}, Header: []string{"X-Forwarded-For", "198.51.100.9"},
	}).Want(t, http.StatusOK, "").Read(t, &u)
	if !u.EmailVerified || u.Claimed {
		t.Fatalf("the link alone: %+v", u)
	}
	w.Get(t, "/auth/me", theirs.AccessToken).Want(t, http.StatusOK, "")
	w.askByMail(t, email)
	token, _ := w.signInMail(t, email, 1)
	var owner apptest.Tokens
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": token}).Want(t, http.StatusOK, "").Read(t, &owner)
	w.remember(owner.AccessToken, owner.RefreshToken)
	if !owner.User.Claimed || owner.AccessToken == "" { // no second factor is asked for
		t.Errorf("the owner is %+v", owner.User)
	}
	w.told(t, email, "was reset")
	w.dead(t, theirs.AccessToken)
	w.refresh(t, theirs.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.neverIn(t, email)
	w.Get(t, "/auth/me", owner.AccessToken).Want(t, http.StatusOK, "")
}
