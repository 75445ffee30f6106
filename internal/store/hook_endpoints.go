package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// HookEndpoint is a URL of the operator's that hears of events.
type HookEndpoint struct {
	ID           string
	URL          string
	Kinds        []string // of the events that it hears of, sorted; empty for all
	Ordered      bool     // it hears of the events of a user one after another
	OwnerEmail   string   // who is told when it is switched off; empty for nobody
	CreatedAt    time.Time
	UpdatedAt    time.Time
	DisabledAt   time.Time // zero while it is on
	FailingSince time.Time // the first failure since its last success; zero if there is none
}

var hookEndpointTable = Table{
	Name: "hook_endpoints", Key: 2, Restored: "kept: one that was removed since the backup is there again",
	Erased: "kept: the operator's",
	Columns: []Column{
		realm,
		{"id", Internal, ""},
		{"url", Internal, ""},
		{"kinds", Internal, ""},
		{"ordered", Internal, ""},
		{"owner_email", Internal, ""},
		{"created_at", Internal, ""},
		{"updated_at", Internal, ""},
		{"disabled_at", Internal, ""},
		{"failing_since", Internal, ""},
	},
}

var (
	hookEndpointInsert  = q(`INSERT INTO hook_endpoints {row hook_endpoints}`)
	hookEndpointList    = q(`SELECT {columns hook_endpoints} FROM hook_endpoints WHERE realm_id = ? ORDER BY id`)
	hookEndpointByID    = q(`SELECT {columns hook_endpoints} FROM hook_endpoints WHERE realm_id = ? AND id = ?`)
	hookEndpointTouch   = q(`UPDATE hook_endpoints SET updated_at = ? WHERE realm_id = ? AND id = ?`)
	hookEndpointFailing = q(`
		UPDATE hook_endpoints SET failing_since = ? WHERE realm_id = ? AND id = ? AND failing_since IS NULL`)
	hookEndpointWell = q(`
		UPDATE hook_endpoints SET failing_since = NULL WHERE realm_id = ? AND id = ? AND failing_since IS NOT NULL`)
	hookEndpointDisable = q(`
		UPDATE hook_endpoints SET disabled_at = ?, updated_at = ? WHERE realm_id = ? AND id = ? AND disabled_at IS NULL`)
	hookEndpointEnable = q(`
		UPDATE hook_endpoints SET disabled_at = NULL, failing_since = NULL, updated_at = ?
		WHERE realm_id = ? AND id = ? AND disabled_at IS NOT NULL`)
	hookEndpointDelete = q(`DELETE FROM hook_endpoints WHERE realm_id = ? AND id = ?`)
)

// HookEndpoints are the rows of hook_endpoints.
type HookEndpoints struct{ *bound }

func scanHookEndpoint(row sqlrun.Row, e *HookEndpoint) error {
	return row.Scan(&e.ID, &e.URL, wordsInto(&e.Kinds), boolInto(&e.Ordered), &e.OwnerEmail,
		timeInto(&e.CreatedAt), timeInto(&e.UpdatedAt), timeInto(&e.DisabledAt), timeInto(&e.FailingSince))
}

// Insert adds an endpoint.
func (t HookEndpoints) Insert(ctx context.Context, e HookEndpoint) error {
	kinds, err := sorted(e.Kinds)
	if err != nil {
		return err
	}
	return t.add(ctx, hookEndpointInsert, t.realm, e.ID, e.URL, kinds, bit(e.Ordered), e.OwnerEmail,
		micros(e.CreatedAt), micros(e.UpdatedAt), micros(e.DisabledAt), micros(e.FailingSince))
}

// List gives every endpoint, oldest first. There are few.
func (t HookEndpoints) List(ctx context.Context) ([]HookEndpoint, error) {
	return sqlrun.List(ctx, t.run, scanHookEndpoint, hookEndpointList, t.realm)
}

// ByID reads an endpoint.
func (t HookEndpoints) ByID(ctx context.Context, id string) (HookEndpoint, error) {
	return sqlrun.Get(ctx, t.run, scanHookEndpoint, hookEndpointByID, t.realm, id)
}

// Touch dates a change of the endpoint. It reports false if there is no such
// endpoint, and otherwise holds its row until the transaction ends.
func (t HookEndpoints) Touch(ctx context.Context, id string, at time.Time) (bool, error) {
	return t.change(ctx, hookEndpointTouch, micros(at), t.realm, id)
}

// Failing records the first failure since the last success.
func (t HookEndpoints) Failing(ctx context.Context, id string, at time.Time) (bool, error) {
	return t.change(ctx, hookEndpointFailing, micros(at), t.realm, id)
}

// Well forgets the failures.
func (t HookEndpoints) Well(ctx context.Context, id string) (bool, error) {
	return t.change(ctx, hookEndpointWell, t.realm, id)
}

// Disable switches off an endpoint that is on.
func (t HookEndpoints) Disable(ctx context.Context, id string, at time.Time) (bool, error) {
	return t.change(ctx, hookEndpointDisable, micros(at), micros(at), t.realm, id)
}

// Enable switches on an endpoint that is off, and forgets its failures.
func (t HookEndpoints) Enable(ctx context.Context, id string, at time.Time) (bool, error) {
	return t.change(ctx, hookEndpointEnable, micros(at), t.realm, id)
}

// Delete removes an endpoint that has no secrets.
func (t HookEndpoints) Delete(ctx context.Context, id string) (bool, error) {
	return t.change(ctx, hookEndpointDelete, t.realm, id)
}
