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
		"Revocations/ReaderMissesNothing": revocationsReaderMissesNothing,
		"Revocations/FromLeavesExpired":   revocationsFromLeavesExpired,
		"Revocations/EachHasAMark":        revocationsEachHasAMark,
		"Revocations/AccessTellsAll":      revocationsAccess,
		"Revocations/PurgeIsBounded":      revocationsPurge,
		"Feed/HasAHistory":                feedHasAHistory,
	}
}

func newRevocation(subject string) store.Revocation {
	return store.Revocation{Kind: store.RevokedUser, Subject: subject, Epoch: 3, RevokedAt: moment(0), ExpiresAt: moment(1)}
}

// revoke appends in a transaction and gives the numbered entries.
func revoke(t *testing.T, st *store.Store, entries ...store.Revocation) []store.Revocation {
	t.Helper()
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		for i := range entries {
			check(t, tx.Revocations.Append(ctx, &entries[i]))
		}
		return nil
	})
	return entries
}

func feedHasAHistory(t *testing.T, st *store.Store) {
	head, err := st.Direct().Feed.Head(t.Context())
	check(t, err)
	if len(head.HistoryID) < 22 || head.Position != (store.Position{}) {
		t.Errorf("a new feed is %+v, want a random history and number 0 without a mark", head)
	}
}

func revocationsNumberedInOrder(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	first := revoke(t, st, newRevocation("a"), store.Revocation{Kind: store.RevokedToken, Subject: "jti", RevokedAt: moment(2), ExpiresAt: moment(3)})
	second := revoke(t, st, newRevocation("b"))
	for i, r := range append(first, second...) {
		same(t, "number", r.Number, int64(i+1))
	}
	head, err := d.Feed.Head(ctx)
	check(t, err)
	same(t, "head", head.Position, second[0].Position())
	page := func(rs ...store.Revocation) store.FeedPage { return store.FeedPage{Head: head, Revocations: rs} }
	reads(t, "all", page(append(first, second...)...))(d.Revocations.From(ctx, 0, moment(0), 9))
	reads(t, "from the second", page(first[1], second[0]))(d.Revocations.From(ctx, 2, moment(0), 9))
	reads(t, "one of them", page(first[0]))(d.Revocations.From(ctx, 0, moment(0), 1))
	reads(t, "behind the last", page())(d.Revocations.From(ctx, 4, moment(0), 9))
}

// revocationsCommitOrder writes and reads in one breath: whoever has committed
// finds every smaller number committed too.
func revocationsCommitOrder(t *testing.T, st *store.Store) {
	each(t, racers, func(i int) error {
		r := newRevocation(numbered("user", i))
		if err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return tx.Revocations.Append(ctx, &r)
		}); err != nil {
			return err
		}
		seen, err := st.Direct().Revocations.From(t.Context(), 0, moment(0), racers)
		if err != nil {
			return err
		}
		return contiguous(seen.Revocations, 0, int(r.Number))
	})
}

