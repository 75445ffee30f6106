package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditHead is a signed head of a tree of audit events.
type AuditHead struct {
	TreeID    string
	Size      int64
	Note      string // as it left the house
	CreatedAt time.Time
}

var auditHeadTable = Table{
	Name: "audit_heads", Key: 3, Restored: "kept",
	Erased: "kept: nobody's",
	Columns: []Column{
		realm, {"tree_id", Internal, ""}, {"size", Internal, ""}, {"note", Internal, ""}, {"created_at", Internal, ""},
	},
}

var (
	auditHeadInsert = q(`INSERT INTO audit_heads {row audit_heads}`)
	auditHeadLast   = q(`
		SELECT tree_id, size, note, created_at FROM audit_heads WHERE realm_id = ? AND tree_id = ?
		ORDER BY size DESC LIMIT 1`)
	auditHeadList = q(`
		SELECT tree_id, size, note, created_at FROM audit_heads WHERE realm_id = ? AND tree_id = ? AND size > ?
		ORDER BY size LIMIT ?`)
)

// AuditHeads are the rows of audit_heads.
type AuditHeads struct{ *bound }

func scanAuditHead(row sqlrun.Row, h *AuditHead) error {
	return row.Scan(&h.TreeID, &h.Size, &h.Note, timeInto(&h.CreatedAt))
}

// Insert keeps a head. One of the same size is ErrTaken.
func (t AuditHeads) Insert(ctx context.Context, h AuditHead) error {
	return t.add(ctx, auditHeadInsert, t.realm, h.TreeID, h.Size, h.Note, micros(h.CreatedAt))
}

// Last gives the largest head of a tree.
func (t AuditHeads) Last(ctx context.Context, treeID string) (AuditHead, error) {
	return sqlrun.Get(ctx, t.run, scanAuditHead, auditHeadLast, t.realm, treeID)
}

// List gives heads of a tree that are larger than a size, the smallest first.
func (t AuditHeads) List(ctx context.Context, treeID string, after int64, limit int) ([]AuditHead, error) {
	return sqlrun.List(ctx, t.run, scanAuditHead, auditHeadList, t.realm, treeID, after, limit)
}
