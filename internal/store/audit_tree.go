package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditTree is a Merkle tree of audit events. The one with the greatest number grows,
// unless it is closed.
type AuditTree struct {
	Number   int64 // from 1
	ID       string
	Size     int64 // leaves
	BeganAt  time.Time
	ClosedAt time.Time // zero while it grows
}

var auditTreeTable = Table{
	Name: "audit_tree", Key: 2, Restored: "closed, and another begun",
	Erased: "kept: nobody's",
	Columns: []Column{
		realm,
		{"number", Internal, ""},
		{"tree_id", Internal, ""},
		{"size", Internal, ""},
		{"turn", Internal, ""},
		{"began_at", Internal, ""},
		{"closed_at", Internal, ""},
	},
}

var (
	auditTreeInsert = q(`
		INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at) VALUES (?, ?, ?, 0, 0, ?)`)
	auditTreeList = q(`
		SELECT number, tree_id, size, began_at, closed_at FROM audit_tree WHERE realm_id = ? AND number > ? ORDER BY number`)
	auditTreeLast = q(`
		SELECT number, tree_id, size, began_at, closed_at FROM audit_tree WHERE realm_id = ? AND number > 0
		ORDER BY number DESC LIMIT 1`)
	// auditTreeHold locks the row: its turn always changes.
	auditTreeHold = q(`
		UPDATE audit_tree SET turn = turn + 1 WHERE realm_id = ? AND number = ? AND size = ? AND closed_at IS NULL`)
	auditTreeGrow  = q(`UPDATE audit_tree SET size = size + ? WHERE realm_id = ? AND number = ? AND size = ?`)
	auditTreeClose = q(`
		UPDATE audit_tree SET closed_at = ? WHERE realm_id = ? AND number = ? AND size = ? AND closed_at IS NULL`)
)

// AuditTrees are the rows of audit_tree.
type AuditTrees struct{ *bound }

func scanAuditTree(row sqlrun.Row, tree *AuditTree) error {
	return row.Scan(&tree.Number, &tree.ID, &tree.Size, timeInto(&tree.BeganAt), timeInto(&tree.ClosedAt))
}

// Insert begins a tree without leaves. A number that is there is ErrTaken.
func (t AuditTrees) Insert(ctx context.Context, tree AuditTree) error {
	return t.add(ctx, auditTreeInsert, t.realm, tree.Number, tree.ID, micros(tree.BeganAt))
}

// List gives every tree, in the order in which they began.
func (t AuditTrees) List(ctx context.Context) ([]AuditTree, error) {
	return sqlrun.List(ctx, t.run, scanAuditTree, auditTreeList, t.realm, 0)
}

// Last gives the tree that began last.
func (t AuditTrees) Last(ctx context.Context) (AuditTree, error) {
	return sqlrun.Get(ctx, t.run, scanAuditTree, auditTreeLast, t.realm)
}

// Hold takes the tree until the transaction ends, if it still has this size and is
// open. Of concurrent calls one goes on; the others wait for it and get false if it
// let the tree grow.
func (t AuditTrees) Hold(ctx context.Context, tree AuditTree) (bool, error) {
	return t.change(ctx, auditTreeHold, t.realm, tree.Number, tree.Size)
}

// Grow adds leaves to the size of a tree that is held.
func (t AuditTrees) Grow(ctx context.Context, tree AuditTree, leaves int) (bool, error) {
	return t.change(ctx, auditTreeGrow, leaves, t.realm, tree.Number, tree.Size)
}

// Close ends a tree that still has this size.
func (t AuditTrees) Close(ctx context.Context, tree AuditTree, at time.Time) (bool, error) {
	return t.change(ctx, auditTreeClose, micros(at), t.realm, tree.Number, tree.Size)
}
