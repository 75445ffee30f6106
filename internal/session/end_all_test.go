package session

import (
	"context"
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func (h *house) endEverything(u store.User, except, reason string) error {
	return h.store.Tx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return h.EndAll(ctx, tx, u, except, reason, audit.Origin{RequestID: "r-2"})
	})
}

func TestEndingAllEndsEverySessionAndItsAccessTokens(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	one, two, stranger := h.signIn(u), h.signIn(u), h.signIn(h.user())
	if err := h.endEverything(u, "", store.ReasonPasswordReset); err != nil {
		t.Fatal(err)
	}
	for _, tokens := range []Tokens{one, two} {
		if _, err := h.refresh(tokens.RefreshToken); !errors.Is(err, ErrEnded) || h.accepts(tokens.AccessToken) {
			t.Errorf("a session lives on (%v)", err)
		}
	}
	if _, err := h.refresh(stranger.RefreshToken); err != nil || !h.accepts(stranger.AccessToken) {
		t.Errorf("somebody else's session: %v", err)
	}
	events := h.events(audit.KindSessionEnded)
	if len(events) != 1 || events[0].Details != `{"epoch":1,"sessions":2}` || events[0].Reason != store.ReasonPasswordReset {
		t.Errorf("got events %+v, want one of two sessions", events)
	}
	page, err := h.store.Direct().Revocations.From(context.Background(), 0, h.clock.Now(), 10)
	rows := page.Revocations
	if err != nil || len(rows) != 1 || rows[0].Kind != store.RevokedUser || rows[0].Epoch != 1 {
		t.Errorf("got entries %+v, %v; want one, of the user", rows, err)
	}
}

func TestEndingAllWithAnEpochThatHasMovedChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	stale := h.user()
	if err := h.endEverything(stale, "", store.ReasonPasswordReset); err != nil {
		t.Fatal(err)
	}
	tokens := h.signIn(h.reread(stale))
	if err := h.endEverything(stale, "", store.ReasonPasswordReset); !errors.Is(err, ErrEpochMoved) {
		t.Errorf("got %v, want ErrEpochMoved", err)
	}
	if _, err := h.refresh(tokens.RefreshToken); err != nil {
		t.Errorf("the session opened since: %v", err)
	}
}

// TestASessionThatIsExceptedKeepsItsReasonButNotItsLife holds EndAll to what it
// says of except.
func TestASessionThatIsExceptedKeepsItsReasonButNotItsLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	old := h.signIn(u)
	if err := h.endEverything(u, old.SessionID, store.ReasonPasswordChanged); err != nil {
		t.Fatal(err)
	}
	if got := h.view(old.SessionID).Session.RevokedReason; got != "" {
		t.Errorf("got reason %q on the excepted row", got)
	}
	if _, err := h.refresh(old.RefreshToken); !errors.Is(err, ErrEnded) || h.accepts(old.AccessToken) {
		t.Errorf("the session lives on (%v)", err)
	}
}

func TestTheSessionOfANewPasswordTakesThePlaceOfTheOld(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	old := h.signIn(u)
	var fresh store.Session
	h.tx(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Sessions.Revoke(ctx, old.SessionID, store.ReasonReplaced, h.clock.Now()); err != nil {
			return err
		}
		if err := h.EndAll(ctx, tx, u, old.SessionID, store.ReasonPasswordChanged, audit.Origin{}); err != nil {
			return err
		}
		u, err := tx.Users.ByID(ctx, u.ID)
		if err != nil {
			return err
		}
		var opened bool
		fresh, opened, err = h.Open(ctx, tx, NewSession{User: u, AMR: []string{"pwd"}, ReadAt: h.clock.Now()})
		if !opened {
			t.Error("no session was opened")
		}
		return err
	})
	if _, err := h.refresh(old.RefreshToken); !errors.Is(err, ErrReplaced) || h.accepts(old.AccessToken) {
		t.Errorf("the old session: got %v, want session_replaced", err)
	}
	tokens, err := h.Issue(fresh, h.reread(u), nil, h.clock.Now())
	if err != nil || !h.accepts(tokens.AccessToken) {
		t.Fatalf("the new session's access token is not accepted: %v", err)
	}
	if _, err := h.refresh(tokens.RefreshToken); err != nil {
		t.Errorf("the new session: %v", err)
	}
}
