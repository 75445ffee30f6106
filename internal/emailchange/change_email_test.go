package emailchange_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestAnAddressChangesWhenTheNewOneIsConfirmed(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	tokens := h.Device(t, ada, good)
	reset := h.ResetLink(t, ada)
	h.Want(t, u, adaNew)
	confirm := h.LinkTo(t, adaNew, "/auth/confirm-email")
	if m := h.Told(t, adaNew, "Confirm your new"); strings.Contains(m.Text, "Ada,") {
		t.Errorf("a stranger would be greeted by name: %s", m.Text)
	}
	h.Told(t, ada, "A new email address was requested")
	for range 3 {
		if usable, address, _, err := h.EmailConfirmable(t.Context(), confirm); err != nil || !usable || address != adaNew {
			t.Fatalf("looking: %v for %q, %v", usable, address, err)
		}
	}
	if got := h.User(t, ada); got.ID != u.ID {
		t.Fatal("asking, or looking, changed the address")
	}
	got, err := h.Confirm(t, confirm)
	if err != nil || got.Email != adaNew || got.EmailCanonical != "ada@new.example" || got.Epoch != u.Epoch || !got.EmailVerifiedAt.After(u.EmailVerifiedAt) {
		t.Fatalf("got %+v, %v", got, err)
	}
	if !h.Alive(t, tokens) {
		t.Error("the session ended")
	}
	if usable, _, err := h.Resettable(t.Context(), reset); err != nil || usable {
		t.Errorf("a reset link that went to the old address would work: %v", err)
	}
	if !h.Works(t, adaNew, good) || h.Works(t, ada, good) {
		t.Error("signing in does not go by the new address")
	}
	h.Told(t, adaNew, "This is now")
	if undo := h.LinkTo(t, ada, "/auth/undo-email"); !strings.HasPrefix(undo, "spu_") {
		t.Errorf("the token is %s", undo[:4])
	}
	if _, err := h.Confirm(t, confirm); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("twice: %v", err)
	}
	events := h.Trail(t, audit.KindEmailChangeRequested)
	if len(events) != 1 || events[0].Personal.Email != ada {
		t.Errorf("the trail names another address than the account's: %+v", events)
	}
	if events = h.Trail(t, audit.KindEmailChanged); len(events) != 2 || events[1].Personal.Email != adaNew || events[0].Reason != audit.ReasonConsumed {
		t.Errorf("the trail says %+v", events)
	}
}

func TestWhatIsNoOtherAddressIsRefused(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	for _, address := range []string{"", "nobody", ada, strings.ToUpper(ada), "ada@people.example\r\nBcc: x@y.example"} {
		err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: h.Asker(t, u), NewEmail: address})
		if !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: session.Asker{UserID: u.ID, SessionID: id.Random()}, NewEmail: adaNew}); !errors.Is(err, session.ErrInvalidToken) {
		t.Errorf("nobody: %v", err)
	}
	if n := len(h.Letters(t)); n != 0 {
		t.Errorf("%d letters were written", n)
	}
}

// What happens between the request and the link.
func TestAChangeTakesEffectOnlyWhereNothingHappenedMeanwhile(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		meanwhile func(t *testing.T, h *roomtest.House, u store.User)
		reason    string
	}{
		"a password reset": {func(t *testing.T, h *roomtest.House, _ store.User) {
			t.Helper()
			if err := h.RequestReset(t.Context(), ada, roomtest.Origin()); err != nil {
				t.Fatal(err)
			}
			if err := h.ResetPassword(t.Context(), h.LinkTo(t, ada, "/auth/reset-password"), "a fresh start 81", roomtest.Origin()); err != nil {
				t.Fatal(err)
			}
		}, audit.ReasonSuperseded},
		"the address was taken": {func(t *testing.T, h *roomtest.House, _ store.User) { t.Helper(); h.Join(t, adaNew) }, audit.ReasonTaken},
		"another request":       {func(t *testing.T, h *roomtest.House, u store.User) { t.Helper(); h.Want(t, u, "third@people.example") }, audit.ReasonSuperseded},
		"a day":                 {func(_ *testing.T, h *roomtest.House, _ store.User) { h.Clock.Advance(24 * time.Hour) }, audit.ReasonExpired},
		"disabled": {func(t *testing.T, h *roomtest.House, u store.User) {
			t.Helper()
			if ok, err := h.Store.Direct().Users.SetStatus(t.Context(), u.ID, store.UserActive, store.UserDisabled, h.Clock.Now()); err != nil || !ok {
				t.Fatal(ok, err)
			}
		}, audit.ReasonNotActive},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t)
			u := h.Join(t, ada)
			h.Want(t, u, adaNew)
			confirm := h.LinkTo(t, adaNew, "/auth/confirm-email")
			test.meanwhile(t, h, u)
			if usable, _, _, err := h.EmailConfirmable(t.Context(), confirm); err != nil || usable {
				t.Errorf("looking: %v, %v", usable, err)
			}
			if _, err := h.Confirm(t, confirm); !errors.Is(err, account.ErrInvalidToken) {
				t.Errorf("got %v", err)
			}
			if got := h.User(t, ada); got.ID != u.ID {
				t.Error("the address changed")
			}
			if reasons := h.Reasons(t, audit.KindEmailChanged); !slices.Equal(reasons, []string{test.reason}) {
				t.Errorf("the trail says %v", reasons)
			}
		})
	}
}

