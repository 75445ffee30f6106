package session

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestASignInOnANewDeviceIsToldOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	step := func(name, agent string, known bool, want int) Tokens {
		t.Helper()
		before := h.mails()
		h.clock.advance(m)
		tokens := h.on(u, agent, known)
		if got := h.mails() - before; got != want {
			t.Errorf("%s: %d mails, want %d", name, got, want)
		}
		return tokens
	}
	step("the very first sign-in", firefox, false, 0)
	step("the same browser", firefox, false, 0)
	step("the same after an update", newer, false, 0)
	step("another browser with the cookie", phone, true, 0)
	step("that browser without it", phone, false, 0)
	odd := step("a program", "curl/8.5.0", false, 1)
	step("the same program", "curl/8.6.0", false, 0)
	step("what says nothing of itself", "", false, 1)
	step("that again", "", false, 0)
	if _, err := h.logOut(Logout{RefreshToken: odd.RefreshToken}); err != nil {
		t.Fatal(err)
	}
	step("the program after a logout", "curl/8.5.0", false, 0)

	// A new password opens a session in place of the old ones.
	u = h.reread(u)
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		return h.EndAll(ctx, tx, u, "", store.ReasonPasswordChanged, audit.Origin{})
	})
	step("after a new password", firefox, false, 0)

	told := 0
	for _, e := range h.events(audit.KindSessionOpened) {
		if strings.Contains(e.Details, `"new_device":true`) {
			told++
		}
	}
	if told != 2 {
		t.Errorf("the trail knows of %d new devices, want 2", told)
	}
}

// Sessions are purged some time after they ended. That makes no sign-in the first.
func TestADeviceIsNewToAnAccountThatWasNotUsedForLong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	h.on(u, firefox, false)
	h.clock.advance(h.options.IdleTTL + keepEnded + time.Hour)
	for range 3 { // the idle ones are looked for in stretches
		if err := h.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if agents, err := h.store.Direct().Sessions.Agents(t.Context(), u.ID, "", 9); err != nil || len(agents) != 0 {
		t.Fatalf("%d sessions were not purged, %v", len(agents), err)
	}
	h.on(u, firefox, false)
	if got := h.mails(); got != 1 {
		t.Errorf("%d mails, want 1", got)
	}
}

// Whoever signs up with a stranger's address must not be able to mail there.
func TestNobodyIsToldAtAnAddressThatWasNotConfirmed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	u.ID, u.Email, u.EmailCanonical, u.EmailVerifiedAt = u.ID[1:]+"0", "victim@example.org", "victim@example.org", time.Time{}
	h.tx(func(ctx context.Context, tx *store.Tx) error { return tx.Users.Insert(ctx, u) })
	for _, agent := range []string{firefox, phone, "curl/8.5.0"} {
		h.on(u, agent, false)
	}
	if got := h.mails(); got != 0 {
		t.Errorf("%d mails to an address that nobody confirmed", got)
	}
}

func TestADisownedDeviceVouchesForNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	mine := h.on(u, firefox, false)
	thief := h.on(u, phone, false)
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		ended, err := h.EndDisowned(ctx, tx, u.ID, thief.SessionID, audit.Origin{})
		if !ended {
			t.Error("the session had ended")
		}
		return err
	})
	before := h.mails()
	h.on(u, phone, true) // the thief was given a cookie
	h.on(u, firefox, false)
	if got := h.mails() - before; got != 1 {
		t.Errorf("%d mails, want one about the disowned device", got)
	}
	// The reset that disowning asks for ends it.
	u = h.reread(u)
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		return h.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, audit.Origin{})
	})
	before = h.mails()
	h.on(u, phone, true)
	if got := h.mails() - before; got != 0 {
		t.Errorf("%d mails after the reset", got)
	}
	if got := h.why(mine); got != store.ReasonPasswordReset {
		t.Errorf("the owner's session says %q", got)
	}
}

// Several sign-ins at once are several; none is told twice.
func TestSignInsAtOnceAreToldOnceEach(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	h.on(u, firefox, false)
	const callers = 32
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() { h.on(u, phone, false) })
	}
	wg.Wait()
	told := 0
	for _, e := range h.events(audit.KindSessionOpened) {
		if strings.Contains(e.Details, `"new_device":true`) {
			told++
		}
	}
	if got := h.mails(); got != told || got < 1 || got > callers {
		t.Errorf("%d mails for %d sign-ins on a new device", got, told)
	}
}

func TestASessionLivesUntilItEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	h.on(u, firefox, false)
	fresh := h.on(u, phone, false)
	lives := func(sessionID string) (yes bool) {
		h.tx(func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = h.Lives(ctx, tx, sessionID)
			return err
		})
		return yes
	}
	if !lives(fresh.SessionID) {
		t.Error("a session that was just opened is over")
	}
	if _, err := h.logOut(Logout{RefreshToken: fresh.RefreshToken}); err != nil {
		t.Fatal(err)
	}
	if lives(fresh.SessionID) || lives("never-was") {
		t.Error("a session that has ended lives")
	}
}
