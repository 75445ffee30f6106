package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// openBench opens a store with one user and one session.
func openBench(b *testing.B) (*Store, Session) {
	b.Helper()
	db := openTest(b, Options{})
	now, err := db.Now(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	u := User{
		ID: id.Random(), Email: "ada@example.com", EmailCanonical: "ada@example.com", Metadata: "{}",
		Status: UserActive, CreatedAt: now, UpdatedAt: now,
	}
	s := Session{
		ID: id.Random(), UserID: u.ID, RefreshState: RefreshState{Nonce: "AAAAAAAAAAAAAAAAAAAAAA", Parent: NoParent, RotatedAt: now},
		AMR: []string{"pwd"}, UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Address: "192.0.2.1",
		ExpiresAt: now.Add(90 * 24 * time.Hour), IdleExpiresAt: now.Add(30 * 24 * time.Hour), CreatedAt: now,
	}
	if err := db.Tx(b.Context(), func(ctx context.Context, tx *Tx) error {
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
	raw := console(b, db)
	raw.SetMaxOpenConns(1)
	stmt, err := raw.Prepare(`UPDATE sessions SET generation = generation + 1 WHERE realm_id = ? AND id = ?`)
	if err != nil {
		b.Fatal(err)
	}
	defer stmt.Close()
	for b.Loop() {
		if _, err := stmt.Exec(DefaultRealm, s.ID); err != nil {
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
	ctx, cancel := context.WithCancel(b.Context()) // as a request has
	defer cancel()
	v := SessionView{Session: s, Now: s.RotatedAt}
	for b.Loop() {
		v.Now = v.Now.Add(time.Millisecond)
		if view {
			var err error
			if v, err = db.Direct().Sessions.View(ctx, s.ID); err != nil {
				b.Fatal(err)
			}
		}
		to, err := rotate(ctx, db, v)
		if err != nil {
			b.Fatal(err)
		}
		v.Session.RefreshState = to
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "op/s")
}

// rotate is the write of a refresh.
func rotate(ctx context.Context, db *Store, v SessionView) (RefreshState, error) {
	s, to := v.Session, v.Session.RefreshState
	to.Generation, to.Parent, to.ParentRotatedAt, to.RotatedAt = s.Generation+1, s.Generation, v.Now, v.Now
	to.Nonce = id.Random()[:22]
	ok, err := db.Direct().Sessions.Advance(ctx, Advance{
		SessionID: s.ID, From: s.RefreshState, To: to, Now: v.Now, IdleExpiresAt: v.Now.Add(30 * 24 * time.Hour),
		UserAgent: s.UserAgent, Address: s.Address,
	})
	if err == nil && !ok {
		err = errors.New("lost the compare-and-set")
	}
	return to, err
}

// BenchmarkViewAdvanceAtOnce is 16 clients who refresh sessions of their own.
func BenchmarkViewAdvanceAtOnce(b *testing.B) {
	db, s := openBench(b)
	b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
	b.RunParallel(func(pb *testing.PB) {
		mine := s
		mine.ID = id.Random()
		if err := db.Direct().Sessions.Insert(b.Context(), mine); err != nil {
			b.Error(err)
		}
		for pb.Next() {
			v, err := db.Direct().Sessions.View(b.Context(), mine.ID)
			if err == nil {
				_, err = rotate(b.Context(), db, v)
			}
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
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

// console gives what another program has of the database that db is on.
func console(tb testing.TB, db *Store) *sql.DB {
	tb.Helper()
	raw, err := db.engine.Open(engine.Writing)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := raw.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return raw
}

func openTest(tb testing.TB, o Options) *Store {
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
