package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// toldTimes waits for so many mails to somebody with a subject, and for another that
// is written after them, and makes sure that there are no more.
func (w *world) toldTimes(t *testing.T, to, subject string, want int) {
	t.Helper()
	count := func() (n int) {
		for _, m := range w.box.List(to) {
			if strings.HasPrefix(m.Subject, subject) {
				n++
			}
		}
		return n
	}
	waittest.Until(t, fmt.Sprintf("%d mails %q to %s", want, subject, to), func() bool { return count() >= want })
	after := fmt.Sprintf("after%d@people.example", len(w.box.List("")))
	w.post(t, "/auth/sign_up", object{"email": after, "password": goodPassword, "name": "M"}).want(t, http.StatusAccepted, "")
	w.linkToken(t, after, 1)
	if n := count(); n != want {
		t.Fatalf("%d mails %q to %s, want %d", n, subject, to, want)
	}
}

// Ten wrong passwords in a day are told to the owner, once a day, and nobody else;
// the profile shows how many there were.
func TestWrongPasswordsAreToldOnceADay(t *testing.T) {
	t.Parallel()
	const ada, stranger, subject = "ada@people.example", "nobody@people.example", "Wrong passwords for your account"
	w := newWorld(t)
	w.join(t, ada)
	wrong := func(email string, n int) {
		t.Helper()
		for range n {
			w.post(t, "/auth/login", object{"email": email, "password": "not the umbrella"}).want(t, http.StatusUnauthorized, "invalid_credentials")
		}
	}
	wrong(ada, 9)
	wrong(stranger, 10)
	w.toldTimes(t, ada, subject, 0)
	wrong(ada, 1)
	w.toldTimes(t, ada, subject, 1)
	for range 3 { // as many as the account lets through
		w.clock.Advance(15*time.Minute + time.Second)
		wrong(ada, 10)
	}
	w.clock.Advance(15*time.Minute + time.Second)
	var u httpapi.User
	w.get(t, "/auth/me", w.login(t, ada).AccessToken).want(t, http.StatusOK, "").read(t, &u)
	if u.RefusedSignIns == nil || *u.RefusedSignIns != (httpapi.RefusedSignIns{Passwords: 40}) {
		t.Errorf("the profile shows %+v, want 40 wrong passwords", u.RefusedSignIns)
	}
	w.toldTimes(t, ada, subject, 1)
	if n := len(w.box.List(stranger)); n != 0 {
		t.Errorf("%d mails to an address without an account", n)
	}
	w.clock.Advance(24 * time.Hour)
	wrong(ada, 10)
	w.toldTimes(t, ada, subject, 2)
}

// Five wrong codes behind the right password are told to the owner.
func TestWrongCodesBehindThePasswordAreTold(t *testing.T) {
	t.Parallel()
	const ada, subject = "ada@people.example", "Wrong codes for your account"
	w := newWorld(t)
	first := w.join(t, ada)
	g := w.enrol(t, first.AccessToken)
	a := w.ask(t, ada)
	wrong := func(n int) {
		t.Helper()
		for range n {
			w.second(t, a.MFAToken, "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
		}
	}
	wrong(4)
	// Who is signed in is no news, and is no guess at a sign-in.
	w.reauthenticate(t, first.AccessToken, object{"method": "recovery_code", "code": "no such code"}).want(t, http.StatusUnauthorized, "invalid_code")
	w.toldTimes(t, ada, subject, 0)
	wrong(1)
	w.toldTimes(t, ada, subject, 1)
	wrong(15)
	w.toldTimes(t, ada, subject, 1)
	w.reauthenticate(t, first.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusOK, "").read(t, &first)
	var u httpapi.User
	w.get(t, "/auth/me", first.AccessToken).want(t, http.StatusOK, "").read(t, &u)
	if u.RefusedSignIns == nil || *u.RefusedSignIns != (httpapi.RefusedSignIns{Codes: 20}) {
		t.Errorf("the profile shows %+v, want 20 wrong codes", u.RefusedSignIns)
	}
}
