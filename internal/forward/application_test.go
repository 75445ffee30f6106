package forward_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	appURL     = "https://app.example.com"
	besideURL  = "https://app.example.com:8443" // another port of the same host
	otherURL   = "https://other.example.com"
	appInPlain = "http://app.example.com"
)

// withApplications is a house in front of which a proxy leads to applications.
func withApplications(t *testing.T) *house {
	t.Helper()
	return settled(t, roomtest.New(t, toApplications))
}

func toApplications(s *roomtest.Settings) {
	s.Applications = []string{appURL, besideURL, otherURL, appInPlain}
}

func (h *house) application(t *testing.T, origin string) forward.Application {
	t.Helper()
	app, listed := h.Visitors.Application(origin)
	if !listed {
		t.Fatalf("%s is not listed", origin)
	}
	return app
}

// code is a code for the user's browser session, and the nonce that it is bound to.
func (h *house) code(t *testing.T, origin string) (code, nonce string) {
	t.Helper()
	nonce = forward.NewNonce()
	return roomtest.Must(h.Visitors.Code(h.application(t, origin), h.by.SessionID, forward.ChallengeOf(nonce), "/orders?x=1")), nonce
}

// enters gets a browser into an application.
func (h *house) enters(t *testing.T, origin string) (cookie string) {
	t.Helper()
	code, nonce := h.code(t, origin)
	return roomtest.Must(h.Visitors.Redeem(t.Context(), h.application(t, origin), code, nonce)).Cookie
}

func (h *house) shows(t *testing.T, origin, cookie string) error {
	t.Helper()
	_, err := h.Visitors.ByApplication(t.Context(), h.application(t, origin), cookie, roomtest.Origin)
	return err
}

func TestACodeLetsABrowserIntoItsApplication(t *testing.T) {
	t.Parallel()
	h := withApplications(t)
	code, nonce := h.code(t, appURL)
	entry, err := h.Visitors.Redeem(t.Context(), h.application(t, appURL), code, nonce)
	if err != nil || entry.Path != "/orders?x=1" || entry.For != forward.CookieFor {
		t.Fatalf("got %+v, %v", entry, err)
	}
	v, err := h.Visitors.ByApplication(t.Context(), h.application(t, appURL), entry.Cookie, roomtest.Origin)
	if err != nil || v.UserID != h.user.ID || v.Email != roomtest.Ada || v.RoleList != "admin,staff" || v.SessionID != h.by.SessionID {
		t.Errorf("got %+v, %v", v, err)
	}
	for _, text := range []string{code, entry.Cookie} {
		if strings.Contains(text, h.by.SessionID) || strings.Contains(text, h.user.ID) {
			t.Errorf("%s tells who it is for", text)
		}
	}
}

// Each is the theft or the injection of a code that the package comment names.
func TestWhichCodesAreRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		// brings is what comes to which application in which browser.
		brings func(t *testing.T, h *house, code, nonce string) (origin, shown, cookie string)
	}{
		{"it came to a browser that did not begin", func(_ *testing.T, _ *house, code, _ string) (string, string, string) { return appURL, code, "" }},
		{"it came to a browser that began for itself", func(_ *testing.T, _ *house, code, _ string) (string, string, string) {
			return appURL, code, forward.NewNonce()
		}},
		{"the challenge is shown for the nonce", func(_ *testing.T, _ *house, code, nonce string) (string, string, string) {
			return appURL, code, forward.ChallengeOf(nonce)
		}},
		{"another application", func(_ *testing.T, _ *house, code, nonce string) (string, string, string) {
			return otherURL, code, nonce
		}},
		{"another port", func(_ *testing.T, _ *house, code, nonce string) (string, string, string) {
			return besideURL, code, nonce
		}},
		{"another scheme", func(_ *testing.T, _ *house, code, nonce string) (string, string, string) {
			return appInPlain, code, nonce
		}},
		{"it has expired", func(_ *testing.T, h *house, code, nonce string) (string, string, string) {
			h.Clock.Advance(forward.CodeFor)
			return appURL, code, nonce
		}},
		{"it was altered", func(_ *testing.T, _ *house, code, nonce string) (string, string, string) {
			return appURL, code[:len(code)-4] + "AAAA", nonce
		}},
		{"a cookie is shown for a code", func(t *testing.T, h *house, _, nonce string) (string, string, string) {
			t.Helper()
			return appURL, h.enters(t, appURL), nonce
		}},
		{"nothing is shown", func(_ *testing.T, _ *house, _, nonce string) (string, string, string) { return appURL, "", nonce }},
		{"the session has ended", func(t *testing.T, h *house, code, nonce string) (string, string, string) {
			t.Helper()
			if err := h.Sessions.SignOut(t.Context(), h.cookie, false, audit.Origin{}); err != nil {
				t.Fatal(err)
			}
			return appURL, code, nonce
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := withApplications(t)
			code, nonce := h.code(t, appURL)
			origin, shown, cookie := test.brings(t, h, code, nonce)
			entry, err := h.Visitors.Redeem(t.Context(), h.application(t, origin), shown, cookie)
			if !errors.Is(err, token.ErrInvalidToken) || entry.Cookie != "" {
				t.Errorf("got %+v, %v; want invalid_token", entry, err)
			}
		})
	}
}

