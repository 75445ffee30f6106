package seal_test

import (
	"encoding/hex"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// TestLeafVector is what others compute leaves against.
func TestLeafVector(t *testing.T) {
	t.Parallel()
	e := store.AuditEvent{
		ID: "id", Kind: "session.opened", Outcome: "success", UserID: "u", Details: "{}", CreatedAt: time.UnixMicro(1_700_000_000_000_001),
		Commitment: "none",
	}
	const want = "0000002073616c6c79706f7274206175646974206576656e742c2076657273696f6e2031000000046d61696e0000000269640000000e73657373696f6e2e6f70656e65640000000773756363657373000000000000000000000001750000000000000000000000027b7d0000001031373030303030303030303030303031000000046e6f6e65"
	if got := hex.EncodeToString(seal.Leaf(e)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestALeafHoldsEveryColumn fails when audit_events gets a column that a leaf does not
// have: the leaf then needs another form.
func TestALeafHoldsEveryColumn(t *testing.T) {
	t.Parallel()
	for _, table := range store.Tables() {
		if table.Name == "audit_events" && len(table.Columns) != 12 {
			t.Errorf("audit_events has %d columns and a leaf has 12", len(table.Columns))
		}
	}
}

func TestNoTwoEventsAreOneLeaf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		event := rapid.Custom(func(t *rapid.T) store.AuditEvent {
			text := rapid.StringMatching(`[ab\x00]{0,2}`)
			return store.AuditEvent{
				ID: text.Draw(t, "id"), Kind: text.Draw(t, "kind"), Outcome: text.Draw(t, "outcome"), Reason: text.Draw(t, "reason"),
				ActorID: text.Draw(t, "actor"), UserID: text.Draw(t, "user"), SessionHash: text.Draw(t, "session"),
				RequestID: text.Draw(t, "request"), Details: text.Draw(t, "details"), Commitment: text.Draw(t, "commitment"),
				CreatedAt: time.UnixMicro(rapid.Int64Range(0, 3).Draw(t, "at")),
			}
		})
		a, b := event.Draw(t, "one"), event.Draw(t, "other")
		if (a == b) != (string(seal.Leaf(a)) == string(seal.Leaf(b))) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}
