package redis

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

const (
	// callLimit bounds each call, dialling included. A frozen server costs a
	// request less than 100 ms once, on a busy machine too.
	callLimit = 60 * time.Millisecond
	// probeLimit bounds a probe, which may have to dial through TLS.
	probeLimit = time.Second
	// socketLimit is what the library is told. The limits above are shorter and
	// count; this one ends dials that nobody waits for any more.
	socketLimit = time.Second
	// readFor is how long a read waits for news at the server. What ends with a
	// context ends at most so much later.
	readFor = 250 * time.Millisecond
	// readMargin is how much later than that an answer may come.
	readMargin = 500 * time.Millisecond

	callPool    = 32
	readPool    = 16
	callBuffer  = 4 << 10
	readBuffer  = 16 << 10
	idleTime    = 5 * time.Minute
	redirects   = 3
	stopWithin  = 200 * time.Millisecond
	noRetries   = -1
	noPipelines = -1
)

// link is the way to Redis: one pool for calls, which are short, and one for
// reads, which wait.
type link struct {
	calls   goredis.UniversalClient
	reads   goredis.UniversalClient
	nothing string        // a key of ours that never exists
	limit   time.Duration // callLimit; longer in tests of what is not about time
	breaker *breaker
	refused *refusals
}

func newLink(ctx context.Context, t Target, prefix string, clk clock.Clock, log *slog.Logger) *link {
	l := &link{
		calls:   dial(t, callPool, callBuffer),
		reads:   dial(t, readPool, readBuffer),
		nothing: prefix + "nothing",
		limit:   callLimit,
		refused: newRefusals(clk, log),
	}
	l.breaker = newBreaker(ctx, log, l.probe)
	return l
}

// dial makes a client. No connection is made before it is needed, and nothing
// is tried twice: whoever calls has something better to do.
func dial(t Target, pool, buffer int) goredis.UniversalClient {
	var secure *tls.Config
	if t.TLS != nil {
		secure = t.TLS.Clone()
	}
	o := goredis.UniversalOptions{
		Addrs: t.Addrs, MasterName: t.Master, DB: t.DB,
		Username: t.Username, Password: t.Password,
		SentinelUsername: t.SentinelUsername, SentinelPassword: t.SentinelPassword,
		Protocol: 2, DisableIdentity: true,
		MaxRetries: noRetries, MaxRedirects: redirects, DialerRetries: 1,
		DialTimeout: socketLimit, ReadTimeout: socketLimit, WriteTimeout: socketLimit, PoolTimeout: socketLimit,
		ContextTimeoutEnabled: true,
		PoolSize:              pool, MaxActiveConns: pool, ConnMaxIdleTime: idleTime,
		ReadBufferSize: buffer, WriteBufferSize: callBuffer, PipelinePoolSize: noPipelines,
		MinRetryBackoff: time.Millisecond, MaxRetryBackoff: 10 * time.Millisecond,
		TLSConfig:                secure,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	switch t.Form {
	case Sentinel:
		return goredis.NewFailoverClient(o.Failover())
	case Sharded:
		return goredis.NewClusterClient(o.Cluster())
	case Single:
	}
	return goredis.NewClient(o.Simple())
}

// do makes a call, unless the breaker is open, and opens it if the call shows
// that Redis is away. What the server refuses is noted under the use.
func (l *link) do(ctx context.Context, u use, call func(ctx context.Context) error) error {
	turn, err := l.breaker.allow()
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, l.limit)
	defer cancel()
	return l.judge(ctx, turn, u, call(limited))
}

// read makes a call on the connections for reads that wait at the server for up
// to readFor.
func (l *link) read(ctx context.Context, u use, call func(ctx context.Context) error) error {
	turn, err := l.breaker.allow()
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, readFor+readMargin)
	defer cancel()
	return l.judge(ctx, turn, u, call(limited))
}

// judge opens the breaker if err means that Redis is away, and nobody else ended
// the call.
func (l *link) judge(ctx context.Context, turn uint64, u use, err error) error {
	if isAway(err) && ctx.Err() == nil {
		l.breaker.failed(turn, err)
	}
	l.refused.note(ctx, u, err)
	return err
}

// isAway reports whether an error means that Redis cannot be used now, rather
// than that it said no to one command.
func isAway(err error) bool {
	if err == nil {
		return false
	}
	if _, ok := errors.AsType[goredis.Error](err); !ok {
		return true
	}
	for _, code := range []string{
		"LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "NOAUTH", "WRONGPASS", "NOREPLICAS",
	} {
		if goredis.HasErrorPrefix(err, code) {
			return true
		}
	}
	return false
}

// probe reports whether Redis can be used: the first round trip may take the
// time of a new connection, the second may not.
func (l *link) probe(ctx context.Context) error {
	for _, limit := range []time.Duration{probeLimit, l.limit} {
		if err := l.ping(ctx, limit); err != nil {
			return err
		}
	}
	return nil
}

// ping asks the server that holds our keys, which PING might not reach in a
// Cluster. It asks for a write, which a replica refuses.
func (l *link) ping(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := l.calls.Del(ctx, l.nothing).Err(); isAway(err) {
		return err
	}
	return nil
}

// check is for people and load balancers.
func (l *link) check(ctx context.Context) error {
	turn, err := l.breaker.allow()
	if err != nil {
		return err
	}
	return l.judge(ctx, turn, forNothing, l.ping(ctx, probeLimit))
}

func (l *link) close() error {
	l.breaker.stop()
	return errors.Join(l.calls.Close(), l.reads.Close())
}
