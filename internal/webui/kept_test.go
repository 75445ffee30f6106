package webui

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

// browsersKeep is the longest cookie, name and value, that Chromium and Firefox
// store. What is longer is dropped without a word.
const browsersKeep = 4096

// longWays are addresses to go back to that grow on their way into a cookie, and
// whether they still fit.
func longWays() map[string]bool {
	return map[string]bool{
		accountPath + "?" + strings.Repeat("&", 500):            true,
		accountPath + "?" + strings.Repeat("&<>", 600):          true,
		accountPath + "?q=" + strings.Repeat("x", 2000):         true,
		accountPath + "?q=" + strings.Repeat(`"`, 2000):         false,
		accountPath + "/" + strings.Repeat("ä", 900):            false,
		accountPath + "#" + strings.Repeat("ä", 900):            false,
		accountPath + "/" + strings.Repeat("\U0001f600", 500):   false,
		accountPath + "?q=" + strings.Repeat("\U0001f600", 500): true,
	}
}

func fits(t *testing.T, back string, p page, name string) {
	t.Helper()
	c := p.cookieSet(name)
	if c == nil {
		t.Errorf("%.40s…: no cookie %s", back, name)
		return
	}
	if n := len("__Host-") + len(c.Name) + len(c.Value); n > browsersKeep {
		t.Errorf("%.40s…: the cookie %s has %d bytes, and is never kept", back, name, n)
	}
}

// led checks where a sign-in led: to where it was to, if that could be kept.
func led(t *testing.T, back string, kept bool, p page) {
	t.Helper()
	to := p.Header.Get("Location")
	switch {
	case kept && !strings.HasPrefix(to, accountPath+"?"):
		t.Errorf("%.40s…: leads to %.40q", back, to)
	case !kept && to != accountPath:
		t.Errorf("%.40s…: leads to %.40q, want the account", back, to)
	}
}

func TestALongWayBackDoesNotKeepAnybodyFromTheSecondFactor(t *testing.T) {
	t.Parallel()
	s, _, codes := enrolled(t)
	for back, kept := range longWays() {
		s.browser.Jar = roomtest.Must(cookiejar.New(nil))
		p := s.post(t, signInPath, credentials(ada, adasOwn, "return_to", back)).leads(t, secondPath)
		fits(t, back, p, "sallyport_step")
		led(t, back, kept, s.post(t, secondPath, answer("recovery_code", codes[0])))
		codes = codes[1:]
	}
}

func TestALongWayBackDoesNotKeepAnybodyFromTheMailedCode(t *testing.T) {
	t.Parallel()
	s, n := byMail(t, true, true), 0
	for back, kept := range longWays() {
		s.browser.Jar = roomtest.Must(cookiejar.New(nil))
		p := s.post(t, byMailPath, url.Values{"email": {ada}, "return_to": {back}}).leads(t, mailCodePath)
		fits(t, back, p, "sallyport_mail")
		n++
		_, code := s.mailIn(t, n)
		led(t, back, kept, s.post(t, mailCodePath, url.Values{"code": {code}}))
		s.clock.Advance(time.Hour) // past the limit of mails
	}
	// An address that is as long as they get, with the longest way.
	long := strings.Repeat("ä", 32) + "@" + strings.Repeat(strings.Repeat("x", 62)+".", 2) + strings.Repeat("y", 54) + ".example"
	p := s.post(t, byMailPath, url.Values{"email": {long}, "return_to": {accountPath + "?q=" + strings.Repeat("x", 2000)}}).leads(t, mailCodePath)
	fits(t, "a long address", p, "sallyport_mail")
	s.get(t, mailCodePath).want(t, http.StatusOK, "ää")
}
