package signup

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// SignUp is the input of a sign-up.
type SignUp struct {
	Email, Password, Name string
	Origin                audit.Origin
}

// SignedUp is the answer to a sign-up. Proof, sent with the mailed link, shows
// that the program or browser that signed up also uses the link. User is set
// only where verification is not required.
type SignedUp struct {
	Proof string
	User  *store.User
}

// SignUp takes a sign-up. It answers the same, after the same work, whether or
// not the address has an account; its owner is told by mail. Over the recipient's
// limit of mails the sign-up is kept all the same: a link that was mailed before
// takes its password as well.
//
// Errors: invalid_input, weak_password, sign_up_closed, sign_up_refused, busy,
// unavailable, and email_taken where verification is not required.
func (up *SignUps) SignUp(ctx context.Context, s SignUp) (done SignedUp, err error) {
	ctx, span := telemetry.Start(ctx, "account.sign_up")
	defer func() { span.End(err) }()
	if !up.opts.Open {
		return SignedUp{}, ErrSignUpClosed
	}
	// Asked before anything is looked up about the address: what the operator's program
	// answers, and how long it takes, is the same whether or not there is an account.
	n, err := up.newcomer(ctx, s.Email, s.Password, s.Name, func(n newcomer) error {
		if err := up.opts.Accounts.CheckDomain("email", n.canonical); err != nil {
			return err
		}
		return up.opts.Gate.BeforeSignUp(ctx, hook.SignUp{Email: n.email, Name: n.name, Origin: s.Origin})
	})
	if err != nil {
		return SignedUp{}, err
	}
	origin := s.Origin.Clip()
	proof, hash := secret.NewToken(prefixProof)
	if up.opts.RequireVerifiedEmail {
		return SignedUp{Proof: proof}, up.signUpPending(ctx, n, hash, origin)
	}
	u, err := up.signUpAtOnce(ctx, n, hash, origin)
	return SignedUp{Proof: proof, User: &u}, err
}

// newcomer is a sign-up whose parts have been read and whose password has been
// hashed.
type newcomer struct {
	email, canonical, name, passwordHash string
}

// newcomer reads who is to get an account, lets a check refuse them, and hashes the
// password.
func (up *SignUps) newcomer(ctx context.Context, typed, plain, display string, check func(newcomer) error) (n newcomer, err error) {
	n.email = address.Trim(typed)
	if n.canonical, err = account.ReadEmail(n.email); err != nil {
		return newcomer{}, err
	}
	if n.name, err = account.ReadName(display); err != nil {
		return newcomer{}, err
	}
	if err := up.opts.Hasher.Acceptable(ctx, plain, n.email, n.name); err != nil {
		return newcomer{}, err
	}
	if err := check(n); err != nil {
		return newcomer{}, err
	}
	n.passwordHash, err = up.opts.Hasher.Hash(ctx, plain)
	return n, err
}

func (up *SignUps) signUpPending(ctx context.Context, n newcomer, proofHash string, origin audit.Origin) error {
	token, hash := link.Draw(store.PurposeVerifyEmail)
	now := clock.Stored(up.opts.Clock)
	err := up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		pending := store.PendingSignup{
			ID: id.Ordered(), Email: n.email, EmailCanonical: n.canonical, PasswordHash: n.passwordHash, Name: n.name,
			TokenHash: hash, ProofHash: proofHash, Source: sourceOf(origin), IP: origin.Address, UserAgent: origin.UserAgent,
			Language: origin.Language, CreatedAt: now, ExpiresAt: now.Add(up.opts.VerifyEmailTTL),
		}
		allowed, err := up.opts.Postman.Allow(ctx, tx, mail.VerifyEmail, n.email)
		if err != nil {
			return err
		}
		owner, err := store.Optional(tx.Users.ByEmail(ctx, n.canonical))
		if err != nil {
			return err
		}
		mailed, err := tx.Signups.Mailed(ctx, n.canonical, now)
		if err != nil {
			return err
		}
		l := mail.Letter{Kind: mail.Blank, To: n.email}
		switch {
		case owner != nil && allowed:
			l = mail.Letter{Kind: mail.AccountExists, To: n.email, Data: up.opts.Accounts.Told(origin, now)}
		case owner == nil && (allowed || !mailed):
			pending.MailedAt = now
			l = up.signUpLetter(pending, token)
		}
		if err := up.addSignUp(ctx, tx, pending); err != nil {
			return err
		}
		event := audit.Event{Kind: audit.KindSignUpRequested, Outcome: audit.Success, Email: n.email, Origin: origin}
		if owner != nil {
			event.UserID = owner.ID // so that it is found with what is theirs
		}
		if err := up.opts.Trail.Record(ctx, tx, event); err != nil {
			return err
		}
		return up.opts.Postman.Enqueue(ctx, tx, l)
	})
	if err != nil {
		return fmt.Errorf("sign up: %w", err)
	}
	return nil
}

