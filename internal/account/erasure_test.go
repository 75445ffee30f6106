package account_test

import (
	"context"
	"database/sql" //nolint:depguard // looks at every column of every table
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
	"github.com/sallyport-auth/sallyport/internal/store/transfer"
)

const agent = "Lynx/2.9 (a browser that nobody else has)"

// raw opens the database of a house beside it.
func (h *house) raw(t *testing.T) *sql.DB {
	t.Helper()
	e, err := engine.Parse(h.url, engine.Timing{Limit: 10 * time.Second, Lock: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	db, err := e.Open(engine.Writing)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// found says in which columns of which tables a text stands, whatever its case.
func (h *house) found(t *testing.T, text string) []string {
	t.Helper()
	db := h.raw(t)
	var where []string
	for _, table := range transfer.Tables() {
		rows, err := db.QueryContext(t.Context(), "SELECT "+strings.Join(table.Columns, ", ")+" FROM "+table.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			texts, values := make([]sql.NullString, len(table.Columns)), make([]any, len(table.Columns))
			for n := range values {
				values[n] = &texts[n]
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for n := range texts {
				if strings.Contains(strings.ToLower(texts[n].String), strings.ToLower(text)) {
					where = append(where, table.Name+"."+table.Columns[n])
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
	}
	slices.Sort(where)
	return slices.Compact(where)
}

// lived is a user who has left a trace in every table that can hold one: signed
// up, moved, signed in on a device of their own, with a passkey and a code
// generator, a reset link and a change that wait, and a device to disown.
func (h *house) lived(t *testing.T) (u store.User, tokens session.Tokens) {
	t.Helper()
	ctx, o := t.Context(), audit.Origin{Address: "198.51.100.77", UserAgent: agent, RequestID: "r-7"}
	const first = "Zenobia@first.example"
	for range 2 {
		if _, err := h.SignUp(ctx, account.SignUp{Email: first, Password: good, Name: "Zenobia Palmyra", Origin: o}); err != nil {
			t.Fatal(err)
		}
	}
	u, err := h.VerifyEmail(ctx, account.Verification{Token: h.linkTo(t, first, "/auth/verify-email"), Alone: true, Origin: o})
	if err != nil {
		t.Fatal(err)
	}
	h.moved(t, u, first, "Zenobia@second.example")
	if err := h.RequestReset(ctx, u.Email, o); err != nil {
		t.Fatal(err)
	}
	_, _ = h.logins.WithPassword(ctx, login.Password{Email: "ZENOBIA@second.example", Password: "a wild guess", Origin: o})
	in, err := h.logins.WithPassword(ctx, login.Password{Email: "Zenobia@second.example", Password: good, DeviceName: "Zenobia's phone", Origin: o})
	if err != nil {
		t.Fatal(err)
	}
	tokens = in.Tokens
	if err := h.store.Direct().Browsers.Insert(ctx, store.BrowserSession{SessionID: tokens.SessionID, CookieHash: id.Random(), CreatedAt: h.clock.Now()}); err != nil {
		t.Fatal(err)
	}
	h.addPasskey(t, u, h.clock.Now())
	h.addTOTP(t, u)
	if begun, err := h.logins.WithPassword(ctx, login.Password{Email: "Zenobia@second.example", Password: good, DeviceName: "Zenobia's phone", Origin: o}); err != nil || begun.Step == nil {
		t.Fatal(err)
	}
	h.want(t, u, "stranger@elsewhere.example")
	if _, err := h.SignUp(ctx, account.SignUp{Email: "zenobia@second.example", Password: good, Name: "Zenobia", Origin: o}); err != nil {
		t.Fatal(err)
	}
	return h.user(t, "zenobia@second.example"), tokens
}

// TestNothingPersonalIsLeft looks for what identified somebody in every column
// of every table.
func TestNothingPersonalIsLeft(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		bystander := h.join(t, "bob@people.example")
		h.device(t, "bob@people.example", good)
		u, tokens := h.lived(t)
		traces := []string{"zenobia", "palmyra", agent, "198.51.100.77", "stranger@elsewhere", "ada's key"}
		for _, text := range traces {
			if where := h.found(t, text); len(where) == 0 {
				t.Errorf("%q stands nowhere before: the test looks for nothing", text)
			}
		}
		events := must(h.store.Direct().Audit.List(t.Context(), store.AuditFilter{UserID: u.ID}, store.Page{Limit: 100}))
		if _, err := h.Delete(t.Context(), account.Deletion{Claims: h.claims(t, tokens, true), Origin: audit.Origin{Address: "198.51.100.77", UserAgent: agent}}); err != nil {
			t.Fatal(err)
		}
		h.told(t, u.Email, "is going to be erased")
		h.clock.Advance(168*time.Hour - time.Minute)
		h.maintain(t)
		if got := h.user(t, u.Email); got.Status != store.UserPendingDeletion {
			t.Fatalf("a minute early it is %s", got.Status)
		}
		h.clock.Advance(2 * time.Minute)
		for range 3 {
			h.maintain(t)
		}
		h.told(t, u.Email, "was erased")
		h.settled(t)
		for _, text := range traces {
			if where := h.found(t, text); len(where) > 0 {
				t.Errorf("%q stands in %v", text, where)
			}
		}
		kept := must(h.store.Direct().Audit.List(t.Context(), store.AuditFilter{UserID: u.ID}, store.Page{Limit: 100}))
		if len(kept) <= len(events) || kept[0].Kind != audit.KindUserErased || h.count(t, audit.KindUserErased) != 1 {
			t.Errorf("the trail had %d events of the user and has %d, the last of them %s", len(events), len(kept), kept[0].Kind)
		}
		row := must(h.store.Direct().Users.ByID(t.Context(), u.ID))
		if row.Status != store.UserErased || row.Email != "" || row.Name != "" || row.Metadata != "{}" || !row.LastLoginAt.IsZero() {
			t.Errorf("the row: %+v", row)
		}
		if due := must(h.store.Direct().Deletions.Due(t.Context(), h.clock.Now(), h.clock.Now(), 9)); len(due) != 0 {
			t.Errorf("still due: %v", due)
		}
		if where := h.found(t, bystander.Email); len(where) < 3 || !h.works(t, bystander.Email, good) {
			t.Errorf("a bystander lost something: %v", where)
		}
		// The address is free.
		if _, err := h.signIn(t, u.Email, good); !errors.Is(err, account.ErrWrongPassword) {
			t.Errorf("the old account: %v", err)
		}
		if again := h.join(t, u.Email); again.ID == u.ID {
			t.Error("a new account has the old id")
		}
	})
}

func (h *house) maintain(t *testing.T) {
	t.Helper()
	if err := h.records.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// settled waits until no job is ready or runs.
func (h *house) settled(t *testing.T) {
	t.Helper()
	awaited(t, "the end of every job", func() (waiting int, over bool) {
		for _, state := range []store.JobState{store.JobReady, store.JobRunning} {
			waiting += len(must(h.store.Direct().JobLedger.List(t.Context(), state, store.Page{Limit: 9})))
		}
		return waiting, waiting == 0
	})
}

var errKilled = errors.New("killed")

// faltering fails each transaction but the first ones.
func faltering(left int) seam.Around {
	return func(_ context.Context, statement string, _ []any, do func() error) error {
		if statement == "BEGIN" {
			left--
		}
		if left < 0 {
			return errKilled
		}
		return do()
	}
}

// An erasure that is killed after any of its transactions goes on with the next
// round, whoever does it, and never comes back to life.
func TestAnErasureThatWasKilledGoesOn(t *testing.T) {
	t.Parallel()
	for killed := range 4 {
		t.Run(fmt.Sprintf("after %d transactions", killed), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.join(t, ada)
			if _, err := h.leave(t, h.device(t, ada, good), good); err != nil {
				t.Fatal(err)
			}
			_, err := h.signIn(t, ada, good)
			restore := restoreToken(t, err)
			h.clock.Advance(10 * time.Minute)
			if ok, err := h.raw(t).ExecContext(t.Context(), "UPDATE deletions SET erase_at = 1"); err != nil || ok == nil {
				t.Fatal(err)
			}
			o := h.records.Options
			o.Store = h.store.Around(faltering(killed))
			err = personal.New(o).Maintain(t.Context())
			if killed < 3 && !errors.Is(err, errKilled) || killed == 3 && err != nil {
				t.Fatalf("the first round: %v", err)
			}
			if err := h.Restore(t.Context(), restore, origin()); !errors.Is(err, account.ErrInvalidToken) {
				t.Errorf("there is a way back: %v", err)
			}
			h.clock.Advance(16 * time.Minute)
			errs := race(8, func() error { return h.records.Maintain(t.Context()) })
			if err := errors.Join(errs...); err != nil {
				t.Fatal(err)
			}
			h.told(t, ada, "was erased")
			h.settled(t)
			if where := h.found(t, "people.example"); len(where) != 0 {
				t.Errorf("left in %v", where)
			}
			if n := h.count(t, audit.KindUserErased); n != 1 {
				t.Errorf("%d events of an erasure", n)
			}
			if row := must(h.store.Direct().Users.ByID(t.Context(), u.ID)); row.Status != store.UserErased {
				t.Errorf("the row: %+v", row)
			}
			if m := slices.DeleteFunc(h.box.List(ada), func(m mail.Captured) bool { return !strings.Contains(m.Subject, "was erased") }); len(m) != 1 {
				t.Errorf("%d last mails", len(m))
			}
		})
	}
}

// Restoring and erasing compete for one row.
func TestErasedOrKeptAndNothingBetween(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		u := h.join(t, ada)
		if _, err := h.leave(t, h.device(t, ada, good), good); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(168 * time.Hour)
		_, err := h.signIn(t, ada, good)
		restore := restoreToken(t, err)
		errs := at(func() error { return h.Restore(t.Context(), restore, origin()) }, func() error { return h.records.Maintain(t.Context()) })
		if errs[1] != nil {
			t.Fatal(errs[1])
		}
		row := must(h.store.Direct().Users.ByID(t.Context(), u.ID))
		switch kept := errs[0] == nil; {
		case kept && (row.Status != store.UserActive || !h.works(t, ada, good)):
			t.Errorf("kept, and %+v", row)
		case !kept && (row.Status != store.UserErased || !errors.Is(errs[0], account.ErrInvalidToken)):
			t.Errorf("not kept (%v), and %+v", errs[0], row)
		}
	})
}

func TestWithoutACoolingPeriodErasureIsNow(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *account.Options) { o.DeletionCooling = 0 })
	u := h.join(t, ada)
	tokens := h.device(t, ada, good)
	if _, err := h.leave(t, tokens, ""); err != nil {
		t.Fatal(err)
	}
	if row := must(h.store.Direct().Users.ByID(t.Context(), u.ID)); row.Status != store.UserErased {
		t.Errorf("the row: %+v", row)
	}
	if h.alive(t, tokens) {
		t.Error("the token is alive")
	}
	h.told(t, ada, "was erased")
	h.settled(t)
	if where := h.found(t, "people.example"); len(where) != 0 {
		t.Errorf("left in %v", where)
	}
	if n := len(h.box.List(ada)); n != 1 {
		t.Errorf("%d mails, want the last alone", n)
	}
}

// Counters know an address by a keyed hash, which nobody erases; so they go soon
// after they count no more.
func TestCountersGoWithTheirWindow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if err := h.RequestReset(t.Context(), ada, origin()); err != nil { // one mail in an hour
		t.Fatal(err)
	}
	left := func() (n int) {
		t.Helper()
		if err := errors.Join(h.Maintain(t.Context()), h.raw(t).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM attempts").Scan(&n)); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := left(); n != 1 {
		t.Fatalf("%d counters", n)
	}
	h.clock.Advance(2*time.Hour + time.Minute)
	if n := left(); n != 0 {
		t.Errorf("%d counters are left an hour after they ended", n)
	}
}

// An address that was given up and is another's by now is not touched.
func TestAnErasureLeavesTheNextOwnerAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	h.moved(t, u, ada, adaNew)
	next := h.join(t, ada)
	if err := h.RequestReset(t.Context(), ada, origin()); err != nil {
		t.Fatal(err)
	}
	h.told(t, ada, "Choose a new password")
	h.settled(t)
	before := len(h.letters(t))
	if _, err := h.leave(t, h.device(t, adaNew, good), good); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(169 * time.Hour)
	h.maintain(t)
	h.told(t, adaNew, "was erased")
	if got := h.user(t, ada); got.ID != next.ID || !h.works(t, ada, good) {
		t.Errorf("got %+v", got)
	}
	left := 0
	for _, j := range h.letters(t) {
		if letterOf(t, j).To == ada {
			left++
		}
	}
	if left == 0 {
		t.Errorf("the next owner's letters went; %d were there", before)
	}
}

