package rbac

import (
	"slices"
	"strings"
)

// The built-in roles.
const (
	Owner   = "owner"
	Admin   = "admin"
	Support = "support"
	Auditor = "auditor"
)

// The permissions that open actions on this server.
const (
	ReadUsers    = "admin:users:read"
	DisableUsers = "admin:users:disable"
	InviteUsers  = "admin:users:invite"
	EndSessions  = "admin:sessions:end"
	ReadEvents   = "admin:events:read"
	ReadRoles    = "admin:roles:read"
	AssignRoles  = "admin:roles:assign"
	DefineRoles  = "admin:roles:define"
	// ManageOwners is what owners have and nobody else can: no other role holds it.
	ManageOwners = "admin:owners:manage"
)

// builtIn says which of the permissions each role has that is built in.
var builtIn = []struct {
	role    string
	allowed []string
}{
	{Owner, []string{ReadUsers, DisableUsers, InviteUsers, EndSessions, ReadEvents, ReadRoles, AssignRoles, DefineRoles, ManageOwners}},
	{Admin, []string{ReadUsers, DisableUsers, InviteUsers, EndSessions, ReadEvents, ReadRoles, AssignRoles, DefineRoles}},
	{Support, []string{ReadUsers, EndSessions, ReadEvents}},
	{Auditor, []string{ReadUsers, ReadEvents, ReadRoles}},
}

const administrative = "admin:"

// Administrative reports whether a permission is for this server and not for an
// application.
func Administrative(permission string) bool { return strings.HasPrefix(permission, administrative) }

// Permissions lists every administrative permission. An owner has them all.
func Permissions() []string { return slices.Clone(builtIn[0].allowed) }

// BuiltIn lists the names of the roles that are built in, from the highest.
func BuiltIn() []string {
	names := make([]string, len(builtIn))
	for n, b := range builtIn {
		names[n] = b.role
	}
	return names
}

// builtInAllows gives what a built-in role allows, and nothing for another name.
func builtInAllows(role string) []string {
	for _, b := range builtIn {
		if b.role == role {
			return b.allowed
		}
	}
	return nil
}
