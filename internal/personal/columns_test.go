package personal_test

import (
	"database/sql" //nolint:depguard // fills and reads every column of every table
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// filled is what a column of a user's row holds.
type filled struct {
	table  store.Table
	column store.Column
	value  any
	shown  []string // how an export would write it
}

// columns are all of them.
type columns []filled

// given is what columns hold that must be something in particular. The others get
// a text or a number that no other column has.
var given = map[string]string{
	"*.realm_id":                      store.DefaultRealm,
	"*.user_id":                       "(users.id)",
	"*.session_id":                    "(sessions.id)",
	"*.event_id":                      "(audit_events.id)",
	"users.status":                    string(store.UserActive),
	"users.email_canonical":           "(users.email)@people.example",
	"users.email":                     "(Users.Email)@People.Example",
	"users.roles":                     ",(users.roles),",
	"users.metadata":                  `{"of":"(users.metadata)"}`,
	"users.app_metadata":              `{"of":"(users.app_metadata)"}`,
	"pending_signups.email_canonical": "(users.email)@people.example",
	"invitations.email_canonical":     "(users.email)@people.example",
	"invitations.roles":               ",(invitations.roles),",
	"client_secrets.client_id":        "(clients.client_id)",
	"hook_secrets.endpoint_id":        "(hook_endpoints.id)",
	"jobs.kind":                       "mail",
	"jobs.state":                      string(store.JobReady),
	"jobs.payload":                    `{"kind":"new_device","to":"(users.email)@people.example","name":"(jobs.payload)"}`,
	"audit_events.actor_id":           "(users.id)",
	"audit_events.details":            `{"of":"(audit_events.details)"}`,
}

// derived are the members of an export that stand in no column.
var derived = []string{"format", "exported_at"}

// fill writes a row into every table, as if it were a user's, by the types that the
// columns have. A truth is true.
func fill(t *testing.T, raw *sql.DB, now time.Time) columns {
	t.Helper()
	var all columns
	for _, table := range store.Tables() {
		types := map[string]string{}
		rows, err := raw.QueryContext(t.Context(), "SELECT name, type FROM pragma_table_info(?)", table.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			types[name], _, _ = strings.Cut(kind, "(")
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
		var values []any
		for _, c := range table.Columns {
			f := filled{table: table, column: c}
			switch types[c.Name] {
			case "VARCHAR", "TEXT":
				f.shown = []string{fmt.Sprintf("(%s.%s)", table.Name, c.Name)}
				text := f.shown[0]
				for _, name := range []string{"*." + c.Name, table.Name + "." + c.Name} {
					if v, ok := given[name]; ok {
						text = v
					}
				}
				f.value, f.shown = text, append(f.shown, text)
			case "SMALLINT":
				f.value, f.shown = 1, []string{"true"}
			default:
				at := now.Truncate(time.Second).Add(time.Duration(len(all)-10_000) * time.Second)
				f.value, f.shown = at.UnixMicro(), []string{at.UTC().Format(time.RFC3339Nano), strconv.FormatInt(at.UnixMicro(), 10)}
			}
			values, all = append(values, f.value), append(all, f)
		}
		insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", table.Name, strings.Join(table.Names(), ", "), strings.Repeat(", ?", len(values)-1))
		if table.Name == "feed" { // of which a realm has one
			insert = "REPLACE" + strings.TrimPrefix(insert, "INSERT")
		}
		if _, err := raw.ExecContext(t.Context(), insert, values...); err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
	}
	return all
}

// alone reports whether no other column holds what f does.
func (all columns) alone(f filled) bool {
	n := 0
	for _, other := range all {
		if other.value == f.value {
			n++
		}
	}
	return n == 1
}

// leaves adds every value of a document to those under its path: of lists, whose
// members share one, "list[].member".
func leaves(path string, v any, into map[string][]string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			leaves(strings.TrimPrefix(path+"."+name, "."), member, into)
		}
	case []any:
		for _, item := range v {
			leaves(path+"[]", item, into)
		}
	default:
		path = strings.TrimSuffix(path, "[]")
		into[path] = append(into[path], fmt.Sprint(v))
	}
}

// has reports whether a member of the document, or what stands below it, shows a
// column.
func (f filled) in(document map[string][]string, member string) bool {
	for path, values := range document {
		if path != member && !strings.HasPrefix(path, member+".") && member != "" {
			continue
		}
		for _, v := range values {
			if slices.Contains(f.shown, v) {
				return true
			}
		}
	}
	return false
}

