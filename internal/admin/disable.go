package admin

import (
	"context"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Disable keeps a user out: they are signed out everywhere, and every way to sign
// in is refused. Only who proves to be the user is told why.
//
// An account that is to be deleted is kept instead.
//
// Errors: user_not_found; user_status for a user who was erased; outranked;
// changed_meanwhile; last_owner.
func (us *Users) Disable(ctx context.Context, who string, c Change) error {
	return us.change(ctx, "disable user", rbac.DisableUsers, who, c, func(ctx context.Context, tx *store.Tx, u store.User) error {
		moved, err := us.move(ctx, tx, u, store.UserDisabled, store.UserActive, store.UserPendingDeletion)
		if err != nil || !moved {
			return err
		}
		return us.end(ctx, tx, u, store.ReasonDisabled, c.By.Event(audit.KindUserDisabled, u.ID))
	})
}

// Enable lets a disabled user sign in again.
//
// Errors: user_not_found; user_status for an account that is to be deleted, or
// was, and for one without an address; outranked;
// changed_meanwhile.
func (us *Users) Enable(ctx context.Context, who string, c Change) error {
	return us.change(ctx, "enable user", rbac.DisableUsers, who, c, func(ctx context.Context, tx *store.Tx, u store.User) error {
		if u.Email == "" {
			return ErrStatus
		}
		moved, err := us.move(ctx, tx, u, store.UserActive, store.UserDisabled)
		if err != nil || !moved {
			return err
		}
		return us.opts.Trail.Record(ctx, tx, c.By.Event(audit.KindUserEnabled, u.ID))
	})
}

// SignOut ends every session of a user.
//
// Errors: user_not_found; user_status for a user who was erased; outranked.
func (us *Users) SignOut(ctx context.Context, who string, c Change) error {
	return us.change(ctx, "sign user out", rbac.EndSessions, who, c, func(ctx context.Context, tx *store.Tx, u store.User) error {
		return us.end(ctx, tx, u, store.ReasonOperator, c.By.Event(audit.KindUserSignedOut, u.ID))
	})
}

// EndSession ends one session of a user.
//
// Errors: user_not_found; user_status for a user who was erased; outranked;
// session_not_found.
func (us *Users) EndSession(ctx context.Context, who, sessionID string, c Change) error {
	return us.change(ctx, "end session", rbac.EndSessions, who, c, func(ctx context.Context, tx *store.Tx, u store.User) error {
		return us.opts.Sessions.EndByOperator(ctx, tx, u.ID, sessionID, c.By)
	})
}

// change finds a user whom the operator may act on and does something to them, again if
// somebody else ended everything they had in the meantime. Whether the operator still
// has the permission is asked in the transaction, before it looks at the user.
func (us *Users) change(
	ctx context.Context, what, permission, who string, c Change, do func(ctx context.Context, tx *store.Tx, u store.User) error,
) error {
	err := store.Again(ctx, session.ErrEpochMoved, func(ctx context.Context) error {
		found, err := us.Find(ctx, who)
		if err != nil {
			return err
		}
		return us.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := us.opts.Roles.Hold(ctx, tx, c.By, permission, found.ID); err != nil {
				return err
			}
			// The row is held first, and read behind that: what is decided by it stays true.
			held, err := tx.Users.Hold(ctx, found.ID, found.Epoch, found.EmailCanonical)
			if err != nil {
				return err
			}
			if !held {
				return session.ErrEpochMoved
			}
			u, err := tx.Users.ByID(ctx, found.ID)
			if err != nil {
				return err
			}
			if u.Status == store.UserErased {
				return ErrStatus
			}
			if err := us.opts.Roles.MayAct(ctx, tx, c.By, u); err != nil {
				return err
			}
			if c.Seen != nil && *c.Seen != u.Version {
				return ErrChanged
			}
			return do(ctx, tx, u)
		})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// move changes the status, from one of those given, and reports false where it is
// that already.
func (us *Users) move(ctx context.Context, tx *store.Tx, u store.User, to store.UserStatus, from ...store.UserStatus) (bool, error) {
	if u.Status == to {
		return false, nil
	}
	if !slices.Contains(from, u.Status) {
		return false, ErrStatus
	}
	return rbac.SetStatus(ctx, tx, u.ID, u.Status, to, clock.Stored(us.opts.Clock))
}

// end records what was done and ends everything the user had.
func (us *Users) end(ctx context.Context, tx *store.Tx, u store.User, reason string, e audit.Event) error {
	if err := us.opts.Trail.Record(ctx, tx, e); err != nil {
		return err
	}
	return us.opts.Sessions.EndAll(ctx, tx, u, "", reason, e.Origin)
}
