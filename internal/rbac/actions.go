package rbac

import (
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
)

// Action is something that operators do over HTTP, with a program or on a page. Routes,
// their place in the contract and the tests of who may do what come from the table of
// them.
type Action struct {
	ID, Method, Path string
	Permission       string // empty for any that is administrative
	Recent           bool   // needs a proof of identity within the last minutes
	Kind             string // of the event that a success leaves; a search that finds a user is a look at them
	Looks            bool   // changes nothing, and is recorded all the same
}

// The actions.
const (
	ActOverview     = "admin-overview"
	ActListUsers    = "admin-list-users"
	ActSearchUsers  = "admin-search-users"
	ActShowUser     = "admin-show-user"
	ActListSessions = "admin-list-sessions"
	ActListEvents   = "admin-list-events"
	ActListLog      = "admin-list-log"
	ActDisableUser  = "admin-disable-user"
	ActEnableUser   = "admin-enable-user"
	ActSignOutUser  = "admin-sign-out-user"
	ActEndSession   = "admin-end-session"
	ActSetRoles     = "admin-set-roles"
	ActListRoles    = "admin-list-roles"
	ActCreateRole   = "admin-create-role"
	ActDeleteRole   = "admin-delete-role"

	ActListInvitations    = "admin-list-invitations"
	ActCreateInvitation   = "admin-create-invitation"
	ActWithdrawInvitation = "admin-withdraw-invitation"
)

// PagesPath is where the pages of operators are.
const PagesPath = "/admin"

// pathUser and pathRoles lead to one user, and to the roles.
const (
	pathAPI   = PagesPath + "/api"
	pathUsers = pathAPI + "/users"
	pathUser  = pathUsers + "/{id}"
	pathRoles = pathAPI + "/roles"

	pathInvitations = pathAPI + "/invitations"
)

// The methods. A room knows no net/http.
const get, post, put, del = "GET", "POST", "PUT", "DELETE"

// Actions is the table.
func Actions() []Action {
	const (
		recent, ever   = true, false
		looks, changes = true, false
	)
	return []Action{
		{ActOverview, get, pathAPI + "/overview", ReadEvents, ever, audit.KindOverviewViewed, looks},
		{ActListUsers, get, pathUsers, ReadUsers, ever, audit.KindUsersListed, looks},
		{ActSearchUsers, post, pathUsers + "/search", ReadUsers, ever, audit.KindUsersSearched, looks},
		{ActShowUser, get, pathUser, ReadUsers, ever, audit.KindUserViewed, looks},
		{ActListSessions, get, pathUser + "/sessions", ReadUsers, ever, audit.KindUserViewed, looks},
		{ActListEvents, get, pathUser + "/events", ReadEvents, ever, audit.KindUserViewed, looks},
		{ActListLog, get, pathAPI + "/events", ReadEvents, ever, audit.KindEventsListed, looks},
		{ActDisableUser, post, pathUser + "/disable", DisableUsers, recent, audit.KindUserDisabled, changes},
		{ActEnableUser, post, pathUser + "/enable", DisableUsers, recent, audit.KindUserEnabled, changes},
		{ActSignOutUser, del, pathUser + "/sessions", EndSessions, recent, audit.KindUserSignedOut, changes},
		{ActEndSession, del, pathUser + "/sessions/{session}", EndSessions, recent, audit.KindSessionEnded, changes},
		{ActSetRoles, put, pathUser + "/roles", AssignRoles, recent, audit.KindRolesChanged, changes},
		{ActListRoles, get, pathRoles, ReadRoles, ever, audit.KindRolesListed, looks},
		{ActCreateRole, post, pathRoles, DefineRoles, recent, audit.KindRoleCreated, changes},
		{ActDeleteRole, del, pathRoles + "/{name}", DefineRoles, recent, audit.KindRoleDeleted, changes},
		{ActListInvitations, get, pathInvitations, InviteUsers, ever, audit.KindInvitationsListed, looks},
		{ActCreateInvitation, post, pathInvitations, InviteUsers, recent, audit.KindInvitationCreated, changes},
		{ActWithdrawInvitation, del, pathInvitations + "/{id}", InviteUsers, recent, audit.KindInvitationWithdrawn, changes},
	}
}

// Entering is opening the dashboard, which shows nothing of anybody: it needs some
// administrative permission, whichever, and programs have no use for it.
func Entering() Action { return Action{ID: "admin-enter", Method: "GET", Path: pathAPI} }

// Page is the path at which people do the action: that of programs without /api. What
// takes something away has a page below what it takes, and what adds to a list one
// below the list.
func (a Action) Page() string {
	path := PagesPath + strings.TrimPrefix(a.Path, pathAPI)
	lists := func(other Action) bool { return other.Path == a.Path && other.Method == get }
	switch {
	case a.Method == del:
		return path + "/end"
	case a.Method == post && slices.ContainsFunc(Actions(), lists):
		return path + "/new"
	}
	return path
}

// Opened is the page that is to be opened again where a form of the action, sent to
// a path, was not taken. Every form has a page of the same path, but the search of a
// list, which stands on the list.
func (a Action) Opened(path string) string {
	if a.ID == ActSearchUsers {
		return ActionOf(ActListUsers).Page()
	}
	return path
}

// ActionOf gives the row of an action. There is one for each constant.
func ActionOf(id string) Action {
	for _, a := range Actions() {
		if a.ID == id {
			return a
		}
	}
	panic("no such action: " + id) // a mistake in a caller, seen by every test
}