// The very moment between what was read and the transaction, and a transaction
// that begins in it.
func TestAResetThatCommitsFirstVoidsAChange(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Want(t, u, adaNew)
	confirm := h.LinkTo(t, adaNew, "/auth/confirm-email")
	h.Gate.Once(func() {
		if ok, err := h.Store.Direct().Users.RaiseEpoch(context.Background(), u.ID, u.Epoch, h.Clock.Now()); err != nil || !ok {
			t.Error(ok, err)
		}
	})
	if _, err := h.Confirm(t, confirm); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("got %v", err)
	}
}

// A taken address answers the same after the same work; its owner is told, and
// nobody gets a link, then or later.
func TestATakenAddressTellsNothing(t *testing.T) {
	t.Parallel()
	var calls []string
	h := roomtest.New(t, roomtest.Counting(&calls, 100))
	u := h.Join(t, ada)
	h.Join(t, "bob@people.example")
	did := map[string]string{}
	for _, address := range []string{"free@people.example", "Bob@people.example"} {
		if err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: h.Asker(t, u), NewEmail: address}); err != nil {
			t.Fatal(err)
		}
		did[address] = strings.Join(calls, ", ")
		changes := roomtest.Must(h.Store.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 9}))
		if c := changes[len(changes)-1]; c.NewEmail != address || !c.ConfirmedAt.IsZero() {
			t.Errorf("what the user can export differs: %+v", c)
		}
	}
	if did["free@people.example"] != did["Bob@people.example"] || !strings.Contains(did["free@people.example"], "job") {
		t.Errorf("a free address does\n%s\nand a taken one\n%s", did["free@people.example"], did["Bob@people.example"])
	}
}

func TestTheOwnerOfATakenAddressIsTold(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Join(t, "bob@people.example")
	h.Want(t, u, "Bob@people.example")
	if m := h.Told(t, "bob@people.example", "Someone wants your email address"); len(m.Links) != 0 {
		t.Errorf("the mail has links: %v", m.Links)
	}
	h.Told(t, ada, "A new email address was requested")
}

func TestMailsToANewAddressAreLimited(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	for range 8 {
		h.Want(t, u, adaNew)
	}
	h.Mails(t, ada, 5)
	changes := roomtest.Must(h.Store.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 9}))
	if reasons := h.Reasons(t, audit.KindEmailChangeRequested); len(changes) != 5 || !slices.Equal(reasons, []string{"rate_limited", "rate_limited", "rate_limited"}) {
		t.Errorf("%d changes wait, refused: %v", len(changes), reasons)
	}
}

