package keys_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

const ttl = 15 * time.Minute

// world is a database, a clock and a secret key.
type world struct {
	store   *store.Store
	keyring *secret.Keyring
	clock   *clock.Fake
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	clk := clock.NewFake()
	st, err := store.Open(tb.Context(), store.Options{
		URL: "sqlite://" + filepath.Join(tb.TempDir(), "s.db"), Clock: clk,
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := st.Close(); err != nil {
			tb.Error(err)
		}
	})
	return &world{store: st, keyring: keyring(tb, secret.Bytes(32)), clock: clk}
}

func keyring(tb testing.TB, materials ...[]byte) *secret.Keyring {
	tb.Helper()
	list := make([]string, len(materials))
	for n, m := range materials {
		list[n] = secret.Encode(m)
	}
	r, err := secret.ParseKeyring(strings.Join(list, ","))
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func (w *world) options() keys.Options {
	return keys.Options{
		Store: w.store, Keyring: w.keyring, Clock: w.clock, Log: slog.New(slog.DiscardHandler), AccessTokenTTL: ttl,
	}
}

// ring starts a ring with the default settings, as changed.
func (w *world) ring(tb testing.TB, change ...func(*keys.Options)) *keys.Ring {
	tb.Helper()
	o := w.options()
	for _, c := range change {
		c(&o)
	}
	r := keys.New(o)
	if err := r.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return r
}

func algorithm(name string) func(*keys.Options) {
	return func(o *keys.Options) { o.Algorithm = name }
}

func shared(key []byte) func(*keys.Options) {
	return func(o *keys.Options) { o.Algorithm, o.HMACKey = keys.HS256, key }
}

func active(tb testing.TB, r *keys.Ring) *keys.Key {
	tb.Helper()
	k, err := r.Active()
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// published lists the kids in the JWKS.
func published(t *testing.T, r *keys.Ring) []string {
	t.Helper()
	var set struct {
		Keys []map[string]any `json:"keys"`
	}
	if err := json.Unmarshal(r.JWKS(), &set); err != nil {
		t.Fatal(err)
	}
	kids := []string{}
	for _, k := range set.Keys {
		for _, private := range []string{"d", "p", "q", "dp", "dq", "qi", "k"} {
			if _, ok := k[private]; ok {
				t.Errorf("the JWKS tells the private member %q", private)
			}
		}
		kid, _ := k["kid"].(string)
		kids = append(kids, kid)
	}
	return kids
}

func maintain(t *testing.T, rings ...*keys.Ring) {
	t.Helper()
	for _, r := range rings {
		if err := r.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRingSignsAndVerifiesWithEachAlgorithm(t *testing.T) {
	t.Parallel()
	for _, alg := range []string{keys.ES256, keys.EdDSA, keys.RS256, keys.HS256} {
		t.Run(alg, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			change := algorithm(alg)
			if alg == keys.HS256 {
				change = shared(secret.Bytes(32))
			}
			r := w.ring(t, change)
			k := active(t, r)
			if k.Algorithm() != alg {
				t.Errorf("the key is for %s", k.Algorithm())
			}
			input := []byte("header.payload")
			sig, err := k.Sign(input)
			if err != nil {
				t.Fatal(err)
			}
			again := active(t, w.ring(t, change)) // a restart
			if again.ID() != k.ID() {
				t.Errorf("a restart changed the key from %s to %s", k.ID(), again.ID())
			}
			if !again.Verify(input, sig) || !again.Canonical(sig) {
				t.Error("the signature does not verify after a restart")
			}
			for n := range sig {
				bad := bytes.Clone(sig)
				bad[n] ^= 1
				if again.Verify(input, bad) {
					t.Fatalf("a signature with bit %d changed verifies", 8*n)
				}
			}
			for _, bad := range [][]byte{nil, sig[:len(sig)-1], append([]byte{0}, sig...), append(bytes.Clone(sig), 0)} {
				if again.Verify(input, bad) {
					t.Errorf("a signature of %d bytes verifies", len(bad))
				}
			}
		})
	}
}

func TestRingPublishesTheNextKeyAnHourBeforeItSigns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.ring(t)
	first := active(t, r).ID()
	if got := published(t, r); !slices.Equal(got, []string{first}) {
		t.Errorf("at first %v is published, want %s", got, first)
	}

	w.clock.Advance(keys.DefaultRotateEvery - 2*time.Hour)
	maintain(t, r)
	if got := published(t, r); len(got) != 1 {
		t.Errorf("long before its end %v are published", got)
	}

	w.clock.Advance(time.Hour + time.Minute)
	maintain(t, r)
	maintain(t, r)
	got := published(t, r)
	if len(got) != 2 || got[1] != first {
		t.Fatalf("an hour before its end %v are published", got)
	}
	next := got[0]
	if active(t, r).ID() != first {
		t.Error("the next key signs before its time")
	}

	w.clock.Advance(time.Hour)
	if active(t, r).ID() != next {
		t.Error("the next key does not sign when its time has come")
	}
	maintain(t, r)
	if !r.Holds(first, w.clock.Now()) {
		t.Error("the old key does not verify although its tokens live")
	}

	w.clock.Advance(ttl + keys.Leeway)
	maintain(t, r)
	if !r.Holds(first, w.clock.Now()) {
		t.Error("the old key went at once; an instance that learns late may have used it")
	}
	w.clock.Advance(time.Hour + time.Second)
	if r.Holds(first, w.clock.Now()) {
		t.Error("the old key verifies after its end")
	}
	maintain(t, r)
	if got := published(t, r); !slices.Equal(got, []string{next}) {
		t.Errorf("in the end %v are published, want %s", got, next)
	}
}

func TestRingKeepsAKeyForTheLongestTokenThereEverWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.store.Direct().Facts.Raise(t.Context(), store.FactAccessTokenTTL, 24*3600); err != nil {
		t.Fatal(err)
	}
	old := active(t, w.ring(t)).ID()
	r := w.ring(t, algorithm(keys.EdDSA))
	maintain(t, r)
	w.clock.Advance(24 * time.Hour)
	maintain(t, r)
	if !r.Holds(old, w.clock.Now()) {
		t.Error("the key went before a token of an earlier, longer setting had expired")
	}
	w.clock.Advance(time.Hour + keys.Leeway + time.Second)
	if r.Holds(old, w.clock.Now()) {
		t.Error("the key verifies after its end")
	}
}

func TestRingInstancesThatStartAtOnceAgree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rings := make([]*keys.Ring, 6)
	var starting sync.WaitGroup
	for n := range rings {
		rings[n] = keys.New(w.options())
		starting.Go(func() {
			if err := rings[n].Start(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	starting.Wait()
	maintain(t, rings...)
	want := active(t, rings[0]).ID()
	for _, r := range rings {
		if got := active(t, r).ID(); got != want {
			t.Errorf("one instance signs with %s, another with %s", got, want)
		}
		if !slices.Equal(published(t, r), published(t, rings[0])) {
			t.Error("instances publish different keys")
		}
	}
	w.clock.Advance(keys.DefaultRotateEvery - 30*time.Minute)
	var maintaining sync.WaitGroup
	for _, r := range rings {
		maintaining.Go(func() { maintain(t, r) })
	}
	maintaining.Wait()
	w.clock.Advance(2 * time.Hour)
	maintain(t, rings...)
	for _, r := range rings {
		if active(t, r).ID() != active(t, rings[0]).ID() || active(t, r).ID() == want {
			t.Error("instances do not agree after a rotation")
		}
	}
}

func TestRingSignsAlthoughItsClockIsBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := active(t, w.ring(t)).ID()
	w.clock.Advance(-time.Minute)
	if got := active(t, w.ring(t)).ID(); got != want {
		t.Errorf("an instance with a slow clock signs with %s, want %s", got, want)
	}
}

func TestRingFollowsAChangeOfAlgorithmAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.ring(t)
	old := active(t, before)
	w.clock.Advance(keys.DefaultRotateEvery - 30*time.Minute)
	maintain(t, before) // a next key of the old algorithm waits
	waiting := published(t, before)[0]

	after := w.ring(t, algorithm(keys.EdDSA))
	if k := active(t, after); k.Algorithm() != keys.EdDSA {
		t.Fatalf("after the change %s signs", k.Algorithm())
	}
	if !after.Holds(old.ID(), w.clock.Now()) {
		t.Error("tokens from before the change do not verify")
	}
	if !slices.Contains(published(t, after), old.ID()) {
		t.Error("the old key is not published any more")
	}
	if k, err := before.Find(t.Context(), active(t, after).ID()); err != nil || k.Algorithm() != keys.EdDSA {
		t.Errorf("the instance that runs on does not find the new key: %v", err)
	}

	w.clock.Advance(2 * time.Hour)
	maintain(t, before, after)
	for _, r := range []*keys.Ring{before, after} {
		if k := active(t, r); k.Algorithm() != keys.EdDSA || k.ID() == waiting {
			t.Errorf("the key that waited took over: %s", k.Algorithm())
		}
	}
	w.clock.Advance(ttl + time.Hour + keys.Leeway)
	if after.Holds(old.ID(), w.clock.Now()) {
		t.Error("the old key verifies after its end")
	}
}

func TestRingTreatsAnotherSharedKeyAsAnotherKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two := secret.Bytes(32), secret.Bytes(48)
	a := active(t, w.ring(t, shared(one)))
	r := w.ring(t, shared(two))
	b := active(t, r)
	if a.ID() == b.ID() {
		t.Error("another shared key has the same kid")
	}
	if string(r.JWKS()) != `{"keys":[]}` {
		t.Errorf("a shared key is published: %s", r.JWKS())
	}
	input := []byte("x")
	sig, err := a.Sign(input)
	if err != nil {
		t.Fatal(err)
	}
	if k, err := r.Find(t.Context(), a.ID()); err != nil || !k.Verify(input, sig) {
		t.Errorf("a token under the old shared key does not verify: %v", err)
	}
	maintain(t, r)
	back := w.ring(t, shared(one)) // while its row still retires
	if c := active(t, back); c.ID() == b.ID() || !c.Verify(input, sig) {
		t.Error("going back to the first shared key does not sign with it")
	}
	if c := active(t, w.ring(t, shared(one))); c.ID() != active(t, back).ID() {
		t.Error("each restart makes another row of the same shared key")
	}
}

func TestRingRefusesSettingsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*keys.Options)
		want   string
	}{
		"shared key too short":    {shared(secret.Bytes(31)), "at least 32"},
		"no shared key":           {shared(nil), "SALLYPORT_JWT_KEY"},
		"unknown algorithm":       {algorithm("none"), `"none" is not one of`},
		"key for another purpose": {func(o *keys.Options) { o.HMACKey = secret.Bytes(32) }, "HS256 only"},
		"no lifetime":             {func(o *keys.Options) { o.AccessTokenTTL = 0 }, "must be positive"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newWorld(t).options()
			test.change(&o)
			if err := keys.New(o).Start(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want something about %q", err, test.want)
			}
		})
	}
}

