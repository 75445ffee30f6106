package session

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// live names the sessions of a user that have not ended, used last first.
func (h *house) live(u store.User) []string {
	h.tb.Helper()
	ids, err := h.store.Direct().Sessions.Others(context.Background(), u.ID, "", 0, h.clock.Now(), 100_000)
	if err != nil {
		h.tb.Fatal(err)
	}
	return ids
}

func TestOneSessionMoreThanThereMayBeEndsTheOneUsedLongestAgo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) { o.Most = 3 })
	u, bob := h.user(), h.user()
	theirs := h.on(bob, firefox, false)
	first, second, third := h.on(u, firefox, true), h.on(u, phone, true), h.on(u, newer, true)
	h.clock.advance(m)
	if _, err := h.refresh(first.RefreshToken); err != nil {
		t.Fatal(err)
	}
	h.clock.advance(m)
	if _, err := h.refresh(third.RefreshToken); err != nil {
		t.Fatal(err)
	}
	h.clock.advance(m)
	mails := h.mails()
	fourth := h.on(u, firefox, true)
	if got, want := h.live(u), []string{fourth.SessionID, third.SessionID, first.SessionID}; !slices.Equal(got, want) {
		t.Errorf("the sessions are %v, want %v", got, want)
	}
	if h.accepts(second.AccessToken) || h.why(second) != store.ReasonTooMany {
		t.Error("the session used longest ago lives on")
	}
	if !h.accepts(third.AccessToken) || !h.accepts(theirs.AccessToken) {
		t.Error("another session died of it")
	}
	events := h.events(audit.KindSessionEnded)
	if len(events) != 1 || events[0].Reason != store.ReasonTooMany || events[0].UserID != u.ID {
		t.Errorf("the trail says %+v", events)
	}
	if n := h.mails() - mails; n != 0 {
		t.Errorf("%d mails were written about it", n)
	}
	// The setting was lowered: every sign-in ends all that is too many.
	h.most = 1
	fifth := h.on(u, phone, true)
	if got := h.live(u); !slices.Equal(got, []string{fifth.SessionID}) {
		t.Errorf("the sessions are %v, want the newest alone", got)
	}
}

// Of any crowd of sign-ins none gets past the bound, on no engine.
func TestRacingSignInsKeepTheBound(t *testing.T) {
	t.Parallel()
	const most, racers = 5, 32
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine), func(o *Options) { o.Most = most })
		u := h.user()
		var wg sync.WaitGroup
		for range racers {
			wg.Go(func() {
				if _, opened, err := h.trySignIn(u); err != nil || !opened {
					t.Errorf("opened %v, %v", opened, err)
				}
				if n := len(h.live(u)); n > most {
					t.Errorf("%d sessions at once", n)
				}
			})
		}
		wg.Wait()
		if n := len(h.live(u)); n != most {
			t.Errorf("%d sessions, want %d", n, most)
		}
		if n := len(h.entries()); n != racers-most {
			t.Errorf("%d entries in the revocation list, want %d", n, racers-most)
		}
	})
}

// An account's first second factor leaves no session that has not proved it, but
// the one that added it.
func TestTheFirstSecondFactorEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	mine := h.on(u, firefox, false)
	var others []Tokens
	for range othersBatch + 3 { // more than are ended at a time
		others = append(others, h.on(u, phone, true))
	}
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		if n, err := h.EndUnproved(ctx, tx, asks(u, mine)); n != len(others) || err != nil {
			return fmt.Errorf("%d ended: %w", n, err)
		}
		return nil
	})
	for _, tokens := range others {
		if h.accepts(tokens.AccessToken) || h.why(tokens) != store.ReasonFactorAdded {
			t.Fatal("a session lives on")
		}
	}
	if _, err := h.refresh(mine.RefreshToken); err != nil || !h.accepts(mine.AccessToken) {
		t.Errorf("the one that asks died: %v", err)
	}
}

// A sign-in that read its user before the first second factor came opens nothing
// after it: of any crowd none is left that was never asked for the factor.
func TestSignInsThatRaceTheFirstSecondFactor(t *testing.T) {
	t.Parallel()
	const racers = 32
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		u := h.user()
		mine := h.signIn(u)
		stale := h.reread(u)
		now := h.clock.Now()
		row := store.TOTP{UserID: u.ID, ID: id.Random(), SecretSealed: "sealed", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
		if begun, err := h.store.Direct().TOTPs.Begin(t.Context(), row); err != nil || !begun {
			t.Fatal(begun, err)
		}
		var wg sync.WaitGroup
		for n := range racers {
			wg.Go(func() {
				if n == racers/2 {
					h.tx(func(ctx context.Context, tx *store.Tx) error {
						if err := h.Hold(ctx, tx, asks(u, mine)); err != nil {
							return err
						}
						if _, err := tx.TOTPs.Confirm(ctx, u.ID, row.ID, 1, now); err != nil {
							return err
						}
						_, err := h.EndUnproved(ctx, tx, asks(u, mine))
						return err
					})
					return
				}
				if _, _, err := h.trySignIn(stale); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := h.live(u); !slices.Equal(got, []string{mine.SessionID}) {
			t.Errorf("%d sessions live, want the one that added the factor", len(got))
		}
	})
}

// Signing out of ten thousand others takes at most ten times as long as
// storing them did, on whatever machine: two seconds of the ten that a call has,
// without the race detector. Of a tenth of them where the full counts are not run.
func TestSigningOutOfTenThousandOthers(t *testing.T) {
	t.Parallel()
	others := soaktest.Amount(10_000)
	soaktest.Report(t, "sessions", others)
	h := newHouse(t)
	u := h.user()
	mine := h.on(u, firefox, false)
	pattern := h.view(mine.SessionID).Session
	began := time.Now()
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		for range others {
			s := pattern
			s.ID = id.Random()
			if err := tx.Sessions.Insert(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	stored := time.Since(began)
	began = time.Now()
	if err := h.EndOthers(t.Context(), asks(u, mine)); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	t.Logf("they were stored in %v and signed out in %v, %v before a call's ten seconds are over", stored, took, 10*time.Second-took)
	if took > 10*stored {
		t.Errorf("signing out took %v where storing took %v", took, stored)
	}
	if got := h.live(u); !slices.Equal(got, []string{mine.SessionID}) {
		t.Errorf("%d sessions live", len(got))
	}
	if n := len(h.entries()); n != others {
		t.Errorf("%d entries in the revocation list", n)
	}
}
