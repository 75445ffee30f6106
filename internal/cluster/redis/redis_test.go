package redis

import (
	"log/slog"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/clustertest"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
)

const patience = 15 * time.Second

// open connects to a Redis, in a realm of its own unless change says otherwise.
func open(t *testing.T, url string, change ...func(*Options)) *Cluster {
	t.Helper()
	o := Options{
		URL: url, Realm: id.Random(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Buckets: local.NewBuckets(clock.System{}, 0),
	}
	for _, c := range change {
		c(&o)
	}
	c, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// unhurried lets calls take as long as a busy machine needs, where a test is not
// about time.
func unhurried(c *Cluster) *Cluster {
	c.link.limit = patience
	return c
}

// startRedis starts a Redis of the test's own.
func startRedis(t *testing.T, extra ...string) *fleet.Redis {
	t.Helper()
	return fleettest.StartRedis(t, fleet.Options{Extra: extra})
}

// adapter is what package clustertest tests. Its clock is the server's, which is
// this machine's, moved by what the script adds.
func adapter(c *Cluster) clustertest.Adapter {
	return clustertest.Adapter{
		Feed: c.Feed, Buckets: c.Buckets, Handout: c.Handout,
		Now: func() time.Time {
			return time.Now().Add(time.Duration(c.Buckets.offset.Load()) * time.Microsecond)
		},
		Advance: func(d time.Duration) { c.Buckets.offset.Add(d.Microseconds()) },
		// The server counts microseconds, and a unit is rounded down to one.
		Resolution: time.Millisecond,
	}
}

func TestRedisKeepsThePromisesOfACluster(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	clustertest.Run(t, func(t *testing.T) clustertest.Adapter {
		t.Helper()
		return adapter(unhurried(open(t, server.URL())))
	})
}
