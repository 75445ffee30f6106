package seal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/mod/sumdb/note"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// longestLine bounds a line of an export, in bytes.
const longestLine = 1 << 20

var (
	errCutOff     = errors.New("the export was cut off: its last line is missing")
	errNoExport   = errors.New("this is not an exported audit log (\"sallyport audit export\" writes one)")
	errForm       = errors.New("this line is not as an export writes it")
	errOutOfOrder = errors.New("this line does not belong here")
)

// VerifyExport verifies a log that [Log.Export] wrote, where the database is not: it
// is read into an empty one, and verified there as any other. Personal parts are not
// in it, nor is it known who was erased; the report has a notice of that. Without a
// given key the one in the export is believed, and nothing is proved.
//
// An error says that the file is no whole export. What is wrong with the log stands in
// the report.
func VerifyExport(ctx context.Context, empty *store.Store, from io.Reader, given Given) (Report, error) {
	r := reading{st: empty}
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	for n := 1; lines.Scan(); n++ {
		if err := r.line(ctx, lines.Bytes()); err != nil {
			return Report{}, fmt.Errorf("line %d of the export: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return Report{}, fmt.Errorf("read the export: %w", err)
	}
	if !r.ended {
		return Report{}, errCutOff
	}
	own := signing{public: r.about.Key}
	var err error
	if own.verifier, err = note.NewVerifier(own.public); err != nil {
		err = fmt.Errorf("read the key of the export: %w", err)
	}
	v := newVerifying(empty, r.about.CreatedAt)
	v.bodiesOnly = true
	v.Notices = append(v.Notices, "an export has no personal parts, and does not tell who was erased: neither was verified")
	for _, eventID := range r.gone {
		v.find(gone(eventID))
	}
	return v.run(ctx, own, err, given)
}

// reading is an export as far as it was read.
type reading struct {
	st     *store.Store
	about  *exportedLog
	tree   *store.AuditTree
	next   int64 // leaf
	leaves []exportedLeaf
	holes  bool     // of this tree: a leaf is missing or holds no hash
	gone   []string // entries of the list whose events are gone
	done   Exported
	ended  bool
}

func (r *reading) line(ctx context.Context, text []byte) error {
	var l exportLine
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(&l)
	switch {
	case r.about == nil && (err != nil || l.Log == nil):
		return errNoExport
	case err != nil:
		return err
	case !l.written(text):
		return errForm
	case r.ended || l.Log != nil && r.about != nil:
		return errOutOfOrder
	case l.Log != nil:
		return r.begin(ctx, l.Log)
	case l.Leaf != nil && r.tree != nil:
		return r.leaf(ctx, *l.Leaf)
	}
	if err := r.flush(ctx); err != nil {
		return err
	}
	return r.other(ctx, l)
}

// written reports whether the line is as an export writes it, to the byte: a member
// twice, in other letters, or behind the end would show another event to other readers
// than the one that is verified.
func (l exportLine) written(text []byte) bool {
	var again bytes.Buffer
	enc := json.NewEncoder(&again)
	enc.SetEscapeHTML(false)
	for _, name := range l.names() {
		if strings.ContainsFunc(name, unicode.IsControl) {
			return false // a report shows it
		}
	}
	members := 0
	for _, there := range []bool{l.Log != nil, l.Tree != nil, l.Leaf != nil, l.Head != nil, l.Event != nil, l.End != nil} {
		if there {
			members++
		}
	}
	return members == 1 && enc.Encode(l) == nil && bytes.Equal(bytes.TrimSuffix(again.Bytes(), []byte("\n")), text)
}

// names are what of the line a report may show.
func (l exportLine) names() (names []string) {
	if l.Log != nil {
		names = append(names, l.Log.Key)
	}
	if l.Tree != nil {
		names = append(names, l.Tree.ID)
	}
	if l.Leaf != nil {
		names = append(names, l.Leaf.EventID)
	}
	if l.Event != nil {
		names = append(names, l.Event.ID)
	}
	return names
}

// other takes what stands between leaves.
func (r *reading) other(ctx context.Context, l exportLine) error {
	direct := r.st.Direct()
	switch {
	case l.Tree != nil:
		return r.begins(ctx, *l.Tree)
	case l.Head != nil && r.tree != nil:
		r.done.Heads++
		return direct.AuditHeads.Insert(ctx, store.AuditHead{TreeID: r.tree.ID, Size: l.Head.Size, Note: l.Head.Note, CreatedAt: l.Head.CreatedAt})
	case l.Event != nil:
		return r.rest(ctx, *l.Event)
	case l.End != nil && *l.End != r.done:
		return fmt.Errorf("the export was changed: it has %+v, and was written with %+v", r.done, *l.End)
	case l.End != nil:
		r.ended = true
		return nil
	default:
		return errOutOfOrder
	}
}

func (r *reading) begin(ctx context.Context, about *exportedLog) error {
	if about.Form != exportForm {
		return fmt.Errorf("it has format %d; this version of Sallyport reads format %d", about.Form, exportForm)
	}
	r.about = about
	return r.st.Direct().Facts.Raise(ctx, store.FactAuditSwept, about.Swept)
}

func (r *reading) begins(ctx context.Context, t exportedTree) error {
	r.tree = &store.AuditTree{Number: t.Number, ID: t.ID, BeganAt: t.BeganAt}
	r.next, r.holes = 0, false
	r.done.Trees++
	return r.st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AuditTrees.Insert(ctx, *r.tree); err != nil {
			return err
		}
		if _, err := tx.AuditTrees.Grow(ctx, *r.tree, int(t.Size)); err != nil || t.ClosedAt == nil {
			return err
		}
		_, err := tx.AuditTrees.Close(ctx, store.AuditTree{Number: t.Number, Size: t.Size}, *t.ClosedAt)
		return err
	})
}

