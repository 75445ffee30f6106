package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func revocationPromises() map[string]promise {
	return map[string]promise{
		"Revocations/NumberedInOrder":     revocationsNumberedInOrder,
		"Revocations/CommitOrderIsNumber": revocationsCommitOrder,
		"Revocations/PausedCommitIsFirst": revocationsPausedCommit,
		"Revocations/ReaderMissesNothing": revocationsReaderMissesNothing,
		"Revocations/AfterLeavesExpired":  revocationsAfterLeavesExpired,
		"Revocations/AccessTellsAll":      revocationsAccess,
		"Revocations/PurgeIsBounded":      revocationsPurge,
		"Feed/HasAHistory":                feedHasAHistory,
	}
}

func newRevocation(subject string) store.Revocation {
	return store.Revocation{Kind: store.RevokedUser, Subject: subject, Epoch: 3, RevokedAt: moment(0), ExpiresAt: moment(1)}
}

// revoke appends in a transaction and gives the numbered entries.
func revoke(t *testing.T, st store.Store, entries ...store.Revocation) []store.Revocation {
	t.Helper()
	write(t, st, func(ctx context.Context, tx store.Tx) error {
		for i := range entries {
			check(t, tx.Revocations.Append(ctx, &entries[i]))
		}
		return nil
	})
	return entries
}

func feedHasAHistory(t *testing.T, st store.Store) {
	head, err := st.Direct().Revocations.Head(t.Context())
	check(t, err)
	if len(head.HistoryID) < 22 || head.Number != 0 {
		t.Errorf("a new feed is %+v, want a random history and number 0", head)
	}
}

func revocationsNumberedInOrder(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	first := revoke(t, st, newRevocation("a"), store.Revocation{Kind: store.RevokedToken, Subject: "jti", RevokedAt: moment(2), ExpiresAt: moment(3)})
	second := revoke(t, st, newRevocation("b"))
	for i, r := range append(first, second...) {
		same(t, "number", r.Number, int64(i+1))
	}
	reads(t, "all", append(first, second...))(d.Revocations.After(ctx, 0, moment(0), 9))
	reads(t, "after the first", append(first[1:2:2], second...))(d.Revocations.After(ctx, 1, moment(0), 9))
	reads(t, "one of them", first[:1])(d.Revocations.After(ctx, 0, moment(0), 1))
	reads[[]store.Revocation](t, "after the last", nil)(d.Revocations.After(ctx, 3, moment(0), 9))
	head, err := d.Revocations.Head(ctx)
	check(t, err)
	same(t, "head", head.Number, int64(3))
}

// revocationsCommitOrder writes and reads in one breath: whoever has committed
// finds every smaller number committed too.
func revocationsCommitOrder(t *testing.T, st store.Store) {
	each(t, racers, func(i int) error {
		r := newRevocation(numbered("user", i))
		if err := st.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
			return tx.Revocations.Append(ctx, &r)
		}); err != nil {
			return err
		}
		seen, err := st.Direct().Revocations.After(t.Context(), 0, moment(0), racers)
		if err != nil {
			return err
		}
		return contiguous(seen, 0, int(r.Number))
	})
}

// Pauser is a store that can be held up: the next transaction that revokes calls
// fn when nothing but COMMIT is left to do.
type Pauser interface {
	store.Store
	PauseBeforeCommit(fn func())
}

// revocationsPausedCommit holds a transaction up that has its number and has not
// committed. Another that revokes meanwhile must not commit before it, and who
// reads meanwhile must see neither: a reader who saw the second number would
// never again look for the first.
func revocationsPausedCommit(t *testing.T, st store.Store) {
	p, ok := st.(Pauser)
	if !ok {
		t.Fatal("this store cannot be paused before COMMIT")
	}
	numbered, goOn, ran := make(chan struct{}), make(chan struct{}), make(chan struct{}, 99)
	p.PauseBeforeCommit(func() {
		close(numbered)
		<-goOn
	})
	var entries [2]store.Revocation
	var done [2]chan error
	begin := func(i int) {
		done[i] = make(chan error, 1)
		go func() {
			done[i] <- st.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
				entries[i] = newRevocation(fmt.Sprint("user-", i))
				ran <- struct{}{}
				return tx.Revocations.Append(ctx, &entries[i])
			})
		}()
	}
	begin(0)
	<-numbered
	<-ran
	begin(1)
	// Where writers take turns the second does not even begin.
	for looks, after := 0, 0; looks < 300 && after < 50; looks++ {
		if len(ran) > 0 {
			after++
		}
		head, err := st.Direct().Revocations.Head(t.Context())
		check(t, err)
		seen, err := st.Direct().Revocations.After(t.Context(), 0, moment(0), 9)
		check(t, err)
		if head.Number != 0 || len(seen) != 0 {
			t.Fatalf("number %d and %d entries are seen before the first COMMIT", head.Number, len(seen))
		}
	}
	select {
	case err := <-done[1]:
		t.Fatalf("the second transaction committed before the first (%v)", err)
	default:
	}
	close(goOn)
	check(t, <-done[0])
	check(t, <-done[1])
	if entries[0].Number != 1 || entries[1].Number != 2 {
		t.Errorf("numbers are %d and %d, want 1 and 2", entries[0].Number, entries[1].Number)
	}
	reads(t, "afterwards", entries[:])(st.Direct().Revocations.After(t.Context(), 0, moment(0), 9))
}