// Whoever is signed in can name any address. Neither turns between addresses nor
// many accounts make that a flood in a stranger's mailbox.
func TestAChangeOfAddressFloodsNobody(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		mailed := func(u store.User, address string) (n int) {
			for _, c := range roomtest.Must(h.Store.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 100})) {
				if c.NewEmail == address {
					n++
				}
			}
			return n
		}
		u := h.Join(t, ada)
		asks := h.Asker(t, u)
		victims := []string{"one@victims.example", "two@victims.example"}
		limited := 0
		for n := range 30 {
			err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: asks, NewEmail: victims[n%2]})
			var f *fault.Error
			if errors.As(err, &f) && f.Code == "rate_limited" && f.RetryAfter > 0 {
				limited++
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if one, two := mailed(u, victims[0]), mailed(u, victims[1]); one+two != 10 || limited != 20 {
			t.Errorf("one account sends %d and %d mails, and was refused %d times of 30", one, two, limited)
		}
		// One account more, and the mailbox has had five: its owner gets a link all the same.
		h.Want(t, h.Join(t, "bob@people.example"), victims[0])
		owner := h.Join(t, "owner@people.example")
		h.Want(t, owner, victims[0])
		if n := mailed(owner, victims[0]); n != 1 {
			t.Errorf("the owner of the mailbox is sent %d links", n)
		}
		total := 0
		for n := range 12 {
			other := h.Join(t, fmt.Sprintf("account%d@people.example", n))
			h.Want(t, other, victims[1])
			total += mailed(other, victims[1])
		}
		if total += mailed(u, victims[1]); total != 10 {
			t.Errorf("many accounts send %d mails to one address", total)
		}
		h.Clock.Advance(time.Hour + time.Second)
		if err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: asks, NewEmail: victims[0]}); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
}

func TestOfManyRacersOneChangesTheAddress(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		u := h.Join(t, ada)
		h.Want(t, u, adaNew)
		confirm := h.LinkTo(t, adaNew, "/auth/confirm-email")
		a := h.Asker(t, u)
		roomtest.Winner(t, roomtest.Race(32, func() error {
			_, err := h.ConfirmEmail(t.Context(), emailchange.Confirmation{Token: confirm, Asker: &a, Origin: roomtest.Origin()})
			return err
		}), account.ErrInvalidToken)
		undo := h.LinkTo(t, ada, "/auth/undo-email")
		roomtest.Winner(t, roomtest.Race(32, func() error { return h.UndoEmailChange(t.Context(), undo, roomtest.Origin()) }), account.ErrInvalidToken)
		if got := h.User(t, ada); got.ID != u.ID || got.Epoch != u.Epoch+1 {
			t.Errorf("got %+v", got)
		}
		if a, b := h.Count(t, audit.KindEmailChanged), h.Count(t, audit.KindEmailChangeUndone); a != 1 || b != 1 {
			t.Errorf("%d changes and %d undone", a, b)
		}
		for _, kind := range []string{audit.KindEmailChanged, audit.KindEmailChangeUndone} {
			if refused := h.Reasons(t, kind); len(refused) != 31 {
				t.Errorf("%d refusals of %s", len(refused), kind)
			}
		}
	})
}