// TestEveryColumnIsWhatItsClassSays fills every column of every table for one user,
// exports and erases, and compares what is shown and what is left with store.Tables.
func TestEveryColumnIsWhatItsClassSays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	raw := h.raw(t)
	all := fill(t, raw, h.clock.Now())
	var u store.User
	for _, f := range all {
		if f.table.Name == "users" && f.column.Name == "id" {
			u = must(h.store.Direct().Users.ByID(t.Context(), fmt.Sprint(f.value)))
		}
	}
	now := h.clock.Now()
	if err := h.store.Direct().Sessions.Insert(t.Context(), store.Session{
		ID: "asks", UserID: u.ID, UserEpoch: u.Epoch, RefreshState: store.RefreshState{Parent: store.NoParent, RotatedAt: now},
		ExpiresAt: now.AddDate(0, 0, 1), IdleExpiresAt: now.AddDate(0, 0, 1), CreatedAt: now, LastSeenAt: now,
	}); err != nil {
		t.Fatal(err)
	}
	_, text := h.exported(t, u)
	checkExport(t, all, text)
	if _, err := raw.ExecContext(t.Context(), "UPDATE users SET status = 'pending_deletion'"); err != nil {
		t.Fatal(err)
	}
	if err := h.Erase(t.Context(), u.ID); err != nil {
		t.Fatal(err)
	}
	// The last letter says that it is done; it goes a day after it was sent.
	if _, err := raw.ExecContext(t.Context(), `DELETE FROM jobs WHERE payload LIKE '%account_erased%'`); err != nil {
		t.Fatal(err)
	}
	checkErasure(t, raw, all)
	checkCopies(t, raw, all)
}

// checkExport compares a document with what the columns say that it shows.
func checkExport(t *testing.T, all columns, text string) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var whole any
	if err := decoder.Decode(&whole); err != nil {
		t.Fatal(err)
	}
	document := map[string][]string{}
	leaves("", whole, document)
	members := slices.Clone(derived)
	for _, f := range all {
		member := f.column.Export
		if f.table.Name+"."+f.column.Name == "audit_events.actor_id" {
			f.shown = []string{"true"} // by_you
		}
		if shown := member != "" && member[0] != '-'; shown {
			members = append(members, member)
			if !f.in(document, member) {
				t.Errorf("%s.%s: %s does not show it", f.table.Name, f.column.Name, member)
			}
		} else if f.shown[0] != "true" && all.alone(f) && f.in(document, "") {
			t.Errorf("%s.%s: an export shows it", f.table.Name, f.column.Name)
		}
	}
	for path := range document {
		if !slices.ContainsFunc(members, func(m string) bool { return path == m || strings.HasPrefix(path, m+".") }) {
			t.Errorf("no column says that %s shows it", path)
		}
	}
}

// checkErasure compares what is left with what the columns say.
func checkErasure(t *testing.T, raw *sql.DB, all columns) {
	t.Helper()
	for _, f := range all {
		name := f.table.Name + "." + f.column.Name
		count := func(where string, args ...any) (n int) {
			t.Helper()
			err := raw.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+f.table.Name+" WHERE "+f.column.Name+where, args...).Scan(&n)
			if err != nil {
				t.Fatal(name, err)
			}
			return n
		}
		how, _, _ := strings.Cut(f.table.Erased, ": ")
		switch {
		case f.column.Name == "realm_id":
		case how == "kept":
			if count(" = ?", f.value) == 0 {
				t.Errorf("%s is kept, and is gone", name)
			}
		case slices.Contains(f.table.Stays, f.column.Name):
			if count(" <> ''") == 0 {
				t.Errorf("%s stays, and is gone", name)
			}
		default:
			if count(" = ?", f.value) > 0 {
				t.Errorf("%s is %s, and is left", name, how)
			}
		}
	}
}

// checkCopies looks for what is erased in every column.
func checkCopies(t *testing.T, raw *sql.DB, all columns) {
	t.Helper()
	for _, table := range store.Tables() {
		rows, err := raw.QueryContext(t.Context(), "SELECT "+strings.Join(table.Names(), ", ")+" FROM "+table.Name)
		if err != nil {
			t.Fatal(err)
		}
		cells, into := make([]sql.NullString, len(table.Columns)), make([]any, len(table.Columns))
		for n := range cells {
			into[n] = &cells[n]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for n, cell := range cells {
				for _, f := range all {
					secret := f.column.Class == store.Personal || f.column.Class == store.Secret
					if secret && !strings.HasPrefix(f.table.Erased, "kept") && strings.Contains(strings.ToLower(cell.String), f.shown[0]) {
						t.Errorf("%s.%s still holds what %s.%s held", table.Name, table.Columns[n].Name, f.table.Name, f.column.Name)
					}
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
	}
}
