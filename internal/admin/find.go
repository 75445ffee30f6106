package admin

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Find reads the user who has an id or an email address. What is left of an erased
// user is found by its id.
//
// Errors: user_not_found.
func (us *Users) Find(ctx context.Context, who string) (store.User, error) {
	users := us.opts.Store.Direct().Users
	u, err := users.ByID(ctx, who)
	if canonical, ok := address.Canonical(who); ok && errors.Is(err, store.ErrNotFound) {
		u, err = users.ByEmail(ctx, canonical)
	}
	if errors.Is(err, store.ErrNotFound) {
		return u, ErrUnknown
	}
	if err != nil {
		return u, fmt.Errorf("find user: %w", err)
	}
	return u, nil
}

// List gives a page of users by id; the cursor is the id.
func (us *Users) List(ctx context.Context, page store.Page) ([]store.User, error) {
	list, err := us.opts.Store.Direct().Users.List(ctx, page)
	if err != nil {
		return nil, fmt.Errorf("list users: %w", err)
	}
	return list, nil
}

// Devices lists where a user is signed in, the most recently used first, up to
// [session.MaxListed].
func (us *Users) Devices(ctx context.Context, userID string) ([]session.Device, error) {
	page, err := us.opts.Sessions.Devices(ctx, session.DeviceList{UserID: userID, Limit: session.MaxListed})
	return page.Items, err
}

// EachDevice gives where a user is signed in, the most recently used first, until do
// wants no more.
func (us *Users) EachDevice(ctx context.Context, userID string, do func(session.Device) (more bool)) error {
	for list := (session.DeviceList{UserID: userID, Limit: session.MaxListed}); ; {
		page, err := us.opts.Sessions.Devices(ctx, list)
		if err != nil {
			return err
		}
		for _, d := range page.Items {
			if !do(d) {
				return nil
			}
		}
		if list.After = page.Next; page.Next == "" {
			return nil
		}
	}
}

// ByID reads the user who has an id.
//
// Errors: user_not_found.
func (us *Users) ByID(ctx context.Context, userID string) (store.User, error) {
	u, err := us.opts.Store.Direct().Users.ByID(ctx, userID)
	if errors.Is(err, store.ErrNotFound) {
		return u, ErrUnknown
	}
	if err != nil {
		return u, fmt.Errorf("read user: %w", err)
	}
	return u, nil
}

// MayAct makes sure that an operator is above a user, for whoever asks before a change.
// The change asks again.
//
// Errors: outranked.
func (us *Users) MayAct(ctx context.Context, by audit.Operator, u store.User) error {
	return us.opts.Roles.MayAct(ctx, us.opts.Store.Direct(), by, u)
}
