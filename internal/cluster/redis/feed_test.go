package redis

import (
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func (c *Cluster) addRaw(t *testing.T, id string, values ...any) {
	t.Helper()
	err := c.link.calls.XAdd(t.Context(), &goredis.XAddArgs{Stream: c.Feed.key, ID: id, Values: values}).Err()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFeedIsNotBlindAfterAWipe(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	c := unhurried(open(t, server.URL()))
	// The stream has reached an id that the server's clock will not reach soon:
	// what comes after the wipe has lower ones.
	text, err := encodeNews(cluster.News{History: "h", Revocations: news(1)})
	if err != nil {
		t.Fatal(err)
	}
	c.addRaw(t, "99999999999999-1", newsField, "not yet")
	heard := listen(t, c.Feed)
	var n uint64
	waittest.Until(t, "the subscriber reads at the end of the stream", func() bool {
		n++
		c.addRaw(t, "99999999999999-*", newsField, text)
		return heard(1)
	})
	if err := server.FlushAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if err := c.Feed.Publish(t.Context(), "h", news(2)); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "news after the wipe is heard", func() bool { return heard(2) })
	if took := time.Since(begin); took > 2*readFor+time.Second {
		t.Errorf("it took %v", took)
	}
	tell(t, c.Feed, heard, 100)
}

func TestFeedLeavesOutWhatIsNotWhole(t *testing.T) {
	t.Parallel()
	c := unhurried(open(t, startRedis(t).URL()))
	heard := listen(t, c.Feed)
	tell(t, c.Feed, heard, 1)
	for _, text := range []string{
		"", "{", `"news"`, `{"history":"h"}`, `{"history":"","revocations":[{"number":7,"kind":"sid","subject":"s","expires_at":1}]}`,
		`{"history":"h","revocations":[{"number":7}]}`, `{"history":"h","revocations":[{"number":-7,"kind":"sid","subject":"s","expires_at":1}]}`,
		`{"history":"h","revocations":[{"number":"7","kind":"sid","subject":"s","expires_at":1}]}`,
		`{"history":"h","revocations":[{"number":7,"kind":"sid","subject":"","expires_at":1}]}`,
	} {
		c.addRaw(t, "*", newsField, text)
		c.addRaw(t, "*", "another field", text)
	}
	tell(t, c.Feed, heard, 1000)
	if heard(7) || heard(-7) {
		t.Error("news that is not whole was heard")
	}
}

func TestFeedIsBounded(t *testing.T) {
	t.Parallel()
	c := unhurried(open(t, startRedis(t).URL()))
	for range 2 * newsKept / 100 {
		pipe := c.link.calls.Pipeline()
		for range 100 {
			pipe.XAdd(t.Context(), &goredis.XAddArgs{Stream: c.Feed.key, Values: []any{newsField, "x"}})
		}
		if _, err := pipe.Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Feed.Publish(t.Context(), "h", news(1)); err != nil {
		t.Fatal(err)
	}
	if n := c.link.calls.XLen(t.Context(), c.Feed.key).Val(); n > newsKept+200 {
		t.Errorf("the stream holds %d entries", n)
	}
}