// A link may bring somebody's browser a code that is bound to its sender's nonce.
// It is refused there, and must not be of use to the sender from then on.
func TestACodeIsSpentByWhicheverBrowserShowsIt(t *testing.T) {
	t.Parallel()
	h := withApplications(t)
	app := h.application(t, appURL)
	code, nonce := h.code(t, appURL)
	if _, err := h.Visitors.Redeem(t.Context(), app, code, ""); !errors.Is(err, token.ErrInvalidToken) {
		t.Fatalf("without the nonce: %v", err)
	}
	if _, err := h.Visitors.Redeem(t.Context(), app, code, nonce); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("whoever began redeems a code that another browser has shown: %v", err)
	}
	code, nonce = h.code(t, appURL)
	h.Breaks(store.ErrUnavailable)
	if _, err := h.Visitors.Redeem(t.Context(), app, code, nonce); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("without a database: %v, want unavailable", err)
	}
	h.Breaks(nil)
	if _, err := h.Visitors.Redeem(t.Context(), app, code, nonce); err != nil {
		t.Errorf("a code that was not spent: %v", err)
	}
}

// Of 32 that bring one code at once, half of them to another instance, one gets in.
func TestOfManyWhoBringACodeOneGetsIn(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := settled(t, roomtest.On(t, fleettest.Database(t, engine), toApplications))
		second := h.ForVisitors
		second.Store = roomtest.Must(store.Open(t.Context(), store.Options{URL: h.URL, Clock: clock.NewFake(), Patience: 20 * time.Second}))
		t.Cleanup(func() { _ = second.Store.Close() })
		instances := []*forward.Visitors{h.Visitors, forward.New(second)}
		app := h.application(t, appURL)
		for range 4 {
			code, nonce := h.code(t, appURL)
			var in atomic.Int64
			var all sync.WaitGroup
			for n := range 32 {
				all.Go(func() {
					_, err := instances[n%2].Redeem(t.Context(), app, code, nonce)
					switch {
					case err == nil:
						in.Add(1)
					case !errors.Is(err, token.ErrInvalidToken):
						t.Errorf("got %v, want invalid_token", err)
					}
				})
			}
			all.Wait()
			if in.Load() != 1 {
				t.Errorf("%d got in with one code", in.Load())
			}
		}
	})
}

func TestTheCookieOfAnApplicationOpensThatOneAlone(t *testing.T) {
	t.Parallel()
	h := withApplications(t)
	cookie := h.enters(t, appURL)
	for origin, want := range map[string]error{appURL: nil, besideURL: nil, otherURL: token.ErrInvalidToken, appInPlain: token.ErrInvalidToken} {
		if err := h.shows(t, origin, cookie); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", origin, err, want)
		}
	}
	if _, err := h.Visitors.ByCookie(t.Context(), cookie, roomtest.Origin); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("for the cookie of the pages: %v", err)
	}
	if _, err := h.Sessions.Visit(t.Context(), cookie, audit.Origin{}); !errors.Is(err, session.ErrInvalidToken) {
		t.Errorf("at the account: %v", err)
	}
	if _, err := h.Visitors.ByToken(t.Context(), cookie); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("as a token: %v", err)
	}
	code, _ := h.code(t, appURL)
	for name, shown := range map[string]string{"the cookie of the pages": h.cookie, "an access token": h.tokens.AccessToken, "a code": code, "nothing": ""} {
		if err := h.shows(t, appURL, shown); !errors.Is(err, token.ErrInvalidToken) {
			t.Errorf("%s at the application: %v", name, err)
		}
	}
	for _, origin := range []string{"", "https://evil.example", "https://APP.example.com", "https://app.example.com:443", "https://app.example.com/", "app.example.com"} {
		if _, listed := h.Visitors.Application(origin); listed {
			t.Errorf("%q is listed", origin)
		}
	}
}

// Only the first request a minute reads; a sign-out counts at the next all the same.
func TestTheCookieOfAnApplicationLivesWithItsSession(t *testing.T) {
	t.Parallel()
	h := withApplications(t)
	cookie := h.enters(t, appURL)
	if err := h.shows(t, appURL, cookie); err != nil {
		t.Fatal(err)
	}
	h.Breaks(store.ErrUnavailable)
	if err := h.shows(t, appURL, cookie); err != nil {
		t.Errorf("a second request reads: %v", err)
	}
	h.Breaks(nil)
	if err := h.Sessions.SignOut(t.Context(), h.cookie, false, audit.Origin{}); err != nil {
		t.Fatal(err)
	}
	if err := h.shows(t, appURL, cookie); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("after the sign-out: got %v, want invalid_token", err)
	}
}

func TestTheCookieOfAnApplicationLivesForHalfADay(t *testing.T) {
	t.Parallel()
	h := withApplications(t)
	cookie := h.enters(t, appURL)
	h.Clock.Advance(forward.CookieFor - 30*time.Second)
	if err := h.shows(t, appURL, cookie); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(30 * time.Second)
	if err := h.shows(t, appURL, cookie); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("past its time, remembered a moment ago: got %v, want invalid_token", err)
	}
}

// A person who works in the application alone does not idle.
func TestAVisitOfAnApplicationIsAVisit(t *testing.T) {
	t.Parallel()
	h := withApplications(t)
	before := roomtest.Must(h.Sessions.Look(t.Context(), h.by.SessionID)).Session
	cookie := h.enters(t, appURL)
	h.Clock.Advance(time.Hour)
	if err := h.shows(t, appURL, cookie); err != nil {
		t.Fatal(err)
	}
	if after := roomtest.Must(h.Sessions.Look(t.Context(), h.by.SessionID)).Session; !after.IdleExpiresAt.After(before.IdleExpiresAt) {
		t.Errorf("idle at %v, as before", after.IdleExpiresAt)
	}
}
