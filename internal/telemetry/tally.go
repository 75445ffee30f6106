package telemetry

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// maxCounts bounds a tally, should a label ever come from outside. What is over
// it is counted under the label "other".
const maxCounts = 2000

// Unreadable is the counter of stored secrets that could not be read or opened,
// by what they are.
const Unreadable = "unreadable_secret"

// Tally counts what happened, by name and outcome, without knowing who will
// export it. The zero value is ready and a nil one counts nothing. It is safe
// for concurrent use.
type Tally struct {
	mu     sync.RWMutex
	counts map[tallyKey]*atomic.Uint64
}

type tallyKey struct{ name, label string }

// Count is one line of a tally.
type Count struct {
	Name, Label string
	N           uint64
}

// Add counts one event. Labels are words from the code, never from a request.
func (t *Tally) Add(name, label string) { t.AddN(name, label, 1) }

// AddN counts n events. With 0 the count is there before anything happened.
func (t *Tally) AddN(name, label string, n uint64) {
	if t == nil {
		return
	}
	t.counter(tallyKey{name, label}).Add(n)
}

func (t *Tally) counter(key tallyKey) *atomic.Uint64 {
	t.mu.RLock()
	n, ok := t.counts[key]
	t.mu.RUnlock()
	if ok {
		return n
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[tallyKey]*atomic.Uint64{}
	}
	if n, ok = t.counts[key]; ok {
		return n
	}
	if len(t.counts) >= maxCounts {
		key.label = "other"
		if n, ok = t.counts[key]; ok {
			return n
		}
	}
	n = new(atomic.Uint64)
	t.counts[key] = n
	return n
}

// Snapshot lists the counts by name and label.
func (t *Tally) Snapshot() []Count {
	if t == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	counts := make([]Count, 0, len(t.counts))
	for key, n := range t.counts {
		counts = append(counts, Count{Name: key.name, Label: key.label, N: n.Load()})
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Label, b.Label))
	})
	return counts
}
