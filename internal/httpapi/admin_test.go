package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// operator is a user with roles who is signed in.
type operator struct {
	store.User
	token string
}

func (w *world) operator(tb testing.TB, name string, roles ...string) operator {
	tb.Helper()
	u := must(w.options.SignUps.Create(tb.Context(), signup.Create{
		Email: name + "@people.example", Password: goodPassword, Roles: roles, Verified: true,
	}))
	return operator{u, w.login(tb, u.Email).AccessToken}
}

// left lists the events that an operator left since another moment, of some kinds.
func (w *world) left(tb testing.TB, actor string, kinds ...string) (list []store.AuditEvent) {
	tb.Helper()
	for _, kind := range kinds {
		for after := ""; ; {
			some := must(w.store.Direct().Audit.List(tb.Context(), store.AuditFilter{Kind: kind}, store.Page{After: after, Limit: 500}))
			for _, e := range some {
				if e.ActorID == actor {
					list = append(list, e)
				}
			}
			if len(some) < 500 {
				break
			}
			after = some[len(some)-1].ID
		}
	}
	return list
}

// try makes a request for an action on a user, with everything that it needs.
func (w *world) try(tb testing.TB, a rbac.Action, bearer string, on operator, n int) reply {
	tb.Helper()
	live := on.ID // names no session
	if page := must(w.options.Sessions.Devices(tb.Context(), session.DeviceList{UserID: on.ID, Limit: 1})); len(page.Items) > 0 {
		live = page.Items[0].ID
	}
	role, names := fmt.Sprintf("made-%d", n), on.ID
	r := request{method: a.Method, bearer: bearer, header: []string{"If-Match", "*"}}
	switch a.ID {
	case rbac.ActSearchUsers:
		r.body = object{"user": strings.ToUpper(on.Email)}
	case rbac.ActSetRoles:
		r.body = object{"roles": []string{"editor"}}
	case rbac.ActCreateRole:
		r.body = object{"name": role, "permissions": []string{"articles:write"}}
	case rbac.ActCreateInvitation:
		r.body = object{"email": fmt.Sprintf("invited%d@people.example", n), "expires_in": 3600}
	case rbac.ActWithdrawInvitation:
		names = must(w.options.SignUps.Invite(tb.Context(), signup.Invite{Email: role + "@people.example", By: audit.Operator{Machine: true}})).ID
	case rbac.ActDeleteRole:
		must(w.options.Roles.Create(tb.Context(), role, nil, audit.Operator{Machine: true}))
	case rbac.ActEnableUser:
		if err := w.options.Users.Disable(tb.Context(), on.ID, admin.Change{By: audit.Operator{Machine: true}}); err != nil {
			tb.Fatal(err)
		}
	}
	r.path = strings.NewReplacer("{id}", names, "{session}", live, "{name}", role).Replace(a.Path)
	return w.do(tb, r)
}

// TestEveryRoleTriesEveryAction has each role try each row of the table: who has the
// permission does it, everybody else is refused, and either leaves exactly one event.
func TestEveryRoleTriesEveryAction(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	allowed := map[string][]string{"editor": nil, "": nil}
	for _, r := range must(w.options.Roles.List(t.Context())) {
		allowed[r.Name] = r.Permissions
	}
	n := 0
	for role, permissions := range allowed {
		by := w.operator(t, "by-"+role+"-", slices.DeleteFunc([]string{role}, func(r string) bool { return r == "" })...)
		for _, a := range rbac.Actions() {
			n++
			on := w.operator(t, fmt.Sprintf("on%d", n))
			kind := a.Kind
			if a.ID == rbac.ActSearchUsers {
				kind = audit.KindUserViewed // somebody is found
			}
			before := len(w.left(t, by.ID, kind, audit.KindAdminRefused))
			got := w.try(t, a, by.token, on, n)
			events := w.left(t, by.ID, kind, audit.KindAdminRefused)
			if len(events) != before+1 {
				t.Errorf("%s, %s: %d events, want one", role, a.ID, len(events)-before)
				continue
			}
			if !slices.Contains(permissions, a.Permission) {
				got.want(t, http.StatusForbidden, "permission_required")
				if e := w.left(t, by.ID, audit.KindAdminRefused)[0]; e.Outcome != audit.Failure || e.Reason != "permission_required" || !strings.Contains(e.Details, a.ID) {
					t.Errorf("%s, %s: the event is %+v", role, a.ID, e)
				}
				continue
			}
			if got.status >= http.StatusMultipleChoices {
				t.Errorf("%s, %s: %d %s", role, a.ID, got.status, got.body)
			}
		}
	}
}

