package account_test

import (
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// waits checks which address waits for a user.
func (h *house) waits(t *testing.T, u store.User, want string) {
	t.Helper()
	if got, err := h.PendingEmail(t.Context(), u); err != nil || got != want {
		t.Errorf("%q waits (%v), want %q", got, err, want)
	}
}

func TestAnAddressWaitsUntilItsLinkIsUsedOrOver(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	h.waits(t, u, "")
	h.want(t, u, "first@new.example")
	h.waits(t, u, "first@new.example")
	h.want(t, u, adaNew)
	h.waits(t, u, adaNew)
	if _, err := h.confirm(t, h.linkTo(t, adaNew, "/auth/confirm-email")); err != nil {
		t.Fatal(err)
	}
	u = h.user(t, adaNew)
	h.waits(t, u, "")
	h.want(t, u, "late@new.example")
	h.clock.Advance(366 * 24 * time.Hour)
	h.waits(t, u, "")
}

// What one's own page says must not tell whose address it is.
func TestAnAddressThatIsAnothersWaitsLikeAnyOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	h.join(t, thief)
	h.want(t, u, thief)
	h.waits(t, u, thief)
}
