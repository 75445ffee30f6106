package hook_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// TestEndingASessionTakesItsUserFirst: where events are numbered, whatever ends a
// session takes the user's row as well. It takes that one first, as those do who hold
// the session that asks, or each would wait for what the other has, until the database
// undoes one of them.
func TestEndingASessionTakesItsUserFirst(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		w := world{House: roomtest.On(t, fleettest.Database(t, engine), roomtest.Hooked(&wire{}))}
		w.add(t, hook.Draft{URL: front, Ordered: true})
		u := w.Join(t, roomtest.Ada)
		refresh := func(t *testing.T, tokens session.Tokens) session.Tokens {
			w.Clock.Advance(5 * time.Minute)
			next, err := w.Sessions.Refresh(t.Context(), tokens.RefreshToken, "", roomtest.Origin())
			if err != nil {
				t.Fatal(err)
			}
			return next
		}
		again := func(tokens session.Tokens, want error) error {
			w.Clock.Advance(5 * time.Minute)
			if _, err := w.Sessions.Refresh(t.Context(), tokens.RefreshToken, "", roomtest.Origin()); !errors.Is(err, want) {
				return fmt.Errorf("the refresh: %w, want %w", err, want)
			}
			return nil
		}
		for name, end := range map[string]func(t *testing.T, tokens session.Tokens) error{
			"logout": func(t *testing.T, tokens session.Tokens) error {
				_, err := w.Sessions.Logout(t.Context(), session.Logout{RefreshToken: tokens.RefreshToken, Origin: roomtest.Origin()})
				return err
			},
			"its own end": func(t *testing.T, tokens session.Tokens) error {
				return w.Sessions.End(t.Context(), asker(u, tokens), tokens.SessionID)
			},
			// These find that it has ended, once they have waited for the user.
			"a replay":      func(_ *testing.T, tokens session.Tokens) error { return again(tokens, session.ErrEnded) },
			"a lost answer": func(_ *testing.T, tokens session.Tokens) error { return again(tokens, session.ErrEnded) },
		} {
			mine, other := w.first(t, roomtest.Ada), w.first(t, roomtest.Ada)
			switch name {
			case "a lost answer":
				refresh(t, other)
			case "a replay":
				refresh(t, refresh(t, other))
			}
			before := w.Failed()
			var wg sync.WaitGroup
			// The one that asks holds the user, and is about to end the other session.
			w.Before("UPDATE sessions SET revoked_at", func() {
				waits := make(chan struct{})
				w.Before("UPDATE users SET", func() { close(waits) })
				wg.Go(func() {
					if err := end(t, other); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				})
				<-waits
			})
			if err := w.Sessions.End(t.Context(), asker(u, mine), other.SessionID); err != nil {
				t.Errorf("%s: the other one: %v", name, err)
			}
			wg.Wait()
			if n := w.Failed() - before; n != 0 {
				t.Errorf("%s: %d statements failed: the locks form a cycle", name, n)
			}
		}
	})
}
