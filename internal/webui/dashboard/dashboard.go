// Package dashboard is the pages of operators: whoever has an administrative
// permission sees there what it opens, and does it.
//
// The paths, and what each of them needs, come from the table of actions
// ([rbac.Actions]): a page stands where its action says ([rbac.Action.Page]), and the
// gate that admits programs (package admin) admits people, by the session of their
// cookie in the place of a token. So a page refuses whom the API refuses, for the same
// reason and with the same event, and a look leaves the event that a look by API
// leaves. The page of a change shows the user before anything is sent, so it needs the
// permission to look at users as well, and rank.
//
// # Who is led where
//
// Whoever is not signed in is led to the sign-in, and back. Whoever has to prove once
// more who they are, or with a second factor that they have, is led to where they do,
// and back to the page: what was typed into a form is gone then, and nothing was
// changed. Everybody else is told what is missing. Somebody without any permission
// is told so as well, and not that there is no such page: that there is one is in the
// documentation of every server, and who was promised a role must not look for a
// mistake in the address.
//
// # Forms
//
// Whatever changes something has a page of its own that is opened first, says what
// will happen, and sends the form. The form of a change to a user holds the version of
// the user that the page showed; if it is another by then, the page is shown again
// with how the user is now. A form that worked is answered with a redirect.
package dashboard

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// desk answers for operators.
type desk struct {
	*frame.Frame

	clock clock.Clock
}

// Views are the pages that there are, each empty.
func Views() []frame.View {
	return []frame.View{&refusedView{}, &overviewView{}, &usersView{}, &userView{}, &sessionsView{}, &confirmView{}, &userRolesView{}, &eventsView{}, &logView{}, &rolesView{}, &roleView{}}
}

// Pages are the actions that have a page here, by their IDs.
func Pages() []string {
	all := []string{rbac.ActListUsers, rbac.ActSearchUsers, rbac.ActShowUser, rbac.ActListSessions, rbac.ActListEvents, rbac.ActListLog, rbac.ActSetRoles, rbac.ActListRoles, rbac.ActCreateRole, rbac.ActDeleteRole}
	for _, do := range deeds() {
		all = append(all, do.action)
	}
	return all
}

// Mount adds the pages to a mux, which leaves the paths of the API to programs.
func Mount(mux *frame.Mux, f *frame.Frame, c clock.Clock) {
	d := &desk{f, c}
	paths := http.NewServeMux()
	paths.HandleFunc("/", d.NotFound)
	paths.Handle(frame.AdminPath, d.Methods(d.admit(rbac.Entering(), d.getOverview), nil))
	look := func(id string, get func(http.ResponseWriter, *http.Request, *operator)) {
		a := rbac.ActionOf(id)
		paths.Handle(a.Page(), d.Methods(d.admit(a, get), nil))
	}
	look(rbac.ActListUsers, d.getUsers)
	look(rbac.ActShowUser, d.getUser)
	look(rbac.ActListSessions, d.getSessions)
	look(rbac.ActListEvents, d.getUserEvents)
	form := func(id string, get, post func(http.ResponseWriter, *http.Request, *operator)) {
		a := rbac.ActionOf(id)
		paths.Handle(a.Page(), d.Methods(d.admit(a, get), d.admit(a, post)))
	}
	form(rbac.ActListLog, d.getLog, d.postLog)
	search := rbac.ActionOf(rbac.ActSearchUsers)
	paths.Handle(search.Page(), d.Methods(d.toUsers, d.admit(search, d.postSearch)))
	for _, do := range deeds() {
		form(do.action, d.ask(do), d.act(do))
	}
	look(rbac.ActListRoles, d.getRoles)
	form(rbac.ActCreateRole, d.getNewRole, d.postNewRole)
	form(rbac.ActDeleteRole, d.getDeleteRole, d.postDeleteRole)
	form(rbac.ActSetRoles, d.getUserRoles, d.postUserRoles)

	mux.Handle(frame.AdminPath, paths)
	mux.Handle(frame.AdminPath+"/", paths)
	mux.Except(frame.AdminPath + "/api/")
}
