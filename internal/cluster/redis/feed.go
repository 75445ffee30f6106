package redis

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// newsKept is about how many entries the stream holds: what a subscriber may
	// lag behind.
	newsKept = 8192
	newsRead = 128 // entries at a time
	// streamStart is the position before the first entry.
	streamStart = "0-0"
)

// Feed implements cluster.Feed on a Redis stream. Each subscriber reads it for
// itself, from its end on.
type Feed struct {
	link *link
	log  *slog.Logger
	key  string
}

var _ cluster.Feed = (*Feed)(nil)

// Publish appends the news to the stream.
func (f *Feed) Publish(ctx context.Context, history string, revocations []store.Revocation) error {
	news, err := encodeNews(cluster.News{History: history, Revocations: revocations})
	if err != nil {
		return err
	}
	return f.link.do(ctx, forNews, func(ctx context.Context) error {
		return f.link.calls.XAdd(ctx, &goredis.XAddArgs{
			Stream: f.key, MaxLen: newsKept, Approx: true, Values: []any{newsField, news},
		}).Err()
	})
}

// Subscribe calls hear for the news that comes, until ctx is done. While Redis
// is away it waits for it, and goes on where it was: what was published
// meanwhile is heard then.
func (f *Feed) Subscribe(ctx context.Context, hear func(cluster.News)) error {
	position := "" // the end, not known yet
	for ctx.Err() == nil {
		if f.link.breaker.wait(ctx) != nil {
			break
		}
		entries, err := f.read(ctx, &position)
		if errors.Is(err, goredis.ErrClosed) {
			return err
		}
		if err != nil && !isAway(err) && ctx.Err() == nil {
			f.log.WarnContext(ctx, "revocation news cannot be read", slog.Any("error", err))
			clock.Sleep(ctx, time.Second)
		}
		for _, e := range entries {
			position = e.ID
			if news, ok := decodeNews(e.Values); ok {
				hear(news)
			}
		}
	}
	return ctx.Err()
}

// read waits a moment for entries behind position.
//
// If there are none, it looks at the end of the stream: behind a position that
// a server had reached before it was wiped, restarted or replaced by a replica
// that lagged, nothing might be seen for long. Then it reads from the start.
// News that were heard already do no harm.
func (f *Feed) read(ctx context.Context, position *string) (entries []goredis.XMessage, err error) {
	err = f.link.read(ctx, forListening, func(ctx context.Context) error {
		if *position == "" {
			*position, err = f.last(ctx)
			return err
		}
		streams, err := f.link.reads.XRead(ctx, &goredis.XReadArgs{
			Streams: []string{f.key, *position}, Count: newsRead, Block: readFor,
		}).Result()
		if errors.Is(err, goredis.Nil) || err == nil && len(streams) == 0 {
			last, err := f.last(ctx)
			if err == nil && before(last, *position) {
				*position = streamStart
			}
			return err
		}
		if err == nil {
			entries = streams[0].Messages
		}
		return err
	})
	return entries, err
}

// last is the position of the last entry.
func (f *Feed) last(ctx context.Context) (string, error) {
	entries, err := f.link.reads.XRevRangeN(ctx, f.key, "+", "-", 1).Result()
	if err != nil || len(entries) == 0 {
		return streamStart, err
	}
	return entries[0].ID, nil
}

// before compares positions in a stream: milliseconds and a number.
func before(a, b string) bool {
	ams, an := parts(a)
	bms, bn := parts(b)
	return ams < bms || ams == bms && an < bn
}

func parts(position string) (ms, n uint64) {
	head, tail, _ := strings.Cut(position, "-")
	ms, _ = strconv.ParseUint(head, 10, 64)
	n, _ = strconv.ParseUint(tail, 10, 64)
	return ms, n
}
