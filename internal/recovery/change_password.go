package recovery

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ChangePassword is the input of a change of password by a signed-in user.
type ChangePassword struct {
	session.Asker

	Current, New string
}

// ChangePassword sets a new password, ends every session of the user, and opens
// a new one for the caller. The session that asked answers session_replaced for
// the length of the refresh grace, so that a second tab reads its store again
// instead of signing out. Wrong current passwords count as guesses, against the
// session alone.
//
// Errors: invalid_credentials, weak_password, invalid_token, rate_limited, busy.
func (p *Passwords) ChangePassword(ctx context.Context, c ChangePassword) (session.Tokens, error) {
	u, err := p.opts.Accounts.Profile(ctx, c.UserID)
	if err != nil {
		return session.Tokens{}, err
	}
	budget := ratelimit.SessionBudget(c.SessionID)
	current, err := p.opts.Accounts.ProveCurrent(ctx, u, c.Current, budget, audit.Event{
		Kind: audit.KindPasswordChanged, ActorID: u.ID, UserID: u.ID, SessionID: c.SessionID, Origin: c.Origin,
	})
	if err != nil {
		return session.Tokens{}, err
	}
	if err := p.opts.Hasher.Acceptable(ctx, c.New, u.Email, u.Name); err != nil {
		return session.Tokens{}, err
	}
	encoded, err := p.opts.Hasher.Hash(ctx, c.New)
	if err != nil {
		return session.Tokens{}, err
	}
	var tokens session.Tokens
	err = account.Retry(ctx, func(ctx context.Context) error {
		return p.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) (err error) {
			tokens, err = p.changePassword(ctx, c, budget, current, encoded, a)
			return err
		})
	})
	return tokens, err
}

func (p *Passwords) changePassword(
	ctx context.Context, c ChangePassword, budget, current, encoded string, a *session.Approval,
) (session.Tokens, error) {
	readAt := p.opts.Clock.Now()
	var u store.User
	var opened store.Session
	err := p.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := p.opts.Sessions.Hold(ctx, tx, c.Asker); err != nil {
			return err
		}
		if u, err = tx.Users.ByID(ctx, c.UserID); err != nil {
			return err
		}
		replaced, err := tx.Credentials.Replace(ctx, u.ID, store.KindPassword, current, encoded, p.opts.Clock.Now())
		if err != nil {
			return err
		}
		if !replaced { // another change came first
			return account.ErrWrongPassword
		}
		if err := p.opts.Accounts.PasswordIsNew(ctx, tx, u, budget, audit.KindPasswordChanged, c.Origin, nil); err != nil {
			return err
		}
		opened, u, err = p.opts.Sessions.Replace(ctx, tx, session.Replacement{
			Asker: c.Asker, User: u, Reason: store.ReasonPasswordChanged, AMR: []string{session.AMRPassword}, ReadAt: readAt, Approval: a,
		})
		return err
	})
	if err != nil {
		return session.Tokens{}, fmt.Errorf("change password: %w", err)
	}
	return p.opts.Sessions.Issue(opened, u, a, readAt)
}
