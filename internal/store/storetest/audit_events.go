package storetest

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func auditPromises() map[string]promise {
	return map[string]promise{
		"Audit/ComesBackWhole":     auditComesBackWhole,
		"Audit/FiltersByPage":      auditFiltersByPage,
		"Audit/InsertedWholeOrNot": auditInsertedWholeOrNot,
		"Audit/CountsWhatIsAlike":  auditCountsWhatIsAlike,
		"Audit/PurgesTheOldest":    auditPurgesTheOldest,
	}
}

// someEvent is an event in the store.
func someEvent(t *testing.T, st *store.Store, n int, change func(*store.AuditEvent)) store.AuditEvent {
	t.Helper()
	e := store.AuditEvent{
		ID: numbered("event", n), Kind: "session.opened", Outcome: "success", Details: "{}", CreatedAt: moment(n), Commitment: "commitment",
		Personal: store.AuditPersonal{Address: "192.0.2.1", UserAgent: "agent \U0001F511", Email: "ada@example.com", Salt: "salt"},
	}
	change(&e)
	check(t, st.Direct().Audit.Insert(t.Context(), e))
	return e
}

func auditComesBackWhole(t *testing.T, st *store.Store) {
	full := someEvent(t, st, 2, func(e *store.AuditEvent) {
		e.Outcome, e.Reason, e.ActorID, e.UserID = "failure", "wrong_password", "root", "ada"
		e.SessionHash, e.RequestID, e.Details = "hash", "request", `{"a":1}`
	})
	bare := someEvent(t, st, 1, func(e *store.AuditEvent) { e.Personal = store.AuditPersonal{} })
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		reads(t, "events", []store.AuditEvent{full, bare})(tx.Audit.List(ctx, store.AuditFilter{}, store.Page{Limit: 9}))
		return nil
	})
	refuses(t, "the same event", st.Direct().Audit.Insert(t.Context(), full))
}

// auditInsertedWholeOrNot breaks the second half of an insert.
func auditInsertedWholeOrNot(t *testing.T, st *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := st.Direct().Audit.Insert(ctx, store.AuditEvent{ID: "x", CreatedAt: moment(0)}); err == nil {
		t.Error("inserted with a context that is done")
	}
	reads[[]store.AuditEvent](t, "events", nil)(st.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 9}))
}

func auditFiltersByPage(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var all []store.AuditEvent // newest first
	for n := range 12 {
		e := someEvent(t, st, n, func(e *store.AuditEvent) {
			e.UserID = []string{"ada", "bob"}[n%2]
			e.Kind = []string{"session.opened", "session.ended", "password.reset"}[n%3]
		})
		all = append([]store.AuditEvent{e}, all...)
	}
	for what, f := range map[string]store.AuditFilter{
		"everything": {},
		"of a user":  {UserID: "ada"},
		"of a kind":  {Kind: "session.ended"},
		"of both":    {UserID: "bob", Kind: "session.ended"},
		"of nobody":  {UserID: "eve"},
		"of a case":  {Kind: "Session.Ended"},
	} {
		var want, got []store.AuditEvent
		for _, e := range all {
			if (f.UserID == "" || f.UserID == e.UserID) && (f.Kind == "" || f.Kind == e.Kind) {
				want = append(want, e)
			}
		}
		for page := (store.Page{Limit: 5}); ; page.After = got[len(got)-1].ID {
			some, err := d.Audit.List(ctx, f, page)
			check(t, err)
			if len(some) > page.Limit {
				t.Errorf("%s: a page of %d, want %d at most", what, len(some), page.Limit)
			}
			if got = append(got, some...); len(some) == 0 {
				break
			}
		}
		same(t, what, got, want)
	}
}

// auditPurgesTheOldest drops events and personal parts by age, in batches.
func auditPurgesTheOldest(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var all []store.AuditEvent // oldest first
	for n := range 6 {
		all = append(all, someEvent(t, st, n, func(e *store.AuditEvent) { e.ID = id.FirstAt(moment(n)) }))
	}
	reads(t, "parts dropped", 2)(d.AuditPersonal.Purge(ctx, moment(3), 2))
	reads(t, "the rest of them", 1)(d.AuditPersonal.Purge(ctx, moment(3), 2))
	for n := range 3 {
		all[n].Personal = store.AuditPersonal{}
	}
	left := func(want []store.AuditEvent) {
		t.Helper()
		got, err := d.Audit.List(ctx, store.AuditFilter{}, store.Page{Limit: 9})
		check(t, err)
		slices.Reverse(got)
		same(t, "events", got, want)
	}
	left(all)
	reads(t, "events dropped before they are sealed", 0)(d.Audit.Purge(ctx, moment(4), 3))
	for n, e := range all {
		check(t, d.AuditLeaves.Insert(ctx, []store.AuditLeaf{{TreeID: "tree", Leaf: int64(n), EventID: e.ID, Hash: "h", Commitment: e.Commitment}}))
	}
	reads(t, "events dropped", 3)(d.Audit.Purge(ctx, moment(4), 3))
	reads(t, "the rest of them", 1)(d.Audit.Purge(ctx, moment(4), 3))
	left(all[4:])
	reads(t, "events dropped twice", 0)(d.Audit.Purge(ctx, moment(4), 5))
	leaves, err := d.AuditLeaves.List(ctx, "tree", 3, 9)
	check(t, err)
	for n, l := range leaves {
		if dropped := n == 0; l.BodyDropped != dropped || (l.Event.ID == "") != dropped || l.HasPersonal == dropped {
			t.Errorf("leaf %d after the purge: %+v", l.Leaf, l)
		}
	}
}

// auditCountsWhatIsAlike lets 32 callers count one refusal each: one is the first.
func auditCountsWhatIsAlike(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	event := someEvent(t, st, 1, func(e *store.AuditEvent) { e.Reason, e.UserID = "wrong_password", "ada" })
	repeat := func(id string, minute int) store.AuditRepeat {
		return store.AuditRepeat{ID: id, EventID: event.ID, BeganAt: moment(minute)}
	}
	var firsts atomic.Int64
	each(t, 32, func(int) error {
		var first bool
		err := st.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			first, err = tx.AuditRepeats.Count(ctx, repeat("crowd", 1))
			return err
		})
		if first {
			firsts.Add(1)
		}
		return err
	})
	same(t, "first of 32", int(firsts.Load()), 1)
	alone := repeat("alone", 0)
	alone.EventID = "one that is gone"
	changes(t, "another", true)(d.AuditRepeats.Count(ctx, alone))
	changes(t, "a later one", true)(d.AuditRepeats.Count(ctx, repeat("later", 2)))
	want := []store.AuditRepeat{alone, repeat("crowd", 1)}
	want[0].Number, want[1].Number = 1, 32
	want[1].Kind, want[1].Reason, want[1].UserID = event.Kind, event.Reason, event.UserID
	reads(t, "counted", want)(d.AuditRepeats.List(ctx, moment(2), 9))
	reads(t, "the oldest", want[:1])(d.AuditRepeats.List(ctx, moment(2), 1))
	changes(t, "counted on", false)(d.AuditRepeats.Count(ctx, repeat("crowd", 1)))
	changes(t, "dropping what was counted on", false)(d.AuditRepeats.Delete(ctx, want[1]))
	want[1].Number++
	changes(t, "dropping", true)(d.AuditRepeats.Delete(ctx, want[1]))
	changes(t, "dropping twice", false)(d.AuditRepeats.Delete(ctx, want[1]))
	changes(t, "the first of a new row", true)(d.AuditRepeats.Count(ctx, repeat("crowd", 1)))
}
