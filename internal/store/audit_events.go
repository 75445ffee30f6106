package store

import (
	"context"
	"database/sql"
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
	Commitment  string // to Personal; empty before there were commitments
	Personal    AuditPersonal
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
		e.created_at, e.commitment, p.address, p.user_agent, p.email, p.salt
	FROM (SELECT realm_id, id FROM audit_events WHERE realm_id = ?`
	auditPage = ` AND id < ? ORDER BY id DESC LIMIT ?) page
		JOIN audit_events e ON e.realm_id = page.realm_id AND e.id = page.id
		LEFT JOIN audit_personal p ON p.realm_id = e.realm_id AND p.event_id = e.id
	ORDER BY e.id DESC`
)

var (
	auditInsert = q(`
		INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash,
			request_id, details, created_at, commitment)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

	// One text per filter, because each has its own index. COALESCE keeps the
	// one of kinds, which have many events each, from the last.
	auditList       = q(auditSelect + auditPage)
	auditListKind   = q(auditSelect + ` AND kind = ?` + auditPage)
	auditListUser   = q(auditSelect + ` AND user_id = ?` + auditPage)
	auditListNarrow = q(auditSelect + ` AND user_id = ? AND COALESCE(kind, '') = ?` + auditPage)

	// Identifiers sort by time, so the oldest stand first in the key.
	auditOld = q(`
		SELECT l.event_id FROM (SELECT realm_id, id FROM audit_events WHERE realm_id = ? AND id < ? ORDER BY id LIMIT ?) page
			JOIN audit_leaves l ON l.realm_id = page.realm_id AND l.event_id = page.id
		ORDER BY l.event_id`)
	auditPurge = q(`DELETE FROM audit_events WHERE realm_id = ? AND id IN {many} AND id < ?`)
)

// AuditEvents are the rows of audit_events, each with its row of audit_personal if
// there is one.
type AuditEvents struct{ *bound }

func scanAuditEvent(row sqlrun.Row, e *AuditEvent) error {
	var address, agent, email, salt sql.NullString // absent, or erased
	err := row.Scan(&e.ID, &e.Kind, &e.Outcome, &e.Reason, &e.ActorID, &e.UserID, &e.SessionHash, &e.RequestID,
		&e.Details, timeInto(&e.CreatedAt), textInto(&e.Commitment), &address, &agent, &email, &salt)
	e.Personal = AuditPersonal{Address: address.String, UserAgent: agent.String, Email: email.String, Salt: salt.String}
	return err
}

// Insert adds an event, its personal part in the side table, and lists it as not
// sealed yet.
func (t AuditEvents) Insert(ctx context.Context, e AuditEvent) error {
	return t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		_, err := run.Exec(ctx, auditInsert, t.realm, e.ID, e.Kind, e.Outcome, e.Reason, e.ActorID, e.UserID,
			e.SessionHash, e.RequestID, e.Details, micros(e.CreatedAt), e.Commitment)
		if err == nil {
			_, err = run.Exec(ctx, auditUnsealedInsert, t.realm, e.ID)
		}
		if err != nil || e.Personal == (AuditPersonal{}) {
			return err
		}
		_, err = run.Exec(ctx, auditPersonalInsert, t.realm, e.ID, e.Personal.Address, e.Personal.UserAgent, e.Personal.Email,
			e.Personal.Salt)
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

// Purge deletes events that were recorded before the given time and are sealed,
// oldest first, with their personal parts. Their leaves stay.
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
		if _, err := sqlrun.Many(ctx, run, auditLeafDrop, []any{t.realm}, ids); err != nil {
			return err
		}
		dropped, err = sqlrun.Many(ctx, run, auditPurge, []any{t.realm}, ids, first)
		return err
	})
	return dropped, err
}
