package keys_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"math/big"
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

func TestNewPublicRefusesUnfitKeys(t *testing.T) {
	t.Parallel()
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	modulus := new(big.Int).SetBit(big.NewInt(1), 2047, 1)
	tests := []struct {
		name string
		alg  string
		key  any
	}{
		{"another curve", keys.ES256, &p384.PublicKey},
		{"a private key", keys.ES256, p256},
		{"an elliptic key as shared key", keys.HS256, &p256.PublicKey},
		{"bytes as elliptic key", keys.ES256, secret.Bytes(64)},
		{"a short Ed25519 key", keys.EdDSA, secret.Bytes(31)},
		{"a short shared key", keys.HS256, secret.Bytes(31)},
		{"no shared key", keys.HS256, []byte(nil)},
		{"small RSA", keys.RS256, &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 1023, 1), E: 65537}},
		{"RSA with exponent 1", keys.RS256, &rsa.PublicKey{N: modulus, E: 1}},
		{"RSA with exponent 3", keys.RS256, &rsa.PublicKey{N: modulus, E: 3}},
		{"RSA with an even exponent", keys.RS256, &rsa.PublicKey{N: modulus, E: 65538}},
		{"giant RSA", keys.RS256, &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 16383, 1), E: 65537}},
		{"no algorithm", "none", secret.Bytes(32)},
		{"an algorithm that is not ours", "ES384", &p384.PublicKey},
		{"nothing", keys.RS256, nil},
	}
	for _, test := range tests {
		if _, err := keys.NewPublic(test.alg, test.key); err == nil {
			t.Errorf("%s was taken for %s", test.name, test.alg)
		}
	}
	if _, err := keys.NewPublic(keys.ES256, &p256.PublicKey); err != nil {
		t.Errorf("a good key was refused: %v", err)
	}
}

func TestCanonicalKnowsTheSecondSpellingOfASignature(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := active(t, w.ring(t))
	for range 50 {
		sig, err := k.Sign([]byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		order := elliptic.P256().Params().N
		s := new(big.Int).Sub(order, new(big.Int).SetBytes(sig[32:]))
		other := append(slices.Clone(sig[:32]), s.FillBytes(make([]byte, 32))...)
		if !k.Verify([]byte("x"), other) {
			t.Fatal("the second spelling does not even verify")
		}
		if !k.Canonical(sig) || k.Canonical(other) {
			t.Fatalf("canonical: ours %v, the second spelling %v", k.Canonical(sig), k.Canonical(other))
		}
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