// An erasure that began and was killed, an operator who disabled the user then,
// and made them active again: they may leave again, and have the whole time to
// think about it, also from whoever began before.
func TestAStaleErasureHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	if _, err := h.leave(t, h.device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(169 * time.Hour)
	o := h.records.Options
	o.Store = h.store.Around(faltering(0))
	if err := personal.New(o).Maintain(t.Context()); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	become := func(from, to store.UserStatus) {
		t.Helper()
		if ok, err := h.store.Direct().Users.SetStatus(t.Context(), u.ID, from, to, h.clock.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	become(store.UserPendingDeletion, store.UserDisabled)
	become(store.UserDisabled, store.UserActive)
	h.maintain(t)
	at, err := h.leave(t, h.device(t, ada, good), good)
	if err != nil || at.Sub(h.clock.Now()) < 167*time.Hour {
		t.Fatalf("leaving again: %v, %v", at, err)
	}
	if erased, err := h.store.Direct().Erasures.User(t.Context(), u.ID, h.clock.Now()); err != nil || erased {
		t.Errorf("whoever began before erases: %v, %v", erased, err)
	}
	h.clock.Advance(169 * time.Hour)
	h.maintain(t)
	if got := must(h.store.Direct().Users.ByID(t.Context(), u.ID)); got.Status != store.UserErased {
		t.Errorf("got %+v", got)
	}
}

// An operator who disables somebody who is leaving puts an end to it, and the
// user may leave again afterwards.
func TestADisabledUserIsNotErased(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	if _, err := h.leave(t, h.device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	become := func(from, to store.UserStatus) {
		t.Helper()
		if ok, err := h.store.Direct().Users.SetStatus(t.Context(), u.ID, from, to, h.clock.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	become(store.UserPendingDeletion, store.UserDisabled)
	h.clock.Advance(200 * time.Hour)
	h.maintain(t)
	if where := h.found(t, ada); !slices.Contains(where, "users.email") || !slices.Contains(where, "audit_personal.email") {
		t.Errorf("left in %v", where)
	}
	become(store.UserDisabled, store.UserActive)
	h.maintain(t)
	at, err := h.leave(t, h.device(t, ada, good), good)
	if err != nil || !at.After(h.clock.Now()) {
		t.Errorf("leaving again: %v, %v", at, err)
	}
	h.maintain(t)
	if got := h.user(t, ada); got.Status != store.UserPendingDeletion {
		t.Errorf("it is %s", got.Status)
	}
}
