package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func keyPromises() map[string]promise {
	return map[string]promise{
		"SigningKeys/OldestFirst":  signingKeysOldestFirst,
		"SigningKeys/RetiredOnce":  signingKeysRetiredOnce,
		"SigningKeys/ResealedOnce": signingKeysResealedOnce,
		"SigningKeys/Purged":       signingKeysPurged,
		"SecretKeys/OldestFirst":   secretKeysOldestFirst,
		"Facts/AreHeld":            factsAreHeld,
		"Facts/OnlyRise":           factsOnlyRise,
		"Facts/RiseToTheHighest":   factsRiseToTheHighest,
	}
}

// someKey is a signing key in the store.
func someKey(t *testing.T, st *store.Store, id string, active int) store.SigningKey {
	t.Helper()
	k := store.SigningKey{
		ID: id, Algorithm: "ES256", PublicJWK: `{"kty":"EC"}`, PrivateSealed: "sealed",
		CreatedAt: moment(active - 1), ActiveAt: moment(active),
	}
	check(t, st.Direct().SigningKeys.Insert(t.Context(), k))
	return k
}

func signingKeysOldestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads[[]store.SigningKey](t, "none", nil)(d.SigningKeys.List(ctx))
	newer, older, same := someKey(t, st, "b", 5), someKey(t, st, "c", 1), someKey(t, st, "a", 5)
	reads(t, "keys", []store.SigningKey{older, same, newer})(d.SigningKeys.List(ctx))
	refuses(t, "the same key", d.SigningKeys.Insert(ctx, newer))
	full := store.SigningKey{ID: "hs", Algorithm: "HS256", PrivateSealed: "s", CreatedAt: moment(0), ActiveAt: moment(0), ExpiresAt: moment(9)}
	check(t, d.SigningKeys.Insert(ctx, full))
	reads(t, "keys", []store.SigningKey{full, older, same, newer})(d.SigningKeys.List(ctx))
}

func signingKeysRetiredOnce(t *testing.T, st *store.Store) {
	k := someKey(t, st, "a", 0)
	oneWins(t, st, "retire", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.SigningKeys.Retire(ctx, "a", moment(9))
	})
	changes(t, "another expiry", false)(st.Direct().SigningKeys.Retire(t.Context(), "a", moment(10)))
	changes(t, "unknown", false)(st.Direct().SigningKeys.Retire(t.Context(), "none", moment(10)))
	k.ExpiresAt = moment(9)
	reads(t, "keys", []store.SigningKey{k})(st.Direct().SigningKeys.List(t.Context()))
}

func signingKeysResealedOnce(t *testing.T, st *store.Store) {
	k := someKey(t, st, "a", 0)
	oneWins(t, st, "reseal", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.SigningKeys.Reseal(ctx, "a", "sealed", "sealed anew")
	})
	k.PrivateSealed = "sealed anew"
	reads(t, "keys", []store.SigningKey{k})(st.Direct().SigningKeys.List(t.Context()))
}

func signingKeysPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	active, fresh := someKey(t, st, "a", 0), someKey(t, st, "b", 1)
	someKey(t, st, "c", 2)
	changes(t, "retire", true)(d.SigningKeys.Retire(ctx, "b", moment(5)))
	changes(t, "retire", true)(d.SigningKeys.Retire(ctx, "c", moment(4)))
	fresh.ExpiresAt = moment(5)
	reads(t, "purged", 1)(d.SigningKeys.Purge(ctx, moment(5)))
	reads(t, "keys", []store.SigningKey{active, fresh})(d.SigningKeys.List(ctx))
}

func secretKeysOldestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads[[]store.SecretKey](t, "none", nil)(d.SecretKeys.List(ctx))
	newer := store.SecretKey{ID: "a", CheckValue: "one", CreatedAt: moment(1)}
	older := store.SecretKey{ID: "b", CheckValue: "two", CreatedAt: moment(0)}
	check(t, d.SecretKeys.Insert(ctx, newer))
	check(t, d.SecretKeys.Insert(ctx, older))
	refuses(t, "the same key", d.SecretKeys.Insert(ctx, newer))
	reads(t, "keys", []store.SecretKey{older, newer})(d.SecretKeys.List(ctx))
	oneWins(t, st, "insert", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.SecretKeys.Insert(ctx, store.SecretKey{ID: "c", CheckValue: "three", CreatedAt: moment(2)})
		return err == nil, err
	})
}
