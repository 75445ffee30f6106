package redis

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

const (
	policyKept  = "noeviction"
	policyEvery = 5 * time.Second  // how often it is read
	policyFor   = 15 * time.Second // how long it counts if it cannot be read
)

// errEvicts is returned where a server might drop entries.
var errEvicts = errors.New("redis: maxmemory-policy is not noeviction: the block-list cannot be trusted there")

// policy knows whether the server keeps what it was told until it expires. It
// asks the server at hand when it is needed and was not asked for a while, or
// when there might be another server. The log hears of it once.
type policy struct {
	link  *link
	key   string // of ours: in a Cluster its server is asked
	clock clock.Clock
	log   *slog.Logger

	asking sync.Mutex // one asks, the others go by what is known
	mu     sync.Mutex // guards what follows
	good   bool
	asked  time.Time
	turn   uint64 // of the breaker when it was asked
	said   bool
}

// keeps reports whether nothing is evicted.
func (p *policy) keeps(ctx context.Context) bool {
	if fresh, _ := p.known(policyEvery); !fresh && p.asking.TryLock() {
		p.ask(ctx)
		p.asking.Unlock()
	}
	fresh, good := p.known(policyFor)
	return fresh && good
}

// known gives what was heard, and whether it is younger than age.
func (p *policy) known(age time.Duration) (fresh, good bool) {
	now, turn := p.clock.Now(), p.link.breaker.state()
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.asked.IsZero() && p.turn == turn && now.Sub(p.asked) < age, p.good
}

func (p *policy) ask(ctx context.Context) {
	now, turn := p.clock.Now(), p.link.breaker.state()
	var found string
	err := p.link.do(ctx, forNothing, func(ctx context.Context) (err error) {
		found, err = p.read(ctx)
		return err
	})
	if err != nil && isAway(err) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.good, p.asked, p.turn = err == nil && found == policyKept, now, turn
	if !p.good && !p.said {
		p.log.WarnContext(ctx, "redis may evict keys: strict revocation checks go without it; set maxmemory-policy noeviction",
			slog.String("policy", cmp.Or(found, "unknown")))
	}
	p.said = !p.good
}

// read asks INFO, which hosted servers answer that have no CONFIG.
func (p *policy) read(ctx context.Context) (string, error) {
	var server goredis.Cmdable = p.link.calls
	if c, ok := p.link.calls.(*goredis.ClusterClient); ok {
		owner, err := c.MasterForKey(ctx, p.key)
		if err != nil {
			return "", err
		}
		server = owner
	}
	info, err := server.Info(ctx, "memory").Result()
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, "maxmemory_policy:"); ok {
			return strings.TrimSpace(value), nil
		}
	}
	return "", err
}
