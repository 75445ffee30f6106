package migration_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/migration"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// empty is another database, on SQLite.
func empty(t *testing.T) *house {
	t.Helper()
	o := store.Options{URL: fleettest.Database(t, fleettest.SQLite), Clock: clock.System{}, Patience: time.Minute}
	if _, _, err := store.Migrate(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return &house{st: st}
}

// exports writes the users of a house; secrets are sealed there by a letter in front.
func (h *house) exports(t *testing.T, secrets bool, key string) string {
	t.Helper()
	var b bytes.Buffer
	done, err := migration.Export{
		Store: h.st, To: &b, Now: time.Unix(1, 0), Secrets: secrets,
		Open: func(enrolment, sealed string) (string, error) {
			plain, opened := strings.CutPrefix(sealed, key+enrolment)
			if !opened {
				return "", errors.New("another key")
			}
			return plain, nil
		},
	}.Run(t.Context())
	if err != nil || done.Users != int64(strings.Count(b.String(), "\n{\"user\":")) {
		t.Fatalf("%+v, %v", done, err)
	}
	return b.String()
}

// brings imports an export.
func (h *house) brings(t *testing.T, text, key string, change func(*migration.Options)) (migration.Report, error) {
	t.Helper()
	from, err := migration.NewFile(strings.NewReader(text), false)
	if err != nil {
		return migration.Report{}, err
	}
	return h.from(t, from, func(o *migration.Options) {
		o.Privileged, o.Map = true, migration.Map{}
		o.Seal = func(enrolment, plain string) (string, error) { return key + enrolment + plain, nil }
		if change != nil {
			change(o)
		}
	})
}

// rows are what is stored of every user, by table, without what is sealed.
func (h *house) rows(t *testing.T) (all []store.WholeUser) {
	t.Helper()
	for page := (store.Page{Limit: 1000}); ; {
		users, err := h.st.Direct().Users.Whole(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range users {
			for _, row := range u["totp"] {
				delete(row, "secret_sealed")
			}
		}
		if all = append(all, users...); len(users) < page.Limit {
			return all
		}
		page.After, _ = users[len(users)-1]["users"][0]["id"].(string)
	}
}

// filled is a house with users of every kind, more than a batch.
func (h *house) filled(t *testing.T) {
	t.Helper()
	var rows []row
	for n := range 1100 {
		rows = append(rows, row{"id": n, "email": "u" + text(n) + "@people.example", "hashed_password": hash, "is_verified": n%2 == 0, "name": "李 🦊 <&> \"" + text(n), "created_at": 1600000000 + n})
	}
	h.run(t, nil, rows...)
	d, now := h.st.Direct(), time.UnixMicro(1700000000000007).UTC()
	ada, bea, cid := h.user(t, "u0@people.example").User, h.user(t, "u2@people.example").User, h.user(t, "u4@people.example").User
	tx := func(fn func(ctx context.Context, tx *store.Tx) error) {
		t.Helper()
		if err := h.st.Tx(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	tx(func(ctx context.Context, tx *store.Tx) error {
		enrolled, err := tx.TOTPs.Begin(ctx, store.TOTP{UserID: ada.ID, ID: "t-1", SecretSealed: "at-1JBSWY3DPEHPK3PXP", CreatedAt: now, ExpiresAt: now.Add(time.Hour)})
		if err != nil || !enrolled {
			return errors.Join(err, errors.New("not enrolled"))
		}
		_, err = tx.TOTPs.Confirm(ctx, ada.ID, "t-1", 77, now)
		return err
	})
	tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Recovery.Replace(ctx, ada.ID, []string{"code-1", "code-2"}, now)
		return err
	})
	tx(func(ctx context.Context, tx *store.Tx) error {
		_, added := tx.Passkeys.Insert(ctx, store.Passkey{
			ID: "p-1", UserID: bea.ID, CredentialID: "c", CredentialHash: "h", PublicKey: "k", SignCount: 3, UserVerified: true, Transports: []string{"usb", "nfc"},
			Name: "key", CreatedAt: now,
		}, 9)
		_, roles := tx.Users.SetRoles(ctx, bea.ID, []string{"editor", "owner"}, now)
		_, app := tx.Users.SetAppMetadata(ctx, bea.ID, `{"a":1.50,"b":"</x>"}`, now)
		return errors.Join(added, roles, app, tx.Facts.OneMore(ctx, store.FactOwners),
			tx.Roles.Insert(ctx, store.Role{Name: "editor", Permissions: []string{"posts:write"}, CreatedAt: now, UpdatedAt: now}))
	})
	if _, err := d.Users.SetStatus(t.Context(), cid.ID, store.UserActive, store.UserPendingDeletion, now); err != nil {
		t.Fatal(err)
	}
	if err := d.Deletions.Insert(t.Context(), store.Deletion{UserID: cid.ID, RequestedAt: now, EraseAt: now, StartedAt: now}); err != nil {
		t.Fatal(err)
	}
	if done, err := d.Users.Erase(t.Context(), cid.ID, now); err != nil || !done {
		t.Fatalf("not erased: %v, %v", done, err)
	}
}

func text(n int) string { b, _ := json.Marshal(n); return string(b) }

// TestAnExportComesBackAsItWas goes from SQLite to each engine and back, under three keys.
func TestAnExportComesBackAsItWas(t *testing.T) {
	onEach(t, func(t *testing.T, there *house) {
		here, back := empty(t), empty(t)
		here.filled(t)
		first := here.exports(t, true, "a")
		report, err := there.brings(t, first, "b", nil)
		if err != nil {
			t.Fatal(err)
		}
		wants(t, report, 1100, 0, nil)
		second := there.exports(t, true, "b")
		if first != second {
			t.Errorf("an export of what was imported differs:\n%s", cmp.Diff(first, second))
		}
		if _, err := back.brings(t, second, "c", nil); err != nil {
			t.Fatal(err)
		}
		for _, h := range []*house{there, back} {
			if diff := cmp.Diff(here.rows(t), h.rows(t)); diff != "" {
				t.Errorf("-before +after\n%s", diff)
			}
		}
		ada := there.user(t, "u0@people.example").User
		if row, err := there.st.Direct().TOTPs.ByUser(t.Context(), ada.ID); err != nil || row.SecretSealed != "bt-1JBSWY3DPEHPK3PXP" || row.LastStep != 77 || !row.Confirmed() {
			t.Errorf("her app is %+v, %v", row, err)
		}
		if n, err := there.st.Direct().Facts.Number(t.Context(), store.FactOwners); err != nil || n != 1 {
			t.Errorf("%d owners: %v", n, err)
		}
		roles, err := there.st.Direct().Roles.List(t.Context(), store.Page{Limit: 9})
		if err != nil || len(roles) != 1 || !cmp.Equal(roles[0].Permissions, []string{"posts:write"}) {
			t.Errorf("roles: %+v, %v", roles, err)
		}
		if report, err = there.brings(t, first, "b", nil); err != nil {
			t.Fatal(err)
		}
		wants(t, report, 0, 1100, nil)
	})
}

// TestWhatIsWrongWithAnExport is said before anything is written, or of its user.
func TestWhatIsWrongWithAnExport(t *testing.T) {
	t.Parallel()
	here := empty(t)
	here.filled(t)
	plain := here.exports(t, false, "a")
	for _, secret := range []string{"$pbkdf2", "credentials", "totp", "recovery_codes", "JBSWY3DP"} {
		if strings.Contains(plain, secret) {
			t.Errorf("without secrets it has %s", secret)
		}
	}
	lines := strings.SplitAfter(plain, "\n")
	for says, text := range map[string]string{
		"cut off":       strings.Join(lines[:len(lines)-2], ""),
		"was changed":   strings.Join(slices.Delete(slices.Clone(lines), 7, 8), ""),
		"format 7":      strings.Replace(plain, `"form":1`, `"form":7`, 1),
		`role "editor"`: strings.Replace(plain, "posts:write", "admin:everything", 1),
		"--privileged":  strings.Replace(plain, "posts:write", "admin:users:read", 1),
	} {
		there := empty(t)
		_, err := there.brings(t, text, "b", func(o *migration.Options) { o.Privileged = false })
		if err == nil || !strings.Contains(err.Error(), says) || len(there.rows(t)) > 0 {
			t.Errorf("%s: %v", says, err)
		}
	}
	for reason, text := range map[string]string{
		"built_in_role":   plain,
		"unreadable_user": strings.Replace(strings.Replace(plain, `,"owner"`, "", 1), `"epoch":1`, `"epoch":"1"`, 1),
		"invalid_email":   strings.Replace(strings.Replace(plain, `,"owner"`, "", 1), `"email_canonical":"u8@`, `"email_canonical":"u08@`, 1),
		"invalid_id":      strings.Replace(strings.Replace(plain, `,"owner"`, "", 1), `"id":"`, `"id":"x`, 1),
		"not_json":        strings.Replace(strings.Replace(plain, `,"owner"`, "", 1), `"email":"u8@people`, `"email":u8@people`, 1),
	} {
		there := empty(t)
		report, err := there.brings(t, text, "b", func(o *migration.Options) { o.Privileged = false })
		if err != nil {
			t.Fatalf("%s: %v", reason, err)
		}
		wants(t, report, 1099, 0, map[string]int{reason: 1})
		events, err := there.st.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 9})
		if err != nil || len(events) != 3 || !slices.ContainsFunc(events, func(e store.AuditEvent) bool { return e.Kind == audit.KindRoleCreated }) {
			t.Errorf("events: %d, %v", len(events), err)
		}
	}
}

