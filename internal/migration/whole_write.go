package migration

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// sealed gives users with the secrets of their authenticator apps sealed.
func (o Options) sealed(people []person) ([]store.WholeUser, error) {
	users := make([]store.WholeUser, len(people))
	for n, p := range people {
		users[n] = maps.Clone(p.whole)
		users[n][totpTable] = nil
		for _, row := range p.whole[totpTable] {
			row = maps.Clone(row) // the transaction may run again
			enrolment, _ := row["id"].(string)
			plain, _ := row[sealedColumn].(string)
			var err error
			if row[sealedColumn], err = o.Seal(enrolment, plain); err != nil {
				return nil, fmt.Errorf("seal the secret of an authenticator app: %w", err)
			}
			users[n][totpTable] = append(users[n][totpTable], row)
		}
	}
	return users, nil
}

// insertWhole adds users of an export as they were.
func (r *run) insertWhole(ctx context.Context, tx *store.Tx, people []person) error {
	whole, err := r.sealed(people)
	if err != nil {
		return err
	}
	if err := tx.Users.InsertWhole(ctx, whole); err != nil {
		return err
	}
	forms, users := map[string]int64{}, make([]store.User, len(people))
	for n, p := range people {
		if form := password.Form(p.hash); form != "" {
			forms[form]++
		}
		row := p.whole[usersTable][0]
		users[n].ID, users[n].Roles = p.id, p.roles
		if status, _ := row["status"].(string); status != "" {
			users[n].Status = store.UserStatus(status)
		}
		if verified, is := row["email_verified_at"].(int64); is {
			users[n].EmailVerifiedAt = time.UnixMicro(verified)
		}
	}
	if err := rbac.Made(ctx, tx, users...); err != nil {
		return err
	}
	return r.recorded(ctx, tx, len(people), forms)
}

// rights gives those of the roles of users of an export that give rights on this
// server, as it defines them, unless the operator lets them come. Until the transaction
// ends nobody defines another.
func (r *run) rights(ctx context.Context, tx *store.Tx, people []person) (map[string]bool, error) {
	var names []string
	for _, p := range people {
		if p.whole != nil {
			names = append(names, p.roles...)
		}
	}
	if slices.Sort(names); r.Privileged || len(names) == 0 {
		return nil, nil
	}
	if r.Apply {
		if err := tx.Facts.Hold(ctx, store.FactOwners); err != nil { // as [rbac.Made] does
			return nil, err
		}
	}
	defined, err := tx.Roles.Named(ctx, slices.Compact(names))
	if err != nil {
		return nil, err
	}
	rights := map[string]bool{}
	for _, role := range defined {
		rights[role.Name] = slices.ContainsFunc(role.Permissions, rbac.Administrative)
	}
	return rights, nil
}

// defineRoles defines the roles of an export that are not defined here. One that gives
// rights on this server needs leave.
func (r *run) defineRoles(ctx context.Context) error {
	file, is := r.From.(*File)
	if !is || len(file.roles) == 0 {
		return nil
	}
	for _, role := range file.roles {
		if err := rbac.CheckBrought(role.stored()); err != nil {
			return fmt.Errorf("the role %q of the export has a name, or permissions, that no role can have", role.Name)
		}
		if !r.Privileged && slices.ContainsFunc(role.Permissions, rbac.Administrative) {
			return fmt.Errorf("the role %s of the export has admin: permissions: to import it, use --privileged", role.Name)
		}
	}
	if !r.Apply {
		return nil
	}
	return r.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, role := range file.roles {
			brought, err := rbac.Bring(ctx, tx, role.stored())
			if err != nil {
				return fmt.Errorf("define the role %s: %w", role.Name, err)
			}
			if !brought {
				continue
			}
			if err := r.Trail.Record(ctx, tx, audit.Event{
				Kind: audit.KindRoleCreated, Outcome: audit.Success,
				Details: map[string]any{"role": role.Name, "permissions": append([]string{}, role.Permissions...)},
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r exportedRole) stored() store.Role {
	return store.Role{Name: r.Name, Permissions: r.Permissions, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}
