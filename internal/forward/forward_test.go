package forward_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// house is a house with a user who has roles, a token and a browser.
type house struct {
	*roomtest.House

	user   store.User
	tokens session.Tokens
	by     session.Asker // the browser's session
	cookie string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return settled(t, roomtest.New(t))
}

// settled is a house into which the user has moved.
func settled(t *testing.T, rooms *roomtest.House) *house {
	t.Helper()
	h := &house{House: rooms}
	_, err := h.Create(t.Context(), signup.Create{
		Email: roomtest.Ada, Password: roomtest.Good, Verified: true, Roles: []string{"staff", "admin"}, Origin: roomtest.Origin(),
	})
	if err != nil {
		t.Fatal(err)
	}
	h.user = h.User(t, roomtest.Ada)
	h.tokens = roomtest.Must(h.SignIn(t, roomtest.Ada, roomtest.Good))
	h.by, h.cookie = h.Browser(t, h.user, "pwd")
	return h
}

// ways are the two credentials of the house's user.
func (h *house) ways(t *testing.T) map[string]func() (*forward.Visitor, error) {
	t.Helper()
	return map[string]func() (*forward.Visitor, error){
		"token": func() (*forward.Visitor, error) { return h.Visitors.ByToken(t.Context(), h.tokens.AccessToken) },
		"cookie": func() (*forward.Visitor, error) {
			return h.Visitors.ByCookie(t.Context(), h.cookie, roomtest.Origin)
		},
	}
}

func TestWhoIsBehindARequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sessions := map[string]string{"token": h.tokens.SessionID, "cookie": h.by.SessionID}
	for name, who := range h.ways(t) {
		v, err := who()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if v.UserID != h.user.ID || v.Email != roomtest.Ada || v.RoleList != "admin,staff" || v.SessionID != sessions[name] {
			t.Errorf("%s: got %+v", name, v)
		}
		if err := v.Has("staff"); err != nil {
			t.Errorf("%s: a role that is had: %v", name, err)
		}
		for _, role := range []string{"", "admin,staff", "STAFF", "staf"} {
			if err := v.Has(role); !errors.Is(err, forward.ErrRoleRequired) {
				t.Errorf("%s: role %q: got %v, want role_required", name, role, err)
			}
		}
	}
}

// The path of a request to the application waits for no database.
func TestOnlyTheFirstRequestAMinuteReads(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, who := range h.ways(t) {
		if _, err := who(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		h.Breaks(store.ErrUnavailable)
		for range 3 {
			if _, err := who(); err != nil {
				t.Errorf("%s: read again: %v", name, err)
			}
		}
		h.Clock.Advance(forward.RememberedFor + time.Second)
		if _, err := who(); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: a minute later: got %v, want unavailable", name, err)
		}
		h.Breaks(nil)
		if _, err := who(); err != nil {
			t.Errorf("%s: with the database back: %v", name, err)
		}
	}
}

// Whatever ends a session counts at the next request, although it is remembered.
func TestAnEndCountsAtOnce(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*testing.T, *house) error{
		"sign-out everywhere": func(t *testing.T, h *house) error {
			return h.Sessions.SignOut(t.Context(), h.cookie, true, audit.Origin{})
		},
		"deletion": func(t *testing.T, h *house) error {
			_, err := h.Leave(t, h.tokens, roomtest.Good)
			return err
		},
	} {
		h := newHouse(t)
		for _, who := range h.ways(t) {
			if _, err := who(); err != nil {
				t.Fatal(err)
			}
		}
		if err := end(t, h); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for way, who := range h.ways(t) {
			if _, err := who(); !errors.Is(err, token.ErrInvalidToken) {
				t.Errorf("%s, %s: got %v, want invalid_token", name, way, err)
			}
		}
	}
}

func TestASignOutOfOneBrowserLeavesTheOthers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ways := h.ways(t)
	for _, who := range ways {
		if _, err := who(); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Sessions.SignOut(t.Context(), h.cookie, false, audit.Origin{}); err != nil {
		t.Fatal(err)
	}
	if _, err := ways["cookie"](); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("the browser: got %v, want invalid_token", err)
	}
	if _, err := ways["token"](); err != nil {
		t.Errorf("the program: %v", err)
	}
}

func TestASessionIsNotRememberedPastItsEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	who := h.ways(t)["cookie"]
	h.Clock.Advance(30*24*time.Hour - 30*time.Second) // idle in half a minute, had nobody come
	if _, err := who(); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(29*24*time.Hour + 23*time.Hour)
	if _, err := who(); err != nil {
		t.Errorf("a visit does not keep the session from idling: %v", err)
	}
	h.Clock.Advance(30*24*time.Hour + time.Second)
	if _, err := who(); !errors.Is(err, token.ErrInvalidToken) {
		t.Errorf("past the idle limit: got %v, want invalid_token", err)
	}
}

func TestWhoIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other, _ := session.NewCookie()
	for name, cookie := range map[string]string{"nobody's": other, "no cookie": "x", "empty": "", "a token": h.tokens.AccessToken, "long": strings.Repeat("x", 1<<16)} {
		if _, err := h.Visitors.ByCookie(t.Context(), cookie, roomtest.Origin); !errors.Is(err, token.ErrInvalidToken) {
			t.Errorf("cookie %s: got %v, want invalid_token", name, err)
		}
	}
	for name, raw := range map[string]string{"refresh": h.tokens.RefreshToken, "cookie": h.cookie, "empty": ""} {
		if _, err := h.Visitors.ByToken(t.Context(), raw); !errors.Is(err, token.ErrInvalidToken) {
			t.Errorf("token %s: got %v, want invalid_token", name, err)
		}
	}
}

// An application that goes by the address must not be told one that nobody proved.
func TestAnUnverifiedAddressIsNotTold(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	h.SignsUp(t, "boss@people.example", roomtest.Good)
	tokens := roomtest.Must(h.SignIn(t, "boss@people.example", roomtest.Good))
	v, err := h.Visitors.ByToken(t.Context(), tokens.AccessToken)
	if err != nil || v.UserID == "" || v.Email != "" {
		t.Errorf("got %+v, %v", v, err)
	}
}

func TestManyAtOnceShareAReading(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	who := h.ways(t)["cookie"]
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			if v, err := who(); err != nil || v.UserID != h.user.ID {
				t.Errorf("got %v, %v", v, err)
			}
		})
	}
	all.Wait()
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	forward.FillMemory(t, 100, 1000, strconv.Itoa)
}
