package store

import (
	"context"
	"database/sql"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditLeaf is what sealing adds to an event.
type AuditLeaf struct {
	TreeID      string
	Leaf        int64 // its number, from 0
	EventID     string
	Hash        string // of the leaf (RFC 6962 §2.1), base64url
	Commitment  string // that of the event
	BodyDropped bool   // the event was dropped for its age
}

// SealedEvent is a leaf with its event, if that is there.
type SealedEvent struct {
	AuditLeaf

	Event AuditEvent // without an ID if it is gone
	// HasPersonal tells whether there is a personal part.
	HasPersonal bool
}

// Standing is an event and how far it is sealed.
type Standing struct {
	Event          AuditEvent // without its personal part
	Sealed, Listed bool
}

var auditLeafTable = Table{
	Name: "audit_leaves", Key: 3, Restored: "kept",
	Erased: "kept: hashes of events, from which nobody learns what was erased",
	Columns: []Column{
		realm,
		{"tree_id", Internal, ""},
		{"leaf", Internal, ""},
		{"event_id", Linked, inner},
		{"hash", Linked, inner},
		{"commitment", Linked, inner},
		{"body_dropped", Internal, ""},
	},
}

// auditBody is an event without its personal part; an event that a join has not
// found is NULL throughout.
const auditBody = `e.id, e.kind, e.outcome, e.reason, e.actor_id, e.user_id, e.session_hash, e.request_id, e.details,
			e.created_at, e.commitment`

var (
	auditLeafInsert = q(`INSERT INTO audit_leaves {row audit_leaves}`)
	auditLeafMany   = q(`INSERT INTO audit_leaves {rows audit_leaves}`)
	auditLeafList   = q(`
		SELECT l.tree_id, l.leaf, l.event_id, l.hash, l.commitment, l.body_dropped, ` + auditBody + `,
			p.event_id, p.address, p.user_agent, p.email, p.salt
		FROM audit_leaves l
			LEFT JOIN audit_events e ON e.realm_id = l.realm_id AND e.id = l.event_id
			LEFT JOIN audit_personal p ON p.realm_id = l.realm_id AND p.event_id = l.event_id
		WHERE l.realm_id = ? AND l.tree_id = ? AND l.leaf >= ? ORDER BY l.leaf LIMIT ?`)
	auditLeafByEvent = q(`
		SELECT l.tree_id, l.leaf, l.event_id, l.hash, l.commitment, l.body_dropped, ` + auditBody + `
		FROM audit_leaves l LEFT JOIN audit_events e ON e.realm_id = l.realm_id AND e.id = l.event_id
		WHERE l.realm_id = ? AND l.event_id = ?`)
	auditLeafTold = q(`
		SELECT e.kind, e.outcome, e.reason, e.details, e.created_at
		FROM audit_leaves l LEFT JOIN audit_events e ON e.realm_id = l.realm_id AND e.id = l.event_id
		WHERE l.realm_id = ? AND l.tree_id = ? AND l.leaf >= ? ORDER BY l.leaf LIMIT ?`)
	auditLeafHashes = q(`SELECT leaf, hash FROM audit_leaves WHERE realm_id = ? AND tree_id = ? AND leaf IN {many}`)
	auditLeafOf     = q(`SELECT event_id, hash FROM audit_leaves WHERE realm_id = ? AND event_id IN {many}`)
	auditLeafDrop   = q(`UPDATE audit_leaves SET body_dropped = 1 WHERE realm_id = ? AND event_id IN {many}`)
	auditStanding   = q(`
		SELECT ` + auditBody + `, l.event_id, u.event_id
		FROM (SELECT realm_id, id FROM audit_events WHERE realm_id = ? AND id > ? ORDER BY id LIMIT ?) page
			JOIN audit_events e ON e.realm_id = page.realm_id AND e.id = page.id
			LEFT JOIN audit_leaves l ON l.realm_id = page.realm_id AND l.event_id = page.id
			LEFT JOIN audit_unsealed u ON u.realm_id = page.realm_id AND u.event_id = page.id
		ORDER BY e.id`)
)

// AuditLeaves are the rows of audit_leaves.
type AuditLeaves struct{ *bound }

// bodyInto are the scanners of auditBody.
func bodyInto(e *AuditEvent) []any {
	return []any{
		textInto(&e.ID), textInto(&e.Kind), textInto(&e.Outcome), textInto(&e.Reason), textInto(&e.ActorID), textInto(&e.UserID),
		textInto(&e.SessionHash), textInto(&e.RequestID), textInto(&e.Details), timeInto(&e.CreatedAt), textInto(&e.Commitment),
	}
}

func scanAuditBody(row sqlrun.Row, e *AuditEvent) error { return row.Scan(bodyInto(e)...) }

// Insert adds leaves. An event that is a leaf already is ErrTaken.
func (t AuditLeaves) Insert(ctx context.Context, leaves []AuditLeaf) error {
	rows := make([][]any, len(leaves))
	for n, l := range leaves {
		rows[n] = []any{t.realm, l.TreeID, l.Leaf, l.EventID, l.Hash, l.Commitment, bit(l.BodyDropped)}
	}
	return t.addMany(ctx, auditLeafMany, auditLeafInsert, rows)
}

// List gives leaves from a number on with their events, in order.
func (t AuditLeaves) List(ctx context.Context, treeID string, from int64, limit int) ([]SealedEvent, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, s *SealedEvent) error {
		var personal sql.NullString
		p := &s.Event.Personal
		into := append([]any{&s.TreeID, &s.Leaf, &s.EventID, &s.Hash, &s.Commitment, boolInto(&s.BodyDropped)}, bodyInto(&s.Event)...)
		err := row.Scan(append(into, &personal, textInto(&p.Address), textInto(&p.UserAgent), textInto(&p.Email), textInto(&p.Salt))...)
		s.HasPersonal = personal.Valid
		return err
	}, auditLeafList, t.realm, treeID, from, limit)
}

