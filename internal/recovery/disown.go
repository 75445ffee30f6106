package recovery

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Disownable reports whether a token from the mail about a new device would work
// right now, and shows the device that it is about. It changes nothing.
func (p *Passwords) Disownable(ctx context.Context, token string) (d session.Device, usable bool, err error) {
	t, ok, err := p.opts.Accounts.Usable(ctx, store.PurposeDisown, token)
	if err != nil || !ok {
		return d, false, err
	}
	d, err = p.opts.Sessions.Device(ctx, t.SessionID)
	if errors.Is(err, store.ErrNotFound) { // purged; the password still wants a change
		return session.Device{}, true, nil
	}
	if err != nil {
		return d, false, fmt.Errorf("read the new device: %w", err)
	}
	return d, true, nil
}

// Disown ends the session of a token from the mail about a new device, and mails
// its user a link to choose a new password, because a stranger can sign in. The
// caller needs no session. It ends no other session; the new password does that.
// Of any number of concurrent calls exactly one succeeds.
//
// The token is consumed also if the session has ended meanwhile, and the link is
// mailed all the same.
//
// Errors: invalid_token, busy.
func (p *Passwords) Disown(ctx context.Context, token string, origin audit.Origin) (err error) {
	ctx, span := telemetry.Start(ctx, "account.disown")
	defer func() { span.End(err) }()
	s := link.Spending{Purpose: store.PurposeDisown, Token: token, Origin: origin}
	refused, err := p.opts.Accounts.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (string, error) {
		return "", p.disown(ctx, tx, t, origin)
	})
	if err != nil {
		return fmt.Errorf("disown session: %w", err)
	}
	if refused != "" {
		return account.ErrInvalidToken
	}
	return nil
}

// disown carries out a token that was just consumed.
func (p *Passwords) disown(ctx context.Context, tx *store.Tx, t store.OneTimeToken, origin audit.Origin) error {
	u, err := tx.Users.ByID(ctx, t.UserID)
	if err != nil {
		return err
	}
	held, err := account.Holds(ctx, tx, &u)
	if err != nil {
		return err
	}
	if !held {
		return session.ErrEpochMoved // read it all again
	}
	ended, err := p.opts.Sessions.EndDisowned(ctx, tx, u.ID, t.SessionID, origin)
	if err != nil {
		return err
	}
	if err := p.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindSessionDisowned, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, SessionID: t.SessionID, Email: u.Email,
		Origin: origin, Details: map[string]any{"ended": ended},
	}); err != nil {
		return err
	}
	if u.Status != store.UserActive {
		return nil // nobody signs in there, whatever they know
	}
	return p.opts.Accounts.MailLink(ctx, tx, u, store.PurposeResetPassword, mail.Letter{Kind: mail.ResetPassword})
}