func TestRingHasNothingToSignWithBeforeItStarts(t *testing.T) {
	t.Parallel()
	r := keys.New(newWorld(t).options())
	if _, err := r.Active(); !errors.Is(err, keys.ErrNoKey) {
		t.Errorf("got %v, want ErrNoKey", err)
	}
	if kind := fault.KindOf(keys.ErrNoKey); kind != fault.Unavailable {
		t.Errorf("whoever asks for a token is told %v, want to come back later", kind)
	}
	if string(r.JWKS()) != `{"keys":[]}` {
		t.Errorf("JWKS is %s", r.JWKS())
	}
}

// TestRingGoesOnWithAKeyThatOpensNoMore damages the row of the key that signs, as
// a hand in the table would, or another instance that seals with a secret key which
// this one was not given yet.
func TestRingGoesOnWithAKeyThatOpensNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var log bytes.Buffer
	tally := &telemetry.Tally{}
	r := w.ring(t, func(o *keys.Options) { o.Log, o.Tally = slog.New(slog.NewTextHandler(&log, nil)), tally })
	k := active(t, r)
	rows, err := w.store.Direct().SigningKeys.List(t.Context())
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if ok, err := w.store.Direct().SigningKeys.Reseal(t.Context(), k.ID(), rows[0].PrivateSealed, "1.AAAA.AAAA"); !ok || err != nil {
		t.Fatalf("reseal: %v, %v", ok, err)
	}
	maintain(t, r)
	if got := active(t, r); got.ID() != k.ID() {
		t.Errorf("%s signs, want %s", got.ID(), k.ID())
	}
	if got, err := r.Find(t.Context(), k.ID()); err != nil || got.ID() != k.ID() {
		t.Errorf("find: %v", err)
	}
	if !slices.Equal(published(t, r), []string{k.ID()}) {
		t.Errorf("%v is published", published(t, r))
	}
	if got := tally.Snapshot(); len(got) != 1 || got[0].Label != "signing_key" || !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("the operator is not told: %+v %s", got, log.String())
	}
	if err := keys.New(w.options()).Start(t.Context()); err == nil {
		t.Error("a start without the key works")
	}
}

