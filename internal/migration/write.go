package migration

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// refused is a person who cannot be imported because of who is here.
type refused struct {
	person

	reason string
}

// write makes the users who are not here yet, or only says who they would be. If
// somebody else signs up with one of their addresses at this moment, it looks
// again. What it lists is listed before the commit: what is cut off in between is
// listed again by the run that goes on, in the place of what was.
func (r *run) write(ctx context.Context, people []person, unread []refused, cursor string, rows int64) (made []person, no []refused, err error) {
	if !r.Apply {
		if made, no, err = r.sort(ctx, r.Store.Direct(), people); err == nil {
			err = r.list(made, slices.Concat(unread, no)...)
		}
		return made, no, err
	}
	if err := r.wrapNew(ctx, people); err != nil {
		return nil, nil, err
	}
	if len(cursor) > maxExternalID {
		cursor = "" // it would begin anew
	}
	for range races {
		err = r.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			if made, no, err = r.sort(ctx, tx, people); err != nil {
				return err
			}
			if err := r.insert(ctx, tx, made); err != nil {
				return err
			}
			if err := tx.Imports.Advance(ctx, store.Import{
				Source: r.Source, Fingerprint: r.fingerprint(), Cursor: cursor, RowsDone: r.done + rows, UpdatedAt: clock.Stored(r.Clock),
			}); err != nil {
				return err
			}
			return r.list(made, slices.Concat(unread, no)...)
		})
		if !errors.Is(err, store.ErrTaken) {
			break
		}
	}
	return made, no, err
}

// sort tells who is new, and who is refused. The rest is here already.
func (r *run) sort(ctx context.Context, tx *store.Tx, people []person) (fresh []person, no []refused, err error) {
	var ids, uuids, addresses []string
	for _, p := range people {
		ids, addresses = append(ids, p.id), append(addresses, p.canonical)
		if p.uuid {
			uuids = append(uuids, p.id)
		}
	}
	known, err := tx.ExternalIDs.Known(ctx, r.Source, ids)
	if err != nil {
		return nil, nil, err
	}
	taken, err := tx.Users.AddressesTaken(ctx, addresses)
	if err != nil {
		return nil, nil, err
	}
	used, err := tx.Users.IDsTaken(ctx, uuids)
	if err != nil {
		return nil, nil, err
	}
	rights, err := r.rights(ctx, tx, people)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range people {
		switch {
		case p.whole == nil && known[p.id], p.whole != nil && used[p.id]:
		case taken[p.canonical]:
			no = append(no, refused{p, reasonAddressTaken})
		case p.uuid && used[p.id]:
			no = append(no, refused{p, reasonIDTaken})
		case slices.ContainsFunc(p.roles, func(role string) bool { return rights[role] }):
			no = append(no, refused{p, reasonPrivileged})
		default:
			fresh = append(fresh, p)
		}
	}
	return fresh, no, nil
}

// insert adds users with what they bring, and the event that tells of them.
func (r *run) insert(ctx context.Context, tx *store.Tx, people []person) error {
	if len(people) == 0 {
		return nil
	}
	if people[0].whole != nil {
		return r.insertWhole(ctx, tx, people)
	}
	now := clock.Stored(r.Clock)
	var users []store.User
	var passwords []store.Credential
	var ids []store.ExternalID
	forms := map[string]int64{}
	for _, p := range people {
		u := p.user(now)
		users = append(users, u)
		ids = append(ids, store.ExternalID{Source: r.Source, UserID: u.ID, ExternalID: p.id, CreatedAt: now})
		if hash := p.stored(); hash != "" {
			passwords = append(passwords, account.PasswordCredential(u, hash))
			forms[password.Form(hash)]++
		}
	}
	if err := tx.Users.InsertMany(ctx, users); err != nil {
		return err
	}
	if err := rbac.Made(ctx, tx, users...); err != nil {
		return err
	}
	if err := tx.Credentials.InsertMany(ctx, passwords); err != nil {
		return err
	}
	if err := tx.ExternalIDs.InsertMany(ctx, ids); err != nil {
		return err
	}
	if err := r.insertTOTP(ctx, tx, people, users, now); err != nil {
		return err
	}
	return r.recorded(ctx, tx, len(people), forms)
}

// recorded counts the forms of the passwords and records the event.
func (r *run) recorded(ctx context.Context, tx *store.Tx, users int, forms map[string]int64) error {
	if err := countForms(ctx, tx, forms); err != nil {
		return err
	}
	return r.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindUsersImported, Outcome: audit.Success, Details: map[string]any{"source": r.Source, "users": users},
	})
}

// user is the record of a person.
func (p *person) user(now time.Time) store.User {
	u := store.User{
		ID: p.id, Email: p.email, EmailCanonical: p.canonical, Name: p.name, Metadata: cmp.Or(p.metadata, "{}"), AppMetadata: p.appMetadata, Roles: p.roles,
		Status: store.UserActive, Epoch: 1, CreatedAt: p.created, UpdatedAt: now,
	}
	if !p.uuid {
		u.ID = id.Random()
	}
	if p.created.IsZero() {
		u.CreatedAt = now
	}
	if p.disabled {
		u.Status = store.UserDisabled
	}
	if p.verified {
		u.EmailVerifiedAt = now
		if !p.verifiedAt.IsZero() && p.verifiedAt.Before(now) {
			u.EmailVerifiedAt = p.verifiedAt
		}
		if p.stored() != "" {
			u.ClaimedAt = now
		}
	}
	return u
}
