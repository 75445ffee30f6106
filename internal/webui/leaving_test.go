package webui

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

const (
	emailPath  = frame.EmailPath
	dataPath   = frame.DataPath
	exportPath = dataPath + "/export"
)

func (a *accounts) EmailConfirmable(_ context.Context, token string) (usable bool, address, userID string, err error) {
	usable, address, err = a.usable(token)
	return usable, address, "u-1", err
}

func (a *accounts) ConfirmEmail(_ context.Context, c emailchange.Confirmation) (store.User, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.err != nil || !a.live[c.Token]:
	case c.Password != "" && c.Password != adasOwn:
		return store.User{}, account.ErrWrongPassword
	case c.Password == "" && (c.Asker == nil || c.Asker.UserID != "u-1"):
		return store.User{}, account.ErrPasswordRequired
	}
	return store.User{}, a.spend(c.Token, c.Origin)
}

func (a *accounts) EmailUndoable(_ context.Context, token string) (usable bool, address string, err error) {
	return a.usable(token)
}

func (a *accounts) UndoEmailChange(_ context.Context, token string, o audit.Origin) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.spend(token, o)
}

func (a *accounts) Restore(_ context.Context, token string, o audit.Origin) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.spend(token, o)
}

func (p *people) RequestEmailChange(_ context.Context, c emailchange.Request) error {
	return p.do(func() error {
		if !strings.Contains(c.NewEmail, "@") {
			return fault.ErrInvalidInput.WithFields(fault.Wrong("new_email", "email"))
		}
		p.mails = append(p.mails, "change "+c.NewEmail)
		return nil
	})
}

func (p *people) Delete(_ context.Context, d deletion.Request) (at time.Time, err error) {
	return at, p.do(func() error {
		for _, id := range p.open {
			if id == d.Claims.SessionID && d.Claims.Subject == p.user.ID {
				clear(p.open)
				return nil
			}
		}
		return account.ErrSignedOut
	})
}

func (p *people) Export(_ context.Context, h session.Asker, w io.Writer) error {
	return p.do(func() error {
		if h.UserID != p.user.ID {
			return errors.New("not theirs")
		}
		if p.outage != nil {
			return p.outage
		}
		p.exports++
		if _, err := io.WriteString(w, `{"format":"x",`); err != nil || p.broken {
			return errors.New("broken in the midst")
		}
		_, err := io.WriteString(w, `"user":{}}`)
		return err
	})
}

func TestPagesOfOneButtonSpendTheirToken(t *testing.T) {
	t.Parallel()
	for path, done := range map[string]string{confirmEmailPath: "Your email address has been changed", undoEmailPath: "The email address has been restored"} {
		s := newSite(t)
		for range 3 {
			s.get(t, path+"?token="+token).want(t, http.StatusOK, `method="post" action="`+path+`"`)
		}
		if !s.accounts.live[token] {
			t.Errorf("%s: looking spent the token", path)
		}
		s.post(t, path, url.Values{"token": {token}, "password": {adasOwn}}).want(t, http.StatusOK, done)
		s.get(t, path+"?token="+token).want(t, http.StatusOK, done) // the page of success, loaded again
		s.post(t, path, url.Values{"token": {"spx_other"}}).want(t, http.StatusBadRequest, "This link can")
		s.post(t, path, url.Values{}).want(t, http.StatusBadRequest, "This link can")
		if strings.Contains(s.log.String(), token) {
			t.Errorf("%s: the token is in the log", path)
		}
	}
}

func TestAnUndoThatIsInTheWayCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.accounts.err = account.ErrEmailTaken
	s.post(t, undoEmailPath, tokenForm).want(t, http.StatusConflict, "Another account now has this address").want(t, http.StatusConflict, `value="`+token+`"`)
	s.accounts.err = nil
	s.post(t, undoEmailPath, tokenForm).want(t, http.StatusOK, "The email address has been restored")
}

// signedIn is a site whose browser is signed in.
func signedIn(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.stay()
	s.post(t, signInPath, credentials(ada, adasOwn)).leads(t, accountPath)
	s.accounts.user.EmailCanonical = ada
	return s
}

