package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func idempotencyPromises() map[string]promise {
	return map[string]promise{
		"Idempotency/HeldOnce":              idempotencyHeldOnce,
		"Idempotency/TakenOverOnce":         idempotencyTakenOverOnce,
		"Idempotency/NothingOfAnOldHolder":  idempotencyNothingOfAnOldHolder,
		"Idempotency/DroppedUnlessItOpened": idempotencyDropped,
		"Idempotency/Purged":                idempotencyPurged,
		"Undelivered/ByDevice":              undeliveredByDevice,
	}
}

func newKey(hash string) store.IdempotencyKey {
	return store.IdempotencyKey{KeyHash: hash, BodyHash: "body", Holder: "first", StartedAt: moment(0), ExpiresAt: moment(2)}
}

func idempotencyHeldOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	oneWins(t, st, "hold", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.Idempotency.Insert(ctx, newKey("key"))
		return err == nil, err
	})
	reads(t, "held", newKey("key"))(d.Idempotency.ByHash(ctx, "key"))
	misses[store.IdempotencyKey](t, "another")(d.Idempotency.ByHash(ctx, "Key"))
	refuses(t, "held again", d.Idempotency.Insert(ctx, newKey("key")))
	miss := func(key, body string, now int) (bool, error) {
		return d.Idempotency.Miss(ctx, key, body, moment(now))
	}
	changes(t, "another body", true)(miss("key", "Body", 1))
	changes(t, "yet another body", true)(miss("key", "other", 1))
	changes(t, "the same body", false)(miss("key", "body", 1))
	changes(t, "another key", false)(miss("Key", "other", 1))
	changes(t, "another body of an expired key", false)(miss("key", "other", 2))
	check(t, d.Idempotency.Release(ctx, "key", "another"))
	want := newKey("key")
	want.Misses = 2
	reads(t, "with misses", want)(d.Idempotency.ByHash(ctx, "key"))
	check(t, d.Idempotency.Release(ctx, "key", "first"))
	want.StartedAt = time.Time{}
	reads(t, "released", want)(d.Idempotency.ByHash(ctx, "key"))
}

func idempotencyTakenOverOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Idempotency.Insert(ctx, newKey("key")))
	oneWins(t, st, "take over", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Idempotency.TakeOver(ctx, "key", "first", "second", moment(1))
	})
	changes(t, "a session", true)(d.Idempotency.Opened(ctx, "key", "second", "s"))
	changes(t, "another session", false)(d.Idempotency.Opened(ctx, "key", "second", "other"))
	changes(t, "taken over with a session", false)(d.Idempotency.TakeOver(ctx, "key", "second", "third", moment(1)))
	changes(t, "answered", true)(d.Idempotency.Answer(ctx, "key", "second", "sealed"))
	want := newKey("key")
	want.Holder, want.StartedAt, want.SessionID, want.AnswerSealed = "second", moment(1), "s", "sealed"
	reads(t, "answered", want)(d.Idempotency.ByHash(ctx, "key"))

	check(t, d.Idempotency.Insert(ctx, newKey("plain")))
	changes(t, "answered without a session", true)(d.Idempotency.Answer(ctx, "plain", "first", "sealed"))
	changes(t, "taken over with an answer", false)(d.Idempotency.TakeOver(ctx, "plain", "first", "second", moment(1)))
}

// A holder whose transaction is still open keeps the next one waiting, and the
// next one finds what came of it.
func idempotencyNothingOfAnOldHolder(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Idempotency.Insert(ctx, newKey("key")))
	changes(t, "taken over", true)(d.Idempotency.TakeOver(ctx, "key", "first", "second", moment(1)))
	changes(t, "the old holder's session", false)(d.Idempotency.Opened(ctx, "key", "first", "s"))
	changes(t, "the old holder's answer", false)(d.Idempotency.Answer(ctx, "key", "first", "sealed"))
	check(t, d.Idempotency.Drop(ctx, "key", "first", moment(9)))
	want := newKey("key")
	want.Holder, want.StartedAt = "second", moment(1)
	reads(t, "as the new one has it", want)(d.Idempotency.ByHash(ctx, "key"))
	// Of opening and taking over, exactly one happens.
	won := race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		act := func() (bool, error) { return tx.Idempotency.Opened(ctx, "key", "second", "s") }
		if i%2 == 0 {
			act = func() (bool, error) { return tx.Idempotency.TakeOver(ctx, "key", "second", "third", moment(1)) }
		}
		done, err := act()
		if done {
			return 1, err
		}
		return 0, err
	})
	if won != 1 {
		t.Errorf("%d of opening and taking over happened", won)
	}
}

func idempotencyDropped(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for _, hash := range []string{"refused", "opened"} {
		check(t, d.Idempotency.Insert(ctx, newKey(hash)))
	}
	changes(t, "a session", true)(d.Idempotency.Opened(ctx, "opened", "first", "s"))
	for _, hash := range []string{"refused", "opened"} {
		check(t, d.Idempotency.Drop(ctx, hash, "first", moment(1)))
	}
	misses[store.IdempotencyKey](t, "refused")(d.Idempotency.ByHash(ctx, "refused"))
	if k, err := d.Idempotency.ByHash(ctx, "opened"); err != nil || k.SessionID != "s" {
		t.Errorf("what opened a session is dropped: %+v, %v", k, err)
	}
	check(t, d.Idempotency.Drop(ctx, "opened", "first", moment(2)))
	misses[store.IdempotencyKey](t, "expired")(d.Idempotency.ByHash(ctx, "opened"))
}

func idempotencyPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for n, hash := range []string{"old", "older", "new"} {
		k := newKey(hash)
		k.ExpiresAt = moment([]int{2, 1, 3}[n])
		check(t, d.Idempotency.Insert(ctx, k))
	}
	reads(t, "purged, the oldest first", 1)(d.Idempotency.Purge(ctx, moment(3), 1))
	misses[store.IdempotencyKey](t, "the oldest")(d.Idempotency.ByHash(ctx, "older"))
	reads(t, "purged", 1)(d.Idempotency.Purge(ctx, moment(3), 9))
	refuses(t, "one that has not expired", d.Idempotency.Insert(ctx, newKey("new")))
}

func undeliveredByDevice(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for n, id := range []string{"c", "a", "b"} {
		check(t, d.Undelivered.Insert(ctx, store.UndeliveredSession{SessionID: id, DeviceHash: "phone", CreatedAt: moment(n)}))
	}
	check(t, d.Undelivered.Insert(ctx, store.UndeliveredSession{SessionID: "d", DeviceHash: "Phone", CreatedAt: moment(0)}))
	refuses(t, "one twice", d.Undelivered.Insert(ctx, store.UndeliveredSession{SessionID: "d", DeviceHash: "x", CreatedAt: moment(0)}))
	reads(t, "of the phone", []string{"c", "a"})(d.Undelivered.Of(ctx, "phone", moment(2), 9))
	reads(t, "the oldest", []string{"c"})(d.Undelivered.Of(ctx, "phone", moment(9), 1))
	oneWins(t, st, "deliver", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Undelivered.Delivered(ctx, "c") })
	reads(t, "those that are left", []string{"a", "b"})(d.Undelivered.Of(ctx, "phone", moment(9), 9))
	reads(t, "purged", 2)(d.Undelivered.Purge(ctx, moment(2), 9))
	reads(t, "the young", []string{"b"})(d.Undelivered.Of(ctx, "phone", moment(9), 9))
}
