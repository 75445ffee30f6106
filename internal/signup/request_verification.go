package signup

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// RequestVerification mails another verification link, if there is something to
// verify. The caller learns nothing: the answer and the work are the same for
// every address. Older links keep working, and no sign-up changes. proof is the
// one of the answer to a sign-up, or empty: the link then belongs to that
// sign-up, otherwise to the newest.
//
// Errors: invalid_input.
func (up *SignUps) RequestVerification(ctx context.Context, address, proof string, origin audit.Origin) error {
	return up.opts.Accounts.RequestMail(ctx, address, audit.KindVerificationRequested, mail.VerifyEmail, origin,
		func(ctx context.Context, tx *store.Tx, r account.MailRequest) (mail.Letter, error) {
			return up.resend(ctx, tx, r, proof)
		})
}

// resend writes the requested verification mail. It writes a row and a token for
// every address, with or without an account: otherwise a stranger could plant
// sign-ups and find out by their passwords.
func (up *SignUps) resend(ctx context.Context, tx *store.Tx, r account.MailRequest, proof string) (l mail.Letter, err error) {
	now, u := clock.Stored(up.opts.Clock), r.User()
	mailed, err := tx.Signups.Mailed(ctx, r.Canonical, now)
	if err != nil {
		return l, err
	}
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, now)
	if err != nil {
		return l, err
	}
	of, err := up.resent(ctx, tx, r.Canonical, proof)
	if err != nil {
		return l, err
	}
	active := r.Owner != nil && u.Status == store.UserActive
	open := active && (u.EmailVerifiedAt.IsZero() || u.ClaimedAt.IsZero()) // to be verified, or claimed
	pending := r.Owner == nil && of.ID != ""
	send := r.Allowed || open && !stands || pending && !mailed // over the limit, the only link that would work
	token, hash := link.Draw(store.PurposeVerifyEmail)
	row := account.NoSignUp(hash, now)
	if send && of.ID != "" {
		row = up.again(of, hash, pending)
	}
	if err := tx.Signups.Insert(ctx, row); err != nil {
		return l, err
	}
	last, err := tx.Tokens.NewestOfSignUp(ctx, u.ID, store.PurposeVerifyEmail)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return l, err
	}
	switch {
	case send && open:
		if last.UserEpoch != u.Epoch { // the password may be another than the one of the sign-up
			last = store.OneTimeToken{}
		}
		return up.verificationLetter(ctx, tx, u, last)
	case send && active:
		l = mail.Letter{Kind: mail.AccountExists, To: u.Email, Name: u.Name, Data: up.opts.Accounts.Told(r.Origin, now)}
	case send && pending:
		l = up.signUpLetter(row, token)
		l.Language = cmp.Or(r.Origin.Language, of.Language)
		l.Data = up.opts.Accounts.Told(audit.Origin{Address: of.IP, UserAgent: of.UserAgent}, of.CreatedAt)
	default:
		l = mail.Letter{Kind: mail.Blank, To: r.Address}
	}
	return l, up.opts.Accounts.WriteNothing(ctx, tx)
}

// again is the row of another link for a sign-up. It counts as mailed where the
// mail that goes out is this link's.
func (up *SignUps) again(of store.PendingSignup, hash string, mailed bool) store.PendingSignup {
	now, row := clock.Stored(up.opts.Clock), of
	row.ID, row.SignupID, row.TokenHash, row.PasswordHash, row.ProofHash = id.Ordered(), of.ID, hash, "", ""
	row.CreatedAt, row.ExpiresAt, row.ConsumedAt, row.MailedAt = now, now.Add(up.opts.VerifyEmailTTL), time.Time{}, time.Time{}
	if mailed {
		row.MailedAt = now
	}
	return row
}

// resent reads the sign-up of a requested link, or returns an empty one.
func (up *SignUps) resent(ctx context.Context, tx *store.Tx, canonical, proof string) (store.PendingSignup, error) {
	now := up.opts.Clock.Now()
	own, err := tx.Signups.ByProof(ctx, canonical, secret.Hash(proof), now)
	if err == nil {
		return own, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return own, err
	}
	newest, err := tx.Signups.Standing(ctx, canonical, now, 1)
	if err != nil || len(newest) == 0 {
		return store.PendingSignup{}, err
	}
	return newest[0], nil
}
