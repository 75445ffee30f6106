package deletion_test

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
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/transfer"
)

const agent = "Lynx/2.9 (a browser that nobody else has)"

// found says in which columns of which tables a text stands, whatever its case.
func found(t *testing.T, h *roomtest.House, text string) []string {
	t.Helper()
	db := h.Raw(t)
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
func lived(t *testing.T, h *roomtest.House) (u store.User, tokens session.Tokens) {
	t.Helper()
	ctx, o := t.Context(), audit.Origin{Address: "198.51.100.77", UserAgent: agent, RequestID: "r-7"}
	const first = "Zenobia@first.example"
	for range 2 {
		if _, err := h.SignUp(ctx, signup.SignUp{Email: first, Password: good, Name: "Zenobia Palmyra", Origin: o}); err != nil {
			t.Fatal(err)
		}
	}
	u, err := h.VerifyEmail(ctx, signup.Verification{Token: h.LinkTo(t, first, "/auth/verify-email"), Alone: true, Origin: o})
	if err != nil {
		t.Fatal(err)
	}
	h.Moved(t, u, first, "Zenobia@second.example")
	if err := h.RequestReset(ctx, u.Email, o); err != nil {
		t.Fatal(err)
	}
	_, _ = h.Logins.WithPassword(ctx, login.Password{Email: "ZENOBIA@second.example", Password: "a wild guess", Origin: o})
	in, err := h.Logins.WithPassword(ctx, login.Password{Email: "Zenobia@second.example", Password: good, DeviceName: "Zenobia's phone", Origin: o})
	if err != nil {
		t.Fatal(err)
	}
	tokens = in.Tokens
	if err := h.Store.Direct().Browsers.Insert(ctx, store.BrowserSession{SessionID: tokens.SessionID, CookieHash: id.Random(), CreatedAt: h.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	h.AddPasskey(t, u, h.Clock.Now())
	h.AddTOTP(t, u)
	if begun, err := h.Logins.WithPassword(ctx, login.Password{Email: "Zenobia@second.example", Password: good, DeviceName: "Zenobia's phone", Origin: o}); err != nil || begun.Step == nil {
		t.Fatal(err)
	}
	h.Want(t, u, "stranger@elsewhere.example")
	if _, err := h.SignUp(ctx, signup.SignUp{Email: "zenobia@second.example", Password: good, Name: "Zenobia", Origin: o}); err != nil {
		t.Fatal(err)
	}
	return h.User(t, "zenobia@second.example"), tokens
}

// TestNothingPersonalIsLeft looks for what identified somebody in every column
// of every table.
func TestNothingPersonalIsLeft(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		bystander := h.Join(t, "bob@people.example")
		h.Device(t, "bob@people.example", good)
		u, tokens := lived(t, h)
		traces := []string{"zenobia", "palmyra", agent, "198.51.100.77", "stranger@elsewhere", "ada's key"}
		for _, text := range traces {
			if where := found(t, h, text); len(where) == 0 {
				t.Errorf("%q stands nowhere before: the test looks for nothing", text)
			}
		}
		events := roomtest.Must(h.Store.Direct().Audit.List(t.Context(), store.AuditFilter{UserID: u.ID}, store.Page{Limit: 100}))
		if _, err := h.Delete(t.Context(), deletion.Request{Claims: h.Claims(t, tokens, true), Origin: audit.Origin{Address: "198.51.100.77", UserAgent: agent}}); err != nil {
			t.Fatal(err)
		}
		h.Told(t, u.Email, "will be deleted")
		h.Clock.Advance(168*time.Hour - time.Minute)
		h.EraseDue(t)
		if got := h.User(t, u.Email); got.Status != store.UserPendingDeletion {
			t.Fatalf("a minute early it is %s", got.Status)
		}
		h.Clock.Advance(2 * time.Minute)
		for range 3 {
			h.EraseDue(t)
		}
		h.Told(t, u.Email, "was deleted")
		h.Settled(t)
		for _, text := range traces {
			if where := found(t, h, text); len(where) > 0 {
				t.Errorf("%q stands in %v", text, where)
			}
		}
		kept := roomtest.Must(h.Store.Direct().Audit.List(t.Context(), store.AuditFilter{UserID: u.ID}, store.Page{Limit: 100}))
		if len(kept) <= len(events) || kept[0].Kind != audit.KindUserErased || h.Count(t, audit.KindUserErased) != 1 {
			t.Errorf("the trail had %d events of the user and has %d, the last of them %s", len(events), len(kept), kept[0].Kind)
		}
		row := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID))
		if row.Status != store.UserErased || row.Email != "" || row.Name != "" || row.Metadata != "{}" || !row.LastLoginAt.IsZero() {
			t.Errorf("the row: %+v", row)
		}
		if due := roomtest.Must(h.Store.Direct().Deletions.Due(t.Context(), h.Clock.Now(), h.Clock.Now(), 9)); len(due) != 0 {
			t.Errorf("still due: %v", due)
		}
		if where := found(t, h, bystander.Email); len(where) < 3 || !h.Works(t, bystander.Email, good) {
			t.Errorf("a bystander lost something: %v", where)
		}
		// The address is free.
		if _, err := h.SignIn(t, u.Email, good); !errors.Is(err, account.ErrWrongPassword) {
			t.Errorf("the old account: %v", err)
		}
		if again := h.Join(t, u.Email); again.ID == u.ID {
			t.Error("a new account has the old id")
		}
	})
}

