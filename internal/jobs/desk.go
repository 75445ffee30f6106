package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

var (
	// ErrNoJob is returned for an identifier that no job has: it never had, or
	// the job was done and has been purged.
	ErrNoJob = errors.New("there is no job with this id")
	// ErrNotDead is returned when a job that is not dead is to run again: it may
	// run still, or somebody else was faster.
	ErrNotDead = errors.New("only a dead job can be run again")
	// ErrUnknownKind is returned for a job whose kind this program does not
	// know.
	ErrUnknownKind = errors.New("this version does not know its kind")
)

// Fact is something an operator may know about a job.
type Fact struct{ Name, Value string }

// Keeper is the knowledge of a room about the jobs of the kind that it enqueues.
type Keeper struct {
	// Tell gives what may be shown of a payload: no secret, and of a person no
	// more than it takes to recognise them.
	Tell func(payload string) []Fact
	// Renew gives, in the transaction that revives the job, what it needs to run
	// again: payload, end and a new secret, because the old one was erased. Its
	// error wraps [ErrObsolete] if the work is no longer wanted, and [ErrGiveUp]
	// if it can never be done.
	Renew func(ctx context.Context, tx *store.Tx, dead store.Job) (NewJob, error)
}

// DeskOptions is what a Desk needs. Every field must be set.
type DeskOptions struct {
	Store   *store.Store
	Keyring *secret.Keyring
	Trail   *audit.Trail
}

// Desk is where operators look after jobs: they list them, look at one, and run
// a dead one again. It works nothing itself. It is safe for concurrent use once
// every keeper was given.
type Desk struct {
	opts DeskOptions

	keepers map[string]Keeper
	scrub   scrubber
}

// NewDesk returns a desk that knows no kind.
func NewDesk(o DeskOptions) *Desk {
	return &Desk{opts: o, keepers: map[string]Keeper{}, scrub: newScrubber()}
}

// Keep gives the keeper of a kind.
func (d *Desk) Keep(kind string, k Keeper) { d.keepers[kind] = k }

// listPage is how many jobs are read at once.
const listPage = 500

// List gives jobs in a state, newest first, without their secrets.
func (d *Desk) List(ctx context.Context, state store.JobState, limit int) ([]store.Job, error) {
	var found []store.Job
	page := store.Page{}
	for len(found) < limit {
		page.Limit = min(limit-len(found), listPage)
		some, err := d.opts.Store.Direct().Jobs.List(ctx, state, page)
		if err != nil {
			return nil, fmt.Errorf("list jobs: %w", err)
		}
		for _, j := range some {
			found = append(found, withoutSecret(j))
		}
		if len(some) < page.Limit {
			break
		}
		page.After = some[len(some)-1].ID
	}
	return found, nil
}

// Shown is a job as an operator may see it.
type Shown struct {
	Job       store.Job // without its secret
	HasSecret bool      // a secret is still sealed in it
	Facts     []Fact
}

// Show gives one job.
//
// Errors: ErrNoJob.
func (d *Desk) Show(ctx context.Context, jobID string) (Shown, error) {
	j, err := find(ctx, d.opts.Store.Direct(), jobID)
	if err != nil {
		return Shown{}, err
	}
	s := Shown{Job: withoutSecret(j), HasSecret: j.SecretSealed != ""}
	if k, ok := d.keepers[j.Kind]; ok {
		s.Facts = k.Tell(j.Payload)
	}
	return s, nil
}

func find(ctx context.Context, tx *store.Tx, jobID string) (store.Job, error) {
	j, err := tx.Jobs.ByID(ctx, jobID)
	if errors.Is(err, store.ErrNotFound) {
		return j, ErrNoJob
	}
	if err != nil {
		return j, fmt.Errorf("read job: %w", err)
	}
	return j, nil
}

// Obsolete is the error of a letter or another job that is not wanted any more, and
// says why.
func Obsolete(why string) error { return fmt.Errorf("%s: %w", why, ErrObsolete) }
