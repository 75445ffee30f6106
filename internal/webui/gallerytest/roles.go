package gallerytest

import (
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

// defines has a role defined, with permissions of applications or none, and gives its
// name: one for each language of a scene.
func (b *browser) defines(name string, permissions ...string) string {
	b.t.Helper()
	name += "-" + b.language
	roomtest.Must(b.h.Roles.Create(b.t.Context(), name, permissions, audit.Operator{Machine: true}))
	return name
}

func roleScenes() []scene {
	list, create := rbac.ActionOf(rbac.ActListRoles).Page(), rbac.ActionOf(rbac.ActCreateRole).Page()
	deleting := func(role string) string {
		return strings.Replace(rbac.ActionOf(rbac.ActDeleteRole).Page(), "{name}", role, 1)
	}
	return []scene{
		{name: "admin-roles", shows: "every role, to somebody who defines them", leads: operating(rbac.Owner, func(b *browser) {
			b.defines("writers", "articles:read", "articles:write")
			b.defines("guests")
			b.get(list)
		})},
		{name: "admin-roles-read", shows: "every role, to somebody who only looks", leads: operating(rbac.Auditor, func(b *browser) { b.get(list) })},
		{name: "admin-roles-refused", shows: "somebody who may not look at roles", leads: operating(rbac.Support, func(b *browser) { b.get(list) })},
		{name: "admin-roles-unavailable", shows: "no database", leads: operating(rbac.Owner, func(b *browser) { b.broken("", func() { b.get(list) }) })},
		{name: "admin-role-new", shows: "the form of a new role", leads: operating(rbac.Admin, func(b *browser) { b.get(create) })},
		{name: "admin-role-new-wrong", shows: "a name that is none", leads: operating(rbac.Admin, func(b *browser) {
			b.post(create, "name", "no such/name", "permission", rbac.ReadUsers, "permissions", "articles:read")
		})},
		{name: "admin-role-new-taken", shows: "a name that a role has", leads: operating(rbac.Admin, func(b *browser) { b.post(create, "name", rbac.Owner) })},
		{name: "admin-role-new-done", shows: "a role was created", leads: operating(rbac.Owner, func(b *browser) {
			b.post(create, "name", "made-"+b.language, "permission", rbac.ReadEvents, "permissions", "articles:read articles:write")
		})},
		{name: "admin-role-delete", shows: "what deleting a role does", leads: operating(rbac.Owner, func(b *browser) { b.get(deleting(b.defines("spare"))) })},
		{name: "admin-role-delete-wrong", shows: "another name was typed", leads: operating(rbac.Owner, func(b *browser) {
			b.post(deleting(b.defines("spared")), "confirm", "another")
		})},
		{name: "admin-role-delete-used", shows: "a user has the role", leads: operating(rbac.Owner, func(b *browser) {
			role := b.defines("worn")
			b.grace(role)
			b.post(deleting(role), "confirm", role)
		})},
		{name: "admin-role-delete-done", shows: "a role was deleted", leads: operating(rbac.Owner, func(b *browser) {
			role := b.defines("brief")
			b.post(deleting(role), "confirm", role)
		})},
		{name: "admin-role-delete-gone", shows: "there is no such role", leads: operating(rbac.Owner, func(b *browser) { b.get(deleting("nothing")) })},
	}
}
