package admin

import (
	"context"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// ChangeRoles gives a user roles and takes others away; a role in both lists is
// taken. The user is signed out everywhere, because tokens carry roles. It returns
// the roles that the user has now, sorted.
//
// Errors: invalid_input for a role that is none, or too many; user_not_found;
// user_status for a user who was erased; outranked; changed_meanwhile; last_owner;
// owner_not_verified.
func (us *Users) ChangeRoles(ctx context.Context, who string, add, remove []string, c Change) ([]string, error) {
	return us.reassign(ctx, who, slices.Concat(add, remove), c, func(has []string) []string {
		return slices.DeleteFunc(slices.Concat(has, add), func(role string) bool { return slices.Contains(remove, role) })
	})
}

// SetRoles is ChangeRoles to exactly these roles.
func (us *Users) SetRoles(ctx context.Context, who string, roles []string, c Change) ([]string, error) {
	return us.reassign(ctx, who, roles, c, func([]string) []string { return slices.Clone(roles) })
}

func (us *Users) reassign(ctx context.Context, who string, named []string, c Change, become func(has []string) []string) ([]string, error) {
	for _, role := range named {
		if err := rbac.CheckName(role); err != nil {
			return nil, err
		}
	}
	var now []string
	err := us.change(ctx, "change roles", rbac.AssignRoles, who, c, func(ctx context.Context, tx *store.Tx, u store.User) error {
		now = become(u.Roles)
		slices.Sort(now)
		now = slices.Compact(now)
		if len(now) > rbac.MaxRoles {
			return errRole
		}
		if slices.Equal(now, u.Roles) {
			return nil
		}
		if token.CheckUserData(u.AppMetadata, u.ExternalID, now) != nil {
			return errRole
		}
		if err := us.opts.Roles.MayGive(ctx, tx, c.By, now); err != nil {
			return err
		}
		if err := rbac.SetRoles(ctx, tx, u, now, clock.Stored(us.opts.Clock)); err != nil {
			return err
		}
		e := c.By.Event(audit.KindRolesChanged, u.ID)
		e.Details = map[string]any{"before": append([]string{}, u.Roles...), "after": now}
		return us.end(ctx, tx, u, store.ReasonRolesChanged, e)
	})
	return now, err
}
