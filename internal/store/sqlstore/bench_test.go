package sqlstore

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// openBench opens a store with one user and one session.
func openBench(b *testing.B) (*DB, store.Session) {
	b.Helper()
	db := openTest(b, Options{})
	now, err := db.Now(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	u := store.User{
		ID: id.Random(), Email: "ada@example.com", EmailCanonical: "ada@example.com", Metadata: "{}",
		Status: store.UserActive, CreatedAt: now, UpdatedAt: now,
	}
	s := store.Session{
		ID: id.Random(), UserID: u.ID, RefreshState: store.RefreshState{Nonce: "AAAAAAAAAAAAAAAAAAAAAA", Parent: store.NoParent, RotatedAt: now},
		AMR: []string{"pwd"}, UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Address: "192.0.2.1",
		ExpiresAt: now.Add(90 * 24 * time.Hour), IdleExpiresAt: now.Add(30 * 24 * time.Hour), CreatedAt: now,
	}
	if err := db.Tx(b.Context(), func(ctx context.Context, tx store.Tx) error {
		if err := tx.Users.Insert(ctx, u); err != nil {
			return err
		}
		return tx.Sessions.Insert(ctx, s)
	}); err != nil {
		b.Fatal(err)
	}
	return db, s
}

// BenchmarkRawUpdate is one prepared single-row UPDATE through database/sql
// with the settings of the writer: what a refresh is measured against.
func BenchmarkRawUpdate(b *testing.B) {
	db, s := openBench(b)
	raw, err := sql.Open("sqlite", writerDSN(db.path))
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	stmt, err := raw.Prepare(`UPDATE sessions SET generation = generation + 1 WHERE realm_id = ? AND id = ?`)
	if err != nil {
		b.Fatal(err)
	}
	defer stmt.Close()
	for b.Loop() {
		if _, err := stmt.Exec(store.DefaultRealm, s.ID); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "op/s")
}

// BenchmarkAdvance is the write of a refresh alone.
func BenchmarkAdvance(b *testing.B) { benchRefresh(b, false) }

// BenchmarkViewAdvance is all that a refresh asks of the store.
func BenchmarkViewAdvance(b *testing.B) { benchRefresh(b, true) }

func benchRefresh(b *testing.B, view bool) {
	b.Helper()
	db, s := openBench(b)
	d := db.Direct()
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	from, now := s.RefreshState, s.RotatedAt
	for b.Loop() {
		if view {
			v, err := d.Sessions.View(ctx, s.ID)
			if err != nil {
				b.Fatal(err)
			}
			from, now = v.Session.RefreshState, v.Now
		} else {
			now = now.Add(time.Millisecond)
		}
		to := from
		to.Generation, to.Parent, to.ParentRotatedAt, to.RotatedAt = from.Generation+1, from.Generation, now, now
		to.Nonce = id.Random()[:22]
		ok, err := d.Sessions.Advance(ctx, store.Advance{
			SessionID: s.ID, From: from, To: to, Now: now, IdleExpiresAt: now.Add(30 * 24 * time.Hour),
			UserAgent: s.UserAgent, Address: s.Address,
		})
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
		from = to
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "op/s")
}

func BenchmarkView(b *testing.B) {
	db, s := openBench(b)
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	for b.Loop() {
		if _, err := db.Direct().Sessions.View(ctx, s.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func openTest(tb testing.TB, o Options) *DB {
	tb.Helper()
	if o.URL == "" {
		o.URL = "sqlite://" + filepath.Join(tb.TempDir(), "sallyport.db")
	}
	db, err := Open(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return db
}