// revocationsPausedCommit holds a transaction up that has its number and has not
// committed. Another that revokes meanwhile must not commit before it, and who
// reads meanwhile must see neither: a reader who saw the second number would
// never again look for the first.
func revocationsPausedCommit(t *testing.T, st Subject) {
	numbered, goOn, ran := make(chan struct{}), make(chan struct{}), make(chan struct{}, 99)
	st.PauseBeforeCommit(func() {
		close(numbered)
		<-goOn
	})
	var entries [2]store.Revocation
	var done [2]chan error
	begin := func(i int) {
		done[i] = make(chan error, 1)
		go func() {
			done[i] <- st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
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
		head, err := st.Direct().Feed.Head(t.Context())
		check(t, err)
		seen, err := st.Direct().Revocations.From(t.Context(), 0, moment(0), 9)
		check(t, err)
		if head.Number != 0 || seen.Head.Number != 0 || len(seen.Revocations) != 0 {
			t.Fatalf("number %d, and %+v are seen before the first COMMIT", head.Number, seen)
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
	reads(t, "afterwards", entries[:])(everyEntry(t, st.Store))
}

// everyEntry lists what has not expired in the first second.
func everyEntry(t *testing.T, st *store.Store) ([]store.Revocation, error) {
	t.Helper()
	page, err := st.Direct().Revocations.From(t.Context(), 0, moment(0), 9)
	return page.Revocations, err
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
// does that follows the feed. A page goes exactly as far as the feed's row that
// was read with it.
func revocationsReaderMissesNothing(t *testing.T, st *store.Store) {
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
			head, err := st.Direct().Feed.Head(t.Context())
			if err != nil {
				return err
			}
			seen, err := st.Direct().Revocations.From(t.Context(), last+1, moment(0), total)
			if err != nil {
				return err
			}
			if err := contiguous(seen.Revocations, last, int(head.Number-last)); err != nil {
				return err
			}
			last += int64(len(seen.Revocations))
			if seen.Head.Number != last {
				return fmt.Errorf("a page ends at %d, and the feed at %d", last, seen.Head.Number)
			}
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
func revokeOften(t *testing.T, st *store.Store, writer, rounds int) error {
	t.Helper()
	undo := errors.New("undo")
	for round := range rounds {
		for _, end := range []error{undo, nil} {
			err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
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

func revocationsFromLeavesExpired(t *testing.T, st *store.Store) {
	short, long := newRevocation("a"), newRevocation("b")
	long.ExpiresAt = moment(9)
	rs := revoke(t, st, short, short, long)
	head, err := st.Direct().Feed.Head(t.Context())
	check(t, err)
	page := func(rs ...store.Revocation) store.FeedPage { return store.FeedPage{Head: head, Revocations: rs} }
	from := st.Direct().Revocations.From
	reads(t, "when two have expired", page(rs[2]))(from(t.Context(), 0, moment(1), 9))
	reads(t, "from an expired one on", page(rs[1], rs[2]))(from(t.Context(), 2, moment(1), 9))
	reads(t, "from an expired one on, no more", page(rs[1]))(from(t.Context(), 2, moment(1), 1))
	reads(t, "when all have expired", page())(from(t.Context(), 0, moment(9), 9))
}

// revocationsEachHasAMark expects positions to be told apart, and each
// transaction to know what it follows.
func revocationsEachHasAMark(t *testing.T, st *store.Store) {
	var heard []store.Effects
	st.AfterCommit(func(_ context.Context, e store.Effects) { heard = append(heard, e) })
	first, second := revoke(t, st, newRevocation("a"), newRevocation("b")), revoke(t, st, newRevocation("c"))
	marks := map[store.Mark]bool{}
	for _, r := range append(first, second...) {
		marks[r.Mark] = true
		if text := r.Mark.String(); len(text) != 11 {
			t.Errorf("mark %d is written %q", r.Mark, text)
		}
	}
	if len(marks) != 3 || marks[0] {
		t.Errorf("three entries have the marks %v", marks)
	}
	head, err := st.Direct().Feed.Head(t.Context())
	check(t, err)
	before := head
	before.Position = store.Position{}
	same(t, "the first follows", heard[0].Follows, before)
	before.Position = first[1].Position()
	same(t, "the second follows", heard[1].Follows, before)

	// What it follows is gone: nothing is known but the number.
	n, err := st.Direct().Revocations.Purge(t.Context(), moment(2), 9)
	check(t, err)
	same(t, "purged", n, 3)
	revoke(t, st, newRevocation("d"))
	before.Position = store.Position{Number: 3}
	same(t, "the third follows", heard[2].Follows, before)
}

// revocationsOfEarlierVersions takes turns with an earlier version, as in a
// rolling upgrade: its entries have no mark, and the feed has none after them.
func revocationsOfEarlierVersions(t *testing.T, st Subject) {
	head := func() store.Position {
		head, err := st.Direct().Feed.Head(t.Context())
		check(t, err)
		return head.Position
	}
	var want []store.Revocation
	for turn := range 3 {
		r := newRevocation(numbered("old", turn))
		r.Number = int64(2*turn + 1)
		check(t, st.RevokeWithoutMark(t.Context(), r))
		same(t, "the feed after an earlier version", head(), r.Position())
		ours := revoke(t, st.Store, newRevocation(numbered("new", turn)))[0]
		same(t, "the feed after this version", head(), ours.Position())
		want = append(want, r, ours)
	}
	reads(t, "all", want)(everyEntry(t, st.Store))
	page, err := st.Direct().Revocations.From(t.Context(), 0, moment(0), 9)
	check(t, err)
	same(t, "the feed's row beside them", page.Head.Position, head())
}

func revocationsAccess(t *testing.T, st *store.Store) {
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

func revocationsPurge(t *testing.T, st *store.Store) {
	kept := newRevocation("kept")
	kept.ExpiresAt = moment(2)
	rs := revoke(t, st, newRevocation("a"), newRevocation("b"), kept, newRevocation("c"), newRevocation("d"), newRevocation("e"))
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Revocations.Purge(ctx, moment(2), limit)
	})
	reads(t, "kept", rs[2:3])(everyEntry(t, st))
	same(t, "the next number", revoke(t, st, newRevocation("f"))[0].Number, int64(7))
}
