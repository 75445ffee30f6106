package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Role is a role that an operator defined: what those who have it may do, in the
// operator's words.
type Role struct {
	Name        string
	Permissions []string // sorted
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

var roleTable = Table{
	Name: "roles", Key: 2, Restored: "kept: one that was deleted since the backup is there again",
	Erased: "kept: the operator's",
	Columns: []Column{
		realm,
		{"name", Internal, ""},
		{"permissions", Internal, ""},
		{"created_at", Internal, ""},
		{"updated_at", Internal, ""},
	},
}

// Fields are where the columns of the table go, in their order, but for the realm.
func (r *Role) Fields() []any {
	return []any{&r.Name, &r.Permissions, &r.CreatedAt, &r.UpdatedAt}
}

var (
	roleInsert = q(`INSERT INTO roles {row roles}`)
	roleList   = q(`SELECT {columns roles} FROM roles WHERE realm_id = ? AND name > ? ORDER BY name LIMIT ?`)
	roleByName = q(`SELECT {columns roles} FROM roles WHERE realm_id = ? AND name IN {many}`)
	roleDelete = q(`DELETE FROM roles WHERE realm_id = ? AND name = ?`)
)

// Roles are the rows of roles.
type Roles struct{ *bound }

func scanRole(row sqlrun.Row, r *Role) error { return row.Scan(scanners(r.Fields())...) }

// Insert adds r, or returns ErrTaken if its name is another's.
func (t Roles) Insert(ctx context.Context, r Role) error {
	values, err := stored(r.Fields())
	if err != nil {
		return err
	}
	return t.add(ctx, roleInsert, append([]any{t.realm}, values...)...)
}

// List gives a page of roles by name; the cursor is the name.
func (t Roles) List(ctx context.Context, page Page) ([]Role, error) {
	return sqlrun.List(ctx, t.run, scanRole, roleList, t.realm, page.After, page.Limit)
}

// Named gives those of the names that are defined, in no order.
func (t Roles) Named(ctx context.Context, names []string) ([]Role, error) {
	if len(names) == 0 {
		return nil, nil
	}
	return sqlrun.ListMany(ctx, t.run, scanRole, roleByName, []any{t.realm}, names)
}

// Delete removes a role. It reports false if there is none.
func (t Roles) Delete(ctx context.Context, name string) (bool, error) {
	return t.change(ctx, roleDelete, t.realm, name)
}
