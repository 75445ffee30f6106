package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func keyPromises() map[string]promise {
	return map[string]promise{
		"SigningKeys/OldestFirst":  signingKeysOldestFirst,
		"SigningKeys/RetiredOnce":  signingKeysRetiredOnce,
		"SigningKeys/ResealedOnce": signingKeysResealedOnce,
		"SigningKeys/Purged":       signingKeysPurged,
		"SecretKeys/OldestFirst":   secretKeysOldestFirst,
		"Facts/OnlyRise":           factsOnlyRise,
		"Facts/RiseToTheHighest":   factsRiseToTheHighest,
	}
}

// someKey is a signing key in the store.
func someKey(t *testing.T, st *store.Store, id string, active int) store.SigningKey {
	t.Helper()
	k := store.SigningKey{
		ID: id, Algorithm: "ES256", PublicJWK: `{"kty":"EC"}`, PrivateSealed: "sealed",
		CreatedAt: expect.Moment(active - 1), ActiveAt: expect.Moment(active),
	}
	expect.Check(t, st.Direct().SigningKeys.Insert(t.Context(), k))
	return k
}

func signingKeysOldestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Reads[[]store.SigningKey](t, "none", nil)(d.SigningKeys.List(ctx))
	newer, older, same := someKey(t, st, "b", 5), someKey(t, st, "c", 1), someKey(t, st, "a", 5)
	expect.Reads(t, "keys", []store.SigningKey{older, same, newer})(d.SigningKeys.List(ctx))
	expect.Refuses(t, "the same key", d.SigningKeys.Insert(ctx, newer))
	full := store.SigningKey{ID: "hs", Algorithm: "HS256", PrivateSealed: "s", CreatedAt: expect.Moment(0), ActiveAt: expect.Moment(0), ExpiresAt: expect.Moment(9)}
	expect.Check(t, d.SigningKeys.Insert(ctx, full))
	expect.Reads(t, "keys", []store.SigningKey{full, older, same, newer})(d.SigningKeys.List(ctx))
}

func signingKeysRetiredOnce(t *testing.T, st *store.Store) {
	k := someKey(t, st, "a", 0)
	expect.OneWins(t, st, "retire", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.SigningKeys.Retire(ctx, "a", expect.Moment(9))
	})
	expect.Changes(t, "another expiry", false)(st.Direct().SigningKeys.Retire(t.Context(), "a", expect.Moment(10)))
	expect.Changes(t, "unknown", false)(st.Direct().SigningKeys.Retire(t.Context(), "none", expect.Moment(10)))
	k.ExpiresAt = expect.Moment(9)
	expect.Reads(t, "keys", []store.SigningKey{k})(st.Direct().SigningKeys.List(t.Context()))
}

func signingKeysResealedOnce(t *testing.T, st *store.Store) {
	k := someKey(t, st, "a", 0)
	expect.OneWins(t, st, "reseal", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.SigningKeys.Reseal(ctx, "a", "sealed", "sealed anew")
	})
	k.PrivateSealed = "sealed anew"
	expect.Reads(t, "keys", []store.SigningKey{k})(st.Direct().SigningKeys.List(t.Context()))
}

func signingKeysPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	active, fresh := someKey(t, st, "a", 0), someKey(t, st, "b", 1)
	someKey(t, st, "c", 2)
	expect.Changes(t, "retire", true)(d.SigningKeys.Retire(ctx, "b", expect.Moment(5)))
	expect.Changes(t, "retire", true)(d.SigningKeys.Retire(ctx, "c", expect.Moment(4)))
	fresh.ExpiresAt = expect.Moment(5)
	expect.Reads(t, "purged", 1)(d.SigningKeys.Purge(ctx, expect.Moment(5)))
	expect.Reads(t, "keys", []store.SigningKey{active, fresh})(d.SigningKeys.List(ctx))
}

func secretKeysOldestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Reads[[]store.SecretKey](t, "none", nil)(d.SecretKeys.List(ctx))
	newer := store.SecretKey{ID: "a", CheckValue: "one", CreatedAt: expect.Moment(1)}
	older := store.SecretKey{ID: "b", CheckValue: "two", CreatedAt: expect.Moment(0)}
	expect.Check(t, d.SecretKeys.Insert(ctx, newer))
	expect.Check(t, d.SecretKeys.Insert(ctx, older))
	expect.Refuses(t, "the same key", d.SecretKeys.Insert(ctx, newer))
	expect.Reads(t, "keys", []store.SecretKey{older, newer})(d.SecretKeys.List(ctx))
	expect.OneWins(t, st, "insert", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.SecretKeys.Insert(ctx, store.SecretKey{ID: "c", CheckValue: "three", CreatedAt: expect.Moment(2)})
		return err == nil, err
	})
}

func factsOnlyRise(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Reads(t, "none", int64(0))(d.Facts.Number(ctx, "ttl"))
	highest := int64(0)
	for _, n := range []int64{900, 600, 900, int64(time.Hour), 0, -1} {
		expect.Check(t, d.Facts.Raise(ctx, "ttl", n))
		highest = max(highest, n)
		expect.Reads(t, "fact", highest)(d.Facts.Number(ctx, "ttl"))
	}
	expect.Reads(t, "another", int64(0))(d.Facts.Number(ctx, "TTL"))
}

func factsRiseToTheHighest(t *testing.T, st *store.Store) {
	expect.Race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		return 0, tx.Facts.Raise(ctx, "ttl", int64(1+i*7%expect.Racers))
	})
	expect.Reads(t, "fact", int64(expect.Racers))(st.Direct().Facts.Number(t.Context(), "ttl"))
}
