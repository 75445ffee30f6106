package token

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestAPlaceIsItsNumberAndItsMark(t *testing.T) {
	t.Parallel()
	now := time.Now()
	row := func(number int64, mark store.Mark) store.Revocation {
		return store.Revocation{Number: number, Mark: mark, ExpiresAt: now.Add(time.Minute)}
	}
	head := func(history string, number int64, mark store.Mark) store.FeedHead {
		return store.FeedHead{HistoryID: history, Position: store.Position{Number: number, Mark: mark}}
	}
	at := placeOf("h", row(5, 50))
	over := at
	over.until = now.Add(-time.Second)
	for name, c := range map[string]struct {
		at   place
		head store.FeedHead
		page []store.Revocation
		err  error
	}{
		"nothing is new":                         {at, head("h", 5, 50), nil, nil},
		"another history":                        {at, head("x", 5, 50), nil, errLost},
		"a lower number":                         {at, head("h", 4, 40), nil, errLost},
		"a lower number, and the own was over":   {over, head("h", 4, 40), nil, errLost},
		"the number with another mark":           {at, head("h", 5, 51), nil, errLost},
		"the number without a mark":              {at, head("h", 5, 0), nil, errLost},
		"a row more":                             {at, head("h", 6, 60), []store.Revocation{row(5, 50), row(6, 60)}, nil},
		"a row more, behind another mark":        {at, head("h", 6, 60), []store.Revocation{row(5, 51), row(6, 60)}, errLost},
		"a row more, behind a row without one":   {at, head("h", 6, 60), []store.Revocation{row(5, 0), row(6, 60)}, errLost},
		"a row more, and the own is gone":        {at, head("h", 6, 60), []store.Revocation{row(6, 60)}, errLost},
		"a higher number, and no row":            {at, head("h", 6, 60), nil, errLost},
		"a row more, and the own was over":       {over, head("h", 6, 60), []store.Revocation{row(6, 60)}, errPurged},
		"a higher number, and all rows are over": {over, head("h", 6, 60), nil, errPurged},
		"a row more, the own over but there":     {over, head("h", 6, 60), []store.Revocation{row(5, 50), row(6, 60)}, nil},
		"from the beginning":                     {origin("h"), head("h", 6, 60), []store.Revocation{row(6, 60)}, nil},
		"from the beginning of another history":  {origin("x"), head("h", 6, 60), []store.Revocation{row(6, 60)}, errLost},
	} {
		var err error
		if c.at.contradicts(c.head) {
			err = errLost
		} else if c.head.Number > c.at.Number {
			var rest []store.Revocation
			rest, err = c.at.follow(store.FeedPage{Head: c.head, Revocations: c.page}, now)
			if slices.ContainsFunc(rest, func(r store.Revocation) bool { return r.Number <= c.at.Number }) {
				t.Errorf("%s: %v is left to be applied", name, rest)
			}
		}
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
}

// console opens the world's database from outside.
func (w *world) console(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", "file:"+w.path+"?_txlock=immediate&_pragma=busy_timeout(10000)")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

// failsOver puts another server in place of the database, which has got no
// further than a number.
func (w *world) failsOver(t *testing.T, raw *sql.DB, number int64) {
	t.Helper()
	tx, err := raw.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"DELETE FROM revocations WHERE number > ?1",
		"UPDATE feed SET number = ?1, marked_number = ?1, mark = (SELECT mark FROM revocations WHERE number = ?1)",
	} {
		if _, err := tx.ExecContext(t.Context(), s, number); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// deed is a revocation as the model knows it.
type deed struct {
	store.Revocation
	lost bool // by a fail-over
}

// follower is an instance, and the deeds that it must refuse from memory.
type follower struct {
	*Revocations
	must map[string]bool // subjects
}

// followers is instances on a database that fails over, loses what it had, and
// gives numbers out twice, beside a Redis that anybody writes to.
type followers struct {
	*rapid.T

	w       *world
	raw     *sql.DB
	deeds   []deed
	lists   []*follower
	strict  *Revocations
	by      *Revocations // hears of the commit under way
	live    Claims
	rolling bool // instances of an earlier version revoke as well
}

func (f *followers) check(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// change runs statements on the database in one transaction.
func (f *followers) change(statements ...string) {
	f.Helper()
	tx, err := f.raw.BeginTx(f.w.ctx, nil)
	f.check(err)
	for _, s := range statements {
		_, err := tx.ExecContext(f.w.ctx, s)
		f.check(err)
	}
	f.check(tx.Commit())
}

// begin starts an instance, or starts it again: then it knows nothing but what
// the database has.
func (f *followers) begin() *Revocations {
	l := NewRevocations(f.w.list.opts)
	l.perPage = 3
	f.check(l.Start(f.w.ctx))
	return l
}

// commits revokes a few sessions, by an instance that hears of it or by one that
// is none of the lists.
func (f *followers) commits() {
	f.by = nil
	if n := rapid.IntRange(-1, len(f.lists)-1).Draw(f.T, "by"); n >= 0 {
		f.by = f.lists[n].Revocations
	}
	count := rapid.IntRange(1, 5).Draw(f.T, "entries")
	if f.rolling && rapid.Bool().Draw(f.T, "earlier version") {
		f.commitsWithoutMarks(count)
		return
	}
	var made []*store.Revocation
	err := f.w.db.Tx(f.w.ctx, func(ctx context.Context, tx *store.Tx) error {
		made = nil
		for range count {
			r := f.w.list.New(store.RevokedSession, id.Random(), 0, f.w.clock.Now())
			made = append(made, r)
			if err := tx.Revocations.Append(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	f.check(err)
	for _, r := range made {
		f.deeds = append(f.deeds, deed{Revocation: *r})
		for _, l := range f.lists {
			if l.Revocations == f.by { // at once
				l.must[r.Subject] = true
			}
		}
	}
}

func (f *followers) commitsWithoutMarks(count int) {
	head, err := f.w.db.Direct().Feed.Head(f.w.ctx)
	f.check(err)
	statements := []string{fmt.Sprintf("UPDATE feed SET number = number + %d", count)}
	for n := range count {
		r := *f.w.list.New(store.RevokedSession, id.Random(), 0, f.w.clock.Now())
		r.Number = head.Number + int64(n) + 1
		f.deeds = append(f.deeds, deed{Revocation: r})
		statements = append(statements, fmt.Sprintf(`INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at)
			VALUES ('main', %d, 'sid', '%s', 0, %d, %d)`, r.Number, r.Subject, r.RevokedAt.UnixMicro(), r.ExpiresAt.UnixMicro()))
	}
	f.change(statements...)
}

// failsOver puts another server in place of the database, which lacks the last
// commits.
func (f *followers) failsOver() {
	if f.rolling { // what earlier versions write cannot be told apart
		return
	}
	kept := []*deed{}
	for n := range f.deeds {
		if !f.deeds[n].lost {
			kept = append(kept, &f.deeds[n])
		}
	}
	number, mark := int64(0), store.Mark(0)
	left := max(0, len(kept)-rapid.IntRange(1, 6).Draw(f.T, "lost"))
	for n, d := range kept {
		if n >= left {
			d.lost = true
		} else {
			number, mark = d.Number, d.Mark
		}
	}
	f.change(fmt.Sprintf("UPDATE feed SET number = %d, mark = %d, marked_number = %d", number, mark, number),
		fmt.Sprintf("DELETE FROM revocations WHERE number > %d", number))
}

// polls lets an instance look, maybe while the database fails over or others
// commit between its statements, and maybe in vain.
func (f *followers) polls() {
	l := rapid.SampledFrom(f.lists).Draw(f.T, "instance")
	var before []string
	for _, d := range f.deeds {
		before = append(before, d.Subject)
	}
	happens := rapid.SampledFrom([]string{"nothing", "nothing", "fails over", "commits", "fails over, commits", "down"}).Draw(f.T, "meanwhile")
	if happens == "down" {
		f.w.faulty.down.Store(true)
		defer f.w.faulty.down.Store(false)
	}
	pages := rapid.IntRange(0, 3).Draw(f.T, "pages before")
	f.w.faulty.onPage = func() {
		if pages--; pages != -1 {
			return
		}
		if happens == "fails over" || happens == "fails over, commits" {
			f.failsOver()
		}
		if happens == "commits" || happens == "fails over, commits" {
			// Committed by an instance that looks itself would wait for this look.
			lists := f.lists
			f.lists = nil
			f.commits()
			f.lists = lists
		}
	}
	_, err := l.catchUp(f.w.ctx, true)
	f.w.faulty.onPage = nil
	if err != nil {
		if happens == "nothing" {
			f.Fatalf("a poll failed: %v", err)
		}
		return
	}
	l.sweep()
	for _, d := range f.deeds {
		if !d.lost && slices.Contains(before, d.Subject) {
			l.must[d.Subject] = true
		}
	}
}

// hears lets all instances hear news: some of what was committed, in any order
// and however often, or something that nobody committed.
func (f *followers) hears() {
	head, err := f.w.db.Direct().Feed.Head(f.w.ctx)
	f.check(err)
	var news []store.Revocation
	for range rapid.IntRange(0, 4).Draw(f.T, "news") {
		if len(f.deeds) > 0 && rapid.Bool().Draw(f.T, "true") {
			news = append(news, rapid.SampledFrom(f.deeds).Draw(f.T, "deed").Revocation)
			continue
		}
		forged := *f.w.list.New(store.RevokedSession, id.Random(), 0, f.w.clock.Now())
		forged.Number = max(1, head.Number+int64(rapid.IntRange(-3, 5).Draw(f.T, "number")))
		news = append(news, forged)
	}
	for _, l := range append([]*follower{{Revocations: f.strict}}, f.lists...) {
		l.hear(cluster.News{History: head.HistoryID, Revocations: news})
	}
}

func (f *followers) restarts() {
	l := rapid.SampledFrom(f.lists).Draw(f.T, "instance")
	l.Revocations, l.must = f.begin(), map[string]bool{}
	for _, d := range f.deeds {
		if !d.lost && d.ExpiresAt.After(f.w.clock.Now()) {
			l.must[d.Subject] = true
		}
	}
}

func (f *followers) timePasses() {
	f.w.clock.Advance(time.Duration(rapid.SampledFrom([]int{1, 1, 3, 600, 4000}).Draw(f.T, "seconds")) * time.Second)
	f.check(f.w.list.Maintain(f.w.ctx))
}

// hold is what is promised after every step.
func (f *followers) hold() {
	f.Helper()
	now := f.w.clock.Now()
	recent := 0
	for _, d := range slices.Backward(f.deeds) {
		if !d.ExpiresAt.After(now) {
			continue
		}
		c := f.live
		c.SessionID = d.Subject
		s := subjectsOf(c)
		for n, l := range f.lists {
			l.mu.RLock()
			known, trusted := l.seen.revokes(&s), l.fresh(l.tick())
			l.mu.RUnlock()
			old := now.Sub(d.RevokedAt) > l.opts.MaxStaleness
			switch {
			case known:
			case l.must[d.Subject] && d.lost:
				f.Fatalf("instance %d took back what it knew: %+v", n, d)
			case trusted && (l.must[d.Subject] || old) && !d.lost:
				f.Fatalf("instance %d says yes from memory to %+v; it is at %+v", n, d, l.Applied())
			}
		}
		if recent++; recent <= 3 && !d.lost {
			if err := f.strict.Check(f.w.ctx, c); !errors.Is(err, ErrRevoked) {
				f.Fatalf("a strict check of %+v says %v", d, err)
			}
		}
	}
	for n, l := range f.lists {
		l.mu.RLock()
		s := subjectsOf(f.live)
		refused := l.seen.revokes(&s)
		l.mu.RUnlock()
		if refused {
			f.Fatalf("instance %d refuses whom nobody revoked", n)
		}
		at := l.Applied().Position
		if at.Number > 0 && !slices.ContainsFunc(f.deeds, func(d deed) bool { return d.Position() == at }) {
			f.Fatalf("instance %d stands at %+v, where the feed never was", n, at)
		}
	}
}

// TestNoRevokedTokenPassesWhateverTheDatabaseForgets holds instances to the
// promise against a model: once a poll that started after the commit has
// finished, and at the latest when a list counts as stale, no revoked token is
// accepted; with strict checks, none ever is. Meanwhile the database fails over
// and loses commits, also between two statements of a poll; Redis tells what is
// not so; polls fail; instances start again; entries expire and are purged; or,
// in another run, instances of an earlier version revoke without marks.
func TestNoRevokedTokenPassesWhateverTheDatabaseForgets(t *testing.T) {
	t.Parallel()
	w := newWorld(t, deaf)
	w.ctx = t.Context()
	raw := w.console(t)
	var f *followers
	w.db.AfterCommit(func(ctx context.Context, e store.Effects) {
		if f != nil && f.by != nil {
			f.by.Committed(ctx, e)
		}
	})
	rapid.Check(t, func(rt *rapid.T) {
		f = &followers{T: rt, w: w, raw: raw, rolling: rapid.Bool().Draw(rt, "rolling")}
		f.change("DELETE FROM revocations", "UPDATE feed SET number = 0, mark = NULL, marked_number = NULL, history_id = '"+
			secret.Encode(secret.Bytes(16))+"'")
		f.live = Claims{ID: id.Random(), SessionID: id.Random(), Subject: id.Random(), UserEpoch: 1}
		f.strict = f.begin()
		f.strict.opts.Strict = true
		for range 2 {
			f.lists = append(f.lists, &follower{Revocations: f.begin(), must: map[string]bool{}})
		}
		rt.Repeat(map[string]func(*rapid.T){
			"commits":     func(rt *rapid.T) { f.T = rt; f.commits() },
			"fails over":  func(rt *rapid.T) { f.T = rt; f.failsOver() },
			"polls":       func(rt *rapid.T) { f.T = rt; f.polls() },
			"polls more":  func(rt *rapid.T) { f.T = rt; f.polls() },
			"hears":       func(rt *rapid.T) { f.T = rt; f.hears() },
			"restarts":    func(rt *rapid.T) { f.T = rt; f.restarts() },
			"time passes": func(rt *rapid.T) { f.T = rt; f.timePasses() },
			"":            func(rt *rapid.T) { f.T = rt; f.hold() },
		})
	})
}
