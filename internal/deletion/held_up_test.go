package deletion_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// heldUp is an erasure that is held up, once, in one of two moments.
type heldUp struct {
	begun, almostDone func() // the user was read; their rows are about to go
	nows              int
}

func (h *heldUp) around(_ context.Context, statement string, _ []any, do func() error) error {
	if statement == "SELECT {now}" {
		if h.nows++; h.nows == 2 && h.almostDone != nil {
			h.almostDone()
		}
	}
	err := do()
	if begun := h.begun; begun != nil && strings.HasSuffix(statement, "FROM users WHERE realm_id = ? AND id = ?") {
		h.begun = nil
		begun()
	}
	return err
}

// eraseHeldUp erases a user, held up in a moment, and gives what is logged.
func eraseHeldUp(t *testing.T, h *roomtest.House, userID string, s heldUp) string {
	t.Helper()
	var log bytes.Buffer
	records := h.RecordsOver(h.Store.Around(s.around), slog.New(slog.NewTextHandler(&log, nil)))
	if err := records.Erase(t.Context(), userID); err != nil {
		t.Error(err)
	}
	return log.String()
}

// due is a user whose time to be erased has come.
func due(t *testing.T, h *roomtest.House) store.User {
	t.Helper()
	u := h.Join(t, ada)
	if _, err := h.Leave(t, h.Device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	h.Settled(t)
	h.Clock.Advance(169 * time.Hour)
	return u
}

// to gives the kinds of the letters to an address that wait or were sent.
func to(t *testing.T, h *roomtest.House, address string) []mail.Kind {
	t.Helper()
	var kinds []mail.Kind
	for _, j := range h.Letters(t) {
		if l := roomtest.LetterOf(t, j); l.To == address {
			kinds = append(kinds, l.Kind)
		}
	}
	return kinds
}

// An instance that sleeps for longer than its lease finds the user erased by
// another, and the address given away.
func TestAnErasureThatIsHeldUpLeavesTheNextOwnerAlone(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(func()) heldUp{
		"at its begin": func(do func()) heldUp { return heldUp{begun: do} },
		"near its end": func(do func()) heldUp { return heldUp{almostDone: do} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t)
			u := due(t, h)
			said := eraseHeldUp(t, h, u.ID, at(func() {
				h.Clock.Advance(16 * time.Minute)
				h.EraseDue(t)
				if got := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID)); got.Status != store.UserErased {
					t.Errorf("the other left %+v", got)
				}
				err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
					return h.Postman.Enqueue(ctx, tx, mail.Letter{Kind: mail.VerifyEmail, To: ada})
				})
				if err != nil {
					t.Error(err)
				}
			}))
			var kept bool
			for _, kind := range to(t, h, ada) {
				kept = kept || kind == mail.VerifyEmail
			}
			if !kept {
				t.Error("the letter of the next owner is gone")
			}
			if n := len(h.Trail(t, audit.KindUserErased)); n != 1 || said != "" {
				t.Errorf("%d events; the second said %q", n, said)
			}
		})
	}
}

// An operator who disables a user meanwhile decides, and nothing says that the
// user is erased.
func TestAnErasureEndsWhereAnOperatorDisablesTheUser(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := due(t, h)
	said := eraseHeldUp(t, h, u.ID, heldUp{almostDone: func() {
		disabled, err := h.Store.Direct().Users.SetStatus(t.Context(), u.ID, store.UserPendingDeletion, store.UserDisabled, h.Clock.Now())
		if err != nil || !disabled {
			t.Error(disabled, err)
		}
	}})
	got := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID))
	if got.Status != store.UserDisabled || got.Email != ada || said != "" || len(h.Trail(t, audit.KindUserErased)) != 0 {
		t.Errorf("the user is %+v; said was %q", got, said)
	}
}

// The owner of an address gets it back in the moment in which the account that
// held it is erased. Their letter is not the holder's.
func TestAnAddressThatIsPutBackMeanwhileIsNotErased(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(func()) heldUp{
		"at its begin": func(do func()) heldUp { return heldUp{begun: do} },
		"near its end": func(do func()) heldUp { return heldUp{almostDone: do} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t, roomtest.Unverified, func(o *roomtest.Settings) { o.DeletionCooling = time.Hour })
			u, undo, holder := h.Squatted(t)
			h.Settled(t)
			h.Clock.Advance(2 * time.Hour)
			eraseHeldUp(t, h, holder.ID, at(func() {
				if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); err != nil {
					t.Error(err)
				}
			}))
			kinds := to(t, h, ada)
			var restored, erased bool
			for _, kind := range kinds {
				restored, erased = restored || kind == mail.EmailRestored, erased || kind == mail.AccountErased
			}
			if !restored || erased {
				t.Errorf("the owner's letters are %v", kinds)
			}
			if got := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), holder.ID)); got.Status != store.UserErased {
				t.Errorf("the holder is %+v", got)
			}
			if got := h.User(t, ada); got.ID != u.ID || got.Status != store.UserActive {
				t.Errorf("the owner is %+v", got)
			}
		})
	}
}

// What was released has no address to be told anything at, also if a passkey
// still says who its owner is.
func TestAnAccountThatLostItsAddressIsNotKept(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	_, undo, holder := h.Squatted(t)
	if err := h.UndoEmailChange(t.Context(), undo, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	var token string
	now := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), holder.ID))
	err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		token, err = h.OfferRestore(ctx, tx, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Restore(t.Context(), token, roomtest.Origin()); err == nil {
		t.Error("it was kept")
	}
	if got := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), holder.ID)); got.Status != store.UserPendingDeletion {
		t.Errorf("it is %+v", got)
	}
}
