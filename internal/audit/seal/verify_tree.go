package seal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// walk goes through one tree, leaf by leaf.
type walk struct {
	*verifying

	tree  store.AuditTree
	next  int64 // the leaf that comes
	built built
	holes bool // leaves are missing: nothing can be said of roots

	heads  []store.AuditHead // that were read and are not compared yet
	read   int64             // the size of the last of them
	all    bool              // that there are no more
	given  []Head            // the smallest first
	ours   agreed            // with heads in the database
	theirs agreed            // with heads that were given
	wrong  map[tlog.Hash]int // findings of changed leaves, by the hash that is stored
	became map[int]tlog.Hash // and by what their events hash to now
}

// agreed is up to where heads agree, and the event after it.
type agreed struct {
	size    int64
	eventID string
}

// tree verifies one tree.
func (v *verifying) tree(ctx context.Context, tree store.AuditTree) error {
	w := walk{verifying: v, tree: tree, given: v.given[tree.ID], wrong: map[tlog.Hash]int{}, became: map[int]tlog.Hash{}}
	slices.SortFunc(w.given, func(a, b Head) int { return int(a.Size - b.Size) })
	w.built = built{nodes: nodes{tx: v.tx, treeID: tree.ID}}
	for {
		page, err := v.tx.AuditLeaves.List(ctx, tree.ID, w.next, most)
		if err != nil {
			return fmt.Errorf("read leaves: %w", err)
		}
		for _, s := range page {
			if err := w.leaf(ctx, s); err != nil {
				return err
			}
		}
		if len(page) > 0 {
			continue
		}
		grown, err := w.grown(ctx)
		if err != nil {
			return err
		}
		if !grown {
			break
		}
	}
	w.reordered()
	if err := w.end(ctx); err != nil {
		return err
	}
	if w.theirs.size > 0 { // the first event of a tree names all that is before it
		w.ProvedEvents = w.Events + w.theirs.size
	}
	w.Events += w.next
	return nil
}

// grown reads the tree again: somebody may have sealed meanwhile.
func (w *walk) grown(ctx context.Context) (bool, error) {
	trees, err := w.tx.AuditTrees.List(ctx)
	if err != nil {
		return false, err
	}
	for _, t := range trees {
		if t.ID == w.tree.ID && t.Size > w.tree.Size {
			w.tree = t
			return true, nil
		}
	}
	return false, nil
}

// leaf verifies a leaf and its event.
func (w *walk) leaf(ctx context.Context, s store.SealedEvent) error {
	for _, a := range []*agreed{&w.ours, &w.theirs} {
		if w.next == a.size {
			a.eventID = s.EventID
		}
	}
	if s.Leaf >= w.tree.Size {
		if grown, err := w.grown(ctx); err != nil {
			return err
		} else if !grown || s.Leaf >= w.tree.Size {
			w.find(w.finding(Inserted, s, "was inserted behind the end of the log"))
		}
	}
	if s.Leaf > w.next {
		w.holes = true
		w.find(Finding{What: Removed, TreeID: w.tree.ID, Leaf: w.next, Says: fmt.Sprintf(
			"%d leaves from leaf %d on were removed, up to the one of event %s", s.Leaf-w.next, w.next, s.EventID)})
	}
	w.next = s.Leaf + 1
	stored, err := parseHash(s.Hash)
	if err != nil {
		w.holes = true
		w.find(w.finding(Changed, s, "was changed: its leaf holds no hash"))
		return nil //nolint:nilerr // a finding, and no failure of the search
	}
	w.event(s, stored)
	if w.holes {
		return nil
	}
	if err := w.built.add(ctx, s.Leaf, stored); err != nil {
		if !errors.Is(err, errNode) {
			return err
		}
		w.find(w.finding(Changed, s, "is the last of a part of the tree whose hash was changed"))
	}
	return w.compareHeads(ctx, s.EventID)
}

