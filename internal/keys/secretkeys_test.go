package keys_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestRingDoesNotStartWithTheWrongSecretKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := active(t, w.ring(t)).ID()
	o := w.options()
	o.Keyring = keyring(t, secret.Bytes(32))
	err := keys.New(o).Start(t.Context())
	if !errors.Is(err, secret.ErrNotOpened) || !strings.Contains(err.Error(), "SALLYPORT_SECRET_KEY") {
		t.Errorf("got %v, want an error that says what to mend", err)
	}
	rows, err := w.store.Direct().SigningKeys.List(t.Context())
	if err != nil || len(rows) != 1 || rows[0].ID != want {
		t.Errorf("a failed start left %v (%v)", rows, err)
	}
}

func TestRingDoesNotBelieveKeysThatWerePlantedInTheDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.ring(t)
	mine := active(t, r).ID()
	direct := w.store.Direct()
	genuine, err := direct.SigningKeys.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	foreign := newWorld(t)
	foreignKey := active(t, foreign.ring(t))
	planted, err := foreign.store.Direct().SigningKeys.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	copied := planted[0]
	copied.PrivateSealed = genuine[0].PrivateSealed // opens only in its own row
	for name, row := range map[string]store.SigningKey{"sealed elsewhere": planted[0], "sealed copy": copied} {
		if err := direct.SigningKeys.Insert(t.Context(), row); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(2 * time.Second)
		if _, err := r.Find(t.Context(), foreignKey.ID()); !errors.Is(err, keys.ErrUnknownKey) {
			t.Errorf("%s: got %v", name, err)
		}
		maintain(t, r)
		if active(t, r).ID() != mine || !slices.Equal(published(t, r), []string{mine}) {
			t.Errorf("%s: the planted key is used or published", name)
		}
		if err := keys.New(w.options()).Start(t.Context()); err == nil {
			t.Errorf("%s: a start does not notice", name)
		}
		if _, err := direct.SigningKeys.Retire(t.Context(), row.ID, w.clock.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := direct.SigningKeys.Purge(t.Context(), w.clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRewrapMakesTheOldSecretKeyUnnecessary(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	older, newer := secret.Bytes(32), secret.Bytes(32)
	w.keyring = keyring(t, older)
	kid := active(t, w.ring(t)).ID()
	both := keyring(t, newer, older)
	for _, want := range []int{1, 0} {
		if n, err := keys.Rewrap(t.Context(), w.store, both); err != nil || n != want {
			t.Errorf("rewrapped %d, want %d (%v)", n, want, err)
		}
	}
	w.keyring = keyring(t, newer)
	if got := active(t, w.ring(t)).ID(); got != kid {
		t.Errorf("after rewrapping %s signs, want %s", got, kid)
	}
	if _, err := keys.Rewrap(t.Context(), w.store, keyring(t, older)); err == nil {
		t.Error("rewrapping without the key at hand reports no error")
	}
}

func TestCheckSecretKeysNoticesLostAndUnknownKeys(t *testing.T) {
	t.Parallel()
	a, b, c := secret.Bytes(32), secret.Bytes(32), secret.Bytes(32)
	tests := []struct {
		name string
		prep func(t *testing.T, w *world)
		with [][]byte
		ok   bool
	}{
		{"the same key", nil, [][]byte{a}, true},
		{"a new key in front of the old", nil, [][]byte{b, a}, true},
		{"another key", nil, [][]byte{b}, false},
		{"several, none of them known", nil, [][]byte{b, c}, false},
		{"the old key dropped before rewrapping", func(t *testing.T, w *world) {
			check(t, w, true, b, a)
		}, [][]byte{b}, false},
		{"the old key dropped after rewrapping", func(t *testing.T, w *world) {
			check(t, w, true, b, a)
			if _, err := keys.Rewrap(t.Context(), w.store, keyring(t, b, a)); err != nil {
				t.Fatal(err)
			}
		}, [][]byte{b}, true},
		{"a known identifier with another check value", func(t *testing.T, w *world) {
			row := store.SecretKey{ID: keyring(t, c).KeyIDs()[0].String(), CheckValue: "other", CreatedAt: w.clock.Now()}
			if err := w.store.Direct().SecretKeys.Insert(t.Context(), row); err != nil {
				t.Fatal(err)
			}
		}, [][]byte{a, c}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.keyring = keyring(t, a)
			check(t, w, true, a)
			w.ring(t)
			if test.prep != nil {
				test.prep(t, w)
			}
			before := recorded(t, w)
			check(t, w, test.ok, test.with...)
			if !test.ok && len(recorded(t, w)) != len(before) {
				t.Error("a key that was refused was recorded")
			}
			check(t, w, test.ok, test.with...)
		})
	}
}

func recorded(t *testing.T, w *world) []store.SecretKey {
	t.Helper()
	rows, err := w.store.Direct().SecretKeys.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func check(t *testing.T, w *world, ok bool, materials ...[]byte) {
	t.Helper()
	err := keys.CheckSecretKeys(t.Context(), w.store, keyring(t, materials...), w.clock)
	if ok && err != nil {
		t.Fatalf("got %v", err)
	}
	if !ok && !errors.Is(err, keys.ErrSecretKey) {
		t.Fatalf("got %v, want ErrSecretKey", err)
	}
}

func BenchmarkSign(b *testing.B) {
	for _, alg := range []string{keys.ES256, keys.EdDSA, keys.RS256} {
		b.Run(alg, func(b *testing.B) {
			k := active(b, newWorld(b).ring(b, algorithm(alg)))
			input := secret.Bytes(500)
			for b.Loop() {
				if _, err := k.Sign(input); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
