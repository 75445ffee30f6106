package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Keeper looks after the trail. It is safe for concurrent use.
type Keeper struct {
	Store *store.Store
	Trail *Trail
	Clock clock.Clock
	// Events is how long an event is kept, Personal how long its personal part
	// is; 0 keeps them for ever.
	Events, Personal time.Duration
}

// Maintain records how often refusals were repeated, and drops personal parts and
// events that are old, in bounded batches; the rest is left to the next call.
// Running it on every instance at once is harmless.
func (k Keeper) Maintain(ctx context.Context) error {
	if err := k.sumUp(ctx); err != nil {
		return fmt.Errorf("sum up refusals: %w", err)
	}
	if err := k.drop(ctx, k.Personal, "parts", func(tx *store.Tx) purge { return tx.AuditPersonal.Purge }); err != nil {
		return fmt.Errorf("purge personal parts of audit events: %w", err)
	}
	if err := k.drop(ctx, k.Events, "events", func(tx *store.Tx) purge { return tx.Audit.Purge }); err != nil {
		return fmt.Errorf("purge audit events: %w", err)
	}
	return nil
}

// sumUp makes events of the counts whose minute is over, and of one more minute:
// what was counted at its end may not be committed yet.
func (k Keeper) sumUp(ctx context.Context) error {
	return store.InBatches(ctx, k.Clock.Now().Add(-2*span), func(ctx context.Context, before time.Time, limit int) (int, error) {
		counted, err := k.Store.Direct().AuditRepeats.List(ctx, before, limit)
		for n := 0; n < len(counted) && err == nil; n++ {
			err = k.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return k.close(ctx, tx, counted[n]) })
		}
		return len(counted), err
	})
}

// close ends a count. Another instance may have done so, or counted on.
func (k Keeper) close(ctx context.Context, tx *store.Tx, r store.AuditRepeat) error {
	if dropped, err := tx.AuditRepeats.Delete(ctx, r); err != nil || !dropped || r.Number == 1 || r.Kind == "" {
		return err
	}
	return k.Trail.Record(ctx, tx, Event{
		Kind: r.Kind + repeated, Outcome: Failure, Reason: r.Reason, UserID: r.UserID,
		Details: map[string]any{"first": r.EventID, "repeats": r.Number - 1},
	})
}

// Repeats gives the kind of an event, and for one that sums refusals up the kind of
// those and their number, without the first.
func Repeats(e store.AuditEvent) (kind string, more int) {
	kind, sum := strings.CutSuffix(e.Kind, repeated)
	if !sum {
		return kind, 0
	}
	var details struct {
		Repeats int `json:"repeats"`
	}
	if err := json.Unmarshal([]byte(e.Details), &details); err != nil {
		return kind, 1 // it stands for one at least
	}
	return kind, details.Repeats
}

// purge drops what is older than a time.
type purge func(ctx context.Context, before time.Time, limit int) (int, error)

// drop drops what is older than keep, to the hour, and records how much: what is
// missing without such an event was taken by somebody else.
func (k Keeper) drop(ctx context.Context, keep time.Duration, what string, of func(tx *store.Tx) purge) error {
	if keep == 0 {
		return nil
	}
	before := k.Clock.Now().Add(-keep).Truncate(time.Hour)
	return store.InBatches(ctx, before, func(ctx context.Context, before time.Time, limit int) (dropped int, err error) {
		err = k.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if dropped, err = of(tx)(ctx, before, limit); err != nil || dropped == 0 {
				return err
			}
			return k.Trail.Record(ctx, tx, Event{
				Kind: KindPruned, Outcome: Success, Details: map[string]any{"before": id.FirstAt(before), what: dropped},
			})
		})
		return dropped, err
	})
}

// Dropped is what an event of [KindPruned] or [KindPersonalErased] says.
type Dropped struct {
	Before  string `json:"before"`  // of ids less than this
	Parts   int    `json:"parts"`   // personal parts
	Unowned int    `json:"unowned"` // of these, of events that name no user
	Events  int    `json:"events"`  // whole events
}

// DroppedBy reads the details of such an event. Of details in another form nothing
// is known.
func DroppedBy(e store.AuditEvent) (d Dropped) {
	if json.Unmarshal([]byte(e.Details), &d) != nil {
		return Dropped{}
	}
	return d
}
