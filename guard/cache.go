package guard

import (
	"crypto/sha256"
	"sync"
)

const cacheShards = 64

type fingerprint = [sha256.Size]byte

// fingerprintOf hashes a token without putting the usual length on the heap.
func fingerprintOf(raw string) fingerprint {
	var room [1024]byte
	return sha256.Sum256(append(room[:0], raw...))
}

// cache remembers tokens whose form, signature and claims were verified, by the
// SHA-256 of their text. What may change is looked at each time: whether the
// token has expired, was revoked, and whether its key is still published.
//
// Each shard has two maps. What is new goes to the young one; when that is full
// it becomes the old one, and what was old is forgotten unless it was looked up
// meanwhile. So the number of tokens is bounded, expired ones drop out by
// themselves, and nothing is ever searched for a victim.
type cache struct {
	half   int // tokens of one map of one shard
	shards [cacheShards]cacheShard
}

type cacheShard struct {
	mu         sync.Mutex
	young, old map[fingerprint]*Token
	_          [40]byte // keeps neighbours off one cache line
}

func newCache(size int) *cache {
	return &cache{half: max(size/cacheShards/2, 1)}
}

func (c *cache) get(sum fingerprint) *Token {
	s := &c.shards[sum[0]%cacheShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.young[sum]
	if !ok {
		if t, ok = s.old[sum]; !ok {
			return nil
		}
		delete(s.old, sum)
		s.add(sum, t, c.half)
	}
	return t
}

func (c *cache) put(sum fingerprint, t *Token) {
	s := &c.shards[sum[0]%cacheShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(sum, t, c.half)
}

func (c *cache) drop(sum fingerprint) {
	s := &c.shards[sum[0]%cacheShards]
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.young, sum)
	delete(s.old, sum)
}

func (s *cacheShard) add(sum fingerprint, t *Token, half int) {
	if len(s.young) >= half {
		s.old, s.young = s.young, nil
	}
	if s.young == nil {
		s.young = make(map[fingerprint]*Token)
	}
	s.young[sum] = t
}