var errKilled = errors.New("killed")

// faltering fails each transaction but the first ones.
func faltering(left int) store.Around {
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
			h := roomtest.New(t)
			u := h.Join(t, ada)
			if _, err := h.Leave(t, h.Device(t, ada, good), good); err != nil {
				t.Fatal(err)
			}
			_, err := h.SignIn(t, ada, good)
			restore := restoreToken(t, err)
			h.Clock.Advance(10 * time.Minute)
			if ok, err := h.Raw(t).ExecContext(t.Context(), "UPDATE deletions SET erase_at = 1"); err != nil || ok == nil {
				t.Fatal(err)
			}
			err = h.RecordsOver(h.Store.Around(faltering(killed)), nil).Maintain(t.Context())
			if killed < 3 && !errors.Is(err, errKilled) || killed == 3 && err != nil {
				t.Fatalf("the first round: %v", err)
			}
			if err := h.Restore(t.Context(), restore, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
				t.Errorf("there is a way back: %v", err)
			}
			h.Clock.Advance(16 * time.Minute)
			errs := roomtest.Race(8, func() error { return h.Records.Maintain(t.Context()) })
			if err := errors.Join(errs...); err != nil {
				t.Fatal(err)
			}
			h.Told(t, ada, "was deleted")
			h.Settled(t)
			if where := found(t, h, "people.example"); len(where) != 0 {
				t.Errorf("left in %v", where)
			}
			if n := h.Count(t, audit.KindUserErased); n != 1 {
				t.Errorf("%d events of an erasure", n)
			}
			if row := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID)); row.Status != store.UserErased {
				t.Errorf("the row: %+v", row)
			}
			if m := slices.DeleteFunc(h.Box.List(ada), func(m mail.Captured) bool { return !strings.Contains(m.Subject, "was deleted") }); len(m) != 1 {
				t.Errorf("%d last mails", len(m))
			}
		})
	}
}

// Restoring and erasing compete for one row.
func TestErasedOrKeptAndNothingBetween(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		u := h.Join(t, ada)
		if _, err := h.Leave(t, h.Device(t, ada, good), good); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(168 * time.Hour)
		_, err := h.SignIn(t, ada, good)
		restore := restoreToken(t, err)
		errs := roomtest.At(func() error { return h.Restore(t.Context(), restore, roomtest.Origin()) }, func() error { return h.Records.Maintain(t.Context()) })
		if errs[1] != nil {
			t.Fatal(errs[1])
		}
		row := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID))
		switch kept := errs[0] == nil; {
		case kept && (row.Status != store.UserActive || !h.Works(t, ada, good)):
			t.Errorf("kept, and %+v", row)
		case !kept && (row.Status != store.UserErased || !errors.Is(errs[0], account.ErrInvalidToken)):
			t.Errorf("not kept (%v), and %+v", errs[0], row)
		}
	})
}

