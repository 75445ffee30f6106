package migration

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// exportForm is the number of the form of exports that this program writes and reads.
const exportForm = 1

// A line of an export has one of these members: the first the header, then there is
// one for each role that operators defined, one for each user by id, and at last the
// end, without which the file was cut off.
type exportLine struct {
	Export *exportHeader `json:"sallyport_export,omitempty"`
	Role   *exportedRole `json:"role,omitempty"`
	User   exportedUser  `json:"user,omitempty"`
	End    *exportEnd    `json:"end,omitempty"`
}

type exportHeader struct {
	Form      int       `json:"form"`
	Secrets   bool      `json:"secrets"`
	CreatedAt time.Time `json:"created_at"`
}

type exportedRole struct {
	Name        string    `json:"name"`
	Permissions []string  `json:"permissions"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

type exportEnd struct {
	Users int64 `json:"users"`
}

// exportedUser is a user's columns, and the rows of the other tables that are theirs
// under the names of these.
type exportedUser map[string]any

// Export says what to export and where to.
type Export struct {
	Store *store.Store
	To    io.Writer
	Now   time.Time
	// Secrets exports passwords' hashes, hashes of recovery codes and the secrets of
	// authenticator apps too. Open gives such a secret as it is typed into an app, of
	// the enrolment and as it is sealed.
	Secrets bool
	Open    func(enrolment, sealed string) (string, error)
	// Progress may be nil.
	Progress func(users int64)
}

// Exported is what an export came to.
type Exported struct {
	Users    int64 `json:"users"`
	Roles    int64 `json:"roles"`
	Secrets  bool  `json:"secrets"`
	Unopened int64 `json:"unopened_authenticator_apps"` // left out: no secret key opens them
}

// Run writes every user and role as JSON Lines, as they are at one moment. Sessions,
// links and the audit log stay.
func (e Export) Run(ctx context.Context) (done Exported, err error) {
	out := bufio.NewWriterSize(e.To, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	done.Secrets = e.Secrets
	if err := enc.Encode(exportLine{Export: &exportHeader{Form: exportForm, Secrets: e.Secrets, CreatedAt: e.Now.UTC()}}); err != nil {
		return done, err
	}
	begun := false
	err = e.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		if begun {
			return errors.New("the connection to the database was lost; run the export again") // lines are written already
		}
		begun = true
		if err := e.roles(ctx, tx, enc, &done); err != nil {
			return err
		}
		return e.users(ctx, tx, enc, &done)
	})
	if err == nil {
		err = enc.Encode(exportLine{End: &exportEnd{Users: done.Users}})
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return done, fmt.Errorf("export: %w", err)
	}
	return done, nil
}

func (e Export) roles(ctx context.Context, tx *store.Tx, enc *json.Encoder, done *Exported) error {
	for page := (store.Page{Limit: batchRows}); ; {
		roles, err := tx.Roles.List(ctx, page)
		if err != nil {
			return err
		}
		for _, r := range roles {
			if err := enc.Encode(exportLine{Role: &exportedRole{r.Name, r.Permissions, r.CreatedAt, r.UpdatedAt}}); err != nil {
				return err
			}
			done.Roles++
		}
		if len(roles) < page.Limit {
			return nil
		}
		page.After = roles[len(roles)-1].Name
	}
}

func (e Export) users(ctx context.Context, tx *store.Tx, enc *json.Encoder, done *Exported) error {
	for page := (store.Page{Limit: batchRows}); ; {
		users, err := tx.Users.Whole(ctx, page)
		if err != nil {
			return err
		}
		for _, u := range users {
			line, err := e.user(u, done)
			if err != nil {
				return err
			}
			if err := enc.Encode(exportLine{User: line}); err != nil {
				return err
			}
			done.Users++
		}
		if e.Progress != nil {
			e.Progress(done.Users)
		}
		if len(users) < page.Limit {
			return nil
		}
		page.After, _ = users[len(users)-1]["users"][0]["id"].(string)
	}
}

// user is the line of a user. Without secrets it has no row that holds one.
func (e Export) user(u store.WholeUser, done *Exported) (exportedUser, error) {
	line := exportedUser{}
	for _, table := range store.WholeTables() {
		if !e.Secrets && slices.ContainsFunc(table.Columns, func(c store.Column) bool { return c.Class == store.Secret }) {
			continue
		}
		var rows []map[string]any
		for _, row := range u[table.Name] {
			if table.Name == totpTable {
				if !e.reveal(row) {
					done.Unopened++
					continue
				}
			}
			rows = append(rows, readable(row, table.Name == usersTable))
		}
		switch {
		case table.Name == usersTable:
			if len(rows) != 1 {
				return nil, errors.New("a user has no row")
			}
			line = rows[0]
		case len(rows) > 0:
			line[table.Name] = rows
		}
	}
	return line, nil
}

// reveal puts the secret of an authenticator app in the place of how it is sealed:
// the place that it goes to has a secret key of its own.
func (e Export) reveal(row map[string]any) bool {
	enrolment, _ := row["id"].(string)
	sealed, _ := row[sealedColumn].(string)
	plain, err := e.Open(enrolment, sealed)
	row[plainColumn] = plain
	delete(row, sealedColumn)
	return err == nil
}

const (
	usersTable = "users"
	totpTable  = "totp"
	// The secret of an authenticator app, and what stands for it in an export.
	sealedColumn = "secret_sealed"
	plainColumn  = "secret"
	ownerColumn  = "user_id" // of the rows of a user, who is not named again
)

// readable is a row as people read it: instants by RFC 3339, lists as lists, nothing
// that is empty.
func readable(row map[string]any, whole bool) map[string]any {
	out := make(map[string]any, len(row))
	for name, value := range row {
		switch v := value.(type) {
		case nil:
			continue
		case int64:
			if isInstant(name) {
				value = time.UnixMicro(v).UTC().Format(time.RFC3339Nano)
			}
		case string:
			if isList(name) {
				value = strings.FieldsFunc(v, func(r rune) bool { return r == ',' })
			}
		}
		if name != ownerColumn || whole {
			out[name] = value
		}
	}
	return out
}

func isInstant(column string) bool { return strings.HasSuffix(column, "_at") }

func isList(column string) bool { return column == "roles" || column == "transports" }
