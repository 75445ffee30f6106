package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Disownable reports whether a token from the mail about a new device would work
// right now, and shows the device that it is about. It changes nothing.
func (a *Accounts) Disownable(ctx context.Context, token string) (d session.Device, usable bool, err error) {
	if !secret.WellFormed(token, session.PrefixDisown) {
		return d, false, nil
	}
	t, err := a.Store.Direct().Tokens.ByHash(ctx, store.PurposeDisown, secret.Hash(token))
	if errors.Is(err, store.ErrNotFound) {
		return d, false, nil
	}
	if err != nil {
		return d, false, fmt.Errorf("look at token of a new device: %w", err)
	}
	if standing(a.Clock.Now(), t.ExpiresAt, t.ConsumedAt, t.SupersededAt) != "" {
		return d, false, nil
	}
	d, err = a.Sessions.Device(ctx, t.SessionID)
	if errors.Is(err, store.ErrNotFound) { // purged; the password still wants a change
		return session.Device{}, true, nil
	}
	if err != nil {
		return d, false, fmt.Errorf("read the new device: %w", err)
	}
	return d, true, nil
}

// Disown ends the session that a token from the mail about a new device is about,
// whoever asks, and mails its user a link to choose a new password: somebody else
// knows how to sign in. It ends no other session; the new password does that. Of
// any number of concurrent calls exactly one succeeds.
//
// The token is consumed also if the session has ended meanwhile, and the link is
// mailed all the same.
//
// Errors: invalid_token, busy.
func (a *Accounts) Disown(ctx context.Context, token string, origin audit.Origin) (err error) {
	ctx, span := telemetry.Start(ctx, "account.disown")
	defer func() { span.End(err) }()
	if !secret.WellFormed(token, session.PrefixDisown) {
		return ErrInvalidToken
	}
	var refused string
	err = a.retry(ctx, func(ctx context.Context) error {
		return a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
			t, why, err := a.consume(ctx, tx, store.PurposeDisown, secret.Hash(token))
			if refused = why; err != nil {
				return err
			}
			event := audit.Event{
				Kind: audit.KindSessionDisowned, Outcome: audit.Failure, Reason: why, UserID: t.UserID, SessionID: t.SessionID, Origin: origin,
			}
			if why != "" {
				// The refusal is an outcome: its audit event must be committed.
				return a.record(ctx, tx, event)
			}
			return a.disown(ctx, tx, t, event)
		})
	})
	if err != nil {
		return fmt.Errorf("disown session: %w", err)
	}
	if refused != "" {
		return ErrInvalidToken
	}
	return nil
}

// disown does what a token that was just consumed is for.
func (a *Accounts) disown(ctx context.Context, tx store.Tx, t store.OneTimeToken, event audit.Event) error {
	u, err := tx.Users.ByID(ctx, t.UserID)
	if err != nil {
		return err
	}
	held, err := holds(ctx, tx, &u)
	if err != nil {
		return err
	}
	if !held {
		return session.ErrEpochMoved // read it all again
	}
	ended, err := a.Sessions.EndDisowned(ctx, tx, u.ID, t.SessionID, event.Origin)
	if err != nil {
		return err
	}
	event.Outcome, event.ActorID, event.Email = audit.Success, u.ID, u.Email
	event.Details = map[string]any{"ended": ended}
	if err := a.record(ctx, tx, event); err != nil {
		return err
	}
	if u.Status != store.UserActive {
		return nil // nobody signs in there, whatever they know
	}
	return a.mailReset(ctx, tx, u, mail.ResetPassword)
}
