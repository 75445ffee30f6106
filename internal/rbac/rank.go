package rbac

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Allowed is what somebody may do: permissions, sorted.
type Allowed []string

// Has reports whether it holds a permission.
func (a Allowed) Has(permission string) bool {
	_, found := slices.BinarySearch(a, permission)
	return found
}

// Administrative is the part that is for this server.
func (a Allowed) Administrative() Allowed {
	return slices.DeleteFunc(slices.Clone(a), func(p string) bool { return !Administrative(p) })
}

// Opens reports whether it is enough for an action.
func (a Allowed) Opens(act Action) bool {
	if act.Permission == "" {
		return len(a.Administrative()) > 0
	}
	return a.Has(act.Permission)
}

// Covers reports whether who has it may give these permissions.
func (a Allowed) Covers(permissions []string) bool { return a.covers(permissions) }

// covers reports whether it holds every administrative permission of the other.
func (a Allowed) covers(other Allowed) bool {
	return !slices.ContainsFunc(other.Administrative(), func(p string) bool { return !a.Has(p) })
}

// above reports whether who has a may act on who has the other.
func (a Allowed) above(other Allowed) bool {
	return a.covers(other) && (!other.covers(a) || a.Has(ManageOwners))
}

// Of gives what roles allow together.
func (*Roles) Of(ctx context.Context, tx *store.Tx, roles []string) (Allowed, error) {
	own, err := tx.Roles.Named(ctx, roles)
	if err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	var all Allowed
	for _, name := range roles {
		defined := slices.IndexFunc(own, func(r store.Role) bool { return r.Name == name })
		if defined < 0 {
			all = append(all, builtInAllows(name)...)
			continue
		}
		for _, p := range own[defined].Permissions {
			// What an earlier version knew and this one does not opens nothing.
			if !Administrative(p) || p != ManageOwners && slices.Contains(Permissions(), p) {
				all = append(all, p)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// Hold makes sure, in the caller's transaction, that an operator who was let in before
// still is: their session stands, they are active, and their roles give the permission.
// All of it stays so until the transaction ends, and so do the rows of the users named.
// Call it first. Rows of users are taken by id, so that of two operators who act on each
// other one waits, and before those of sessions.
//
// Who runs a command needs no session and no permission.
//
// Errors: invalid_token, permission_required, each of which undoes the transaction.
func (r *Roles) Hold(ctx context.Context, tx *store.Tx, by audit.Operator, permission string, users ...string) error {
	if !by.Machine {
		users = append(slices.Clone(users), by.UserID)
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(users))) {
		if err := tx.Users.Lock(ctx, id); err != nil {
			return fmt.Errorf("hold user: %w", err)
		}
	}
	if by.Machine {
		return nil
	}
	if err := r.opts.Sessions.Hold(ctx, tx, session.Asker{UserID: by.UserID, SessionID: by.SessionID}); err != nil {
		return err
	}
	actor, err := r.Actor(ctx, tx, by.UserID)
	if err == nil && !actor.Has(permission) {
		err = ErrPermission
	}
	return err
}

// MayAct makes sure that an operator may act on a user: on somebody below them.
//
// Errors: outranked.
func (r *Roles) MayAct(ctx context.Context, tx *store.Tx, by audit.Operator, on store.User) error {
	return r.ranked(ctx, tx, by, func(actor Allowed) (bool, error) {
		has, err := r.Of(ctx, tx, on.Roles)
		return actor.above(has), err
	})
}

// MayGive makes sure that an operator may let somebody have roles. What they allow stays
// so until the transaction ends: who gives a role and who defines or deletes one wait
// for each other.
//
// Errors: outranked.
func (r *Roles) MayGive(ctx context.Context, tx *store.Tx, by audit.Operator, roles []string) error {
	if err := tx.Facts.Hold(ctx, store.FactOwners); err != nil {
		return err
	}
	return r.ranked(ctx, tx, by, func(actor Allowed) (bool, error) {
		gains, err := r.Of(ctx, tx, roles)
		return actor.covers(gains), err
	})
}

// Keeps reports whether a user who promised roles some time ago may give them now: they
// are active, have every permission named, and what the roles allow. It stays so until
// the transaction ends; the user need not be signed in. Call it first.
func (r *Roles) Keeps(ctx context.Context, tx *store.Tx, userID string, permissions, roles []string) (bool, error) {
	if err := tx.Users.Lock(ctx, userID); err != nil {
		return false, fmt.Errorf("hold user: %w", err)
	}
	if err := tx.Facts.Hold(ctx, store.FactOwners); err != nil {
		return false, err
	}
	has, err := r.Actor(ctx, tx, userID)
	if err != nil {
		return false, err
	}
	gains, err := r.Of(ctx, tx, roles)
	lacks := slices.ContainsFunc(permissions, func(p string) bool { return !has.Has(p) })
	return err == nil && !lacks && has.covers(gains), err
}

// ranked asks about what an operator may do now, which commands need not.
func (r *Roles) ranked(ctx context.Context, tx *store.Tx, by audit.Operator, ask func(Allowed) (bool, error)) error {
	if by.Machine {
		return nil
	}
	actor, err := r.Actor(ctx, tx, by.UserID)
	if err != nil {
		return err
	}
	if may, err := ask(actor); err != nil || may {
		return err
	}
	return ErrOutranked
}

// Actor gives what a user may do at this moment, which is nothing for one who is not
// active.
func (r *Roles) Actor(ctx context.Context, tx *store.Tx, userID string) (Allowed, error) {
	u, err := tx.Users.ByID(ctx, userID)
	if errors.Is(err, store.ErrNotFound) || err == nil && u.Status != store.UserActive {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read operator: %w", err)
	}
	return r.Of(ctx, tx, u.Roles)
}
