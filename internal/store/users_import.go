package store

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

var (
	userInsertMany       = q(`INSERT INTO users {rows users}`)
	credentialInsertMany = q(`INSERT INTO credentials {rows credentials}`)
	userAddressesTaken   = q(`SELECT email_canonical FROM users WHERE realm_id = ? AND email_canonical IN {many}`)
	userIDsTaken         = q(`SELECT id FROM users WHERE realm_id = ? AND id IN {many}`)
)

// InsertMany adds users, or returns ErrTaken if the id or the canonical address of
// one has a user.
func (t Users) InsertMany(ctx context.Context, users []User) error {
	rows := make([][]any, len(users))
	for n := range users {
		values, err := stored(users[n].Fields())
		if err != nil {
			return err
		}
		rows[n] = append([]any{t.realm}, values...)
	}
	return t.addMany(ctx, userInsertMany, userInsert, rows)
}

// AddressesTaken tells which of the canonical addresses have a user.
func (t Users) AddressesTaken(ctx context.Context, canonicals []string) (map[string]bool, error) {
	return t.which(ctx, userAddressesTaken, canonicals)
}

// IDsTaken tells which of the ids are a user's.
func (t Users) IDsTaken(ctx context.Context, ids []string) (map[string]bool, error) {
	return t.which(ctx, userIDsTaken, ids)
}

func (t Users) which(ctx context.Context, q *sqlrun.Statement, values []string) (map[string]bool, error) {
	found, err := sqlrun.ListMany(ctx, t.run, sqlrun.Value[string], q, []any{t.realm}, values)
	set := make(map[string]bool, len(found))
	for _, v := range found {
		set[v] = true
	}
	return set, err
}

// InsertMany adds credentials, or returns ErrTaken.
func (t Credentials) InsertMany(ctx context.Context, credentials []Credential) error {
	rows := make([][]any, len(credentials))
	for n, c := range credentials {
		rows[n] = []any{t.realm, c.ID, c.UserID, c.Kind, c.Secret, micros(c.CreatedAt), micros(c.UpdatedAt)}
	}
	return t.addMany(ctx, credentialInsertMany, credentialInsert, rows)
}
