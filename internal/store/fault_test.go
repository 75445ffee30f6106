package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Two seconds are promised, and a deadline at once; a machine that runs many
// tests is granted as much again.
const (
	promised = 4 * time.Second
	prompt   = 2 * time.Second
)

// lockOut takes the write lock of db's file as another program would, until
// the function that it returns is called.
func lockOut(t *testing.T, db *Store) (release func()) {
	t.Helper()
	tx, err := console(t, db).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	release = sync.OnceFunc(func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(release)
	return release
}

// within expects fn to fail with ErrUnavailable before limit.
func within(t *testing.T, what string, limit time.Duration, fn func() error) {
	t.Helper()
	start := time.Now()
	err := fn()
	if took := time.Since(start); took > limit {
		t.Errorf("%s took %v, want %v at most", what, took, limit)
	}
	if !errors.Is(err, ErrUnavailable) {
		t.Errorf("%s: got %v, want ErrUnavailable", what, err)
	}
}

func raise(ctx context.Context, tx *Tx, n int64) error { return tx.Facts.Raise(ctx, "fact", n) }

func expectFact(t *testing.T, db *Store, want int64) {
	t.Helper()
	if got, err := db.Direct().Facts.Number(t.Context(), "fact"); got != want || err != nil {
		t.Errorf("the fact is %d (%v), want %d", got, err, want)
	}
}

func TestLockedDatabaseIsReportedInTime(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	release := lockOut(t, db)
	ran := false
	tx := func(ctx context.Context) error {
		return db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
			ran = true
			return raise(ctx, tx, 1)
		})
	}
	write := func(ctx context.Context) error { return raise(ctx, db.Direct(), 1) }
	for what, fn := range map[string]func(context.Context) error{"Tx": tx, "Direct": write, "Check": db.Check} {
		within(t, what, promised, func() error { return fn(t.Context()) })
		within(t, what+" with a deadline", prompt, func() error {
			ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
			defer cancel()
			err := fn(ctx)
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: got %v, want context.DeadlineExceeded in it", what, err)
			}
			return err
		})
	}
	var queue sync.WaitGroup
	for range 30 { // who waits in the queue behind those who meet the lock
		queue.Go(func() {
			within(t, "Direct among others", promised, func() error { return write(t.Context()) })
		})
	}
	queue.Wait()
	if ran {
		t.Error("the transaction function ran although the lock was not to be had")
	}
	expectFact(t, db, 0) // reading goes on
	release()
	if err := errors.Join(tx(t.Context()), write(t.Context()), db.Check(t.Context())); err != nil {
		t.Errorf("once the lock is free: %v", err)
	}
	expectFact(t, db, 1)
}

func TestShortLockIsWaitedFor(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	release := lockOut(t, db)
	time.AfterFunc((400+300)*time.Millisecond, release) // past SQLite's own wait
	if err := raise(t.Context(), db.Direct(), 1); err != nil {
		t.Errorf("got %v, want sqlrun to try again", err)
	}
}

func TestWaitingForTheWriterIsBounded(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	held, done := make(chan struct{}), make(chan struct{})
	var holder, waiting sync.WaitGroup
	holder.Go(func() {
		if err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
			close(held)
			<-done
			return raise(ctx, tx, 1)
		}); err != nil {
			t.Error(err)
		}
	})
	<-held
	for range 200 {
		waiting.Go(func() {
			within(t, "a call in the queue", promised, func() error { return raise(t.Context(), db.Direct(), 2) })
		})
		waiting.Go(func() {
			within(t, "a call with a deadline", prompt, func() error {
				ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
				defer cancel()
				return raise(ctx, db.Direct(), 2)
			})
		})
	}
	waiting.Wait()
	close(done)
	holder.Wait()
	expectFact(t, db, 1)
}