// watched counts how often the keys are listed, and can be made to fail.
type watched struct {
	lists atomic.Int32
	fail  atomic.Bool
}

func (w *watched) around(_ context.Context, statement string, _ []any, do func() error) error {
	if strings.Contains(statement, "FROM signing_keys") {
		w.lists.Add(1)
		if w.fail.Load() {
			return store.ErrUnavailable
		}
	}
	return do()
}

func TestRingLooksAtMostOnceASecondForUnknownKids(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := &watched{}
	r := w.ring(t, func(o *keys.Options) { o.Store = w.store.Around(st.around) })

	before := st.lists.Load()
	for _, kid := range []string{"", "x", "../../etc/passwd", strings.Repeat("!", 43), strings.Repeat("A", 42), strings.Repeat("A", 9999)} {
		if _, err := r.Find(t.Context(), kid); !errors.Is(err, keys.ErrUnknownKey) {
			t.Errorf("kid %.20q: got %v", kid, err)
		}
	}
	if n := st.lists.Load() - before; n != 0 {
		t.Errorf("kids without the form of ours caused %d looks", n)
	}

	begin := time.Now()
	for range 1000 {
		if _, err := r.Find(t.Context(), secret.Encode(secret.Bytes(32))); !errors.Is(err, keys.ErrUnknownKey) {
			t.Fatalf("got %v", err)
		}
	}
	if n, most := st.lists.Load()-before, int32(time.Since(begin)/time.Second)+1; n < 1 || n > most {
		t.Errorf("1000 made-up kids caused %d looks, at most %d are right", n, most)
	}

	w.clock.Advance(2 * time.Second)
	other := active(t, w.ring(t, algorithm(keys.EdDSA)))
	if _, err := r.Find(t.Context(), other.ID()); err != nil {
		t.Errorf("the key of another instance is not found: %v", err)
	}
}

func TestRingDoesNotCallAKidUnknownWhileTheDatabaseIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := &watched{}
	r := w.ring(t, func(o *keys.Options) { o.Store = w.store.Around(st.around) })
	known := active(t, r).ID()
	st.fail.Store(true)
	for range 3 {
		if _, err := r.Find(t.Context(), secret.Encode(secret.Bytes(32))); !errors.Is(err, fault.ErrUnavailable) {
			t.Errorf("got %v, want unavailable", err)
		}
	}
	if _, err := r.Find(t.Context(), known); err != nil {
		t.Errorf("a known key is not found: %v", err)
	}
	if err := r.Maintain(t.Context()); err == nil {
		t.Error("Maintain hides that the database is gone")
	}
	if !r.Holds(known, w.clock.Now()) || active(t, r).ID() != known {
		t.Error("the ring forgot its keys because the database is gone")
	}
}