// TestNobodyElseComesIn tries each action without a token, with a client's and with one
// for another program, though its user owns the server.
func TestNobodyElseComesIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.operator(t, "owner", "owner")
	machine := w.makeClient(t, client.Draft{ClientID: "batch", Audiences: []string{ordersAPI}, Scopes: []string{"admin:users:read"}})
	elsewhere := w.loginFor(t, owner.Email, ordersAPI).AccessToken
	for n, a := range rbac.Actions() {
		on := w.operator(t, fmt.Sprintf("on%d", n))
		w.try(t, a, "", on, n).want(t, http.StatusUnauthorized, "token_required")
		w.try(t, a, elsewhere, on, 100+n).want(t, http.StatusUnauthorized, "invalid_token")
		w.try(t, a, w.own(t, machine), on, 200+n).want(t, http.StatusUnauthorized, "invalid_token")
	}
	if n := len(w.left(t, owner.ID, audit.KindAdminRefused)); n != 0 {
		t.Errorf("%d refusals are the owner's", n)
	}
}

// TestWhatAnActionNeedsBesideItsPermission has an owner come late, from elsewhere, and
// with one factor.
func TestWhatAnActionNeedsBesideItsPermission(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.operator(t, "owner", "owner")
	gate := func(change func(*admin.GateOptions)) {
		o := admin.GateOptions{Store: w.store, Roles: w.options.Roles, Sessions: w.options.Sessions, Trail: audit.New(w.clock)}
		change(&o)
		w.serve(t, func(h *httpapi.Options) { h.Gate = admin.NewGate(o) })
	}
	for n, a := range rbac.Actions() {
		on := w.operator(t, fmt.Sprintf("on%d", n))
		gate(func(o *admin.GateOptions) { o.Networks = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} })
		w.try(t, a, owner.token, on, n).want(t, http.StatusForbidden, "network_not_allowed")
		gate(func(o *admin.GateOptions) {
			o.Networks, o.TwoFactors = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}, true
		})
		w.try(t, a, owner.token, on, 100+n).want(t, http.StatusForbidden, "two_factors_required")
	}
	gate(func(*admin.GateOptions) {})
	tokens := w.login(t, owner.Email)
	w.clock.Advance(14 * time.Minute)
	tokens = w.refreshed(t, tokens)
	w.clock.Advance(2 * time.Minute)
	for n, a := range rbac.Actions() {
		got := w.try(t, a, tokens.AccessToken, w.operator(t, fmt.Sprintf("late%d", n)), 300+n)
		if a.Recent {
			got.want(t, http.StatusForbidden, "reauthentication_required")
		} else if got.status != http.StatusOK {
			t.Errorf("%s: %d %s", a.ID, got.status, got.body)
		}
	}
}

// TestAnExpiredSessionAdministersNothing has an owner's token outlive its session.
func TestAnExpiredSessionAdministersNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.operator(t, "owner", "owner")
	tokens := w.login(t, owner.Email)
	w.expire(t, tokens.SessionID)
	for n, a := range rbac.Actions() {
		w.try(t, a, tokens.AccessToken, w.operator(t, fmt.Sprintf("on%d", n)), n).want(t, http.StatusUnauthorized, "invalid_token")
		if left := w.left(t, owner.ID, a.Kind, audit.KindAdminRefused); a.Kind != audit.KindSessionEnded && len(left) > 0 {
			t.Errorf("%s: %d events came of it", a.ID, len(left))
		}
	}
}

