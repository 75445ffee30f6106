package seal

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// exportForm is the number of the form of exports that this program writes and reads.
const exportForm = 1

// A line of an export has one of these members. The first is about the log. Each tree
// is a line, its leaves in order, and its heads. Then come the events that are not
// sealed, and at last the end, without which the export was cut off.
type exportLine struct {
	Log   *exportedLog  `json:"sallyport_audit_log,omitempty"`
	Tree  *exportedTree `json:"tree,omitempty"`
	Leaf  *exportedLeaf `json:"leaf,omitempty"`
	Head  *exportedHead `json:"head,omitempty"`
	Event *exportedRest `json:"unsealed,omitempty"`
	End   *Exported     `json:"end,omitempty"`
}

type exportedLog struct {
	Form      int       `json:"form"`
	Key       string    `json:"key"`
	Swept     int64     `json:"swept"`
	CreatedAt time.Time `json:"created_at"`
}

type exportedTree struct {
	ID       string     `json:"id"`
	Number   int64      `json:"number"`
	Size     int64      `json:"size"`
	BeganAt  time.Time  `json:"began_at"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
}

type exportedLeaf struct {
	Leaf       int64  `json:"leaf"`
	EventID    string `json:"event_id"`
	Hash       string `json:"hash"`
	Commitment string `json:"commitment,omitempty"`
	Dropped    bool   `json:"dropped,omitempty"` // by retention
	Event      *Event `json:"event,omitempty"`   // absent if it is gone
}

type exportedHead struct {
	Size      int64     `json:"size"`
	Note      string    `json:"note"`
	CreatedAt time.Time `json:"created_at"`
}

// exportedRest is an event that is no leaf, and whether it is listed to become one.
// An event that is gone has an ID alone.
type exportedRest struct {
	Event

	Listed bool `json:"listed"`
	Gone   bool `json:"gone,omitempty"`
}

// Exported is what an export came to.
type Exported struct {
	Trees    int   `json:"trees"`
	Events   int64 `json:"events"` // that are sealed
	Heads    int   `json:"heads"`
	Unsealed int64 `json:"unsealed"`
}

// Event is an event as programs read it, without its personal part.
type Event struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind"`
	Outcome     string    `json:"outcome"`
	Reason      string    `json:"reason,omitempty"`
	ActorID     string    `json:"actor_id,omitempty"`
	UserID      string    `json:"user_id,omitempty"`
	SessionHash string    `json:"session_hash,omitempty"`
	RequestID   string    `json:"request_id,omitempty"`
	Details     string    `json:"details"`
	Commitment  string    `json:"commitment,omitempty"`
	CreatedAt   time.Time `json:"created_at"`
}

// EventOf gives an event as programs read it.
func EventOf(e store.AuditEvent) Event {
	return Event{
		ID: e.ID, Kind: e.Kind, Outcome: e.Outcome, Reason: e.Reason, ActorID: e.ActorID, UserID: e.UserID,
		SessionHash: e.SessionHash, RequestID: e.RequestID, Details: e.Details, Commitment: e.Commitment, CreatedAt: e.CreatedAt.UTC(),
	}
}

func (e Event) stored() store.AuditEvent {
	return store.AuditEvent{
		ID: e.ID, Kind: e.Kind, Outcome: e.Outcome, Reason: e.Reason, ActorID: e.ActorID, UserID: e.UserID,
		SessionHash: e.SessionHash, RequestID: e.RequestID, Details: e.Details, Commitment: e.Commitment, CreatedAt: e.CreatedAt,
	}
}

// exporting is one export.
type exporting struct {
	tx       *store.Tx
	enc      *json.Encoder
	done     Exported
	progress func(events int64)
}

