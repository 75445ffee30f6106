package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Identity is a user as another provider of identities knows them.
type Identity struct {
	ID        string
	UserID    string
	Provider  string
	Subject   string
	CreatedAt time.Time
}

var identityList = q(`
	SELECT id, user_id, provider, subject, created_at
	FROM identities WHERE realm_id = ? AND user_id = ? ORDER BY created_at, provider`)

// Identities are the rows of identities.
type Identities struct{ *bound }

// List gives the identities of a user, oldest first.
func (t Identities) List(ctx context.Context, userID string) ([]Identity, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, i *Identity) error {
		return row.Scan(&i.ID, &i.UserID, &i.Provider, &i.Subject, timeInto(&i.CreatedAt))
	}, identityList, t.realm, userID)
}
