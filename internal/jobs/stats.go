package jobs

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Stats is the state that operators watch. Queue is shared by all instances, the
// rest is of this pool. Outcomes of attempts are counted in the pool's Tally
// under "job_attempt": done, obsolete, retried, dead, and lost for outcomes that
// came after another worker had claimed the job.
type Stats struct {
	Queue   store.JobStats
	Workers int
	Busy    int64
}

// Stats reads the queue and adds the pool's own numbers.
func (p *Pool) Stats(ctx context.Context) (Stats, error) {
	queue, err := p.opts.Store.Direct().Jobs.Stats(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("read job statistics: %w", err)
	}
	return Stats{Queue: queue, Workers: p.opts.Workers, Busy: p.busy.Load()}, nil
}
