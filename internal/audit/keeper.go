package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
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
	direct := k.Store.Direct()
	if err := k.drop(ctx, k.Personal, direct.AuditPersonal.Purge); err != nil {
		return fmt.Errorf("purge personal parts of audit events: %w", err)
	}
	if err := k.drop(ctx, k.Events, direct.Audit.Purge); err != nil {
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

func (k Keeper) drop(ctx context.Context, keep time.Duration, purge func(context.Context, time.Time, int) (int, error)) error {
	if keep == 0 {
		return nil
	}
	return store.InBatches(ctx, k.Clock.Now().Add(-keep), purge)
}
