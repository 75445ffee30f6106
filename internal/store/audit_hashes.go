package store

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditHash is the hash of a whole subtree of two leaves or more. Those of single
// leaves stand in audit_leaves.
type AuditHash struct {
	Position int64 // as golang.org/x/mod/sumdb/tlog numbers stored hashes
	Hash     string
}

var auditHashTable = Table{
	Name: "audit_hashes", Key: 3, Restored: "kept",
	Erased: "kept: nobody's",
	Columns: []Column{
		realm, {"tree_id", Internal, ""}, {"position", Internal, ""}, {"hash", Internal, ""},
	},
}

var (
	auditHashInsert = q(`INSERT INTO audit_hashes {row audit_hashes}`)
	auditHashMany   = q(`INSERT INTO audit_hashes {rows audit_hashes}`)
	auditHashRead   = q(`SELECT position, hash FROM audit_hashes WHERE realm_id = ? AND tree_id = ? AND position IN {many}`)
	auditHashList   = q(`
		SELECT position, hash FROM audit_hashes WHERE realm_id = ? AND tree_id = ? AND position > ? ORDER BY position LIMIT ?`)
)

// AuditHashes are the rows of audit_hashes.
type AuditHashes struct{ *bound }

// Insert adds hashes of a tree.
func (t AuditHashes) Insert(ctx context.Context, treeID string, hashes []AuditHash) error {
	rows := make([][]any, len(hashes))
	for n, h := range hashes {
		rows[n] = []any{t.realm, treeID, h.Position, h.Hash}
	}
	return t.addMany(ctx, auditHashMany, auditHashInsert, rows)
}

// Read gives hashes of a tree by their positions.
func (t AuditHashes) Read(ctx context.Context, treeID string, positions []int64) (map[int64]string, error) {
	return hashesOf(ctx, t.run, auditHashRead, t.realm, treeID, positions)
}

// List gives the hashes of a tree behind a position, in order.
func (t AuditHashes) List(ctx context.Context, treeID string, after int64, limit int) ([]AuditHash, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, h *AuditHash) error {
		return row.Scan(&h.Position, &h.Hash)
	}, auditHashList, t.realm, treeID, after, limit)
}
