package gallerytest

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// permitted does something as somebody whose role has some permissions and no others.
func permitted(role string, permissions []string, do func(b *browser)) func(*browser) {
	return func(b *browser) {
		name := role + "-" + b.language
		if _, err := b.h.Roles.Create(b.t.Context(), name, permissions, audit.Operator{Machine: true}); err != nil {
			b.t.Fatal(err)
		}
		b.operates(name)
		do(b)
	}
}

// fails lets sign-ins of somebody fail for every reason that there are words for, and
// for one that there are none for.
func (b *browser) fails(u store.User) {
	b.t.Helper()
	trail, said := audit.New(b.h.Clock), roomtest.Must(words.Read())[b.language]
	err := b.h.Store.Tx(b.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, key := range append(slices.Sorted(maps.Keys(said)), "admin.reason.of_a_later_version") {
			reason, is := strings.CutPrefix(key, "admin.reason.")
			if !is {
				continue
			}
			e := audit.Event{Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: reason, UserID: u.ID}
			if err := trail.Record(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// logPage leads to where everything that happened is listed.
func logPage() string { return rbac.ActionOf(rbac.ActListLog).Page() }

func logScenes() []scene {
	failed := func(path string) func(*browser) {
		return operating(rbac.Owner, func(b *browser) {
			b.fails(b.grace())
			b.get(logPage() + path)
		})
	}
	return []scene{
		{name: "admin-events", shows: "everything that happened, first page", leads: failed("")},
		{name: "admin-events-more", shows: "the page after it", leads: operating(rbac.Owner, func(b *browser) {
			b.fails(b.grace())
			list := roomtest.Must(b.h.Store.Direct().Audit.List(b.t.Context(), store.AuditFilter{}, store.Page{Limit: 50}))
			b.get(logPage() + "?after=" + list[49].ID)
		})},
		{name: "admin-events-found", shows: "what happened to one user, of one kind, on some days", leads: operating(rbac.Support, func(b *browser) {
			u := b.grace()
			b.fails(u)
			b.post(logPage(), "user", u.Email, "kind", audit.KindLoginFailed, "from", "2020-01-01", "until", "2100-01-01")
		})},
		{name: "admin-events-none", shows: "nothing fits", leads: operating(rbac.Auditor, func(b *browser) { b.get(logPage() + "?kind=nothing") })},
		{name: "admin-events-nobody", shows: "nobody has the address", leads: operating(rbac.Support, func(b *browser) { b.post(logPage(), "user", "nobody@people.example") })},
		{name: "admin-events-no-day", shows: "a day that is none", leads: operating(rbac.Support, func(b *browser) { b.post(logPage(), "from", "yesterday") })},
		{name: "admin-events-refused", shows: "somebody who may look at users alone", leads: permitted("clerk", []string{rbac.ReadUsers}, func(b *browser) { b.get(logPage()) })},
		{name: "admin-events-unavailable", shows: "no database", leads: operating(rbac.Owner, func(b *browser) { b.broken("", func() { b.do(http.MethodGet, logPage(), nil) }) })},
	}
}
