package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// DefaultMaxAttempts is how often a job is tried that does not say.
const DefaultMaxAttempts = 14

// purpose keeps sealed job secrets apart from everything else that is sealed.
const purpose = "job secret"

// NewJob is work to do. Payload is marshalled to JSON and stored in clear;
// Secret is sealed. A zero ExpiresAt means never, a zero MaxAttempts
// [DefaultMaxAttempts].
type NewJob struct {
	Kind        string
	Payload     any
	Secret      []byte
	MaxAttempts int
	ExpiresAt   time.Time
}

// Enqueue writes a job in the caller's transaction and gives its id. The job is
// due as soon as the transaction is committed.
func Enqueue(ctx context.Context, tx *store.Tx, ring *secret.Keyring, j NewJob) (string, error) {
	payload, err := json.Marshal(j.Payload)
	if err != nil {
		return "", fmt.Errorf("marshal payload of %s job: %w", j.Kind, err)
	}
	job := store.Job{
		ID: id.Ordered(), Kind: j.Kind, Payload: string(payload), State: store.JobReady,
		MaxAttempts: j.MaxAttempts, ExpiresAt: j.ExpiresAt,
	}
	if job.MaxAttempts == 0 {
		job.MaxAttempts = DefaultMaxAttempts
	}
	if len(j.Secret) > 0 {
		job.SecretSealed = ring.Seal(purpose, place(job.ID), j.Secret)
	}
	if err := tx.Jobs.Insert(ctx, job); err != nil {
		return "", fmt.Errorf("insert %s job: %w", j.Kind, err)
	}
	telemetry.SpanOf(ctx).Set(slog.String("job_id", job.ID)) // the job's own trace has it too
	return job.ID, nil
}

// place is where the secret of a job is stored.
func place(jobID string) secret.Place {
	return secret.Place{Table: "jobs", Column: "secret_sealed", Row: jobID}
}

// open gives the secret of a job, nil if it has none.
func open(ring *secret.Keyring, j store.Job) ([]byte, error) {
	if j.SecretSealed == "" {
		return nil, nil
	}
	return ring.Open(purpose, place(j.ID), j.SecretSealed)
}
