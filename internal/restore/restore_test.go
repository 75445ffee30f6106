package restore_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/restore"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// opened is a database of the test's own.
func opened(t *testing.T, clk clock.Clock) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "test.db"), Clock: clk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

// The day on which somebody was to be erased is long over when a backup comes
// back, and nobody can tell from it who kept the account in the end.
func TestARestoredDatabaseErasesNobodyAtOnce(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	st := opened(t, clk)
	now := clk.Now()
	leaver := func(name string, eraseAt time.Time) string {
		t.Helper()
		u := store.User{ID: id.Random(), Email: name, EmailCanonical: name, Metadata: "{}", Status: store.UserPendingDeletion, Epoch: 1, CreatedAt: now, UpdatedAt: now}
		if err := st.Direct().Users.Insert(t.Context(), u); err != nil {
			t.Fatal(err)
		}
		if err := st.Direct().Deletions.Insert(t.Context(), store.Deletion{UserID: u.ID, RequestedAt: now, EraseAt: eraseAt}); err != nil {
			t.Fatal(err)
		}
		return u.ID
	}
	over, ahead := leaver("ada", now.Add(-time.Hour)), leaver("bob", now.Add(20*24*time.Hour))
	report, err := restore.MarkRestored(t.Context(), st, clk)
	if err != nil || report.DeletionsPutOff != 1 {
		t.Fatalf("put off: %d, %v", report.DeletionsPutOff, err)
	}
	for id, want := range map[string]time.Duration{over: 7 * 24 * time.Hour, ahead: 20 * 24 * time.Hour} {
		d, err := st.Direct().Deletions.ByUser(t.Context(), id)
		if got := d.EraseAt.Sub(now); err != nil || (got-want).Abs() > time.Minute {
			t.Errorf("to be erased in %v, want %v: %v", got, want, err)
		}
	}
	if due, err := st.Direct().Deletions.Due(t.Context(), now, now, 9); err != nil || len(due) != 0 {
		t.Errorf("due at once: %v, %v", due, err)
	}
}

// A client that was disabled after the backup is enabled again, and none of its
// tokens comes back: whatever epoch they have is lower now.
func TestARestoredDatabaseRaisesTheEpochsOfClients(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	st := opened(t, clk)
	now := clk.Now()
	c := store.Client{ID: id.Ordered(), ClientID: "orders", Name: "Orders", Kind: "machine", AuthMethod: "client_secret_basic", Settings: "{}", CreatedAt: now, UpdatedAt: now}
	if err := st.Direct().Clients.Insert(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	report, err := restore.MarkRestored(t.Context(), st, clk)
	if err != nil || report.Clients != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	got, err := st.Direct().Clients.ByClientID(t.Context(), "orders")
	if err != nil || got.Epoch < now.UnixMicro() {
		t.Errorf("epoch %d (%v)", got.Epoch, err)
	}
}
