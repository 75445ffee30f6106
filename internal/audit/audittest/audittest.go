// Package audittest reads the trail for tests.
package audittest

import (
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// List gives the events of a kind, newest first, 100 at most. A refusal that was
// counted and not recorded stands beside the event that it is like.
func List(tb testing.TB, st *store.Store, kind string) []store.AuditEvent {
	tb.Helper()
	direct, ctx := st.Direct(), tb.Context()
	events, err := direct.Audit.List(ctx, store.AuditFilter{Kind: kind}, store.Page{Limit: 100})
	if err != nil {
		tb.Fatal(err)
	}
	counted, err := direct.AuditRepeats.List(ctx, time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), 1000)
	if err != nil {
		tb.Fatal(err)
	}
	numbers := map[string]int{}
	for _, r := range counted {
		numbers[r.EventID] = r.Number
	}
	var all []store.AuditEvent
	for _, e := range events {
		for range max(numbers[e.ID], 1) {
			all = append(all, e)
		}
	}
	return all
}
