package migration_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/migration"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// hash is of "violet umbrella 27", as passlib would write it.
	hash   = "$pbkdf2-sha256$1000$CKF0TknJuXcuJSTk/J.ztg$1YLiYaZLyhcsZIj1a.d9OWESz1bqzegYuzzvar/Wnco"
	bcrypt = "$2a$04$eTZs7nNOsLCuInwrBdRGDeoQwPEVwJ7wyv2HtkGsDChgJW/9TfjCK"
	uuidA  = "5d1b7c52-9d0c-4a0e-8a53-0a4c6e0b9a11"
)

// house is a database that users are imported to.
type house struct {
	st      *store.Store
	refused []migration.Refusal
}

func onEach(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		o := store.Options{URL: fleettest.Database(t, engine), Clock: clock.System{}, Patience: time.Minute}
		if _, _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = st.Close() })
		test(t, &house{st: st})
	})
}

// row is a line of JSON.
type row map[string]any

func lines(t *testing.T, rows ...row) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	for _, r := range rows {
		if r == nil {
			b.WriteString("{\"id\": 1, \"email\"\n")
			continue
		}
		if err := json.NewEncoder(&b).Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	return bytes.NewReader(b.Bytes())
}

// run imports rows of the source "old" and expects no error.
func (h *house) run(t *testing.T, change func(*migration.Options), rows ...row) migration.Report {
	t.Helper()
	report, err := h.try(t, change, rows...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (h *house) try(t *testing.T, change func(*migration.Options), rows ...row) (migration.Report, error) {
	t.Helper()
	from, err := migration.NewFile(lines(t, rows...), false)
	if err != nil {
		t.Fatal(err)
	}
	return h.from(t, from, change)
}

func (h *house) from(t *testing.T, from migration.Source, change func(*migration.Options)) (migration.Report, error) {
	t.Helper()
	columns, err := from.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.refused = nil
	o := migration.Options{
		Store: h.st, Trail: audit.New(clock.System{}), Clock: clock.System{}, From: from, Map: migration.Propose(columns), Source: "old", Apply: true,
		Refused: func(after int64, rows []migration.Refusal) error {
			h.refused = append(slices.DeleteFunc(h.refused, func(r migration.Refusal) bool { return r.Row > after }), rows...)
			return nil
		},
	}
	if change != nil {
		change(&o)
	}
	return migration.Run(t.Context(), o)
}

// wants compares what an import came to.
func wants(t *testing.T, got migration.Report, fresh, here int64, refused map[string]int) {
	t.Helper()
	if refused == nil {
		refused = map[string]int{}
	}
	if got.New != fresh || got.Here != here || !cmp.Equal(got.Refused, refused) {
		t.Errorf("%d new, %d here, refused %v; want %d, %d, %v", got.New, got.Here, got.Refused, fresh, here, refused)
	}
}

func (h *house) user(t *testing.T, address string) store.SignIn {
	t.Helper()
	in, err := h.st.Direct().Credentials.SignIn(t.Context(), address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return in
}

func TestUsersComeWithWhatTheyHad(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		rows := []row{
			{"id": 7, "email": "Ada@People.example", "hashed_password": hash, "is_verified": true, "is_active": true, "created_at": "2021-03-04 05:06:07", "name": "Ada"},
			{"id": uuidA, "email": "bea@people.example", "hashed_password": bcrypt, "is_verified": false, "is_active": 1, "created_at": 1614834367},
			{"id": "x", "email": "cid@people.example", "hashed_password": "$1$salt$sum", "is_verified": "t", "is_active": false, "created_at": "soon", "name": "a\u202eb"},
			{"id": "no-password", "email": "dot@people.example", "is_verified": "2020-01-02T03:04:05Z", "is_active": true},
		}
		wants(t, h.run(t, func(o *migration.Options) { o.Apply = false }, rows...), 4, 0, nil)
		if _, err := h.st.Direct().Users.ByEmail(t.Context(), "ada@people.example"); !errors.Is(err, store.ErrNotFound) {
			t.Fatalf("a look has written: %v", err)
		}
		report := h.run(t, nil, rows...)
		wants(t, report, 4, 0, nil)
		if !cmp.Equal(report.Partly, map[string]int{"unreadable_password_hash": 1, "invalid_name": 1, "unreadable_created": 1}) || report.Forms["$1$"] != 1 || len(h.refused) != 3 {
			t.Errorf("in part: %v, forms %v, listed %+v", report.Partly, report.Forms, h.refused)
		}
		created := time.Date(2021, time.March, 4, 5, 6, 7, 0, time.UTC)
		ada, bea, cid, dot := h.user(t, "ada@people.example"), h.user(t, "bea@people.example"), h.user(t, "cid@people.example"), h.user(t, "dot@people.example")
		if u := ada.User; ada.Secret != hash || u.Email != "Ada@People.example" || u.Name != "Ada" || !u.CreatedAt.Equal(created) ||
			u.EmailVerifiedAt.IsZero() || u.ClaimedAt.IsZero() || u.Status != store.UserActive || u.Epoch != 1 {
			t.Errorf("ada is %+v", ada)
		}
		ids, err := h.st.Direct().ExternalIDs.OfUser(t.Context(), ada.User.ID)
		if err != nil || len(ids) != 1 || ids[0].ExternalID != "7" || ids[0].Source != "old" {
			t.Errorf("her ids are %+v, %v", ids, err)
		}
		if u := bea.User; u.ID != uuidA || bea.Secret != "$2b$"+bcrypt[4:] || !u.EmailVerifiedAt.IsZero() || !u.ClaimedAt.IsZero() || !u.CreatedAt.Equal(created) {
			t.Errorf("bea is %+v", bea)
		}
		if u := cid.User; cid.Secret != "" || u.Status != store.UserDisabled || u.EmailVerifiedAt.IsZero() || !u.ClaimedAt.IsZero() || u.Name != "" {
			t.Errorf("cid is %+v", cid)
		}
		if u := dot.User; !u.EmailVerifiedAt.Equal(time.Date(2020, time.January, 2, 3, 4, 5, 0, time.UTC)) || !u.ClaimedAt.IsZero() {
			t.Errorf("dot is %+v", dot)
		}
		events, err := h.st.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 9})
		if err != nil || len(events) != 1 || events[0].Kind != audit.KindUsersImported || !strings.Contains(events[0].Details, `"users":4`) {
			t.Errorf("events: %+v, %v", events, err)
		}
		forms, err := h.st.Direct().Forms.List(t.Context())
		if err != nil || len(forms) != 2 {
			t.Errorf("forms: %+v, %v", forms, err)
		}
		wants(t, h.run(t, nil, rows...), 0, 4, nil)
	})
}

