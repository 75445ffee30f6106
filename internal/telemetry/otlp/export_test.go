package otlp

import "time"

// Quick gives queues with short times, for tests that have trouble come and go,
// unless o has its own.
func Quick(o Options, queued int, giveUp, flush time.Duration) Options {
	if o.limits.queued != 0 {
		return o
	}
	o.limits = limits{
		queued: queued, batch: 16, every: 5 * time.Millisecond, giveUp: giveUp, firstPause: 5 * time.Millisecond, flush: flush,
		silentAfterTold: time.Minute,
	}
	return o
}
