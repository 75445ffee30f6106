package keys_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// unrecorded is for tests that look at keys alone.
func unrecorded(context.Context, *store.Tx, keys.Replaced) error { return nil }

// states lists what each key does, the newest first.
func states(t *testing.T, r *keys.Ring) (all []keys.State) {
	t.Helper()
	list, err := r.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range list {
		all = append(all, k.State)
	}
	return all
}

func replace(t *testing.T, r *keys.Ring, u keys.Urgency) keys.Replaced {
	t.Helper()
	done, err := r.Replace(t.Context(), u, unrecorded)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestAnAnnouncedKeySignsInAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server, command := w.ring(t), keys.New(w.options())
	first := active(t, server).ID()
	done := replace(t, command, keys.Announced)
	if _, err := command.Replace(t.Context(), keys.Announced, unrecorded); !errors.Is(err, keys.ErrAnnounced) {
		t.Errorf("announced again: %v", err)
	}
	maintain(t, server)
	if active(t, server).ID() != first || !slices.Contains(published(t, server), done.ID) {
		t.Error("the new key is not published, or signs already")
	}
	if got := states(t, command); !slices.Equal(got, []keys.State{keys.StatePublished, keys.StateActive}) {
		t.Errorf("the states are %v", got)
	}
	w.clock.Advance(time.Hour)
	maintain(t, server)
	if active(t, server).ID() != done.ID || !server.Holds(first, w.clock.Now()) {
		t.Error("an hour later it does not sign, or the old one does not verify")
	}
	if got := states(t, command); !slices.Equal(got, []keys.State{keys.StateActive, keys.StateRetiring}) {
		t.Errorf("the states are %v", got)
	}
}

func TestAKeyAtOnceTakesTheTurnOfTheOneThatWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := w.ring(t)
	first, waiting := active(t, server).ID(), replace(t, server, keys.Announced)
	done := replace(t, server, keys.AtOnce)
	maintain(t, server)
	w.clock.Advance(30 * time.Minute)
	if active(t, server).ID() != done.ID || !server.Holds(first, w.clock.Now()) {
		t.Error("it does not sign, or the old one does not verify")
	}
	w.clock.Advance(time.Hour)
	maintain(t, server)
	if active(t, server).ID() == waiting.ID {
		t.Error("the key that waited signs after all")
	}
}

// TestRevokingLeavesOneKey to a server that hears of it by a token alone.
func TestRevokingLeavesOneKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server, other := w.ring(t), w.ring(t)
	replace(t, server, keys.Announced)
	maintain(t, server, other)
	first := active(t, server).ID()
	done := replace(t, server, keys.Revoking)
	if done.Revoked != 2 {
		t.Errorf("%d keys were revoked, want 2", done.Revoked)
	}
	w.clock.Advance(2 * time.Second) // at most so often a server looks for a key
	if _, err := other.Find(t.Context(), done.ID); err != nil {
		t.Fatal(err)
	}
	if other.Holds(first, w.clock.Now()) || active(t, other).ID() != done.ID || !slices.Equal(published(t, other), []string{done.ID}) {
		t.Error("a stolen key verifies, signs or is published")
	}
}

func TestReplacingKeysAtOnceLeavesOneThatSigns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := w.ring(t)
	var operators sync.WaitGroup
	for n := range 8 {
		operators.Go(func() {
			if _, err := w.ring(t).Replace(t.Context(), keys.Urgency(1+n%2), unrecorded); err != nil {
				t.Error(err)
			}
		})
	}
	operators.Wait()
	maintain(t, server)
	count := 0
	for _, s := range states(t, server) {
		if s == keys.StateActive {
			count++
		}
	}
	if count != 1 || len(published(t, server)) == 0 {
		t.Errorf("%d keys sign: %v", count, states(t, server))
	}
}

// TestAKeyThatIsNotRecordedIsNotMade because nobody would know who made it.
func TestAKeyThatIsNotRecordedIsNotMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := w.ring(t)
	down := errors.New("down")
	_, err := server.Replace(t.Context(), keys.Revoking, func(context.Context, *store.Tx, keys.Replaced) error { return down })
	if !errors.Is(err, down) || len(states(t, server)) != 1 {
		t.Errorf("%v; %v", err, states(t, server))
	}
	if _, err := w.ring(t, shared(secret.Bytes(32))).Replace(t.Context(), keys.AtOnce, unrecorded); !errors.Is(err, keys.ErrSharedKey) {
		t.Errorf("the operator's own key: %v", err)
	}
}
