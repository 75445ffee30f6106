package webui

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

const (
	emailPath  = frame.EmailPath
	dataPath   = frame.DataPath
	exportPath = dataPath + "/export"
)

func TestPagesOfOneButtonSpendTheirToken(t *testing.T) {
	t.Parallel()
	for path, done := range map[string]string{confirmEmailPath: "Your email address has been changed", undoEmailPath: "The email address has been restored"} {
		s := opened(t)
		token := s.linkOf(t, path)
		for range 3 {
			s.get(t, path+"?token="+token).want(t, http.StatusOK, `method="post" action="`+path+`"`)
		}
		if !s.live(t, path, token) {
			t.Errorf("%s: looking spent the token", path)
		}
		s.post(t, path, form(token, "password", adasOwn)).want(t, http.StatusOK, done)
		s.get(t, path+"?token="+token).want(t, http.StatusOK, done) // the page of success, loaded again
		s.post(t, path, form("spx_other")).want(t, http.StatusBadRequest, "This link can")
		s.post(t, path, url.Values{}).want(t, http.StatusBadRequest, "This link can")
		if strings.Contains(s.log.String(), token) {
			t.Errorf("%s: the token is in the log", path)
		}
	}
}

func TestAnUndoThatIsInTheWayCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	s := opened(t)
	token := s.linkOf(t, undoEmailPath)
	holder := s.house.Join(t, ada)
	s.post(t, undoEmailPath, form(token)).wants(t, http.StatusConflict, "Another account now has this address", `value="`+token+`"`)
	s.house.Moved(t, holder, ada, "holder@new.example")
	s.post(t, undoEmailPath, form(token)).want(t, http.StatusOK, "The email address has been restored")
}

// signedIn is a site whose browser is signed in.
func signedIn(t *testing.T) *site {
	t.Helper()
	s := joined(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	return s
}

func TestAnotherAddressIsAskedFor(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, emailPath).want(t, http.StatusOK, ada)
	s.post(t, emailPath, url.Values{}).want(t, http.StatusUnprocessableEntity, "Enter an e")
	s.post(t, emailPath, url.Values{"new_email": {"nobody"}}).want(t, http.StatusUnprocessableEntity, "</strong> "+english("said.rule.email"))
	s.post(t, emailPath, url.Values{"new_email": {adaNew}}).leads(t, accountPath)
	s.get(t, accountPath).want(t, http.StatusOK, "an email with a link is on its way to it")
	s.post(t, confirmEmailPath, form(s.house.LinkTo(t, adaNew, confirmEmailPath))).want(t, http.StatusOK, "Your email address has been changed")
}

func TestWhatIsNotRecentIsAskedForFirst(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.stale()
	for _, path := range []string{emailPath, dataPath} {
		s.get(t, path).leads(t, "/account/confirm?return_to="+url.QueryEscape(path))
	}
	s.post(t, dataPath, url.Values{"confirm": {ada}}).leads(t, "/account/confirm?return_to="+url.QueryEscape(dataPath))
	if s.sessions(t) != 1 {
		t.Error("the account is deleted")
	}
}

func TestAnExportIsDownloaded(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, dataPath).want(t, http.StatusOK, `<form method="post" action="`+exportPath+`" data-file>`)
	got := s.post(t, exportPath, nil).want(t, http.StatusOK, ada)
	var held struct {
		User struct {
			Email string `json:"email"`
		} `json:"user"`
	}
	if err := json.Unmarshal([]byte(got.text), &held); err != nil || held.User.Email != ada {
		t.Errorf("it holds %+v (%v)", held, err)
	}
	if kind, as := got.Header.Get("Content-Type"), got.Header.Get("Content-Disposition"); kind != "application/json" || !strings.HasPrefix(as, "attachment;") {
		t.Errorf("it is %q, %q", kind, as)
	}
	s.house.Before("FROM email_changes", func() { s.house.Breaks(errors.New("broken in the midst")) })
	r := s.request(t, http.MethodPost, exportPath, nil, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	if resp, err := s.browser.Do(r); err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err == nil {
			t.Error("half of it looks like the whole")
		}
	}
	if !strings.Contains(s.log.String(), "broken in the midst") {
		t.Error("it did not break off")
	}
}