// TestAppMetadataComesWithVerifiedUsers: a column with an object, and columns that are
// members of it.
func TestAppMetadataComesWithVerifiedUsers(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		takes := func(o *migration.Options) {
			var err error
			if o.Map, err = o.Map.With([]string{"app_metadata=extra", "app_metadata.old_id=id", "app_metadata.tenant=org"}); err != nil {
				t.Fatal(err)
			}
		}
		report := h.run(t, takes,
			row{"id": 7, "email": "ada@people.example", "is_verified": true, "extra": row{"plan": "gold", "tenant": "other"}, "org": "acme"},
			row{"id": 8, "email": "bea@people.example", "is_verified": true, "extra": `{"plan": {"seats": 12345678901234567890}}`, "org": nil},
			row{"id": 9, "email": "cid@people.example", "is_verified": false, "extra": row{"plan": "gold"}},
			row{"id": 10, "email": "dot@people.example", "is_verified": true, "extra": "gold"},
			row{"id": 11, "email": "eve@people.example", "is_verified": true, "extra": row{"plan": strings.Repeat("x", 3600)}},
			row{"id": 12, "email": "fay@people.example", "is_verified": true, "extra": row{"null": nil}},
		)
		wants(t, report, 6, 0, nil)
		if !cmp.Equal(report.Partly, map[string]int{"invalid_app_metadata": 2, "unverified_app_metadata": 1}) {
			t.Errorf("in part: %v", report.Partly)
		}
		for name, want := range map[string]string{
			"ada": `{"old_id":7,"plan":"gold","tenant":"acme"}`, "bea": `{"old_id":8,"plan":{"seats":12345678901234567890}}`,
			"cid": "", "dot": "", "eve": "", "fay": `{"null":null,"old_id":12}`,
		} {
			if u := h.user(t, name+"@people.example").User; u.AppMetadata != want || u.ExternalID == "" {
				t.Errorf("%s has %s and was %q, want %s", name, u.AppMetadata, u.ExternalID, want)
			}
		}
		if _, err := (migration.Map{}).With([]string{"app_metadata.=org"}); err == nil {
			t.Error("a member without a name is taken")
		}
	})
}

