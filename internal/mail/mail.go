// Package mail writes the letters of Sallyport and sees them to a transport.
//
// It owns what each mail says, whom it may go to and how often, and the mailbox
// of development ([Box]). A letter is a job: [Postman.Enqueue] writes it in the
// transaction of the change it tells about, and the handler of the pool renders
// and sends it afterwards.
//
//	Enqueue ──► job "mail" ──► token still current? ──no──► obsolete, not sent
//	                                  │
//	                                  yes ──► rendered ──► Transport.Send
//
// # Promises
//
// At least once, with one Message-ID: `<job id@host of the public URL>` is the
// same for every attempt, so that a mailbox can recognise a doubled message.
// The Date is when the job was written. A letter that an operator runs again
// after it was given up gets another link, because the one it had was erased;
// with that it is another message, so it gets a Message-ID and a Date of its own
// ([Postman.Keeper]). A link whose token was consumed,
// superseded or has expired by the time the mail server answers again is not
// sent.
//
// Links are built from the configured public URL and nothing else. The token
// stands whole on its own line of the text part. At rest the token is sealed,
// it is in no payload and in no log, and it is erased with the job's secret.
//
// # Limits
//
// A mail that a stranger can cause is counted against its recipient by
// [Postman.Allow] before it is written: RecipientLimit an hour of each kind,
// whoever asks and in whatever spelling, so that mail of one kind keeps none of
// another away. Over it nothing is sent and nobody is told, unless no link of the
// kind that lies in the mailbox works: rooms see to that, and [Postman.AllowOnly]
// bounds it where somebody who is signed in can make links void. What a user wants
// sent to other addresses is counted against the user as well
// ([Postman.AllowSender]). Security
// notices are not counted, but to an address that was never confirmed
// ([Postman.Notify]).
//
// # Languages
//
// A letter is in the language of its user as it is when the letter is sent,
// whoever caused it. To an address without an account it is in the language of
// the request. Where there is none, it is in English.
//
// # Threats
//
// What users typed must not speak for us. A name is only used in a greeting or
// a header if it cannot be taken for an address or a link ([PlainName]), and
// never in the mail to an address that nobody has confirmed yet: a stranger
// chose that name. Facts about a request are reduced to what they claim to be:
// an address is an IP address, a browser is a name that we know. Nothing can
// add a header, because a [Message] with a line end in one is refused.
//
// This package never decides whether somebody is to be told; rooms do. It
// never opens a connection; package smtpmail does.
package mail

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Kind says what a letter is about.
type Kind string

// The kinds of letters.
const (
	VerifyEmail   Kind = "verify_email"   // a link that confirms the address
	AccountExists Kind = "account_exists" // a sign-up for an address that has an account
	// ClaimAccount is a link whose page asks for the password, mailed when something
	// to sign in with was added to an account that nobody has claimed.
	ClaimAccount Kind = "claim_account"
	// AccountCleared is a notice: whoever reads the mailbox signed in to an account
	// that nobody had claimed, and what was in it to sign in with is gone.
	AccountCleared  Kind = "account_cleared"
	ResetPassword   Kind = "reset_password"   // a link that asks for a new password
	SetPassword     Kind = "set_password"     // the same, for an account made without one
	PasswordChanged Kind = "password_changed" // a notice
	PasskeyAdded    Kind = "passkey_added"    // a notice
	PasskeyRemoved  Kind = "passkey_removed"  // a notice
	TOTPAdded       Kind = "totp_added"       // a notice
	TOTPRemoved     Kind = "totp_removed"     // a notice
	// RecoveryCodesMade is a notice that a new set took the place of the old.
	RecoveryCodesMade Kind = "recovery_codes_made"
	RecoveryCodeUsed  Kind = "recovery_code_used" // a notice
	// CodesRefused and PasswordsRefused are notices that somebody was not let in.
	CodesRefused     Kind = "codes_refused"
	PasswordsRefused Kind = "passwords_refused"
	SessionReplayed  Kind = "session_replayed" // a notice: a refresh token was used twice
	NewDevice        Kind = "new_device"       // a notice of a sign-in, with a link that ends it
	Invitation       Kind = "invitation"       // a link that makes an account which an operator offers
	MagicLink        Kind = "magic_link"       // a link or a code that signs in, or both
	ConfirmEmail     Kind = "confirm_email"    // a link that makes an address the account's
	EmailTaken       Kind = "email_taken"      // somebody wants an address that has an account
	// EmailChangeRequested is a notice to the address that is to be replaced.
	EmailChangeRequested Kind = "email_change_requested"
	EmailChanged         Kind = "email_changed"  // a notice to the new address
	EmailReplaced        Kind = "email_replaced" // a notice to the old one, with a link that puts it back
	EmailRestored        Kind = "email_restored" // it was put back, with a link that asks for a new password
	EmailUndone          Kind = "email_undone"   // a notice to the address that lost its account by that
	DataExported         Kind = "data_exported"  // a notice: a copy of everything that is held was handed out
	DeletionBegun        Kind = "deletion_begun" // a notice
	DeletionUndone       Kind = "deletion_undone"
	// AccountErased is the last mail. At rest, its recipient is sealed and is
	// erased once it was sent, for nothing else is kept of them.
	AccountErased Kind = "account_erased"
	// HookDisabled is a notice to the owner of an endpoint of web hooks.
	HookDisabled Kind = "hook_disabled"
	// Blank is a letter to nobody. A request that must not show whether there
	// is somebody to write to writes it instead; it is dropped by the handler.
	Blank Kind = "blank"
)

