package token

import (
	"crypto/sha256"
	"sync"
	"time"
)

const cacheShards = 16

type fingerprint = [sha256.Size]byte

// fingerprintOf hashes a token without putting the usual length on the heap.
func fingerprintOf(raw string) fingerprint {
	var room [1024]byte
	return sha256.Sum256(append(room[:0], raw...))
}

// cache remembers tokens that came through the door, by the SHA-256 of their
// text. Only what was verified gets in.
//
// Each shard has two maps. What is new goes to the young one; when that is full
// it becomes the old one, and what was old is forgotten unless it was looked up
// meanwhile. So the number of entries is bounded, expired ones drop out by
// themselves, and nothing is ever searched for a victim.
type cache struct {
	half   int // entries of one map of one shard
	shards [cacheShards]cacheShard
}

type cacheShard struct {
	mu    sync.Mutex
	young map[fingerprint]*verified
	old   map[fingerprint]*verified
	_     [40]byte // keeps neighbours off one cache line
}

func newCache(size int) *cache {
	return &cache{half: size / cacheShards / 2}
}

// get gives a token that was put and has not expired.
func (c *cache) get(sum fingerprint, now time.Time) *verified {
	s := &c.shards[sum[0]%cacheShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.young[sum]
	if !ok {
		if v, ok = s.old[sum]; !ok {
			return nil
		}
		delete(s.old, sum)
		if now.Before(v.claims.ExpiresAt) {
			s.add(sum, v, c.half)
		}
	}
	if !now.Before(v.claims.ExpiresAt) {
		delete(s.young, sum)
		return nil
	}
	return v
}

// put remembers a verified token.
func (c *cache) put(sum fingerprint, v *verified) {
	if c.half == 0 {
		return
	}
	s := &c.shards[sum[0]%cacheShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(sum, v, c.half)
}

func (s *cacheShard) add(sum fingerprint, v *verified, half int) {
	if len(s.young) >= half {
		s.old, s.young = s.young, nil
	}
	if s.young == nil {
		s.young = make(map[fingerprint]*verified)
	}
	s.young[sum] = v
}