func TestAnImportNeverTouchesWhoIsHere(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		native := store.User{ID: uuidA, Email: "ada@people.example", EmailCanonical: "ada@people.example", Metadata: "{}", Status: store.UserActive, Epoch: 1, CreatedAt: time.Unix(1, 0), UpdatedAt: time.Unix(1, 0)}
		if err := h.st.Direct().Users.Insert(t.Context(), native); err != nil {
			t.Fatal(err)
		}
		wants(t, h.run(t, nil,
			row{"id": 1, "email": "ADA@people.example", "hashed_password": hash, "is_verified": true},
			row{"id": strings.ToUpper(uuidA), "email": "bea@people.example", "hashed_password": hash, "is_verified": true},
			row{"id": 3, "email": "cid@people.example", "hashed_password": hash, "is_verified": true},
		), 1, 0, map[string]int{"address_taken": 1, "id_taken": 1})
		if ada := h.user(t, "ada@people.example"); ada.Secret != "" || !ada.User.EmailVerifiedAt.IsZero() {
			t.Errorf("ada is %+v", ada)
		}
		// Another address in the source changes nothing here, nor does another hash.
		wants(t, h.run(t, nil, row{"id": 3, "email": "new@people.example", "hashed_password": bcrypt, "is_verified": true}), 0, 1, nil)
		if cid := h.user(t, "cid@people.example"); cid.Secret != hash {
			t.Errorf("cid has %s", cid.Secret)
		}
		// The same id in another source is another user.
		wants(t, h.run(t, func(o *migration.Options) { o.Source = "other" }, row{"id": 3, "email": "dot@people.example", "hashed_password": hash}), 1, 0, nil)
	})
}

func TestNobodyComesBackWhoWasErased(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := row{"id": "ada-1815", "email": "ada@people.example", "hashed_password": hash, "is_verified": true}
		h.run(t, nil, ada)
		u, d, now := h.user(t, "ada@people.example").User, h.st.Direct(), time.Now()
		if _, err := d.Users.SetStatus(t.Context(), u.ID, store.UserActive, store.UserPendingDeletion, now); err != nil {
			t.Fatal(err)
		}
		if err := d.Deletions.Insert(t.Context(), store.Deletion{UserID: u.ID, RequestedAt: now, EraseAt: now, StartedAt: now}); err != nil {
			t.Fatal(err)
		}
		if done, err := d.Users.Erase(t.Context(), u.ID, now); err != nil || !done {
			t.Fatalf("not erased: %v, %v", done, err)
		}
		ids, err := d.ExternalIDs.OfUser(t.Context(), u.ID)
		if err != nil || len(ids) != 1 || ids[0].ExternalID != "" {
			t.Errorf("of the erased user is left %+v, %v", ids, err)
		}
		wants(t, h.run(t, nil, ada), 0, 1, nil)
	})
}

func TestRowsThatCannotBeTakenAreListedAndTheRestGoesOn(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		report := h.run(t, nil,
			nil,
			row{"email": "a@people.example"},
			row{"id": strings.Repeat("x", 256), "email": "b@people.example"},
			row{"id": "nul\x00", "email": "c@people.example"},
			row{"id": 4},
			row{"id": 5, "email": "not an address"},
			row{"id": 6, "email": "d@people.example", "is_verified": "perhaps"},
			row{"id": 7, "email": "e@people.example", "hashed_password": "$pbkdf2-sha256$1$sal\x00t$sum"},
			row{"id": 8, "email": "f@people.example"},
			row{"id": 8, "email": "g@people.example"},
		)
		wants(t, report, 1, 0, map[string]int{
			"not_json": 1, "no_id": 1, "invalid_id": 2, "no_email": 1, "invalid_email": 1, "unreadable_flag": 1, "duplicate_id": 2,
		})
		text := fmt.Sprint(h.refused)
		if len(h.refused) != 10 || strings.Contains(text, "@") || strings.Contains(text, "pbkdf2-sha256$1") {
			t.Errorf("the list is %s", text)
		}
	})
}

