package signup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Verifiable is what the page of a verification link shows: whether the link
// would work now, its address, and the sign-up with name, time and place. Known
// is true in the browser that signed up, where no password is needed.
type Verifiable struct {
	Usable     bool
	Email      string
	Name       string // as it was typed; nobody knows by whom
	SignedUpAt time.Time
	From       audit.Origin
	Place      string
	Known      bool
}

// Verifiable looks at a verification link. It changes nothing, so link scanners
// do no harm. proof is the one of the answer to the sign-up, or empty.
func (up *SignUps) Verifiable(ctx context.Context, token, proof string) (v Verifiable, err error) {
	if !link.WellFormed(store.PurposeVerifyEmail, token) {
		return Verifiable{}, nil
	}
	d := up.opts.Store.Direct()
	p, err := d.Signups.ByTokenHash(ctx, secret.Hash(token))
	if errors.Is(err, store.ErrNotFound) {
		return up.verifiableAccount(ctx, token, proof)
	}
	if err != nil {
		return Verifiable{}, fmt.Errorf("look at verification token: %w", err)
	}
	if link.State(up.opts.Clock.Now(), p.ExpiresAt, p.ConsumedAt, p.SupersededAt) != "" {
		return Verifiable{}, nil
	}
	owner, err := store.Optional(d.Users.ByEmail(ctx, p.EmailCanonical))
	if err != nil {
		return Verifiable{}, fmt.Errorf("look at owner of pending address: %w", err)
	}
	s, err := up.signUpOf(ctx, d, p)
	if err != nil {
		return Verifiable{}, fmt.Errorf("look at the sign-up of a link: %w", err)
	}
	if owner != nil {
		return Verifiable{}, nil
	}
	v = Verifiable{Usable: true, Email: p.Email, Name: s.Name, SignedUpAt: s.CreatedAt, From: audit.Origin{Address: p.IP, UserAgent: p.UserAgent}}
	v.Known = s.PasswordHash != "" && proves(proof, s.ProofHash)
	return up.placed(v), nil
}

// verifiableAccount looks at a link that was mailed to the user of an account.
func (up *SignUps) verifiableAccount(ctx context.Context, token, proof string) (v Verifiable, err error) {
	t, ok, err := up.opts.Accounts.Usable(ctx, store.PurposeVerifyEmail, token)
	if err != nil || !ok {
		return Verifiable{}, err
	}
	u, err := up.opts.Store.Direct().Users.ByID(ctx, t.UserID)
	if err != nil {
		return Verifiable{}, fmt.Errorf("read user of verification token: %w", err)
	}
	v = Verifiable{Usable: true, Email: u.Email, Name: u.Name, SignedUpAt: u.CreatedAt, From: audit.Origin{Address: t.IP, UserAgent: t.UserAgent}}
	v.Known = t.UserEpoch == u.Epoch && proves(proof, t.ProofHash)
	return up.placed(v), nil
}

func (up *SignUps) placed(v Verifiable) Verifiable {
	if up.opts.Places != nil && v.From.Address != "" {
		v.Place = up.opts.Places.Of(v.From.Address)
	}
	return v
}

// Verification is the input of a verification: the token of the mailed link,
// which proves access to the mailbox, and at most one of the password chosen at
// sign-up, a new password, and the proof of the sign-up. Alone is set where the
// link alone may be enough. Opened is set where the link was opened without
// pressing a button: there must then be no other sign-up of the address,
// whatever else was sent.
type Verification struct {
	Token                        string
	Password, NewPassword, Proof string
	Alone, Opened                bool
	Origin                       audit.Origin
	// Then does more in the same transaction, with the user as they are then. It
	// may be nil.
	Then func(ctx context.Context, tx *store.Tx, u store.User) error
}

// by names, for the audit trail, the proof that came with the link.
func (v Verification) by() string {
	switch {
	case v.NewPassword != "":
		return "new_password"
	case v.Password != "":
		return "password"
	case v.Proof != "":
		return "sign_up"
	default:
		return "link"
	}
}

