package recovery_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// usableResets lists the reset tokens of a user that would work.
func usableResets(t *testing.T, h *roomtest.House, u store.User) []store.OneTimeToken {
	t.Helper()
	var left []store.OneTimeToken
	for _, tok := range roomtest.Must(h.Store.Direct().Tokens.List(t.Context(), u.ID, store.Page{Limit: 200})) {
		if tok.Purpose == store.PurposeResetPassword && tok.ConsumedAt.IsZero() && tok.SupersededAt.IsZero() {
			left = append(left, tok)
		}
	}
	return left
}

// A reset that was asked for at an address, and read whose it is, writes nothing
// once the address is another's or everything has ended.
func TestAResetAskedForMeanwhileIsNotMinted(t *testing.T) {
	t.Parallel()
	// On SQLite one transaction writes at a time: none can end within another.
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		for name, test := range map[string]func(t *testing.T, h *roomtest.House, u store.User) (asked string, meanwhile func() error){
			"undone": func(t *testing.T, h *roomtest.House, u store.User) (string, func() error) {
				t.Helper()
				undo := h.Moved(t, u, ada, thief)
				return thief, func() error { return h.UndoEmailChange(t.Context(), undo, roomtest.Origin()) }
			},
			"confirmed": func(t *testing.T, h *roomtest.House, u store.User) (string, func() error) {
				t.Helper()
				h.Want(t, u, adaNew)
				confirm := h.LinkTo(t, adaNew, "/auth/confirm-email")
				return ada, func() error { _, err := h.Confirm(t, confirm); return err }
			},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				h := roomtest.On(t, fleettest.Database(t, engine))
				u := h.Join(t, ada)
				asked, meanwhile := test(t, h, u)
				h.Gate.OnceRead(func() {
					if err := meanwhile(); err != nil {
						t.Error(err)
					}
				})
				if err := h.RequestReset(t.Context(), asked, roomtest.Origin()); err != nil {
					t.Fatal(err)
				}
				h.Settled(t)
				for _, m := range h.Box.List(asked) {
					if strings.Contains(m.Text, "/auth/reset-password") {
						t.Errorf("%s got a link: %s", asked, m.Subject)
					}
				}
				if left, want := len(usableResets(t, h, u)), map[string]int{"undone": 1}[name]; left != want {
					t.Errorf("%d reset links work, want %d", left, want)
				}
			})
		}
	})
}

// Resets that are asked for while a change is undone are of before, and end, or of
// after, and find nobody.
func TestNoResetLinkOutlivesAnUndo(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine), func(o *roomtest.Settings) { o.ResetPasswordTTL = 24 * time.Hour })
		u := h.Join(t, ada)
		undo := h.Moved(t, u, ada, thief)
		calls := []func() error{func() error { return h.UndoEmailChange(t.Context(), undo, roomtest.Origin()) }}
		for range 15 {
			calls = append(calls, func() error { return h.RequestReset(t.Context(), thief, roomtest.Origin()) })
		}
		for n, err := range roomtest.At(calls...) {
			if err != nil {
				t.Errorf("call %d: %v", n, err)
			}
		}
		if left := usableResets(t, h, u); len(left) != 1 {
			t.Errorf("%d reset links work, want the one of the owner", len(left))
		}
	})
}
