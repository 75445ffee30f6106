package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Profile reads the user behind a verified token.
//
// Errors: invalid_token if the user is gone or may not sign in.
func (a *Accounts) Profile(ctx context.Context, userID string) (store.User, error) {
	u, err := a.Store.Direct().Users.ByID(ctx, userID)
	if errors.Is(err, store.ErrNotFound) || err == nil && u.Status != store.UserActive {
		return store.User{}, ErrSignedOut
	}
	if err != nil {
		return store.User{}, fmt.Errorf("read user: %w", err)
	}
	return u, nil
}

// ProfileChange is what a user may change of their profile. What is nil stays.
// Metadata replaces the whole object.
type ProfileChange struct {
	Name     *string
	Metadata *json.RawMessage
}

// UpdateProfile changes name and metadata, each only if given, by
// compare-and-set: two changes of different members do not undo one another.
//
// Errors: invalid_input, invalid_token, busy.
func (a *Accounts) UpdateProfile(
	ctx context.Context, userID string, change ProfileChange, origin audit.Origin,
) (store.User, error) {
	var newName, newMetadata *string
	if change.Name != nil {
		s, err := name(*change.Name)
		if err != nil {
			return store.User{}, err
		}
		newName = &s
	}
	if change.Metadata != nil {
		s, err := metadata(*change.Metadata)
		if err != nil {
			return store.User{}, err
		}
		newMetadata = &s
	}
	for range changeTries {
		u, changed, err := a.updateProfile(ctx, userID, newName, newMetadata, origin)
		if err != nil || changed {
			return u, err
		}
	}
	return store.User{}, password.ErrBusy
}

func (a *Accounts) updateProfile(
	ctx context.Context, userID string, newName, newMetadata *string, origin audit.Origin,
) (u store.User, changed bool, err error) {
	u, err = a.Profile(ctx, userID)
	if err != nil {
		return u, false, err
	}
	seen := u.UpdatedAt
	if newName != nil {
		u.Name = *newName
	}
	if newMetadata != nil {
		u.Metadata = *newMetadata
	}
	// A compare-and-set needs every change to look new, also to a clock that
	// stands still.
	if u.UpdatedAt = a.now(); !u.UpdatedAt.After(seen) {
		u.UpdatedAt = seen.Add(time.Microsecond)
	}
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) (err error) {
		changed, err = tx.Users.SetProfile(ctx, u.ID, seen, u.Name, u.Metadata, u.UpdatedAt)
		if err != nil || !changed {
			return err
		}
		return a.record(ctx, tx, audit.Event{
			Kind: audit.KindProfileChanged, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Origin: origin,
		})
	})
	if err != nil {
		return u, false, fmt.Errorf("update profile: %w", err)
	}
	return u, changed, nil
}
