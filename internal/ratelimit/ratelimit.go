// Package ratelimit slows down what is tried too often. It owns five things.
//
// # Limits per client address
//
// [Limits] keeps a bucket per flow and client address (GCRA), IPv6 by /64,
// because a customer has at least that many addresses. Buckets may be lost at
// any time; whatever must hold is counted in SQL as well. A failure of the
// buckets is therefore no refusal.
//
// # Failed sign-ins per network
//
// [Failures] counts sign-ins that fail from devices that are not known, whatever
// the account: per client address, per /24, /56 and /48 with sizes that grow
// slowly, and from everywhere together, with a reserve for networks that have not
// failed lately. One password tried at each of many
// accounts (spraying) uses up no account's counter; it uses up these. A try is
// counted before the password is verified and given back if it was right, so an
// office behind one address works. Known devices never wait here.
//
// # Guesses per account
//
// [Guesses] counts wrong passwords in SQL, by a compare-and-set and before the
// password is verified, so that no number of concurrent tries gets past the
// limit. There is one counter per account for login and change of password
// alike (800-63B §3.2.2). It is kept under a keyed hash of the canonical
// address, so an address without an account counts just the same, and the table
// tells nobody who was tried.
//
// A limit that anybody can use up would lock the owner out. It therefore slows
// strangers only: a device that has signed in to the account holds a known-device
// token ([Devices]) and has a budget of its own, and so has a live session, where
// the password is asked for once more ([SessionBudget]). No budget can be used up
// from outside. There is no bound on all known devices together: a token is worth
// nothing once the password that made it has changed, so whoever holds many knows
// the password or has stolen them one by one (docs/decisions/0003).
//
// # Codes per account
//
// [Codes] counts wrong codes of second factors the same way, in one counter per
// account over all factors and ways to sign in, apart from passwords, and in
// another for all its sessions. Each window with wrong
// codes in it is twice as long as the one before, up to a day, until a right
// code: whoever knows the password and guesses on has 20 tries a day in the long
// run. A device that signed in with a second factor has a counter of its own, so its
// owner does not wait. One that signed in without has none: whoever knows the
// password makes as many of those as they like. Codes that were
// mailed are counted apart from these ([NewMailedCodes]), by address, because a
// stranger can cause and guess them.
//
// # What it never does
//
// It never turns trouble with the database into a refusal for good or into a
// pass: that is 503. It never says whether an account exists. It keeps no
// address in clear.
package ratelimit

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// ErrLimited is returned over a limit. RetryAfter says when to try again.
var ErrLimited = fault.New(fault.Limited, "rate_limited")

// limited is ErrLimited for at least a second.
func limited(wait time.Duration) error {
	return ErrLimited.WithRetryAfter(max(wait, time.Second))
}
