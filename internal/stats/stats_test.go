package stats_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// house is a database with an audit log that is sealed.
type house struct {
	t     *testing.T
	store *store.Store
	clock *clock.Fake
	trail *audit.Trail
	log   *seal.Log
	stats stats.Ledger
}

func newHouse(t *testing.T, engine string) *house {
	t.Helper()
	h := &house{t: t, clock: clock.NewFake()}
	now := h.clock.Now()
	h.clock.Advance(now.Truncate(time.Hour).Add(61 * time.Minute).Sub(now)) // an hour has just begun
	h.store = must(store.Open(t.Context(), store.Options{URL: fleettest.Database(t, engine), Clock: h.clock, Patience: 20 * time.Second}))
	t.Cleanup(func() { _ = h.store.Close() })
	h.trail = audit.New(h.clock)
	h.log = seal.New(seal.Options{
		Store: h.store, Keyring: must(secret.ParseKeyring("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")), Clock: h.clock, Log: slog.New(slog.DiscardHandler),
	})
	h.stats = stats.Ledger{Store: h.store, Clock: h.clock}
	return h
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (h *house) record(events ...audit.Event) {
	h.t.Helper()
	for _, e := range events {
		if e.Outcome == "" {
			e.Outcome = audit.Success
		}
		h.check(h.store.Tx(h.t.Context(), func(ctx context.Context, tx *store.Tx) error { return h.trail.Record(ctx, tx, e) }))
	}
}

func (h *house) check(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// last gives the last bucket of a span.
func (h *house) last(span stats.Span) stats.Bucket {
	h.t.Helper()
	all := must(h.stats.Read(h.t.Context(), span))
	return all[len(all)-1]
}

func (h *house) settle() {
	h.t.Helper()
	h.check(h.log.Seal(h.t.Context()))
	h.check(h.stats.Maintain(h.t.Context()))
}

func many(n int, e audit.Event) []audit.Event {
	all := make([]audit.Event, n)
	for i := range all {
		all[i] = e
	}
	return all
}

func failed(kind, reason string) audit.Event {
	return audit.Event{Kind: kind, Outcome: audit.Failure, Reason: reason}
}

func TestEachEventCountsInOneSeries(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(many(3, audit.Event{Kind: audit.KindSessionOpened})...)
	h.record(many(2, failed(audit.KindLoginFailed, audit.ReasonWrongPassword))...)
	// Of refusals from one address in a minute the first is an event, and their number another.
	from := failed(audit.KindLoginFailed, audit.ReasonNotActive)
	from.Origin.Address = "192.0.2.1"
	h.record(many(5, from)...)
	h.record(
		audit.Event{Kind: audit.KindUserCreated}, failed(audit.KindCodeRefused, audit.ReasonWrongCode), failed(audit.KindSessionReplayed, ""),
		failed(audit.KindAdminRefused, "permission_required"), failed(audit.KindJobRunAgain, audit.ReasonObsolete),
		failed(audit.KindMagicLinkUsed, audit.ReasonExpired), audit.Event{Kind: audit.KindMagicLinkUsed},
		failed(audit.KindClientRefused, strings.Repeat("x", 70)),
	)
	h.check(h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(stats.Ended(ctx, tx, stats.MailSent, 1, h.clock.Now()), stats.Ended(ctx, tx, stats.MailFailed, 2, h.clock.Now()), stats.Ended(ctx, tx, stats.MailSent, 0, h.clock.Now()))
	}))
	began := h.last(stats.Week).At
	h.clock.Advance(5 * time.Minute)
	h.check(audit.Keeper{Store: h.store, Trail: h.trail, Clock: h.clock}.Maintain(t.Context()))
	h.settle()
	want := stats.Bucket{
		At: began, SignIns: 3, SignUps: 1, Failures: 9, Replays: 1, Refusals: 2, MailSent: 1, MailFailed: 2,
		FailedBy: map[string]int64{audit.ReasonWrongPassword: 2, audit.ReasonNotActive: 5, audit.ReasonWrongCode: 1, audit.ReasonExpired: 1},
	}
	if diff := cmp.Diff(want, h.last(stats.Week)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	h.settle()
	if diff := cmp.Diff(want, h.last(stats.Week)); diff != "" {
		t.Errorf("counted again: -want +got\n%s", diff)
	}
}

// TestInstancesThatCountAtOnceCountOnce has eight of them follow a log that grows, and
// some of them die in the midst of a transaction.
func TestInstancesThatCountAtOnceCountOnce(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		const events = 2400
		var sealed atomic.Bool
		var work sync.WaitGroup
		for n := range 8 {
			work.Go(func() {
				st := h.store
				if n%2 == 1 { // it is killed in the midst of a transaction, again and again
					var turn atomic.Int64
					st = st.Around(func(_ context.Context, statement string, _ []any, do func() error) error {
						if strings.Contains(statement, "stats_hours") && turn.Add(1)%3 == 0 {
							return errKilled
						}
						return do()
					})
				}
				ledger := stats.Ledger{Store: st, Clock: h.clock}
				for over := false; !over; {
					over = sealed.Load()
					if err := ledger.Maintain(t.Context()); err != nil && n%2 == 0 {
						t.Error(err)
					}
				}
			})
		}
		for range events / 400 {
			h.record(many(200, audit.Event{Kind: audit.KindSessionOpened})...)
			h.record(many(200, failed(audit.KindLoginFailed, audit.ReasonWrongPassword))...)
			h.check(h.log.Seal(t.Context()))
		}
		sealed.Store(true)
		work.Wait()
		h.settle()
		if got := h.last(stats.Week); got.SignIns != events/2 || got.Failures != events/2 {
			t.Errorf("%d and %d were counted, want %d of each", got.SignIns, got.Failures, events/2)
		}
	})
}