// VerifyEmail consumes a verification link and returns the user. The link of a
// sign-up creates the account with the password of the [Verification]; other
// sign-ups of the address stay as they are and open nothing. The link alone is
// enough for its own sign-up as long as there is no sign-up of the address from
// another network or browser. Of any number of concurrent calls exactly one
// succeeds.
//
// A wrong password counts against the address, apart from sign-ins, and spends
// nothing.
//
// Errors: invalid_token, password_required, invalid_credentials, weak_password,
// rate_limited, busy.
func (up *SignUps) VerifyEmail(ctx context.Context, v Verification) (u store.User, err error) {
	ctx, span := telemetry.Start(ctx, "account.verify_email")
	defer func() { span.End(err) }()
	if !link.WellFormed(store.PurposeVerifyEmail, v.Token) {
		return store.User{}, account.ErrInvalidToken
	}
	v.Origin = v.Origin.Clip()
	s := link.Spending{Purpose: store.PurposeVerifyEmail, Token: v.Token, Origin: v.Origin}
	p, err := up.opts.Store.Direct().Signups.ByTokenHash(ctx, secret.Hash(v.Token))
	switch {
	case err == nil:
		u, err = up.verifySignUp(ctx, s, p, v)
	case errors.Is(err, store.ErrNotFound):
		u, err = up.verifyAccount(ctx, s, v)
	}
	if errors.Is(err, store.ErrTaken) {
		return store.User{}, account.ErrInvalidToken // another link of the address won this very moment
	}
	if err != nil {
		return store.User{}, fmt.Errorf("verify email address: %w", err)
	}
	return u, nil
}

// choice is the password with which an account is made.
type choice struct {
	passwordHash string
	signup       store.PendingSignup // whose password it is; zero for a new one
	claims       bool
}

// verifySignUp makes the account of a sign-up.
func (up *SignUps) verifySignUp(ctx context.Context, s link.Spending, p store.PendingSignup, v Verification) (u store.User, err error) {
	if why := link.State(up.opts.Clock.Now(), p.ExpiresAt, p.ConsumedAt, p.SupersededAt); why != "" {
		return u, up.opts.Accounts.RefuseLink(ctx, s, store.OneTimeToken{}, why)
	}
	owner, err := store.Optional(up.opts.Store.Direct().Users.ByEmail(ctx, p.EmailCanonical))
	if err != nil {
		return u, err
	}
	var chosen choice
	if owner == nil {
		if chosen, err = up.choose(ctx, p, v); err != nil {
			return u, err
		}
	}
	var refused string
	err = up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		u, refused, err = up.makeAccount(ctx, tx, p, chosen, v)
		if err != nil || refused == "" {
			return err
		}
		return up.opts.Links.Refuse(ctx, tx, s, store.OneTimeToken{UserID: u.ID}, refused)
	})
	if err == nil && refused != "" {
		err = account.ErrInvalidToken
	}
	return u, err
}

// choose determines the password with which the account of a sign-up is created.
func (up *SignUps) choose(ctx context.Context, p store.PendingSignup, v Verification) (choice, error) {
	switch {
	case v.NewPassword != "":
		if err := up.opts.Hasher.Acceptable(ctx, v.NewPassword, p.Email); err != nil {
			return choice{}, err
		}
		encoded, err := up.opts.Hasher.Hash(ctx, v.NewPassword)
		return choice{passwordHash: encoded, claims: true}, err
	case v.Password != "":
		return up.matching(ctx, p, v)
	}
	d := up.opts.Store.Direct()
	s, err := up.signUpOf(ctx, d, p)
	if err != nil {
		return choice{}, err
	}
	own := choice{passwordHash: s.PasswordHash, signup: s, claims: true}
	proven := proves(v.Proof, s.ProofHash)
	switch {
	case s.PasswordHash == "", v.Proof != "" && !proven, v.Proof == "" && !v.Alone:
		return choice{}, account.ErrPasswordRequired
	case proven && !v.Opened:
		return own, nil
	}
	competes, err := d.Signups.Competes(ctx, p.EmailCanonical, s.Source, up.opts.Clock.Now())
	if err != nil {
		return choice{}, err
	}
	if competes {
		return choice{}, account.ErrPasswordRequired
	}
	own.claims = proven || s.Source != "" && s.Source == sourceOf(v.Origin)
	return own, nil
}