// TestAnExportGivesNobodyWhatIsAnothers tries lines that somebody has written into a
// file: with a row of another user, with a role that gives rights here, and with what no
// user can have.
func TestAnExportGivesNobodyWhatIsAnothers(t *testing.T) {
	t.Parallel()
	here := empty(t)
	here.filled(t)
	plain := strings.Replace(here.exports(t, true, "a"), `,"owner"`, "", 1)
	victim := here.user(t, "u8@people.example").User.ID
	row := `{"user_id":"` + victim + `",`
	for what, text := range map[string]string{
		"a passkey":       strings.Replace(plain, `"passkeys":[{`, `"passkeys":[`+row, 1),
		"recovery codes":  strings.Replace(plain, `"recovery_codes":[{`, `"recovery_codes":[`+row, 1),
		"a password":      strings.Replace(plain, `"credentials":[{`, `"credentials":[`+row, 1),
		"a deletion":      strings.Replace(plain, `"deletions":[{`, `"deletions":[`+row, 1),
		"no epoch":        strings.Replace(plain, `"epoch":1`, `"epoch":0`, 1),
		"the last epoch":  strings.Replace(plain, `"epoch":1`, `"epoch":9223372036854775807`, 1),
		"a role by space": strings.Replace(plain, `"roles":["editor"`, `"roles":["ed itor"`, 1),
		"a name unseen":   strings.Replace(plain, `"name":"李`, `"name":"\u202e李`, 1),
	} {
		if text == plain {
			t.Errorf("%s: the export has no such line", what)
			continue
		}
		report, err := empty(t).brings(t, text, "b", func(o *migration.Options) { o.Privileged = false })
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		wants(t, report, 1099, 0, map[string]int{"unreadable_user": 1})
	}
	there := empty(t)
	err := there.st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Roles.Insert(ctx, store.Role{Name: "editor", Permissions: []string{"admin:users:disable"}, CreatedAt: time.Unix(1, 0), UpdatedAt: time.Unix(1, 0)})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, apply := range []bool{false, true} {
		report, err := there.brings(t, plain, "b", func(o *migration.Options) { o.Privileged, o.Apply = false, apply })
		if err != nil {
			t.Fatal(err)
		}
		if n := report.Refused["built_in_role"]; n != 1 || report.New != 1099 {
			t.Errorf("apply %v: %d users refused for a role that gives rights here, %d new", apply, n, report.New)
		}
	}
}
