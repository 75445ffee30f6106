package seal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// What a finding says that happened.
const (
	Changed   = "changed"
	Removed   = "removed"
	Inserted  = "inserted"
	Reordered = "reordered"
	Rewritten = "rewritten" // a part of the log, to the like of which a head was signed
	Unsigned  = "unsigned"  // a head or key that is not the log's
)

// Finding is something that sealing does not explain.
type Finding struct {
	What    string `json:"what"`
	TreeID  string `json:"tree,omitempty"`
	Leaf    int64  `json:"leaf"`
	EventID string `json:"event,omitempty"`
	Says    string `json:"says"`
}

// Report is what verifying found.
type Report struct {
	Key      string `json:"key"`
	Trees    int    `json:"trees"`
	Events   int64  `json:"events"` // that are sealed
	Heads    int    `json:"heads"`  // in the database that agree
	Given    int    `json:"given_heads"`
	Unsealed int    `json:"unsealed"`
	// Dropped and DroppedParts count the events and the personal parts that are gone,
	// as retention or an erasure says.
	Dropped      int64 `json:"dropped"`
	DroppedParts int64 `json:"dropped_parts"`
	// Waiting counts findings that an event explains which is not sealed yet: in
	// seconds it is, if a server runs.
	Waiting int  `json:"waiting,omitempty"`
	Proved  bool `json:"proved"`
	// ProvedEvents is how many events, from the first on, stood before the newest head
	// that was given.
	ProvedEvents int64     `json:"proved_events"`
	Notices      []string  `json:"notices,omitempty"`
	Findings     []Finding `json:"findings,omitempty"`
	// More is how many findings there are beside those that are listed.
	More int `json:"more,omitempty"`
}

// mostFindings are listed; the others are counted.
const mostFindings = 100

func (r *Report) find(f Finding) {
	if len(r.Findings) == mostFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, f)
}

// Given is what somebody kept elsewhere.
type Given struct {
	Keys  []string // that heads may be signed with; the log's own if there are none
	Heads []string // signed
	// Retention is what the settings say today, if that is known.
	Retention *Retention
}

// Retention is how long events and personal parts are kept; 0 is for ever.
type Retention struct{ Events, Personal time.Duration }

// verifying is one verification.
type verifying struct {
	*Report

	tx      *store.Tx
	now     time.Time
	keys    []note.Verifier
	given   map[string][]Head // by tree
	covered coverage          // by events that are sealed
	waiting coverage          // by those that are about to be

	bodiesOnly bool // there are no personal parts to compare
}

func newVerifying(st *store.Store, now time.Time) *verifying {
	return &verifying{Report: &Report{}, tx: st.Direct(), now: now, given: map[string][]Head{}}
}

// Verify computes the log anew and compares it with what is stored and with what was
// kept elsewhere. An error says that it could not; what is wrong with the log stands
// in the report.
func (l *Log) Verify(ctx context.Context, given Given) (Report, error) {
	own, err := l.key(ctx)
	if errors.Is(err, store.ErrUnavailable) {
		return Report{}, err
	}
	return newVerifying(l.opts.Store, l.opts.Clock.Now()).run(ctx, own, err, given)
}

// run verifies the log whose key is own, if that was found.
func (v *verifying) run(ctx context.Context, own signing, notFound error, given Given) (Report, error) {
	if err := v.readKeys(own, notFound, given.Keys); err != nil {
		return *v.Report, err
	}
	v.readHeads(given.Heads)
	if err := v.readCovered(ctx, given.Retention); err != nil {
		return *v.Report, err
	}
	trees, err := v.tx.AuditTrees.List(ctx)
	if err != nil {
		return *v.Report, fmt.Errorf("read the trees of the audit log: %w", err)
	}
	for n, tree := range trees {
		if n > 0 {
			if err := v.began(ctx, trees[n-1], tree); err != nil {
				return *v.Report, err
			}
		}
		if err := v.tree(ctx, tree); err != nil {
			return *v.Report, err
		}
	}
	if n := len(trees); n > 0 && !trees[n-1].ClosedAt.IsZero() {
		v.find(Finding{What: Removed, TreeID: trees[n-1].ID, Leaf: trees[n-1].Size, Says: fmt.Sprintf(
			"tree %s was closed at %s, and the one after it was removed, or never began", trees[n-1].ID, trees[n-1].ClosedAt.Format(time.RFC3339))})
	}
	v.Trees = len(trees)
	for treeID, heads := range v.given {
		if !slices.ContainsFunc(trees, func(t store.AuditTree) bool { return t.ID == treeID }) {
			v.find(Finding{What: Rewritten, TreeID: treeID, Says: fmt.Sprintf("a head that was given is of tree %s, which is not there", treeID)})
		}
		v.Given += len(heads)
	}
	if err := v.unsealed(ctx); err != nil {
		return *v.Report, err
	}
	v.Proved = len(v.Findings) == 0 && len(given.Keys) > 0 && v.Given > 0
	return *v.Report, nil
}