// TestOperatorsChangeWhatTheyHaveSeen changes a user with old, missing and strange
// versions.
func TestOperatorsChangeWhatTheyHaveSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, ada := w.operator(t, "owner", "owner"), w.operator(t, "ada")
	path := "/admin/api/users/" + ada.ID
	put := func(match string, roles ...string) reply {
		return w.do(t, request{method: http.MethodPut, path: path + "/roles", bearer: owner.token, body: object{"roles": roles}, header: []string{"If-Match", match}})
	}
	first := w.get(t, path, owner.token).header.Get("ETag")
	w.login(t, ada.Email)
	if again := w.get(t, path, owner.token).header.Get("ETag"); first == "" || again != first {
		t.Errorf("signing in made %s of %s", again, first)
	}
	put("", "editor").want(t, http.StatusPreconditionRequired, "if_match_required")
	for _, match := range []string{`"99"`, "99", `W/` + first, "x", first + ", " + first} {
		put(match, "editor").want(t, http.StatusPreconditionFailed, "changed_meanwhile")
	}
	now := put(first, "editor").want(t, http.StatusOK, "").header.Get("ETag")
	if now == first || now == "" {
		t.Errorf("the ETag is %s after a change of %s", now, first)
	}
	put(first, "writer").want(t, http.StatusPreconditionFailed, "changed_meanwhile")
	put(now, "writer").want(t, http.StatusOK, "")
	put("*", "owner", "no such form").want(t, http.StatusUnprocessableEntity, "invalid_input")
	w.do(t, request{method: http.MethodPut, path: "/admin/api/users/" + owner.ID + "/roles", bearer: owner.token, body: object{"roles": []string{}}, header: []string{"If-Match", "*"}}).
		want(t, http.StatusConflict, "last_owner")
	for _, id := range []string{"nobody", "ada@people.example"} {
		w.get(t, "/admin/api/users/"+id, owner.token).want(t, http.StatusNotFound, "user_not_found")
		w.do(t, request{method: http.MethodDelete, path: "/admin/api/users/" + id + "/sessions", bearer: owner.token}).want(t, http.StatusNotFound, "user_not_found")
	}
}

// TestTwoOperatorsChangeAUserAtOnce: one of those who saw the same user changes them.
func TestTwoOperatorsChangeAUserAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada := w.operator(t, "ada")
	seen := must(w.options.Users.ByID(t.Context(), ada.ID)).Version
	won := make(chan error, 16)
	for n := range cap(won) {
		go func() {
			_, err := w.options.Users.SetRoles(context.WithoutCancel(t.Context()), ada.ID, []string{fmt.Sprintf("r%d", n)}, admin.Change{By: audit.Operator{Machine: true}, Seen: &seen})
			won <- err
		}()
	}
	changed := 0
	for range cap(won) {
		if err := <-won; err == nil {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d changed the same version, want one", changed)
	}
}

// TestEveryPermissionOpensAnAction: a permission is in the table, or it is rank.
func TestEveryPermissionOpensAnAction(t *testing.T) {
	t.Parallel()
	for _, p := range rbac.Permissions() {
		used := slices.ContainsFunc(rbac.Actions(), func(a rbac.Action) bool { return a.Permission == p })
		if used == (p == rbac.ManageOwners) {
			t.Errorf("%s opens an action: %v", p, used)
		}
	}
}

// TestASearchThatFindsSomebodyIsALookAtThem: whoever asks what was done with an account
// finds the operator who searched for it.
func TestASearchThatFindsSomebodyIsALookAtThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, ada := w.operator(t, "owner", "owner"), w.operator(t, "ada")
	for _, user := range []string{ada.Email, ada.ID, "nobody@people.example"} {
		w.do(t, request{method: http.MethodPost, path: "/admin/api/users/search", bearer: owner.token, body: object{"user": user}}).want(t, http.StatusOK, "")
	}
	looks := w.left(t, owner.ID, audit.KindUserViewed)
	if len(looks) != 2 {
		t.Fatalf("%d looks, want one for each search that found ada", len(looks))
	}
	for _, e := range looks {
		if e.UserID != ada.ID || !strings.Contains(e.Details, rbac.ActSearchUsers) {
			t.Errorf("a look is %+v", e)
		}
	}
	if none := w.left(t, owner.ID, audit.KindUsersSearched); len(none) != 1 || none[0].UserID != "" {
		t.Errorf("searches that found nobody left %+v", none)
	}
}

