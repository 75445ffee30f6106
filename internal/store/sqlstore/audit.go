package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// A page is found in an index alone, and its rows are read after that: MySQL
// reads and sorts the whole realm otherwise.
const (
	auditSelect = `
	SELECT e.id, e.kind, e.outcome, e.reason, e.actor_id, e.user_id, e.session_hash, e.request_id, e.details,
		e.created_at, p.address, p.user_agent, p.email
	FROM (SELECT realm_id, id FROM audit_events WHERE realm_id = ?`
	auditPage = ` AND id < ? ORDER BY id DESC LIMIT ?) page
		JOIN audit_events e ON e.realm_id = page.realm_id AND e.id = page.id
		LEFT JOIN audit_personal p ON p.realm_id = e.realm_id AND p.event_id = e.id
	ORDER BY e.id DESC`
)

var (
	auditInsert = q(`
		INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash,
			request_id, details, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	auditPersonalInsert = q(`
		INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES (?, ?, ?, ?, ?)`)

	// One text per filter, because each has its own index. COALESCE keeps the
	// one of kinds, which have many events each, from the last.
	auditList       = q(auditSelect + auditPage)
	auditListKind   = q(auditSelect + ` AND kind = ?` + auditPage)
	auditListUser   = q(auditSelect + ` AND user_id = ?` + auditPage)
	auditListNarrow = q(auditSelect + ` AND user_id = ? AND COALESCE(kind, '') = ?` + auditPage)

	auditCount       = q(`UPDATE audit_repeats SET number = number + 1 WHERE realm_id = ? AND id = ?`)
	auditCountInsert = q(`
		INSERT INTO audit_repeats (realm_id, id, event_id, number, began_at) VALUES (?, ?, ?, 1, ?)`)
	auditCounted = q(`
		SELECT r.id, r.event_id, r.number, r.began_at, COALESCE(e.kind, ''), COALESCE(e.reason, ''), COALESCE(e.user_id, '')
		FROM audit_repeats r LEFT JOIN audit_events e ON e.realm_id = r.realm_id AND e.id = r.event_id
		WHERE r.realm_id = ? AND r.began_at < ? ORDER BY r.began_at, r.id LIMIT ?`)
	auditCountDrop = q(`DELETE FROM audit_repeats WHERE realm_id = ? AND id = ? AND number = ?`)

	// Identifiers sort by time, so the oldest stand first in the key.
	auditOld           = q(`SELECT id FROM audit_events WHERE realm_id = ? AND id < ? ORDER BY id LIMIT ?`)
	auditPurge         = q(`DELETE FROM audit_events WHERE realm_id = ? AND id IN {many} AND id < ?`)
	auditPersonalOld   = q(`SELECT event_id FROM audit_personal WHERE realm_id = ? AND event_id < ? ORDER BY event_id LIMIT ?`)
	auditPersonalPurge = q(`DELETE FROM audit_personal WHERE realm_id = ? AND event_id IN {many} AND event_id < ?`)
)

// auditEvents implements store.AuditEvents.
type auditEvents struct{ *port }

func scanAuditEvent(row seam.Row, e *store.AuditEvent) error {
	var address, agent, email sql.NullString // absent, or erased
	err := row.Scan(&e.ID, &e.Kind, &e.Outcome, &e.Reason, &e.ActorID, &e.UserID, &e.SessionHash, &e.RequestID,
		&e.Details, column.At(&e.CreatedAt), &address, &agent, &email)
	e.Personal = store.AuditPersonal{Address: address.String, UserAgent: agent.String, Email: email.String}
	return err
}

// Insert adds an event, its personal part in the side table.
func (p auditEvents) Insert(ctx context.Context, e store.AuditEvent) error {
	return p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		_, err := run.Exec(ctx, auditInsert, p.realm, e.ID, e.Kind, e.Outcome, e.Reason, e.ActorID, e.UserID,
			e.SessionHash, e.RequestID, e.Details, column.Micros(e.CreatedAt))
		if err != nil || e.Personal == (store.AuditPersonal{}) {
			return err
		}
		_, err = run.Exec(ctx, auditPersonalInsert, p.realm, e.ID, e.Personal.Address, e.Personal.UserAgent, e.Personal.Email)
		return err
	})
}

// List gives events, newest first.
func (p auditEvents) List(ctx context.Context, filter store.AuditFilter, page store.Page) ([]store.AuditEvent, error) {
	q, args := auditList, []any{p.realm}
	switch {
	case filter.UserID != "" && filter.Kind != "":
		q, args = auditListNarrow, append(args, filter.UserID, filter.Kind)
	case filter.UserID != "":
		q, args = auditListUser, append(args, filter.UserID)
	case filter.Kind != "":
		q, args = auditListKind, append(args, filter.Kind)
	}
	return seam.List(ctx, p, scanAuditEvent, q, append(args, cursor(page.After), page.Limit)...)
}

// Count adds one to the row of r, or inserts it.
func (p auditEvents) Count(ctx context.Context, r store.AuditRepeat) (first bool, err error) {
	for range 3 {
		if more, err := p.change(ctx, auditCount, p.realm, r.ID); more || err != nil {
			return false, err
		}
		err = p.add(ctx, auditCountInsert, p.realm, r.ID, r.EventID, column.Micros(r.BeganAt))
		if !errors.Is(err, store.ErrTaken) {
			return err == nil, err
		}
		if err := p.Raced(err); err != nil { // somebody was faster
			return false, err
		}
	}
	return false, fmt.Errorf("count a refusal: %w", store.ErrUnavailable)
}

// Counted lists rows by age.
func (p auditEvents) Counted(ctx context.Context, before time.Time, limit int) ([]store.AuditRepeat, error) {
	return seam.List(ctx, p, func(row seam.Row, r *store.AuditRepeat) error {
		return row.Scan(&r.ID, &r.EventID, &r.Number, column.At(&r.BeganAt), &r.Kind, &r.Reason, &r.UserID)
	}, auditCounted, p.realm, column.Micros(before), limit)
}

// DropCount deletes a row by compare-and-set.
func (p auditEvents) DropCount(ctx context.Context, r store.AuditRepeat) (bool, error) {
	return p.change(ctx, auditCountDrop, p.realm, r.ID, r.Number)
}

// Purge deletes old events, each after its personal part, which refers to it.
func (p auditEvents) Purge(ctx context.Context, before time.Time, limit int) (dropped int, err error) {
	first := id.FirstAt(before)
	err = p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		ids, err := seam.List(ctx, run, seam.Value[string], auditOld, p.realm, first, limit)
		if err != nil {
			return err
		}
		if _, err := seam.Many(ctx, run, auditPersonalPurge, []any{p.realm}, ids, first); err != nil {
			return err
		}
		dropped, err = seam.Many(ctx, run, auditPurge, []any{p.realm}, ids, first)
		return err
	})
	return dropped, err
}

// PurgePersonal deletes old personal parts.
func (p auditEvents) PurgePersonal(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purgeBelow(ctx, auditPersonalOld, auditPersonalPurge, id.FirstAt(before), limit)
}
