package session

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// openWith opens a session of somebody who proved that.
func (h *house) openWith(u store.User, amr ...string) store.Session {
	h.tb.Helper()
	var sess store.Session
	h.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		sess, _, err = h.Open(ctx, tx, NewSession{User: u, AMR: amr, ReadAt: h.clock.Now(), DeviceName: "Laptop", Origin: audit.Origin{UserAgent: "Firefox"}})
		return err
	})
	return sess
}

// replace has a session replaced, in a transaction of its own.
func (h *house) replace(r Replacement) (opened store.Session, err error) {
	r.ReadAt = h.clock.Now()
	err = h.store.Tx(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		opened, _, err = h.Replace(ctx, tx, r)
		return err
	})
	return opened, err
}

func TestAReplacementGoesOnWithWhatWasProved(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		had, proved []string
		want        []string
		recent      bool
	}{
		{"nothing is proved", []string{"pwd"}, nil, []string{"pwd"}, false},
		{"a password is proved anew", []string{"pwd"}, []string{"pwd"}, []string{"pwd"}, true},
		{"a password takes none of two factors away", []string{"pwd", "otp", "mfa"}, []string{"pwd"}, []string{"pwd", "otp", "mfa"}, false},
		{"nor of a passkey", []string{"hwk", "user", "mfa"}, []string{"pwd"}, []string{"hwk", "user", "mfa"}, false},
	} {
		h := newHouse(t)
		u := h.user()
		old, other := h.openWith(u, test.had...), h.openWith(u, "pwd")
		began := h.clock.Now()
		h.clock.advance(time.Hour)
		cookie, hash := NewCookie()
		before := h.mails()
		got, err := h.replace(Replacement{Asker: Asker{UserID: u.ID, SessionID: old.ID, CookieHash: hash}, User: u, Reason: store.ReasonFactorRemoved, AMR: test.proved})
		if err != nil {
			t.Fatal(err)
		}
		at := began
		if test.recent {
			at = h.clock.Now()
		}
		if !slices.Equal(got.AMR, test.want) || got.ACR != acrOf(test.want) || !got.AuthTime.Equal(at) || got.DeviceName != "Laptop" || got.UserEpoch != u.Epoch+1 {
			t.Errorf("%s: the new session is %+v", test.name, got)
		}
		if v := h.view(old.ID); v.Session.RevokedReason != store.ReasonReplaced {
			t.Errorf("%s: the old one ended by %q", test.name, v.Session.RevokedReason)
		}
		if v := h.view(other.ID); v.Session.RevokedReason != store.ReasonFactorRemoved {
			t.Errorf("%s: another one ended by %q", test.name, v.Session.RevokedReason)
		}
		if visit, err := h.visit(cookie); err != nil || visit.Session.ID != got.ID {
			t.Errorf("%s: the cookie stands for %q, %v", test.name, visit.Session.ID, err)
		}
		if h.mails() != before {
			t.Errorf("%s: it is told as a new device", test.name)
		}
	}
}

func TestWhatIsNotReplaced(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	sess := h.openWith(u, "pwd")
	stale := u
	stale.Epoch--
	if _, err := h.replace(Replacement{Asker: Asker{UserID: u.ID, SessionID: sess.ID}, User: stale, Reason: store.ReasonFactorRemoved}); !errors.Is(err, ErrEpochMoved) {
		t.Errorf("of a user as they were: %v", err)
	}
	if v := h.view(sess.ID); !v.Session.RevokedAt.IsZero() {
		t.Error("the attempt has ended the session")
	}
	if _, err := h.replace(Replacement{Asker: Asker{UserID: u.ID, SessionID: "none"}, User: u, Reason: store.ReasonFactorRemoved}); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("of no session: %v", err)
	}
	cookie, other := h.openBrowser(u)
	h.signOut(cookie, false)
	if _, err := h.replace(Replacement{Asker: Asker{UserID: u.ID, SessionID: other.ID}, User: u, Reason: store.ReasonFactorRemoved}); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("of one that has ended: %v", err)
	}
	// What nobody has ended may have ended by itself.
	for name, after := range map[string]time.Duration{"its idle limit": h.options.IdleTTL, "its longest life": h.options.TTL} {
		late := h.openWith(u, "pwd")
		h.clock.advance(after)
		if _, err := h.replace(Replacement{Asker: Asker{UserID: u.ID, SessionID: late.ID}, User: u, Reason: store.ReasonFactorRemoved}); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("of one at %s: %v", name, err)
		}
	}
	if got := h.reread(u); got.Epoch != u.Epoch {
		t.Errorf("the epoch is %d, it was %d", got.Epoch, u.Epoch)
	}
}

func TestASessionIsReplacedOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	sess := h.openWith(u, "pwd")
	before := len(h.events(audit.KindSessionOpened))
	const n = 32
	errs := make([]error, n)
	var callers sync.WaitGroup
	for i := range n {
		callers.Go(func() {
			_, errs[i] = h.replace(Replacement{Asker: Asker{UserID: u.ID, SessionID: sess.ID}, User: u, Reason: store.ReasonPasswordChanged})
		})
	}
	callers.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, ErrInvalidToken) && !errors.Is(err, ErrEpochMoved):
			t.Error(err)
		}
	}
	if opened := len(h.events(audit.KindSessionOpened)) - before; won != 1 || opened != 1 {
		t.Errorf("%d of %d calls replaced the session, and %d were opened", won, n, opened)
	}
}
