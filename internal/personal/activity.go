package personal

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Activity is a page of what happened to an account, newest first.
type Activity struct {
	Items []Happening
	Next  string // of the next page; empty if there is none
}

// Happening is an event as its user sees it. Who did it is not known: a refused
// sign-in is somebody else's as often as theirs. Browser, System and IP are empty
// where they are not known, or no longer kept.
type Happening struct {
	Kind            string // audit.Kind...
	Refused         bool
	Repeats         int // this many refusals more, alike and within a minute
	At              time.Time
	Browser, System string
	IP              string
}

// Activity lists what happened to a user's account, as the trail has it. after is
// the Next of the page before.
func (r *Records) Activity(ctx context.Context, userID, after string, limit int) (Activity, error) {
	rows, err := r.opts.Store.Direct().Audit.List(ctx, store.AuditFilter{UserID: userID}, store.Page{After: after, Limit: limit + 1})
	if err != nil {
		return Activity{}, fmt.Errorf("list activity: %w", err)
	}
	var a Activity
	if len(rows) > limit {
		rows = rows[:limit]
		a.Next = rows[limit-1].ID
	}
	for _, e := range rows {
		agent := device.Of(e.Personal.UserAgent)
		kind, repeats := audit.Repeats(e)
		a.Items = append(a.Items, Happening{
			Kind: kind, Refused: e.Outcome == audit.Failure, Repeats: repeats, At: e.CreatedAt,
			Browser: agent.Browser, System: agent.System, IP: e.Personal.Address,
		})
	}
	return a, nil
}
