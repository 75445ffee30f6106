package seal

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// hashes reads the stored hashes of a tree, those of single leaves where the leaves
// are, and knows those that are about to be stored.
type hashes struct {
	ctx    context.Context //nolint:containedctx // tlog.HashReader takes none
	tx     *store.Tx
	treeID string
	known  map[int64]tlog.Hash
}

func newHashes(ctx context.Context, tx *store.Tx, treeID string) *hashes {
	return &hashes{ctx: ctx, tx: tx, treeID: treeID, known: map[int64]tlog.Hash{}}
}

// ReadHashes is tlog.HashReader.
func (h *hashes) ReadHashes(positions []int64) ([]tlog.Hash, error) {
	var leaves, nodes []int64
	for _, position := range positions {
		if _, known := h.known[position]; known {
			continue
		}
		if level, n := tlog.SplitStoredHashIndex(position); level == 0 {
			leaves = append(leaves, n)
		} else {
			nodes = append(nodes, position)
		}
	}
	if err := h.read(leaves, nodes); err != nil {
		return nil, err
	}
	found := make([]tlog.Hash, len(positions))
	for n, position := range positions {
		hash, known := h.known[position]
		if !known {
			return nil, fmt.Errorf("tree %s lacks the hash at %d", h.treeID, position)
		}
		found[n] = hash
	}
	return found, nil
}

func (h *hashes) read(leaves, nodes []int64) error {
	if len(leaves) > 0 {
		rows, err := h.tx.AuditLeaves.Hashes(h.ctx, h.treeID, leaves)
		if err != nil {
			return fmt.Errorf("read leaves: %w", err)
		}
		for n, text := range rows {
			if err := h.learn(tlog.StoredHashIndex(0, n), text); err != nil {
				return err
			}
		}
	}
	if len(nodes) == 0 {
		return nil
	}
	rows, err := h.tx.AuditHashes.Read(h.ctx, h.treeID, nodes)
	if err != nil {
		return fmt.Errorf("read hashes: %w", err)
	}
	for position, text := range rows {
		if err := h.learn(position, text); err != nil {
			return err
		}
	}
	return nil
}

func (h *hashes) learn(position int64, text string) error {
	hash, err := parseHash(text)
	if err != nil {
		return fmt.Errorf("the hash at %d of tree %s: %w", position, h.treeID, err)
	}
	h.known[position] = hash
	return nil
}

func formatHash(h tlog.Hash) string { return secret.Encode(h[:]) }

func parseHash(text string) (h tlog.Hash, err error) {
	b, err := secret.Decode(text)
	if err != nil || len(b) != tlog.HashSize {
		return h, fmt.Errorf("%q is no hash", text)
	}
	copy(h[:], b)
	return h, nil
}

// completed gives what a leaf adds to the tree: its own hash, and those of the
// subtrees that it completes.
func (h *hashes) completed(leaf int64, hash tlog.Hash) ([]store.AuditHash, error) {
	made, err := tlog.StoredHashesForRecordHash(leaf, hash, h)
	if err != nil {
		return nil, err
	}
	stored := make([]store.AuditHash, len(made))
	for level, hash := range made {
		position := tlog.StoredHashIndex(level, leaf>>level)
		h.known[position] = hash
		stored[level] = store.AuditHash{Position: position, Hash: formatHash(hash)}
	}
	return stored, nil
}

// treeHash is the root of a tree of a size, in base64url.
func treeHash(size int64, known *hashes) (string, error) {
	root, err := tlog.TreeHash(size, known)
	return formatHash(root), err
}
