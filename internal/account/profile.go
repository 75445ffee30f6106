package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Profile reads the user behind a verified token.
//
// Errors: invalid_token if the user is gone or may not sign in.
func (a *Accounts) Profile(ctx context.Context, userID string) (store.User, error) {
	u, err := a.opts.Store.Direct().Users.ByID(ctx, userID)
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
	Language *string // of the user's mails, as a tag (RFC 5646); empty for none
	Zoneinfo *string // a name of the IANA time zone database; empty for none
	Metadata *json.RawMessage
}

// UpdateProfile changes the members that are given, and no others: two changes of
// different members do not undo one another.
//
// Errors: invalid_input, invalid_token.
func (a *Accounts) UpdateProfile(ctx context.Context, h session.Asker, change ProfileChange) (store.User, error) {
	to, err := change.read()
	if err != nil {
		return store.User{}, err
	}
	var u store.User
	err = a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := a.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		changed, err := tx.Users.SetProfile(ctx, h.UserID, to, clock.Stored(a.opts.Clock))
		if err != nil {
			return err
		}
		if !changed {
			return ErrSignedOut
		}
		if u, err = tx.Users.ByID(ctx, h.UserID); err != nil {
			return err
		}
		return a.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindProfileChanged, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, SessionID: h.SessionID, Origin: h.Origin,
		})
	})
	if err != nil {
		return store.User{}, fmt.Errorf("update profile: %w", err)
	}
	return u, nil
}

// read checks what is to change, and gives it as it is stored.
func (change ProfileChange) read() (to store.Profile, err error) {
	if change.Name != nil {
		s, err := ReadName(*change.Name)
		if err != nil {
			return to, err
		}
		to.Name = &s
	}
	if change.Language != nil {
		s, err := language(*change.Language)
		if err != nil {
			return to, err
		}
		to.Language = &s
	}
	if change.Zoneinfo != nil {
		if err := checkZoneinfo(*change.Zoneinfo); err != nil {
			return to, err
		}
		to.Zoneinfo = change.Zoneinfo
	}
	if change.Metadata != nil {
		s, err := ReadMetadata(*change.Metadata)
		if err != nil {
			return to, err
		}
		to.Metadata = &s
	}
	return to, nil
}
