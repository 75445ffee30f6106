package emailchange_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// asked adds changes of address that were asked for and came to nothing.
func asked(t *testing.T, h *roomtest.House, u store.User, n int) {
	t.Helper()
	now := h.Clock.Now()
	if err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for range n {
			if err := tx.Changes.Insert(ctx, store.EmailChange{
				ID: id.Ordered(), UserID: u.ID, OldEmail: thief, OldCanonical: thief, NewEmail: "x@evil.example", NewCanonical: "x@evil.example",
				ConfirmTokenID: id.Ordered(), CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// Accounts of before the claim was kept count as claimed since they were made. Who
// undoes a change that was confirmed before the upgrade is none that nobody claimed:
// the reset that follows would take every factor.
func TestAnUndoAfterTheUpgradeKeepsTheClaim(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../store/schema/migrations/0063_users_claimed.sql")
	if err != nil {
		t.Fatal(err)
	}
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		u := h.Join(t, ada)
		h.Clock.Advance(time.Hour)
		undo := h.Moved(t, u, ada, adaNew)
		for _, statement := range []string{"UPDATE users SET claimed_at = NULL", string(text)} { // the upgrade
			if _, err := h.Raw(t).ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		if h.User(t, adaNew).ClaimedAt.IsZero() {
			t.Fatal("the upgrade claims nothing")
		}
		if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); err != nil {
			t.Fatal(err)
		}
		if h.User(t, ada).ClaimedAt.IsZero() {
			t.Error("the account is nobody's any more")
		}
	})
}

// A thief who has the account at a second address of theirs, and asks for more
// changes than anybody would look at, has a link at the first that leads back.
func TestAnUndoEndsEveryLinkOfSince(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	first := h.Moved(t, u, ada, thief)
	second := h.Moved(t, u, thief, "thief@worse.example")
	h.Clock.Advance(time.Minute)
	asked(t, h, u, 1200)
	if err := h.UndoEmailChange(t.Context(), first, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link that leads back to the thief: %v", err)
	}
	if got := h.User(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// The clocks of instances differ. Which change came first does not depend on them.
func TestAnUndoEndsLinksOfALaterChangeByAClockThatIsBehind(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	first := h.Moved(t, u, ada, thief)
	h.Clock.Advance(-5 * time.Second)
	second := h.Moved(t, u, thief, "thief@worse.example")
	h.Clock.Advance(6 * time.Second)
	if err := h.UndoEmailChange(t.Context(), first, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link of the later change: %v", err)
	}
	if got := h.User(t, ada); got.ID != u.ID {
		t.Errorf("the address is that of %+v", got)
	}
}

// What a thief adds before they ask for another address goes too; what stood for
// as long as the link works stays.
func TestAnUndoRemovesWhatWasAddedBeforeTheRequest(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	own := h.AddPasskey(t, u, h.Clock.Now().Add(-8*24*time.Hour))
	h.AddPasskey(t, u, h.Clock.Now().Add(-6*24*time.Hour))
	h.AddTOTP(t, u)
	h.Clock.Advance(time.Minute)
	if err := h.UndoEmailChange(t.Context(), h.Moved(t, u, ada, thief), roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if got := h.User(t, ada); got.TOTP || got.Passkeys != 1 || got.RecoveryCodes != 0 {
		t.Errorf("got %+v", got)
	}
	if keys := roomtest.Must(h.Store.Direct().Passkeys.List(t.Context(), u.ID, 9)); len(keys) != 1 || keys[0].ID != own {
		t.Errorf("passkeys: %+v", keys)
	}
}

// Who undoes the later of two changes ends nothing of the earlier one.
func TestAnUndoLeavesTheLinksOfBefore(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	first := h.Moved(t, u, ada, thief)
	second := h.Moved(t, u, thief, "thief@worse.example")
	if err := h.UndoEmailChange(t.Context(), second, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), first, roomtest.Origin()); err != nil {
		t.Errorf("the owner's link: %v", err)
	}
	if got := h.User(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// Where addresses need not be verified, a thief who took the account signs up
// with the address that they took from it, so that it is taken. Nobody ever
// showed that the mailbox is theirs but the owner, by the link.
func TestAnAddressThatNobodyProvedHoldsUpNoUndo(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine), roomtest.Unverified)
		u := h.Join(t, ada)
		undo := h.Moved(t, u, ada, thief)
		h.SignsUp(t, "ADA@people.example", "a thief's password 5")
		squatter := h.User(t, ada)
		verify := h.LinkTo(t, "ADA@people.example", "/auth/verify-email")
		tokens, err := h.SignIn(t, ada, "a thief's password 5")
		if err != nil {
			t.Fatal(err)
		}
		h.AddTOTP(t, squatter)
		if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); err != nil {
			t.Fatal(err)
		}
		if got := h.User(t, ada); got.ID != u.ID || got.Status != store.UserActive {
			t.Errorf("the address is of %+v", got)
		}
		if h.Alive(t, tokens) || h.Works(t, ada, "a thief's password 5") {
			t.Error("the thief is signed in, or can be")
		}
		if _, err := h.Verify(t, verify); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("the link to verify the address for the other account: %v", err)
		}
		row := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), squatter.ID))
		if row.Status != store.UserDisabled || row.Email != "" || row.EmailCanonical != "released:"+row.ID || !row.EmailVerifiedAt.IsZero() || row.Epoch == squatter.Epoch {
			t.Errorf("the other account: %+v", row)
		}
		if e := h.Trail(t, audit.KindEmailReleased); len(e) != 1 || e[0].UserID != row.ID {
			t.Errorf("the trail says %+v", e)
		}
	})
}

