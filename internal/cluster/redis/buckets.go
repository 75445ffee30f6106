package redis

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/cluster"
)

// takeScript spends one unit of a bucket by GCRA: the key holds when the bucket
// will be full again, by the server's clock in microseconds, and expires then.
// It answers how long to wait, 0 if the unit was there, and when the bucket will be
// full. As in the buckets of
// one process, a bucket is never emptier than empty, and what that changes is
// stored: a clock that was set back would else keep the bucket empty until it is
// where it was. A key of another type is none of ours, and is replaced.
//
//	KEYS: bucket
//	ARGV: time of one unit, time of a whole bucket, what to add to the clock
const takeScript = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2] + tonumber(ARGV[3])
local unit, whole = tonumber(ARGV[1]), tonumber(ARGV[2])
local function store(full_at)
  local life = math.ceil((full_at - now) / 1000) + 1
  redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', string.format('%.0f', life))
end
local held = tonumber(redis.pcall('GET', KEYS[1])) or now
local full_at = math.min(math.max(held, now), now + whole)
local wait = full_at + unit - whole - now
if wait > 0 then
  if full_at ~= held then
    store(full_at)
  end
  return {wait, full_at - now}
end
store(full_at + unit)
return {0, full_at + unit - now}`

// giveBackScript returns one unit to a bucket that is not full.
//
//	KEYS: bucket
//	ARGV: time of one unit
const giveBackScript = `
local full_at = tonumber(redis.call('GET', KEYS[1]))
if full_at then
  redis.call('SET', KEYS[1], string.format('%.0f', full_at - tonumber(ARGV[1])), 'KEEPTTL')
end
return 0`

// Standby are the buckets of this process, which answer while Redis does not. Note
// tells them when a bucket of Redis will be full, so that they go on from there:
// they would else begin full, and an answer that comes late would be a whole bucket
// more for whoever has used up the shared one.
type Standby interface {
	cluster.Buckets
	Note(key string, fullIn time.Duration)
}

// Buckets implements cluster.Buckets in Redis, so that all instances spend from
// one budget. While Redis does not answer, each has one of its own, as full as the
// shared one was when this instance saw it last.
type Buckets struct {
	link    *link
	prefix  string
	instead Standby
	take    *goredis.Script
	back    *goredis.Script
	offset  atomic.Int64 // microseconds; only tests move it
}

var _ cluster.Buckets = (*Buckets)(nil)

func newBuckets(l *link, prefix string, instead Standby) *Buckets {
	return &Buckets{link: l, prefix: prefix, instead: instead, take: goredis.NewScript(takeScript), back: goredis.NewScript(giveBackScript)}
}

// errRate is returned for a rate that is no rate.
var errRate = errors.New("rate limit: burst and period must be positive")

// Take spends one unit of the bucket key.
func (b *Buckets) Take(ctx context.Context, key string, rate cluster.Rate) (allowed bool, wait time.Duration, err error) {
	if rate.Burst <= 0 || rate.Period < time.Duration(rate.Burst) {
		return false, 0, errRate
	}
	unit := max(time.Microsecond, rate.Period/time.Duration(rate.Burst))
	wait, fullIn, err := b.spend(ctx, key, unit, unit.Truncate(time.Microsecond)*time.Duration(rate.Burst))
	if err != nil {
		return b.instead.Take(ctx, key, rate)
	}
	b.instead.Note(key, fullIn)
	return wait == 0, wait, nil
}

// spend runs the script, and gives how long to wait and when the bucket will be full.
func (b *Buckets) spend(ctx context.Context, key string, unit, whole time.Duration) (wait, fullIn time.Duration, err error) {
	var micros []int64
	err = b.link.do(ctx, forLimits, func(ctx context.Context) (err error) {
		micros, err = b.take.Run(ctx, b.link.calls, []string{b.prefix + key},
			unit.Microseconds(), whole.Microseconds(), b.offset.Load()).Int64Slice()
		if err == nil && len(micros) != 2 {
			err = errAnswer
		}
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	return time.Duration(micros[0]) * time.Microsecond, time.Duration(micros[1]) * time.Microsecond, nil
}

// GiveBack returns one unit to the bucket key.
func (b *Buckets) GiveBack(ctx context.Context, key string, rate cluster.Rate) error {
	if rate.Burst <= 0 || rate.Period < time.Duration(rate.Burst) {
		return errRate
	}
	unit := max(1, (rate.Period / time.Duration(rate.Burst)).Microseconds())
	_ = b.link.do(ctx, forLimits, func(ctx context.Context) error {
		return b.back.Run(ctx, b.link.calls, []string{b.prefix + key}, unit).Err()
	})
	return b.instead.GiveBack(ctx, key, rate) // which were told of the unit as well
}
