// Package storetest is the list of promises that every engine behind package
// store must keep. Each promise is a function of a store.Store and nothing else,
// and gets one of its own.
//
// Whole records are compared, so that a column that is misread shows. What must
// have one winner is raced by 32 callers, half of them in transactions of their
// own.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// promise is what an engine must keep. It is given a store without users.
type promise func(*testing.T, store.Store)

// racers is how many callers want what only one may have.
const racers = 32

// Run holds the stores that open makes to every promise.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	promises := map[string]promise{}
	for _, some := range []map[string]promise{
		txPromises(), textPromises(), userPromises(), credentialPromises(), signupPromises(), tokenPromises(),
		sessionPromises(), refreshPromises(), revocationPromises(), attemptPromises(), jobPromises(), ledgerPromises(),
		auditPromises(), keyPromises(), historyPromises(),
	} {
		maps.Copy(promises, some)
	}
	for name, test := range promises {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// moment is an instant with microseconds, after start in hours.
func moment(hours int) time.Time {
	return time.Date(2031, time.May, 17, 10, 20, 30, 123456000, time.UTC).Add(time.Duration(hours) * time.Hour)
}

// check ends the test on an error.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// same compares whole records.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

// reads expects a record and no error.
func reads[T any](t *testing.T, what string, want T) func(T, error) {
	t.Helper()
	return func(got T, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
		same(t, what, got, want)
	}
}

// changes expects what a compare-and-set reports.
func changes(t *testing.T, what string, want bool) func(bool, error) {
	t.Helper()
	return func(got bool, err error) {
		t.Helper()
		if got != want || err != nil {
			t.Errorf("%s: changed %v (%v), want %v", what, got, err, want)
		}
	}
}

// misses expects store.ErrNotFound.
func misses[T any](t *testing.T, what string) func(T, error) {
	t.Helper()
	return func(got T, err error) {
		t.Helper()
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: got %v (%v), want store.ErrNotFound", what, got, err)
		}
	}
}

// refuses expects store.ErrTaken.
func refuses(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrTaken) {
		t.Errorf("%s: got %v, want store.ErrTaken", what, err)
	}
}

// write runs fn in a transaction that must succeed.
func write(t *testing.T, st store.Store, fn func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := st.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// newUser is a user who is not in the store yet.
func newUser(name string) store.User {
	return store.User{
		ID: id.Random(), Email: name + "@Example.com", EmailCanonical: name + "@example.com",
		Name: name, Metadata: "{}", Status: store.UserActive, Epoch: 1, CreatedAt: moment(0), UpdatedAt: moment(0),
	}
}

// someUser is a user in the store.
func someUser(t *testing.T, st store.Store, name string) store.User {
	t.Helper()
	u := newUser(name)
	check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}

// newSession is a session of u that is not in the store yet.
func newSession(u store.User) store.Session {
	return store.Session{
		ID: id.Random(), UserID: u.ID,
		RefreshState: store.RefreshState{Nonce: secret.Encode(secret.Bytes(16)), Parent: store.NoParent, RotatedAt: moment(0)},
		UserEpoch:    u.Epoch, ClientID: "sallyport", Audience: "https://auth.example.com", Scope: "openid", Kind: "user",
		AMR: []string{"pwd", "otp"}, ACR: "aal2", AuthTime: moment(0), ConfirmationJKT: "jkt",
		ExpiresAt: moment(100), IdleExpiresAt: moment(50), UserAgent: "agent", Address: "2001:db8::1", DeviceName: "phone",
		CreatedAt: moment(0), LastSeenAt: moment(1),
	}
}

// someSession is a session in the store.
func someSession(t *testing.T, st store.Store, u store.User) store.Session {
	t.Helper()
	s := newSession(u)
	check(t, st.Direct().Sessions.Insert(t.Context(), s))
	return s
}

// oneWins lets racers call take at once and expects exactly one to be told that
// it changed the row.
func oneWins(t *testing.T, st store.Store, what string, take func(ctx context.Context, tx store.Tx) (bool, error)) {
	t.Helper()
	wins := race(t, st, func(ctx context.Context, tx store.Tx, _ int) (int, error) {
		won, err := take(ctx, tx)
		if won {
			return 1, err
		}
		return 0, err
	})
	if wins != 1 {
		t.Errorf("%s: %d of %d callers won, want 1", what, wins, racers)
	}
}

// race lets racers call take at once, every other in a transaction, and adds up
// what they report. A unique key that refuses is no failure here.
func race(t *testing.T, st store.Store, take func(ctx context.Context, tx store.Tx, i int) (int, error)) int {
	t.Helper()
	var sum atomic.Int64
	each(t, racers, func(i int) error {
		var n int
		var err error
		if i%2 == 0 {
			n, err = take(t.Context(), st.Direct(), i)
		} else {
			err = st.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
				var err error
				n, err = take(ctx, tx, i)
				return err
			})
		}
		if errors.Is(err, store.ErrTaken) {
			n, err = 0, nil
		}
		sum.Add(int64(n))
		return err
	})
	return int(sum.Load())
}

// each runs fn n times at once and reports every error.
func each(t *testing.T, n int, fn func(i int) error) {
	t.Helper()
	var ready, done sync.WaitGroup
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			if err := fn(i); err != nil {
				t.Errorf("call %d: %v", i, err)
			}
		})
	}
	done.Wait()
}

// purges expects that five old rows are deleted at most three at a time.
func purges(t *testing.T, purge func(ctx context.Context, limit int) (int, error)) {
	t.Helper()
	for _, want := range []int{3, 2, 0} {
		if got, err := purge(t.Context(), 3); got != want || err != nil {
			t.Errorf("purge at most 3: deleted %d (%v), want %d", got, err, want)
		}
	}
}

// numbered gives names that sort by number.
func numbered(prefix string, n int) string { return fmt.Sprintf("%s-%04d", prefix, n) }
