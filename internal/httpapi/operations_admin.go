package httpapi

import (
	"maps"
	"net/http"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/rbac"
)

func adminOperations() map[string]frame.Description {
	const user, conflict = "user_not_found", "user_status"
	return administered(map[string]frame.Description{
		rbac.ActOverview: {
			Summary: "Read the overview", Text: "Returns what needs attention, and counts of sign-ins, sign-ups, failures and emails by hour, day or week. The counts are about a minute old.",
			Answers: ok("The overview.", adminOverviewBody{}), Query: true,
		},
		rbac.ActListUsers:  {Summary: "List users", Answers: ok("A page of users.", adminUsersBody{}), Query: true},
		rbac.ActListRoles:  {Summary: "List roles", Answers: ok("Every role.", adminRoleListBody{})},
		rbac.ActShowUser:   {Summary: "Read a user", Answers: ok("The user.", AdminUser{}), Query: true, Fails: map[int][]string{http.StatusNotFound: {user}}},
		rbac.ActListEvents: {Summary: "List the events of a user", Text: "The part of an event that identifies a person is left out.", Answers: ok("A page of events.", adminEventsBody{}), Query: true, Fails: map[int][]string{http.StatusNotFound: {user}}},
		rbac.ActListLog: {
			Summary: "List events", Text: "Lists the audit log. The part of an event that identifies a person is left out.",
			Answers: ok("A page of events.", adminEventsBody{}), Query: true, Fails: map[int][]string{http.StatusNotFound: {user}},
		},
		rbac.ActListSessions: {
			Summary: "List the sessions of a user", Answers: ok("A page of live sessions.", devicesBody{}), Query: true,
			Fails: map[int][]string{http.StatusNotFound: {user}},
		},
		rbac.ActSearchUsers: {
			Summary: "Find a user", Text: "Finds the user who has exactly this email address or ID. Email addresses travel in the body, because URLs are logged.",
			Answers: ok("The user, or nobody.", adminUsersBody{}),
		},
		rbac.ActDisableUser: {
			Summary: "Disable a user", Text: "Signs the user out everywhere and refuses every sign-in. A deletion that the user asked for stops.",
			Answers: ok("The user.", AdminUser{}), Query: true,
			Fails: changing(map[int][]string{http.StatusNotFound: {user}, http.StatusConflict: {conflict, "last_owner"}}),
		},
		rbac.ActEnableUser: {
			Summary: "Enable a user", Text: "Lets a disabled user sign in again.", Answers: ok("The user.", AdminUser{}), Query: true,
			Fails: changing(map[int][]string{http.StatusNotFound: {user}, http.StatusConflict: {conflict, "owner_not_verified"}}),
		},
		rbac.ActSetRoles: {
			Summary: "Set the roles of a user", Text: "Signs the user out everywhere, because tokens carry roles.", Answers: ok("The user.", AdminUser{}), Query: true,
			Fails: changing(map[int][]string{http.StatusNotFound: {user}, http.StatusConflict: {conflict, "last_owner", "owner_not_verified"}}),
		},
		rbac.ActSignOutUser: {
			Summary: "Sign a user out", Text: "Ends every session of the user.", Answers: gone("Every session has ended."), Query: true,
			Fails: outranked(map[int][]string{http.StatusNotFound: {user}, http.StatusConflict: {conflict}}),
		},
		rbac.ActEndSession: {
			Summary: "End a session of a user", Answers: gone("The session has ended."), Query: true,
			Fails: outranked(map[int][]string{http.StatusNotFound: {user, "session_not_found"}, http.StatusConflict: {conflict}}),
		},
		rbac.ActCreateRole: {
			Summary: "Create a role", Text: "A name that a user has can't get permissions that begin with admin:.", Answers: []frame.Answer{{Status: http.StatusCreated, Text: "The role.", Of: []any{Role{}}}},
			Fails: outranked(map[int][]string{http.StatusConflict: {"role_taken", "role_in_use"}}),
		},
		rbac.ActDeleteRole: {
			Summary: "Delete a role", Text: "Deletes a custom role that no user has and no invitation offers.", Answers: gone("The role is deleted."), Query: true,
			Fails: outranked(map[int][]string{http.StatusNotFound: {"role_not_found"}, http.StatusConflict: {"role_in_use"}}),
		},
		rbac.ActListInvitations: {Summary: "List invitations", Answers: ok("A page of invitations.", adminInvitationsBody{}), Query: true},
		rbac.ActCreateInvitation: {
			Once: true, Summary: "Invite a person",
			Text: "Emails a link with which the person creates an account that has the given roles. Only the email contains the link. An earlier invitation of the email address stops working. " +
				"Roles need the permission `admin:roles:assign` as well. Permissions are checked again when the link is used: it is refused if you may no longer invite or give the roles.",
			Answers: []frame.Answer{{Status: http.StatusCreated, Text: "The invitation.", Of: []any{Invitation{}}}},
			Fails:   outranked(map[int][]string{http.StatusConflict: {"email_taken"}}),
		},
		rbac.ActWithdrawInvitation: {
			Summary: "Withdraw an invitation", Text: "The link stops working.", Answers: gone("The invitation is withdrawn."), Query: true,
			Fails: map[int][]string{http.StatusNotFound: {"invitation_not_found"}},
		},
	})
}

func gone(text string) []frame.Answer {
	return []frame.Answer{{Status: http.StatusNoContent, Text: text}}
}

func outranked(fails map[int][]string) map[int][]string {
	fails[http.StatusForbidden] = []string{"outranked"}
	return fails
}

// changing adds the refusals of what changes a user whom the operator has seen.
func changing(fails map[int][]string) map[int][]string {
	fails[http.StatusPreconditionFailed] = []string{"changed_meanwhile"}
	fails[http.StatusPreconditionRequired] = []string{"if_match_required"}
	return outranked(fails)
}

// administered adds what follows from the row of each action.
func administered(all map[string]frame.Description) map[string]frame.Description {
	for _, a := range rbac.Actions() {
		d := all[a.ID]
		d.Tag = tagAdmin
		needs := "Needs the permission `" + a.Permission + "`."
		codes := []string{"permission_required", "network_not_allowed", "two_factors_required", "reauthentication_required"}
		if a.Recent {
			needs = "Needs the permission `" + a.Permission + "` and recent authentication."
		}
		if d.Text != "" {
			d.Text += " "
		}
		d.Text += needs
		d.Fails = maps.Clone(d.Fails)
		if d.Fails == nil {
			d.Fails = map[int][]string{}
		}
		d.Fails[http.StatusForbidden] = append(codes, slices.Clone(d.Fails[http.StatusForbidden])...)
		all[a.ID] = d
	}
	return all
}
