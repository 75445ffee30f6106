package link

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrInvalidToken is returned for a one-time token that was consumed, superseded,
// has expired or was never made. The audit trail knows which.
var ErrInvalidToken = fault.New(fault.Spent, "invalid_token").WithWords("unusable_link")

// Options is what Links needs. A lifetime may be zero where nobody mints such a
// token.
type Options struct {
	Trail *audit.Trail
	Clock clock.Clock

	VerifyEmailTTL   time.Duration // also of a change of address
	ResetPasswordTTL time.Duration
}

// Links makes, looks at and spends the tokens of accounts that exist. It is safe
// for concurrent use.
type Links struct {
	opts Options
}

// New returns a room with the given settings.
func New(o Options) *Links { return &Links{opts: o} }

func (l *Links) ttl(u Use) time.Duration {
	switch u.Purpose {
	case store.PurposeVerifyEmail, store.PurposeConfirmEmail:
		return l.opts.VerifyEmailTTL
	case store.PurposeResetPassword:
		return l.opts.ResetPasswordTTL
	case store.PurposeDisown, store.PurposeUndoEmail, store.PurposeRestore:
	}
	return u.TTL
}

// Draw draws a token of a purpose, and the hash that is kept of it. It is for the
// rooms whose rows are not one-time tokens; others call [Links.Mint].
func Draw(purpose store.Purpose) (token, hash string) { return secret.NewToken(Of(purpose).Prefix) }

// Make makes a token for a user, and its row, which is not stored yet.
func (l *Links) Make(purpose store.Purpose, u store.User) (token string, row store.OneTimeToken) {
	token, hash := Draw(purpose)
	now := l.opts.Clock.Now().UTC().Truncate(time.Microsecond)
	return token, store.OneTimeToken{
		ID: id.Ordered(), Purpose: purpose, UserID: u.ID, TokenHash: hash, UserEpoch: u.Epoch,
		CreatedAt: now, ExpiresAt: now.Add(l.ttl(Of(purpose))),
	}
}

// Mint makes a token for a user and stores it. sessionID is the session that the
// token is about, or empty.
func (l *Links) Mint(
	ctx context.Context, tx *store.Tx, purpose store.Purpose, u store.User, sessionID string,
) (token string, row store.OneTimeToken, err error) {
	token, row = l.Make(purpose, u)
	row.SessionID = sessionID
	return token, row, tx.Tokens.Insert(ctx, row)
}

// Look reads a token, and says why it cannot be used, or nothing. It changes
// nothing.
func (l *Links) Look(ctx context.Context, tx *store.Tx, purpose store.Purpose, token string) (row store.OneTimeToken, why string, err error) {
	if !WellFormed(purpose, token) {
		return row, audit.ReasonUnknown, nil
	}
	row, err = tx.Tokens.ByHash(ctx, purpose, secret.Hash(token))
	if errors.Is(err, store.ErrNotFound) {
		return row, audit.ReasonUnknown, nil
	}
	if err != nil {
		return row, "", err
	}
	return row, State(l.opts.Clock.Now(), row.ExpiresAt, row.ConsumedAt, row.SupersededAt), nil
}

// Spending is a token that is to be spent.
type Spending struct {
	Purpose store.Purpose
	Token   string
	Origin  audit.Origin
	// May, if set, says before the token is spent why it may not be, or nothing.
	// A token that it refuses stays as it is.
	May func(ctx context.Context, tx *store.Tx, row store.OneTimeToken) (refused string, err error)
}

// Spend spends a token in the caller's transaction and does what it is for. act
// says why it does not, or nothing; the token is spent all the same. A refusal,
// whoever's it was, is recorded and returned: the transaction is to be committed.
func (l *Links) Spend(
	ctx context.Context, tx *store.Tx, s Spending, act func(ctx context.Context, tx *store.Tx, row store.OneTimeToken) (refused string, err error),
) (refused string, err error) {
	row, refused, err := l.Look(ctx, tx, s.Purpose, s.Token)
	if err == nil && refused == "" && s.May != nil {
		refused, err = s.May(ctx, tx, row)
	}
	if err == nil && refused == "" {
		var consumed bool
		consumed, err = tx.Tokens.Consume(ctx, row.ID, l.opts.Clock.Now())
		if err == nil && !consumed {
			refused = audit.ReasonConsumed
		}
	}
	if err == nil && refused == "" {
		refused, err = act(ctx, tx, row)
	}
	if err != nil || refused == "" {
		return "", err
	}
	return refused, l.Refuse(ctx, tx, s, row, refused)
}

// Refuse records why a token was refused.
func (l *Links) Refuse(ctx context.Context, tx *store.Tx, s Spending, row store.OneTimeToken, reason string) error {
	return l.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: Of(s.Purpose).Event, Outcome: audit.Failure, Reason: reason, UserID: row.UserID, SessionID: row.SessionID, Origin: s.Origin,
	})
}

// Renew puts another token in the place of one whose letter never came, expired
// or not, and reports whether it could: not if that was used or superseded. The
// new row is for the same purpose and session; adjust, if not nil, may change it
// before it is stored.
func (l *Links) Renew(
	ctx context.Context, tx *store.Tx, old store.OneTimeToken, u store.User,
	adjust func(ctx context.Context, tx *store.Tx, row *store.OneTimeToken) error,
) (token string, row store.OneTimeToken, renewed bool, err error) {
	renewed, err = tx.Tokens.Supersede(ctx, old.ID, l.opts.Clock.Now())
	if err != nil || !renewed {
		return "", row, false, err
	}
	token, row = l.Make(old.Purpose, u)
	row.SessionID = old.SessionID
	if adjust != nil {
		if err := adjust(ctx, tx, &row); err != nil {
			return "", row, false, err
		}
	}
	return token, row, true, tx.Tokens.Insert(ctx, row)
}
