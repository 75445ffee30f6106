package rbac_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// changes are what operators do, each of which would leave an event.
func (w world) changes(on store.User, role string) map[string]func(context.Context, audit.Operator) error {
	return map[string]func(context.Context, audit.Operator) error{
		"disable": func(ctx context.Context, by audit.Operator) error {
			return w.users.Disable(ctx, on.ID, admin.Change{By: by})
		},
		"sign out": func(ctx context.Context, by audit.Operator) error {
			return w.users.SignOut(ctx, on.ID, admin.Change{By: by})
		},
		"roles": func(ctx context.Context, by audit.Operator) error {
			_, err := w.users.ChangeRoles(ctx, on.ID, []string{"editor"}, nil, admin.Change{By: by})
			return err
		},
		"define": func(ctx context.Context, by audit.Operator) error {
			_, err := w.roles.Create(ctx, role, []string{"articles:write"}, by)
			return err
		},
	}
}

// TestAnOperatorWhoIsOutChangesNothing has changes wait for the rows that another
// transaction holds, in which the operator loses what they were let in by. What was let
// in is decided again behind that.
func TestAnOperatorWhoIsOutChangesNothing(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(roomtest.On(t, fleettest.Database(t, engine)))
		losses := map[string]func(ctx context.Context, tx *store.Tx, u store.User, by audit.Operator) error{
			"disabled": func(ctx context.Context, tx *store.Tx, u store.User, _ audit.Operator) error {
				_, err := rbac.SetStatus(ctx, tx, u.ID, store.UserActive, store.UserDisabled, w.Clock.Now())
				return err
			},
			"lowered": func(ctx context.Context, tx *store.Tx, u store.User, _ audit.Operator) error {
				return rbac.SetRoles(ctx, tx, u, []string{"auditor"}, w.Clock.Now())
			},
			"signed out": func(ctx context.Context, tx *store.Tx, u store.User, by audit.Operator) error {
				return w.Sessions.EndByOperator(ctx, tx, u.ID, by.SessionID, machine)
			},
		}
		n := 0
		for loss, lose := range losses {
			for what := range w.changes(store.User{}, "") {
				n++
				u, on := w.somebody(t, fmt.Sprintf("op%d", n), "admin"), w.somebody(t, fmt.Sprintf("on%d", n))
				by := w.as(t, u)
				done := make(chan error, 1)
				if err := w.asks(t, func(ctx context.Context, tx *store.Tx) error {
					for _, id := range slices.Sorted(slices.Values([]string{u.ID, on.ID})) {
						if err := tx.Users.Lock(ctx, id); err != nil {
							return err
						}
					}
					if err := tx.Facts.Hold(ctx, store.FactOwners); err != nil {
						return err
					}
					go func() {
						done <- w.changes(on, fmt.Sprintf("role%d", n))[what](context.WithoutCancel(ctx), by)
					}()
					select { // it waits, whatever it reads first
					case err := <-done:
						t.Errorf("%s did not wait: %v", what, err)
						done <- err
					case <-time.After(50 * time.Millisecond):
					}
					return lose(ctx, tx, u, by)
				}); err != nil {
					t.Fatal(err)
				}
				if err := <-done; !errors.Is(err, session.ErrInvalidToken) && !errors.Is(err, rbac.ErrPermission) {
					t.Errorf("%s by one who was %s meanwhile: %v", what, loss, err)
				}
			}
		}
		for _, kind := range []string{audit.KindUserDisabled, audit.KindUserSignedOut, audit.KindRolesChanged, audit.KindRoleCreated} {
			if n := w.Count(t, kind); n != 0 {
				t.Errorf("%d events %s of operators who were out", n, kind)
			}
		}
	})
}

// TestOfTwoWhoDisableEachOtherOneStays has owners go for each other, 16 calls each. A
// third owner looks on, so that neither is the last.
func TestOfTwoWhoDisableEachOtherOneStays(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(roomtest.On(t, fleettest.Database(t, engine)))
		w.somebody(t, "third", "owner")
		for round, act := range []func(on store.User, by audit.Operator) error{
			func(on store.User, by audit.Operator) error {
				return w.users.Disable(t.Context(), on.ID, admin.Change{By: by})
			},
			func(on store.User, by audit.Operator) error {
				_, err := w.users.SetRoles(t.Context(), on.ID, []string{"editor"}, admin.Change{By: by})
				return err
			},
		} {
			ada, bob := w.somebody(t, fmt.Sprintf("ada%d", round), "owner"), w.somebody(t, fmt.Sprintf("bob%d", round), "owner")
			asAda, asBob := w.as(t, ada), w.as(t, bob)
			var calls []func() error
			for range 16 {
				calls = append(calls, func() error { return act(bob, asAda) }, func() error { return act(ada, asBob) })
			}
			won := [2]int{}
			for n, err := range roomtest.At(calls...) {
				if err == nil {
					won[n%2]++ // what is so already stays so
				} else if !errors.Is(err, session.ErrInvalidToken) && !errors.Is(err, rbac.ErrPermission) {
					t.Errorf("call %d: %v", n, err)
				}
			}
			if (won[0] > 0) == (won[1] > 0) {
				t.Errorf("round %d: %d calls by the one and %d by the other have won", round, won[0], won[1])
			}
		}
		if d, r, left := w.Count(t, audit.KindUserDisabled), w.Count(t, audit.KindRolesChanged), w.owners(t); d != 1 || r != 1 || left != 3 {
			t.Errorf("%d were disabled and %d lowered, %d owners are left; want 1, 1, 3", d, r, left)
		}
	})
}
