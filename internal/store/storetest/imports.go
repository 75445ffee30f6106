package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func importPromises() map[string]promise {
	return map[string]promise{
		"Imports/ManyAtOnce":       importsManyAtOnce,
		"Imports/TakenAddsNothing": importsTaken,
		"Imports/WholeUsers":       wholeUsersMove,
		"Imports/Cursor":           importsCursor,
		"Imports/Forms":            formsAreCounted,
		"Imports/FormsAreRacedFor": formsAreRacedFor,
	}
}

// imported is more than one statement inserts, and not a multiple of it.
const imported = 60

// newcomers are users, with a password and the id that they had, which an import
// brings.
func newcomers(st string, n int) (users []store.User, passwords []store.Credential, ids []store.ExternalID) {
	for i := range n {
		u := newUser(numbered(st, i))
		users = append(users, u)
		passwords = append(passwords, store.Credential{
			ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: "hash-" + u.ID, CreatedAt: moment(0), UpdatedAt: moment(0),
		})
		ids = append(ids, store.ExternalID{Source: st, UserID: u.ID, ExternalID: numbered("old", i), CreatedAt: moment(1)})
	}
	return users, passwords, ids
}

func importsManyAtOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	users, passwords, ids := newcomers("legacy", imported)
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.Users.InsertMany(ctx, users), tx.Credentials.InsertMany(ctx, passwords), tx.ExternalIDs.InsertMany(ctx, ids))
	})
	var there, canonicals, old []string
	for n, u := range users {
		u.ExternalID = ids[n].ExternalID
		reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
		reads(t, "password", passwords[n])(d.Credentials.ByKind(ctx, u.ID, store.KindPassword))
		reads(t, "external id", []store.ExternalID{ids[n]})(d.ExternalIDs.OfUser(ctx, u.ID))
		there, canonicals, old = append(there, u.ID), append(canonicals, u.EmailCanonical), append(old, ids[n].ExternalID)
	}
	all := func(names []string) map[string]bool {
		set := map[string]bool{}
		for _, name := range names {
			set[name] = true
		}
		return set
	}
	reads(t, "ids taken", all(there))(d.Users.IDsTaken(ctx, append(there, id.Random())))
	reads(t, "addresses taken", all(canonicals))(d.Users.AddressesTaken(ctx, append(canonicals, "nobody@people.example")))
	reads(t, "external ids known", all(old))(d.ExternalIDs.Known(ctx, "legacy", append(old, "old-9999")))
	reads(t, "of another source", map[string]bool{})(d.ExternalIDs.Known(ctx, "other", old))
	reads(t, "of nothing", map[string]bool{})(d.ExternalIDs.Known(ctx, "legacy", nil))
}

// wholeUsersMove: what is read of a user is written as it was, every column of it.
func wholeUsersMove(t *testing.T, st *store.Store) {
	var users []store.WholeUser
	for n := range imported {
		u, of := store.WholeUser{}, numbered("whole", n)
		for _, table := range store.WholeTables() {
			row := map[string]any{}
			for i, c := range table.Columns[1:] {
				row[c.Name] = numbered(c.Name, n)
				if numeric[c.Name] || strings.HasSuffix(c.Name, "_at") {
					row[c.Name] = int64(100*n + i) // which SMALLINT holds
				}
			}
			row["user_id"] = of
			if table.Name == "users" {
				delete(row, "user_id")
				row["id"] = of
			}
			if n%3 == 0 {
				u[table.Name] = append(u[table.Name], row)
			}
			if table.Name == "users" {
				u[table.Name] = []map[string]any{row}
			}
		}
		users = append(users, u)
	}
	write(t, st, func(ctx context.Context, tx *store.Tx) error { return tx.Users.InsertWhole(ctx, users) })
	check(t, st.View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		reads(t, "the first", users[:40])(tx.Users.Whole(ctx, store.Page{Limit: 40}))
		reads(t, "the rest", users[40:])(tx.Users.Whole(ctx, store.Page{After: "whole-0039", Limit: 40}))
		reads(t, "behind the last", []store.WholeUser(nil))(tx.Users.Whole(ctx, store.Page{After: "~", Limit: 40}))
		return nil
	}))
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.Users.InsertWhole(ctx, users[:1]) })
	if !errors.Is(err, store.ErrTaken) {
		t.Errorf("a user twice: %v", err)
	}
}

// numeric are the columns of users that hold numbers and are no instants.
var numeric = map[string]bool{
	"epoch": true, "event_number": true, "version": true, "sign_count": true, "user_verified": true, "backup_eligible": true,
	"backed_up": true, "last_step": true,
}

func importsTaken(t *testing.T, st *store.Store) {
	users, _, ids := newcomers("legacy", imported)
	check(t, st.Direct().Users.Insert(t.Context(), users[imported-1]))
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.Users.InsertMany(ctx, users) })
	if !errors.Is(err, store.ErrTaken) {
		t.Errorf("got %v, want ErrTaken", err)
	}
	if _, err := st.Direct().Users.ByID(t.Context(), users[0].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the others are there: %v", err)
	}
	check(t, st.Direct().ExternalIDs.InsertMany(t.Context(), ids[imported-1:]))
	if err := st.Direct().ExternalIDs.InsertMany(t.Context(), ids[imported-1:]); !errors.Is(err, store.ErrTaken) {
		t.Errorf("an external id twice: %v", err)
	}
}

func importsCursor(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	if _, err := d.Imports.BySource(ctx, "legacy"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("before it began: %v", err)
	}
	for n := range 3 {
		i := store.Import{Source: "legacy", Fingerprint: numbered("f", n), Cursor: numbered("row", n), RowsDone: int64(n), UpdatedAt: moment(n)}
		check(t, d.Imports.Advance(ctx, i))
		reads(t, "import", i)(d.Imports.BySource(ctx, "legacy"))
	}
	check(t, d.Imports.Delete(ctx, "other"))
	check(t, d.Imports.Delete(ctx, "legacy"))
	if _, err := d.Imports.BySource(ctx, "legacy"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("after its end: %v", err)
	}
}

func formsAreCounted(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads(t, "no passwords", int64(0))(d.Forms.Passwords(ctx))
	somePassword(t, st, verifiedUser(t, st, "ada"), "phc")
	reads(t, "passwords", int64(1))(d.Forms.Passwords(ctx))
	check(t, d.Forms.Add(ctx, "b", 2))
	check(t, d.Forms.Add(ctx, "b", 1))
	check(t, d.Forms.Add(ctx, "c", 0))
	check(t, d.Forms.Move(ctx, "a", "b")) // there is none
	for range 4 {
		check(t, d.Forms.Move(ctx, "b", "a"))
	}
	reads(t, "forms", []store.CredentialForm{{Form: "a", Number: 3}})(d.Forms.List(ctx))
}

func formsAreRacedFor(t *testing.T, st *store.Store) {
	race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		return 0, tx.Forms.Add(ctx, "b", 1)
	})
	reads(t, "forms", []store.CredentialForm{{Form: "b", Number: racers}})(st.Direct().Forms.List(t.Context()))
}