func TestWithoutACoolingPeriodErasureIsNow(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, func(o *roomtest.Settings) { o.DeletionCooling = 0 })
	u := h.Join(t, ada)
	tokens := h.Device(t, ada, good)
	if _, err := h.Leave(t, tokens, ""); err != nil {
		t.Fatal(err)
	}
	if row := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID)); row.Status != store.UserErased {
		t.Errorf("the row: %+v", row)
	}
	if h.Alive(t, tokens) {
		t.Error("the token is alive")
	}
	h.Told(t, ada, "was deleted")
	h.Settled(t)
	if where := found(t, h, "people.example"); len(where) != 0 {
		t.Errorf("left in %v", where)
	}
	if n := len(h.Box.List(ada)); n != 1 {
		t.Errorf("%d mails, want the last alone", n)
	}
}

// Counters know an address by a keyed hash, which nobody erases; so they go soon
// after they count no more.
func TestCountersGoWithTheirWindow(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	if err := h.RequestReset(t.Context(), ada, roomtest.Origin()); err != nil { // one mail in an hour
		t.Fatal(err)
	}
	left := func() (n int) {
		t.Helper()
		if err := errors.Join(h.Maintain(t.Context()), h.Raw(t).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM attempts").Scan(&n)); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := left(); n != 1 {
		t.Fatalf("%d counters", n)
	}
	h.Clock.Advance(2*time.Hour + time.Minute)
	if n := left(); n != 0 {
		t.Errorf("%d counters are left an hour after they ended", n)
	}
}

// An address that was given up and is another's by now is not touched.
func TestAnErasureLeavesTheNextOwnerAlone(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.Moved(t, u, ada, adaNew)
	next := h.Join(t, ada)
	if err := h.RequestReset(t.Context(), ada, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	h.Told(t, ada, "Choose a new password")
	h.Settled(t)
	before := len(h.Letters(t))
	if _, err := h.Leave(t, h.Device(t, adaNew, good), good); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(169 * time.Hour)
	h.EraseDue(t)
	h.Told(t, adaNew, "was deleted")
	if got := h.User(t, ada); got.ID != next.ID || !h.Works(t, ada, good) {
		t.Errorf("got %+v", got)
	}
	left := 0
	for _, j := range h.Letters(t) {
		if roomtest.LetterOf(t, j).To == ada {
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
	h := roomtest.New(t)
	u := h.Join(t, ada)
	if _, err := h.Leave(t, h.Device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(169 * time.Hour)
	if err := h.RecordsOver(h.Store.Around(faltering(0)), nil).Maintain(t.Context()); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	become := func(from, to store.UserStatus) {
		t.Helper()
		if ok, err := h.Store.Direct().Users.SetStatus(t.Context(), u.ID, from, to, h.Clock.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	become(store.UserPendingDeletion, store.UserDisabled)
	become(store.UserDisabled, store.UserActive)
	h.EraseDue(t)
	at, err := h.Leave(t, h.Device(t, ada, good), good)
	if err != nil || at.Sub(h.Clock.Now()) < 167*time.Hour {
		t.Fatalf("leaving again: %v, %v", at, err)
	}
	if erased, err := h.Store.Direct().Users.Erase(t.Context(), u.ID, h.Clock.Now()); err != nil || erased {
		t.Errorf("whoever began before erases: %v, %v", erased, err)
	}
	h.Clock.Advance(169 * time.Hour)
	h.EraseDue(t)
	if got := roomtest.Must(h.Store.Direct().Users.ByID(t.Context(), u.ID)); got.Status != store.UserErased {
		t.Errorf("got %+v", got)
	}
}

// An operator who disables somebody who is leaving puts an end to it, and the
// user may leave again afterwards.
func TestADisabledUserIsNotErased(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	if _, err := h.Leave(t, h.Device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	become := func(from, to store.UserStatus) {
		t.Helper()
		if ok, err := h.Store.Direct().Users.SetStatus(t.Context(), u.ID, from, to, h.Clock.Now()); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	become(store.UserPendingDeletion, store.UserDisabled)
	h.Clock.Advance(200 * time.Hour)
	h.EraseDue(t)
	if where := found(t, h, ada); !slices.Contains(where, "users.email") || !slices.Contains(where, "audit_personal.email") {
		t.Errorf("left in %v", where)
	}
	become(store.UserDisabled, store.UserActive)
	h.EraseDue(t)
	at, err := h.Leave(t, h.Device(t, ada, good), good)
	if err != nil || !at.After(h.Clock.Now()) {
		t.Errorf("leaving again: %v, %v", at, err)
	}
	h.EraseDue(t)
	if got := h.User(t, ada); got.Status != store.UserPendingDeletion {
		t.Errorf("it is %s", got.Status)
	}
}
