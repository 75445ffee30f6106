package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditPersonal is the erasable part of an audit event.
type AuditPersonal struct {
	Address   string
	UserAgent string
	Email     string
	Salt      string // of the event's commitment
}

// PersonalPart names the personal part of an audit event, and the address in it.
type PersonalPart struct {
	EventID string
	Email   string
}

var (
	auditPersonalInsert = q(`
		INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES (?, ?, ?, ?, ?, ?)`)
	auditPersonalList = q(`
		SELECT e.id, p.email
		FROM audit_events e JOIN audit_personal p ON p.realm_id = e.realm_id AND p.event_id = e.id
		WHERE e.realm_id = ? AND e.user_id = ? AND e.id > ? ORDER BY e.id LIMIT ?`)
	auditPersonalUnowned = q(`
		SELECT event_id FROM audit_personal WHERE realm_id = ? AND email = ?
			AND EXISTS (SELECT 1 FROM audit_events
				WHERE audit_events.realm_id = audit_personal.realm_id AND audit_events.id = audit_personal.event_id
					AND COALESCE(audit_events.user_id, '') = '')
		LIMIT ?`)
	auditPersonalDelete = q(`DELETE FROM audit_personal WHERE realm_id = ? AND event_id IN {many}`)
	auditPersonalOld    = q(`SELECT event_id FROM audit_personal WHERE realm_id = ? AND event_id < ? ORDER BY event_id LIMIT ?`)
	auditPersonalPurge  = q(`DELETE FROM audit_personal WHERE realm_id = ? AND event_id IN {many} AND event_id < ?`)
)

// AuditPersonals are the rows of audit_personal.
type AuditPersonals struct{ *bound }

// List gives the personal parts of a user's audit events in the order of
// their events, after the one named, at most limit.
func (t AuditPersonals) List(ctx context.Context, userID, after string, limit int) ([]PersonalPart, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, part *PersonalPart) error {
		return row.Scan(&part.EventID, &part.Email)
	}, auditPersonalList, t.realm, userID, after, limit)
}

// Unowned lists the events that name no user and have the address in their
// personal part, at most limit.
func (t AuditPersonals) Unowned(ctx context.Context, email string, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], auditPersonalUnowned, t.realm, email, limit)
}

// Delete deletes the personal parts of events.
func (t AuditPersonals) Delete(ctx context.Context, eventIDs []string) (int, error) {
	return sqlrun.Many(ctx, t.run, auditPersonalDelete, []any{t.realm}, eventIDs)
}

// Purge deletes the personal parts of events that were recorded before the given
// time, at most limit.
func (t AuditPersonals) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purgeBelow(ctx, auditPersonalOld, auditPersonalPurge, id.FirstAt(before), limit)
}