// matching finds the sign-up of the address that has the typed password, the
// link's own first.
func (up *SignUps) matching(ctx context.Context, p store.PendingSignup, v Verification) (choice, error) {
	if err := up.linkGuesses.Take(ctx, p.EmailCanonical); err != nil {
		return choice{}, err
	}
	rows, err := up.passwords(ctx, up.opts.Store.Direct(), p.EmailCanonical)
	if err != nil {
		return choice{}, errors.Join(err, up.linkGuesses.GiveBack(ctx, p.EmailCanonical))
	}
	own := p.ID
	if p.SignupID != "" {
		own = p.SignupID
	}
	hashes := []string{""}
	found := []store.PendingSignup{{}}
	for _, r := range rows {
		if r.ID == own {
			hashes[0], found[0] = r.PasswordHash, r
		} else {
			hashes, found = append(hashes, r.PasswordHash), append(found, r)
		}
	}
	n, err := up.opts.Hasher.VerifyAny(ctx, hashes, v.Password)
	if err != nil {
		return choice{}, errors.Join(err, up.linkGuesses.GiveBack(ctx, p.EmailCanonical))
	}
	if n < 0 {
		return choice{}, up.opts.Accounts.WrongOnLink(ctx, "", p.Email, v.Origin)
	}
	return choice{passwordHash: found[n].PasswordHash, signup: found[n], claims: true}, nil
}

// makeAccount spends the link of a sign-up and makes the account, or says why
// the link cannot be used. The other sign-ups of the address stay as they are,
// because a stranger who planted one would notice its end. Their links are
// refused while the address has an account.
func (up *SignUps) makeAccount(
	ctx context.Context, tx *store.Tx, p store.PendingSignup, c choice, v Verification,
) (u store.User, refused string, err error) {
	consumed, err := tx.Signups.Consume(ctx, p.ID, up.opts.Clock.Now())
	if err != nil {
		return u, "", err
	}
	if !consumed {
		return u, audit.ReasonConsumed, nil
	}
	if u, err = tx.Users.ByEmail(ctx, p.EmailCanonical); err == nil {
		return u, "account_exists", nil
	} else if !errors.Is(err, store.ErrNotFound) {
		return u, "", err
	}
	if c.passwordHash == "" { // the account that there was is gone this very moment
		return store.User{}, audit.ReasonSuperseded, nil
	}
	u = up.newUser(newcomer{email: p.Email, canonical: p.EmailCanonical, name: c.signup.Name}, nil)
	u.EmailVerifiedAt, u.Language = u.CreatedAt, cmp.Or(c.signup.Language, p.Language)
	if c.claims {
		u.ClaimedAt = u.CreatedAt
	}
	if err := up.insertUser(ctx, tx, u, c.passwordHash, v.Origin); err != nil {
		return u, "", err
	}
	if c.signup.ID != "" { // it is the account's now, and may change
		if _, err := tx.Signups.DropPassword(ctx, c.signup.ID); err != nil {
			return u, "", err
		}
	}
	return u, "", up.wasVerified(ctx, tx, u, v)
}

// wasVerified does what every verification brings.
func (up *SignUps) wasVerified(ctx context.Context, tx *store.Tx, u store.User, v Verification) error {
	if err := up.linkGuesses.Clear(ctx, tx, u.EmailCanonical); err != nil {
		return err
	}
	if err := up.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindEmailVerified, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: v.Origin,
		Details: map[string]any{"by": v.by(), "claimed": !u.ClaimedAt.IsZero()},
	}); err != nil {
		return err
	}
	if v.Then == nil {
		return nil
	}
	return v.Then(ctx, tx, u)
}

// proved is the proof that came with the link of an existing account.
type proved struct {
	present string // the stored hash of the password that was typed
	encoded string // the hash of a new one
	claims  bool
}