func (w *walk) finding(what string, s store.SealedEvent, says string) Finding {
	return Finding{What: what, TreeID: w.tree.ID, Leaf: s.Leaf, EventID: s.EventID, Says: fmt.Sprintf("event %s (leaf %d) %s", s.EventID, s.Leaf, says)}
}

// event compares a leaf with the event that is there.
func (w *walk) event(s store.SealedEvent, stored tlog.Hash) {
	if s.Event.ID == "" {
		switch {
		case s.BodyDropped && w.covered.body(s.EventID):
			w.Dropped++
		case s.BodyDropped && w.waiting.body(s.EventID):
			w.wait(s)
		default:
			w.find(w.finding(Removed, s, "was removed"))
		}
		return
	}
	now := leafHash(s.Event)
	switch {
	case now != stored:
		w.wrong[stored], w.became[len(w.Findings)] = len(w.Findings), now
		w.find(w.finding(Changed, s, "was changed"))
	case s.Commitment != s.Event.Commitment:
		w.find(w.finding(Changed, s, "was changed: its leaf holds another commitment"))
	case w.bodiesOnly, s.Event.Commitment == "": // from before there were commitments
	case s.HasPersonal && audit.Commitment(s.Event.Personal) != s.Event.Commitment:
		w.find(w.finding(Changed, s, "was changed: its personal part is not the one that was recorded"))
	case !s.HasPersonal && s.Event.Commitment != audit.NothingPersonal && w.covered.part(s.Event):
		w.DroppedParts++
	case !s.HasPersonal && s.Event.Commitment != audit.NothingPersonal && w.waiting.part(s.Event):
		w.wait(s)
	case !s.HasPersonal && s.Event.Commitment != audit.NothingPersonal:
		w.find(w.finding(Removed, s, "has lost its personal part, and neither retention nor an erasure took it"))
	}
}

// wait finds what is gone and is explained by an event that is not sealed.
func (w *walk) wait(s store.SealedEvent) {
	w.Waiting++
	w.find(w.finding(Removed, s, "or its personal part is gone, and the event that says why is not sealed yet"))
}

// reordered calls events that stand at each other's places what they are.
func (w *walk) reordered() {
	for at, now := range w.became {
		if at >= len(w.Findings) {
			continue
		}
		if other, moved := w.wrong[now]; moved && other != at {
			f := &w.Findings[at]
			f.What, f.Says = Reordered, fmt.Sprintf("event %s (leaf %d) was reordered: its place is another", f.EventID, f.Leaf)
		}
	}
}

// compareHeads compares the tree as far as it is built with heads of this size.
func (w *walk) compareHeads(ctx context.Context, eventID string) error {
	if len(w.heads) == 0 && !w.all {
		heads, err := w.tx.AuditHeads.List(ctx, w.tree.ID, w.read, most)
		if err != nil {
			return fmt.Errorf("read heads: %w", err)
		}
		if w.heads, w.all = heads, len(heads) == 0; len(heads) > 0 {
			w.read = heads[len(heads)-1].Size
		}
	}
	for len(w.heads) > 0 && w.heads[0].Size <= w.next {
		kept := w.heads[0]
		w.heads = w.heads[1:]
		head, err := openHead(kept.Note, w.keys...)
		if err != nil || head.TreeID != w.tree.ID || head.Size != kept.Size || head.Size != w.next {
			w.find(Finding{What: Unsigned, TreeID: w.tree.ID, Leaf: kept.Size, Says: fmt.Sprintf("the head of %d events in the database is not the log's: %v", kept.Size, err)})
			continue
		}
		if w.fits(&w.ours, head, "in the database", eventID) {
			w.Heads++
		}
	}
	for len(w.given) > 0 && w.given[0].Size <= w.next {
		w.fits(&w.theirs, w.given[0], "that was given", eventID)
		w.given = w.given[1:]
	}
	return nil
}

