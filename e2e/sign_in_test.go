package e2e_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

func TestUnknownAddressAndWrongPasswordAreOneAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	wrong := w.Post(t, "/auth/login", credentials{email, "not the password"}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	unknown := w.Post(t, "/auth/login", credentials{address(t, 2), "not the password"}).
		Want(t, http.StatusUnauthorized, "invalid_credentials")
	same(t, wrong, unknown)
}

// signUpTokens are what every sign-up is given.
var signUpTokens = regexp.MustCompile(`sps_[A-Za-z0-9_-]+`)

// same compares two answers in everything a stranger sees but the request id and
// what is drawn anew.
func same(t *testing.T, a, b apptest.Answer) {
	t.Helper()
	text := func(a apptest.Answer) string {
		id := a.Header.Get("X-Request-Id")
		header := a.Header.Clone()
		for _, name := range []string{"X-Request-Id", "Date"} {
			header.Del(name)
		}
		return fmt.Sprint(a.Status, header, signUpTokens.ReplaceAllStringFunc(strings.ReplaceAll(string(a.Body), id, "ID"), func(token string) string {
			return strings.Repeat("x", len(token)) // of one length for everybody
		}))
	}
	if text(a) != text(b) {
		t.Errorf("a stranger can tell them apart:\n%s\n%s", text(a), text(b))
	}
}

func TestRequestsForMailSayNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	known, unknown := address(t, 1), address(t, 2)
	w.join(t, known)
	for _, path := range []string{"/auth/request-password-reset", "/auth/request-email-verification"} {
		same(t, w.Post(t, path, map[string]string{"email": known}).Want(t, http.StatusAccepted, ""),
			w.Post(t, path, map[string]string{"email": unknown}).Want(t, http.StatusAccepted, ""))
	}
	same(t, w.Post(t, "/auth/sign_up", credentials{known, password}).Want(t, http.StatusAccepted, ""),
		w.Post(t, "/auth/sign_up", credentials{unknown, password}).Want(t, http.StatusAccepted, ""))
}

func TestSignUpForSomebodyElsesAddressPlantsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	planted := "planted by a stranger 5"

	// The account exists: its owner is told, and the planted password is none.
	w.join(t, email)
	w.signUp(t, email, planted)
	if text := w.mail(t, email, 2).Text; linkPattern.MatchString(text) && strings.Contains(text, "verify-email?token=") {
		t.Errorf("the mail about an existing account holds a verification link:\n%s", text)
	}
	w.login(t, email, password)
	w.Post(t, "/auth/login", credentials{email, planted}).Want(t, http.StatusForbidden, "email_not_verified")

	// Two sign-ups wait: each link makes the account with its own password.
	other := address(t, 2)
	w.signUp(t, other, planted)
	w.mail(t, other, 1)
	w.signUp(t, other, password)
	// Mails may overtake one another; the one who signs up second waits for the
	// first.
	w.verify(t, other, 2)
	w.login(t, other, password)
	w.Post(t, "/auth/login", credentials{other, planted}).Want(t, http.StatusUnauthorized, "invalid_credentials")
}

func TestOneAccountForOneAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join(t, "jos\u00e9@people.example")
	for _, spelling := range []string{"JOS\u00c9@people.example", "jose\u0301@People.Example"} {
		if got := w.login(t, spelling, password).User.Email; got != "jos\u00e9@people.example" {
			t.Errorf("%s signs in as %s", spelling, got)
		}
	}
	for _, other := range []string{"jose@people.example", "jos\u0435@people.example"} {
		w.Post(t, "/auth/login", credentials{other, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	}
}

func TestSignUpsThatDifferInSpellingAreOneAndThoseThatLookAlikeAreNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	const owner = "jos\u00e9@people.example"
	w.join(t, owner)
	for spelling, mailbox := range map[string]struct {
		to  string // domains travel in lower case
		nth int
	}{
		"JOS\u00c9@people.example": {"JOS\u00c9@people.example", 1}, "jose\u0301@people.example": {"jose\u0301@people.example", 1},
		"jos\u00e9@PEOPLE.example": {owner, 2},
	} {
		w.signUp(t, spelling, "another password 82")
		text := w.mail(t, mailbox.to, mailbox.nth).Text
		if strings.Contains(text, "verify-email?token=") {
			t.Errorf("%+q may be confirmed a second time", spelling)
		}
	}
	id := w.login(t, owner, password).User.ID
	// Cyrillic letters and a plain e: other mailboxes, other people.
	for n, lookAlike := range []string{"jos\u0435@people.example", "jose@people.example", "j\u043es\u00e9@people.example"} {
		own := fmt.Sprintf("yet another password %d", n)
		w.signUp(t, lookAlike, own)
		w.verify(t, lookAlike, 1)
		if got := w.login(t, lookAlike, own).User; got.ID == id || got.Email != lookAlike {
			t.Errorf("%+q signs in as %+q", lookAlike, got.Email)
		}
	}
	w.login(t, owner, password)
}

func TestAStrangersGuessesDoNotLockTheOwnerOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	signedIn := w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusOK, "")
	cookie, _, _ := strings.Cut(signedIn.Header.Get("Set-Cookie"), ";")
	if cookie == "" {
		t.Fatal("login sets no known-device cookie")
	}
	for range 10 {
		w.Post(t, "/auth/login", credentials{email, "a stranger's guess"}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	}
	limited := w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusTooManyRequests, "rate_limited")
	if limited.Header.Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
	// An address that nobody has is limited the same way.
	for range 10 {
		w.Post(t, "/auth/login", credentials{address(t, 2), "a stranger's guess"}).Want(t, http.StatusUnauthorized, "")
	}
	w.Post(t, "/auth/login", credentials{address(t, 2), "x"}).Want(t, http.StatusTooManyRequests, "rate_limited")

	owner := apptest.Request{
		Method: http.MethodPost, Path: "/auth/login", Body: credentials{email, password}, Header: []string{"Cookie", cookie},
	}
	w.Do(t, owner).Want(t, http.StatusOK, "")
}

func TestALoginThatRacesAResetDoesNotOutliveIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	w.join(t, email)
	current := password
	for n := range soaktest.Rounds(t, 50) {
		w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
		token := w.resetToken(t, email, 1+n)
		fresh := fmt.Sprintf("a fresh start number %d", n)
		w.remember(fresh)
		var wg sync.WaitGroup
		logins := make([]apptest.Answer, 4)
		for i := range logins {
			wg.Go(func() { logins[i] = w.Post(t, "/auth/login", credentials{email, current}) })
		}
		wg.Go(func() {
			w.Post(t, "/auth/reset-password", map[string]string{"token": token, "new_password": fresh}).Want(t, http.StatusOK, "")
		})
		wg.Wait()
		for _, a := range logins {
			if a.Status != http.StatusOK {
				continue
			}
			w.dead(t, a.Member(t, "access_token"))
			w.refresh(t, a.Member(t, "refresh_token")).Want(t, http.StatusUnauthorized, "session_ended")
		}
		current = fresh
		w.mailAbout(t, email, "Your password for", 1+n)
	}
}
