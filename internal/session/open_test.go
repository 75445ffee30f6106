package session

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestASessionIsOpenedWithWhatProvedTheUser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	tokens := h.signIn(u)
	now := h.clock.Now()
	want := store.Session{
		ID: tokens.SessionID, UserID: u.ID, UserEpoch: u.Epoch,
		RefreshState: store.RefreshState{Parent: store.NoParent, RotatedAt: now},
		ClientID:     "sallyport", Kind: "first_party", AMR: []string{"pwd"}, ACR: ACROneFactor, AuthTime: now,
		ExpiresAt: now.Add(90 * 24 * hrs), IdleExpiresAt: now.Add(30 * 24 * hrs),
		UserAgent: "Firefox", Address: "192.0.2.1", DeviceName: "Laptop", CreatedAt: now, LastSeenAt: now,
	}
	got := h.view(tokens.SessionID).Session
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(store.RefreshState{}, "Nonce")); diff != "" {
		t.Errorf("row (-want +got)\n%s", diff)
	}
	if tokens.Generation != 0 || tokens.ExpiresIn != testTTL || tokens.User.ID != u.ID {
		t.Errorf("got generation %d, expires in %v", tokens.Generation, tokens.ExpiresIn)
	}
	c := h.claims(tokens.AccessToken)
	if c.SessionID != tokens.SessionID || c.Subject != u.ID || c.UserEpoch != u.Epoch || c.ClientID != FirstParty {
		t.Errorf("got claims %+v", c)
	}
	if got := h.reread(u).LastLoginAt; !got.Equal(now) {
		t.Errorf("got last login %v, want %v", got, now)
	}
	events := h.events(audit.KindSessionOpened)
	if len(events) != 1 || events[0].RequestID != "r-1" || events[0].SessionHash == tokens.SessionID {
		t.Errorf("got events %+v, want one", events)
	}
}

func TestALoginThatVerifiedAnOldPasswordOpensNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	if err := h.endEverything(u, "", store.ReasonPasswordReset); err != nil {
		t.Fatal(err)
	}
	if _, opened, err := h.trySignIn(u); opened || err != nil {
		t.Errorf("got opened %v, %v; want false", opened, err)
	}
	if n := len(h.events(audit.KindSessionOpened)); n != 0 {
		t.Errorf("got %d events of a session that was not opened", n)
	}
}

func TestADisabledUserOpensNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, h.clock.Now())
		return err
	})
	if _, opened, err := h.trySignIn(u); opened || err != nil {
		t.Errorf("got opened %v, %v; want false", opened, err)
	}
}

func TestWhatWasOpenedIsCarriedThroughEveryRefresh(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.signIn(h.user())
	before := h.claims(tokens.AccessToken)
	for range 3 {
		h.clock.advance(hrs)
		var err error
		if tokens, err = h.refresh(tokens.RefreshToken); err != nil {
			t.Fatal(err)
		}
	}
	after := h.claims(tokens.AccessToken)
	if after.ID == before.ID {
		t.Error("two access tokens share an identifier")
	}
	ignored := []string{"ID", "IssuedAt", "ExpiresAt"}
	if diff := cmp.Diff(*before, *after, cmpopts.IgnoreFields(*before, ignored...)); diff != "" {
		t.Errorf("claims (-before +after)\n%s", diff)
	}
}

func TestPurgingSparesWhatLives(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	revoked, live := h.signIn(u), h.signIn(u)
	if _, err := h.logOut(Logout{RefreshToken: revoked.RefreshToken}); err != nil {
		t.Fatal(err)
	}
	pause := 25 * 24 * hrs
	for range 2 {
		h.clock.advance(pause)
		var err error
		if live, err = h.refresh(live.RefreshToken); err != nil {
			t.Fatal(err)
		}
		if err := h.Maintain(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.store.Direct().Sessions.View(context.Background(), revoked.SessionID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a session that ended 50 days ago: got %v, want none", err)
	}
	h.view(live.SessionID)
}

func TestWhatMakesTwoFactors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		before, more, want []string
	}{
		{nil, []string{"pwd"}, []string{"pwd"}},
		{[]string{"pwd"}, []string{"pwd"}, []string{"pwd"}},
		{[]string{"pwd"}, []string{"otp"}, []string{"pwd", "otp", "mfa"}},
		{[]string{"pwd"}, []string{"hwk"}, []string{"pwd", "hwk", "mfa"}},
		{[]string{"pwd"}, []string{"swk", "user", "mfa"}, []string{"pwd", "swk", "user", "mfa"}},
		{nil, []string{"hwk"}, []string{"hwk"}},
		{[]string{"pwd", "otp", "mfa"}, []string{"hwk"}, []string{"pwd", "otp", "mfa", "hwk"}},
	} {
		got := Proved(test.before, test.more...)
		if diff := cmp.Diff(test.want, got); diff != "" || (acrOf(got) == ACRTwoFactors) != TwoFactors(got) {
			t.Errorf("%v and then %v (-want +got)\n%s", test.before, test.more, diff)
		}
	}
}