func TestWhichOfSeveralRowsWithOneAddressCounts(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		rows := []row{
			{"id": 1, "email": "ada@people.example", "is_verified": false, "created_at": 1700000000},
			{"id": 2, "email": "Ada@people.example", "is_verified": true, "created_at": 1600000000},
			{"id": 3, "email": "bea@people.example", "is_verified": true, "created_at": 1600000000},
			{"id": 4, "email": "BEA@people.example", "is_verified": true, "created_at": 1600000000},
		}
		for choice, want := range map[string]string{"": "", "verified": "2", "newest": "1"} {
			report := h.run(t, func(o *migration.Options) { o.OnDuplicate, o.Source, o.Apply = choice, "from-"+choice+"x", false }, rows...)
			fresh := int64(len(want))
			wants(t, report, fresh, 0, map[string]int{"duplicate_address": 4 - int(fresh)})
			for _, r := range h.refused {
				if r.ID == want {
					t.Errorf("%q refuses %s", choice, want)
				}
			}
		}
	})
}

func TestRolesComeOnlyByNameAndNeverUnverified(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		rows := []row{
			{"id": 1, "email": "ada@people.example", "is_verified": true, "roles": []string{"moderator", "root"}},
			{"id": 2, "email": "bea@people.example", "is_verified": false, "roles": "moderator"},
			{"id": 3, "email": "cid@people.example", "is_verified": true, "roles": "root,moderator"},
		}
		give := func(roles map[string]string, privileged bool) func(*migration.Options) {
			return func(o *migration.Options) {
				o.Roles, o.Privileged, o.Map["roles"] = roles, privileged, "roles"
			}
		}
		if _, err := h.try(t, give(map[string]string{"root": "admin"}, false), rows...); err == nil || !strings.Contains(err.Error(), "--privileged") {
			t.Errorf("a built-in role: %v", err)
		}
		h.run(t, give(map[string]string{"moderator": "editor", "root": "admin"}, true), rows...)
		for address, want := range map[string][]string{"ada": {"admin", "editor"}, "bea": nil, "cid": {"admin", "editor"}} {
			if u := h.user(t, address+"@people.example").User; len(u.Roles) != len(want) || len(want) > 0 && !cmp.Equal(u.Roles, want) {
				t.Errorf("%s has %v, want %v", address, u.Roles, want)
			}
		}
	})
}

// cut is a source that ends in an error after some rows.
type cut struct {
	migration.Source

	left int
}

var errCut = errors.New("cut off")

func (c *cut) Each(ctx context.Context, after string, fn func(migration.Row) error) error {
	return c.Source.Each(ctx, after, func(r migration.Row) error {
		if c.left--; c.left < 0 {
			return errCut
		}
		return fn(r)
	})
}

// TestAnImportThatWasCutOffGoesOn has three batches, of which the survey reads all and
// the first run writes two.
func TestAnImportThatWasCutOffGoesOn(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const all = 2300
		rows := make([]row, all)
		for n := range rows {
			rows[n] = row{"id": n + 1, "email": fmt.Sprintf("u%d@people.example", n), "hashed_password": hash, "is_verified": true}
		}
		whole, err := migration.NewFile(lines(t, rows...), false)
		if err != nil {
			t.Fatal(err)
		}
		report, err := h.from(t, &cut{whole, all + 2100}, nil)
		if !errors.Is(err, errCut) || report.New != 2000 {
			t.Fatalf("%d new, %v", report.New, err)
		}
		report, err = h.from(t, whole, nil)
		if err != nil || report.Resumed != 2000 {
			t.Fatalf("went on after %d: %v", report.Resumed, err)
		}
		wants(t, report, 300, 0, nil)
		report, err = h.from(t, whole, nil)
		if err != nil || report.Resumed != 0 {
			t.Fatalf("an import that had ended went on after %d: %v", report.Resumed, err)
		}
		wants(t, report, 0, all, nil)
		forms, err := h.st.Direct().Forms.List(t.Context())
		if err != nil || len(forms) != 1 || forms[0].Number != all {
			t.Errorf("forms: %+v, %v", forms, err)
		}
	})
}

func TestCSVIsReadAsJSONLinesAre(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		text := "\ufeffid,email,hashed_password,is_verified,created_at\n7,ada@people.example," + hash + ",True,2021-03-04T05:06:07\n8,\"bea@people.example\",,False,\n"
		from, err := migration.NewFile(strings.NewReader(text), true)
		if err != nil {
			t.Fatal(err)
		}
		report, err := h.from(t, from, nil)
		if err != nil {
			t.Fatal(err)
		}
		wants(t, report, 2, 0, nil)
		if ada := h.user(t, "ada@people.example"); ada.Secret != hash || ada.User.EmailVerifiedAt.IsZero() || ada.User.CreatedAt.Year() != 2021 {
			t.Errorf("ada is %+v", ada)
		}
	})
}