// Whoever proves the mailbox in the very moment keeps the address.
func TestAnAddressThatIsProvedInTheMomentIsKept(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine), roomtest.Unverified)
		u := h.Join(t, ada)
		undo := h.Moved(t, u, ada, thief)
		h.SignsUp(t, ada, good)
		other := h.User(t, ada)
		h.Gate.OnceRead(func() {
			if ok, err := h.Store.Direct().Users.MarkVerified(context.Background(), other.ID, h.Clock.Now()); err != nil || !ok {
				t.Error(ok, err)
			}
		})
		if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); !errors.Is(err, account.ErrEmailTaken) {
			t.Errorf("got %v", err)
		}
		if got := h.User(t, ada); got.ID != other.ID || got.Status != store.UserActive || got.Epoch != other.Epoch {
			t.Errorf("got %+v", got)
		}
	})
}

// Verifying and undoing compete for the address, and exactly one gets it.
func TestAnAddressIsVerifiedOrPutBack(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine), roomtest.Unverified)
		u := h.Join(t, ada)
		undo := h.Moved(t, u, ada, thief)
		h.SignsUp(t, ada, good)
		other := h.User(t, ada)
		verify := h.LinkTo(t, ada, "/auth/verify-email")
		won := roomtest.Winner(t, roomtest.At(
			func() error { return h.UndoEmailChange(t.Context(), undo, roomtest.Origin()) },
			func() error { _, err := h.Verify(t, verify); return err },
		), account.ErrEmailTaken, account.ErrInvalidToken)
		want := []string{u.ID, other.ID}[won]
		if got := h.User(t, ada); got.ID != want || got.Status != store.UserActive || got.EmailVerifiedAt.IsZero() {
			t.Errorf("call %d won, and got %+v", won, got)
		}
	})
}

// The other account may be on its way out, and goes on with that.
func TestAnAddressOfSomebodyWhoLeavesHoldsUpNoUndo(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	u, undo, other := h.Squatted(t)
	if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(169 * time.Hour)
	h.EraseDue(t)
	h.Settled(t)
	if row := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), other.ID)); row.Status != store.UserErased {
		t.Errorf("the other account: %+v", row)
	}
	if got := h.User(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// letterTo gives the letter to an address of a kind, without its token.
func letterTo(t *testing.T, h *roomtest.House, to string, kind mail.Kind) mail.Letter {
	t.Helper()
	var found mail.Letter
	for _, j := range h.Letters(t) {
		if l := roomtest.LetterOf(t, j); l.To == to && l.Kind == kind && found.Kind == "" {
			found = l
		}
	}
	if found.Kind == "" {
		t.Fatalf("no letter of kind %s to %s", kind, to)
	}
	return found
}

// renew has a letter get another link.
func renew(t *testing.T, h *roomtest.House, l mail.Letter) (again mail.Letter, err error) {
	t.Helper()
	err = h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		again, err = h.RenewLink(ctx, tx, l)
		return err
	})
	return again, err
}

// Seven days are seven days, however often an operator runs a letter again.
func TestARenewedUndoLinkEndsWithTheFirst(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Moved(t, h.Join(t, ada), ada, adaNew)
	h.Settled(t)
	l := letterTo(t, h, ada, mail.EmailReplaced)
	first := roomtest.Must(h.Store.Direct().Tokens.ByID(t.Context(), l.TokenID))
	h.Clock.Advance(6 * 24 * time.Hour)
	again, err := renew(t, h, l)
	if late := again.ExpiresAt.Sub(first.ExpiresAt); err != nil || late < 0 || late > time.Second {
		t.Fatalf("renewed, it ends %v later than the first: %v", late, err)
	}
	h.Clock.Advance(24 * time.Hour)
	if err := h.UndoEmailChange(t.Context(), again.Token, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after seven days: %v", err)
	}
	l.TokenID = again.TokenID
	if _, err := renew(t, h, l); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("renewed after seven days: %v", err)
	}
}

// The link of an earlier change stays one, however late its letter was run again.
func TestARenewedUndoLinkKeepsItsPlace(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Moved(t, u, ada, thief)
	second := h.Moved(t, u, thief, "thief@worse.example")
	h.Settled(t)
	first, err := renew(t, h, letterTo(t, h, ada, mail.EmailReplaced))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), first.Token, roomtest.Origin()); err != nil {
		t.Errorf("the owner's link: %v", err)
	}
}

// What was replaced, or undone, is not brought back by its having expired first.
func TestWhatExpiredAndWasReplacedIsNotRenewed(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Want(t, u, thief)
	h.LinkTo(t, thief, "/auth/confirm-email")
	h.Settled(t)
	request := letterTo(t, h, thief, mail.ConfirmEmail)
	if err := h.RequestReset(t.Context(), ada, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	h.Settled(t)
	reset := letterTo(t, h, ada, mail.ResetPassword)
	h.Clock.Advance(25 * time.Hour)
	h.Want(t, u, adaNew)
	if _, err := renew(t, h, request); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("a request that another replaced: %v", err)
	}
	if _, err := h.Confirm(t, h.LinkTo(t, adaNew, "/auth/confirm-email")); err != nil {
		t.Fatal(err)
	}
	if _, err := renew(t, h, reset); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("a reset link of before the change: %v", err)
	}
}
