package recovery_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// on signs in with a user agent.
func on(t *testing.T, h *roomtest.House, email, agent string) session.Tokens {
	t.Helper()
	in, err := h.Logins.WithPassword(t.Context(), login.Password{
		Email: email, Password: good, Origin: audit.Origin{Address: "203.0.113.7", UserAgent: agent},
	})
	if err != nil {
		t.Fatal(err)
	}
	return in.Tokens
}

// intruded makes a user who is signed in, and a sign-in on a new device with the
// token of the mail about it.
func intruded(t *testing.T, h *roomtest.House, email string) (owner, thief session.Tokens, token string) {
	t.Helper()
	h.Join(t, email)
	owner = on(t, h, email, "curl/8.5.0")
	before := len(h.Box.List(email))
	thief = on(t, h, email, "wget/1.21")
	mails := h.Mails(t, email, before+1)
	token = roomtest.TokenIn(mails[before], "/auth/sessions/not-me?token=")
	if !strings.HasPrefix(token, "spn_") {
		t.Fatalf("the mail %q has no link to disown: %v", mails[before].Subject, mails[before].Links)
	}
	return owner, thief, token
}

func TestDisowningEndsThatSessionAndMailsAReset(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	owner, thief, token := intruded(t, h, ada)
	_, bystander, _ := intruded(t, h, "bob@people.example")
	for range 3 {
		d, usable, err := h.Disownable(t.Context(), token)
		if err != nil || !usable || d.ID != thief.SessionID || d.Browser != "wget" || d.Address != "203.0.113.7" {
			t.Fatalf("looking: %v, %v, %+v", usable, err, d)
		}
	}
	if !h.Alive(t, thief) {
		t.Fatal("looking ended the session")
	}
	mails := len(h.Box.List(ada))
	if err := h.Disown(t.Context(), token, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if h.Alive(t, thief) || !h.Alive(t, owner) || !h.Alive(t, bystander) {
		t.Errorf("alive: thief %v, owner %v, bystander %v", h.Alive(t, thief), h.Alive(t, owner), h.Alive(t, bystander))
	}
	if _, err := h.Sessions.Refresh(t.Context(), thief.RefreshToken, "", roomtest.Origin()); !errors.Is(err, session.ErrEnded) {
		t.Errorf("the thief's refresh token: %v", err)
	}
	reset := roomtest.TokenIn(h.Mails(t, ada, mails+1)[mails], "reset-password?token=")
	if err := h.ResetPassword(t.Context(), reset, "a fresh start 81", roomtest.Origin()); err != nil {
		t.Errorf("the mailed reset link: %v", err)
	}
	if h.Works(t, ada, good) {
		t.Error("the old password still signs in")
	}
	events := h.Trail(t, audit.KindSessionDisowned)
	if len(events) != 1 || events[0].Outcome != audit.Success || events[0].SessionHash != audit.SessionHash(thief.SessionID) ||
		events[0].Details != `{"ended":true}` || events[0].Personal.Address != "192.0.2.1" {
		t.Errorf("the trail says %+v", events)
	}
}

func TestOneOfManyDisownersWins(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	_, thief, token := intruded(t, h, ada)
	mails := len(h.Box.List(ada))
	var won atomic.Int64
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			switch err := h.Disown(t.Context(), token, roomtest.Origin()); {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, account.ErrInvalidToken):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || h.Alive(t, thief) {
		t.Errorf("%d of 32 won, the session lives: %v", won.Load(), h.Alive(t, thief))
	}
	ended := slices.DeleteFunc(h.Trail(t, audit.KindSessionEnded), func(e store.AuditEvent) bool { return e.Reason != store.ReasonDisowned })
	if len(ended) != 1 {
		t.Errorf("%d events of an end, want 1", len(ended))
	}
	if refused := h.Reasons(t, audit.KindSessionDisowned); len(refused) != 31 || slices.ContainsFunc(refused, func(r string) bool { return r != audit.ReasonConsumed }) {
		t.Errorf("refusals: %v", refused)
	}
	resets := 0
	h.Mails(t, ada, mails+1)
	for _, j := range h.Letters(t) {
		if strings.Contains(j.Payload, `"kind":"reset_password"`) {
			resets++
		}
	}
	if resets != 1 {
		t.Errorf("%d reset links were mailed, want 1", resets)
	}
}

// The caller learns one thing, the trail which.
func TestWhyATokenDisownsNothing(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	_, thief, expired := intruded(t, h, ada)
	_, _, used := intruded(t, h, "bob@people.example")
	if err := h.Disown(t.Context(), used, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(7*24*time.Hour + time.Second)
	never, _ := secret.NewToken("spn_")
	reset := h.ResetLink(t, "bob@people.example")
	for _, token := range []string{used, expired, never, reset, "garbage", "", used + "A"} {
		if err := h.Disown(t.Context(), token, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%q: got %v, want invalid_token", token, err)
		}
		if _, usable, err := h.Disownable(t.Context(), token); usable || err != nil {
			t.Errorf("%q: usable %v, %v", token, usable, err)
		}
	}
	want := []string{audit.ReasonConsumed, audit.ReasonExpired, audit.ReasonUnknown}
	if got := h.Reasons(t, audit.KindSessionDisowned); !slices.Equal(got, want) {
		t.Errorf("the trail says %v, want %v", got, want)
	}
	if _, err := h.Sessions.Refresh(t.Context(), thief.RefreshToken, "", roomtest.Origin()); err != nil {
		t.Errorf("an expired link ended the session: %v", err)
	}
}

// A session that has ended, and a user who is not active, make no difference to
// who asks.
func TestDisowningWhatHasEnded(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	_, thief, token := intruded(t, h, ada)
	if _, err := h.Sessions.Logout(t.Context(), session.Logout{RefreshToken: thief.RefreshToken}); err != nil {
		t.Fatal(err)
	}
	mails := len(h.Box.List(ada))
	if err := h.Disown(t.Context(), token, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if roomtest.TokenIn(h.Mails(t, ada, mails+1)[mails], "reset-password?token=") == "" {
		t.Error("no reset link was mailed")
	}
	if e := h.Trail(t, audit.KindSessionDisowned); len(e) != 1 || e[0].Details != `{"ended":false}` {
		t.Errorf("the trail says %+v", e)
	}

	const bob = "bob@people.example"
	_, _, token = intruded(t, h, bob)
	u := h.User(t, bob)
	if _, err := h.Store.Direct().Users.SetStatus(t.Context(), u.ID, store.UserActive, store.UserDisabled, h.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	before := len(h.Letters(t))
	if err := h.Disown(t.Context(), token, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if got := len(h.Letters(t)); got != before {
		t.Errorf("%d letters went to a disabled user", got-before)
	}
}

func TestADeadLetterAboutANewDeviceGetsAnotherLink(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	_, thief, token := intruded(t, h, ada)
	row, err := h.Store.Direct().Tokens.ByHash(t.Context(), store.PurposeDisown, secret.Hash(token))
	if err != nil {
		t.Fatal(err)
	}
	l := mail.Letter{
		Kind: mail.NewDevice, To: ada, TokenTable: mail.TokenOneTime, TokenID: row.ID, Data: map[string]string{mail.DataAddress: "203.0.113.7"},
	}
	renew := func(l mail.Letter) (renewed mail.Letter, err error) {
		err = h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
			renewed, err = h.RenewLink(ctx, tx, l)
			return err
		})
		return renewed, err
	}
	renewed, err := renew(l)
	if err != nil || renewed.Data[mail.DataAddress] != "203.0.113.7" || renewed.Kind != mail.NewDevice {
		t.Fatalf("renewed %+v, %v", renewed, err)
	}
	if err := h.Disown(t.Context(), token, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link that was replaced: %v", err)
	}
	if err := h.Disown(t.Context(), renewed.Token, roomtest.Origin()); err != nil || h.Alive(t, thief) {
		t.Errorf("the new link: %v, the session lives: %v", err, h.Alive(t, thief))
	}
	_, ended, token := intruded(t, h, "bob@people.example")
	if _, err := h.Sessions.Logout(t.Context(), session.Logout{RefreshToken: ended.RefreshToken}); err != nil {
		t.Fatal(err)
	}
	if row, err = h.Store.Direct().Tokens.ByHash(t.Context(), store.PurposeDisown, secret.Hash(token)); err != nil {
		t.Fatal(err)
	}
	l.TokenID = row.ID
	if _, err := renew(l); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("about a session that has ended: %v, want that nobody wants it", err)
	}
}
