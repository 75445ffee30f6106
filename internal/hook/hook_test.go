package hook_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const (
	front = "https://front.example/hooks/s3cret"
	back  = "https://back.example/"
)

// sent is a message that was tried.
type sent struct {
	URL string
	hook.Message
}

// body is what a receiver reads.
type body struct {
	Type string `json:"type"`
	Data struct {
		UserID string `json:"user_id"`
		Number int64  `json:"number"`
	} `json:"data"`
}

func (s sent) body(t *testing.T) (b body) {
	t.Helper()
	if err := json.Unmarshal(s.Body, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// wire is where messages go in tests: it keeps them, and answers what it is told to.
type wire struct {
	mu     sync.Mutex
	tried  []sent
	answer func(s sent) (hook.Answer, error)
}

func (w *wire) Send(ctx context.Context, url string, m hook.Message, _ int) (hook.Answer, error) {
	if err := ctx.Err(); err != nil {
		return hook.Answer{}, err
	}
	s := sent{url, m}
	w.mu.Lock()
	w.tried = append(w.tried, s)
	answer := w.answer
	w.mu.Unlock()
	if answer == nil {
		return hook.Answer{Status: 200}, nil
	}
	return answer(s)
}

// answers says what to answer from now on.
func (w *wire) answers(answer func(s sent) (hook.Answer, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = answer
}

func status(n int) func(sent) (hook.Answer, error) {
	return func(sent) (hook.Answer, error) { return hook.Answer{Status: n}, nil }
}

func (w *wire) all() []sent {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.tried)
}

// comes waits until so many messages were tried.
func (w *wire) comes(t *testing.T, n int) []sent {
	t.Helper()
	waittest.Until(t, "messages", func() bool { return len(w.all()) >= n })
	return w.all()
}

// world is a house with an endpoint.
type world struct {
	*roomtest.House
	wire *wire
}

func newWorld(t *testing.T) world {
	t.Helper()
	w := &wire{}
	return world{roomtest.New(t, roomtest.Hooked(w)), w}
}

func (w world) add(t *testing.T, d hook.Draft) hook.Added {
	t.Helper()
	added, err := w.Hooks.Add(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// shown is an endpoint as the list has it.
func (w world) shown(t *testing.T, id string) hook.Shown {
	t.Helper()
	list, err := w.Hooks.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := slices.IndexFunc(list, func(s hook.Shown) bool { return s.ID == id })
	if n < 0 {
		t.Fatalf("the list lacks %s", id)
	}
	return list[n]
}

// advance lets time pass, and waits until nothing is due or under way: a job whose
// lease ran out would be tried twice.
func (w world) advance(t *testing.T, d time.Duration) {
	t.Helper()
	w.Clock.Advance(d)
	waittest.Until(t, "what is due", func() bool {
		due, err := w.Store.Direct().Jobs.Due(t.Context(), []string{"hook"}, 1)
		running, err2 := w.Store.Direct().Jobs.List(t.Context(), store.JobRunning, store.Page{Limit: 9})
		return errors.Join(err, err2) == nil && len(due) == 0 && len(running) == 0
	})
}

func (w world) empty(t *testing.T, id string) {
	t.Helper()
	waittest.Until(t, "nothing left to deliver", func() bool { return w.shown(t, id).HookCounts == store.HookCounts{} })
}

func TestAnEventReachesThoseWhoWantIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one := w.add(t, hook.Draft{URL: front, Kinds: []string{audit.KindUserCreated}})
	all := w.add(t, hook.Draft{URL: back})
	u := w.Join(t, roomtest.Ada)
	if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); err != nil {
		t.Fatal(err)
	}
	w.empty(t, one.ID)
	w.empty(t, all.ID)
	var kinds []string
	ids := map[string]string{}
	for _, s := range w.wire.all() {
		b := s.body(t)
		if b.Data.UserID != u.ID {
			t.Errorf("%s tells of user %q, want %q", b.Type, b.Data.UserID, u.ID)
		}
		if s.URL == front {
			if b.Type != audit.KindUserCreated {
				t.Errorf("the endpoint that wants one kind hears of %s", b.Type)
			}
			ids[s.ID] = b.Type
			continue
		}
		kinds = append(kinds, b.Type)
	}
	slices.Sort(kinds)
	if len(ids) != 1 || !slices.Contains(kinds, audit.KindUserCreated) || !slices.Contains(kinds, audit.KindSessionOpened) {
		t.Errorf("one endpoint got %v, the other %v", ids, kinds)
	}
}

// TestAMessageIsOfItsTransaction: a change that is undone is told to nobody, and
// leaves no job.
func TestAMessageIsOfItsTransaction(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	added := w.add(t, hook.Draft{URL: front})
	trail, undone := audit.New(w.Clock, hook.NewOutbox(nil)), errors.New("undone")
	err := w.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(trail.Record(ctx, tx, audit.Event{Kind: audit.KindExported, Outcome: audit.Success, UserID: "ada"}), undone)
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if c := w.shown(t, added.ID).HookCounts; c != (store.HookCounts{}) {
		t.Errorf("a change that was undone left %+v", c)
	}
	err = w.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return trail.Record(ctx, tx, audit.Event{Kind: audit.KindExported, Outcome: audit.Success, UserID: "ada"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.wire.comes(t, 1); len(got) != 1 || got[0].body(t).Type != audit.KindExported {
		t.Errorf("messages: %+v", got)
	}
}

// TestEventsOfAUserKeepTheirOrder: the first fails, and those after it wait for it
// and are tried once each.
func TestEventsOfAUserKeepTheirOrder(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		wr := &wire{}
		wr.answers(status(503))
		w := world{roomtest.On(t, fleettest.Database(t, engine), roomtest.Hooked(wr)), wr}
		added := w.add(t, hook.Draft{URL: front, Ordered: true})
		ada := w.Join(t, roomtest.Ada)
		bea := w.Join(t, "bea@people.example")
		for range 3 {
			if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); err != nil {
				t.Fatal(err)
			}
		}
		first := func(user string) (n int) {
			for _, s := range wr.all() {
				if b := s.body(t); b.Data.UserID == user {
					if b.Data.Number != 1 {
						t.Errorf("event %d of a user was tried while the first fails", b.Data.Number)
					}
					n++
				}
			}
			return n
		}
		waittest.Until(t, "both first events", func() bool { return first(ada.ID) > 0 && first(bea.ID) > 0 })
		wr.answers(nil)
		waittest.Until(t, "everything", func() bool {
			w.advance(t, 10*time.Second)
			return w.shown(t, added.ID).HookCounts == store.HookCounts{}
		})
		next := map[string]int64{}
		for _, s := range wr.all() {
			b := s.body(t)
			if want := next[b.Data.UserID] + 1; b.Data.Number != want && (b.Data.Number != 1 || want != 2) {
				t.Errorf("event %d of %s came where %d should have", b.Data.Number, b.Data.UserID, want)
			}
			next[b.Data.UserID] = b.Data.Number
		}
		if next[ada.ID] < 4 {
			t.Errorf("the last event of the user is %d", next[ada.ID])
		}
		if s := w.shown(t, added.ID); !s.FailingSince.IsZero() {
			t.Errorf("the endpoint fails since %v although it answers", s.FailingSince)
		}
	})
}

// TestTenTriesInThreeDays: then the message is dead, the endpoint off, and its owner
// mailed once. What died is sent again with the same webhook-id.
func TestTenTriesInThreeDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.wire.answers(status(500))
	added := w.add(t, hook.Draft{URL: front, Kinds: []string{audit.KindUserCreated}, OwnerEmail: "ops@example.com"})
	began := w.Clock.Now()
	w.Join(t, roomtest.Ada)
	for n := 1; n < 10; n++ {
		w.wire.comes(t, n)
		waittest.Until(t, "the next try", func() bool {
			if len(w.wire.all()) > n {
				return true
			}
			w.advance(t, time.Hour)
			return false
		})
	}
	waittest.Until(t, "it is dead", func() bool { return w.shown(t, added.ID).Dead == 1 })
	if took := w.Clock.Now().Sub(began); took < 72*time.Hour {
		t.Errorf("it was given up after %v", took)
	}
	got := w.wire.all()
	if len(got) != 10 {
		t.Errorf("%d tries, want 10", len(got))
	}
	for _, s := range got {
		if s.ID != got[0].ID || string(s.Body) != string(got[0].Body) {
			t.Errorf("an attempt has another id or body: %+v", s)
		}
	}
	s := w.shown(t, added.ID)
	if s.DisabledAt.IsZero() {
		t.Error("the endpoint is still on")
	}
	m := w.Mails(t, "ops@example.com", 1)[0]
	if !strings.Contains(m.Text, added.ID) || !strings.Contains(m.Text, "front.example") || strings.Contains(m.Text, "s3cret") {
		t.Errorf("the owner reads:\n%s", m.Text)
	}
	if n := w.Count(t, audit.KindHookDisabled); n != 1 {
		t.Errorf("the trail has it %d times", n)
	}

	if _, err := w.Hooks.Retry(t.Context(), added.ID, w.Desk.RunAgain); !errors.Is(err, hook.ErrDisabled) {
		t.Errorf("a retry while it is off: %v", err)
	}
	w.wire.answers(nil)
	if err := w.Hooks.Enable(t.Context(), added.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Hooks.Retry(t.Context(), added.ID, w.Desk.RunAgain); n != 1 || err != nil {
		t.Errorf("%d were run again (%v), want 1", n, err)
	}
	if got := w.wire.comes(t, 11); got[10].ID != got[0].ID {
		t.Errorf("the retry has another id: %q, want %q", got[10].ID, got[0].ID)
	}
	w.empty(t, added.ID)
}

func TestGoneSwitchesOffAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.wire.answers(status(410))
	added := w.add(t, hook.Draft{URL: front, Kinds: []string{audit.KindUserCreated}, OwnerEmail: "ops@example.com"})
	w.Join(t, roomtest.Ada)
	waittest.Until(t, "it is off", func() bool { return !w.shown(t, added.ID).DisabledAt.IsZero() })
	w.Mails(t, "ops@example.com", 1)
	w.Join(t, "bea@people.example")
	if got := w.wire.all(); len(got) != 1 {
		t.Errorf("%d messages were tried, want 1", len(got))
	}
}

