package rbac

import (
	"context"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// SetStatus moves a user from one status to another, and counts owners. It reports
// false, having done nothing, if the user's is not the first.
//
// Errors: last_owner, which undoes the transaction.
func SetStatus(ctx context.Context, tx *store.Tx, userID string, from, to store.UserStatus, now time.Time) (bool, error) {
	moved, err := tx.Users.SetStatus(ctx, userID, from, to, now)
	if err != nil || !moved {
		return false, err
	}
	// Read behind the change, which holds the row: the roles stay so.
	u, err := tx.Users.ByID(ctx, userID)
	if err != nil {
		return false, err
	}
	before := u
	before.Status = from
	return true, count(ctx, tx, before, u)
}

// SetRoles gives a user, whose row is held, roles in the place of those they have,
// and counts owners.
//
// Errors: last_owner, which undoes the transaction; owner_not_verified.
func SetRoles(ctx context.Context, tx *store.Tx, u store.User, roles []string, now time.Time) error {
	after := u
	after.Roles = roles
	if _, err := tx.Users.SetRoles(ctx, u.ID, roles, now); err != nil { // the row is held
		return err
	}
	return count(ctx, tx, u, after)
}

// Made counts users who were just inserted. Those with roles wait for who defines one,
// as in [Roles.MayGive].
//
// Errors: owner_not_verified.
func Made(ctx context.Context, tx *store.Tx, users ...store.User) error {
	if slices.ContainsFunc(users, func(u store.User) bool { return len(u.Roles) > 0 }) {
		if err := tx.Facts.Hold(ctx, store.FactOwners); err != nil {
			return err
		}
	}
	for _, u := range users {
		if err := count(ctx, tx, store.User{}, u); err != nil {
			return err
		}
	}
	return nil
}

// count keeps the number of owners through a change of a user.
func count(ctx context.Context, tx *store.Tx, before, after store.User) error {
	is, err := owns(ctx, tx, after)
	if err != nil {
		return err
	}
	was, err := owns(ctx, tx, before)
	switch {
	case err != nil || is == was:
		return err
	case is && after.EmailVerifiedAt.IsZero():
		return ErrUnproved
	case is:
		return tx.Facts.OneMore(ctx, store.FactOwners)
	}
	if left, err := tx.Facts.OneLess(ctx, store.FactOwners); err != nil || left {
		return err
	}
	return ErrLastOwner
}

// owns reports whether a user is an owner who counts.
func owns(ctx context.Context, tx *store.Tx, u store.User) (bool, error) {
	if u.Status != store.UserActive || !slices.Contains(u.Roles, Owner) {
		return false, nil
	}
	own, err := tx.Roles.Named(ctx, []string{Owner})
	return len(own) == 0, err
}