func TestAnotherAddressIsAskedFor(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, emailPath).want(t, http.StatusOK, ada)
	s.post(t, emailPath, url.Values{}).want(t, http.StatusUnprocessableEntity, "Enter an e")
	s.post(t, emailPath, url.Values{"new_email": {"nobody"}}).want(t, http.StatusUnprocessableEntity, "</strong> "+english("said.rule.email"))
	s.post(t, emailPath, url.Values{"new_email": {"ada@new.example"}}).leads(t, accountPath)
	if got := s.accounts.mails; len(got) != 1 || got[0] != "change ada@new.example" {
		t.Errorf("asked for %v", got)
	}
	s.get(t, accountPath).want(t, http.StatusOK, "an email with a link is on its way to it")
}

func TestWhatIsNotRecentIsAskedForFirst(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.accounts.stale = true
	for _, path := range []string{emailPath, dataPath} {
		s.get(t, path).leads(t, "/account/confirm?return_to="+url.QueryEscape(path))
	}
	s.post(t, dataPath, url.Values{"confirm": {ada}}).leads(t, "/account/confirm?return_to="+url.QueryEscape(dataPath))
	if s.accounts.sessions() != 1 {
		t.Error("the account is deleted")
	}
}

func TestAnExportIsDownloaded(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, dataPath).want(t, http.StatusOK, `<form method="post" action="`+exportPath+`" data-file>`)
	got := s.post(t, exportPath, nil).want(t, http.StatusOK, `{"format":"x","user":{}}`)
	if kind, as := got.Header.Get("Content-Type"), got.Header.Get("Content-Disposition"); kind != "application/json" || !strings.HasPrefix(as, "attachment;") {
		t.Errorf("it is %q, %q", kind, as)
	}
	s.accounts.broken = true
	r := s.request(t, http.MethodPost, exportPath, nil, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	if resp, err := s.browser.Do(r); err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err == nil {
			t.Error("half of it looks like the whole")
		}
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
	if n := s.accounts.exports; n != 0 {
		t.Errorf("%d exports are made", n)
	}
}

// What is no export is a page, and never a file.
func TestAnExportThatCannotBeMadeNowIsAPageToTryAgainOn(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	again := `<form method="post" action="` + exportPath + `" data-file>`
	s.limits.left = 0
	limited := s.post(t, exportPath, nil).want(t, http.StatusTooManyRequests, again)
	s.limits.left = 10
	s.accounts.outage = fault.ErrUnavailable
	gone := s.post(t, exportPath, nil).want(t, http.StatusServiceUnavailable, again)
	for _, p := range []page{limited, gone} {
		if p.Header.Get("Content-Disposition") != "" || p.Header.Get("Retry-After") == "" {
			t.Errorf("%d with %v", p.StatusCode, p.Header)
		}
	}
	s.accounts.outage = nil
	s.accounts.stale = true
	s.post(t, exportPath, nil).leads(t, "/account/confirm?return_to="+url.QueryEscape(exportPath))
	s.accounts.stale = false
	s.get(t, exportPath).leads(t, dataPath) // where the button is
}

func TestDeletingIsTypedOut(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.get(t, dataPath).want(t, http.StatusOK, "Delete my account")
	for _, typed := range []string{"", "grace@people.example", "yes"} {
		s.post(t, dataPath, url.Values{"confirm": {typed}}).want(t, http.StatusUnprocessableEntity, `aria-invalid="true"`)
	}
	if s.accounts.sessions() != 1 {
		t.Fatal("the account is deleted")
	}
	p := s.post(t, dataPath, url.Values{"confirm": {strings.ToUpper(ada)}}).leads(t, signInPath)
	if c := p.cookieSet("sallyport_session"); c == nil || c.MaxAge >= 0 {
		t.Errorf("the browser keeps its cookie: %v", c)
	}
	s.get(t, signInPath).want(t, http.StatusOK, "Your account has been deleted")
}

func TestSigningInToADeletedAccountOffersToKeepIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.stay()
	s.accounts.fail(login.ErrPendingDeletion.WithMember(login.MemberRestore, token))
	s.post(t, signInPath, credentials(ada, adasOwn)).want(t, http.StatusForbidden, `value="`+token+`"`).want(t, http.StatusForbidden, `action="`+restorePath+`"`)
	s.accounts.fail(nil)
	if !s.accounts.live[token] {
		t.Fatal("signing in kept it")
	}
	s.get(t, restorePath).leads(t, signInPath)
	s.post(t, restorePath, tokenForm).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "Your account is kept")
	s.post(t, restorePath, tokenForm).leads(t, signInPath)
	s.get(t, signInPath).want(t, http.StatusOK, "Start again")
	if s.accounts.sessions() != 0 {
		t.Error("somebody is signed in")
	}
}
