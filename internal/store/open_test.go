package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
)

func TestFilesAreTheirOwnersAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dir := filepath.Join(t.TempDir(), "new", "odd #%41 name")
	db := openTest(t, Options{URL: "sqlite://" + filepath.Join(dir, "sallyport #1%.db")})
	if err := raise(t.Context(), db.Direct(), 1); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "sallyport #1%.db", "sallyport #1%.db-wal", "sallyport #1%.db-shm"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%q has mode %o", name, mode)
		}
	}
}

func TestWhatIsNoDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, dir, filepath.Join(text, "below.db")} {
		within(t, path, 3*time.Second, func() error {
			_, err := Open(t.Context(), Options{URL: "sqlite://" + path})
			return err
		})
	}
}

func TestMigrateSaysFromWhereToWhere(t *testing.T) {
	t.Parallel()
	want, err := schema.Newest()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db")}
	for _, expect := range [][2]int64{{0, want}, {want, want}} {
		from, to, err := Migrate(t.Context(), o)
		if err != nil || from != expect[0] || to != expect[1] {
			t.Errorf("migrated from %d to %d (%v), want %v", from, to, err, expect)
		}
	}
	db := openTest(t, o)
	if _, err := console(t, db).ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)`, want+1); err != nil {
		t.Fatal(err)
	}
	if err := openTest(t, o).Check(t.Context()); err != nil {
		t.Errorf("one version ahead: %v", err)
	}
}

func TestRacingOpenersAgree(t *testing.T) {
	t.Parallel()
	o := Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db")}
	var openers sync.WaitGroup
	histories := make([]string, 8)
	for i := range histories {
		openers.Go(func() {
			db, err := Open(t.Context(), o)
			if err != nil {
				t.Errorf("opener %d: %v", i, err)
				return
			}
			head, err := db.Direct().Feed.Head(t.Context())
			if err := errors.Join(err, db.Close()); err != nil {
				t.Errorf("opener %d: %v", i, err)
			}
			histories[i] = head.HistoryID
		})
	}
	openers.Wait()
	for _, h := range histories {
		if h == "" || h != histories[0] {
			t.Errorf("histories %q, want one", histories)
		}
	}
}

// TestRacingWritersLeaveAWholeFile stands for a server and the commands beside it,
// which look at once whether the file can be written to: the next to open it
// must not take it for one that has lost its end.
func TestRacingWritersLeaveAWholeFile(t *testing.T) {
	t.Parallel()
	o := Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db")}
	open := make([]*Store, 4)
	for i := range open {
		open[i] = openTest(t, o)
	}
	for range 50 {
		var writers sync.WaitGroup
		for _, db := range open {
			writers.Go(func() {
				if err := db.Check(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		writers.Wait()
		next, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if err := next.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRealmsSeeNothingOfEachOther(t *testing.T) {
	t.Parallel()
	url := "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db")
	a, b := openTest(t, Options{URL: url, Realm: "a"}), openTest(t, Options{URL: url, Realm: "b"})
	u := User{ID: "same", EmailCanonical: "same@example.com", Status: UserActive, CreatedAt: time.Now(), UpdatedAt: time.Now()}
	for _, db := range []*Store{a, b} {
		err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
			if err := tx.Users.Insert(ctx, u); err != nil {
				return err
			}
			if err := tx.Jobs.Insert(ctx, Job{ID: "same", Kind: "mail"}); err != nil {
				return err
			}
			return tx.Revocations.Append(ctx, &Revocation{Kind: RevokedUser, Subject: "same", RevokedAt: time.Now(), ExpiresAt: time.Now()})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if ok, err := a.Direct().Users.RaiseEpoch(t.Context(), "same", 0, time.Now()); !ok || err != nil {
		t.Fatal(ok, err)
	}
	got, err := b.Direct().Users.ByID(t.Context(), "same")
	if err != nil || got.Epoch != 0 {
		t.Errorf("the other realm's user is at epoch %d (%v)", got.Epoch, err)
	}
	headA, errA := a.Direct().Feed.Head(t.Context())
	headB, errB := b.Direct().Feed.Head(t.Context())
	if err := errors.Join(errA, errB); err != nil || headA.HistoryID == headB.HistoryID || headA.Number != 1 || headB.Number != 1 {
		t.Errorf("feeds are %+v and %+v (%v), want two histories", headA, headB, err)
	}
	if _, won, err := a.Direct().Jobs.Claim(t.Context(), JobClaim{ID: "same", Kinds: []string{"mail"}, Lease: time.Minute}); !won || err != nil {
		t.Fatal(won, err)
	}
	ids, err := b.Direct().Jobs.Due(t.Context(), []string{"mail"}, 9)
	if diff := cmp.Diff([]string{"same"}, ids); diff != "" || err != nil {
		t.Errorf("due in the other realm (%v): -want +got\n%s", err, diff)
	}
}

// TestDatabaseTimePassesThroughTheClock moves the clock and looks at everything
// that the database's time decides.
func TestDatabaseTimePassesThroughTheClock(t *testing.T) {
	t.Parallel()
	fake := clock.NewFake()
	db := openTest(t, Options{Clock: fake})
	kinds := []string{"mail"}
	near := func(what string, got, want time.Time) {
		t.Helper()
		if off := got.Sub(want).Abs(); off > time.Minute {
			t.Errorf("%s is %v, want about %v", what, got, want)
		}
	}
	now := func() time.Time {
		t.Helper()
		got, err := db.Now(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	near("the time", now(), time.Now())
	fake.Advance(time.Hour)
	fake.SkewDatabase(time.Hour)
	near("the time", now(), time.Now().Add(2*time.Hour))

	if err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
		return tx.Jobs.Insert(ctx, Job{ID: "job", Kind: "mail"})
	}); err != nil {
		t.Fatal(err)
	}
	claim := JobClaim{ID: "job", Kinds: kinds, Lease: time.Hour}
	job, won, err := db.Direct().Jobs.Claim(t.Context(), claim)
	if err != nil || !won {
		t.Fatal(won, err)
	}
	near("the lease", job.LeaseExpiresAt, time.Now().Add(3*time.Hour))
	if ids, err := db.Direct().Jobs.Due(t.Context(), kinds, 9); len(ids) != 0 || err != nil {
		t.Errorf("due while leased: %v (%v)", ids, err)
	}
	fake.Advance(90 * time.Minute)
	if ids, err := db.Direct().Jobs.Due(t.Context(), kinds, 9); len(ids) != 1 || err != nil {
		t.Errorf("due when the lease is over: %v (%v)", ids, err)
	}
	stats, err := db.Direct().Jobs.Stats(t.Context())
	if waited := stats.OldestDue - 30*time.Minute; waited.Abs() > time.Minute || err != nil {
		t.Errorf("waited %v (%v), want about half an hour", stats.OldestDue, err)
	}
}

func TestTextWithNULRoundTrips(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	u := User{ID: "id", EmailCanonical: "a\x00b", Name: "\x00", Metadata: "x\x00\U0001F511", Status: UserActive}
	u.CreatedAt = time.UnixMicro(1).UTC()
	u.UpdatedAt = u.CreatedAt
	if err := db.Direct().Users.Insert(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	got, err := db.Direct().Users.ByEmail(t.Context(), "a\x00b")
	if diff := cmp.Diff(u, got); diff != "" || err != nil {
		t.Errorf("(%v) -want +got\n%s", err, diff)
	}
	if _, err := db.Direct().Users.ByEmail(t.Context(), "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("found by what stands before the NUL: %v", err)
	}
}
