package password

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"

	"golang.org/x/crypto/bcrypt"
)

func TestTheQueueIsBoundedAndPatienceCounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, err := New(Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 1, Queue: 2})
		if err != nil {
			t.Fatal(err)
		}
		release, err := h.acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		impatient, leave := context.WithCancel(t.Context())
		outcomes := make(chan error, 2)
		for _, ctx := range []context.Context{impatient, t.Context()} {
			go func() {
				done, err := h.acquire(ctx)
				if err == nil {
					done()
				}
				outcomes <- err
			}()
		}
		synctest.Wait()
		if _, err := h.acquire(t.Context()); !errors.Is(err, ErrBusy) {
			t.Errorf("past the queue: got %v, want busy at once", err)
		}
		leave()
		if err := <-outcomes; !errors.Is(err, ErrBusy) || !errors.Is(err, context.Canceled) {
			t.Errorf("who has left: got %v, want busy because of leaving", err)
		}
		release()
		if err := <-outcomes; err != nil {
			t.Errorf("who has waited: %v", err)
		}
		if len(h.slots) != 0 || len(h.queue) != 0 {
			t.Errorf("%d slots and %d places are still taken", len(h.slots), len(h.queue))
		}
	})
}

func TestSlotsAreAtMostTheProcessors(t *testing.T) {
	t.Parallel()
	h, err := New(Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 1 << 10})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := cap(h.slots), runtime.GOMAXPROCS(0); got != want {
		t.Errorf("%d slots, want %d", got, want)
	}
}

// TestADecoyCostsWhatAHashCosts asks the libraries themselves: a decoy that they
// could not read would be refused without any work.
func TestADecoyCostsWhatAHashCosts(t *testing.T) {
	t.Parallel()
	b := bcryptScheme{cost: minBcryptCost}
	if err := bcrypt.CompareHashAndPassword([]byte(b.decoy()), []byte("x")); !errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
		t.Errorf("bcrypt: got %v, want a mismatch after the work", err)
	}
	for _, s := range []scheme{b, argon2id{memoryKiB: 64, passes: 3}} {
		stored, err := parse(s.decoy())
		if err != nil || !s.same(stored) {
			t.Errorf("%T: the decoy is not of the present setting: %v", s, err)
		}
	}
}

func TestTheCommonListIsWhole(t *testing.T) {
	t.Parallel()
	list, err := readCommon()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 49_233 {
		t.Errorf("%d common passwords, want 49,233", len(list))
	}
	for _, pw := range []string{"password", "12345678", "qwertyuiop", "iloveyou"} {
		if !list.has(pw) {
			t.Errorf("%s is not in the list", pw)
		}
	}
	if list.has("") || list.has("violet umbrella 27") {
		t.Error("what is not common is in the list")
	}
}
