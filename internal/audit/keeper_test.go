package audit_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// TestOldEventsAreDropped lets time pass: first the personal part goes, then the
// event, and with 0 neither does.
func TestOldEventsAreDropped(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		personal, events, after time.Duration
		kept, withPart          bool
	}{
		"young":             {90 * day, 400 * day, 89 * day, true, true},
		"without a person":  {90 * day, 400 * day, 91 * day, true, false},
		"old":               {90 * day, 400 * day, 401 * day, false, false},
		"with its person":   {0, 400 * day, 399 * day, true, true},
		"part and event":    {0, 400 * day, 401 * day, false, false},
		"kept for ever":     {0, 0, 9999 * day, true, true},
		"kept, not of whom": {90 * day, 0, 9999 * day, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := open(t)
			err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				return audit.New(noon).Record(ctx, tx, audit.Event{
					Kind: "x", Outcome: audit.Success, Email: "a@example.org", Origin: audit.Origin{Address: "192.0.2.1"},
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			sealed := store.AuditLeaf{TreeID: "tree", EventID: list(t, st)[0].ID} // others are kept
			if err := st.Direct().AuditLeaves.Insert(t.Context(), []store.AuditLeaf{sealed}); err != nil {
				t.Fatal(err)
			}
			keep := audit.Keeper{Store: st, Trail: audit.New(noon), Clock: stopped{time.Now().Add(c.after)}, Events: c.events, Personal: c.personal}
			if err := keep.Maintain(t.Context()); err != nil {
				t.Fatal(err)
			}
			kept, withPart := false, false
			for _, e := range list(t, st) {
				if e.Kind == audit.KindPruned {
					continue
				}
				kept, withPart = true, e.Personal != (store.AuditPersonal{})
			}
			if diff := cmp.Diff([]bool{c.kept, c.withPart}, []bool{kept, withPart}); diff != "" {
				t.Errorf("kept, with the personal part (-want +got)\n%s", diff)
			}
		})
	}
}
