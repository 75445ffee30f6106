package idempotency_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// must is for what cannot fail but for the machine.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type house struct {
	*idempotency.Keys
	store   *store.Store
	clock   *clock.Fake
	keyring *secret.Keyring
}

func newHouseOn(t *testing.T, url string) *house {
	t.Helper()
	h := &house{clock: clock.NewFake()}
	h.store = must(store.Open(t.Context(), store.Options{URL: url, Clock: h.clock, Patience: 20 * time.Second}))
	t.Cleanup(func() { _ = h.store.Close() })
	h.keyring = must(secret.ParseKeyring(secret.Encode(secret.Bytes(32))))
	h.Keys = idempotency.New(h.store, h.keyring, h.clock)
	return h
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseOn(t, "sqlite://"+filepath.Join(t.TempDir(), "test.db"))
}

func request(key, body string) idempotency.Request {
	return idempotency.Request{Scope: "login", Key: key, Body: []byte(body)}
}

var tokens = idempotency.Answer{Status: 200, Header: map[string][]string{"Set-Cookie": {"a", "b"}}, Body: []byte(`{"access_token":"secret"}`)}

func TestTheSameRequestIsAnsweredTheSame(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun := must(h.Begin(t.Context(), request("k", "body")))
	if begun.Call == nil || begun.Answer != nil || begun.SessionID != "" {
		t.Fatalf("the first: %+v", begun)
	}
	if _, err := h.Begin(t.Context(), request("k", "body")); !errors.Is(err, idempotency.ErrInProgress) {
		t.Errorf("while it runs: %v", err)
	}
	if err := begun.Call.Keep(t.Context(), tokens); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		again := must(h.Begin(t.Context(), request("k", "body")))
		if diff := cmp.Diff(&tokens, again.Answer); diff != "" || again.Call != nil {
			t.Errorf("again (-want +got)\n%s", diff)
		}
	}
	for name, other := range map[string]idempotency.Request{
		"another key": request("K", "body"), "elsewhere": {Scope: "sign-up", Key: "k", Body: []byte("body")},
	} {
		if begun := must(h.Begin(t.Context(), other)); begun.Call == nil || begun.Answer != nil {
			t.Errorf("%s is taken for the same", name)
		}
	}
	h.clock.Advance(10 * time.Minute)
	if begun := must(h.Begin(t.Context(), request("k", "another body"))); begun.Call == nil || begun.Answer != nil {
		t.Error("it counts for longer than ten minutes")
	}
}

// Who has the key and not the body learns that it was used, and may not go on
// guessing at the body.
func TestAKeyIsWorthNothingWithoutTheBody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if err := must(h.Begin(t.Context(), request("k", "the password"))).Call.Keep(t.Context(), tokens); err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		begun, err := h.Begin(t.Context(), request("k", strings.Repeat("guess", n)))
		if !errors.Is(err, idempotency.ErrReused) || begun.Answer != nil || begun.Call != nil {
			t.Errorf("guess %d: %+v, %v", n, begun, err)
		}
		if n < 4 {
			if begun := must(h.Begin(t.Context(), request("k", "the password"))); begun.Answer == nil {
				t.Errorf("after %d guesses the owner gets no answer", n+1)
			}
		}
	}
	if begun, err := h.Begin(t.Context(), request("k", "the password")); !errors.Is(err, idempotency.ErrReused) || begun.Answer != nil {
		t.Errorf("the sixth guess, a right one: %+v, %v", begun, err)
	}
}

func TestWhatIsStoredTellsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := newHouseOn(t, "sqlite://"+filepath.Join(dir, "test.db"))
	begun := must(h.Begin(t.Context(), request("key-in-clear", "body-in-clear")))
	if err := begun.Call.Keep(t.Context(), tokens); err != nil {
		t.Fatal(err)
	}
	list := must(filepath.Glob(filepath.Join(dir, "test.db*")))
	if len(list) == 0 {
		t.Fatal("no database")
	}
	for _, file := range list {
		text := string(must(os.ReadFile(file)))
		for _, plain := range []string{"key-in-clear", "body-in-clear", "access_token", "Set-Cookie"} {
			if strings.Contains(text, plain) {
				t.Errorf("%s holds %q", filepath.Base(file), plain)
			}
		}
	}
}

func TestARefusalLeavesTheKeyFree(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if err := must(h.Begin(t.Context(), request("k", "wrong"))).Call.Drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if begun := must(h.Begin(t.Context(), request("k", "right"))); begun.Call == nil {
		t.Error("the key is taken")
	}
}

