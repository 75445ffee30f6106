// Package cluster says what instances tell each other and may lose: that the
// revocation list has grown, how much of a rate limit is spent, and that a job
// is due.
//
// Nothing here is the truth. Every port may forget everything at any moment,
// and then only speed is lost: no revoked token comes back, no job is lost, and
// guesses stay counted in SQL. Package cluster/local is the adapter for one
// process; cluster/clustertest is the list of promises that each adapter keeps.
package cluster

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Feed carries news of revocations between instances.
type Feed interface {
	// Publish tells the others. It gives up when ctx does, and its failure must
	// fail nothing.
	Publish(ctx context.Context, history string, revocations []store.Revocation) error
	// Subscribe calls hear for each piece of news, until ctx is done. Calls do
	// not overlap. News may be lost, doubled or out of order.
	Subscribe(ctx context.Context, hear func(News)) error
}

// News is what an instance heard.
type News struct {
	History     string
	Revocations []store.Revocation
}

// Rate is a limit: Burst requests at once, and Burst per Period in the long
// run.
type Rate struct {
	Burst  int
	Period time.Duration
}

// Buckets holds what is spent of rate limits, by the generic cell rate
// algorithm (GCRA).
type Buckets interface {
	// Take spends one unit of the bucket key. If it is not allowed, nothing is
	// spent and wait says when one unit will be there.
	Take(ctx context.Context, key string, rate Rate) (allowed bool, wait time.Duration, err error)
	// GiveBack returns one unit to the bucket key, which never holds more than
	// the burst. Giving back what was not taken, or to a bucket that has been
	// forgotten, changes nothing that counts.
	GiveBack(ctx context.Context, key string, rate Rate) error
}

// Handout wakes workers when jobs are due.
type Handout interface {
	// Announce tells that jobs with these ids are due.
	Announce(ctx context.Context, ids []string) error
	// Next waits for an id, or for ctx.
	Next(ctx context.Context) (id string, err error)
}
