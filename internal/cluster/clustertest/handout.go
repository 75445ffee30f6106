package clustertest

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// nextSoon waits a moment for an id; "" if there is none.
func nextSoon(t *testing.T, h cluster.Handout, d time.Duration) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	id, err := h.Next(ctx)
	if err != nil && ctx.Err() == nil {
		t.Fatalf("Next: %v", err)
	}
	return id
}

func handoutHandsOut(t *testing.T, a Adapter) {
	if err := a.Handout.Announce(t.Context(), []string{"one", "two"}); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{nextSoon(t, a.Handout, patience): true, nextSoon(t, a.Handout, patience): true}
	if !got["one"] || !got["two"] {
		t.Errorf("handed out %v, want one and two", got)
	}
}

func handoutWakes(t *testing.T, a Adapter) {
	got := make(chan string, 1)
	go func() {
		id, _ := a.Handout.Next(t.Context())
		got <- id
	}()
	var id string
	waittest.Until(t, "the one who waits is woken", func() bool {
		_ = a.Handout.Announce(t.Context(), []string{"due"})
		select {
		case id = <-got:
			return true
		default:
			return false
		}
	})
	if id != "due" {
		t.Errorf("got %q", id)
	}
}

func handoutNextEnds(t *testing.T, a Adapter) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := a.Handout.Next(ctx)
		ended <- err
	}()
	cancel()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("Next gave an id that nobody announced")
		}
	case <-time.After(patience):
		t.Fatal("Next outlives its context")
	}
}

func handoutAnnounceNeverBlocks(t *testing.T, a Adapter) {
	ids := make([]string, 1000)
	for n := range ids {
		ids[n] = strconv.Itoa(n)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 20 {
			_ = a.Handout.Announce(t.Context(), ids)
		}
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("Announce waits for somebody to take the ids")
	}
}

func handoutOneWorker(t *testing.T, a Adapter) {
	if err := a.Handout.Announce(t.Context(), []string{"only"}); err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 2)
	for range 2 {
		go func() { got <- nextSoon(t, a.Handout, 200*time.Millisecond) }()
	}
	if first, second := <-got, <-got; first+second != "only" {
		t.Errorf("two workers got %q and %q of one announcement", first, second)
	}
}

func handoutShares(t *testing.T, a Adapter) {
	const workers, ids = 8, 200
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	taken := make(chan string)
	for range workers {
		all.Go(func() {
			for {
				id, err := a.Handout.Next(ctx)
				if err != nil {
					return
				}
				select {
				case taken <- id:
				case <-ctx.Done():
				}
			}
		})
	}
	for n := range ids {
		if err := a.Handout.Announce(t.Context(), []string{strconv.Itoa(n)}); err != nil {
			t.Fatal(err)
		}
	}
	times := map[string]int{}
	deadline := time.After(patience)
	for range ids {
		select {
		case id := <-taken:
			times[id]++
		case <-deadline:
			t.Fatalf("%d of %d ids were handed out", len(times), ids)
		}
	}
	if len(times) != ids {
		t.Errorf("%d ids were handed out in %d turns", len(times), ids)
	}
}

// handoutLeavesNothingBehind has somebody give up waiting just before an id
// comes: the next one gets it.
func handoutLeavesNothingBehind(t *testing.T, a Adapter) {
	for n := range 5 {
		want := strconv.Itoa(n)
		if id := nextSoon(t, a.Handout, time.Duration(n)*time.Millisecond); id != "" {
			t.Fatalf("got %q, which nobody announced", id)
		}
		if err := a.Handout.Announce(t.Context(), []string{want}); err != nil {
			t.Fatal(err)
		}
		if id := nextSoon(t, a.Handout, patience); id != want {
			t.Fatalf("got %q, want %q", id, want)
		}
	}
}
