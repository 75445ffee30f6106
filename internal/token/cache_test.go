package token

import (
	"crypto/sha256"
	"strconv"
	"sync"
	"testing"
	"time"
)

func (c *cache) len() (n int) {
	for k := range c.shards {
		s := &c.shards[k]
		s.mu.Lock()
		n += len(s.young) + len(s.old)
		s.mu.Unlock()
	}
	return n
}

func entry(n int, expires time.Time) (fingerprint, *verified) {
	return sha256.Sum256([]byte(strconv.Itoa(n))), &verified{claims: Claims{ID: strconv.Itoa(n), ExpiresAt: expires}}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	const size = 1024
	c, now := newCache(size), time.Now()
	for n := range 20 * size {
		c.put(entry(n, now.Add(time.Hour)))
		if held := c.len(); n%997 == 0 && held > size {
			t.Fatalf("%d entries are held; the bound is %d", held, size)
		}
	}
	if c.len() < size/4 {
		t.Errorf("only %d entries are held of %d", c.len(), size)
	}
}

func TestCacheKeepsWhatIsLookedUp(t *testing.T) {
	t.Parallel()
	const size = 1024
	c, now := newCache(size), time.Now()
	sum, v := entry(-1, now.Add(time.Hour))
	c.put(sum, v)
	for n := range 20 * size {
		c.put(entry(n, now.Add(time.Hour)))
		if n%8 == 0 && c.get(sum, now) != v {
			t.Fatalf("a token in constant use was forgotten after %d others", n)
		}
	}
}

func TestCacheForgetsWhatExpired(t *testing.T) {
	t.Parallel()
	c, now := newCache(1024), time.Now()
	sum, v := entry(1, now.Add(time.Second))
	c.put(sum, v)
	if c.get(sum, now) != v {
		t.Fatal("not found")
	}
	if c.get(sum, now.Add(time.Second)) != nil {
		t.Error("an expired token was found")
	}
	if c.len() != 0 {
		t.Error("an expired token is held after it was looked up")
	}
}

func TestCacheOfNothingHoldsNothing(t *testing.T) {
	t.Parallel()
	c, now := newCache(0), time.Now()
	sum, v := entry(1, now.Add(time.Hour))
	c.put(sum, v)
	if c.get(sum, now) != nil || c.len() != 0 {
		t.Error("a cache of no size holds a token")
	}
}

func TestCacheServesRacers(t *testing.T) {
	t.Parallel()
	c, now := newCache(256), time.Now()
	var racers sync.WaitGroup
	for r := range 8 {
		racers.Go(func() {
			for n := range 2000 {
				sum, v := entry((n*7+r)%500, now.Add(time.Hour))
				if got := c.get(sum, now); got != nil && got.claims.ID != v.claims.ID {
					t.Errorf("asked for %s, got %s", v.claims.ID, got.claims.ID)
				}
				c.put(sum, v)
			}
		})
	}
	racers.Wait()
}
