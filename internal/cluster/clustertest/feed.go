package clustertest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func news() cluster.News {
	at := time.Date(2026, 3, 4, 5, 6, 7, 8000, time.UTC)
	return cluster.News{History: "h1", Revocations: []store.Revocation{
		{
			Number: 7, Kind: store.RevokedSession, Subject: "9b2f0e6c-6b1e-4a53-8f0e-3a0c7c1d2e3f",
			RevokedAt: at, ExpiresAt: at.Add(time.Hour),
		},
		{
			Number: 8, Kind: store.RevokedUser, Subject: "1c2f0e6c-6b1e-4a53-8f0e-3a0c7c1d2e3f", Epoch: 3,
			RevokedAt: at, ExpiresAt: at.Add(time.Hour),
		},
	}}
}

// subscribe collects what is heard until the test ends.
func subscribe(t *testing.T, f cluster.Feed, hear func(cluster.News)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		if err := f.Subscribe(ctx, hear); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Subscribe: %v", err)
		}
	})
	t.Cleanup(func() { cancel(); done.Wait() })
}

func feedReachesEverySubscriber(t *testing.T, a Adapter) {
	want := news()
	var heard [3]atomic.Bool
	for n := range heard {
		subscribe(t, a.Feed, func(got cluster.News) {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("news changed on its way (-want +got):\n%s", diff)
			}
			heard[n].Store(true)
		})
	}
	waittest.Until(t, "every subscriber hears", func() bool {
		if err := a.Feed.Publish(t.Context(), want.History, want.Revocations); err != nil {
			t.Fatal(err)
		}
		return heard[0].Load() && heard[1].Load() && heard[2].Load()
	})
}

func feedCallsDoNotOverlap(t *testing.T, a Adapter) {
	var inside, calls atomic.Int32
	subscribe(t, a.Feed, func(cluster.News) {
		if inside.Add(1) > 1 {
			t.Error("hear was called while it ran")
		}
		time.Sleep(100 * time.Microsecond)
		inside.Add(-1)
		calls.Add(1)
	})
	n := news()
	waittest.Until(t, "twenty calls", func() bool {
		var racers sync.WaitGroup
		for range 8 {
			racers.Go(func() { _ = a.Feed.Publish(t.Context(), n.History, n.Revocations) })
		}
		racers.Wait()
		return calls.Load() >= 20
	})
}

func feedSubscribeEnds(t *testing.T, a Adapter) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Feed.Subscribe(ctx, func(cluster.News) {}) }()
	cancel()
	select {
	case err := <-ended:
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Subscribe: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Subscribe outlives its context")
	}
}

func feedPublishNeedsNoSubscriber(t *testing.T, a Adapter) {
	n := news()
	if err := a.Feed.Publish(t.Context(), n.History, n.Revocations); err != nil {
		t.Errorf("Publish: %v", err)
	}
}

func feedPublishIsNotHeldUp(t *testing.T, a Adapter) {
	stuck, started := make(chan struct{}), make(chan struct{})
	var once sync.Once
	subscribe(t, a.Feed, func(cluster.News) {
		once.Do(func() { close(started) })
		<-stuck
	})
	defer close(stuck)
	n := news()
	for begun := false; !begun; {
		_ = a.Feed.Publish(t.Context(), n.History, n.Revocations)
		select {
		case <-started:
			begun = true
		default:
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 2000 {
			_ = a.Feed.Publish(t.Context(), n.History, n.Revocations)
		}
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("a subscriber that does not come back holds up Publish")
	}
}

func feedPublishEnds(t *testing.T, a Adapter) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := news()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = a.Feed.Publish(ctx, n.History, n.Revocations)
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("Publish outlives its context")
	}
}
