package app

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// examineOwner says what to do until somebody owns the server. An upgrade makes nobody
// an owner.
func examineOwner(ctx context.Context, st *store.Store) Finding {
	const what = "owner"
	direct := st.Direct()
	n, err := direct.Facts.Number(ctx, store.FactOwners)
	if err != nil {
		return Finding{what, Bad, err.Error(), "run sallyport doctor again"}
	}
	if n > 0 {
		return Finding{what, Good, fmt.Sprintf("active users with the role owner: %d", n), ""}
	}
	const none = "no active user has the role owner: nobody can use every part of the admin API"
	if own, err := direct.Roles.Named(ctx, []string{rbac.Owner}); err == nil && len(own) > 0 {
		return Finding{
			what, Warn, "the role owner is one of your own, from before it was built in",
			"rename it in your applications, take it from its users (sallyport user roles USER --remove owner), then sallyport role delete owner",
		}
	}
	users, err := direct.Users.List(ctx, store.Page{Limit: 1})
	if err == nil && len(users) == 0 {
		return Finding{what, Warn, none, "sallyport user create --email ADDRESS --password-stdin --owner --verified"}
	}
	return Finding{what, Warn, none, "sallyport user roles EMAIL --add owner"}
}
