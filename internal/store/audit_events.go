package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditEvent is one thing that happened. Who it happened to is kept by
// identifier; personal data stands in Personal, which lives in a side table and
// can be erased without touching the event.
type AuditEvent struct {
	ID          string
	Kind        string // "session.opened", "password.reset", ...
	Outcome     string // "success" or "failure"
	Reason      string // a code: "wrong_password", "expired", ...
	ActorID     string // user id of who did it, if known
	UserID      string // user id of whom it concerns, if known
	SessionHash string // hash of the session id, never the id
	RequestID   string
	Details     string // JSON object without personal data
	CreatedAt   time.Time
	Personal    AuditPersonal
}

// AuditPersonal is the erasable part of an audit event.
type AuditPersonal struct {
	Address   string
	UserAgent string
	Email     string
}

// AuditRepeat counts refusals of one minute that are alike.
type AuditRepeat struct {
	ID      string // hash of what they have in common, the minute included
	EventID string // the first of them, which is an event
	Number  int    // of them, the first included
	BeganAt time.Time
	// Kind, Reason and UserID are those of the event, when it is listed; empty if
	// the event is gone.
	Kind, Reason, UserID string
}

// AuditFilter narrows a list of events. Empty fields match everything.
type AuditFilter struct {
	UserID string
	Kind   string
}

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

// AuditEvents are the rows of audit_events, audit_personal and audit_repeats.
type AuditEvents struct{ *bound }

func scanAuditEvent(row sqlrun.Row, e *AuditEvent) error {
	var address, agent, email sql.NullString // absent, or erased
	err := row.Scan(&e.ID, &e.Kind, &e.Outcome, &e.Reason, &e.ActorID, &e.UserID, &e.SessionHash, &e.RequestID,
		&e.Details, timeInto(&e.CreatedAt), &address, &agent, &email)
	e.Personal = AuditPersonal{Address: address.String, UserAgent: agent.String, Email: email.String}
	return err
}

// Insert adds an event, its personal part in the side table.
func (t AuditEvents) Insert(ctx context.Context, e AuditEvent) error {
	return t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		_, err := run.Exec(ctx, auditInsert, t.realm, e.ID, e.Kind, e.Outcome, e.Reason, e.ActorID, e.UserID,
			e.SessionHash, e.RequestID, e.Details, micros(e.CreatedAt))
		if err != nil || e.Personal == (AuditPersonal{}) {
			return err
		}
		_, err = run.Exec(ctx, auditPersonalInsert, t.realm, e.ID, e.Personal.Address, e.Personal.UserAgent, e.Personal.Email)
		return err
	})
}

// List gives events, newest first. The cursor is an event's id.
func (t AuditEvents) List(ctx context.Context, filter AuditFilter, page Page) ([]AuditEvent, error) {
	q, args := auditList, []any{t.realm}
	switch {
	case filter.UserID != "" && filter.Kind != "":
		q, args = auditListNarrow, append(args, filter.UserID, filter.Kind)
	case filter.UserID != "":
		q, args = auditListUser, append(args, filter.UserID)
	case filter.Kind != "":
		q, args = auditListKind, append(args, filter.Kind)
	}
	return sqlrun.List(ctx, t.run, scanAuditEvent, q, append(args, cursor(page.After), page.Limit)...)
}

// Count counts one refusal more and reports whether it is the first of its
// kind, which makes r the row. Of any number of concurrent calls exactly one
// is the first.
func (t AuditEvents) Count(ctx context.Context, r AuditRepeat) (first bool, err error) {
	for range 3 {
		if more, err := t.change(ctx, auditCount, t.realm, r.ID); more || err != nil {
			return false, err
		}
		err = t.add(ctx, auditCountInsert, t.realm, r.ID, r.EventID, micros(r.BeganAt))
		if !errors.Is(err, ErrTaken) {
			return err == nil, err
		}
		if err := t.run.Raced(err); err != nil { // somebody was faster
			return false, err
		}
	}
	return false, fmt.Errorf("count a refusal: %w", ErrUnavailable)
}

// Counted lists the rows of before the given time, oldest first.
func (t AuditEvents) Counted(ctx context.Context, before time.Time, limit int) ([]AuditRepeat, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, r *AuditRepeat) error {
		return row.Scan(&r.ID, &r.EventID, &r.Number, timeInto(&r.BeganAt), &r.Kind, &r.Reason, &r.UserID)
	}, auditCounted, t.realm, micros(before), limit)
}

// DropCount deletes r, unless its number has changed.
func (t AuditEvents) DropCount(ctx context.Context, r AuditRepeat) (bool, error) {
	return t.change(ctx, auditCountDrop, t.realm, r.ID, r.Number)
}

// Purge deletes events that were recorded before the given time, oldest
// first; PurgePersonal deletes their personal parts alone.
func (t AuditEvents) Purge(ctx context.Context, before time.Time, limit int) (dropped int, err error) {
	first := id.FirstAt(before)
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		ids, err := sqlrun.List(ctx, run, sqlrun.Value[string], auditOld, t.realm, first, limit)
		if err != nil {
			return err
		}
		if _, err := sqlrun.Many(ctx, run, auditPersonalPurge, []any{t.realm}, ids, first); err != nil {
			return err
		}
		dropped, err = sqlrun.Many(ctx, run, auditPurge, []any{t.realm}, ids, first)
		return err
	})
	return dropped, err
}

// PurgePersonal deletes old personal parts.
func (t AuditEvents) PurgePersonal(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purgeBelow(ctx, auditPersonalOld, auditPersonalPurge, id.FirstAt(before), limit)
}
