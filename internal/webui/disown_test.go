package webui

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/session"
)

func TestThePageOfANewDevice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.accounts.device = session.Device{
		ID: "x", Name: "<script>alert(1)</script>", Browser: "Firefox", System: "Linux", Address: "203.0.113.7", Place: "Berlin, Germany",
		CreatedAt: time.Date(2026, 3, 4, 14, 30, 0, 0, time.UTC),
	}
	for range 3 {
		p := s.get(t, disownPath+"?token="+token).want(t, http.StatusOK, `name="token" value="`+token+`"`)
		for _, says := range []string{
			"Firefox on Linux", "203.0.113.7", "Berlin, Germany", "4 March 2026, 14:30 UTC", `method="post" action="` + disownPath + `"`,
		} {
			if !strings.Contains(p.text, says) {
				t.Errorf("the page does not say %q", says)
			}
		}
		if strings.Contains(p.text, "alert(1)") {
			t.Error("the page tells the name that whoever signed in chose")
		}
		s.do(t, s.request(t, http.MethodHead, disownPath+"?token="+token, nil)).want(t, http.StatusOK, "")
	}
	s.get(t, disownPath+"?token="+token, "Accept-Language", "de").wants(t, http.StatusOK, "Firefox auf Linux", "4. März 2026, 14:30 UTC")
	if !s.accounts.live[token] {
		t.Fatal("opening the link spent it")
	}
	s.post(t, disownPath+"?token="+token, url.Values{}).want(t, http.StatusBadRequest, "")
	if !s.accounts.live[token] {
		t.Fatal("a token in the query of a form was spent")
	}
	s.post(t, disownPath, tokenForm).want(t, http.StatusOK, "That device has been signed out")
	if s.accounts.live[token] {
		t.Error("the button spent nothing")
	}
	// Loading the page of success again is no failure; another browser's is.
	s.post(t, disownPath, tokenForm).want(t, http.StatusOK, "That device has been signed out")
	s.post(t, disownPath, url.Values{"token": {"spn_another"}}).want(t, http.StatusBadRequest, "This link can’t be used")
}

// What a device says of itself never becomes markup, whoever let it through.
func TestADeviceCannotWriteIntoThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const hostile = `"><img src=x onerror=alert(1)>`
	s.accounts.device = session.Device{ID: "x", Browser: hostile, System: hostile, Address: hostile, Place: hostile, Name: hostile}
	p := s.get(t, disownPath+"?token="+token).want(t, http.StatusOK, "&lt;img")
	if strings.Contains(p.text, "<img") {
		t.Error("markup of a stranger stands in the page")
	}
}

func TestAFormOfAnotherSiteDisownsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(t, disownPath, tokenForm, "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "")
	if !s.accounts.live[token] {
		t.Error("the token was spent")
	}
}