// A call that failed is taken over at once; one that is not heard of, once no call
// lasts so long. What the old holder still writes counts for nothing.
func TestACallIsTakenOver(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(t *testing.T, h *house, c *idempotency.Call){
		"that failed": func(t *testing.T, _ *house, c *idempotency.Call) {
			t.Helper()
			if err := c.Release(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
		"that is silent": func(_ *testing.T, h *house, _ *idempotency.Call) { h.clock.Advance(16 * time.Second) },
	} {
		h := newHouse(t)
		old := must(h.Begin(t.Context(), request("k", "body"))).Call
		leave(t, h, old)
		next := must(h.Begin(t.Context(), request("k", "body")))
		if next.Call == nil {
			t.Fatalf("%s: %+v", name, next)
		}
		tx := h.store.Direct()
		if err := idempotency.Opened(idempotency.With(t.Context(), old), tx, "orphan"); !errors.Is(err, idempotency.ErrInProgress) {
			t.Errorf("%s: the old holder opens a session: %v", name, err)
		}
		if err := idempotency.Opened(idempotency.With(t.Context(), next.Call), tx, "session"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if again := must(h.Begin(t.Context(), request("k", "body"))); again.SessionID != "session" || again.Call == nil {
			t.Errorf("%s: the session is not found again: %+v", name, again)
		}
	}
}

func TestALongAnswerIsNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	long := idempotency.Answer{Status: 200, Body: make([]byte, 17<<10)}
	if err := must(h.Begin(t.Context(), request("k", "body"))).Call.Keep(t.Context(), long); err != nil {
		t.Fatal(err)
	}
	if again := must(h.Begin(t.Context(), request("k", "body"))); again.Call == nil || again.Answer != nil {
		t.Errorf("it comes back: %+v", again)
	}
}

func TestKeysAreForgotten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, key := range []string{"a", "b"} {
		must(h.Begin(t.Context(), request(key, "body")))
	}
	h.clock.Advance(11 * time.Minute)
	must(h.Begin(t.Context(), request("c", "body")))
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := must(h.store.Direct().Idempotency.Purge(t.Context(), h.clock.Now().Add(time.Hour), 9)); n != 1 {
		t.Errorf("%d keys were left, want 1", n)
	}
}

// Of any number of the same request at once one is made, on every engine.
func TestOfManyOfOneRequestOneIsMade(t *testing.T) {
	t.Parallel()
	const racers = 32
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		var wg sync.WaitGroup
		var mu sync.Mutex
		made, answered := 0, 0
		for range racers {
			wg.Go(func() {
				begun, err := h.Begin(t.Context(), request("k", "body"))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && begun.Call != nil:
					made++
					if err := begun.Call.Keep(t.Context(), tokens); err != nil {
						t.Error(err)
					}
				case err == nil && begun.Answer != nil:
					answered++
				case !errors.Is(err, idempotency.ErrInProgress):
					t.Errorf("%+v, %v", begun, err)
				}
			})
		}
		wg.Wait()
		if made != 1 {
			t.Errorf("%d of %d were made, %d answered", made, racers, answered)
		}
	})
}

// slowReads lets those wait who read a key, once they have read.
type slowReads struct {
	read chan struct{} // hears of each read
	goOn chan struct{}
}

func (s slowReads) around(_ context.Context, statement string, _ []any, do func() error) error {
	err := do()
	if strings.HasSuffix(statement, "FROM idempotency_keys WHERE realm_id = ? AND key_hash = ?") {
		s.read <- struct{}{}
		<-s.goOn
	}
	return err
}

// Guesses at the body that are under way at once are counted like others: five of
// them have reached the store, so the next is not answered, were it right.
func TestGuessesAtOnceAreCounted(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		if err := must(h.Begin(t.Context(), request("k", "the password"))).Call.Keep(t.Context(), tokens); err != nil {
			t.Fatal(err)
		}
		s := slowReads{read: make(chan struct{}, 9), goOn: make(chan struct{})}
		guessing := idempotency.New(h.store.Around(s.around), h.keyring, h.clock)
		var guesses sync.WaitGroup
		for n := range 5 {
			guesses.Go(func() {
				_, err := guessing.Begin(t.Context(), request("k", fmt.Sprint("guess", n)))
				if !errors.Is(err, idempotency.ErrReused) {
					t.Errorf("guess %d: %v", n, err)
				}
				s.read <- struct{}{}
			})
		}
		for range 5 { // each was answered, or has read and waits
			<-s.read
		}
		if begun, err := h.Begin(t.Context(), request("k", "the password")); !errors.Is(err, idempotency.ErrReused) || begun.Answer != nil {
			t.Errorf("after five guesses that are under way: %+v, %v", begun, err)
		}
		close(s.goOn)
		guesses.Wait()
	})
}