// ByEvent gives the leaf that an event is, with the event but without its personal
// part.
func (t AuditLeaves) ByEvent(ctx context.Context, eventID string) (SealedEvent, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, s *SealedEvent) error {
		return row.Scan(append([]any{&s.TreeID, &s.Leaf, &s.EventID, &s.Hash, &s.Commitment, boolInto(&s.BodyDropped)}, bodyInto(&s.Event)...)...)
	}, auditLeafByEvent, t.realm, eventID)
}

// Told gives what the events of leaves from a number on tell of nobody, in order: their
// kind, end and time. That of an event which is gone is empty.
func (t AuditLeaves) Told(ctx context.Context, treeID string, from int64, limit int) ([]AuditEvent, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, e *AuditEvent) error {
		return row.Scan(textInto(&e.Kind), textInto(&e.Outcome), textInto(&e.Reason), textInto(&e.Details), timeInto(&e.CreatedAt))
	}, auditLeafTold, t.realm, treeID, from, limit)
}

// Hashes gives the hashes of leaves by their numbers.
func (t AuditLeaves) Hashes(ctx context.Context, treeID string, leaves []int64) (map[int64]string, error) {
	return hashesOf(ctx, t.run, auditLeafHashes, t.realm, treeID, leaves)
}

// Of gives the hashes of the leaves that events are, by the ids of those.
func (t AuditLeaves) Of(ctx context.Context, eventIDs []string) (map[string]string, error) {
	rows, err := sqlrun.ListMany(ctx, t.run, func(row sqlrun.Row, l *AuditLeaf) error {
		return row.Scan(&l.EventID, &l.Hash)
	}, auditLeafOf, []any{t.realm}, eventIDs)
	of := make(map[string]string, len(rows))
	for _, l := range rows {
		of[l.EventID] = l.Hash
	}
	return of, err
}

// Standing gives events after the one named, in the order of their ids.
func (t AuditLeaves) Standing(ctx context.Context, after string, limit int) ([]Standing, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, s *Standing) error {
		var leaf, listed sql.NullString
		err := row.Scan(append(bodyInto(&s.Event), &leaf, &listed)...)
		s.Sealed, s.Listed = leaf.Valid, listed.Valid
		return err
	}, auditStanding, t.realm, after, limit)
}

// hash is a row of a statement that reads places and their hashes.
type hash struct {
	place int64
	text  string
}

func hashesOf(ctx context.Context, run sqlrun.Runner, q *sqlrun.Statement, realm, treeID string, places []int64) (map[int64]string, error) {
	rows, err := sqlrun.ListMany(ctx, run, func(row sqlrun.Row, h *hash) error {
		return row.Scan(&h.place, &h.text)
	}, q, []any{realm, treeID}, places)
	found := make(map[int64]string, len(rows))
	for _, h := range rows {
		found[h.place] = h.text
	}
	return found, err
}