// fits compares the root with that of a head of this size.
func (w *walk) fits(a *agreed, head Head, whose, eventID string) bool {
	if head.Size > 0 && w.built.root() != head.Root {
		w.find(Finding{What: Rewritten, TreeID: w.tree.ID, Leaf: a.size, EventID: a.eventID, Says: fmt.Sprintf(
			"the head of %d events %s was made of others: the log was rewritten between event %s (leaf %d) and event %s (leaf %d)",
			head.Size, whose, a.eventID, a.size, eventID, head.Size-1)})
		return false
	}
	a.size = head.Size
	return true
}

// end looks for what should have come.
func (w *walk) end(ctx context.Context) error {
	if w.next < w.tree.Size {
		w.find(Finding{What: Removed, TreeID: w.tree.ID, Leaf: w.next, Says: fmt.Sprintf("the leaves from %d to %d were removed", w.next, w.tree.Size-1)})
	}
	if w.holes {
		return nil
	}
	if err := w.compareHeads(ctx, ""); err != nil {
		return err
	}
	for _, head := range w.heads {
		w.find(Finding{What: Removed, TreeID: w.tree.ID, Leaf: w.next, Says: fmt.Sprintf("a head in the database is of %d events, and there are %d: the end of the log was removed", head.Size, w.next)})
	}
	for _, head := range w.given {
		w.find(Finding{What: Removed, TreeID: w.tree.ID, Leaf: w.next, Says: fmt.Sprintf("a head that was given is of %d events, and there are %d: the end of the log was removed", head.Size, w.next)})
	}
	return nil
}

// errNode says that a stored hash of a subtree is not that of its leaves.
var errNode = errors.New("a hash of the tree is not that of its leaves")

// built is a tree as it grows: the roots of its whole subtrees, the largest first.
type built struct {
	stack []subtree
	nodes nodes
}

type subtree struct {
	level int
	hash  tlog.Hash
}

// add adds a leaf and compares what it completes with what is stored.
func (b *built) add(ctx context.Context, leaf int64, hash tlog.Hash) error {
	b.stack = append(b.stack, subtree{0, hash})
	var differs error
	for len(b.stack) > 1 {
		left, right := b.stack[len(b.stack)-2], b.stack[len(b.stack)-1]
		if left.level != right.level {
			break
		}
		node := subtree{left.level + 1, tlog.NodeHash(left.hash, right.hash)}
		b.stack = append(b.stack[:len(b.stack)-2], node)
		stored, err := b.nodes.at(ctx, tlog.StoredHashIndex(node.level, leaf>>node.level))
		if err != nil {
			return err
		}
		if stored != formatHash(node.hash) {
			differs = errNode
		}
	}
	return differs
}

// root is the root of the tree so far (RFC 6962 §2.1).
func (b *built) root() tlog.Hash {
	root := b.stack[len(b.stack)-1].hash
	for n := len(b.stack) - 2; n >= 0; n-- {
		root = tlog.NodeHash(b.stack[n].hash, root)
	}
	return root
}

// nodes reads stored hashes in the order in which a tree needs them.
type nodes struct {
	tx     *store.Tx
	treeID string
	rows   []store.AuditHash
	after  int64
	all    bool
}

// at gives the stored hash at a position that is larger than the last, or nothing.
func (n *nodes) at(ctx context.Context, position int64) (string, error) {
	for {
		for len(n.rows) > 0 && n.rows[0].Position < position {
			n.rows = n.rows[1:]
		}
		if len(n.rows) > 0 && n.rows[0].Position == position {
			return n.rows[0].Hash, nil
		}
		if len(n.rows) > 0 || n.all {
			return "", nil
		}
		rows, err := n.tx.AuditHashes.List(ctx, n.treeID, n.after, most)
		if err != nil {
			return "", fmt.Errorf("read hashes: %w", err)
		}
		if n.rows, n.all = rows, len(rows) == 0; len(rows) > 0 {
			n.after = rows[len(rows)-1].Position
		}
	}
}
