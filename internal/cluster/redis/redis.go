// Package redis is the cluster of many instances: what they tell each other
// goes through Redis (6.2 or later, or a server that speaks the same), alone,
// behind Sentinel, or as a Cluster.
//
// # What is there
//
// All keys begin with sallyport:{realm}: and so share one hash slot, which lets
// every script work in a Cluster.
//
//	feed              a stream of news of revocations, bounded
//	jobs              a stream of job ids with one consumer group, bounded
//	bucket:<key>      when a rate-limit bucket will be full again; expires then
//	block:...         the strict block-list; see [BlockList]
//
// One Redis database (or Cluster) serves one deployment of Sallyport. Nothing
// needs to be written to disk there.
//
// # What may happen to it
//
// Redis may be empty, wiped, stale, frozen, failed over or gone at any moment.
// News and ids may be lost: SQL is polled as well. Buckets that cannot be asked
// are replaced by those of the process. The block-list's silence counts only
// with proof that it is complete. So nothing whose loss turns a no into a yes
// lives here alone.
//
// # How long it may take
//
// A call takes at most 60 ms, whatever hangs. The first one that fails opens a
// breaker: from then on every call fails at once, while one goroutine tries
// until Redis answers as fast as it should, and closes the breaker again.
// Connections and goroutines are bounded by the pools' sizes.
//
// A server that answers and refuses, because its memory is full, its user may
// not, or a key is of another type, costs no time: the use that it refuses goes
// on without it, and the log, the metrics and the check say so until it is done
// again. It is rehearsed every 5 s, because nobody may sign in for hours.
package redis

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Options says what the cluster needs. URL, Buckets, Clock and Log must be set.
type Options struct {
	// URL is one that [ParseURL] accepts.
	URL string
	// Realm separates keys; store.DefaultRealm if empty.
	Realm   string
	Buckets Standby
	Clock   clock.Clock
	Log     *slog.Logger
}

// Cluster is the connection to Redis and the ports on it. It is safe for
// concurrent use.
type Cluster struct {
	Feed      *Feed
	Buckets   *Buckets
	Handout   *Handout
	BlockList *BlockList

	link *link
	life context.Context //nolint:containedctx // ends the goroutine
	end  context.CancelFunc
	work sync.WaitGroup
}

// Open prepares the cluster. It does not wait for Redis, which may be gone: it
// fails only for a URL that is none.
func Open(ctx context.Context, o Options) (*Cluster, error) {
	target, err := ParseURL(o.URL)
	if err != nil {
		return nil, err
	}
	if o.Realm == "" {
		o.Realm = store.DefaultRealm
	}
	goredis.SetLogger(libraryLog{o.Log})
	prefix := "sallyport:{" + o.Realm + "}:"
	l := newLink(ctx, target, prefix, o.Clock, o.Log)
	c := &Cluster{
		Feed:      &Feed{link: l, log: o.Log, key: prefix + "feed"},
		Buckets:   newBuckets(l, prefix+"bucket:", o.Buckets),
		Handout:   newHandout(ctx, l, prefix+"jobs", id.Random(), o.Clock),
		BlockList: newBlockList(l, prefix+"block:", o.Clock, o.Log),
		link:      l,
	}
	c.life, c.end = context.WithCancel(context.WithoutCancel(ctx))
	c.work.Go(c.watch)
	return c, nil
}

// Check tells whether Redis answers, and does what instances ask of it.
func (c *Cluster) Check(ctx context.Context) error {
	if err := c.link.check(ctx); err != nil {
		return err
	}
	c.rehearse(ctx)
	return c.link.refused.err()
}

// Away reports whether the breaker is open, so that calls fail at once, or the
// server refuses something that it is used for.
func (c *Cluster) Away() bool { return c.link.breaker.isOpen() || c.link.refused.err() != nil }

// Refused says how many calls a server refused that answers.
func (c *Cluster) Refused() uint64 { return c.link.refused.count.Load() }

// Opened says how often the breaker has opened.
func (c *Cluster) Opened() uint64 { return c.link.breaker.openings() }

// Close gives ids back that nobody took, leaves the consumer group, ends every
// goroutine and closes every connection. Subscriptions must have ended.
func (c *Cluster) Close() error {
	c.end()
	c.work.Wait()
	c.Handout.close()
	return c.link.close()
}

// libraryLog takes what the library says, which repeats what its errors say.
type libraryLog struct{ log *slog.Logger }

// Printf implements the library's logging.
func (l libraryLog) Printf(ctx context.Context, format string, _ ...any) {
	l.log.DebugContext(ctx, "redis client", slog.String("said", format))
}

// errAway is returned at once while the breaker is open.
var errAway = errors.New("redis is away")
