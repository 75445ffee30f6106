package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
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
	return store.IdempotencyKey{KeyHash: hash, BodyHash: "body", Holder: "first", StartedAt: expect.Moment(0), ExpiresAt: expect.Moment(2)}
}

func idempotencyHeldOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.OneWins(t, st, "hold", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.Idempotency.Insert(ctx, newKey("key"))
		return err == nil, err
	})
	expect.Reads(t, "held", newKey("key"))(d.Idempotency.ByHash(ctx, "key"))
	expect.Misses[store.IdempotencyKey](t, "another")(d.Idempotency.ByHash(ctx, "Key"))
	expect.Refuses(t, "held again", d.Idempotency.Insert(ctx, newKey("key")))
	miss := func(key, body string, now int) (bool, error) {
		return d.Idempotency.Miss(ctx, key, body, expect.Moment(now))
	}
	expect.Changes(t, "another body", true)(miss("key", "Body", 1))
	expect.Changes(t, "yet another body", true)(miss("key", "other", 1))
	expect.Changes(t, "the same body", false)(miss("key", "body", 1))
	expect.Changes(t, "another key", false)(miss("Key", "other", 1))
	expect.Changes(t, "another body of an expired key", false)(miss("key", "other", 2))
	expect.Check(t, d.Idempotency.Release(ctx, "key", "another"))
	want := newKey("key")
	want.Misses = 2
	expect.Reads(t, "with misses", want)(d.Idempotency.ByHash(ctx, "key"))
	expect.Check(t, d.Idempotency.Release(ctx, "key", "first"))
	want.StartedAt = time.Time{}
	expect.Reads(t, "released", want)(d.Idempotency.ByHash(ctx, "key"))
}

func idempotencyTakenOverOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Check(t, d.Idempotency.Insert(ctx, newKey("key")))
	expect.OneWins(t, st, "take over", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Idempotency.TakeOver(ctx, "key", "first", "second", expect.Moment(1))
	})
	expect.Changes(t, "a session", true)(d.Idempotency.Opened(ctx, "key", "second", "s"))
	expect.Changes(t, "another session", false)(d.Idempotency.Opened(ctx, "key", "second", "other"))
	expect.Changes(t, "taken over with a session", false)(d.Idempotency.TakeOver(ctx, "key", "second", "third", expect.Moment(1)))
	expect.Changes(t, "answered", true)(d.Idempotency.Answer(ctx, "key", "second", "sealed"))
	want := newKey("key")
	want.Holder, want.StartedAt, want.SessionID, want.AnswerSealed = "second", expect.Moment(1), "s", "sealed"
	expect.Reads(t, "answered", want)(d.Idempotency.ByHash(ctx, "key"))

	expect.Check(t, d.Idempotency.Insert(ctx, newKey("plain")))
	expect.Changes(t, "answered without a session", true)(d.Idempotency.Answer(ctx, "plain", "first", "sealed"))
	expect.Changes(t, "taken over with an answer", false)(d.Idempotency.TakeOver(ctx, "plain", "first", "second", expect.Moment(1)))
}

// A holder whose transaction is still open keeps the next one waiting, and the
// next one finds what came of it.
func idempotencyNothingOfAnOldHolder(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Check(t, d.Idempotency.Insert(ctx, newKey("key")))
	expect.Changes(t, "taken over", true)(d.Idempotency.TakeOver(ctx, "key", "first", "second", expect.Moment(1)))
	expect.Changes(t, "the old holder's session", false)(d.Idempotency.Opened(ctx, "key", "first", "s"))
	expect.Changes(t, "the old holder's answer", false)(d.Idempotency.Answer(ctx, "key", "first", "sealed"))
	expect.Check(t, d.Idempotency.Drop(ctx, "key", "first", expect.Moment(9)))
	want := newKey("key")
	want.Holder, want.StartedAt = "second", expect.Moment(1)
	expect.Reads(t, "as the new one has it", want)(d.Idempotency.ByHash(ctx, "key"))
	// Of opening and taking over, exactly one happens.
	won := expect.Race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		act := func() (bool, error) { return tx.Idempotency.Opened(ctx, "key", "second", "s") }
		if i%2 == 0 {
			act = func() (bool, error) { return tx.Idempotency.TakeOver(ctx, "key", "second", "third", expect.Moment(1)) }
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
		expect.Check(t, d.Idempotency.Insert(ctx, newKey(hash)))
	}
	expect.Changes(t, "a session", true)(d.Idempotency.Opened(ctx, "opened", "first", "s"))
	for _, hash := range []string{"refused", "opened"} {
		expect.Check(t, d.Idempotency.Drop(ctx, hash, "first", expect.Moment(1)))
	}
	expect.Misses[store.IdempotencyKey](t, "refused")(d.Idempotency.ByHash(ctx, "refused"))
	if k, err := d.Idempotency.ByHash(ctx, "opened"); err != nil || k.SessionID != "s" {
		t.Errorf("what opened a session is dropped: %+v, %v", k, err)
	}
	expect.Check(t, d.Idempotency.Drop(ctx, "opened", "first", expect.Moment(2)))
	expect.Misses[store.IdempotencyKey](t, "expired")(d.Idempotency.ByHash(ctx, "opened"))
}

func idempotencyPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for n, hash := range []string{"old", "older", "new"} {
		k := newKey(hash)
		k.ExpiresAt = expect.Moment([]int{2, 1, 3}[n])
		expect.Check(t, d.Idempotency.Insert(ctx, k))
	}
	expect.Reads(t, "purged, the oldest first", 1)(d.Idempotency.Purge(ctx, expect.Moment(3), 1))
	expect.Misses[store.IdempotencyKey](t, "the oldest")(d.Idempotency.ByHash(ctx, "older"))
	expect.Reads(t, "purged", 1)(d.Idempotency.Purge(ctx, expect.Moment(3), 9))
	expect.Refuses(t, "one that has not expired", d.Idempotency.Insert(ctx, newKey("new")))
}

func undeliveredByDevice(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for n, id := range []string{"c", "a", "b"} {
		expect.Check(t, d.Undelivered.Insert(ctx, store.UndeliveredSession{SessionID: id, DeviceHash: "phone", CreatedAt: expect.Moment(n)}))
	}
	expect.Check(t, d.Undelivered.Insert(ctx, store.UndeliveredSession{SessionID: "d", DeviceHash: "Phone", CreatedAt: expect.Moment(0)}))
	expect.Refuses(t, "one twice", d.Undelivered.Insert(ctx, store.UndeliveredSession{SessionID: "d", DeviceHash: "x", CreatedAt: expect.Moment(0)}))
	expect.Reads(t, "of the phone", []string{"c", "a"})(d.Undelivered.Of(ctx, "phone", expect.Moment(2), 9))
	expect.Reads(t, "the oldest", []string{"c"})(d.Undelivered.Of(ctx, "phone", expect.Moment(9), 1))
	expect.OneWins(t, st, "deliver", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Undelivered.Delivered(ctx, "c") })
	expect.Reads(t, "those that are left", []string{"a", "b"})(d.Undelivered.Of(ctx, "phone", expect.Moment(9), 9))
	expect.Reads(t, "purged", 2)(d.Undelivered.Purge(ctx, expect.Moment(2), 9))
	expect.Reads(t, "the young", []string{"b"})(d.Undelivered.Of(ctx, "phone", expect.Moment(9), 9))
}
