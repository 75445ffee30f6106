package session

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// stolen gives a session whose first token was spent, and its successor used,
// long ago.
func (h *house) stolen() (spent, newest Tokens) {
	h.tb.Helper()
	spent = h.signIn(h.user())
	newest = spent
	for range 2 {
		h.clock.advance(hrs)
		var err error
		if newest, err = h.refresh(newest.RefreshToken); err != nil {
			h.tb.Fatal(err)
		}
	}
	h.clock.advance(10 * m)
	return spent, newest
}

func TestAReplayEndsTheSessionAndTellsTheOwner(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	spent, newest := h.stolen()
	if !h.accepts(newest.AccessToken) {
		t.Fatal("the access token is not accepted to begin with")
	}
	if _, err := h.refresh(spent.RefreshToken); !errors.Is(err, ErrReplayed) {
		t.Fatalf("got %v, want refresh_replayed", err)
	}
	if _, err := h.refresh(newest.RefreshToken); !errors.Is(err, ErrEnded) {
		t.Errorf("the newest token: got %v, want session_ended", err)
	}
	if h.accepts(newest.AccessToken) {
		t.Error("the access token is still accepted")
	}
	got := h.view(spent.SessionID).Session
	if got.RevokedReason != store.ReasonReplay || got.RevokedAt.IsZero() {
		t.Errorf("got reason %q at %v, want replay", got.RevokedReason, got.RevokedAt)
	}
	if n := h.mails(); n != 1 {
		t.Errorf("got %d mails, want 1", n)
	}
	events := h.events(audit.KindSessionReplayed)
	if len(events) != 1 {
		t.Fatalf("got %d events, want 1", len(events))
	}
	e := events[0]
	want := store.AuditEvent{
		ID: e.ID, Kind: "session.replayed", Outcome: "failure", Reason: "replay", UserID: spent.User.ID,
		SessionHash: audit.SessionHash(spent.SessionID), CreatedAt: h.clock.Now(),
		Details:    `{"newest":2,"parent":1,"presented":0}`,
		Personal:   store.AuditPersonal{Address: "192.0.2.9", UserAgent: "Chrome", Email: spent.User.Email, Salt: e.Personal.Salt},
		Commitment: e.Commitment,
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Errorf("event (-want +got)\n%s", diff)
	}
}

func TestOfManyReplaysOneTellsTheOwner(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	spent, _ := h.stolen()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			_, err := h.refresh(spent.RefreshToken)
			if !errors.Is(err, ErrReplayed) && !errors.Is(err, ErrEnded) {
				t.Errorf("got %v, want a refusal", err)
			}
		})
	}
	wg.Wait()
	if events, mails := len(h.events(audit.KindSessionReplayed)), h.mails(); events != 1 || mails != 1 {
		t.Errorf("got %d events and %d mails, want one each", events, mails)
	}
	head, err := h.store.Direct().Feed.Head(context.Background())
	if err != nil || head.Number != 1 {
		t.Errorf("got revocation number %d (%v), want 1", head.Number, err)
	}
}

func TestAReplayThatLosesToARotationIsJudgedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	spent, newest := h.stolen() // P = 1, G = 2
	parent, err := h.codec.write(spent.SessionID, store.RefreshState{Generation: 1, Nonce: newNonce()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.refresh(newest.RefreshToken); err != nil { // P = 2, G = 3
		t.Fatal(err)
	}
	h.clock.advance(10 * m)
	v := h.view(spent.SessionID)
	p, _ := h.codec.read(parent)
	if got := classify(p, &v, h.limits); got != replayed {
		t.Fatalf("got %v, want a replay to begin with", got)
	}
	won, err := h.advance(context.Background(), h.store.Direct(), rotate, &store.SessionView{
		Session: v.Session, User: v.User, Now: v.Now,
	}, audit.Origin{})
	if err != nil || !won {
		t.Fatal(won, err)
	}
	if won, err := h.endReplayed(context.Background(), p, &v, audit.Origin{}); won || err != nil {
		t.Errorf("ended by what was read before the rotation: %v, %v", won, err)
	}
	if got := h.view(spent.SessionID).Session.RevokedAt; !got.IsZero() || h.mails() != 0 {
		t.Error("the session was revoked")
	}
}

func TestALostAnswerIsRecorded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.signIn(h.user())
	for range 2 {
		h.clock.advance(m)
		if _, err := h.refresh(first.RefreshToken); err != nil {
			t.Fatal(err)
		}
	}
	events := h.events(audit.KindSessionRecovered)
	if len(events) != 1 || events[0].Details != `{"generation":2,"parent":0}` {
		t.Errorf("got %+v, want one event, of g2", events)
	}
}

func TestADatabaseThatLostHistoryRevokesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.signIn(h.user())
	v := h.view(first.SessionID)
	second, err := h.refresh(first.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	if h.HistoryLost() {
		t.Fatal("history counts as lost to begin with")
	}
	// As a restored backup would: back to g0.
	now := h.view(first.SessionID).Session
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Sessions.Advance(ctx, step(&now, v.Session.RefreshState, h.clock.Now(), audit.Origin{}))
		return err
	})
	if _, err := h.refresh(second.RefreshToken); !errors.Is(err, ErrNotIssued) {
		t.Errorf("g1 of a session at g0: got %v, want not_issued", err)
	}
	other, err := h.codec.write(first.SessionID, store.RefreshState{Generation: 0, Nonce: newNonce()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.refresh(other); !errors.Is(err, ErrNotIssued) {
		t.Errorf("g0 with another nonce: got %v, want not_issued", err)
	}
	if !h.HistoryLost() {
		t.Error("nobody can see that history was lost")
	}
	if _, err := h.refresh(first.RefreshToken); err != nil {
		t.Errorf("the session does not live on: %v", err)
	}
}

func TestADatabaseThatIsGoneIsNeitherYesNorNo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.signIn(h.user())
	h.closeStore()
	_, err := h.refresh(first.RefreshToken)
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Unavailable || f.RetryAfter == 0 {
		t.Errorf("refresh: got %v, want 503 with Retry-After", err)
	}
	_, err = h.Logout(context.Background(), Logout{RefreshToken: first.RefreshToken})
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("logout: got %v, want 503", err)
	}
	if text := err.Error(); strings.Contains(text, first.SessionID) || strings.Contains(text, first.RefreshToken) {
		t.Errorf("the error tells a secret: %s", text)
	}
}

// closeStore closes the database, as if it had gone.
func (h *house) closeStore() {
	h.tb.Helper()
	if err := h.shut(); err != nil {
		h.tb.Fatal(err)
	}
}
