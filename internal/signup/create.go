package signup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Create is the input of a user that an operator creates.
type Create struct {
	Email, Password, Name string
	Roles                 []string
	Verified              bool
	Origin                audit.Origin
}

// Create creates a user for an operator, who may know which addresses have
// accounts. Unless the address counts as verified, its owner gets a verification
// link.
//
// Errors: invalid_input, weak_password, email_taken.
func (up *SignUps) Create(ctx context.Context, c Create) (store.User, error) {
	n, err := up.newcomer(ctx, c.Email, c.Password, c.Name, func(newcomer) error { return nil }) // the operator made up their mind
	if err != nil {
		return store.User{}, err
	}
	roles := slices.Clone(c.Roles)
	slices.Sort(roles)
	u := up.newUser(n, slices.Compact(roles))
	u.ClaimedAt = u.CreatedAt // the operator says whose it is
	if c.Verified {
		u.EmailVerifiedAt = u.CreatedAt
	}
	err = up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := up.insertUser(ctx, tx, u, n.passwordHash, c.Origin); err != nil {
			return err
		}
		if c.Verified {
			return nil
		}
		return up.mailVerification(ctx, tx, u, store.OneTimeToken{})
	})
	if errors.Is(err, store.ErrTaken) {
		return store.User{}, account.ErrEmailTaken
	}
	if err != nil {
		return store.User{}, fmt.Errorf("create user: %w", err)
	}
	return u, nil
}
