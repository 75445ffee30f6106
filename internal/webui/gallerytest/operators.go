package gallerytest

import (
	"context"
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// operates gives Ada a role and signs her in.
func (b *browser) operates(role string) {
	b.t.Helper()
	b.joins()
	if _, err := b.h.Users.SetRoles(b.t.Context(), b.email, []string{role}, admin.Change{By: audit.Operator{Machine: true}}); err != nil {
		b.t.Fatal(err)
	}
	b.signsIn()
}

// operating does something as somebody who has a role.
func operating(role string, do func(b *browser)) func(*browser) {
	return func(b *browser) {
		b.operates(role)
		do(b)
	}
}

// grace is somebody whom Ada looks at: with a name that is to be escaped, a role, a
// second factor and some devices.
func (b *browser) grace(roles ...string) store.User {
	b.t.Helper()
	c := signup.Create{Email: b.new, Password: roomtest.Good, Name: adasName, Roles: roles, Verified: true, Origin: roomtest.Origin()}
	u, err := b.h.Create(b.t.Context(), c)
	if err != nil {
		b.t.Fatal(err)
	}
	for range 2 {
		b.h.Browser(b.t, u, session.AMRPassword)
	}
	return u
}

// becomes gives somebody another status, by hand.
func (b *browser) becomes(u store.User, status store.UserStatus) {
	b.t.Helper()
	err := b.h.Store.Tx(b.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := rbac.SetStatus(ctx, tx, u.ID, u.Status, status, b.h.Clock.Now())
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// pageOf is where an action is done to somebody.
func pageOf(action string, u store.User) string {
	return strings.Replace(rbac.ActionOf(action).Page(), "{id}", u.ID, 1)
}

// session is the last session of somebody.
func (b *browser) session(u store.User) string {
	b.t.Helper()
	return roomtest.Must(b.h.Users.Devices(b.t.Context(), u.ID))[0].ID
}

func operatorScenes() []scene {
	dashboard := func(b *browser) { b.get(frame.AdminPath) }
	return []scene{
		{name: "account-operator", shows: "the account of somebody who runs the service", leads: operating(rbac.Owner, func(b *browser) { b.get(frame.AccountPath) })},
		{name: "admin", shows: "the overview of somebody who may do everything", leads: operating(rbac.Owner, dashboard)},
		{name: "admin-calm", shows: "the overview of a server that runs well", leads: operating(rbac.Owner, dashboard), setting: setting{overview: calm}},
		{name: "admin-behind", shows: "the overview of a server that falls behind, by day", leads: operating(rbac.Owner, func(b *browser) {
			b.get(frame.AdminPath + "?span=day")
		}), setting: setting{overview: behind}},
		{name: "admin-troubled", shows: "the overview while everything goes wrong", leads: operating(rbac.Owner, dashboard), setting: setting{overview: troubled}},
		{name: "admin-none", shows: "somebody who may do nothing here", leads: athome(dashboard)},
		{name: "admin-network", shows: "an operator who comes from elsewhere", leads: operating(rbac.Owner, dashboard), setting: setting{inside: true}},
		{name: "admin-factors", shows: "an operator without a second factor where one is required", leads: operating(rbac.Support, dashboard), setting: setting{factors: true}},
		{name: "admin-unavailable", shows: "no database", leads: operating(rbac.Owner, func(b *browser) { b.broken("", func() { dashboard(b) }) })},
	}
}

// onGrace opens the page of an action on Grace, as an owner.
func onGrace(action string) func(*browser) {
	return operating(rbac.Owner, func(b *browser) { b.get(pageOf(action, b.grace("editor"))) })
}

// doing sends a form about Grace, who is as the page showed her, as an owner.
func doing(action string, form ...string) func(*browser) {
	return operating(rbac.Owner, func(b *browser) { b.sends(action, b.grace("editor"), form...) })
}

func (b *browser) sends(action string, u store.User, form ...string) {
	b.t.Helper()
	page := pageOf(action, u)
	if action == rbac.ActEndSession {
		page = strings.Replace(page, "{session}", b.session(u), 1)
	}
	b.post(page, append([]string{"version", strconv.FormatInt(b.h.User(b.t, u.Email).Version, 10), "confirm", u.Email}, form...)...)
}

func userScenes() []scene {
	search := rbac.ActionOf(rbac.ActSearchUsers).Page()
	seen := func(role string, status store.UserStatus) func(*browser) {
		return operating(role, func(b *browser) {
			u := b.grace()
			b.becomes(u, status)
			b.get(pageOf(rbac.ActShowUser, u))
		})
	}
	return []scene{
		// Everybody of the scenes before is there.
		{name: "admin-users", shows: "users, a page of them", leads: operating(rbac.Owner, func(b *browser) { b.get(rbac.ActionOf(rbac.ActListUsers).Page() + "?after=0") })},
		{name: "admin-users-none", shows: "a search that finds nobody", leads: operating(rbac.Support, func(b *browser) { b.post(search, "user", "nobody@people.example") })},
		{name: "admin-users-refused", shows: "a page for another permission", leads: operating(rbac.Support, func(b *browser) {
			b.get(pageOf(rbac.ActDisableUser, b.grace()))
		})},
		{name: "admin-user", shows: "a user who was found", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace("editor", "writer")
			b.h.AddTOTP(b.t, u)
			b.post(search, "user", u.Email)
		})},
		{name: "admin-user-bare", shows: "a user who never signed in, to an auditor", leads: operating(rbac.Auditor, func(b *browser) {
			b.get(pageOf(rbac.ActShowUser, roomtest.Must(b.h.Create(b.t.Context(), signup.Create{Email: b.new, Password: roomtest.Good}))))
		})},
		{name: "admin-user-above", shows: "a user whom the operator can't change", leads: operating(rbac.Support, func(b *browser) { b.get(pageOf(rbac.ActShowUser, b.grace(rbac.Admin))) })},
		{name: "admin-user-disabled", shows: "a user who is disabled", leads: seen(rbac.Admin, store.UserDisabled)},
		{name: "admin-user-leaving", shows: "a user who is to be deleted", leads: seen(rbac.Admin, store.UserPendingDeletion)},
		{name: "admin-user-erased", shows: "what is left of a user", leads: seen(rbac.Admin, store.UserErased)},
		{name: "admin-user-imported", shows: "a user from another system", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			err := b.h.Store.Direct().ExternalIDs.InsertMany(b.t.Context(), []store.ExternalID{{Source: "old", UserID: u.ID, ExternalID: "4711-" + b.language, CreatedAt: b.h.Clock.Now()}})
			if err != nil {
				b.t.Fatal(err)
			}
			b.get(pageOf(rbac.ActShowUser, u))
		})},
		{name: "admin-user-gone", shows: "nobody has the ID", leads: operating(rbac.Support, func(b *browser) { b.get(pageOf(rbac.ActShowUser, store.User{ID: "nobody"})) })},
		{name: "admin-sessions", shows: "where a user is signed in", leads: onGrace(rbac.ActListSessions)},
		{name: "admin-user-events", shows: "what happened to a user, first page", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			b.happensTo(u)
			b.get(pageOf(rbac.ActListEvents, u))
		})},
		{name: "admin-user-events-more", shows: "the page after it", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			b.happensTo(u)
			b.get(pageOf(rbac.ActListEvents, u) + "?after=ffffffff")
		})},
		{name: "admin-user-events-none", shows: "nothing happened", leads: operating(rbac.Owner, func(b *browser) { b.get(pageOf(rbac.ActListEvents, b.grace()) + "?after=0") })},
	}
}