// TestWeakDigestsComeWrappedOrNotAtAll: none lies in the database as it came, and a
// second run hashes nothing.
func TestWeakDigestsComeWrappedOrNotAtAll(t *testing.T) {
	const md5, phpass = "88e4ddd2402d92d50e1879d6ecd9ffd4", "$P$BU4UF9Wk1Kj1GDLQ9YmLlUqVCrVPWR."
	onEach(t, func(t *testing.T, h *house) {
		rows := []row{
			{"id": 1, "email": "ada@people.example", "hashed_password": md5, "is_verified": true},
			{"id": 2, "email": "bea@people.example", "hashed_password": phpass, "is_verified": true},
			{"id": 3, "email": "cid@people.example", "hashed_password": hash, "is_verified": true},
		}
		look := func(o *migration.Options) { o.Apply = false }
		if report := h.run(t, look, rows...); report.Partly["weak_password_hash"] != 2 || len(report.Forms) != 0 {
			t.Errorf("without leave: %+v", report)
		}
		wrapped := atomic.Int64{}
		allow := func(apply bool) func(*migration.Options) {
			return func(o *migration.Options) {
				o.Apply, o.Weak = apply, func(w password.Weak) (string, error) {
					wrapped.Add(1)
					return w.Wrap(password.Options{Argon2MemoryKiB: 64, Argon2Passes: 1})
				}
			}
		}
		if report := h.run(t, allow(false), rows...); report.New != 3 || len(report.Partly) != 0 || wrapped.Load() != 0 {
			t.Errorf("a look: %+v, %d digests wrapped", report, wrapped.Load())
		}
		wants(t, h.run(t, allow(true), rows...), 3, 0, nil)
		wants(t, h.run(t, allow(true), rows...), 0, 3, nil)
		if wrapped.Load() != 2 {
			t.Errorf("%d digests were wrapped of two", wrapped.Load())
		}
		hasher, err := password.New(password.Options{Argon2MemoryKiB: 64, Argon2Passes: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"ada", "bea"} {
			u := h.user(t, name+"@people.example")
			got, err := hasher.Verify(t.Context(), u.Secret, "correct horse battery")
			if err != nil || !got.Match || !got.Rehash || u.User.ClaimedAt.IsZero() || strings.Contains(u.Secret, md5) || strings.Contains(u.Secret, phpass[12:]) {
				t.Errorf("%s has %s: %+v, %v", name, u.Secret, got, err)
			}
		}
		failing := errors.New("no memory")
		_, err = h.try(t, func(o *migration.Options) { o.Weak = func(password.Weak) (string, error) { return "", failing } },
			row{"id": 4, "email": "dot@people.example", "hashed_password": md5, "is_verified": true})
		if !errors.Is(err, failing) {
			t.Errorf("what cannot be wrapped: %v", err)
		}
		if _, err := h.st.Direct().Users.ByEmail(t.Context(), "dot@people.example"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("dot was imported without her password: %v", err)
		}
	})
}

// TestUsersComeFromFirebase has the published vector of its hash.
func TestUsersComeFromFirebase(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		key, err := base64.StdEncoding.DecodeString("jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==")
		if err != nil {
			t.Fatal(err)
		}
		const sum, salt = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==", "42xEC+ixf3L2lw=="
		report := h.run(t, func(o *migration.Options) {
			o.Map["salt"] = "salt"
			o.Firebase = &password.FirebaseScrypt{SignerKey: key, SaltSeparator: []byte{7}, Rounds: 8, MemCost: 14}
		},
			row{"id": "a", "email": "ada@people.example", "password_hash": sum, "salt": salt, "email_verified": true},
			row{"id": "b", "email": "bea@people.example", "password_hash": strings.NewReplacer("+", "-", "/", "_").Replace(sum), "salt": salt, "email_verified": true},
			row{"id": "c", "email": "cid@people.example", "password_hash": sum[:20], "salt": salt, "email_verified": true},
			row{"id": "d", "email": "dot@people.example", "password_hash": sum, "salt": "!", "email_verified": true},
			row{"id": "e", "email": "eve@people.example", "email_verified": true},
		)
		if report.New != 5 || report.Partly["unreadable_password_hash"] != 2 {
			t.Errorf("the report is %+v", report)
		}
		hasher, err := password.New(password.Options{Argon2MemoryKiB: 64, Argon2Passes: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"ada", "bea"} {
			if got, err := hasher.Verify(t.Context(), h.user(t, name+"@people.example").Secret, "user1password"); err != nil || !got.Match {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
	})
}
