package migration

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Why a user of an export is refused, beside the reasons of other rows.
const (
	reasonBadRow     = "unreadable_user"
	reasonPrivileged = "built_in_role"
)

// readWhole reads a user of an export.
func (o Options) readWhole(r Row) (p person, reason string) {
	p = person{row: r.Number, cursor: r.Cursor, uuid: true}
	if r.Broken {
		return p, reasonBroken
	}
	u, err := o.whole(r.Values)
	if err != nil {
		return p, reasonBadRow
	}
	row := u[usersTable][0]
	is := func(column string) string { s, _ := row[column].(string); return s }
	p.id, p.email, p.canonical = is("id"), is("email"), is("email_canonical")
	if _, valid := id.Bytes(p.id); !valid {
		return p, reasonBadID
	}
	status := store.UserStatus(is("status"))
	erased := status == store.UserErased
	if !erased && !slices.Contains([]store.UserStatus{store.UserActive, store.UserDisabled, store.UserPendingDeletion}, status) {
		return p, reasonBadRow
	}
	if canonical, err := account.ReadEmail(p.email); !erased && (err != nil || canonical != p.canonical) {
		return p, reasonBadEmail
	}
	if erased && p.canonical != store.ErasedAddress(p.id) {
		return p, reasonBadRow
	}
	p.roles = strings.FieldsFunc(is("roles"), func(r rune) bool { return r == ',' })
	if !bearable(row, p.roles, erased) {
		return p, reasonBadRow
	}
	if !o.Privileged && slices.ContainsFunc(p.roles, func(role string) bool { return slices.Contains(rbac.BuiltIn(), role) }) {
		return p, reasonPrivileged
	}
	for _, c := range u["credentials"] {
		p.hash, _ = c["secret"].(string)
	}
	p.whole = u
	return p, ""
}

// bearable reports whether a user is one that could have come to be: with roles that
// can be given, a name that can be shown, data that tokens have room for, and an epoch
// that can rise, without which nobody could sign them out.
func bearable(row map[string]any, roles []string, erased bool) bool {
	is := func(column string) string { s, _ := row[column].(string); return s }
	if epoch, counts := row["epoch"].(int64); !counts || epoch < 1 || len(roles) > rbac.MaxRoles {
		return false
	}
	for _, role := range roles {
		if rbac.CheckName(role) != nil {
			return false
		}
	}
	if erased {
		return true
	}
	if name, err := account.ReadName(is("name")); err != nil || name != is("name") {
		return false
	}
	if metadata := is("metadata"); metadata != "" {
		if _, err := account.ReadMetadata(json.RawMessage(metadata)); err != nil {
			return false
		}
	}
	return token.CheckUserData(is("app_metadata"), is("external_id"), roles) == nil
}

// whole makes of the line of a user what is stored of them. Secrets of authenticator
// apps are sealed when they are written.
func (o Options) whole(line map[string]any) (store.WholeUser, error) {
	u := store.WholeUser{}
	for _, table := range store.WholeTables() {
		rows := []any{line}
		if table.Name != usersTable {
			value, there := line[table.Name]
			list, is := value.([]any)
			if there && !is {
				return nil, fmt.Errorf("%s is no list", table.Name)
			}
			rows = list
			delete(line, table.Name)
		}
		for _, row := range rows {
			members, is := row.(map[string]any)
			if !is {
				return nil, fmt.Errorf("a row of %s is no object", table.Name)
			}
			u[table.Name] = append(u[table.Name], members)
		}
	}
	for _, table := range store.WholeTables() {
		for n, row := range u[table.Name] {
			values, err := storable(table, row, line["id"])
			if err != nil {
				return nil, err
			}
			u[table.Name][n] = values
		}
	}
	return u, nil
}

// storable is a row as it is stored. It has no member that is no column.
func storable(table store.Table, row map[string]any, owner any) (map[string]any, error) {
	values := make(map[string]any, len(table.Columns))
	for name, value := range row {
		if table.Name == totpTable && name == plainColumn {
			name = sealedColumn
		}
		// Whose a row is follows from where it stands. A file must not say so: it would give
		// a passkey to somebody else.
		if name == "realm_id" || name == ownerColumn || !slices.Contains(table.Names(), name) {
			return nil, fmt.Errorf("%s has no column %s", table.Name, name)
		}
		stored, err := storedValue(name, value)
		if err != nil {
			return nil, err
		}
		values[name] = stored
	}
	if table.Name != usersTable {
		values[ownerColumn] = owner
	}
	return values, nil
}

// maxNumber bounds what is counted, so that it can go on being counted.
const maxNumber = 1 << 53

func storedValue(column string, value any) (any, error) {
	switch v := value.(type) {
	case json.Number:
		if !isNumber(column) {
			return nil, fmt.Errorf("%s is no number", column)
		}
		n, err := v.Int64()
		if err == nil && (n < 0 || n >= maxNumber) {
			err = fmt.Errorf("%s is out of range", column)
		}
		return n, err
	case string:
		if isNumber(column) || isList(column) {
			return nil, fmt.Errorf("%s is a text", column)
		}
		if isInstant(column) {
			t, err := time.Parse(time.RFC3339Nano, v)
			return t.UnixMicro(), err
		}
		return v, nil
	case []any:
		words := make([]string, len(v))
		for n, word := range v {
			words[n] = text(word)
			if words[n] == "" || strings.Contains(words[n], ",") {
				return nil, fmt.Errorf("%s holds what is no word", column)
			}
		}
		if !isList(column) {
			return nil, fmt.Errorf("%s is no list", column)
		}
		if len(words) == 0 {
			return "", nil
		}
		return "," + strings.Join(words, ",") + ",", nil
	default:
		return nil, fmt.Errorf("%s is a %T", column, value)
	}
}

// isNumber tells which columns hold numbers and are no instants.
func isNumber(column string) bool {
	return slices.Contains([]string{
		"epoch", "event_number", "version", "sign_count", "user_verified", "backup_eligible", "backed_up", "last_step",
	}, column)
}
