package webui

import (
	"errors"
	"log/slog"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// adaNew is another address of Ada's.
const adaNew = "ada@new.example"

// opened is a site over rooms in which nobody is yet.
func opened(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	return over(t, roomtest.New(t), change...)
}

// over is a site over the rooms given.
func over(t *testing.T, h *roomtest.House, change ...func(*Options)) *site {
	t.Helper()
	s := &site{house: h, box: h.Box, clock: h.Clock, log: &lockedBuffer{}}
	s.Server = httptest.NewUnstartedServer(nil)
	o := Options{
		Options: frame.Options{
			Rooms: h.Pages(), Limits: h.Limits, SessionTTL: 90 * 24 * time.Hour, Passwords: password.Rules{Min: 8},
			Log:     slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			Product: "Harbour Books", PublicURL: "http://" + s.Listener.Addr().String(),
		},
		VerifyEmailTTL: 24 * time.Hour, Box: h.Box, Clock: h.Clock, SignUpOpen: true,
	}
	for _, c := range change {
		c(&o)
	}
	s.Config.Handler = roomtest.Must(New(o))
	s.Start()
	t.Cleanup(s.Close)
	s.browser = s.Client()
	s.browser.Jar = roomtest.Must(cookiejar.New(nil))
	return s
}

// joined is a site where Ada has an account.
func joined(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	s := opened(t, change...)
	s.house.Join(t, ada)
	return s
}

// user is Ada as she is now.
func (s *site) user(t *testing.T) store.User {
	t.Helper()
	return s.house.User(t, ada)
}

// sessions is how many sessions Ada has.
func (s *site) sessions(t *testing.T) int {
	t.Helper()
	page, err := s.house.Sessions.Devices(t.Context(), session.DeviceList{UserID: s.user(t).ID, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}

// stale is the time after which nobody's authentication is recent.
func (s *site) stale() { s.clock.Advance(20 * time.Minute) }

// linkOf has a link mailed that leads to a path, for Ada's account or, to confirm an
// address, for her sign-up, and gives its token.
func (s *site) linkOf(t *testing.T, path string) string {
	t.Helper()
	return s.house.MailedLink(t, path, ada, adaNew)
}

const firefox = roomtest.Firefox

// live reports whether a link would work.
func (s *site) live(t *testing.T, path, token string) (usable bool) {
	t.Helper()
	var err error
	switch h := s.house; path {
	case verifyPath:
		var look signup.Verifiable
		look, err = h.Verifiable(t.Context(), token, "")
		usable = look.Usable
	case resetPath:
		usable, _, err = h.Resettable(t.Context(), token)
	case confirmEmailPath:
		usable, _, _, err = h.EmailConfirmable(t.Context(), token)
	case undoEmailPath:
		usable, _, err = h.EmailUndoable(t.Context(), token)
	case disownPath:
		_, usable, err = h.Disownable(t.Context(), token)
	default:
		t.Fatal(path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return usable
}

// works reports whether a password is Ada's.
func (s *site) works(t *testing.T, password string) bool {
	t.Helper()
	_, err := s.house.SignIn(t, ada, password)
	if err != nil && !errors.Is(err, account.ErrWrongPassword) && !errors.Is(err, login.ErrNotVerified) {
		t.Fatal(err)
	}
	return err == nil
}

var sixDigits = regexp.MustCompile(`\n\n([0-9]{6})\n\n`)

func form(token string, more ...string) url.Values {
	values := url.Values{"token": {token}}
	for i := 0; i+1 < len(more); i += 2 {
		values.Set(more[i], more[i+1])
	}
	return values
}
