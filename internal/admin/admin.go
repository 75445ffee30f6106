// Package admin owns what operators do to the accounts of others: find and list
// them, disable and enable them, sign them out, change their roles and what tokens say
// of them besides (app_metadata).
//
// # What ends what
//
//	active ◄──enable/disable──► disabled ◄──disable── pending deletion
//
// Disabling, signing out and a change of roles end everything the user had, in the
// transaction of the change: every session, and by the epoch every access token, so
// that no instance and no program that follows the revocation feed takes the old
// word for it. Enabling gives nothing back: the user signs in anew. Nobody but an
// operator enables an account, and one whose address went to somebody else
// (package emailchange) is not enabled by anybody. Disabling an
// account that is to be deleted stops its erasure, as where something has to be
// kept; what was erased already stays so.
//
// # Twice, and half-way
//
// What is as it is asked to be stays so, and nothing is recorded. Of any number of
// concurrent calls each change happens once. Each is one transaction with its
// event.
//
// # Who may do this
//
// The edge asks for the permission before it calls ([Gate]). Each change asks package
// rbac again, in its own transaction: whether the operator's session stands, whether they
// have the permission still, and whether they are above the user. Who runs a command has
// the database already, and is not asked. Who acted is recorded. This package never sees a password and never answers
// with one.
package admin

import (
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// What operators are told.
var (
	// ErrUnknown is returned for a user that there is not, or no longer.
	ErrUnknown = fault.New(fault.NotFound, "user_not_found")
	// ErrStatus is returned where the user's status does not allow it.
	ErrStatus = fault.New(fault.Conflict, "user_status")
	// ErrChanged is returned where a user is no longer as the operator saw them.
	ErrChanged = fault.New(fault.Stale, "changed_meanwhile")
	errRole    = fault.ErrInvalidInput.WithFields(fault.Wrong("role", "role"))
)

// Change is who changes a user, and which version of the user they have seen; nil
// means whatever there is.
type Change struct {
	By   audit.Operator
	Seen *int64
}

// Options is what the room needs.
type Options struct {
	Store    *store.Store
	Sessions *session.Sessions
	Roles    *rbac.Roles
	Trail    *audit.Trail
	Clock    clock.Clock
}

// Users is every account, as operators see it. It is safe for concurrent use.
type Users struct {
	opts Options
}

// New returns the room.
func New(o Options) *Users { return &Users{opts: o} }
