package account_test

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
	"github.com/sallyport-auth/sallyport/internal/store"
)

// asked adds changes of address that were asked for and came to nothing.
func (h *house) asked(t *testing.T, u store.User, n int) {
	t.Helper()
	now := h.clock.Now()
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
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
		h := newHouseOn(t, fleettest.Database(t, engine))
		u := h.join(t, ada)
		h.clock.Advance(time.Hour)
		undo := h.moved(t, u, ada, adaNew)
		for _, statement := range []string{"UPDATE users SET claimed_at = NULL", string(text)} { // the upgrade
			if _, err := h.raw(t).ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		if h.user(t, adaNew).ClaimedAt.IsZero() {
			t.Fatal("the upgrade claims nothing")
		}
		if err := h.UndoEmailChange(t.Context(), undo, origin()); err != nil {
			t.Fatal(err)
		}
		if h.user(t, ada).ClaimedAt.IsZero() {
			t.Error("the account is nobody's any more")
		}
	})
}

// A thief who has the account at a second address of theirs, and asks for more
// changes than anybody would look at, has a link at the first that leads back.
func TestAnUndoEndsEveryLinkOfSince(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	first := h.moved(t, u, ada, thief)
	second := h.moved(t, u, thief, "thief@worse.example")
	h.clock.Advance(time.Minute)
	h.asked(t, u, 1200)
	if err := h.UndoEmailChange(t.Context(), first, origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link that leads back to the thief: %v", err)
	}
	if got := h.user(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// The clocks of instances differ. Which change came first does not depend on them.
func TestAnUndoEndsLinksOfALaterChangeByAClockThatIsBehind(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	first := h.moved(t, u, ada, thief)
	h.clock.Advance(-5 * time.Second)
	second := h.moved(t, u, thief, "thief@worse.example")
	h.clock.Advance(6 * time.Second)
	if err := h.UndoEmailChange(t.Context(), first, origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link of the later change: %v", err)
	}
	if got := h.user(t, ada); got.ID != u.ID {
		t.Errorf("the address is that of %+v", got)
	}
}

// What a thief adds before they ask for another address goes too; what stood for
// as long as the link works stays.
func TestAnUndoRemovesWhatWasAddedBeforeTheRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	own := h.addPasskey(t, u, h.clock.Now().Add(-8*24*time.Hour))
	h.addPasskey(t, u, h.clock.Now().Add(-6*24*time.Hour))
	h.addTOTP(t, u)
	h.clock.Advance(time.Minute)
	if err := h.UndoEmailChange(t.Context(), h.moved(t, u, ada, thief), origin()); err != nil {
		t.Fatal(err)
	}
	if got := h.user(t, ada); got.TOTP || got.Passkeys != 1 || got.RecoveryCodes != 0 {
		t.Errorf("got %+v", got)
	}
	if keys := must(h.store.Direct().Passkeys.List(t.Context(), u.ID, 9)); len(keys) != 1 || keys[0].ID != own {
		t.Errorf("passkeys: %+v", keys)
	}
}

// Who undoes the later of two changes ends nothing of the earlier one.
func TestAnUndoLeavesTheLinksOfBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	first := h.moved(t, u, ada, thief)
	second := h.moved(t, u, thief, "thief@worse.example")
	if err := h.UndoEmailChange(t.Context(), second, origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), first, origin()); err != nil {
		t.Errorf("the owner's link: %v", err)
	}
	if got := h.user(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// Where addresses need not be verified, a thief who took the account signs up
// with the address that they took from it, so that it is taken. Nobody ever
// showed that the mailbox is theirs but the owner, by the link.
func TestAnAddressThatNobodyProvedHoldsUpNoUndo(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine), unverified)
		u := h.join(t, ada)
		undo := h.moved(t, u, ada, thief)
		h.signUp(t, "ADA@people.example", "a thief's password 5")
		squatter := h.user(t, ada)
		verify := h.linkTo(t, "ADA@people.example", "/auth/verify-email")
		tokens, err := h.signIn(t, ada, "a thief's password 5")
		if err != nil {
			t.Fatal(err)
		}
		h.addTOTP(t, squatter)
		if err := h.UndoEmailChange(t.Context(), undo, origin()); err != nil {
			t.Fatal(err)
		}
		if got := h.user(t, ada); got.ID != u.ID || got.Status != store.UserActive {
			t.Errorf("the address is of %+v", got)
		}
		if h.alive(t, tokens) || h.works(t, ada, "a thief's password 5") {
			t.Error("the thief is signed in, or can be")
		}
		if _, err := h.verify(t, verify); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("the link to verify the address for the other account: %v", err)
		}
		row := must(h.store.Direct().Users.ByID(t.Context(), squatter.ID))
		if row.Status != store.UserDisabled || row.Email != "" || row.EmailCanonical != "released:"+row.ID || !row.EmailVerifiedAt.IsZero() || row.Epoch == squatter.Epoch {
			t.Errorf("the other account: %+v", row)
		}
		if e := h.trail(t, audit.KindEmailReleased); len(e) != 1 || e[0].UserID != row.ID {
			t.Errorf("the trail says %+v", e)
		}
	})
}

