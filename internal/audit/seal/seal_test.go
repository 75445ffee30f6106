package seal_test

import (
	"context"
	"database/sql" //nolint:depguard // changes rows as an attacker would
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// house is a database with a log that is sealed in it.
type house struct {
	t     *testing.T
	store *store.Store
	raw   *sql.DB
	clock *clock.Fake
	ring  *secret.Keyring
	log   *seal.Log
	trail *audit.Trail
	heads string // the file
}

func newHouse(t *testing.T, engineName string) *house {
	t.Helper()
	h := &house{t: t, clock: clock.NewFake(), heads: filepath.Join(t.TempDir(), "head")}
	url := fleettest.Database(t, engineName)
	h.store = must(store.Open(t.Context(), store.Options{URL: url, Clock: h.clock, Patience: 20 * time.Second}))
	t.Cleanup(func() { _ = h.store.Close() })
	h.raw = must(must(engine.Parse(url, engine.Timing{Limit: time.Minute})).Open(engine.Migrating))
	t.Cleanup(func() { _ = h.raw.Close() })
	h.ring = must(secret.ParseKeyring("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
	h.trail = audit.New(h.clock)
	h.log = h.instance()
	return h
}

func (h *house) instance() *seal.Log {
	return seal.New(seal.Options{Store: h.store, Keyring: h.ring, Clock: h.clock, Log: slog.New(slog.DiscardHandler), HeadFile: h.heads})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// record records events and seals them.
func (h *house) record(n int) {
	h.t.Helper()
	h.append(n)
	h.turn()
}

// append records events.
func (h *house) append(n int) {
	h.t.Helper()
	for i := range n {
		err := h.store.Tx(h.t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return h.trail.Record(ctx, tx, audit.Event{
				Kind: audit.KindSessionOpened, Outcome: audit.Success, UserID: fmt.Sprint("user-", i%3), Email: "ada@example.com",
				Origin: audit.Origin{Address: "192.0.2.1", UserAgent: "agent"}, Details: map[string]any{"n": i},
			})
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) turn() {
	h.t.Helper()
	if err := h.log.Turn(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// do runs a statement as an attacker would.
func (h *house) do(text string, args ...any) {
	h.t.Helper()
	if _, err := h.raw.ExecContext(h.t.Context(), fmt.Sprintf(text, args...)); err != nil {
		h.t.Fatalf("%v: %s", err, text)
	}
}

// dropped takes an event as retention does.
func (h *house) dropped(id string) {
	h.do("DELETE FROM audit_personal WHERE event_id = '%s'", id)
	h.do("DELETE FROM audit_events WHERE id = '%s'", id)
	h.do("UPDATE audit_leaves SET body_dropped = 1 WHERE event_id = '%s'", id)
}

// forge puts an event about user-1 there that nobody recorded.
func (h *house) forge(kind, details string) (forged string) {
	forged = id.Ordered()
	h.do("INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) "+
		"VALUES ('main', '%s', '%s', 'success', '', '', 'user-1', '', '', '%s', %d, 'none')", forged, kind, details, h.clock.Now().UnixMicro())
	return forged
}

// ids are the events in the order of the leaves.
func (h *house) ids() (ids []string) {
	h.t.Helper()
	rows := must(h.raw.QueryContext(h.t.Context(), "SELECT event_id FROM audit_leaves ORDER BY leaf"))
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			h.t.Fatal(err)
		}
		ids = append(ids, one)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return ids
}

func (h *house) verify(given seal.Given) seal.Report {
	h.t.Helper()
	return must(h.log.Verify(h.t.Context(), given))
}

// clear empties the log as if it had never been there.
func (h *house) clear() {
	for _, table := range []string{"audit_personal", "audit_events", "audit_unsealed", "audit_tree", "audit_leaves", "audit_hashes", "audit_heads", "audit_keys"} {
		h.do("DELETE FROM %s", table)
	}
	h.heads = filepath.Join(h.t.TempDir(), "head")
	h.log = h.instance()
}

// tail recomputes everything from a leaf on, as an attacker does who knows how the
// log is made: the events of old leaves go back to the list and are sealed anew.
func (h *house) tail(from int) {
	ids := h.ids()
	h.do("DELETE FROM audit_heads")
	h.do("DELETE FROM audit_hashes")
	h.do("DELETE FROM audit_leaves")
	h.do("UPDATE audit_tree SET size = 0")
	h.do("UPDATE audit_events SET reason = 'forged' WHERE id = '%s'", ids[from])
	for _, one := range ids {
		h.do("INSERT INTO audit_unsealed (realm_id, event_id) VALUES ('main', '%s')", one)
	}
	h.heads = filepath.Join(h.t.TempDir(), "head") // theirs is not the one that left
	h.log = h.instance()
	h.turn()
}

// TestVerifyNamesWhatWasDone does to a sealed log what somebody with the database
// can do, on every engine.
func TestVerifyNamesWhatWasDone(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engineName string) {
		h := newHouse(t, engineName)
		for _, test := range []struct {
			name string
			does func(ids []string)
			what string // of the first finding; none if empty
			leaf int64
			kept bool // whether the head that was kept is needed
			here bool // whether an export does not tell, because it lacks what was changed
		}{
			{name: "nothing", does: func([]string) {}},
			{name: "edits an event", does: func(ids []string) {
				h.do("UPDATE audit_events SET outcome = 'failure' WHERE id = '%s'", ids[7])
			}, what: seal.Changed, leaf: 7},
			{name: "edits a time", does: func(ids []string) {
				h.do("UPDATE audit_events SET created_at = created_at + 1 WHERE id = '%s'", ids[31])
			}, what: seal.Changed, leaf: 31},
			{name: "edits a personal part", does: func(ids []string) {
				h.do("UPDATE audit_personal SET address = '198.51.100.7' WHERE event_id = '%s'", ids[5])
			}, what: seal.Changed, leaf: 5, here: true},
			{name: "deletes a personal part", does: func(ids []string) {
				h.do("DELETE FROM audit_personal WHERE event_id = '%s'", ids[6])
			}, what: seal.Removed, leaf: 6, here: true},
			{name: "deletes an event", does: func(ids []string) {
				h.do("DELETE FROM audit_personal WHERE event_id = '%s'", ids[11])
				h.do("DELETE FROM audit_events WHERE id = '%s'", ids[11])
			}, what: seal.Removed, leaf: 11},
			{name: "deletes an event and calls it dropped", does: func(ids []string) {
				h.do("DELETE FROM audit_personal WHERE event_id = '%s'", ids[12])
				h.do("DELETE FROM audit_events WHERE id = '%s'", ids[12])
				h.do("UPDATE audit_leaves SET body_dropped = 1 WHERE leaf = 12")
			}, what: seal.Removed, leaf: 12},
			{name: "deletes a leaf as well", does: func(ids []string) {
				h.do("DELETE FROM audit_personal WHERE event_id = '%s'", ids[13])
				h.do("DELETE FROM audit_events WHERE id = '%s'", ids[13])
				h.do("DELETE FROM audit_leaves WHERE leaf = 13")
			}, what: seal.Removed, leaf: 13},
			{name: "deletes an event, and puts an event beside the log that excuses it", does: func(ids []string) {
				h.dropped(ids[14])
				h.forge(audit.KindPruned, `{"before":"ffffffff","events":1}`)
			}, what: seal.Removed, leaf: 14},
			{name: "deletes an event, and lists one that excuses it", does: func(ids []string) {
				h.dropped(ids[15])
				h.do("INSERT INTO audit_unsealed (realm_id, event_id) VALUES ('main', '%s')", h.forge(audit.KindPruned, `{"before":"ffffffff","events":1}`))
			}, what: seal.Removed, leaf: 15},
			{name: "deletes a personal part, and puts an erasure beside the log", does: func(ids []string) {
				h.do("DELETE FROM audit_personal WHERE event_id = '%s'", ids[16])
				h.forge(audit.KindPersonalErased, `{"parts":1}`)
			}, what: seal.Removed, leaf: 16, here: true},
			{name: "inserts an event", does: func(ids []string) {
				h.do("INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) "+
					"SELECT realm_id, '%s', kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, 'none' FROM audit_events WHERE id = '%s'",
					ids[20][:35]+"-", ids[20])
			}, what: seal.Inserted},
			{name: "deletes an event before it is sealed", does: func([]string) {
				h.do("INSERT INTO audit_unsealed (realm_id, event_id) VALUES ('main', 'gone')")
			}, what: seal.Removed},
			{name: "reorders two events", does: func(ids []string) {
				h.do("UPDATE audit_leaves SET event_id = 'aside' WHERE leaf = 3")
				h.do("UPDATE audit_leaves SET event_id = '%s' WHERE leaf = 9", ids[3])
				h.do("UPDATE audit_leaves SET event_id = '%s' WHERE leaf = 3", ids[9])
			}, what: seal.Reordered, leaf: 3},
			{name: "edits a hash of the tree", does: func([]string) {
				h.do("UPDATE audit_hashes SET hash = (SELECT hash FROM audit_leaves WHERE leaf = 0) WHERE position = 2")
			}, what: seal.Changed, leaf: 1, here: true},
			{name: "replaces the tail by a recomputed one", does: func([]string) { h.tail(25) }, what: seal.Rewritten, leaf: 0, kept: true},
			{name: "cuts the end off", does: func(ids []string) {
				for _, one := range ids[30:] {
					h.do("DELETE FROM audit_personal WHERE event_id = '%s'", one)
					h.do("DELETE FROM audit_events WHERE id = '%s'", one)
				}
				h.do("DELETE FROM audit_leaves WHERE leaf >= 30")
				h.tail(29)
			}, what: seal.Removed, leaf: 30, kept: true},
			{name: "begins another tree without saying so", does: func([]string) {
				h.do("INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at) VALUES ('main', 2, 'AAAAAAAAAAAAAAAAAAAAAA', 0, 0, 1)")
			}, what: seal.Inserted},
			{name: "begins another tree over a log that was rewritten", does: func([]string) {
				if _, err := h.log.NewTree(t.Context(), h.trail, "to hide it"); err != nil {
					t.Fatal(err)
				}
				h.do("UPDATE audit_tree SET size = 39 WHERE number = 1")
			}, what: seal.Inserted, leaf: 39},
			{name: "swaps the log's key", does: func([]string) {
				h.do("DELETE FROM audit_keys")
				h.tail(39)
			}, what: seal.Unsigned, kept: true},
		} {
			h.t = t
			h.clear()
			h.record(40)
			key, head := must(h.log.PublicKey(t.Context())), must(h.store.Direct().AuditHeads.Last(t.Context(), h.tree().ID)).Note
			test.does(h.ids())
			if test.kept {
				if r := h.verify(seal.Given{}); len(r.Findings) > 0 || r.Proved {
					t.Errorf("%s: without a head it is found already, or proved: %+v", test.name, r)
				}
			}
			r := h.verify(seal.Given{Heads: []string{head}})
			if !test.here {
				h.tellsTheSame(test.name, r, seal.Given{Heads: []string{head}})
			}
			if test.what == "" {
				if r.Proved || len(r.Findings) > 0 || r.Events != 40 || r.Heads != 1 {
					t.Errorf("%s: %+v", test.name, r)
				}
				if r = h.verify(seal.Given{Keys: []string{key}, Heads: []string{head}}); !r.Proved || r.ProvedEvents != 40 {
					t.Errorf("%s: not proved: %+v", test.name, r)
				}
				continue
			}
			if len(r.Findings) == 0 || r.Findings[0].What != test.what || r.Findings[0].Leaf != test.leaf || r.Proved {
				t.Errorf("%s: found %+v, want %s at leaf %d", test.name, r.Findings, test.what, test.leaf)
			}
		}
	})
}

func (h *house) tree() store.AuditTree {
	return must(h.store.Direct().AuditTrees.Last(h.t.Context()))
}

// TestInstancesSealEachEventOnce lets four instances seal while events are recorded,
// each of them stopped in the midst of it again and again.
func TestInstancesSealEachEventOnce(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engineName string) {
		h := newHouse(t, engineName)
		h.turn()
		ctx, stop := context.WithCancel(t.Context())
		var sealers, writers sync.WaitGroup
		for range 4 {
			sealers.Go(func() {
				for ctx.Err() == nil {
					short, cancel := context.WithTimeout(ctx, 15*time.Millisecond)
					_ = h.instance().Seal(short) // cut off anywhere
					cancel()
				}
			})
		}
		for w := range 4 {
			writers.Go(func() {
				for range 50 {
					if err := h.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
						return h.trail.Record(ctx, tx, audit.Event{Kind: audit.KindSessionEnded, Outcome: audit.Success, UserID: strconv.Itoa(w)})
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		writers.Wait()
		stop()
		sealers.Wait()
		if err := h.log.Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r := h.verify(seal.Given{}); len(r.Findings) > 0 || r.Events != 200 || r.Unsealed > 0 {
			t.Errorf("%+v, want 200 events", r)
		}
	})
}

// TestWhatOldInstancesWriteIsSwept seals events that nobody listed, in the order of
// their ids.
func TestWhatOldInstancesWriteIsSwept(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	for n := range 2500 {
		h.do("INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) "+
			"VALUES ('main', 'e-%04d', 'session.opened', 'success', '', '', '', '', '', '{}', %d)", 2499-n, n)
	}
	if r := h.verify(seal.Given{}); len(r.Findings) > 0 || r.Unsealed != 2500 {
		t.Errorf("before the first start: %+v", r)
	}
	h.turn()
	r := h.verify(seal.Given{})
	if ids := h.ids(); len(r.Findings) > 0 || r.Events != 2500 || ids[0] != "e-0000" || ids[2499] != "e-2499" {
		t.Errorf("%+v; from %s to %s", r, ids[0], ids[len(ids)-1])
	}
}

// TestALogThatWasRewrittenIsNotSealed puts an older database below a head that left
// the house.
func TestALogThatWasRewrittenIsNotSealed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(20)
	h.do("DELETE FROM audit_heads")
	h.do("DELETE FROM audit_leaves WHERE leaf > 15")
	h.do("UPDATE audit_tree SET size = 16")
	h.clock.Advance(time.Hour)
	h.record(1)
	if err := h.log.Trouble(); err == nil || !strings.Contains(err.Error(), "20") {
		t.Errorf("trouble: %v, want a head of 20 events", err)
	}
	if size := h.tree().Size; size != 16 {
		t.Errorf("sealed up to %d although the log was rewritten", size)
	}
	if _, err := h.log.NewTree(t.Context(), h.trail, "an older copy was put in place"); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(time.Hour)
	h.turn()
	if err := h.log.Trouble(); err != nil {
		t.Errorf("after another tree began: %v", err)
	}
	first := must(h.store.Direct().AuditLeaves.List(t.Context(), h.tree().ID, 0, 1))[0].Event
	if first.Kind != audit.KindTreeBegun || !strings.Contains(first.Details, `"closed_size":16`) || !strings.Contains(first.Details, "older copy") {
		t.Errorf("the first leaf: %+v", first)
	}
}

// TestNothingIsSealedIntoATreeThatWasPutThere because the events of today would
// begin anew over a log that was rewritten.
func TestNothingIsSealedIntoATreeThatWasPutThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(20)
	h.do("INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at) VALUES ('main', 2, 'AAAAAAAAAAAAAAAAAAAAAA', 0, 0, 1)")
	h.clock.Advance(time.Hour)
	h.record(1)
	if err := h.log.Trouble(); err == nil || !strings.Contains(err.Error(), "was inserted") {
		t.Errorf("trouble: %v", err)
	}
	if size := h.tree().Size; size != 0 {
		t.Errorf("%d events were sealed", size)
	}
}

// TestATreeThatWasClosedIsTold although no head contradicts it: nothing is sealed, and
// health must not say that all is well.
func TestATreeThatWasClosedIsTold(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(20)
	h.do("UPDATE audit_tree SET closed_at = 1")
	h.clock.Advance(time.Second)
	h.append(1)
	if err := h.log.Turn(t.Context()); err == nil {
		t.Error("events were sealed into a closed tree")
	}
	h.clock.Advance(time.Second)
	h.turn()
	if err := h.log.Trouble(); err == nil || !strings.Contains(err.Error(), "was closed") {
		t.Errorf("trouble: %v", err)
	}
	if r := h.verify(seal.Given{}); len(r.Findings) != 1 || r.Findings[0].What != seal.Removed {
		t.Errorf("%+v, want what was removed", r)
	}
	if _, err := h.log.NewTree(t.Context(), h.trail, "somebody closed it"); err != nil {
		t.Fatal(err)
	}
	h.turn()
	if err := h.log.Trouble(); err != nil {
		t.Errorf("after another tree began: %v", err)
	}
}

// TestSealingThatGoesOnFailingIsTold whatever the reason, and no more once it works.
func TestSealingThatGoesOnFailingIsTold(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(3)
	h.do("ALTER TABLE audit_hashes RENAME TO aside")
	for _, late := range []time.Duration{0, 59 * time.Second} {
		h.clock.Advance(late)
		h.append(1)
		if err := h.log.Turn(t.Context()); err == nil || h.log.Trouble() != nil {
			t.Errorf("after %s: %v, trouble: %v", late, err, h.log.Trouble())
		}
	}
	h.clock.Advance(time.Second)
	if err := h.log.Trouble(); err == nil || !strings.Contains(err.Error(), "nothing was sealed since") {
		t.Errorf("after a minute: %v", err)
	}
	h.do("ALTER TABLE aside RENAME TO audit_hashes")
	h.turn()
	if err := h.log.Trouble(); err != nil {
		t.Errorf("after it worked again: %v", err)
	}
}

// TestWhatIsProvedEndsWithTheNewestHead over several trees.
func TestWhatIsProvedEndsWithTheNewestHead(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(10)
	key, early := must(h.log.PublicKey(t.Context())), must(h.store.Direct().AuditHeads.Last(t.Context(), h.tree().ID)).Note
	if _, err := h.log.NewTree(t.Context(), h.trail, "tried"); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(time.Hour)
	h.record(5)
	late := must(h.store.Direct().AuditHeads.Last(t.Context(), h.tree().ID)).Note
	for head, want := range map[string]int64{early: 10, late: 16} {
		if r := h.verify(seal.Given{Keys: []string{key}, Heads: []string{head}}); !r.Proved || r.ProvedEvents != want || r.Events != 16 {
			t.Errorf("%+v, want %d of 16 events proved", r, want)
		}
	}
}

// TestAnEventThatWasInsertedIsNotSwept although nobody listed it.
func TestAnEventThatWasInsertedIsNotSwept(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(3)
	one := h.ids()[1]
	h.do("INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) "+
		"SELECT realm_id, '%s', kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, 'none' FROM audit_events WHERE id = '%s'", one[:35]+"-", one)
	h.clock.Advance(2 * time.Hour)
	h.turn()
	if r := h.verify(seal.Given{}); len(r.Findings) != 1 || r.Findings[0].What != seal.Inserted || r.Events != 3 {
		t.Errorf("%+v", r)
	}
}

// TestAForgedExcuseThatWasSealedIsNoticed because it says what cannot be: that
// retention took what was to be kept, or that somebody was erased who is there.
func TestAForgedExcuseThatWasSealedIsNoticed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(10)
	ids, kept := h.ids(), &seal.Retention{Events: 400 * 24 * time.Hour, Personal: 90 * 24 * time.Hour}
	h.dropped(ids[4])
	h.do("INSERT INTO audit_unsealed (realm_id, event_id) VALUES ('main', '%s')",
		h.forge(audit.KindPruned, `{"before":"`+id.FirstAt(h.clock.Now().Add(-399*24*time.Hour))+`","events":1}`))
	if r := h.verify(seal.Given{Retention: kept}); r.Waiting != 0 || len(r.Findings) == 0 {
		t.Errorf("an excuse whose time does not reach the event: %+v", r)
	}
	forged := h.forge(audit.KindPruned, `{"before":"`+id.FirstAt(time.Now().Add(time.Hour))+`","events":1}`)
	h.do("INSERT INTO audit_unsealed (realm_id, event_id) VALUES ('main', '%s')", forged)
	if r := h.verify(seal.Given{Retention: kept}); r.Waiting != 1 || len(r.Findings) != 1 {
		t.Errorf("before it is sealed: %+v", r)
	}
	h.turn()
	if r := h.verify(seal.Given{Retention: kept}); len(r.Findings) > 0 || len(r.Notices) != 1 || !strings.Contains(r.Notices[0], "2 events") ||
		!strings.Contains(r.Notices[0], forged) {
		t.Errorf("after it is sealed: %+v", r)
	}
	h.userIsThere("user-1")
	h.do("INSERT INTO audit_unsealed (realm_id, event_id) VALUES ('main', '%s')", h.forge(audit.KindPersonalErased, `{"parts":9}`))
	h.turn()
	if r := h.verify(seal.Given{Retention: kept}); len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Says, "who is not erased") {
		t.Errorf("an erasure of somebody who is there: %+v", r)
	}
}

func (h *house) userIsThere(userID string) {
	h.t.Helper()
	now := h.clock.Now()
	u := store.User{ID: userID, Email: "a@b.example", EmailCanonical: "a@b.example", Metadata: "{}", Status: store.UserActive, CreatedAt: now, UpdatedAt: now}
	if err := h.store.Tx(h.t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.Users.Insert(ctx, u) }); err != nil {
		h.t.Fatal(err)
	}
}

// TestRetentionLeavesEveryProofValid drops parts and events for their age.
func TestRetentionLeavesEveryProofValid(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "sqlite")
	h.record(10)
	key, head := must(h.log.PublicKey(t.Context())), must(h.store.Direct().AuditHeads.Last(t.Context(), h.tree().ID)).Note
	keeper := audit.Keeper{Store: h.store, Trail: h.trail, Clock: h.clock, Events: 400 * 24 * time.Hour, Personal: 90 * 24 * time.Hour}
	for _, days := range []int{100, 400} {
		h.clock.Advance(time.Duration(days) * 24 * time.Hour)
		if err := keeper.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.turn()
		kept := &seal.Retention{Events: keeper.Events, Personal: keeper.Personal}
		if r := h.verify(seal.Given{Keys: []string{key}, Heads: []string{head}, Retention: kept}); !r.Proved || len(r.Notices) > 0 {
			t.Errorf("after %d days more: %+v", days, r)
		}
	}
	if left := must(h.store.Direct().Audit.List(t.Context(), store.AuditFilter{Kind: audit.KindSessionOpened}, store.Page{Limit: 9})); len(left) > 0 {
		t.Errorf("%d events are left", len(left))
	}
}