// TestAnOperatorWhoWasAwayProvesWhoTheyAre: a session that administered nothing for an
// hour administers nothing more, however often it was refreshed.
func TestAnOperatorWhoWasAwayProvesWhoTheyAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.operator(t, "owner", "owner")
	tokens := w.login(t, owner.Email)
	away := func(d time.Duration) reply {
		for ; d > 10*time.Minute; d -= 10 * time.Minute {
			w.clock.Advance(10 * time.Minute)
			tokens = w.refreshed(t, tokens)
		}
		w.clock.Advance(d)
		tokens = w.refreshed(t, tokens)
		return w.get(t, "/admin/api/users/"+owner.ID, tokens.AccessToken)
	}
	for range 3 { // each is a use
		away(59*time.Minute).want(t, http.StatusOK, "")
	}
	away(61*time.Minute).want(t, http.StatusForbidden, "reauthentication_required")
	away(time.Minute).want(t, http.StatusForbidden, "reauthentication_required")
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusOK, "")
	w.reauthenticate(t, tokens.AccessToken, object{"password": goodPassword}).want(t, http.StatusOK, "").read(t, &tokens)
	away(59*time.Minute).want(t, http.StatusOK, "")
	if e := w.left(t, owner.ID, audit.KindAdminRefused); len(e) == 0 || e[0].Reason != "reauthentication_required" {
		t.Errorf("the refusals are %+v", e)
	}
}

// TestTheLogIsNarrowedByWhatIsIndexed asks for the whole log in each way that there is,
// and page by page.
func TestTheLogIsNarrowedByWhatIsIndexed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, ada := w.operator(t, "owner", "owner"), w.operator(t, "ada")
	type page struct {
		Items []httpapi.AdminEvent
		Next  string
	}
	list := func(query string) (p page) {
		t.Helper()
		w.get(t, "/admin/api/events?"+query, owner.token).want(t, http.StatusOK, "").read(t, &p)
		return p
	}
	about := list("user=" + ada.ID).Items
	if len(about) < 2 || slices.ContainsFunc(about, func(e httpapi.AdminEvent) bool { return e.UserID != ada.ID }) {
		t.Errorf("the events of ada are %+v", about)
	}
	if looks := w.left(t, owner.ID, audit.KindUserViewed); len(looks) != 1 || looks[0].UserID != ada.ID {
		t.Errorf("a look at the events of ada left %+v", looks)
	}
	opened := list("kind=session.opened&user=" + ada.ID).Items
	if len(opened) != 1 || opened[0].Kind != "session.opened" {
		t.Fatalf("her sign-ins are %+v", opened)
	}
	if n := len(w.left(t, owner.ID, audit.KindUserViewed)); n != 2 {
		t.Errorf("two looks left %d events", n)
	}
	now := time.Now().UTC()
	for query, want := range map[string]int{
		"from=" + now.Add(time.Hour).Format(time.RFC3339):                                                        0,
		"until=" + now.Add(-time.Hour).Format(time.RFC3339):                                                      0,
		"from=" + now.Add(-time.Hour).Format(time.RFC3339) + "&until=" + now.Add(time.Hour).Format(time.RFC3339): 1,
		"until=1960-01-01T00:00:00Z":                                                                             0,
		"after=" + opened[0].ID:                                                                                  0,
	} {
		if got := list("kind=session.opened&user=" + ada.ID + "&" + query).Items; len(got) != want {
			t.Errorf("%s: %d events, want %d", query, len(got), want)
		}
	}
	var ids []string
	for next := ""; ; {
		p := list("limit=2&until=" + now.Add(time.Minute).Format(time.RFC3339) + "&kind=session.opened&after=" + next)
		for _, e := range p.Items {
			ids = append(ids, e.ID)
		}
		if next = p.Next; next == "" {
			break
		}
	}
	if all := list("kind=session.opened").Items; len(ids) != len(all) || !slices.IsSortedFunc(ids, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("page by page there are %d sign-ins in %v, want %d", len(ids), ids, len(all))
	}
	for _, query := range []string{"from=yesterday", "until=12", "limit=0", "limit=101", "kind=" + strings.Repeat("a", 65), "kind=%00"} {
		w.get(t, "/admin/api/events?"+query, owner.token).want(t, http.StatusUnprocessableEntity, "invalid_input")
	}
	w.get(t, "/admin/api/events?user=nobody", owner.token).want(t, http.StatusNotFound, "user_not_found")
}
