package roomtest

import (
	"context"
	"sync"
)

// trouble is a database that answers every statement with an error, for a while.
type trouble struct {
	mu  sync.Mutex
	err error
}

func (f *trouble) around(_ context.Context, _ string, _ []any, do func() error) error {
	f.mu.Lock()
	err := f.err
	f.mu.Unlock()
	if err != nil {
		return err
	}
	return do()
}

// Breaks has every statement of the rooms end with an error from now on, as where
// the database is gone; nil mends it. Jobs go on.
func (h *House) Breaks(err error) {
	h.trouble.mu.Lock()
	defer h.trouble.mu.Unlock()
	h.trouble.err = err
}
