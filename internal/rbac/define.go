package rbac

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Role is a role and what it allows.
type Role struct {
	Name        string
	Permissions []string
	BuiltIn     bool
}

// page is how many rows are read at once.
const page = 500

// List gives every role: those that are built in, from the highest, and the
// operators' own by name.
func (r *Roles) List(ctx context.Context) ([]Role, error) {
	var own []Role
	for after := ""; ; {
		some, err := r.opts.Store.Direct().Roles.List(ctx, store.Page{After: after, Limit: page})
		if err != nil {
			return nil, fmt.Errorf("list roles: %w", err)
		}
		for _, s := range some {
			own = append(own, Role{Name: s.Name, Permissions: s.Permissions})
		}
		if len(some) < page {
			break
		}
		after = some[len(some)-1].Name
	}
	var all []Role
	for _, b := range builtIn {
		if !slices.ContainsFunc(own, func(o Role) bool { return o.Name == b.role }) {
			all = append(all, Role{Name: b.role, Permissions: slices.Sorted(slices.Values(b.allowed)), BuiltIn: true})
		}
	}
	return append(all, own...), nil
}

// Create defines a role. A name that a user has can't be made to open actions on this
// server: whoever gave it gave no such right. To see that it reads every user.
//
// Errors: invalid_input for a name that is none, or permissions that are none or
// that only owners have; role_taken; role_in_use; outranked; those of [Roles.Hold].
func (r *Roles) Create(ctx context.Context, name string, permissions []string, by audit.Operator) (Role, error) {
	if err := CheckName(name); err != nil {
		return Role{}, err
	}
	permissions = slices.Compact(slices.Sorted(slices.Values(permissions)))
	if len(permissions) > MaxPermissions || slices.ContainsFunc(permissions, func(p string) bool { return !mayHold(p) }) {
		return Role{}, errPermissions
	}
	if slices.Contains(BuiltIn(), name) {
		return Role{}, ErrTaken
	}
	now := clock.Stored(r.opts.Clock)
	err := r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := r.Hold(ctx, tx, by, DefineRoles); err != nil {
			return err
		}
		err := tx.Roles.Insert(ctx, store.Role{Name: name, Permissions: permissions, CreatedAt: now, UpdatedAt: now})
		if err != nil {
			return err
		}
		if err := r.MayGive(ctx, tx, by, []string{name}); err != nil {
			return err
		}
		if slices.ContainsFunc(permissions, Administrative) {
			if err := unused(ctx, tx, name); err != nil {
				return err
			}
		}
		e := by.Event(audit.KindRoleCreated, "")
		e.Details = map[string]any{"role": name, "permissions": append([]string{}, permissions...)}
		return r.opts.Trail.Record(ctx, tx, e)
	})
	if errors.Is(err, store.ErrTaken) {
		return Role{}, ErrTaken
	}
	if err != nil {
		return Role{}, fmt.Errorf("create role: %w", err)
	}
	return Role{Name: name, Permissions: permissions}, nil
}

// CheckBrought refuses a role of another database of this program that could not have
// been defined there.
//
// Errors: invalid_input.
func CheckBrought(role store.Role) error {
	if err := CheckName(role.Name); err != nil {
		return err
	}
	if len(role.Permissions) > MaxPermissions || slices.ContainsFunc(role.Permissions, func(p string) bool { return !mayHold(p) }) {
		return errPermissions
	}
	return nil
}

// Bring defines a role of another database of this program as it was there, unless
// there is one of its name; it reports whether it did. It comes before the users who
// have it.
//
// Errors: those of [CheckBrought]; role_in_use.
func Bring(ctx context.Context, tx *store.Tx, role store.Role) (bool, error) {
	if err := CheckBrought(role); err != nil {
		return false, err
	}
	if err := tx.Facts.Hold(ctx, store.FactOwners); err != nil { // as [Roles.MayGive] does
		return false, err
	}
	there, err := tx.Roles.Named(ctx, []string{role.Name})
	if err != nil || len(there) > 0 {
		return false, err
	}
	if slices.ContainsFunc(role.Permissions, Administrative) {
		if err := unused(ctx, tx, role.Name); err != nil {
			return false, err
		}
	}
	return true, tx.Roles.Insert(ctx, role)
}

// mayHold reports whether an operator's role may have a permission.
func mayHold(p string) bool {
	if Administrative(p) {
		return p != ManageOwners && slices.Contains(Permissions(), p)
	}
	return permissionForm.MatchString(p)
}

// Delete removes a role of the operator's that no user has: a name must not come to
// mean something else to those who have it. It reads every user.
//
// Errors: role_not_found, role_in_use, outranked, those of [Roles.Hold].
func (r *Roles) Delete(ctx context.Context, name string, by audit.Operator) error {
	err := r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := r.Hold(ctx, tx, by, DefineRoles); err != nil {
			return err
		}
		if err := r.MayGive(ctx, tx, by, []string{name}); err != nil {
			return err
		}
		deleted, err := tx.Roles.Delete(ctx, name)
		if err != nil {
			return err
		}
		if !deleted {
			return ErrNoRole
		}
		if err := unused(ctx, tx, name); err != nil {
			return err
		}
		e := by.Event(audit.KindRoleDeleted, "")
		e.Details = map[string]any{"role": name}
		return r.opts.Trail.Record(ctx, tx, e)
	})
	if err != nil {
		return fmt.Errorf("delete role: %w", err)
	}
	return nil
}

// unused makes sure that no user has a role, and no invitation offers it. Nobody is
// given one meanwhile, because the transaction has asked MayGive, as those who give a
// role do.
//
// Errors: role_in_use.
func unused(ctx context.Context, tx *store.Tx, role string) error {
	for after := ""; ; {
		users, err := tx.Users.List(ctx, store.Page{After: after, Limit: page})
		if err != nil {
			return err
		}
		if slices.ContainsFunc(users, func(u store.User) bool { return slices.Contains(u.Roles, role) }) {
			return ErrInUse
		}
		if len(users) < page {
			return unoffered(ctx, tx, role)
		}
		after = users[len(users)-1].ID
	}
}

// unoffered makes sure that no invitation that stands offers a role. One that has
// expired stands as well: its mail may be sent again.
//
// Errors: role_in_use.
func unoffered(ctx context.Context, tx *store.Tx, role string) error {
	for after := ""; ; {
		list, err := tx.Invitations.List(ctx, store.Page{After: after, Limit: page})
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(i store.Invitation) bool { return i.Ended == "" && slices.Contains(i.Roles, role) }) {
			return ErrInUse
		}
		if len(list) < page {
			return nil
		}
		after = list[len(list)-1].ID
	}
}
