package webui

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

// berlin is where every IP address is.
type berlin struct{}

func (berlin) Of(string) string { return "Berlin, Germany" }

func TestThePageOfANewDevice(t *testing.T) {
	t.Parallel()
	s := over(t, roomtest.New(t, func(o *roomtest.Settings) { o.Places = berlin{} }))
	token := s.linkOf(t, disownPath)
	seen, _, err := s.house.Disownable(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	at := seen.CreatedAt.UTC()
	for range 3 {
		p := s.get(t, disownPath+"?token="+token).wants(t, http.StatusOK, `name="token" value="`+token+`"`,
			"Firefox on Linux", "203.0.113.7", "Berlin, Germany", at.Format("2 January 2006, 15:04 UTC"), `method="post" action="`+disownPath+`"`)
		if strings.Contains(p.text, "alert(1)") {
			t.Error("the page tells the name that whoever signed in chose")
		}
		s.do(t, s.request(t, http.MethodHead, disownPath+"?token="+token, nil)).want(t, http.StatusOK, "")
	}
	s.get(t, disownPath+"?token="+token, "Accept-Language", "de").wants(t, http.StatusOK, "Firefox auf Linux", at.Format("15:04 UTC"))
	s.post(t, disownPath+"?token="+token, url.Values{}).want(t, http.StatusBadRequest, "")
	if !s.live(t, disownPath, token) || s.sessions(t) != 2 {
		t.Fatal("looking, or a token in the query of a form, spent it")
	}
	s.post(t, disownPath, form(token)).want(t, http.StatusOK, "That device has been signed out")
	if s.live(t, disownPath, token) || s.sessions(t) != 1 {
		t.Error("the button spent nothing")
	}
	// Loading the page of success again is no failure; another browser's is.
	s.post(t, disownPath, form(token)).want(t, http.StatusOK, "That device has been signed out")
	s.post(t, disownPath, form("spn_another")).want(t, http.StatusBadRequest, "This link can’t be used")
}

// hostile is a place that a file of places must not let through.
type hostile struct{}

func (hostile) Of(string) string { return markup }

const markup = `"><img src=x onerror=alert(1)>`

// What a device says of itself never becomes markup, whoever let it through.
func TestADeviceCannotWriteIntoThePage(t *testing.T) {
	t.Parallel()
	s := over(t, roomtest.New(t, func(o *roomtest.Settings) { o.Places = hostile{} }))
	s.house.Join(t, ada)
	for _, agent := range []string{"Reader/1", markup} {
		from := audit.Origin{Address: "203.0.113.7", UserAgent: agent}
		if _, err := s.house.Logins.WithPassword(t.Context(), login.Password{Email: ada, Password: adasOwn, DeviceName: markup, Origin: from}); err != nil {
			t.Fatal(err)
		}
	}
	p := s.get(t, disownPath+"?token="+s.house.LinkTo(t, ada, disownPath)).want(t, http.StatusOK, "&lt;img")
	if strings.Contains(p.text, "<img") {
		t.Error("markup of a stranger stands in the page")
	}
}

func TestAFormOfAnotherSiteDisownsNothing(t *testing.T) {
	t.Parallel()
	s := opened(t)
	token := s.linkOf(t, disownPath)
	s.post(t, disownPath, form(token), "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "")
	if !s.live(t, disownPath, token) || s.sessions(t) != 2 {
		t.Error("the token was spent")
	}
}
