package store

import (
	"context"
	"database/sql"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// UnsealedEntry is an entry of the list, and whether its event is gone.
type UnsealedEntry struct {
	EventID string
	Gone    bool
}

var auditUnsealedTable = Table{
	Name: "audit_unsealed", Key: 2, Restored: "kept: sealed into the tree that begins",
	Erased: "kept: by ids of events, for seconds",
	Columns: []Column{
		realm, {"event_id", Linked, inner},
	},
}

var (
	auditUnsealedInsert = q(`INSERT INTO audit_unsealed (realm_id, event_id) VALUES (?, ?)`)
	auditUnsealedList   = q(`
		SELECT ` + auditBody + `
		FROM (SELECT realm_id, event_id FROM audit_unsealed WHERE realm_id = ? AND event_id > ? ORDER BY event_id LIMIT ?) page
			JOIN audit_events e ON e.realm_id = page.realm_id AND e.id = page.event_id
		ORDER BY e.id`)
	auditUnsealedPeek    = q(`SELECT event_id FROM audit_unsealed WHERE realm_id = ? AND event_id > ? ORDER BY event_id LIMIT ?`)
	auditUnsealedEntries = q(`
		SELECT page.event_id, e.id
		FROM (SELECT realm_id, event_id FROM audit_unsealed WHERE realm_id = ? AND event_id > ? ORDER BY event_id LIMIT ?) page
			LEFT JOIN audit_events e ON e.realm_id = page.realm_id AND e.id = page.event_id
		ORDER BY page.event_id`)
	auditUnsealedDelete = q(`DELETE FROM audit_unsealed WHERE realm_id = ? AND event_id IN {many}`)
)

// AuditUnsealed are the rows of audit_unsealed: events that are no leaf yet.
type AuditUnsealed struct{ *bound }

// List gives the events that are listed after the one named, in the order of their
// ids and without their personal parts.
func (t AuditUnsealed) List(ctx context.Context, after string, limit int) ([]AuditEvent, error) {
	return sqlrun.List(ctx, t.run, scanAuditBody, auditUnsealedList, t.realm, after, limit)
}

// Peek gives the ids that are listed after the one named.
func (t AuditUnsealed) Peek(ctx context.Context, after string, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], auditUnsealedPeek, t.realm, after, limit)
}

// Entries gives what is listed after the event named, whether or not the event is
// there.
func (t AuditUnsealed) Entries(ctx context.Context, after string, limit int) ([]UnsealedEntry, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, e *UnsealedEntry) error {
		var there sql.NullString
		err := row.Scan(&e.EventID, &there)
		e.Gone = !there.Valid
		return err
	}, auditUnsealedEntries, t.realm, after, limit)
}

// Delete takes events from the list and says how many were on it.
func (t AuditUnsealed) Delete(ctx context.Context, eventIDs []string) (int, error) {
	return sqlrun.Many(ctx, t.run, auditUnsealedDelete, []any{t.realm}, eventIDs)
}
