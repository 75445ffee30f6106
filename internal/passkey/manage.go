package passkey

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// List gives a user's passkeys, oldest first.
func (p *Passkeys) List(ctx context.Context, userID string) ([]store.Passkey, error) {
	keys, err := p.opts.Store.Direct().Passkeys.List(ctx, userID, most)
	if err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	return keys, nil
}

// Rename changes what its owner calls a passkey.
//
// Errors: not_found, unusable_passkey.
func (p *Passkeys) Rename(ctx context.Context, h session.Asker, passkeyID, name string) (store.Passkey, error) {
	name, err := plainName(name)
	if err != nil {
		return store.Passkey{}, err
	}
	var keys []store.Passkey
	err = p.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := p.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		renamed, err := tx.Passkeys.Rename(ctx, h.UserID, passkeyID, name)
		if err != nil {
			return err
		}
		if !renamed {
			return ErrUnknown
		}
		if keys, err = tx.Passkeys.List(ctx, h.UserID, most); err != nil {
			return err
		}
		return p.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindPasskeyRenamed, Outcome: audit.Success, ActorID: h.UserID, UserID: h.UserID, SessionID: h.SessionID,
			Origin: h.Origin, Details: map[string]any{"passkey": passkeyID},
		})
	})
	if err != nil {
		return store.Passkey{}, fmt.Errorf("rename passkey: %w", err)
	}
	for _, k := range keys {
		if k.ID == passkeyID {
			return k, nil
		}
	}
	return store.Passkey{}, ErrUnknown
}

// Remove removes a passkey, ends every session of its owner, because any of them
// may have been opened with it, opens a new one for the caller, and tells the
// owner by mail. With the last second factor the recovery codes go.
//
// Errors: not_found, invalid_token.
func (p *Passkeys) Remove(ctx context.Context, h session.Asker, passkeyID string) (session.Tokens, error) {
	var tokens session.Tokens
	err := store.Again(ctx, session.ErrEpochMoved, func(ctx context.Context) error {
		return p.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) (err error) {
			tokens, err = p.remove(ctx, h, passkeyID, a)
			return err
		})
	})
	return tokens, err
}

func (p *Passkeys) remove(ctx context.Context, h session.Asker, passkeyID string, a *session.Approval) (session.Tokens, error) {
	readAt := p.opts.Clock.Now()
	var opened store.Session
	var u store.User
	err := p.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := p.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		deleted, err := tx.Passkeys.Delete(ctx, h.UserID, passkeyID)
		if err != nil {
			return err
		}
		if !deleted {
			return ErrUnknown
		}
		if u, err = tx.Users.ByID(ctx, h.UserID); err != nil { // after that, or a factor may come unseen
			return err
		}
		if u.Passkeys == 0 && !u.TOTP {
			if _, err := tx.Recovery.Drop(ctx, u.ID); err != nil {
				return err
			}
		}
		if err := p.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindPasskeyRemoved, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, SessionID: h.SessionID, Origin: h.Origin,
			Details: map[string]any{"passkey": passkeyID},
		}); err != nil {
			return err
		}
		if err := p.opts.Postman.Tell(ctx, tx, mail.PasskeyRemoved, u, h.Origin); err != nil {
			return err
		}
		opened, u, err = p.opts.Sessions.Replace(ctx, tx, session.Replacement{
			Asker: h, User: u, Reason: store.ReasonFactorRemoved, ReadAt: readAt, Approval: a,
		})
		return err
	})
	if err != nil {
		return session.Tokens{}, fmt.Errorf("remove passkey: %w", err)
	}
	return p.opts.Sessions.Issue(opened, u, a, readAt)
}
