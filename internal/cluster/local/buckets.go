package local

import (
	"context"
	"errors"
	"hash/maphash"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
)

const (
	bucketShards = 32
	// DefaultBuckets is how many keys are held.
	DefaultBuckets = 256 << 10
	// tidyEvery is how often a shard that is full is searched for buckets that
	// have filled up again.
	tidyEvery = time.Second
	// samples is how many keys are compared to forget one.
	samples = 8
)

// Buckets implements cluster.Buckets in memory by GCRA: for each key it keeps
// the theoretical arrival time, which is when the bucket will be full again. A
// bucket that is full is the same as none, so it can be dropped.
//
// The number of keys is bounded. If every one of them is in use, the emptiest
// claim is given up: of a few, the bucket that will be full soonest. A flood of
// addresses can so buy some forgetting here, which is why guesses are counted
// in SQL as well.
type Buckets struct {
	clock  clock.Clock
	born   time.Time
	limit  int // keys of one shard
	seed   maphash.Seed
	shards [bucketShards]bucketShard
}

var _ cluster.Buckets = (*Buckets)(nil)

type bucketShard struct {
	mu     sync.Mutex
	fullAt map[string]time.Duration // since born
	tidied time.Duration
}

// NewBuckets returns buckets that are all full, for at most limit keys;
// DefaultBuckets if it is 0.
func NewBuckets(clk clock.Clock, limit int) *Buckets {
	if limit <= 0 {
		limit = DefaultBuckets
	}
	b := &Buckets{clock: clk, born: clk.Now(), limit: max(1, limit/bucketShards), seed: maphash.MakeSeed()}
	for n := range b.shards {
		b.shards[n].fullAt = map[string]time.Duration{}
	}
	return b
}

// ErrRate is returned for a rate that is no rate.
var ErrRate = errors.New("rate limit: burst and period must be positive")

// Take spends one unit of the bucket key.
func (b *Buckets) Take(_ context.Context, key string, rate cluster.Rate) (allowed bool, wait time.Duration, err error) {
	if rate.Burst <= 0 || rate.Period <= 0 || rate.Period < time.Duration(rate.Burst) {
		return false, 0, ErrRate
	}
	unit := rate.Period / time.Duration(rate.Burst)
	whole := unit * time.Duration(rate.Burst)
	now := b.clock.Now().Sub(b.born)
	s := &b.shards[maphash.String(b.seed, key)%bucketShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	fullAt, known := s.fullAt[key]
	// A bucket is never emptier than empty: a clock that was set back, or a
	// rate that was lowered, must not shut somebody out for longer than that.
	fullAt = min(max(fullAt, now), now+whole)
	if !known {
		fullAt = now
	}
	if wait = fullAt + unit - whole - now; wait > 0 {
		// Kept, or the clock would have to get back to where it was first.
		s.fullAt[key] = fullAt
		return false, wait, nil
	}
	if !known && len(s.fullAt) >= b.limit {
		s.makeRoom(now)
	}
	s.fullAt[key] = fullAt + unit
	return true, 0, nil
}

// GiveBack returns one unit to the bucket key.
func (b *Buckets) GiveBack(_ context.Context, key string, rate cluster.Rate) error {
	if rate.Burst <= 0 || rate.Period <= 0 || rate.Period < time.Duration(rate.Burst) {
		return ErrRate
	}
	unit := rate.Period / time.Duration(rate.Burst)
	s := &b.shards[maphash.String(b.seed, key)%bucketShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if fullAt, known := s.fullAt[key]; known {
		s.fullAt[key] = fullAt - unit // a time in the past is a full bucket
	}
	return nil
}

// Note sets the bucket key to be full after fullIn, because that is what the
// instances share: see package redis, for which these buckets stand in.
func (b *Buckets) Note(key string, fullIn time.Duration) {
	now := b.clock.Now().Sub(b.born)
	s := &b.shards[maphash.String(b.seed, key)%bucketShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if fullIn <= 0 {
		delete(s.fullAt, key)
		return
	}
	if _, known := s.fullAt[key]; !known && len(s.fullAt) >= b.limit {
		s.makeRoom(now)
	}
	s.fullAt[key] = now + fullIn
}

// makeRoom drops full buckets, or else the fullest of a few.
func (s *bucketShard) makeRoom(now time.Duration) {
	if now < s.tidied || now-s.tidied >= tidyEvery {
		s.tidied = now
		before := len(s.fullAt)
		for key, fullAt := range s.fullAt {
			if fullAt <= now {
				delete(s.fullAt, key)
			}
		}
		if len(s.fullAt) < before {
			return
		}
	}
	victim, soonest, n := "", time.Duration(0), 0
	for key, fullAt := range s.fullAt {
		if n == 0 || fullAt < soonest {
			victim, soonest = key, fullAt
		}
		if n++; n == samples {
			break
		}
	}
	delete(s.fullAt, victim)
}
