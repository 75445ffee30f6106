package roomtest

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
)

// Gate lets a test do something in the very moment between what a room has read
// and the transaction that acts on it, and counts what transactions write.
type Gate struct {
	mu      sync.Mutex
	before  func()
	read    func()
	Written atomic.Int64 // tokens, events and jobs
}

// passed is what to do now, once.
func (g *Gate) passed(what *func()) {
	g.mu.Lock()
	do := *what
	*what = nil
	g.mu.Unlock()
	if do != nil {
		do()
	}
}

var rows = regexp.MustCompile("^INSERT INTO (pending_signups|one_time_tokens|audit_events|jobs) ")

func (g *Gate) around(_ context.Context, statement string, _ []any, do func() error) error {
	if statement == "BEGIN" {
		g.passed(&g.before)
	}
	if rows.MatchString(statement) {
		g.Written.Add(1)
	}
	err := do()
	if strings.HasSuffix(statement, "FROM users WHERE realm_id = ? AND email_canonical = ?") {
		g.passed(&g.read)
	}
	return err
}

// OnceRead makes do happen after the next look at an address, before the
// transaction goes on.
func (g *Gate) OnceRead(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.read = do
}

// Once makes do happen before the next transaction.
func (g *Gate) Once(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.before = do
}