// began finds out how a tree began after another one.
func (v *verifying) began(ctx context.Context, before, tree store.AuditTree) error {
	first, says, err := chained(ctx, v.tx, before, tree)
	switch {
	case errors.Is(err, errChain) || err == nil && says.Root == unknownRoot:
		v.find(Finding{What: Inserted, TreeID: tree.ID, EventID: first.EventID, Says: fmt.Sprintf(
			"tree %s was inserted: its first event does not name the tree before it, %s of %d events, as that is", tree.ID, before.ID, before.Size)})
		return nil
	case err != nil:
		return err
	}
	notice := fmt.Sprintf("tree %s began at %s after tree %s of %d events (%s)", tree.ID, tree.BeganAt.Format(time.RFC3339), before.ID, before.Size, first.Event.Kind)
	if says.Reason != "" {
		notice += fmt.Sprintf(", because %q", says.Reason)
	}
	v.Notices = append(v.Notices, notice)
	return nil
}

// readKeys takes the log's own key, if that was found, and those that were given.
func (v *verifying) readKeys(own signing, notFound error, given []string) error {
	v.Key = own.public
	for _, text := range given {
		key, err := note.NewVerifier(text)
		if err != nil {
			return fmt.Errorf("read a key that was given: %w", err)
		}
		v.keys = append(v.keys, key)
	}
	switch {
	case notFound != nil:
		v.find(Finding{What: Unsigned, Says: "the log's key does not open: " + notFound.Error()})
	case len(given) == 0:
		v.keys = []note.Verifier{own.verifier}
	case !slices.Contains(given, own.public):
		v.find(Finding{What: Unsigned, Says: "the log signs with another key than the one that was given: " + own.public})
	}
	return nil
}

func (v *verifying) readHeads(given []string) {
	for n, signed := range given {
		head, err := openHead(signed, v.keys...)
		if err != nil {
			v.find(Finding{What: Unsigned, Says: fmt.Sprintf("head %d that was given: %v", n+1, err)})
			continue
		}
		v.given[head.TreeID] = append(v.given[head.TreeID], head)
	}
}

// unsealed counts the events that are no leaf yet, and finds those that nobody
// listed.
func (v *verifying) unsealed(ctx context.Context) error {
	swept, err := v.tx.Facts.Number(ctx, store.FactAuditSwept)
	if err != nil {
		return err
	}
	for after := ""; ; {
		page, err := v.tx.AuditLeaves.Standing(ctx, after, most)
		if err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		for _, s := range page {
			old := s.Event.Commitment == "" && (swept == 0 || v.now.Sub(s.Event.CreatedAt) < sweepBack)
			switch {
			case s.Sealed:
			case s.Listed || old: // old instances list nothing
				v.Unsealed++
			default:
				v.find(Finding{What: Inserted, EventID: s.Event.ID, Says: fmt.Sprintf("event %s (%s) was inserted: it is neither sealed nor about to be", s.Event.ID, s.Event.Kind)})
			}
		}
		if len(page) < most {
			break
		}
		after = page[len(page)-1].Event.ID
	}
	return v.entries(ctx)
}

// entries finds what was listed and is gone.
func (v *verifying) entries(ctx context.Context) error {
	for after := ""; ; {
		page, err := v.tx.AuditUnsealed.Entries(ctx, after, most)
		if err != nil {
			return fmt.Errorf("read events that are not sealed: %w", err)
		}
		for _, entry := range page {
			if after = entry.EventID; entry.Gone {
				v.find(gone(after))
			}
		}
		if len(page) < most {
			return nil
		}
	}
}

// gone is an event that was listed and is gone.
func gone(eventID string) Finding {
	return Finding{What: Removed, EventID: eventID, Says: fmt.Sprintf("event %s was removed before it was sealed", eventID)}
}