var errKilled = errors.New("killed")

// TestALateCommitIsCounted: an event whose id is earlier than those that were counted.
func TestALateCommitIsCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(many(5, audit.Event{Kind: audit.KindSessionOpened})...)
	h.settle()
	h.check(h.store.Direct().Audit.Insert(t.Context(), store.AuditEvent{
		ID: id.FirstAt(h.clock.Now().Add(-5 * time.Minute)), Kind: audit.KindSessionOpened, Outcome: audit.Success, Details: "{}",
		CreatedAt: h.clock.Now().Add(-time.Minute), Commitment: "c",
	}))
	h.settle()
	if got := h.last(stats.Week).SignIns; got != 6 {
		t.Errorf("%d were counted, want 6", got)
	}
}

// TestAnotherTreeGoesOnWithTheCount begins a tree anew, as restoring does.
func TestAnotherTreeGoesOnWithTheCount(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(many(5, audit.Event{Kind: audit.KindSessionOpened})...)
	h.check(h.log.Seal(t.Context()))
	must(h.log.NewTree(t.Context(), h.trail, "for a test"))
	h.record(many(4, audit.Event{Kind: audit.KindSessionOpened})...)
	h.settle()
	if got := h.last(stats.Week).SignIns; got != 9 {
		t.Errorf("%d were counted over two trees, want 9", got)
	}
}

func TestHoursAddUpAndGo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	for range 60 {
		h.record(audit.Event{Kind: audit.KindSessionOpened})
		h.clock.Advance(time.Hour)
	}
	h.settle()
	for _, span := range stats.Spans() {
		all := must(h.stats.Read(t.Context(), span))
		total := int64(0)
		for n, b := range all {
			total += b.SignIns
			if n > 0 && !b.At.After(all[n-1].At) {
				t.Errorf("%s %d begins at %s, after %s", span, n, b.At, all[n-1].At)
			}
		}
		if want := map[stats.Span]int64{stats.Hour: 47, stats.Day: 60, stats.Week: 60}[span]; total != want {
			t.Errorf("by %s there were %d, want %d", span, total, want)
		}
		if now := h.clock.Now(); all[len(all)-1].At.After(now) || span == stats.Week && all[0].At.Weekday() != time.Monday || span != stats.Hour && all[0].At.Hour() != 0 {
			t.Errorf("by %s the first begins at %s, the last at %s, now is %s", span, all[0].At, all[len(all)-1].At, now)
		}
	}
	h.clock.Advance(stats.Kept - 10*time.Hour)
	h.settle()
	left := must(h.store.Direct().Stats.Sums(t.Context(), store.Buckets{Until: 1 << 40, Span: 1}))
	n := 0
	for _, c := range left {
		if c.Series == stats.SignIns {
			n++
		}
	}
	if n != 10 {
		t.Errorf("%d hours are left, want the last 10", n)
	}
}

// TestOneInstanceMeasures has instances measure at once, and again when it is due.
func TestOneInstanceMeasures(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		var asked atomic.Int64
		st := h.store.Around(func(_ context.Context, statement string, _ []any, do func() error) error {
			if strings.Contains(statement, "COUNT(DISTINCT sessions.user_id)") {
				asked.Add(1)
			}
			return do()
		})
		u := store.User{ID: "ada", Email: "ada@example.com", EmailCanonical: "ada@example.com", Metadata: "{}", Status: store.UserActive, Epoch: 1, CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now()}
		h.check(h.store.Direct().Users.Insert(t.Context(), u))
		for n := range 3 {
			h.check(h.store.Direct().Sessions.Insert(t.Context(), store.Session{
				ID: fmt.Sprint("s", n), UserID: u.ID, RefreshState: store.RefreshState{Nonce: "n", Parent: store.NoParent, RotatedAt: h.clock.Now()}, UserEpoch: 1, AMR: []string{"pwd"}, Kind: "user",
				ExpiresAt: h.clock.Now().Add(time.Hour), IdleExpiresAt: h.clock.Now().Add(10 * time.Minute), CreatedAt: h.clock.Now(), LastSeenAt: h.clock.Now(),
			}))
		}
		for round, alive := range []int64{3, 0} {
			var work sync.WaitGroup
			for range 6 {
				work.Go(func() {
					if err := (stats.Ledger{Store: st, Clock: h.clock}).Maintain(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			work.Wait()
			if n := asked.Load(); n != int64(round+1) {
				t.Errorf("round %d: measured %d times in all", round, n)
			}
			if got := h.last(stats.Hour); got.Users != 1 || got.Sessions != alive {
				t.Errorf("round %d: %d users and %d sessions", round, got.Users, got.Sessions)
			}
			h.clock.Advance(16 * time.Minute)
		}
	})
}