// Whoever proves the mailbox in the very moment keeps the address.
func TestAnAddressThatIsProvedInTheMomentIsKept(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine), unverified)
		u := h.join(t, ada)
		undo := h.moved(t, u, ada, thief)
		h.signUp(t, ada, good)
		other := h.user(t, ada)
		h.gate.onceRead(func() {
			if ok, err := h.store.Direct().Users.MarkVerified(context.Background(), other.ID, h.clock.Now()); err != nil || !ok {
				t.Error(ok, err)
			}
		})
		if err := h.UndoEmailChange(t.Context(), undo, origin()); !errors.Is(err, account.ErrEmailTaken) {
			t.Errorf("got %v", err)
		}
		if got := h.user(t, ada); got.ID != other.ID || got.Status != store.UserActive || got.Epoch != other.Epoch {
			t.Errorf("got %+v", got)
		}
	})
}

// Verifying and undoing compete for the address, and exactly one gets it.
func TestAnAddressIsVerifiedOrPutBack(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine), unverified)
		u := h.join(t, ada)
		undo := h.moved(t, u, ada, thief)
		h.signUp(t, ada, good)
		other := h.user(t, ada)
		verify := h.linkTo(t, ada, "/auth/verify-email")
		won := winner(t, at(
			func() error { return h.UndoEmailChange(t.Context(), undo, origin()) },
			func() error { _, err := h.verify(t, verify); return err },
		), account.ErrEmailTaken, account.ErrInvalidToken)
		want := []string{u.ID, other.ID}[won]
		if got := h.user(t, ada); got.ID != want || got.Status != store.UserActive || got.EmailVerifiedAt.IsZero() {
			t.Errorf("call %d won, and got %+v", won, got)
		}
	})
}

// squatted is an account that a thief took, the link that gives its address back,
// and the account that the thief made with that address and is about to leave. It
// takes a house that is unverified.
func (h *house) squatted(t *testing.T) (u store.User, undo string, holder store.User) {
	t.Helper()
	u = h.join(t, ada)
	undo = h.moved(t, u, ada, thief)
	h.signUp(t, ada, "a thief's password 5")
	holder = h.user(t, ada)
	tokens, err := h.signIn(t, ada, "a thief's password 5")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.leave(t, tokens, ""); err != nil {
		t.Fatal(err)
	}
	return u, undo, holder
}

// The other account may be on its way out, and goes on with that.
func TestAnAddressOfSomebodyWhoLeavesHoldsUpNoUndo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, unverified)
	u, undo, other := h.squatted(t)
	if err := h.UndoEmailChange(t.Context(), undo, origin()); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(169 * time.Hour)
	h.maintain(t)
	h.settled(t)
	if row := must(h.store.Direct().Users.ByID(t.Context(), other.ID)); row.Status != store.UserErased {
		t.Errorf("the other account: %+v", row)
	}
	if got := h.user(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// letterTo gives the letter to an address of a kind, without its token.
func (h *house) letterTo(t *testing.T, to string, kind mail.Kind) mail.Letter {
	t.Helper()
	var found mail.Letter
	for _, j := range h.letters(t) {
		if l := letterOf(t, j); l.To == to && l.Kind == kind && found.Kind == "" {
			found = l
		}
	}
	if found.Kind == "" {
		t.Fatalf("no letter of kind %s to %s", kind, to)
	}
	return found
}

// renew has a letter get another link.
func (h *house) renew(t *testing.T, l mail.Letter) (again mail.Letter, err error) {
	t.Helper()
	err = h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		again, err = h.RenewLink(ctx, tx, l)
		return err
	})
	return again, err
}

// Seven days are seven days, however often an operator runs a letter again.
func TestARenewedUndoLinkEndsWithTheFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.moved(t, h.join(t, ada), ada, adaNew)
	h.settled(t)
	l := h.letterTo(t, ada, mail.EmailReplaced)
	first := must(h.store.Direct().Tokens.ByID(t.Context(), l.TokenID))
	h.clock.Advance(6 * 24 * time.Hour)
	again, err := h.renew(t, l)
	if late := again.ExpiresAt.Sub(first.ExpiresAt); err != nil || late < 0 || late > time.Second {
		t.Fatalf("renewed, it ends %v later than the first: %v", late, err)
	}
	h.clock.Advance(24 * time.Hour)
	if err := h.UndoEmailChange(t.Context(), again.Token, origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after seven days: %v", err)
	}
	l.TokenID = again.TokenID
	if _, err := h.renew(t, l); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("renewed after seven days: %v", err)
	}
}

// The link of an earlier change stays one, however late its letter was run again.
func TestARenewedUndoLinkKeepsItsPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	h.moved(t, u, ada, thief)
	second := h.moved(t, u, thief, "thief@worse.example")
	h.settled(t)
	first, err := h.renew(t, h.letterTo(t, ada, mail.EmailReplaced))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), first.Token, origin()); err != nil {
		t.Errorf("the owner's link: %v", err)
	}
}

// What was replaced, or undone, is not brought back by its having expired first.
func TestWhatExpiredAndWasReplacedIsNotRenewed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	h.want(t, u, thief)
	h.linkTo(t, thief, "/auth/confirm-email")
	h.settled(t)
	request := h.letterTo(t, thief, mail.ConfirmEmail)
	if err := h.RequestReset(t.Context(), ada, origin()); err != nil {
		t.Fatal(err)
	}
	h.settled(t)
	reset := h.letterTo(t, ada, mail.ResetPassword)
	h.clock.Advance(25 * time.Hour)
	h.want(t, u, adaNew)
	if _, err := h.renew(t, request); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("a request that another replaced: %v", err)
	}
	if _, err := h.confirm(t, h.linkTo(t, adaNew, "/auth/confirm-email")); err != nil {
		t.Fatal(err)
	}
	if _, err := h.renew(t, reset); !errors.Is(err, jobs.ErrObsolete) {
		t.Errorf("a reset link of before the change: %v", err)
	}
}