// Export writes the log as JSON Lines, as it is at one moment: every event with its
// leaf, the signed heads, and what is not sealed yet, of which the last is that somebody
// exported it. Personal parts and their salts stay: the commitment to each is in its
// event. [VerifyExport] reads it. Progress may be nil.
func (l *Log) Export(ctx context.Context, trail *audit.Trail, to io.Writer, progress func(events int64)) (Exported, error) {
	k, err := l.key(ctx)
	if err != nil {
		return Exported{}, err
	}
	err = l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return trail.Record(ctx, tx, audit.Event{Kind: audit.KindLogExported, Outcome: audit.Success})
	})
	if err != nil {
		return Exported{}, fmt.Errorf("record that the audit log is exported: %w", err)
	}
	out := bufio.NewWriterSize(to, 1<<16)
	e := exporting{enc: json.NewEncoder(out), progress: progress}
	e.enc.SetEscapeHTML(false)
	begun := false
	err = l.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		if begun {
			return errors.New("the connection to the database was lost; run the export again") // lines are written already
		}
		begun, e.tx = true, tx
		return e.all(ctx, exportedLog{Form: exportForm, Key: k.public, CreatedAt: l.opts.Clock.Now().UTC()})
	})
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		err = fmt.Errorf("export the audit log: %w", err)
	}
	return e.done, err
}

func (e *exporting) all(ctx context.Context, about exportedLog) (err error) {
	if about.Swept, err = e.tx.Facts.Number(ctx, store.FactAuditSwept); err != nil {
		return err
	}
	trees, err := e.tx.AuditTrees.List(ctx)
	if err != nil {
		return err
	}
	if err := e.enc.Encode(exportLine{Log: &about}); err != nil {
		return err
	}
	for _, tree := range trees {
		line := exportedTree{ID: tree.ID, Number: tree.Number, Size: tree.Size, BeganAt: tree.BeganAt.UTC()}
		if !tree.ClosedAt.IsZero() {
			closed := tree.ClosedAt.UTC()
			line.ClosedAt = &closed
		}
		e.done.Trees++
		err := e.enc.Encode(exportLine{Tree: &line})
		if err == nil {
			err = e.leaves(ctx, tree.ID)
		}
		if err == nil {
			err = e.heads(ctx, tree.ID)
		}
		if err != nil {
			return err
		}
	}
	if err := e.rest(ctx); err != nil {
		return err
	}
	return e.enc.Encode(exportLine{End: &e.done})
}

func (e *exporting) leaves(ctx context.Context, treeID string) error {
	for next := int64(0); ; {
		page, err := e.tx.AuditLeaves.List(ctx, treeID, next, most)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, s := range page {
			line := exportedLeaf{Leaf: s.Leaf, EventID: s.EventID, Hash: s.Hash, Commitment: s.Commitment, Dropped: s.BodyDropped}
			if s.Event.ID != "" {
				event := EventOf(s.Event)
				line.Event = &event
			}
			if err := e.enc.Encode(exportLine{Leaf: &line}); err != nil {
				return err
			}
			e.done.Events++
			next = s.Leaf + 1
		}
		if e.progress != nil {
			e.progress(e.done.Events)
		}
	}
}

func (e *exporting) heads(ctx context.Context, treeID string) error {
	for after := int64(-1); ; {
		page, err := e.tx.AuditHeads.List(ctx, treeID, after, most)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, h := range page {
			if err := e.enc.Encode(exportLine{Head: &exportedHead{h.Size, h.Note, h.CreatedAt.UTC()}}); err != nil {
				return err
			}
			e.done.Heads++
			after = h.Size
		}
	}
}

// rest writes the events that are no leaf, and the entries of the list whose events
// are gone.
func (e *exporting) rest(ctx context.Context) error {
	for after := ""; ; {
		page, err := e.tx.AuditLeaves.Standing(ctx, after, most)
		if err != nil {
			return err
		}
		for _, s := range page {
			after = s.Event.ID
			if s.Sealed {
				continue
			}
			if err := e.one(exportedRest{Event: EventOf(s.Event), Listed: s.Listed}); err != nil {
				return err
			}
		}
		if len(page) < most {
			break
		}
	}
	for after := ""; ; {
		page, err := e.tx.AuditUnsealed.Entries(ctx, after, most)
		if err != nil {
			return err
		}
		for _, entry := range page {
			if after = entry.EventID; !entry.Gone {
				continue
			}
			if err := e.one(exportedRest{Event: Event{ID: entry.EventID}, Listed: true, Gone: true}); err != nil {
				return err
			}
		}
		if len(page) < most {
			return nil
		}
	}
}

func (e *exporting) one(line exportedRest) error {
	e.done.Unsealed++
	return e.enc.Encode(exportLine{Event: &line})
}
