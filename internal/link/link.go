// Package link owns the one-time tokens that are mailed: what each is for and
// how it is made, looked at, spent and renewed.
//
// A token is 256 random bits behind a prefix that says what it is for. Only its
// SHA-256 is kept. It can be used until it is
//
//	consumed    used, or made void by what it would have done
//	superseded  replaced by a newer one
//	expired     its time is over
//
// or unknown: never made, or purged. Callers are told one thing for all four;
// which it was stands in the audit trail.
//
// # Purposes
//
// The table below has one line for each purpose: prefix, lifetime, the page that
// spends the token, the letters that bring it, and the audit event of its use.
// What a token does is its room's; the room hands [Links.Spend] a function.
//
// # Promises
//
// Spending is a compare-and-set in the transaction of what the token does, so of
// any number of concurrent calls exactly one succeeds. A refusal is recorded in
// the same transaction and is an outcome, never an error: an error would undo
// the record. Looking changes nothing, so that a link scanner spends nothing.
//
// # Threats
//
// A stolen database: it holds hashes. A guess: 256 bits. A token of one purpose
// presented for another: the prefix is looked at first, and the row knows its
// purpose. Who holds a link reads the mailbox, and nothing more is known of them:
// rooms ask for a password or a session where that is not enough.
//
// This package never mails, never reads requests and never decides what a token
// allows.
package link

import (
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// MagicLink is the purpose of a link that signs in. Its rows are apart from the
// others and belong to package magiclink.
const MagicLink store.Purpose = "magic_link"

// Invitation is the purpose of a link that makes an account which an operator offers.
// Its rows are apart from the others and belong to package signup.
const Invitation store.Purpose = "invitation"

// KeepSpent is how long tokens, and what they were about, stay after they expired,
// so that the audit trail can still say why a late click was refused.
const KeepSpent = 7 * 24 * time.Hour

// Use is what a token of one purpose is.
type Use struct {
	Purpose store.Purpose
	Prefix  string
	// Path is the page that the mailed link leads to; empty if the token is never
	// mailed.
	Path string
	// TTL is how long the token works; zero if a setting says.
	TTL time.Duration
	// Letters are the kinds of mail that bring it.
	Letters []string
	// Event is the audit event of its use.
	Event string
}

// uses is the table.
var uses = [...]Use{
	{
		Purpose: store.PurposeVerifyEmail, Prefix: "spv_", Path: "/auth/verify-email",
		Letters: []string{"verify_email", "claim_account"}, Event: audit.KindEmailVerified,
	},
	{
		Purpose: store.PurposeResetPassword, Prefix: "spw_", Path: "/auth/reset-password",
		Letters: []string{"reset_password", "set_password", "email_restored"}, Event: audit.KindPasswordReset,
	},
	{
		Purpose: store.PurposeDisown, Prefix: "spn_", Path: "/auth/sessions/not-me", TTL: 7 * 24 * time.Hour,
		Letters: []string{"new_device"}, Event: audit.KindSessionDisowned,
	},
	{
		Purpose: store.PurposeConfirmEmail, Prefix: "spe_", Path: "/auth/confirm-email",
		Letters: []string{"confirm_email"}, Event: audit.KindEmailChanged,
	},
	{
		Purpose: store.PurposeUndoEmail, Prefix: "spu_", Path: "/auth/undo-email", TTL: 7 * 24 * time.Hour,
		Letters: []string{"email_replaced"}, Event: audit.KindEmailChangeUndone,
	},
	{
		Purpose: store.PurposeRestore, Prefix: "spd_", TTL: 15 * time.Minute, Event: audit.KindDeletionUndone,
	},
	{
		Purpose: MagicLink, Prefix: "spl_", Path: "/auth/magic-link",
		Letters: []string{"magic_link"}, Event: audit.KindMagicLinkUsed,
	},
	{
		Purpose: Invitation, Prefix: "spi_", Path: "/auth/invitation", // the operator says for how long
		Letters: []string{"invitation"}, Event: audit.KindInvitationAccepted,
	},
}

// Of gives the line of a purpose. A purpose without one is a fault of ours.
func Of(purpose store.Purpose) Use {
	for _, u := range uses {
		if u.Purpose == purpose {
			return u
		}
	}
	panic("link: no such purpose: " + string(purpose))
}

// Path is where the link of a purpose leads.
func Path(purpose store.Purpose) string { return Of(purpose).Path }

// Paths are where mailed links lead.
func Paths() []string {
	var paths []string
	for _, u := range uses {
		if u.Path != "" {
			paths = append(paths, u.Path)
		}
	}
	return paths
}

// In gives the use of the token that a kind of letter brings, if it brings one.
func In(letter string) (Use, bool) {
	for _, u := range uses {
		if slices.Contains(u.Letters, letter) {
			return u, true
		}
	}
	return Use{}, false
}

// WellFormed reports whether a token can be one of a purpose. It costs no look at
// the database.
func WellFormed(purpose store.Purpose, token string) bool {
	return secret.WellFormed(token, Of(purpose).Prefix)
}

// State names why a token cannot be used, as the trail calls it, or nothing.
func State(now, expires, consumed, superseded time.Time) string {
	switch {
	case !consumed.IsZero():
		return audit.ReasonConsumed
	case !superseded.IsZero():
		return audit.ReasonSuperseded
	case !now.Before(expires):
		return audit.ReasonExpired
	default:
		return ""
	}
}
