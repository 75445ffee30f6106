package hook

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// jobKind is the kind of the jobs that this room writes and does.
const jobKind = "hook"

// maxDetails bounds the details of a message, in bytes. No event has as many; one
// that does is told of without them.
const maxDetails = 32 << 10

// delivery is what a job keeps: the message as it is sent, in every attempt.
type delivery struct {
	EndpointID string `json:"endpoint_id"`
	EventID    string `json:"event_id"`
	UserID     string `json:"user_id,omitempty"`
	Number     int64  `json:"number,omitempty"`
	Body       body   `json:"body"`
}

// row is by what the delivery is found.
func (d delivery) row(jobID string) store.HookDelivery {
	return store.HookDelivery{EndpointID: d.EndpointID, UserID: d.UserID, EventNumber: d.Number, JobID: jobID}
}

// body is the body of a message.
type body struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      data      `json:"data"`
}

// data is ids, and what changed.
type data struct {
	UserID      string          `json:"user_id,omitempty"`
	ActorID     string          `json:"actor_id,omitempty"`
	SessionHash string          `json:"session_hash,omitempty"`
	Reason      string          `json:"reason,omitempty"`
	Number      int64           `json:"number,omitempty"`
	Details     json.RawMessage `json:"details,omitempty"`
}

// Outbox writes deliveries. It is immutable and safe for concurrent use.
type Outbox struct {
	keyring *secret.Keyring
}

// NewOutbox returns an outbox.
func NewOutbox(keyring *secret.Keyring) *Outbox { return &Outbox{keyring: keyring} }

var _ audit.Follower = (*Outbox)(nil)

// Follow writes a delivery for each endpoint that wants to hear of the event, in the
// event's transaction.
func (o *Outbox) Follow(ctx context.Context, tx *store.Tx, e store.AuditEvent) error {
	if !told(e) {
		return nil
	}
	all, err := tx.Hooks.List(ctx)
	if err != nil {
		return fmt.Errorf("list hooks: %w", err)
	}
	var number int64
	for _, to := range all {
		if !wants(to, e.Kind) {
			continue
		}
		if to.Ordered && number == 0 && e.UserID != "" {
			if number, err = tx.Users.RaiseEventNumber(ctx, e.UserID); err != nil {
				return fmt.Errorf("number the event: %w", err)
			}
		}
		d := delivery{EndpointID: to.ID, EventID: e.ID, UserID: e.UserID, Body: message(e)}
		if to.Ordered {
			d.Number, d.Body.Data.Number = number, number
		}
		if err := o.write(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) write(ctx context.Context, tx *store.Tx, d delivery) error {
	jobID, err := jobs.Enqueue(ctx, tx, o.keyring, jobs.NewJob{Kind: jobKind, Payload: d, MaxAttempts: tries})
	if err != nil {
		return err
	}
	if err := tx.Deliveries.Insert(ctx, d.row(jobID)); err != nil {
		return fmt.Errorf("insert delivery: %w", err)
	}
	return nil
}

// wants reports whether an endpoint is to hear of a kind.
func wants(to store.HookEndpoint, kind string) bool {
	return to.DisabledAt.IsZero() && (len(to.Kinds) == 0 || slices.Contains(to.Kinds, kind))
}

// message is what is told of an event.
func message(e store.AuditEvent) body {
	b := body{Type: e.Kind, Timestamp: e.CreatedAt.UTC(), Data: data{
		UserID: e.UserID, ActorID: e.ActorID, SessionHash: e.SessionHash, Reason: e.Reason,
	}}
	if e.Details != "" && e.Details != "{}" && len(e.Details) <= maxDetails {
		b.Data.Details = json.RawMessage(e.Details)
	}
	return b
}
