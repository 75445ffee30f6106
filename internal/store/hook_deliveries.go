package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// HookDelivery is a message to an endpoint that has not arrived: what its job is
// found by. Whether it waits or was given up, the job says.
type HookDelivery struct {
	EndpointID  string
	UserID      string // whom the event concerns, if known
	EventNumber int64  // of the user's events; 0 if order does not matter
	JobID       string
}

// HookCounts counts the deliveries of an endpoint that have not arrived.
type HookCounts struct {
	Waiting int64
	Dead    int64
}

// PendingDelivery is one that waits, and until when.
type PendingDelivery struct {
	JobID string
	After time.Duration // until it is due
}

var hookDeliveryTable = Table{
	Name: "hook_deliveries", Key: 5, Restored: "kept, as their jobs are",
	Erased: "kept: ids alone, until they have arrived",
	Columns: []Column{
		realm,
		{"endpoint_id", Internal, ""},
		{"user_id", Linked, inner},
		{"event_number", Linked, inner},
		{"job_id", Linked, inner},
	},
}

const hookDeliveryJobs = `
	FROM hook_deliveries JOIN jobs ON jobs.realm_id = hook_deliveries.realm_id AND jobs.id = hook_deliveries.job_id
	WHERE hook_deliveries.realm_id = ? AND hook_deliveries.endpoint_id = ?`

var (
	hookDeliveryInsert = q(`INSERT INTO hook_deliveries {row hook_deliveries}`)
	hookDeliveryBefore = q(`
		SELECT {now}, jobs.id, jobs.run_at ` + hookDeliveryJobs + ` AND hook_deliveries.user_id = ?
			AND hook_deliveries.event_number > 0 AND hook_deliveries.event_number < ? AND jobs.state IN ('ready', 'running')
		ORDER BY hook_deliveries.event_number DESC LIMIT 1`)
	hookDeliveryNext = q(`
		SELECT {now}, jobs.id, jobs.run_at ` + hookDeliveryJobs + ` AND hook_deliveries.user_id = ?
			AND hook_deliveries.event_number > ? AND jobs.state = 'ready'
		ORDER BY hook_deliveries.event_number LIMIT 1`)
	hookDeliveryDead = q(`
		SELECT jobs.id ` + hookDeliveryJobs + ` AND jobs.state = 'dead' AND jobs.id > ? ORDER BY jobs.id LIMIT ?`)
	// hookDeliveryCount looks each job up by its key: PostgreSQL would read all of them.
	hookDeliveryCount = q(`
		SELECT COUNT(CASE WHEN told.state IN ('ready', 'running') THEN 1 END), COUNT(CASE WHEN told.state = 'dead' THEN 1 END)
		FROM (SELECT (SELECT jobs.state FROM jobs WHERE jobs.realm_id = hook_deliveries.realm_id AND jobs.id = hook_deliveries.job_id) AS state
			FROM hook_deliveries WHERE realm_id = ? AND endpoint_id = ?) told`)
	hookDeliveryDelete = q(`
		DELETE FROM hook_deliveries WHERE realm_id = ? AND endpoint_id = ? AND user_id = ? AND event_number = ? AND job_id = ?`)
	hookDeliveryDrop = q(`DELETE FROM hook_deliveries WHERE realm_id = ? AND endpoint_id = ?`)
)

// HookDeliveries are the rows of hook_deliveries.
type HookDeliveries struct{ *bound }

// Insert adds a delivery, in the transaction that inserts its job.
func (t HookDeliveries) Insert(ctx context.Context, d HookDelivery) error {
	return t.add(ctx, hookDeliveryInsert, t.realm, d.EndpointID, d.UserID, d.EventNumber, d.JobID)
}

// pending reads the job of a delivery, and how long it waits.
func pending(row sqlrun.Row, p *PendingDelivery) error {
	var now, at time.Time
	err := row.Scan(timeInto(&now), &p.JobID, timeInto(&at))
	p.After = at.Sub(now)
	return err
}

// Before gives the delivery for the same user and endpoint that comes last before
// this one and still waits, or ErrNotFound.
func (t HookDeliveries) Before(ctx context.Context, d HookDelivery) (PendingDelivery, error) {
	return sqlrun.Get(ctx, t.run, pending, hookDeliveryBefore, t.realm, d.EndpointID, d.UserID, d.EventNumber)
}

// Next gives the delivery for the same user and endpoint that comes first after
// this one and waits, or ErrNotFound.
func (t HookDeliveries) Next(ctx context.Context, d HookDelivery) (PendingDelivery, error) {
	return sqlrun.Get(ctx, t.run, pending, hookDeliveryNext, t.realm, d.EndpointID, d.UserID, d.EventNumber)
}

// Dead gives the jobs of an endpoint's deliveries that were given up, in a page by
// their ids.
func (t HookDeliveries) Dead(ctx context.Context, endpointID string, page Page) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], hookDeliveryDead, t.realm, endpointID, page.After, page.Limit)
}

// Count counts what has not arrived at an endpoint.
func (t HookDeliveries) Count(ctx context.Context, endpointID string) (HookCounts, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, c *HookCounts) error {
		return row.Scan(&c.Waiting, &c.Dead)
	}, hookDeliveryCount, t.realm, endpointID)
}

// Delete removes a delivery: it has arrived, or nobody wants it any more.
func (t HookDeliveries) Delete(ctx context.Context, d HookDelivery) (bool, error) {
	return t.change(ctx, hookDeliveryDelete, t.realm, d.EndpointID, d.UserID, d.EventNumber, d.JobID)
}

// Drop removes every delivery of an endpoint.
func (t HookDeliveries) Drop(ctx context.Context, endpointID string) (int, error) {
	return t.run.Exec(ctx, hookDeliveryDrop, t.realm, endpointID)
}
