package signup

import (
	"context"
	"errors"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Renewals are how the links of sign-ups, and those that claim an account, are
// renewed, and those of invitations.
func (up *SignUps) Renewals() mail.Renewals {
	return mail.Renewals{link.Invitation: up.renewInvitation, store.PurposeVerifyEmail: func(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
		if l.TokenTable == mail.TokenPendingSignup {
			return up.renewSignUp(ctx, tx, l)
		}
		return up.renewToken(ctx, tx, l)
	}}
}

// renewSignUp puts another row with another link in the place of a pending
// sign-up. Its password and its place among the others stay: it is the same
// sign-up. Where the address has an account nothing changes.
func (up *SignUps) renewSignUp(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	p, err := tx.Signups.ByID(ctx, l.TokenID)
	if errors.Is(err, store.ErrNotFound) {
		return l, jobs.Obsolete("the sign-up is gone")
	}
	if err != nil {
		return l, err
	}
	u, err := store.Optional(tx.Users.ByEmail(ctx, p.EmailCanonical))
	if err != nil {
		return l, err
	}
	if u != nil {
		return l, jobs.Obsolete("the address has an account by now")
	}
	now := up.opts.Clock.Now()
	replaced, err := tx.Signups.Supersede(ctx, p.ID, now)
	if err != nil {
		return l, err
	}
	if !replaced {
		return l, jobs.Obsolete("the sign-up was confirmed, or a newer link was asked for")
	}
	token, hash := link.Draw(store.PurposeVerifyEmail)
	p.ID, p.TokenHash, p.ExpiresAt = id.Ordered(), hash, now.Add(up.opts.VerifyEmailTTL)
	p.MailedAt = now
	return up.signUpLetter(p, token), tx.Signups.Insert(ctx, p)
}

// renewToken mints another link for an account that exists. What it says of its
// sign-up stays.
func (up *SignUps) renewToken(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	return up.opts.Accounts.RenewToken(ctx, tx, l, account.Renewal{
		Serves: func(u store.User, _ store.OneTimeToken) error {
			if !u.EmailVerifiedAt.IsZero() && !u.ClaimedAt.IsZero() {
				return jobs.Obsolete("the address is verified by now")
			}
			return nil
		},
		Adjust: func(_ context.Context, _ *store.Tx, t store.OneTimeToken, renewed *store.OneTimeToken, _ store.User) error {
			renewed.ProofHash, renewed.IP, renewed.UserAgent = t.ProofHash, t.IP, t.UserAgent
			return nil
		},
	})
}