// rendered lists the kinds that have templates.
func rendered() []string {
	return []string{
		string(VerifyEmail), string(AccountExists), string(ClaimAccount), string(AccountCleared), string(ResetPassword),
		string(SetPassword), string(PasswordChanged), string(PasskeyAdded), string(PasskeyRemoved), string(SessionReplayed), string(NewDevice),
		string(TOTPAdded), string(TOTPRemoved), string(RecoveryCodesMade), string(RecoveryCodeUsed),
		string(CodesRefused), string(PasswordsRefused),
		string(MagicLink), string(Invitation),
		string(ConfirmEmail), string(EmailTaken), string(EmailChangeRequested), string(EmailChanged), string(EmailReplaced),
		string(EmailRestored), string(EmailUndone), string(DataExported), string(DeletionBegun), string(DeletionUndone), string(AccountErased), string(HookDisabled),
	}
}

// The tables that a letter's token can be kept in.
const (
	TokenPendingSignup = "pending_signups"
	TokenOneTime       = "one_time_tokens"
	TokenMagicLink     = "magic_links"
	TokenInvitation    = "invitations"
)

// Keys of [Letter.Data]: circumstances that a notice tells.
const (
	DataTime      = "time"       // when (RFC 3339)
	DataDevice    = "device"     // what the user called the device
	DataUserAgent = "user_agent" // the User-Agent header
	DataAddress   = "address"    // the client's IP address
	DataPlace     = "place"      // where that address is, if known
	DataUntil     = "until"      // of DeletionBegun: when the account will be erased (RFC 3339)
	DataPasskeys  = "passkeys"   // of TOTPRemoved: "left" if they still are a second factor
	// DataSignedOut is set of TOTPAdded and PasskeyAdded if the other devices were
	// signed out, because it is the first second factor.
	DataSignedOut = "signed_out"
	// DataCleared of PasswordChanged says that what else was there to sign in with
	// is gone as well.
	DataCleared = "cleared"
	// DataHook, DataHost and DataSince tell of HookDisabled: its id, the host of its
	// URL, and since when it fails (RFC 3339).
	DataHook  = "hook"
	DataHost  = "host"
	DataSince = "since"
	// DataBy says what a MagicLink brings: ByLink, ByCode, or both if it is not set.
	DataBy = "by"
)

// Values of DataBy.
const (
	ByLink = "link"
	ByCode = "code"
)

// Circumstances is the [Letter.Data] of a notice about something that was done
// at a time, from somewhere.
func Circumstances(o audit.Origin, at time.Time) map[string]string {
	return map[string]string{DataTime: Moment(at), DataUserAgent: o.UserAgent, DataAddress: o.Address}
}

// Moment is an instant as [Letter.Data] holds it.
func Moment(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// Letter is what a room wants somebody to be told.
type Letter struct {
	Kind   Kind
	To     string // as its owner spells it
	Name   string
	UserID string // whose letter it is, where To is not their address

	// Language is a tag (RFC 5646) of a language that there is, or empty. It counts
	// where the recipient has no account; users are written to in their own.
	Language string

	Token      string // sealed at rest
	TokenID    string // row of the token, to see whether it is still current
	TokenTable string // TokenPendingSignup, TokenOneTime, TokenMagicLink, TokenInvitation or empty
	ExpiresAt  time.Time

	Data map[string]string
	// Notice marks a security notice. It is tried for more than a day, because
	// nothing else will tell its recipient.
	Notice bool
}

// With is a letter that brings a one-time token.
func (l Letter) With(token string, row store.OneTimeToken) Letter {
	l.Token, l.TokenID, l.TokenTable, l.ExpiresAt = token, row.ID, TokenOneTime, row.ExpiresAt
	return l
}

// Message is a letter ready for a transport.
type Message struct {
	ID      string // Message-ID without angle brackets
	To      string // bare address
	ToName  string // may be empty
	Subject string
	Text    string
	HTML    string
	Date    time.Time
}

// ErrRefused is what the error of a [Transport] wraps when the mail server
// refuses a message for good: trying again would change nothing.
var ErrRefused = errors.New("mail server refuses the message")

// Transport sends messages. Its errors hold neither message text nor recipient.
// It is safe for concurrent use.
type Transport interface {
	// Send returns nil once the message is somebody else's responsibility. It
	// gives up when ctx does.
	Send(ctx context.Context, m Message) error
}
