package emailchange_test

import (
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// waits checks which address waits for a user.
func waits(t *testing.T, h *roomtest.House, u store.User, want string) {
	t.Helper()
	if got, err := h.PendingEmail(t.Context(), u); err != nil || got != want {
		t.Errorf("%q waits (%v), want %q", got, err, want)
	}
}

func TestAnAddressWaitsUntilItsLinkIsUsedOrOver(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	waits(t, h, u, "")
	h.Want(t, u, "first@new.example")
	waits(t, h, u, "first@new.example")
	h.Want(t, u, adaNew)
	waits(t, h, u, adaNew)
	if _, err := h.Confirm(t, h.LinkTo(t, adaNew, "/auth/confirm-email")); err != nil {
		t.Fatal(err)
	}
	u = h.User(t, adaNew)
	waits(t, h, u, "")
	h.Want(t, u, "late@new.example")
	h.Clock.Advance(366 * 24 * time.Hour)
	waits(t, h, u, "")
}

// What one's own page says must not tell whose address it is.
func TestAnAddressThatIsAnothersWaitsLikeAnyOther(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Join(t, thief)
	h.Want(t, u, thief)
	waits(t, h, u, thief)
}
