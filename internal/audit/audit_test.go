package audit_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// stopped is a clock that stands.
type stopped struct{ at time.Time }

func (s stopped) Now() time.Time               { return s.at }
func (s stopped) Database(time.Time) time.Time { return s.at }

var noon = stopped{time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}

func open(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "a.db"), Clock: noon})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func list(t *testing.T, st *store.Store) []store.AuditEvent {
	t.Helper()
	events, err := st.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestAnEventPartsWhatIsPersonalFromWhatIsNot(t *testing.T) {
	t.Parallel()
	st := open(t)
	const sid = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return audit.New(noon).Record(ctx, tx, audit.Event{
			Kind: audit.KindSessionOpened, Outcome: audit.Success, Reason: "because", ActorID: "a", UserID: "u",
			SessionID: sid, Email: "Ann@example.org", Details: map[string]any{"n": 1},
			Origin: audit.Origin{Address: "192.0.2.1", UserAgent: "Firefox", RequestID: "r"},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	got := list(t, st)
	if len(got) != 1 {
		t.Fatalf("got %d events, want 1", len(got))
	}
	want := store.AuditEvent{
		ID: got[0].ID, Kind: "session.opened", Outcome: "success", Reason: "because", ActorID: "a", UserID: "u",
		SessionHash: audit.SessionHash(sid), RequestID: "r", Details: `{"n":1}`, CreatedAt: noon.at,
		Personal:   store.AuditPersonal{Address: "192.0.2.1", UserAgent: "Firefox", Email: "Ann@example.org", Salt: got[0].Personal.Salt},
		Commitment: got[0].Commitment,
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("event (-want +got)\n%s", diff)
	}
	if strings.Contains(got[0].SessionHash, sid) || audit.SessionHash("") != "" {
		t.Error("the hash tells the session id, or there is one of nothing")
	}
}

func TestAnEventIsUndoneWithItsChange(t *testing.T) {
	t.Parallel()
	st := open(t)
	undone := errors.New("undone")
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := audit.New(noon).Record(ctx, tx, audit.Event{Kind: "x", Outcome: audit.Failure}); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) || len(list(t, st)) != 0 {
		t.Errorf("got %v and %d events, want none", err, len(list(t, st)))
	}
}

func TestWhatStrangersChooseIsBounded(t *testing.T) {
	t.Parallel()
	st := open(t)
	long := strings.Repeat("é", 10000) + "\xff"
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return audit.New(noon).Record(ctx, tx, audit.Event{
			Kind: "x", Outcome: audit.Failure, Email: "a" + long,
			Origin: audit.Origin{Address: "a" + long, UserAgent: "a" + long, RequestID: "a" + long},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	e := list(t, st)[0]
	for name, v := range map[string]struct {
		text  string
		limit int
	}{
		"address": {e.Personal.Address, 64}, "user agent": {e.Personal.UserAgent, 512},
		"e-mail": {e.Personal.Email, 254}, "request id": {e.RequestID, 64},
	} {
		if n := len(v.text); n > v.limit || n < v.limit-1 || !utf8.ValidString(v.text) {
			t.Errorf("%s: got %d bytes, valid %v; want %d at most, cut at a character", name, n, utf8.ValidString(v.text), v.limit)
		}
	}
	if e.Details != "{}" {
		t.Errorf("got details %q, want an empty object", e.Details)
	}
}

func TestDetailsThatAreNoJSONAreAnError(t *testing.T) {
	t.Parallel()
	err := audit.New(noon).Record(t.Context(), &store.Tx{}, audit.Event{Kind: "x", Details: map[string]any{"f": func() {}}})
	if err == nil {
		t.Error("got no error")
	}
}

// TestRefusalsThatAreAlikeAreCounted records a crowd of refusals and looks at the
// trail while the minute lasts, when it is over, and once more.
func TestRefusalsThatAreAlikeAreCounted(t *testing.T) {
	t.Parallel()
	st := open(t)
	refused := audit.Event{
		Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: audit.ReasonWrongPassword, UserID: "ada",
		Origin: audit.Origin{Address: "2001:db8::1", UserAgent: "curl"},
	}
	record := func(change func(*audit.Event)) {
		t.Helper()
		e := refused
		change(&e)
		if err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return audit.New(noon).Record(ctx, tx, e) }); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		record(func(*audit.Event) {})
	}
	record(func(e *audit.Event) { e.Origin.Address = "2001:db8::2" }) // the same network
	events := list(t, st)
	if len(events) != 1 || events[0].Personal.UserAgent != "curl" {
		t.Fatalf("six refusals left %d events: %v", len(events), events)
	}
	first := events[0].ID
	for _, apart := range []func(*audit.Event){
		func(e *audit.Event) { e.Origin.Address = "2001:db8:0:1::1" },
		func(e *audit.Event) { e.UserID = "bob" },
		func(e *audit.Event) { e.UserID, e.Email = "", "eve@example.org" },
		func(e *audit.Event) { e.Reason = audit.ReasonRateLimited },
		func(e *audit.Event) { e.Outcome = audit.Success },
		func(e *audit.Event) { e.Outcome = audit.Success },
		func(e *audit.Event) { e.Kind = audit.KindSessionReplayed },
		func(e *audit.Event) { e.Kind = audit.KindSessionReplayed },
		func(e *audit.Event) { e.Reason = audit.ReasonSignCount },
		func(e *audit.Event) { e.Reason = audit.ReasonSignCount },
	} {
		before := len(events)
		record(apart)
		if events = list(t, st); len(events) != before+1 {
			t.Fatalf("what is apart left %d events more", len(events)-before)
		}
	}
	keep := audit.Keeper{Store: st, Trail: audit.New(noon), Clock: stopped{noon.at.Add(2 * time.Minute)}}
	sum := func(want int) {
		t.Helper()
		if err := keep.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if events = list(t, st); len(events) != want {
			t.Fatalf("%d events, want %d", len(events), want)
		}
	}
	sum(11)
	keep.Clock = stopped{noon.at.Add(2*time.Minute + time.Second)}
	sum(12)
	want := store.AuditEvent{
		ID: events[0].ID, Kind: "login.failed.repeated", Outcome: "failure", Reason: "wrong_password", UserID: "ada",
		Details: `{"first":"` + first + `","repeats":5}`, CreatedAt: noon.at,
		Commitment: audit.NothingPersonal,
	}
	if diff := cmp.Diff(want, events[0]); diff != "" {
		t.Errorf("their number (-want +got)\n%s", diff)
	}
	sum(12)
}
