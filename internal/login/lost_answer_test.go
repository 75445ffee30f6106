package login_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// lossy is a house whose database stands behind a proxy that can keep an answer
// to itself.
func lossy(t *testing.T, engine string) (*house, *fleet.Proxy) {
	t.Helper()
	url := fleettest.Database(t, engine)
	_, rest, _ := strings.Cut(url, "@")
	at, _, _ := strings.Cut(rest, "/")
	proxy := fleettest.StartProxy(t, at)
	return newHouseOn(t, strings.Replace(url, at, proxy.Addr, 1)), proxy
}

// lose lets the next transaction commit and keeps the answer back.
func (h *house) lose(proxy *fleet.Proxy, engine string) {
	commit := "COMMIT"
	if engine == fleettest.PostgresName {
		commit = "commit\x00" // and not the end of READ COMMITTED
	}
	h.gate.once(func() { proxy.SwallowAnswer(commit) })
}

// live names the sessions of a user that have not ended, used last first.
func (h *house) live(t *testing.T, u store.User) []string {
	t.Helper()
	return must(h.store.Direct().Sessions.Others(t.Context(), u.ID, "", 0, h.clock.Now(), 100))
}

// A sign-in whose COMMIT went through and whose answer was lost leaves a session
// that nobody was told about. The next sign-in of the same device ends it.
func TestTheNextSignInOfADeviceEndsTheSessionNobodyWasToldAbout(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		h, proxy := lossy(t, engine)
		u := h.join(t, ada)
		first := must(h.try(t, ada, good))
		h.lose(proxy, engine)
		if _, err := h.try(t, ada, good, first.KnownDevice); fault.KindOf(err) != fault.Unavailable && !strings.Contains(err.Error(), store.ErrUnavailable.Error()) {
			t.Fatalf("the sign-in whose answer is lost: %v", err)
		}
		if n := len(h.live(t, u)); n != 2 {
			t.Fatalf("%d sessions; the answer of another transaction was lost", n)
		}
		h.clock.Advance(2 * time.Second)
		elsewhere := must(h.try(t, ada, good)) // an unknown device ends nothing
		if n := len(h.live(t, u)); n != 3 {
			t.Errorf("%d sessions after a sign-in elsewhere, want 3", n)
		}
		second := must(h.try(t, ada, good, first.KnownDevice))
		want := []string{first.SessionID, second.SessionID, elsewhere.SessionID}
		got := h.live(t, u)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("the sessions are %v, want %v", got, want)
		}
		h.clock.Advance(2 * time.Second)
		third := must(h.try(t, ada, good, first.KnownDevice))
		if got := h.live(t, u); len(got) != 4 || !slices.Contains(got, second.SessionID) || !slices.Contains(got, third.SessionID) {
			t.Errorf("a session whose answer came was taken for lost: %v", got)
		}
	})
}

// With an Idempotency-Key the retry finds the session that the lost answer was
// about, and goes on with it.
func TestTheSameRequestGoesOnWithTheSessionOfALostAnswer(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		h, proxy := lossy(t, engine)
		u := h.join(t, ada)
		keys := idempotency.New(h.store, must(secret.ParseKeyring(secret.Encode(secret.Bytes(32)))), h.clock)
		request := idempotency.Request{Scope: "login", Key: "k-1", Body: []byte(`{"email":"ada"}`)}
		begun := must(keys.Begin(t.Context(), request))
		h.lose(proxy, engine)
		_, err := h.WithPassword(idempotency.With(t.Context(), begun.Call), login.Password{Email: ada, Password: good})
		if err == nil {
			t.Fatal("the answer was not lost")
		}
		if err := begun.Call.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		again := must(keys.Begin(t.Context(), request))
		if live := h.live(t, u); len(live) != 1 || live[0] != again.SessionID {
			t.Fatalf("the sessions are %v, the retry finds %q", live, again.SessionID)
		}
		in := must(h.Resume(t.Context(), again.SessionID, audit.Origin{}))
		if _, err := h.sessions.Refresh(t.Context(), in.RefreshToken, "", audit.Origin{}); err != nil {
			t.Errorf("the tokens of the retry: %v", err)
		}
		if n := len(h.live(t, u)); n != 1 {
			t.Errorf("%d sessions came of one sign-in", n)
		}
	})
}
