// Package rbac owns roles and permissions: what there are, who may give them, and
// that somebody always owns this server.
//
// # Roles
//
// A role is a name that users have and that travels in their tokens. Four are built
// in ([BuiltIn]); an operator defines others with permissions of their own
// ([Roles.Create]), and may give names that nobody defined, which allow nothing. A
// role of the operator's that has the name of a built-in one stays the operator's:
// it was given before the name meant anything here.
//
// # Permissions
//
// A permission is a word. Those that begin with "admin:" ([Administrative]) open
// actions on this server, and there are no others than [Permissions] lists. All
// others mean what the operator's applications make of them.
//
// # Rank
//
// Acting on a user needs more than a permission: the actor stands above them, having
// every administrative permission that they have, and one that they have not. Owners
// may act on each other, and nobody else on an equal. Whoever gives or takes a role,
// or defines one, has every administrative permission that is gained. Who runs a
// command on the server has its database, and no rank binds them.
//
// # When it is asked
//
// The edge asks for the permission when a request comes. Each change asks once more, in
// its own transaction and behind the rows of the operator and of their session
// ([Roles.Hold]): an operator who is disabled, loses a role or is signed out changes
// nothing from then on, though they asked before.
//
// # Owners
//
// An owner is a user with the built-in role owner who is active. Their number is a
// fact in the database, kept in the transaction of each change ([SetStatus],
// [SetRoles], [Made]); what would take the last one is refused, of any number of
// changes at once. No address without proof can belong to an owner, because whoever
// proves it takes it away.
//
// This package never sees a token, and decides nothing from one: permissions are
// read from the user's row.
package rbac

import (
	"regexp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// What operators are told.
var (
	// ErrLastOwner is returned where nobody would own this server any more.
	ErrLastOwner = fault.New(fault.Conflict, "last_owner")
	// ErrOutranked is returned to an operator who is not above the user they act on,
	// or lacks what they would give.
	ErrOutranked = fault.New(fault.Forbidden, "outranked")
	// ErrPermission is returned to a user whose roles do not allow an action.
	ErrPermission = fault.New(fault.Forbidden, "permission_required")
	// ErrUnproved is returned for an owner whose address is not verified.
	ErrUnproved = fault.New(fault.Conflict, "owner_not_verified")
	// ErrNoRole is returned for a role that no operator defined.
	ErrNoRole = fault.New(fault.NotFound, "role_not_found")
	// ErrTaken is returned for a name that a role has.
	ErrTaken = fault.New(fault.Conflict, "role_taken")
	// ErrInUse is returned for a role that users have.
	ErrInUse = fault.New(fault.Conflict, "role_in_use")

	errName        = fault.ErrInvalidInput.WithFields(fault.Wrong("role", "role"))
	errPermissions = fault.ErrInvalidInput.WithFields(fault.Wrong("permissions", "permissions"))
)

// roleForm is how roles are written: they travel in tokens and headers, between
// commas and spaces. A permission may be longer, and may hold / and *.
var (
	roleForm       = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,62}[A-Za-z0-9])?$`)
	permissionForm = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._:/*-]{0,126}[A-Za-z0-9*])?$`)
)

// MaxPermissions bounds what a role gives, and MaxRoles what every token of a user
// carries.
const (
	MaxPermissions = 64
	MaxRoles       = 32
)

// CheckName refuses what is no name of a role.
//
// Errors: invalid_input.
func CheckName(role string) error {
	if !roleForm.MatchString(role) {
		return errName
	}
	return nil
}

// Options is what the room needs.
type Options struct {
	Store    *store.Store
	Sessions *session.Sessions
	Trail    *audit.Trail
	Clock    clock.Clock
}

// Roles is every role. It is safe for concurrent use.
type Roles struct{ opts Options }

// New returns the room.
func New(o Options) *Roles { return &Roles{opts: o} }
