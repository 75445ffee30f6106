// Package login owns the journey from a password, a passkey or a mailed link to
// a session.
//
// # The work is the same for everybody
//
// A try is counted before anything is verified, under a keyed hash of the
// address, known or not. Then the password is verified against the account's
// hash or a decoy; if that does not sign in, it is verified once more, against
// the newest pending sign-up of the address or a decoy. So a refusal costs two
// hashes whether the address is unknown, pending or has an account. The answer
// depends only on what the caller's own password proves:
//
//	password of an active account          tokens, or the second step
//	password of a pending sign-up          email_not_verified
//	password of an unverified account      email_not_verified
//	password of a disabled account         account_disabled
//	password of one pending deletion       account_pending_deletion, with a token
//	                                       that keeps it, or the second step first
//	anything else                          invalid_credentials
//
// # A login cannot outlive a reset
//
// The user's epoch is read together with the password's hash, and the session is
// opened by a compare-and-set on that epoch. A reset that commits in between
// raises it, and the login reads the user again and starts over. So the old
// password does not work after a reset, and ending all sessions does not refuse
// a later sign-in.
//
// # The second step
//
// The password of an account with a second factor (package mfa) opens nothing.
// It returns an mfa_token of 256 random bits, kept as a hash for five minutes,
// with the user, the proof given so far, and the epoch with which that was read.
// The answer is verified for that user alone, and spending it, spending the
// mfa_token and opening the session are one transaction with the same
// compare-and-set on the epoch. So no step can be skipped, repeated or mixed
// with another user's, and a reset ends unfinished sign-ins.
//
// # Passkeys
//
// A passkey names its account, so the ceremony needs no address and tells
// nothing about accounts. Challenge, sign count and session change in one
// transaction, with the same compare-and-set on the epoch.
//
// # Links and codes by mail
//
// A mailed link or code (package magiclink) stands in for the password: its row
// is spent and the session opened, or the second factor asked for, in one
// transaction, with the epoch as it was when the mail was asked for. It skips no
// second factor. An account that nobody has claimed (package account) starts afresh
// first: its password, factors and sessions may be a stranger's.
//
// # The link of a sign-up
//
// It comes with the password, which makes it a sign-in: address, account and
// session are one transaction ([Logins.VerifyEmail]).
//
// # Guesses
//
// Wrong passwords are limited per account, for strangers as a whole and for each
// known browser apart (package ratelimit), so that a stranger's guesses do not
// lock the owner out. Unknown devices are also counted by network, and all
// together, against one password tried at many accounts. A try that turns out to
// be no guess is not counted.
package login

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// MemberRestore is the member of ErrPendingDeletion with a token for
// deletion.Restore, for a caller who has proved that the account is theirs.
const MemberRestore = "restore_token"

var (
	// ErrNotVerified is returned for the right password of an address that has
	// not been verified.
	ErrNotVerified = fault.New(fault.Forbidden, "email_not_verified")
	// ErrDisabled is returned for the right password of a disabled account.
	ErrDisabled = fault.New(fault.Forbidden, "account_disabled")
	// ErrPendingDeletion is returned for an account that is about to be erased,
	// after every factor was proved. It carries a token for deletion.Restore;
	// signing in alone restores nothing.
	ErrPendingDeletion = fault.New(fault.Forbidden, "account_pending_deletion")
)

const maxDeviceRunes = 100

// errUserMoved is returned when a sign-in gives up because its user changed at
// each attempt.
var errUserMoved = errors.New("the user changed during each try to sign in")

// Options is what a Logins needs. Every field must be set, but for Failures and
// Log.
type Options struct {
	Store     *store.Store
	Hasher    *password.Hasher
	Guesses   *ratelimit.Guesses
	Failures  *ratelimit.Failures // nil counts nothing by networks
	Devices   *ratelimit.Devices
	Passkeys  *passkey.Passkeys
	Factors   *mfa.Factors
	Codes     *ratelimit.Codes
	Accounts  *account.Accounts
	Links     *magiclink.Links
	SignUps   *signup.SignUps
	Deletions *deletion.Deletions
	Sessions  *session.Sessions
	Trail     *audit.Trail
	Clock     clock.Clock
	Log       *slog.Logger

	RequireVerifiedEmail bool
}

// Logins is the room. It is safe for concurrent use.
type Logins struct {
	opts Options
}

// New returns a room that works on the given store.
func New(o Options) *Logins { return &Logins{opts: o} }