// contiguous expects numbers from after+1 on, at least want of them.
func contiguous(rs []store.Revocation, after int64, want int) error {
	for i, r := range rs {
		if r.Number != after+int64(i)+1 {
			return fmt.Errorf("entry %d after %d has number %d", i, after, r.Number)
		}
	}
	if len(rs) < want {
		return fmt.Errorf("saw %d entries, want %d", len(rs), want)
	}
	return nil
}

// revocationsReaderMissesNothing polls while 16 writers revoke, as an instance
// does that follows the feed.
func revocationsReaderMissesNothing(t *testing.T, st store.Store) {
	const writers, rounds, total = 16, 10, 16 * 10 * 3 / 2
	var writing atomic.Int32
	writing.Store(writers)
	each(t, writers+1, func(i int) error {
		if i < writers {
			defer writing.Add(-1)
			return revokeOften(t, st, i, rounds)
		}
		var last int64
		for {
			done := writing.Load() == 0
			head, err := st.Direct().Revocations.Head(t.Context())
			if err != nil {
				return err
			}
			seen, err := st.Direct().Revocations.After(t.Context(), last, moment(0), total)
			if err != nil {
				return err
			}
			if err := contiguous(seen, last, int(head.Number-last)); err != nil {
				return err
			}
			last += int64(len(seen))
			if done {
				if last != total {
					return fmt.Errorf("followed to %d, want %d", last, total)
				}
				return nil
			}
		}
	})
}

// revokeOften commits one or two revocations a round, and every so often rolls
// some back, which must leave no gap.
func revokeOften(t *testing.T, st store.Store, writer, rounds int) error {
	t.Helper()
	undo := errors.New("undo")
	for round := range rounds {
		for _, end := range []error{undo, nil} {
			err := st.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
				for n := range 1 + round%2 {
					r := newRevocation(fmt.Sprint(writer, round, n))
					if err := tx.Revocations.Append(ctx, &r); err != nil {
						return err
					}
				}
				return end
			})
			if !errors.Is(err, end) {
				return err
			}
		}
	}
	return nil
}

func revocationsAfterLeavesExpired(t *testing.T, st store.Store) {
	short, long := newRevocation("a"), newRevocation("b")
	long.ExpiresAt = moment(9)
	rs := revoke(t, st, short, long)
	reads(t, "when one has expired", rs[1:])(st.Direct().Revocations.After(t.Context(), 0, moment(1), 9))
}

func revocationsAccess(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	s := someSession(t, st, u)
	good := store.AccessState{UserActive: true, UserEpoch: u.Epoch}
	reads(t, "nothing revoked", good)(d.Revocations.Access(ctx, "jti", s.ID, u.ID))

	revoke(t, st, store.Revocation{Kind: store.RevokedToken, Subject: "jti", RevokedAt: moment(0), ExpiresAt: moment(1)})
	want := good
	want.TokenRevoked = true
	reads(t, "token", want)(d.Revocations.Access(ctx, "jti", s.ID, u.ID))
	reads(t, "another token", good)(d.Revocations.Access(ctx, "JTI", s.ID, u.ID))
	reads(t, "a user is no token", good)(d.Revocations.Access(ctx, u.ID, s.ID, u.ID))

	want = good
	want.SessionEnded = true
	reads(t, "unknown session", want)(d.Revocations.Access(ctx, "x", "none", u.ID))
	changes(t, "revoke", true)(d.Sessions.Revoke(ctx, s.ID, store.ReasonLogout, moment(0)))
	reads(t, "session", want)(d.Revocations.Access(ctx, "x", s.ID, u.ID))

	changes(t, "raise the epoch", true)(d.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(0)))
	want.UserEpoch++
	reads(t, "epoch", want)(d.Revocations.Access(ctx, "x", s.ID, u.ID))
	changes(t, "disable", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, moment(0)))
	want.UserActive = false
	reads(t, "disabled", want)(d.Revocations.Access(ctx, "x", s.ID, u.ID))
	reads(t, "unknown user", store.AccessState{SessionEnded: true})(d.Revocations.Access(ctx, "x", "none", "nobody"))
}

func revocationsPurge(t *testing.T, st store.Store) {
	kept := newRevocation("kept")
	kept.ExpiresAt = moment(2)
	rs := revoke(t, st, newRevocation("a"), newRevocation("b"), kept, newRevocation("c"), newRevocation("d"), newRevocation("e"))
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Revocations.Purge(ctx, moment(2), limit)
	})
	reads(t, "kept", rs[2:3])(st.Direct().Revocations.After(t.Context(), 0, moment(0), 9))
	same(t, "the next number", revoke(t, st, newRevocation("f"))[0].Number, int64(7))
}
