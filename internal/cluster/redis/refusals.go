package redis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// use is what a call is for, as people are told.
type use string

// What Redis is used for. A call for nothing is not judged: whoever makes it
// tells of it in another way.
const (
	forNothing   use = ""
	forNews      use = "revocation news"
	forListening use = "listening for news"
	forLimits    use = "rate limits"
	forJobs      use = "jobs"
	forBlockList use = "the block-list"
)

const (
	rehearseEvery = 5 * time.Second
	// saidFor is how long the log hears nothing more of a use that is refused now
	// and then.
	saidFor = time.Minute
)

// refusals knows what a server that answers will not do: its memory is full
// (OOM), its user may not (NOPERM), a key of ours is of another type
// (WRONGTYPE). The breaker stays closed then, because the other uses work. What
// was refused is known until it is done once.
type refusals struct {
	clock clock.Clock
	log   *slog.Logger
	count atomic.Uint64

	mu   sync.Mutex // guards what follows
	now  map[use]error
	said map[use]time.Time // when the log heard of it
}

func newRefusals(clk clock.Clock, log *slog.Logger) *refusals {
	return &refusals{clock: clk, log: log, now: map[use]error{}, said: map[use]time.Time{}}
}

// note takes what became of a call that reached the server.
func (r *refusals) note(ctx context.Context, u use, err error) {
	if u == forNothing {
		return
	}
	refused := isRefusal(err)
	if !refused && err != nil {
		return // it says nothing about what the server will do
	}
	if refused {
		r.count.Add(1)
	}
	now := r.clock.Now()
	r.mu.Lock()
	_, before := r.now[u]
	heard, loud := r.said[u]
	switch {
	case refused:
		r.now[u] = err
		if !loud {
			r.said[u] = now
		}
	case before:
		delete(r.now, u)
	case loud && now.Sub(heard) >= saidFor:
		delete(r.said, u)
	}
	r.mu.Unlock()
	switch {
	case refused && !loud:
		r.log.WarnContext(ctx, "redis refuses what it is asked for: this goes on without it",
			slog.String("use", string(u)), slog.Any("error", err))
	case !refused && before:
		r.log.InfoContext(ctx, "redis no longer refuses it", slog.String("use", string(u)))
	}
}

// isRefusal reports whether an error is an answer of a server that is there and
// will not do what it was asked for.
func isRefusal(err error) bool {
	if _, ok := errors.AsType[goredis.Error](err); !ok || errors.Is(err, goredis.Nil) || isAway(err) {
		return false
	}
	// These are answered by making what is not there.
	return !slices.ContainsFunc([]string{"NOGROUP", "BUSYGROUP", "NOSCRIPT"}, func(code string) bool {
		return goredis.HasErrorPrefix(err, code)
	})
}

// err tells what is refused, and why.
func (r *refusals) err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []error
	for _, u := range []use{forNews, forListening, forLimits, forJobs, forBlockList} {
		if why := r.now[u]; why != nil {
			all = append(all, fmt.Errorf("redis refuses %s: %w", u, why))
		}
	}
	return errors.Join(all...)
}

// watch rehearses now and then, so that a refusal is known, and the end of one,
// although nobody signs in or out.
func (c *Cluster) watch() {
	for clock.Sleep(c.life, rehearseEvery) {
		c.rehearse(c.life)
	}
}

// rehearse does what instances do in Redis, where it leaves nothing behind: it
// adds to a stream that is not there, takes from a bucket of nobody's, and reads
// the ends of both streams.
func (c *Cluster) rehearse(ctx context.Context) {
	for u, stream := range map[use]string{forNews: c.Feed.key, forJobs: c.Handout.key} {
		_ = c.link.do(ctx, u, func(ctx context.Context) error {
			err := c.link.calls.XAdd(ctx, &goredis.XAddArgs{Stream: c.link.nothing, NoMkStream: true, Values: []any{"a", "b"}}).Err()
			if err != nil && !errors.Is(err, goredis.Nil) {
				return err
			}
			return c.link.calls.XRevRangeN(ctx, stream, "+", "-", 1).Err()
		})
	}
	_, _, _ = c.Buckets.spend(ctx, "rehearsal", time.Millisecond, 2*time.Millisecond)
}
