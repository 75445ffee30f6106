package admin

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// EventFilter narrows the log of events; what is empty matches everything. Each way to
// narrow it goes by an index: the identifiers of events sort by time, so a span of time
// is a range of them.
type EventFilter struct {
	UserID      string    // whom events are about
	Kind        string    // exactly
	From, Until time.Time // from the first on, and before the second
}

// Events gives a page of the log, newest first; the cursor is the id of an event.
func (us *Users) Events(ctx context.Context, f EventFilter, page store.Page) ([]store.AuditEvent, error) {
	if !f.Until.IsZero() {
		if end := id.FirstAt(f.Until); page.After == "" || page.After > end {
			page.After = end
		}
	}
	list, err := us.opts.Store.Direct().Audit.List(ctx, store.AuditFilter{UserID: f.UserID, Kind: f.Kind}, page)
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	// Older events end the list. A bound in SQL would be a fifth and a sixth plan for
	// each engine, to save the rest of one page.
	if !f.From.IsZero() {
		first := id.FirstAt(f.From)
		for n := range list {
			if list[n].ID < first {
				return list[:n], nil
			}
		}
	}
	return list, nil
}
