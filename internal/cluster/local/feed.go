package local

import (
	"context"
	"slices"
	"sync"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// newsWaiting is how much news a subscriber may lag behind before it loses
// some.
const newsWaiting = 256

// Feed implements cluster.Feed within one process.
type Feed struct {
	mu          sync.Mutex
	subscribers map[chan cluster.News]bool
}

var _ cluster.Feed = (*Feed)(nil)

// NewFeed returns a feed without subscribers.
func NewFeed() *Feed {
	return &Feed{subscribers: map[chan cluster.News]bool{}}
}

// Publish hands the news to every subscriber that has room. It never waits.
func (f *Feed) Publish(_ context.Context, history string, revocations []store.Revocation) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.subscribers {
		select {
		case s <- cluster.News{History: history, Revocations: slices.Clone(revocations)}:
		default: // it lags, and will see a gap
		}
	}
	return nil
}

// Subscribe calls hear for news until ctx is done.
func (f *Feed) Subscribe(ctx context.Context, hear func(cluster.News)) error {
	s := make(chan cluster.News, newsWaiting)
	f.mu.Lock()
	f.subscribers[s] = true
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		delete(f.subscribers, s)
		f.mu.Unlock()
	}()
	for {
		select {
		case n := <-s:
			hear(n)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