// TestCancelledCallsDoNotPoisonTheWriter cancels calls at every point of their
// lives, and expects that none of them leaves a transaction open, takes another
// call down with it, or is half done.
func TestCancelledCallsDoNotPoisonTheWriter(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	var acknowledged atomic.Int64
	var callers sync.WaitGroup
	for w := range 8 {
		callers.Go(func() {
			for i := range 40 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+(w*40+i)*37%1500)*time.Microsecond)
				job := Job{ID: fmt.Sprint(w, "-", i), Kind: "mail"}
				err := db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
					if err := tx.Jobs.Insert(ctx, job); err != nil {
						return err
					}
					return tx.Revocations.Append(ctx, &Revocation{Kind: RevokedToken, Subject: job.ID, RevokedAt: time.Now(), ExpiresAt: time.Now()})
				})
				cancel()
				switch {
				case err == nil:
					acknowledged.Add(1)
				case !errors.Is(err, ErrUnavailable):
					t.Errorf("got %v, want ErrUnavailable", err)
				}
				if _, err := db.Direct().Users.ByID(ctx, "nobody"); !errors.Is(err, ErrUnavailable) && !errors.Is(err, ErrNotFound) {
					t.Errorf("read: got %v", err)
				}
			}
		})
	}
	callers.Wait()
	for range 20 {
		if err := raise(t.Context(), db.Direct(), time.Now().UnixNano()); err != nil {
			t.Fatalf("afterwards: %v", err)
		}
	}
	head, err := db.Direct().Feed.Head(t.Context())
	stats, err2 := db.Direct().Jobs.Stats(t.Context())
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	// A call that was cancelled in its COMMIT may be done and not acknowledged.
	if head.Number != stats.Ready || stats.Ready < acknowledged.Load() {
		t.Errorf("%d revocations, %d jobs, %d acknowledged", head.Number, stats.Ready, acknowledged.Load())
	}
	t.Logf("%d of 320 acknowledged, %d done", acknowledged.Load(), stats.Ready)
}

func TestCancelledQueryDoesNotPoisonItsConnection(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	forever := q(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n`)
	for _, run := range []sqlrun.Runner{db.lanes.Direct(), nil} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		within(t, "an endless query", time.Second, func() error {
			if run != nil {
				_, err := sqlrun.Get(ctx, run, sqlrun.Value[int64], forever)
				return err
			}
			return db.lanes.Tx(ctx, func(ctx context.Context, tx sqlrun.Runner) error {
				_, err := sqlrun.Get(ctx, tx, sqlrun.Value[int64], forever)
				return err
			})
		})
		if err := raise(t.Context(), db.Direct(), 1); err != nil {
			t.Errorf("afterwards: %v", err)
		}
		expectFact(t, db, 1)
	}
}

func TestTransactionRunsAgainFromNothing(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	var heard []Effects
	db.AfterCommit(func(_ context.Context, e Effects) { heard = append(heard, e) })
	runs := 0
	err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
		runs++
		if err := tx.Jobs.Insert(ctx, Job{ID: "job", Kind: "mail"}); err != nil {
			return err
		}
		r := Revocation{Kind: RevokedToken, Subject: "jti", RevokedAt: time.Now(), ExpiresAt: time.Now()}
		if err := tx.Revocations.Append(ctx, &r); err != nil {
			return err
		}
		if runs < 3 {
			return fmt.Errorf("%w: %w", ErrUnavailable, engine.ErrBusy)
		}
		return nil
	})
	if err != nil || runs != 3 || len(heard) != 1 || len(heard[0].Jobs) != 1 || len(heard[0].Revocations) != 1 {
		t.Errorf("%d runs (%v) were heard as %v", runs, err, heard)
	}
}

func TestCheckNoticesThatTheFileIsGone(t *testing.T) {
	t.Parallel()
	for what, harm := range map[string]func(path string) error{
		"removed":     os.Remove,
		"moved":       func(path string) error { return os.Rename(path, path+".old") },
		"log removed": func(path string) error { return os.Remove(path + "-wal") },
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, nil, 0o600))
		},
		"folder moved": func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+".old") },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "data", "sallyport.db")
			db := openTest(t, Options{URL: "sqlite://" + path})
			if err := db.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := harm(path); err != nil {
				t.Fatal(err)
			}
			within(t, "Check", time.Second, func() error { return db.Check(t.Context()) })
		})
	}
}

func TestCheckNoticesAnOlderSchema(t *testing.T) {
	t.Parallel()
	db := openTest(t, Options{})
	if _, err := console(t, db).ExecContext(t.Context(), `DELETE FROM goose_db_version WHERE version_id > 5`); err != nil {
		t.Fatal(err)
	}
	within(t, "Check", time.Second, func() error { return db.Check(t.Context()) })
}

func TestCloseWaitsAndRefuses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sallyport.db")
	db, err := Open(t.Context(), Options{URL: "sqlite://" + path})
	if err != nil {
		t.Fatal(err)
	}
	started, finish, closed := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
			close(started)
			<-finish
			return raise(ctx, tx, 7)
		})
		if err != nil {
			t.Errorf("a transaction that ran when Close was called: %v", err)
		}
	}()
	<-started
	go func() { closed <- db.Close() }()
	within(t, "a call that Close finds or follows", time.Second, func() error { return raise(t.Context(), db.Direct(), 9) })
	select {
	case err := <-closed:
		t.Errorf("Close did not wait (%v)", err)
	default:
	}
	close(finish)
	if err := <-closed; err != nil {
		t.Error(err)
	}
	within(t, "a read after Close", time.Second, func() error { return db.Check(t.Context()) })
	expectFact(t, openTest(t, Options{URL: "sqlite://" + path}), 7)
}