// Password is the input of a sign-in with a password. KnownDevice is the
// device's known-device token, or empty.
type Password struct {
	Email, Password string
	DeviceName      string
	Audience        string // whom the session is for alone (session.NewSession)
	KnownDevice     string
	TTL             time.Duration // of the session (session.NewSession)
	CookieHash      string        // session.NewCookie's, where a browser signs in on our own pages
	Origin          audit.Origin
}

// SignedIn is the tokens of a new session, or the second step without tokens.
type SignedIn struct {
	session.Tokens
	Step *Step
}

// WithPassword signs in with a password and opens a session, or gives the step
// that [Logins.WithSecondFactor] finishes.
//
// Errors: invalid_credentials, email_not_verified, account_disabled,
// account_pending_deletion, rate_limited, busy, unavailable, invalid_input,
// unknown_audience, token_refused.
func (l *Logins) WithPassword(ctx context.Context, p Password) (in SignedIn, err error) {
	ctx, span := telemetry.Start(ctx, "login.with_password")
	defer func() { span.End(err) }()
	p.Email = address.Trim(p.Email)
	canonical, err := p.canonical()
	if err == nil {
		err = l.opts.Sessions.KnowsAudience(p.Audience)
	}
	if err != nil {
		return SignedIn{}, err
	}
	// Read before any row, so that a process paused here mints no token that
	// outlives its revocation.
	readAt := l.opts.Clock.Now()
	known, err := l.opts.Store.Direct().Credentials.SignIn(ctx, canonical)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return SignedIn{}, fmt.Errorf("read credentials: %w", err)
	}
	try := guess{Logins: l, Password: p, canonical: canonical, device: l.opts.Devices.Recognise(p.KnownDevice, known.User.ID, known.User.Epoch)}
	if try.device != "" {
		password.KnownDevice(ctx)
	}
	if err := try.take(ctx); err != nil {
		return SignedIn{}, err
	}
	// A user can change between the proof and the session: by a new password,
	// which this one may not be, or by the end of all sessions, which a sign-in
	// comes after as well.
	return try.signInAnew(ctx, known, readAt)
}

func (p Password) canonical() (string, error) {
	var wrong []fault.Field
	canonical, ok := address.Canonical(p.Email)
	if !ok {
		wrong = append(wrong, fault.Wrong("email", "email"))
	}
	if field := deviceName(p.DeviceName); field != nil {
		wrong = append(wrong, *field)
	}
	if len(wrong) > 0 {
		return "", fault.ErrInvalidInput.WithFields(wrong...)
	}
	return canonical, nil
}

// deviceName returns the rule that a device name breaks, or nothing.
func deviceName(name string) *fault.Field {
	if utf8.ValidString(name) && utf8.RuneCountInString(name) <= maxDeviceRunes && !strings.ContainsFunc(name, unicode.IsControl) {
		return nil
	}
	wrong := fault.Wrong("device_name", "name", "n", strconv.Itoa(maxDeviceRunes))
	return &wrong
}

// standing returns the reason for which an identified user may not sign in, or
// nil.
func (l *Logins) standing(u store.User) *fault.Error {
	switch {
	case u.Status == store.UserDisabled, u.Email == "": // the address went to whoever proved it
		return ErrDisabled
	case u.Status == store.UserPendingDeletion:
		return ErrPendingDeletion
	case l.opts.RequireVerifiedEmail && u.EmailVerifiedAt.IsZero():
		return ErrNotVerified
	}
	return nil
}

// untold reports whether a verdict is withheld until the second step: a user
// with a second factor who is pending deletion learns it, and gets the token
// that keeps the account, by that factor alone.
func (l *Logins) untold(verdict *fault.Error, u store.User) bool {
	return verdict != nil && errors.Is(verdict, ErrPendingDeletion) && len(l.opts.Factors.Methods(u)) > 0
}

// offer adds to a verdict, in the caller's transaction, what its caller may do
// about it: keep an account that is pending deletion. The caller has verified
// every factor that the account requires.
func (l *Logins) offer(ctx context.Context, tx *store.Tx, u store.User, verdict *fault.Error) (*fault.Error, error) {
	if verdict == nil || !errors.Is(verdict, ErrPendingDeletion) {
		return verdict, nil
	}
	token, err := l.opts.Deletions.OfferRestore(ctx, tx, u)
	if err != nil {
		return nil, err
	}
	return verdict.WithMember(MemberRestore, token), nil
}