// A thief who is signed in changes the address twice, chooses a password, adds a
// passkey and a code generator, and deletes the account. The reader of the first
// mailbox gets it back.
func TestTheOldMailboxWins(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	first := h.Moved(t, u, ada, adaNew)
	second := h.Moved(t, u, adaNew, thief)
	stolen := h.Device(t, thief, good)
	before, added := h.AddPasskey(t, u, u.CreatedAt.Add(-8*24*time.Hour)), h.AddPasskey(t, u, h.Clock.Now())
	h.AddTOTP(t, u)
	if err := h.RequestReset(t.Context(), thief, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	reset := h.LinkTo(t, thief, "/auth/reset-password")
	if _, err := h.Delete(t.Context(), deletion.Request{Claims: h.Claims(t, stolen, true), Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(6 * 24 * time.Hour)

	if usable, address, err := h.EmailUndoable(t.Context(), first); err != nil || !usable || address != ada {
		t.Fatalf("a later change took the first link's life: %v for %q, %v", usable, address, err)
	}
	if err := h.UndoEmailChange(t.Context(), first, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	got := h.User(t, ada)
	if got.ID != u.ID || got.Status != store.UserActive || got.TOTP || got.RecoveryCodes != 0 || got.Passkeys != 1 || !got.EmailVerifiedAt.Equal(u.EmailVerifiedAt) {
		t.Errorf("got %+v", got)
	}
	keys := roomtest.Must(h.Store.Direct().Passkeys.List(t.Context(), u.ID, 9))
	if len(keys) != 1 || keys[0].ID != before || keys[0].ID == added {
		t.Errorf("passkeys: %+v", keys)
	}
	if _, err := h.Store.Direct().Deletions.ByUser(t.Context(), u.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the deletion waits on: %v", err)
	}
	if h.Alive(t, stolen) || h.Works(t, ada, good) || h.Works(t, thief, good) {
		t.Error("a session or the password is alive")
	}
	if err := h.UndoEmailChange(t.Context(), second, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link that leads back to the thief: %v", err)
	}
	if usable, _, err := h.Resettable(t.Context(), reset); err != nil || usable {
		t.Errorf("the thief's reset link: %v, %v", usable, err)
	}
	h.Told(t, thief, "no longer the email address")
	if err := h.ResetPassword(t.Context(), h.LinkTo(t, ada, "/auth/reset-password"), "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if !h.Works(t, ada, "a fresh start 81") {
		t.Error("the owner's new password does not sign in")
	}
	if e := h.Trail(t, audit.KindEmailChangeUndone)[1]; e.Details != `{"code_generators":1,"deletion_cancelled":true,"passkeys":1,"recovery_codes":10}` {
		t.Errorf("the trail says %s", e.Details)
	}
}

func TestAnUndoEndsAfterSevenDays(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	undo := h.Moved(t, h.Join(t, ada), ada, adaNew)
	h.Clock.Advance(7*24*time.Hour - time.Second)
	if usable, _, err := h.EmailUndoable(t.Context(), undo); err != nil || !usable {
		t.Errorf("before: %v, %v", usable, err)
	}
	h.Clock.Advance(time.Second)
	if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("after: %v", err)
	}
	if got := h.User(t, adaNew); got.Email != adaNew {
		t.Errorf("got %+v", got)
	}
}

func TestAnUndoToAnAddressThatIsTakenWaits(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	undo := h.Moved(t, u, ada, adaNew)
	tokens := h.Device(t, adaNew, good)
	other := h.Join(t, ada)
	if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); !errors.Is(err, account.ErrEmailTaken) {
		t.Fatalf("got %v", err)
	}
	if got := h.User(t, adaNew); got.Epoch != u.Epoch || !h.Alive(t, tokens) {
		t.Errorf("something changed: %+v", got)
	}
	h.Moved(t, other, ada, "other@people.example")
	if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); err != nil {
		t.Errorf("once the address is free: %v", err)
	}
}

// An address that was never confirmed may be a stranger's.
func TestAnUnverifiedAddressCannotUndo(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	h.SignsUp(t, ada, good)
	u := h.User(t, ada)
	h.Want(t, u, adaNew)
	if _, err := h.Confirm(t, h.LinkTo(t, adaNew, "/auth/confirm-email")); err != nil {
		t.Fatal(err)
	}
	if m := h.Told(t, ada, "has a new email address"); len(m.Links) != 0 {
		t.Errorf("the mail has links: %v", m.Links)
	}
}

// A letter that was given up gets another link of the same kind, to the same
// address.
func TestLinksOfAChangeAreRenewed(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Want(t, u, adaNew)
	renew := func(to, before string) string {
		old := h.LinkTo(t, to, before)
		var again mail.Letter
		for _, j := range h.Letters(t) {
			if strings.Contains(j.Payload, `"to":"`+to+`"`) && strings.Contains(j.Payload, `"token_table"`) {
				l := roomtest.LetterOf(t, j)
				if err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
					again, err = h.RenewLink(ctx, tx, l)
					return err
				}); err != nil {
					t.Fatal(err)
				}
				if again.To != to || again.Token == old || again.Token == "" {
					t.Errorf("to %s with %q", again.To, again.Token)
				}
				if err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { _, err := h.RenewLink(ctx, tx, l); return err }); !errors.Is(err, jobs.ErrObsolete) {
					t.Errorf("a link that was replaced: %v", err)
				}
			}
		}
		return again.Token
	}
	confirm := renew(adaNew, "/auth/confirm-email")
	if _, err := h.Confirm(t, h.LinkTo(t, adaNew, "/auth/confirm-email")); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the old link: %v", err)
	}
	if _, err := h.Confirm(t, confirm); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), renew(ada, "/auth/undo-email"), roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
}

// Purged changes leave nothing behind, and no link that works.
func TestChangesArePurged(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Moved(t, u, ada, adaNew)
	h.Clock.Advance(13 * 24 * time.Hour)
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := roomtest.Must(h.Store.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 9})); len(left) != 1 {
		t.Fatalf("left: %+v", left)
	}
	h.Clock.Advance(2 * 24 * time.Hour)
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := roomtest.Must(h.Store.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 9})); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}