func deedScenes() []scene {
	disable := rbac.ActDisableUser
	return []scene{
		{name: "admin-disable", shows: "what disabling does", leads: onGrace(disable)},
		{name: "admin-disable-wrong", shows: "another address was typed", leads: doing(disable, "confirm", "ada")},
		{name: "admin-disable-stale", shows: "somebody was faster", leads: doing(disable, "version", "99")},
		{name: "admin-disable-done", shows: "a user was disabled", leads: doing(disable)},
		{name: "admin-disable-leaving", shows: "what disabling does to somebody who is to be deleted", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			b.becomes(u, store.UserPendingDeletion)
			b.get(pageOf(disable, u))
		})},
		{name: "admin-enable", shows: "what enabling does", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			b.h.Disable(b.t, u)
			b.get(pageOf(rbac.ActEnableUser, u))
		})},
		{name: "admin-enable-done", shows: "a user was enabled", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			b.becomes(u, store.UserDisabled)
			b.sends(rbac.ActEnableUser, u)
		})},
		{name: "admin-sign-out", shows: "what signing a user out does", leads: onGrace(rbac.ActSignOutUser)},
		{name: "admin-sign-out-done", shows: "a user was signed out", leads: doing(rbac.ActSignOutUser)},
		{name: "admin-end-session", shows: "what ending a session does", leads: operating(rbac.Owner, func(b *browser) {
			u := b.grace()
			b.get(strings.Replace(pageOf(rbac.ActEndSession, u), "{session}", b.session(u), 1))
		})},
		{name: "admin-end-session-done", shows: "a session was ended", leads: doing(rbac.ActEndSession)},
		{name: "admin-end-session-gone", shows: "the session has ended already", leads: operating(rbac.Owner, func(b *browser) {
			b.get(strings.Replace(pageOf(rbac.ActEndSession, b.grace()), "{session}", "gone", 1))
		})},
		{name: "admin-user-roles", shows: "the roles of a user", leads: operating(rbac.Admin, func(b *browser) { b.get(pageOf(rbac.ActSetRoles, b.grace("editor", rbac.Auditor))) })},
		{name: "admin-user-roles-wrong", shows: "a name that is none", leads: doing(rbac.ActSetRoles, "others", "no such/role")},
		{name: "admin-user-roles-done", shows: "the roles were set", leads: doing(rbac.ActSetRoles, "role", rbac.Support)},
	}
}
