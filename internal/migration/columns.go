package migration

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Map names, for each field of a user, the column that holds it.
type Map map[string]string

// The fields of a user.
const (
	fieldID       = "id"
	fieldEmail    = "email"
	fieldHash     = "password_hash"
	fieldSalt     = "salt" // of Firebase; other hashes hold theirs
	fieldVerified = "verified"
	fieldActive   = "active"
	fieldDisabled = "disabled"
	fieldUntil    = "disabled_until" // disabled if it is yet to come
	fieldDeleted  = "deleted"        // such users are refused
	fieldCreated  = "created"
	fieldName     = "name"
	fieldRoles    = "roles"
	fieldMetadata = "metadata" // a JSON object
	fieldTOTP     = "totp"     // the secret of an authenticator app, in base32
	fieldApp      = "app_metadata"
	// fieldMember begins the name of a field that is a member of app_metadata.
	fieldMember = fieldApp + "."
)

// usual are the names that columns of each field have elsewhere, the likeliest
// first. Roles and what tokens say
// of users are never guessed.
func usual() map[string][]string {
	return map[string][]string{
		fieldID:       {"id", "uuid", "user_id", "uid"},
		fieldEmail:    {"email", "email_address", "mail"},
		fieldHash:     {"hashed_password", "password_hash", "passwordhash", "encrypted_password", "password", "hash"},
		fieldSalt:     nil,
		fieldVerified: {"is_verified", "verified", "email_verified", "is_email_verified", "email_verified_at", "email_confirmed_at", "emailverified"},
		fieldActive:   {"is_active", "active", "enabled"},
		fieldDisabled: {"is_disabled", "disabled", "blocked"},
		fieldUntil:    {"banned_until", "disabled_until", "blocked_until"},
		fieldDeleted:  {"deleted_at", "is_deleted", "deleted"},
		fieldCreated:  {"created_at", "date_joined", "created", "registered_at", "createdat", "created_on"},
		fieldName:     {"name", "full_name", "display_name", "fullname", "displayname"},
		fieldRoles:    nil,
		fieldMetadata: nil,
		fieldTOTP:     {otpColumn}, // elsewhere nobody can tell whether it was confirmed
		fieldApp:      nil,
	}
}

// Fields are the fields of a user, in order.
func Fields() []string { return slices.Sorted(maps.Keys(usual())) }

// Propose finds the columns by their names.
func Propose(columns []string) Map {
	m := Map{}
	for field, names := range usual() {
		for _, name := range names {
			at := slices.IndexFunc(columns, func(c string) bool { return strings.EqualFold(c, name) })
			if at >= 0 {
				m[field] = columns[at]
				break
			}
		}
	}
	return m
}

// With changes a map by what an operator gives: FIELD=COLUMN, or FIELD= for none.
func (m Map) With(changes []string) (Map, error) {
	m = maps.Clone(m)
	for _, change := range changes {
		field, column, given := strings.Cut(change, "=")
		_, known := usual()[field]
		if member, is := strings.CutPrefix(field, fieldMember); is && member != "" {
			known = true
		}
		if !known || !given {
			return nil, fmt.Errorf("--map takes FIELD=COLUMN; the fields are %s, and %sNAME for a member", strings.Join(Fields(), ", "), fieldMember)
		}
		if column == "" {
			delete(m, field)
		} else {
			m[field] = column
		}
	}
	return m, nil
}

// Check says what is wrong with a map of a source that has these columns.
func (m Map) Check(columns []string) error {
	for _, field := range []string{fieldID, fieldEmail} {
		if m[field] == "" {
			return fmt.Errorf("no column holds the %s of a user; name it: --map %s=COLUMN (there are %s)", field, field, strings.Join(columns, ", "))
		}
	}
	for field, column := range m {
		if base(column, columns) == "" {
			return fmt.Errorf("--map %s=%s: there is no such column (there are %s)", field, column, strings.Join(columns, ", "))
		}
	}
	if m[fieldActive] != "" && m[fieldDisabled] != "" {
		return errors.New("active and disabled say the same of a user: leave one out, with --map disabled=")
	}
	return nil
}

// base is the column that a name means: itself, or the one before a dot, behind which
// stand members of the JSON that it holds. It is empty if there is none.
func base(name string, columns []string) string {
	if slices.Contains(columns, name) {
		return name
	}
	for at, r := range name {
		if r == '.' && slices.Contains(columns, name[:at]) {
			return name[:at]
		}
	}
	return ""
}

// Columns are the columns that are read by the map, each once.
func (m Map) Columns(columns []string) []string {
	var read []string
	for _, name := range m {
		if column := base(name, columns); column != "" && !slices.Contains(read, column) {
			read = append(read, column)
		}
	}
	slices.Sort(read)
	return read
}

// at gives what a name means of a row: a column, or a member of one that holds JSON.
func at(values map[string]any, name string) any {
	if v, there := values[name]; there {
		return v
	}
	for dot, r := range name {
		if r != '.' {
			continue
		}
		v, there := values[name[:dot]]
		if !there {
			continue
		}
		object, is := v.(map[string]any)
		if !is {
			if object = parsedObject(v); object == nil {
				return nil
			}
		}
		return at(object, name[dot+1:])
	}
	return nil
}

// parsedObject reads a JSON object that a database gives as text.
func parsedObject(v any) (object map[string]any) {
	dec := json.NewDecoder(bytes.NewReader(asObject(v)))
	dec.UseNumber()
	if dec.Decode(&object) != nil {
		return nil
	}
	return object
}

// String is the map for people, field by field.
func (m Map) String() string {
	var parts []string
	for _, field := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, field+"="+m[field])
	}
	return strings.Join(parts, ",")
}
