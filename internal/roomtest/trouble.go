package roomtest

import (
	"context"
	"strings"
	"sync"
)

// trouble is a database that answers every statement with an error, for a while, or
// in which something else happens before a statement.
type trouble struct {
	mu        sync.Mutex
	err       error
	statement string
	first     func()
	failed    int
}

func (f *trouble) around(_ context.Context, statement string, _ []any, do func() error) error {
	f.mu.Lock()
	first := f.first
	if first == nil || !strings.Contains(statement, f.statement) {
		first = func() {}
	} else {
		f.first = nil
	}
	f.mu.Unlock()
	first()
	f.mu.Lock()
	err := f.err
	f.mu.Unlock()
	if err != nil {
		return err
	}
	if err = do(); err != nil {
		f.mu.Lock()
		f.failed++
		f.mu.Unlock()
	}
	return err
}

// Failed is how many statements of the rooms ended with an error of the database.
func (h *House) Failed() int {
	h.trouble.mu.Lock()
	defer h.trouble.mu.Unlock()
	return h.trouble.failed
}

// Breaks has every statement of the rooms end with an error from now on, as where
// the database is gone; nil mends it. Jobs go on.
func (h *House) Breaks(err error) {
	h.trouble.mu.Lock()
	defer h.trouble.mu.Unlock()
	h.trouble.err = err
}

// Before makes do happen before the next statement of the rooms that has a text in
// it, once.
func (h *House) Before(statement string, do func()) {
	h.trouble.mu.Lock()
	defer h.trouble.mu.Unlock()
	h.trouble.statement, h.trouble.first = statement, do
}
