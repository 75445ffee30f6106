package seal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// coverage is what retention and erasure say that they dropped.
type coverage struct {
	parts, bodies string // ids below these are covered
	erased        map[string]bool
	unowned       int // parts of events that name no user
}

// young is how often events say that something was dropped before its time.
type young struct {
	times int
	last  string
}

// readCovered reads the events that say what was dropped. One excuses nothing unless
// it is sealed as it stands: whoever writes a row beside the log explains nothing.
func (v *verifying) readCovered(ctx context.Context, kept *Retention) error {
	v.covered.erased, v.waiting.erased = map[string]bool{}, map[string]bool{}
	var early young
	for _, kind := range []string{audit.KindPruned, audit.KindPersonalErased} {
		for page := (store.Page{Limit: most}); ; {
			events, err := v.tx.Audit.List(ctx, store.AuditFilter{Kind: kind}, page)
			if err != nil {
				return fmt.Errorf("read what was dropped: %w", err)
			}
			if err := v.cover(ctx, events, kept, &early); err != nil {
				return err
			}
			if len(events) < most {
				break
			}
			page.After = events[len(events)-1].ID
		}
	}
	if early.times > 0 {
		v.Notices = append(v.Notices, fmt.Sprintf(
			"%d events say that retention dropped what was younger than the settings of today allow, the last of them %s: either the settings were changed, or it was forged",
			early.times, early.last))
	}
	return nil
}

// cover reads some of these events.
func (v *verifying) cover(ctx context.Context, events []store.AuditEvent, kept *Retention, early *young) error {
	ids := make([]string, len(events))
	for n, e := range events {
		ids[n] = e.ID
	}
	leaves, err := v.tx.AuditLeaves.Of(ctx, ids)
	if err != nil {
		return fmt.Errorf("read leaves: %w", err)
	}
	for _, e := range events {
		switch hash, sealed := leaves[e.ID]; {
		case !sealed:
			v.waiting.add(e)
			continue
		case hash != formatHash(leafHash(e)):
			continue // it was changed: the walk says so
		}
		v.covered.add(e)
		if e.Kind == audit.KindPersonalErased {
			if err := v.left(ctx, e); err != nil {
				return err
			}
		} else if kept != nil && tooYoung(e, *kept, v.now) {
			early.times++
			early.last = max(early.last, e.ID)
		}
	}
	return nil
}

// left finds an erasure of a user who is there.
func (v *verifying) left(ctx context.Context, e store.AuditEvent) error {
	u, err := v.tx.Users.ByID(ctx, e.UserID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("read a user who was erased: %w", err)
	case u.Status != store.UserErased:
		v.find(Finding{What: Inserted, EventID: e.ID, Says: fmt.Sprintf("event %s tells of the erasure of user %s, who is not erased", e.ID, e.UserID)})
	}
	return nil
}

// tooYoung tells whether an event says that something was dropped which was to be
// kept for longer. Its own time counts no further than to now.
func tooYoung(e store.AuditEvent, kept Retention, now time.Time) bool {
	dropped := audit.DroppedBy(e)
	keep := kept.Personal
	if dropped.Events > 0 || keep == 0 { // parts go with their events
		keep = kept.Events
	}
	if now.After(e.CreatedAt) {
		now = e.CreatedAt
	}
	return keep == 0 || dropped.Before > id.FirstAt(now.Add(-keep))
}

func (c *coverage) add(e store.AuditEvent) {
	dropped := audit.DroppedBy(e)
	if e.Kind == audit.KindPersonalErased {
		c.erased[e.UserID] = true
		c.unowned += dropped.Unowned
		return
	}
	if dropped.Events > 0 {
		c.bodies = max(c.bodies, dropped.Before)
	}
	c.parts = max(c.parts, dropped.Before)
}

// body tells whether the missing event of a leaf is explained.
func (c *coverage) body(eventID string) bool { return eventID < c.bodies }

// part tells whether the missing personal part of an event is explained.
func (c *coverage) part(e store.AuditEvent) bool {
	if e.ID < c.parts || e.UserID != "" && c.erased[e.UserID] {
		return true
	}
	if e.UserID == "" && c.unowned > 0 {
		c.unowned--
		return true
	}
	return false
}
