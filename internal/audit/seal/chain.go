package seal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// errChain says that a tree did not begin as trees begin: somebody put it there.
var errChain = errors.New("its first event does not name the tree before it as that is")

// unknownRoot stands in the first event of a tree if the one before it was damaged.
const unknownRoot = "unknown"

// closed is what the first event of a tree says of the one before it.
type closed struct {
	Origin string `json:"closed_origin"`
	Size   int64  `json:"closed_size"`
	Root   string `json:"closed_root"`
	Reason string `json:"reason"`
}

// chained reads the first event of a tree, and returns errChain unless it says which
// tree is before it, of which size and root. Without this, a row in audit_tree would
// be enough to begin anew over a log that was rewritten. An event whose body
// retention has dropped says nothing any more.
func chained(ctx context.Context, tx *store.Tx, before, tree store.AuditTree) (first store.SealedEvent, says closed, err error) {
	leaves, err := tx.AuditLeaves.List(ctx, tree.ID, 0, 1)
	if err != nil {
		return first, says, fmt.Errorf("read the first leaf: %w", err)
	}
	if len(leaves) == 0 {
		return first, says, errChain
	}
	if first = leaves[0]; first.Event.ID == "" && first.BodyDropped {
		return first, says, nil
	}
	kinds := []string{audit.KindTreeBegun, audit.KindDatabaseRestored}
	if json.Unmarshal([]byte(first.Event.Details), &says) != nil || first.Leaf != 0 || !slices.Contains(kinds, first.Event.Kind) {
		return first, says, errChain
	}
	if says.Origin != origin(before.ID) || says.Size != before.Size {
		return first, says, errChain
	}
	root, err := treeHash(before.Size, newHashes(ctx, tx, before.ID))
	if errors.Is(err, store.ErrUnavailable) {
		return first, says, err
	}
	if says.Root != unknownRoot && (err != nil || says.Root != root) {
		return first, says, errChain
	}
	return first, says, nil
}