// leaf takes a leaf. Some are written at once.
func (r *reading) leaf(ctx context.Context, l exportedLeaf) error {
	if l.Event != nil && l.Event.ID != l.EventID || l.Event == nil && l.EventID == "" {
		return errOutOfOrder
	}
	if r.leaves = append(r.leaves, l); len(r.leaves) == most {
		return r.flush(ctx)
	}
	return nil
}

// flush writes the leaves that were read, their events, and the hashes of the
// subtrees which they complete.
func (r *reading) flush(ctx context.Context) error {
	if len(r.leaves) == 0 {
		return nil
	}
	var next reading
	err := r.st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		next = reading{next: r.next, holes: r.holes} // of this run, not of one that was undone
		b, err := next.batch(r.leaves, newHashes(ctx, tx, r.tree.ID))
		if err != nil {
			return err
		}
		for _, e := range b.events {
			if err := tx.Audit.Insert(ctx, e); err != nil {
				return err
			}
		}
		if err := unlist(ctx, tx, b.events); err != nil {
			return err
		}
		if err := tx.AuditLeaves.Insert(ctx, b.leaves); err != nil {
			return err
		}
		return tx.AuditHashes.Insert(ctx, r.tree.ID, b.nodes)
	})
	if errors.Is(err, store.ErrTaken) {
		err = errors.New("an event or a leaf is in it twice")
	}
	r.done.Events += int64(len(r.leaves))
	r.next, r.holes, r.leaves = next.next, next.holes, r.leaves[:0]
	return err
}

// batch is what some leaves are in the database.
type batch struct {
	leaves []store.AuditLeaf
	nodes  []store.AuditHash
	events []store.AuditEvent
}

// batch makes rows of leaves. Behind a hole nothing can be said of subtrees.
func (r *reading) batch(lines []exportedLeaf, known *hashes) (b batch, err error) {
	for _, l := range lines {
		b.leaves = append(b.leaves, store.AuditLeaf{
			TreeID: known.treeID, Leaf: l.Leaf, EventID: l.EventID, Hash: l.Hash, Commitment: l.Commitment, BodyDropped: l.Dropped,
		})
		if l.Event != nil {
			b.events = append(b.events, l.Event.stored())
		}
		hash, err := parseHash(l.Hash)
		if r.holes = r.holes || err != nil || l.Leaf != r.next; !r.holes {
			made, err := known.completed(l.Leaf, hash)
			if err != nil {
				return b, err
			}
			b.nodes = append(b.nodes, made[1:]...)
		}
		r.next = l.Leaf + 1
	}
	return b, nil
}

// rest takes an event that is no leaf.
func (r *reading) rest(ctx context.Context, e exportedRest) error {
	r.done.Unsealed++
	if e.Gone {
		r.gone = append(r.gone, e.ID)
		return nil
	}
	err := r.st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		err := tx.Audit.Insert(ctx, e.stored())
		if err == nil && !e.Listed {
			err = unlist(ctx, tx, []store.AuditEvent{e.stored()})
		}
		return err
	})
	if errors.Is(err, store.ErrTaken) {
		err = errors.New("an event is in it twice")
	}
	return err
}
