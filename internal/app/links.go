package app

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/cluster/redis"
	"github.com/sallyport-auth/sallyport/internal/httpapi/metrics"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// links is how this process tells others what they may lose: through Redis if
// there is one, else within the process alone.
type links struct {
	feed    cluster.Feed
	buckets cluster.Buckets
	handout cluster.Handout
	block   cluster.BlockList // nil without Redis
	redis   *redis.Cluster    // nil without Redis
}

// openLinks prepares them. Redis may be away: then everything goes on, slower.
func (a *App) openLinks(ctx context.Context) error {
	own := local.NewBuckets(a.clock, 0)
	if a.cfg.RedisURL == "" {
		a.links = links{feed: local.NewFeed(), buckets: own, handout: local.NewHandout()}
		return nil
	}
	shared, err := redis.Open(ctx, redis.Options{URL: a.cfg.RedisURL, Buckets: own, Clock: a.clock, Log: a.log})
	if err != nil {
		return fmt.Errorf("%s: %w", a.cfg.Named("SALLYPORT_REDIS_URL"), err)
	}
	a.links = links{feed: shared.Feed, buckets: shared.Buckets, handout: shared.Handout, block: shared.BlockList, redis: shared}
	return nil
}

func (l links) close() error {
	if l.redis == nil {
		return nil
	}
	return l.redis.Close()
}

// checks tell about Redis. It only warns: SQL has everything that Redis has.
func (l links) checks(strict bool) []telemetry.Check {
	if l.redis == nil {
		return nil
	}
	list := []telemetry.Check{{Name: "redis", OnlyWarn: true, Do: l.redis.Check}}
	if strict {
		list = append(list, telemetry.Check{Name: "block_list", OnlyWarn: true, Do: l.redis.BlockList.Check})
	}
	return list
}

func (l links) gauges() []metrics.Gauge {
	if l.redis == nil {
		return nil
	}
	return []metrics.Gauge{
		{Name: "sallyport_redis_away", Help: "1 while Redis does not answer, or refuses something that it is used for.", Read: func(context.Context) (float64, error) {
			if l.redis.Away() {
				return 1, nil
			}
			return 0, nil
		}},
		{Name: "sallyport_redis_outages", Help: "How often Redis stopped answering since the start.", Read: func(context.Context) (float64, error) {
			return float64(l.redis.Opened()), nil
		}},
		{Name: "sallyport_redis_refused", Help: "How many commands a Redis that answers refused since the start: memory full, no permission, a key of another type.", Read: func(context.Context) (float64, error) {
			return float64(l.redis.Refused()), nil
		}},
	}
}
