package session

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// openBrowser opens a session with a cookie.
func (h *house) openBrowser(u store.User) (cookie string, sess store.Session) {
	h.tb.Helper()
	cookie, hash := NewCookie()
	h.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		var opened bool
		sess, opened, err = h.Open(ctx, tx, NewSession{User: u, AMR: []string{"pwd"}, ReadAt: h.clock.Now(), CookieHash: hash})
		if err == nil && !opened {
			h.tb.Fatal("the session is not opened")
		}
		return err
	})
	return cookie, sess
}

func (h *house) visit(cookie string) (Visit, error) {
	return h.Visit(context.Background(), cookie, audit.Origin{Address: "192.0.2.9", UserAgent: strings.Repeat("x", 5000)})
}

func (h *house) signOut(cookie string, everywhere bool) {
	h.tb.Helper()
	if err := h.SignOut(context.Background(), cookie, everywhere, audit.Origin{}); err != nil {
		h.tb.Fatal(err)
	}
}

func TestACookieLivesAndDiesWithItsSession(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		end  func(h *house, u store.User, cookie string, sess store.Session)
		want error
	}{
		{"nothing happens", func(*house, store.User, string, store.Session) {}, nil},
		{"it is signed out", func(h *house, _ store.User, cookie string, _ store.Session) { h.signOut(cookie, false) }, ErrEnded},
		{"another device signs out everywhere", func(h *house, u store.User, _ string, _ store.Session) {
			other, _ := h.openBrowser(u)
			h.signOut(other, true)
		}, ErrEnded},
		{"an API client logs out everywhere", func(h *house, u store.User, _ string, _ store.Session) {
			if _, err := h.logOut(Logout{RefreshToken: h.signIn(u).RefreshToken, Everywhere: true}); err != nil {
				h.tb.Fatal(err)
			}
		}, ErrEnded},
		{"the epoch rises", func(h *house, u store.User, _ string, _ store.Session) {
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, h.clock.Now())
				return err
			})
		}, ErrEnded},
		{"the user is disabled", func(h *house, u store.User, _ string, _ store.Session) {
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, h.clock.Now())
				return err
			})
		}, ErrEnded},
		{"nobody comes for too long", func(h *house, _ store.User, _ string, _ store.Session) {
			h.clock.advance(h.options.IdleTTL)
		}, ErrEnded},
		{"its time is over although somebody came", func(h *house, _ store.User, cookie string, _ store.Session) {
			for range 90 {
				if _, err := h.visit(cookie); err != nil {
					h.tb.Fatal(err)
				}
				h.clock.advance(24 * time.Hour)
			}
		}, ErrEnded},
		{"it has long been purged", func(h *house, _ store.User, cookie string, _ store.Session) {
			h.signOut(cookie, false)
			h.clock.advance(365 * 24 * time.Hour)
			if err := h.Maintain(context.Background()); err != nil {
				h.tb.Fatal(err)
			}
		}, ErrInvalidToken},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.user()
			cookie, sess := h.openBrowser(u)
			test.end(h, u, cookie, sess)
			got, err := h.visit(cookie)
			if !errors.Is(err, test.want) {
				t.Fatalf("a visit gives %v, want %v", err, test.want)
			}
			if err == nil && (got.User.ID != u.ID || got.Session.ID != sess.ID) {
				t.Errorf("the cookie stands for %+v", got)
			}
		})
	}
}

func TestWhatIsNoCookieOpensNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	cookie, sess := h.openBrowser(u)
	tokens := h.signIn(u)
	fresh, hash := NewCookie()
	for name, value := range map[string]string{
		"nothing": "", "another that was drawn": fresh, "a hash": hash, "a session id": sess.ID,
		"a refresh token": tokens.RefreshToken, "an access token": tokens.AccessToken,
		"another case": strings.ToUpper(cookie), "a longer one": cookie + "A", "a shorter one": cookie[:len(cookie)-1],
		"a line end": cookie + "\n", "another prefix": "spr_" + cookie[4:],
	} {
		if _, err := h.visit(value); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("%s: %v, want invalid_token", name, err)
		}
		h.signOut(value, false)
		if err := h.SignOut(context.Background(), value, true, audit.Origin{}); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("%s: signed out everywhere with %v, want invalid_token", name, err)
		}
	}
	if _, err := h.visit(cookie); err != nil {
		t.Errorf("the cookie ends by what is none: %v", err)
	}
	// Nor is the cookie a token.
	if _, err := h.refresh(cookie); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("a cookie is refreshed: %v", err)
	}
	if _, err := h.logOut(Logout{RefreshToken: cookie}); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("a cookie logs out as a token: %v", err)
	}
}

func TestAVisitIsNotedAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie, sess := h.openBrowser(h.user())
	for _, step := range []struct {
		wait  time.Duration
		noted bool
	}{{59 * time.Second, false}, {time.Second, true}, {30 * time.Second, false}, {30 * time.Second, true}} {
		before := h.view(sess.ID).Session
		h.clock.advance(step.wait)
		if _, err := h.visit(cookie); err != nil {
			t.Fatal(err)
		}
		after := h.view(sess.ID).Session
		if noted := after.LastSeenAt.After(before.LastSeenAt); noted != step.noted {
			t.Errorf("after %v more: noted %v, want %v", step.wait, noted, step.noted)
		}
		if step.noted && (!after.IdleExpiresAt.Equal(h.clock.Now().Add(h.options.IdleTTL)) || after.Address != "192.0.2.9" || len(after.UserAgent) > 1000) {
			t.Errorf("the visit left %+v", after)
		}
	}
}

// The answer to a visit is a yes only for who is not signed out; of any number
// of sign-outs one is written down.
func TestSignOutsThatRaceAreOneAndRefuseEveryVisitAfter(t *testing.T) {
	t.Parallel()
	for _, everywhere := range []bool{false, true} {
		h := newHouse(t)
		u := h.user()
		cookie, _ := h.openBrowser(u)
		access := h.signIn(u).AccessToken
		var wg sync.WaitGroup
		for range 32 {
			wg.Go(func() {
				if err := h.SignOut(context.Background(), cookie, everywhere, audit.Origin{}); err != nil {
					t.Error(err)
				}
				if _, err := h.visit(cookie); !errors.Is(err, ErrEnded) {
					t.Errorf("a visit after the sign-out gives %v", err)
				}
			})
		}
		wg.Wait()
		if got := len(h.events(audit.KindSessionEnded)); got != 1 {
			t.Errorf("everywhere %v: %d events, want 1", everywhere, got)
		}
		if h.accepts(access) == everywhere {
			t.Errorf("everywhere %v: the other device's token is accepted: %v", everywhere, !everywhere)
		}
	}
}

// Whoever hears that they are signed out everywhere must be: a cookie that
// somebody else has ended ends nothing, and says so.
func TestSigningOutEverywhereNeedsACookieThatLives(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		end  func(h *house, u store.User, cookie string, sess store.Session)
		want error
	}{
		{"a thief has signed out all others", func(h *house, u store.User, _ string, _ store.Session) {
			_, thief := h.openBrowser(u)
			if err := h.EndOthers(context.Background(), Asker{UserID: u.ID, SessionID: thief.ID}); err != nil {
				h.tb.Fatal(err)
			}
		}, ErrEnded},
		{"it is signed out", func(h *house, _ store.User, cookie string, _ store.Session) { h.signOut(cookie, false) }, ErrEnded},
		{"nobody came for too long", func(h *house, _ store.User, _ string, _ store.Session) { h.clock.advance(h.options.IdleTTL) }, ErrEnded},
		{"it has signed out everywhere before", func(h *house, _ store.User, cookie string, _ store.Session) { h.signOut(cookie, true) }, nil},
		{"another device has", func(h *house, u store.User, _ string, _ store.Session) {
			other, _ := h.openBrowser(u)
			h.signOut(other, true)
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.user()
			cookie, sess := h.openBrowser(u)
			test.end(h, u, cookie, sess)
			since, _ := h.openBrowser(h.reread(u))
			if err := h.SignOut(context.Background(), cookie, true, audit.Origin{}); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if _, err := h.visit(since); err != nil {
				t.Errorf("a cookie that is dead ends a session opened since: %v", err)
			}
			if err := h.SignOut(context.Background(), cookie, false, audit.Origin{}); err != nil {
				t.Errorf("signing out here: %v, want it done", err)
			}
		})
	}
}

func TestTheDatabaseHoldsNoCookie(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie, sess := h.openBrowser(h.user())
	v, err := h.store.Direct().Browsers.SessionID(context.Background(), cookie)
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the value itself finds %+v (%v)", v, err)
	}
	if strings.Contains(cookie, sess.ID) {
		t.Error("the cookie tells the session's id")
	}
}
