package redis

import (
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestBucketsAreSharedAndExpireWhenTheyAreFull(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	realm := func(o *Options) { o.Realm = "shared" }
	a, b := unhurried(open(t, server.URL(), realm)), unhurried(open(t, server.URL(), realm))
	rate := cluster.Rate{Burst: 4, Period: 2 * time.Second}
	for n, c := range []*Cluster{a, b, a, b} {
		if allowed, _, err := c.Buckets.Take(t.Context(), "k", rate); !allowed || err != nil {
			t.Fatalf("unit %d: %v, %v", n, allowed, err)
		}
	}
	for _, c := range []*Cluster{a, b} {
		if allowed, wait, err := c.Buckets.Take(t.Context(), "k", rate); allowed || wait > time.Second/2 || err != nil {
			t.Errorf("more than the burst: %v, %v, %v", allowed, wait, err)
		}
	}
	key := a.Buckets.prefix + "k"
	if left := a.link.calls.PTTL(t.Context(), key).Val(); left <= 0 || left > rate.Period+10*time.Millisecond {
		t.Errorf("the key lives for %v", left)
	}
	waittest.Until(t, "the key expires", func() bool { return a.link.calls.Exists(t.Context(), key).Val() == 0 })
}

func TestBucketsSurviveAKeyThatIsNone(t *testing.T) {
	t.Parallel()
	c := unhurried(open(t, startRedis(t).URL()))
	for name, set := range map[string]func(key string) error{
		"words":            func(key string) error { return c.link.calls.Set(t.Context(), key, "words", 0).Err() },
		"another type":     func(key string) error { return c.link.calls.HSet(t.Context(), key, "a", "b").Err() },
		"the far future":   func(key string) error { return c.link.calls.Set(t.Context(), key, "9e18", 0).Err() },
		"the distant past": func(key string) error { return c.link.calls.Set(t.Context(), key, "-5", 0).Err() },
	} {
		if err := set(c.Buckets.prefix + name); err != nil {
			t.Fatal(err)
		}
		if _, wait, err := c.Buckets.Take(t.Context(), name, hourly(5)); err != nil || wait > 13*time.Minute {
			t.Errorf("%s: wait %v, %v", name, wait, err)
		}
	}
}