// signUpLetter asks for a confirmation and describes the sign-up: time, place,
// browser and name.
func (up *SignUps) signUpLetter(p store.PendingSignup, token string) mail.Letter {
	return mail.Letter{
		Kind: mail.VerifyEmail, To: p.Email, Name: p.Name, Language: p.Language,
		Token: token, TokenID: p.ID, TokenTable: mail.TokenPendingSignup, ExpiresAt: p.ExpiresAt,
		Data: up.opts.Accounts.Told(audit.Origin{Address: p.IP, UserAgent: p.UserAgent}, p.CreatedAt),
	}
}

func (up *SignUps) signUpAtOnce(ctx context.Context, n newcomer, proofHash string, origin audit.Origin) (store.User, error) {
	u := up.newUser(n, nil)
	u.Language = origin.Language
	err := up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := up.insertUser(ctx, tx, u, n.passwordHash, origin); err != nil {
			return err
		}
		if _, err := up.opts.Postman.Allow(ctx, tx, mail.VerifyEmail, n.email); err != nil {
			return err
		}
		// Sent even over the limit: it is the first link of this account.
		return up.mailVerification(ctx, tx, u, store.OneTimeToken{ProofHash: proofHash, IP: origin.Address, UserAgent: origin.UserAgent})
	})
	if errors.Is(err, store.ErrTaken) {
		return store.User{}, account.ErrEmailTaken
	}
	if err != nil {
		return store.User{}, fmt.Errorf("sign up: %w", err)
	}
	return u, nil
}

// newUser is the record of an account that is about to be made.
func (up *SignUps) newUser(n newcomer, roles []string) store.User {
	now := clock.Stored(up.opts.Clock)
	return store.User{
		ID: id.Random(), Email: n.email, EmailCanonical: n.canonical, Name: n.name, Metadata: "{}", Roles: roles,
		Status: store.UserActive, Epoch: 1, CreatedAt: now, UpdatedAt: now,
	}
}

// insertUser adds a user and, unless the hash is empty, a password. It returns
// store.ErrTaken if the address has a user.
func (up *SignUps) insertUser(ctx context.Context, tx *store.Tx, u store.User, passwordHash string, origin audit.Origin) error {
	// Looked up first: a unique violation would spoil the whole transaction on
	// PostgreSQL. The unique key is the last guard.
	if _, err := tx.Users.ByEmail(ctx, u.EmailCanonical); err == nil {
		return store.ErrTaken
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := tx.Users.Insert(ctx, u); err != nil {
		return err
	}
	if err := rbac.Made(ctx, tx, u); err != nil {
		return err
	}
	if passwordHash != "" {
		if err := tx.Credentials.Insert(ctx, account.PasswordCredential(u, passwordHash)); err != nil {
			return err
		}
	}
	return up.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindUserCreated, Outcome: audit.Success, UserID: u.ID, Email: u.Email, Origin: origin,
	})
}
