package recovery

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Renewals are how the links that reset a password and disown a sign-in are renewed.
func (p *Passwords) Renewals() mail.Renewals {
	return mail.Renewals{
		store.PurposeResetPassword: func(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
			return p.opts.Accounts.RenewToken(ctx, tx, l, account.Renewal{})
		},
		store.PurposeDisown: func(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
			return p.opts.Accounts.RenewToken(ctx, tx, l, account.Renewal{Adjust: p.renewDisown})
		},
	}
}

// renewDisown refuses a link that disowns a sign-in which is over.
func (p *Passwords) renewDisown(ctx context.Context, tx *store.Tx, t store.OneTimeToken, _ *store.OneTimeToken, _ store.User) error {
	lives, err := p.opts.Sessions.Lives(ctx, tx, t.SessionID)
	if err == nil && !lives {
		err = jobs.Obsolete("the session that it is about has ended")
	}
	return err
}
