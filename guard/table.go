package guard

import (
	"crypto/sha256"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

const tableShards = 256

// name is how the table holds an identifier: the 16 bytes of a UUID, or the
// start of the hash of what is none.
type name = [16]byte

func nameOf(text string) name {
	if b, ok := jws.UUID(text); ok {
		return b
	}
	sum := sha256.Sum256([]byte(text))
	return name(sum[:16])
}

// instant is a time in whole seconds since 1970.
type instant uint32

func instantOf(seconds int64) instant {
	return instant(max(0, min(seconds, math.MaxUint32)))
}

// limited refuses tokens with a smaller epoch.
type limited struct {
	epoch int64
	until instant
}

// table is every revocation that is known and has not expired. Nothing is ever
// evicted: when it is full it takes no more and says so, and the guard is not
// current then.
type table struct {
	limit   int64
	size    atomic.Int64
	partial atomic.Bool // there are entries that it does not hold
	shards  [tableShards]tableShard
}

type tableShard struct {
	mu             sync.RWMutex
	tokens         map[name]instant
	sessions       map[name]instant
	users, clients map[name]limited
}

func newTable(limit int) *table {
	t := &table{limit: int64(limit)}
	for n := range t.shards {
		t.shards[n] = tableShard{
			tokens: map[name]instant{}, sessions: map[name]instant{}, users: map[name]limited{}, clients: map[name]limited{},
		}
	}
	return t
}

func (t *table) shard(n name) *tableShard { return &t.shards[n[15]] }

// add takes an entry. Adding one twice does nothing.
func (t *table) add(e jws.Entry) {
	key, until := nameOf(e.Value), instantOf(e.ExpiresAt)
	s := t.shard(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e.Kind {
	case jws.KindToken:
		t.prolong(s.tokens, key, until)
	case jws.KindSession:
		t.prolong(s.sessions, key, until)
	case jws.KindUser:
		t.raise(s.users, key, e.Epoch, until)
	case jws.KindClient:
		t.raise(s.clients, key, e.Epoch, until)
	default: // a later version's: what it refuses is not known
		t.partial.Store(true)
	}
}

func (t *table) prolong(m map[name]instant, key name, until instant) {
	had, ok := m[key]
	if !ok && !t.grow() {
		return
	}
	m[key] = max(had, until)
}

func (t *table) raise(m map[name]limited, key name, epoch int64, until instant) {
	had, ok := m[key]
	if !ok && !t.grow() {
		return
	}
	m[key] = limited{epoch: max(had.epoch, epoch), until: max(had.until, until)}
}

// grow makes room for one entry.
func (t *table) grow() bool {
	if t.size.Add(1) > t.limit {
		t.size.Add(-1)
		t.partial.Store(true)
		return false
	}
	return true
}

// revokes reports whether an entry refuses the token.
func (t *table) revokes(tok *Token) bool {
	if in(t.shard(tok.id), tok.id, (*tableShard).ofToken) {
		return true
	}
	if tok.Client != nil {
		return t.refuses(tok.subject, tok.epoch, true)
	}
	return in(t.shard(tok.session), tok.session, (*tableShard).ofSession) || t.refuses(tok.subject, tok.epoch, false)
}

func (s *tableShard) ofToken() map[name]instant   { return s.tokens }
func (s *tableShard) ofSession() map[name]instant { return s.sessions }

func in(s *tableShard, key name, which func(*tableShard) map[name]instant) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := which(s)[key]
	return ok
}

func (t *table) refuses(subject name, epoch int64, machine bool) bool {
	s := t.shard(subject)
	s.mu.RLock()
	defer s.mu.RUnlock()
	m := s.users
	if machine {
		m = s.clients
	}
	had, ok := m[subject]
	return ok && epoch < had.epoch
}

// sweep drops what expired before now. It holds the lock of one shard at a time.
func (t *table) sweep(now time.Time) {
	today := instantOf(now.Unix())
	for n := range t.shards {
		s := &t.shards[n]
		s.mu.Lock()
		before := s.len()
		dropExpired(s.tokens, func(until instant) bool { return until < today })
		dropExpired(s.sessions, func(until instant) bool { return until < today })
		dropExpired(s.users, func(l limited) bool { return l.until < today })
		dropExpired(s.clients, func(l limited) bool { return l.until < today })
		t.size.Add(int64(s.len() - before))
		s.mu.Unlock()
	}
}

func (s *tableShard) len() int {
	return len(s.tokens) + len(s.sessions) + len(s.users) + len(s.clients)
}

func dropExpired[V any](m map[name]V, expired func(V) bool) {
	for key, v := range m {
		if expired(v) {
			delete(m, key)
		}
	}
}