// verifyAccount verifies the address of an account that exists, claims it, or
// both.
func (up *SignUps) verifyAccount(ctx context.Context, s link.Spending, v Verification) (u store.User, err error) {
	t, refused, err := up.opts.Links.Look(ctx, up.opts.Store.Direct(), s.Purpose, s.Token)
	if err != nil {
		return u, err
	}
	if refused != "" {
		return u, up.opts.Accounts.RefuseLink(ctx, s, t, refused)
	}
	if u, err = up.opts.Store.Direct().Users.ByID(ctx, t.UserID); err != nil {
		return u, err
	}
	proof, err := up.prove(ctx, t, u, v)
	if err != nil {
		return u, err
	}
	refused, err = up.opts.Accounts.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, _ store.OneTimeToken) (_ string, err error) {
		if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
			return "", err
		}
		if !account.MayReset(u) {
			return audit.ReasonNotActive, nil
		}
		u, err = up.verifyExisting(ctx, tx, u, proof, v)
		return "", err
	})
	if err == nil && refused != "" {
		err = account.ErrInvalidToken
	}
	return u, err
}

// prove verifies the proof that comes with the link of an account.
func (up *SignUps) prove(ctx context.Context, t store.OneTimeToken, u store.User, v Verification) (proved, error) {
	unchanged := t.UserEpoch == u.Epoch // else the password may be another than the one of the sign-up
	switch {
	case v.NewPassword != "":
		if err := up.opts.Hasher.Acceptable(ctx, v.NewPassword, u.Email, u.Name); err != nil {
			return proved{}, err
		}
		encoded, err := up.opts.Hasher.Hash(ctx, v.NewPassword)
		return proved{encoded: encoded, claims: true}, err
	case v.Password != "":
		stored, err := up.opts.Accounts.PresentPassword(ctx, u, v.Password, v.Origin)
		return proved{present: stored, claims: true}, err
	case v.Proof != "":
		if !unchanged || !proves(v.Proof, t.ProofHash) {
			return proved{}, account.ErrPasswordRequired
		}
		return proved{claims: true}, nil
	case v.Alone && unchanged && sameSource(audit.Origin{Address: t.IP, UserAgent: t.UserAgent}, v.Origin):
		return proved{claims: true}, nil
	case v.Alone && u.EmailVerifiedAt.IsZero() && (t.IP+t.UserAgent != "" || !u.ClaimedAt.IsZero()):
		return proved{}, nil // of a sign-up, or of an operator; what else there is claims the account
	default:
		return proved{}, account.ErrPasswordRequired
	}
}

// verifyExisting carries out the link of an existing account.
func (up *SignUps) verifyExisting(
	ctx context.Context, tx *store.Tx, u store.User, proof proved, v Verification,
) (_ store.User, err error) {
	switch {
	case proof.encoded != "":
		err = up.opts.Accounts.SetByMail(ctx, tx, u, proof.encoded, v.Origin)
	case proof.present != "":
		err = account.StillPresent(ctx, tx, u.ID, proof.present)
	}
	if err != nil {
		return u, err
	}
	if err := up.opts.Accounts.MarkVerified(ctx, tx, u, proof.claims); err != nil {
		return u, err
	}
	if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
		return u, err
	}
	return u, up.wasVerified(ctx, tx, u, v)
}

// mailVerification mails a link that verifies the address of an account. of tells
// the sign-up that it is about.
func (up *SignUps) mailVerification(ctx context.Context, tx *store.Tx, u store.User, of store.OneTimeToken) error {
	l, err := up.verificationLetter(ctx, tx, u, of)
	if err != nil {
		return err
	}
	return up.opts.Postman.Enqueue(ctx, tx, l)
}

// verificationLetter mints such a link, beside those before, and gives its letter.
func (up *SignUps) verificationLetter(ctx context.Context, tx *store.Tx, u store.User, of store.OneTimeToken) (mail.Letter, error) {
	token, t := up.opts.Links.Make(store.PurposeVerifyEmail, u)
	t.ProofHash, t.IP, t.UserAgent = of.ProofHash, of.IP, of.UserAgent
	l := mail.Letter{Kind: mail.VerifyEmail, To: u.Email, Name: u.Name}
	if of.IP != "" || of.UserAgent != "" {
		l.Data = up.opts.Accounts.Told(audit.Origin{Address: of.IP, UserAgent: of.UserAgent}, u.CreatedAt)
	}
	return l.With(token, t), tx.Tokens.Insert(ctx, t)
}
