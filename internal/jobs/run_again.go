package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// RunAgain gives a dead job its tries back, and what its keeper says it needs:
// the secret it had was erased when it died. Nil means that it is due at once.
// A job that is no longer wanted is done instead, so that nobody is asked about
// it again, and the error wraps [ErrObsolete] and says why. Either way it is one
// transaction with its audit event, and of any number of concurrent calls
// exactly one changes the job; the others get [ErrNotDead].
//
// Errors: ErrNoJob, ErrNotDead, ErrUnknownKind, ErrObsolete, ErrGiveUp.
func (d *Desk) RunAgain(ctx context.Context, jobID string) error {
	var unwanted error
	err := d.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		unwanted = nil
		dead, err := find(ctx, tx, jobID)
		if err != nil {
			return err
		}
		if dead.State != store.JobDead {
			return fmt.Errorf("it is %s: %w", dead.State, ErrNotDead)
		}
		k, ok := d.keepers[dead.Kind]
		if !ok {
			return ErrUnknownKind
		}
		event := audit.Event{
			Kind: audit.KindJobRunAgain, Outcome: audit.Success,
			Details: map[string]any{"job_id": dead.ID, "job_kind": dead.Kind},
		}
		renewed, err := k.Renew(ctx, tx, withoutSecret(dead))
		var revival store.JobRevival
		switch {
		case err == nil:
			revival, err = d.revival(dead, renewed)
		case errors.Is(err, ErrObsolete):
			revival, unwanted, err = d.closing(dead, err), err, nil
			event.Outcome, event.Reason = audit.Failure, audit.ReasonObsolete
		}
		if err != nil {
			return err
		}
		revived, err := tx.Jobs.Revive(ctx, revival)
		if err != nil {
			return fmt.Errorf("revive job: %w", err)
		}
		if !revived {
			return fmt.Errorf("it was dead a moment ago: %w", ErrNotDead)
		}
		return d.opts.Trail.Record(ctx, tx, event)
	})
	return cmp.Or(err, unwanted)
}

// revival is a job with its tries before it.
func (d *Desk) revival(dead store.Job, renewed NewJob) (store.JobRevival, error) {
	payload, err := json.Marshal(renewed.Payload)
	if err != nil {
		return store.JobRevival{}, fmt.Errorf("marshal payload of %s job: %w", dead.Kind, err)
	}
	r := store.JobRevival{
		ID: dead.ID, Fence: dead.Fence, Kind: dead.Kind, State: store.JobReady, Payload: string(payload),
		ExpiresAt: renewed.ExpiresAt, LastError: dead.LastError,
	}
	if len(renewed.Secret) > 0 {
		r.SecretSealed = d.opts.Keyring.Seal(purpose, place(dead.ID), renewed.Secret)
	}
	return r, nil
}

// closing is a job that nobody wants any more.
func (d *Desk) closing(dead store.Job, why error) store.JobRevival {
	return store.JobRevival{
		ID: dead.ID, Fence: dead.Fence, State: store.JobDone, Payload: dead.Payload, Attempts: dead.Attempts,
		ExpiresAt: dead.ExpiresAt, LastError: d.scrub.clean(why.Error(), nil),
	}
}
