package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// A refusal writes as much for an address without an account as for one that has one:
// on the tenth, a letter to nobody.
func TestARefusalWritesTheSameForStrangers(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	refuse := func(u store.User, address string) (rows [11]int) {
		t.Helper()
		for n := range rows {
			rows[n] = h.RowsWritten(t, func() error {
				return h.Rooms.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
					return h.Refuse(ctx, tx, ratelimit.WrongPassword, u, address, roomtest.Origin())
				})
			})
		}
		return rows
	}
	want := [11]int{9: 1}
	if got := refuse(u, u.EmailCanonical); got != want {
		t.Errorf("an account: %v rows, want %v", got, want)
	}
	if got := refuse(store.User{}, "nobody@people.example"); got != want {
		t.Errorf("an address without one: %v rows, want %v", got, want)
	}
	if n, err := h.Refused(t.Context(), u); err != nil || n != (account.Refused{Passwords: 11}) {
		t.Errorf("the owner is shown %+v, %v", n, err)
	}
	h.Clock.Advance(24*time.Hour + time.Second)
	if n, err := h.Refused(t.Context(), u); err != nil || n != (account.Refused{}) {
		t.Errorf("a day later the owner is shown %+v, %v", n, err)
	}
}
