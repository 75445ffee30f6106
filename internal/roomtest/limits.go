package roomtest

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Buckets is what limits count in: it lets everything through until it is told to
// refuse, and notes what was counted.
type Buckets struct {
	mu      sync.Mutex
	wait    time.Duration
	counted []string
}

// Take notes what is counted.
func (b *Buckets) Take(_ context.Context, key string, _ cluster.Rate) (allowed bool, wait time.Duration, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counted = append(b.counted, strings.TrimPrefix(key, store.DefaultRealm+"|"))
	return b.wait == 0, b.wait, nil
}

// GiveBack forgets nothing.
func (*Buckets) GiveBack(context.Context, string, cluster.Rate) error { return nil }

// Refuse has everything refused from now on that is counted, with a time to wait; 0
// lets it through again.
func (b *Buckets) Refuse(wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wait = wait
}

// Counted gives what was counted since it was last asked: flow|name, oldest first.
func (b *Buckets) Counted() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	counted := b.counted
	b.counted = nil
	return counted
}
