package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// WholeUser is every row that makes up a user, by table: what moves with them to
// another database. A row has each column of its table but the realm, as it is stored:
// nil, an int64 or a string. Sessions, links and the trail do not move.
type WholeUser map[string][]map[string]any

var (
	wholeUsers         = q(`SELECT {columns users} FROM users WHERE realm_id = ? AND id > ? ORDER BY id LIMIT ?`)
	wholeCredentials   = q(`SELECT {columns credentials} FROM credentials WHERE realm_id = ? AND user_id IN {many}`)
	wholeIdentities    = q(`SELECT {columns identities} FROM identities WHERE realm_id = ? AND user_id IN {many}`)
	wholeExternalIDs   = q(`SELECT {columns external_ids} FROM external_ids WHERE realm_id = ? AND user_id IN {many}`)
	wholePasskeys      = q(`SELECT {columns passkeys} FROM passkeys WHERE realm_id = ? AND user_id IN {many}`)
	wholeTOTPs         = q(`SELECT {columns totp} FROM totp WHERE realm_id = ? AND user_id IN {many}`)
	wholeRecoveryCodes = q(`SELECT {columns recovery_codes} FROM recovery_codes WHERE realm_id = ? AND user_id IN {many}`)
	wholeDeletions     = q(`SELECT {columns deletions} FROM deletions WHERE realm_id = ? AND user_id IN {many}`)

	wholeIdentityInsert     = q(`INSERT INTO identities {row identities}`)
	wholePasskeyInsert      = q(`INSERT INTO passkeys {row passkeys}`)
	wholeTOTPInsert         = q(`INSERT INTO totp {row totp}`)
	wholeRecoveryCodeInsert = q(`INSERT INTO recovery_codes {row recovery_codes}`)
)

// wholeTable is how the rows of one of these tables are read and written. Of those
// that few users have, one is written at a time.
type wholeTable struct {
	name            string
	read, one, many *sqlrun.Statement
}

var wholeTables = []wholeTable{
	{"users", wholeUsers, userInsert, userInsertMany},
	{"credentials", wholeCredentials, credentialInsert, credentialInsertMany},
	{"identities", wholeIdentities, wholeIdentityInsert, nil},
	{"external_ids", wholeExternalIDs, externalInsert, externalInsertMany},
	{"passkeys", wholePasskeys, wholePasskeyInsert, nil},
	{"totp", wholeTOTPs, wholeTOTPInsert, nil},
	{"recovery_codes", wholeRecoveryCodes, wholeRecoveryCodeInsert, nil},
	{"deletions", wholeDeletions, deletionInsert, nil},
}

// WholeTables are the tables of a [WholeUser], the users themselves first.
func WholeTables() []Table {
	var all []Table
	for _, w := range wholeTables {
		all = append(all, tables[slices.IndexFunc(tables, func(t Table) bool { return t.Name == w.name })])
	}
	return all
}

// Whole gives a page of users by id, erased ones among them; the cursor is the id.
func (t Users) Whole(ctx context.Context, page Page) ([]WholeUser, error) {
	rows, err := sqlrun.List(ctx, t.run, scanWhole("users"), wholeUsers, t.realm, page.After, page.Limit)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	users, ids, at := make([]WholeUser, len(rows)), make([]string, len(rows)), make(map[any]int, len(rows))
	for n, row := range rows {
		id, is := row["id"].(string)
		if !is {
			return nil, fmt.Errorf("read a user whose id is a %T", row["id"])
		}
		users[n], ids[n], at[id] = WholeUser{"users": {row}}, id, n
	}
	for _, w := range wholeTables[1:] {
		rows, err := sqlrun.ListMany(ctx, t.run, scanWhole(w.name), w.read, []any{t.realm}, ids)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			u := users[at[row["user_id"]]]
			u[w.name] = append(u[w.name], row)
		}
		for _, u := range users { // engines differ about the order
			slices.SortFunc(u[w.name], func(a, b map[string]any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		}
	}
	return users, nil
}

// InsertWhole adds users as they are, or returns ErrTaken if a key of one is another's.
func (t Users) InsertWhole(ctx context.Context, users []WholeUser) error {
	for n, table := range WholeTables() {
		var rows [][]any
		for _, u := range users {
			for _, row := range u[table.Name] {
				values := []any{t.realm}
				for _, column := range table.Columns[1:] {
					values = append(values, row[column.Name])
				}
				rows = append(rows, values)
			}
		}
		if err := wholeTables[n].add(ctx, t.bound, rows); err != nil {
			return fmt.Errorf("add rows of %s: %w", table.Name, err)
		}
	}
	return nil
}

func (w wholeTable) add(ctx context.Context, t *bound, rows [][]any) error {
	if w.many != nil {
		return t.addMany(ctx, w.many, w.one, rows)
	}
	for _, row := range rows {
		if err := t.add(ctx, w.one, row...); err != nil {
			return err
		}
	}
	return nil
}

// scanWhole reads a row of a table by its columns.
func scanWhole(name string) func(sqlrun.Row, *map[string]any) error {
	columns := tables[slices.IndexFunc(tables, func(t Table) bool { return t.Name == name })].Names()[1:]
	return func(row sqlrun.Row, into *map[string]any) error {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for n := range values {
			pointers[n] = &values[n]
		}
		if err := row.Scan(pointers...); err != nil {
			return err
		}
		*into = make(map[string]any, len(columns))
		for n, value := range values {
			switch v := value.(type) {
			case []byte: // as MySQL's driver gives text
				value = string(v)
			case int32:
				value = int64(v)
			}
			(*into)[columns[n]] = value
		}
		return nil
	}
}
