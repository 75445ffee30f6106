package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func factsOnlyRise(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads(t, "none", int64(0))(d.Facts.Number(ctx, "ttl"))
	highest := int64(0)
	for _, n := range []int64{900, 600, 900, int64(time.Hour), 0, -1} {
		check(t, d.Facts.Raise(ctx, "ttl", n))
		highest = max(highest, n)
		reads(t, "fact", highest)(d.Facts.Number(ctx, "ttl"))
	}
	reads(t, "another", int64(0))(d.Facts.Number(ctx, "TTL"))
}

// factsAreHeld has callers read a fact and write what they make of it, one by one.
func factsAreHeld(t *testing.T, st *store.Store) {
	each(t, racers, func(int) error {
		return st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			if err := tx.Facts.Hold(ctx, "held"); err != nil {
				return err
			}
			n, err := tx.Facts.Number(ctx, "count")
			if err != nil {
				return err
			}
			return tx.Facts.Raise(ctx, "count", n+1)
		})
	})
	reads(t, "what was counted", int64(racers))(st.Direct().Facts.Number(t.Context(), "count"))
}

func factsRiseToTheHighest(t *testing.T, st *store.Store) {
	race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		return 0, tx.Facts.Raise(ctx, "ttl", int64(1+i*7%racers))
	})
	reads(t, "fact", int64(racers))(st.Direct().Facts.Number(t.Context(), "ttl"))
}