// TestASlowEndpointHoldsUpNobodyElse: it has four places, and another endpoint
// hears of everything meanwhile.
func TestASlowEndpointHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	release := make(chan struct{})
	var mu sync.Mutex
	under, most := 0, 0
	w.wire.answers(func(s sent) (hook.Answer, error) {
		if s.URL == back {
			return hook.Answer{Status: 200}, nil
		}
		mu.Lock()
		under++
		most = max(most, under)
		mu.Unlock()
		<-release
		mu.Lock()
		under--
		mu.Unlock()
		return hook.Answer{Status: 200}, nil
	})
	slow := w.add(t, hook.Draft{URL: front})
	fast := w.add(t, hook.Draft{URL: back})
	w.Join(t, roomtest.Ada)
	for range 8 {
		if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); err != nil {
			t.Fatal(err)
		}
	}
	waittest.Until(t, "the fast endpoint has everything", func() bool { return w.shown(t, fast.ID).HookCounts == store.HookCounts{} })
	if n := w.shown(t, slow.ID).Waiting; n < 8 {
		t.Errorf("%d wait for the slow endpoint", n)
	}
	close(release)
	waittest.Until(t, "the slow one as well", func() bool { return w.shown(t, slow.ID).HookCounts == store.HookCounts{} })
	if most > 4 {
		t.Errorf("%d attempts at one endpoint were under way at a time, want 4 at most", most)
	}
}

func TestARemovedEndpointGetsNothingMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.wire.answers(status(500))
	added := w.add(t, hook.Draft{URL: front, Kinds: []string{audit.KindUserCreated}})
	w.Join(t, roomtest.Ada)
	w.wire.comes(t, 1)
	if err := w.Hooks.Remove(t.Context(), added.ID); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the job is done", func() bool {
		w.advance(t, time.Hour)
		list, err := w.Store.Direct().Jobs.List(t.Context(), store.JobReady, store.Page{Limit: 9})
		return err == nil && !slices.ContainsFunc(list, func(j store.Job) bool { return j.Kind == "hook" })
	})
	if n := len(w.wire.all()); n != 1 {
		t.Errorf("%d messages were tried, want 1", n)
	}
	if err := w.Hooks.Remove(t.Context(), added.ID); !errors.Is(err, hook.ErrUnknown) {
		t.Errorf("removed twice: %v", err)
	}
}

func TestTwoSecretsSignDuringARotation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	added := w.add(t, hook.Draft{URL: front})
	signatures := func() int {
		t.Helper()
		if _, err := w.Hooks.Test(t.Context(), added.ID); err != nil {
			t.Fatal(err)
		}
		all := w.wire.all()
		return len(strings.Fields(all[len(all)-1].Signature))
	}
	if n := signatures(); n != 1 {
		t.Errorf("%d signatures at first", n)
	}
	public, err := w.Hooks.Rotate(t.Context(), added.ID, hook.SchemeEd25519, time.Hour)
	if err != nil || !strings.HasPrefix(public, "whpk_") || !strings.HasPrefix(added.Key, "whsec_") {
		t.Fatalf("the keys are %q, %q (%v)", added.Key, public, err)
	}
	if n := signatures(); n != 2 {
		t.Errorf("%d signatures during the rotation", n)
	}
	if _, err := w.Hooks.Rotate(t.Context(), added.ID, hook.SchemeHMAC, time.Hour); err != nil {
		t.Fatal(err)
	}
	if n := signatures(); n != 2 {
		t.Errorf("%d signatures after another rotation", n)
	}
	w.Clock.Advance(time.Hour)
	if n := signatures(); n != 1 {
		t.Errorf("%d signatures after it", n)
	}
	rows, err := w.Store.Direct().HookSecrets.List(t.Context(), added.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if strings.Contains(row.SecretSealed, strings.TrimPrefix(added.Key, "whsec_")) {
			t.Error("a secret stands in clear")
		}
	}
}

func TestDraftsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, d := range map[string]hook.Draft{
		"no URL": {}, "no host": {URL: "https:///x"}, "another scheme": {URL: "file:///etc/passwd"}, "a password": {URL: "https://a:b@c.example/"},
		"a fragment": {URL: "https://c.example/#x"}, "long": {URL: "https://c.example/" + strings.Repeat("x", 2000)},
		"no kind": {URL: front, Kinds: []string{"x"}}, "one that is not told": {URL: front, Kinds: []string{audit.KindLoginFailed}},
		"no address": {URL: front, OwnerEmail: "ops"}, "no scheme": {URL: front, Scheme: "v2"},
	} {
		if added, err := w.Hooks.Add(t.Context(), d); err == nil {
			t.Errorf("%s: %+v was added", name, added)
		}
	}
	for range hook.MaxEndpoints {
		w.add(t, hook.Draft{URL: front})
	}
	if _, err := w.Hooks.Add(t.Context(), hook.Draft{URL: front}); !errors.Is(err, hook.ErrTooMany) {
		t.Errorf("one too many: %v", err)
	}
}