// An export is recorded and counted, so a link elsewhere must not make one: the
// cookie goes along with it.
func TestAnExportIsMadeByItsButtonAlone(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, exportPath, "Sec-Fetch-Site", "cross-site").leads(t, dataPath)
	s.do(t, s.request(t, http.MethodHead, exportPath, nil)).leads(t, dataPath)
	s.post(t, exportPath, nil, "Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden, "another site")
	if n := s.house.Count(t, audit.KindExported); n != 0 {
		t.Errorf("%d exports are made", n)
	}
}

// What is no export is a page, and never a file.
func TestAnExportThatCannotBeMadeNowIsAPageToTryAgainOn(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	again := `<form method="post" action="` + exportPath + `" data-file>`
	s.house.Buckets.Refuse(time.Second)
	limited := s.post(t, exportPath, nil).want(t, http.StatusTooManyRequests, again)
	s.house.Buckets.Refuse(0)
	s.house.Before("BEGIN", func() { s.house.Breaks(fault.ErrUnavailable) })
	gone := s.post(t, exportPath, nil).want(t, http.StatusServiceUnavailable, again)
	for _, p := range []page{limited, gone} {
		if p.Header.Get("Content-Disposition") != "" || p.Header.Get("Retry-After") == "" {
			t.Errorf("%d with %v", p.StatusCode, p.Header)
		}
	}
	s.house.Breaks(nil)
	s.get(t, exportPath).leads(t, dataPath) // where the button is
	s.stale()
	s.post(t, exportPath, nil).leads(t, "/account/confirm?return_to="+url.QueryEscape(exportPath))
}

func TestDeletingIsTypedOut(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, dataPath).want(t, http.StatusOK, "Delete my account")
	for _, typed := range []string{"", "grace@people.example", "yes"} {
		s.post(t, dataPath, url.Values{"confirm": {typed}}).want(t, http.StatusUnprocessableEntity, `aria-invalid="true"`)
	}
	if s.sessions(t) != 1 {
		t.Fatal("the account is deleted")
	}
	p := s.post(t, dataPath, url.Values{"confirm": {strings.ToUpper(ada)}}).leads(t, signInPath)
	if c := p.cookieSet("sallyport_session"); c == nil || c.MaxAge >= 0 {
		t.Errorf("the browser keeps its cookie: %v", c)
	}
	s.get(t, signInPath).want(t, http.StatusOK, "Your account has been deleted")
	if n := s.house.Count(t, audit.KindDeletionBegun); n != 1 || s.sessions(t) != 0 {
		t.Errorf("%d deletions have begun, %d sessions live on", n, s.sessions(t))
	}
}

func TestSigningInToADeletedAccountOffersToKeepIt(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	if _, err := s.house.Leave(t, s.house.Device(t, ada, adasOwn), ""); err != nil {
		t.Fatal(err)
	}
	p := s.post(t, signInPath, credentials(ada, adasOwn)).want(t, http.StatusForbidden, `action="`+restorePath+`"`)
	kept := hiddenIn(p, restorePath)
	if !strings.HasPrefix(kept.Get("token"), "spd_") || s.house.Count(t, audit.KindDeletionUndone) != 0 {
		t.Fatalf("signing in kept it, or the form holds %v", kept)
	}
	s.get(t, restorePath).leads(t, signInPath)
	s.post(t, restorePath, kept).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "Your account is kept")
	s.post(t, restorePath, kept).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "Start again")
	if s.sessions(t) != 0 {
		t.Error("somebody is signed in")
	}
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
}
