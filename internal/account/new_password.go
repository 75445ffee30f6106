package account

import (
	"context"
	"errors"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// SetByMail gives an account a new password because of a mailed link, ends every
// session and tells the user. It starts an unclaimed account afresh: whoever added
// something before may be a stranger.
func (a *Accounts) SetByMail(ctx context.Context, tx *store.Tx, u store.User, encoded string, origin audit.Origin) error {
	if err := a.replacePassword(ctx, tx, u, encoded); err != nil {
		return err
	}
	gone, err := a.clear(ctx, tx, u)
	if err != nil {
		return err
	}
	told := u
	told.EmailVerifiedAt = clock.Stored(a.opts.Clock) // the reader of the mailbox is the one who asks
	if err := a.PasswordIsNew(ctx, tx, told, "", audit.KindPasswordReset, origin, gone); err != nil {
		return err
	}
	if err := a.opts.Sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, origin); err != nil {
		return err
	}
	return a.MarkVerified(ctx, tx, u, true)
}

// replacePassword stores a new hash in place of whatever there was.
func (a *Accounts) replacePassword(ctx context.Context, tx *store.Tx, u store.User, encoded string) error {
	old, err := tx.Credentials.ByKind(ctx, u.ID, store.KindPassword)
	if errors.Is(err, store.ErrNotFound) {
		c := PasswordCredential(u, encoded)
		c.CreatedAt = a.opts.Clock.Now()
		c.UpdatedAt = c.CreatedAt
		return tx.Credentials.Insert(ctx, c)
	}
	if err != nil {
		return err
	}
	replaced, err := tx.Credentials.Replace(ctx, u.ID, store.KindPassword, old.Secret, encoded, a.opts.Clock.Now())
	if err == nil && !replaced {
		return session.ErrEpochMoved
	}
	return err
}

// PasswordIsNew does what every new password brings, but for the end of
// sessions, which is the caller's: reset tokens are consumed, guesses and codes
// are forgotten, the user is told, also of what went with the old one.
func (a *Accounts) PasswordIsNew(
	ctx context.Context, tx *store.Tx, u store.User, budget, kind string, origin audit.Origin, gone *store.FactorsGone,
) error {
	if _, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, a.opts.Clock.Now()); err != nil {
		return err
	}
	if err := a.opts.Guesses.Clear(ctx, tx, u.EmailCanonical, budget); err != nil {
		return err
	}
	if err := a.opts.Codes.Forgive(ctx, tx, u.ID); err != nil {
		return err
	}
	event := audit.Event{
		Kind: kind, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin, Details: details(gone),
	}
	if err := a.opts.Trail.Record(ctx, tx, event); err != nil {
		return err
	}
	data := mail.Circumstances(origin, a.opts.Clock.Now())
	if gone != nil && *gone != (store.FactorsGone{}) {
		data[mail.DataCleared] = "yes"
	}
	return a.opts.Postman.Notify(ctx, tx, u, mail.Letter{Kind: mail.PasswordChanged, Data: data})
}

// details is what the trail says of what was removed.
func details(gone *store.FactorsGone) map[string]any {
	if gone == nil {
		return nil
	}
	return map[string]any{
		"cleared": true, "passkeys": gone.Passkeys, "code_generators": gone.CodeGenerators, "recovery_codes": gone.RecoveryCodes,
		"identities": gone.Identities,
	}
}

// PasswordCredential is the credential of a user whose password has the hash given.
func PasswordCredential(u store.User, hash string) store.Credential {
	return store.Credential{
		ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: hash,
		CreatedAt: u.UpdatedAt, UpdatedAt: u.UpdatedAt,
	}
}

// MayReset reports whether a user may get a new password. One who is pending
// deletion may, because it may be a thief who deleted the account, with a password
// that only the thief knows; it restores nothing by itself.
func MayReset(u store.User) bool {
	return u.Status == store.UserActive || u.Status == store.UserPendingDeletion
}
