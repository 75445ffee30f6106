package webui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/dashboard"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// operator makes a user with roles whose browser the site's is from now on, signed in
// by two factors if there is one.
func (s *site) operator(t *testing.T, email string, roles ...string) store.User {
	t.Helper()
	s.house.Join(t, email)
	s.roles(t, email, roles...)
	s.comes(t, email)
	return s.house.User(t, email)
}

func (s *site) roles(t *testing.T, email string, roles ...string) {
	t.Helper()
	if _, err := s.house.Users.SetRoles(t.Context(), email, roles, admin.Change{By: audit.Operator{Machine: true}}); err != nil {
		t.Fatal(err)
	}
}

// comes makes the browser that of a user who has just signed in.
func (s *site) comes(t *testing.T, email string) {
	t.Helper()
	amr := []string{session.AMRPassword}
	u := s.house.User(t, email)
	if u.TOTP {
		amr = append(amr, session.AMRCode, session.AMRMulti)
	}
	_, cookie := s.house.Browser(t, u, amr...)
	s.browser.Jar.SetCookies(roomtest.Must(s.request(t, http.MethodGet, "/", nil).URL.Parse("/")), []*http.Cookie{{Name: "sallyport_session", Value: cookie, Path: "/"}})
}

// left gives the events that an operator left, of a kind.
func (s *site) left(t *testing.T, by store.User, kind string) (list []store.AuditEvent) {
	t.Helper()
	for _, e := range s.house.Trail(t, kind) {
		if e.ActorID == by.ID {
			list = append(list, e)
		}
	}
	return list
}

// TestWhoEntersTheDashboard opens its first page as everybody.
func TestWhoEntersTheDashboard(t *testing.T) {
	t.Parallel()
	s := joined(t)
	s.stay()
	s.get(t, frame.AdminPath).leads(t, "/sign-in?return_to=%2Fadmin")
	s.comes(t, ada)
	p := s.get(t, frame.AdminPath).want(t, http.StatusForbidden, "Your roles do not allow this.")
	if strings.Contains(p.text, `class="places"`) && strings.Contains(p.text, "<ul>\n<li><a href=\"/admin") {
		t.Error("somebody without a permission is shown what there is")
	}
	refused := s.left(t, s.user(t), audit.KindAdminRefused)
	if len(refused) != 1 || refused[0].Reason != "permission_required" || !strings.Contains(refused[0].Details, rbac.Entering().ID) {
		t.Errorf("the refusal left %+v", refused)
	}
	if strings.Contains(s.get(t, accountPath).text, "/admin") {
		t.Error("the account leads there whom it refuses")
	}
	for _, role := range rbac.BuiltIn() {
		s.operator(t, role+"@people.example", role)
		p := s.get(t, frame.AdminPath).want(t, http.StatusOK, role)
		if p.Header.Get("Cache-Control") != "no-store" || !strings.Contains(p.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("the headers are %v", p.Header)
		}
		s.get(t, accountPath).want(t, http.StatusOK, `href="/admin"`)
	}
	s.get(t, "/admin/nothing").want(t, http.StatusNotFound, "Page not found")
}

// TestOperatorsComeWithTwoFactorsAndFromTheirNetworks, where they must.
func TestOperatorsComeWithTwoFactorsAndFromTheirNetworks(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	gated := func(twoFactors bool, networks ...netip.Prefix) func(*Options) {
		return func(o *Options) { o.Gate = h.OperatorsFrom(twoFactors, networks...) }
	}
	s := over(t, h, gated(true))
	s.stay()
	owner := s.operator(t, ada, rbac.Owner)
	s.get(t, frame.AdminPath).want(t, http.StatusForbidden, `href="/account/second-factor"`)
	h.AddTOTP(t, owner)
	// The session is still one of a single factor: it leads to where there is a second.
	_, cookie := h.Browser(t, h.User(t, ada), session.AMRPassword)
	s.get(t, frame.AdminPath, "Cookie", "sallyport_session="+cookie).leads(t, "/account/confirm?return_to=%2Fadmin")
	s.comes(t, ada)
	s.get(t, frame.AdminPath).want(t, http.StatusOK, "Overview")
	if n := len(s.left(t, owner, audit.KindAdminRefused)); n != 2 && n != 1 { // two of a minute are counted together
		t.Errorf("%d refusals are recorded", n)
	}

	inside := over(t, h, gated(false, netip.MustParsePrefix("192.0.2.0/24")))
	inside.stay()
	inside.comes(t, ada)
	h.Clock.Advance(2 * time.Minute)
	inside.get(t, frame.AdminPath).want(t, http.StatusForbidden, "Your network is not allowed")
}

// TestProgramsHaveTheAPIAlone: no page is in the way of the admin API.
func TestProgramsHaveTheAPIAlone(t *testing.T) {
	t.Parallel()
	s := roomtest.Must(New(optionsOver(roomtest.New(t))))
	for _, a := range rbac.Actions() {
		r := roomtest.Must(http.NewRequestWithContext(t.Context(), a.Method, "http://localhost"+strings.ReplaceAll(a.Path, "{id}", "x"), nil))
		if page, _ := s.For(r); page {
			t.Errorf("a page answers at %s", a.Path)
		}
		r = roomtest.Must(http.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost"+strings.ReplaceAll(a.Page(), "{id}", "x"), nil))
		if page, _ := s.For(r); !page {
			t.Errorf("no page answers at %s", a.Page())
		}
	}
}

func optionsOver(h *roomtest.House) Options {
	return Options{
		Options: frame.Options{Rooms: h.Pages(), Limits: h.Limits, Log: slog.New(slog.DiscardHandler), PublicURL: "http://localhost"},
		Clock:   h.Clock,
	}
}

// try opens the page of an action about a user, or sends its form as the page would.
func (s *site) try(t *testing.T, a rbac.Action, on store.User, n int, post bool, more ...string) page {
	t.Helper()
	live, role := on.ID, fmt.Sprintf("made-%d", n)
	if list := roomtest.Must(s.house.Users.Devices(t.Context(), on.ID)); len(list) > 0 {
		live = list[0].ID
	}
	switch a.ID {
	case rbac.ActDeleteRole:
		roomtest.Must(s.house.Roles.Create(t.Context(), role, nil, audit.Operator{Machine: true}))
	case rbac.ActEnableUser:
		if err := s.house.Users.Disable(t.Context(), on.ID, admin.Change{By: audit.Operator{Machine: true}}); err != nil {
			t.Fatal(err)
		}
	}
	path := strings.NewReplacer("{id}", on.ID, "{session}", live, "{name}", role).Replace(a.Page())
	if !post {
		return s.get(t, path)
	}
	u := roomtest.Must(s.house.Users.ByID(t.Context(), on.ID))
	form := url.Values{"version": {strconv.FormatInt(u.Version, 10)}, "confirm": {on.Email}, "user": {on.Email}, "role": {"editor"}, "name": {role}, "permissions": {"articles:write"}}
	if a.ID == rbac.ActDeleteRole {
		form.Set("confirm", role)
	}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return s.post(t, path, form)
}

// paged are the actions that have a page.
func paged(t *testing.T) []rbac.Action {
	t.Helper()
	return slices.DeleteFunc(rbac.Actions(), func(a rbac.Action) bool { return !slices.Contains(dashboard.Pages(), a.ID) })
}

// count is how many events an operator left that an action may leave.
func (s *site) count(t *testing.T, by store.User, a rbac.Action) (n int) {
	t.Helper()
	kinds := []string{a.Kind, audit.KindAdminRefused, audit.KindUserViewed, audit.KindUsersListed, audit.KindUsersSearched, audit.KindRolesListed, audit.KindEventsListed}
	slices.Sort(kinds)
	for _, kind := range slices.Compact(kinds) {
		n += len(s.left(t, by, kind))
	}
	return n
}

// TestEveryRoleTriesEveryPageAndForm: who has the permission is answered or led on,
// everybody else is refused, and either leaves exactly one event.
func TestEveryRoleTriesEveryPageAndForm(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	n := 0
	allowed := map[string][]string{"editor": nil}
	for _, r := range roomtest.Must(s.house.Roles.List(t.Context())) {
		allowed[r.Name] = r.Permissions
	}
	for role, permissions := range allowed {
		by := s.operator(t, "by-"+role+"@people.example", role)
		for _, a := range paged(t) {
			for _, post := range []bool{false, true} {
				if a.Method == http.MethodGet && post || a.ID == rbac.ActSearchUsers && !post {
					continue
				}
				n++
				on := s.house.Join(t, fmt.Sprintf("on%d@people.example", n))
				s.house.Browser(t, on, session.AMRPassword)
				s.clock.Advance(61 * time.Second) // refusals of one minute are counted together
				s.comes(t, by.Email)
				before := s.count(t, by, a)
				p := s.try(t, a, on, n, post)
				mine := s.count(t, by, a) - before
				may := slices.Contains(permissions, a.Permission)
				if may != (p.StatusCode < http.StatusBadRequest) || !may && p.StatusCode != http.StatusForbidden {
					t.Errorf("%s, %s, a form: %t: answered %d, may: %t\n%s", role, a.ID, post, p.StatusCode, may, p.text)
				}
				if !may && strings.Contains(p.text, on.Email) {
					t.Errorf("%s, %s: the refusal shows the user", role, a.ID)
				}
				if mine != 1 {
					t.Errorf("%s, %s, a form: %t: %d events, want one", role, a.ID, post, mine)
				}
			}
		}
	}
}

// TestWhatTheDashboardRefusesFromForms sends forms that are not, or no longer, right.
func TestWhatTheDashboardRefusesFromForms(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	boss := s.house.Join(t, "boss@people.example")
	s.roles(t, boss.Email, rbac.Owner)
	by := s.operator(t, "admin@people.example", rbac.Admin)
	status := func(u store.User) store.UserStatus {
		return roomtest.Must(s.house.Users.ByID(t.Context(), u.ID)).Status
	}
	disable := rbac.ActionOf(rbac.ActDisableUser)
	for n, test := range []struct {
		name string
		on   store.User
		form []string
		want int
		says string
	}{
		{"somebody above", s.house.User(t, boss.Email), nil, http.StatusForbidden, "fewer permissions"},
		{"an equal", s.house.User(t, by.Email), nil, http.StatusForbidden, "fewer permissions"},
		{"an old version", s.house.Join(t, "old@people.example"), []string{"version", "99"}, http.StatusPreconditionFailed, "This user has changed since you opened the page"},
		{"no version", s.house.Join(t, "none@people.example"), []string{"version", ""}, http.StatusPreconditionFailed, "This user has changed since you opened the page"},
		{"another address", s.house.Join(t, "typed@people.example"), []string{"confirm", "boss@people.example"}, http.StatusUnprocessableEntity, "not the email address above"},
	} {
		s.try(t, disable, test.on, n, true, test.form...).want(t, test.want, test.says)
		if status(test.on) != store.UserActive {
			t.Errorf("%s: the user is %s", test.name, status(test.on))
		}
	}
	// The one action of the operator's own making: nobody raises their own rights.
	s.try(t, rbac.ActionOf(rbac.ActSetRoles), s.house.User(t, by.Email), 0, true, "role", rbac.Owner).want(t, http.StatusForbidden, "fewer permissions")
	on := s.house.Join(t, "other@people.example")
	s.try(t, rbac.ActionOf(rbac.ActSetRoles), on, 0, true, "role", rbac.Owner).want(t, http.StatusForbidden, "")

	p := s.post(t, pathOf(disable, on), url.Values{"version": {"1"}, "confirm": {on.Email}}, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
	if p.StatusCode != http.StatusForbidden || status(on) != store.UserActive {
		t.Errorf("a form of another site was answered %d, and the user is %s", p.StatusCode, status(on))
	}
	// Twice the same: the second is told how the user is by now.
	on = s.house.User(t, on.Email)
	form := url.Values{"version": {strconv.FormatInt(on.Version, 10)}, "confirm": {strings.ToUpper(on.Email)}}
	s.post(t, pathOf(disable, on), form).leads(t, "/admin/users/"+on.ID)
	s.post(t, pathOf(disable, on), form).want(t, http.StatusPreconditionFailed, "This user has changed since you opened the page")
	if n := len(s.left(t, by, audit.KindUserDisabled)); n != 1 || status(on) != store.UserDisabled {
		t.Errorf("disabled %d times, and the user is %s", n, status(on))
	}
}

func pathOf(a rbac.Action, on store.User) string { return strings.Replace(a.Page(), "{id}", on.ID, 1) }

// TestChangesAreMadeByWhoIsThereNow: a proof of identity that is old leads to another,
// from a form as well as from its page, and back to the page.
func TestChangesAreMadeByWhoIsThereNow(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	s.operator(t, ada, rbac.Owner)
	on := s.house.Join(t, "on@people.example")
	s.stale()
	for _, a := range paged(t) {
		if a.ID == rbac.ActEnableUser || a.ID == rbac.ActDeleteRole || a.ID == rbac.ActSearchUsers {
			continue // their fixtures are made anew each time; the rule is one
		}
		for _, post := range []bool{false, true} {
			if p := s.try(t, a, on, 0, post && a.Method != http.MethodGet); a.Recent != strings.HasPrefix(p.Header.Get("Location"), "/account/confirm?return_to=%2Fadmin%2F") {
				t.Errorf("%s is answered %d to %q", a.ID, p.StatusCode, p.Header.Get("Location"))
			}
		}
	}
	if u := s.house.User(t, on.Email); u.Version != on.Version {
		t.Error("something was changed all the same")
	}
}

// TestNamesAreNoMarkupToOperators: what users call themselves is text.
func TestNamesAreNoMarkupToOperators(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.operator(t, ada, rbac.Owner)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	u := roomtest.Must(s.house.Create(t.Context(), signup.Create{Email: "evil@people.example", Password: roomtest.Good, Name: evil}))
	for _, path := range []string{"/admin/users", "/admin/users/" + u.ID, "/admin/users/" + u.ID + "/disable", "/admin/users?after=" + url.QueryEscape(evil), "/admin/users/" + u.ID + "/events?after=" + url.QueryEscape(evil)} {
		if p := s.get(t, path).want(t, http.StatusOK, ""); strings.Contains(p.text, "<script>alert") || strings.Contains(p.text, "<img src=x") {
			t.Errorf("%s holds the markup", path)
		}
	}
	p := s.post(t, "/admin/users/search", url.Values{"user": {evil}})
	if p.StatusCode != http.StatusOK || strings.Contains(p.text, "<script>alert") {
		t.Errorf("the search is answered %d", p.StatusCode)
	}
	if strings.Contains(s.log.String(), "evil@people.example") {
		t.Error("the log names the user")
	}
}

// TestTheWholeLogIsFoundByWhoItIsAbout filters the log in each way that there is.
func TestTheWholeLogIsFoundByWhoItIsAbout(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	by := s.operator(t, ada, rbac.Support)
	on, other := s.house.Join(t, "on@people.example"), s.house.Join(t, "other@people.example")
	_, _ = s.house.SignIn(t, on.Email, "not the password 1")
	_, _ = s.house.SignIn(t, "stranger@people.example", "not the password 1")
	looks := func() int { return s.count(t, by, rbac.ActionOf(rbac.ActListLog)) }

	before := looks()
	p := s.get(t, "/admin/events").want(t, http.StatusOK, "Unknown email address or wrong password")
	if strings.Contains(p.text, "invalid_credentials") || !strings.Contains(p.text, `href="/admin/users/`+on.ID+`"`) {
		t.Errorf("the page shows a code, or does not lead to the user:\n%s", p.text)
	}
	for _, address := range []string{on.Email, "stranger@people.example"} {
		if strings.Contains(p.text, address) {
			t.Errorf("the page shows %s", address)
		}
	}
	if n := looks() - before; n != 1 {
		t.Errorf("a look left %d events", n)
	}

	found := s.post(t, "/admin/events", url.Values{"user": {strings.ToUpper(on.Email)}, "kind": {audit.KindLoginFailed}})
	found.leads(t, "/admin/events?kind=login.failed&user="+on.ID)
	p = s.get(t, found.Header.Get("Location")).want(t, http.StatusOK, "Unknown email address or wrong password")
	if n := strings.Count(p.text, `class="kind"`); n != 1 {
		t.Errorf("%d events are shown, want the one", n)
	}
	if list := s.left(t, by, audit.KindUserViewed); len(list) == 0 || list[0].UserID != on.ID || !strings.Contains(list[0].Details, rbac.ActListLog) {
		t.Errorf("a look at the events of a user left %+v", list)
	}
	s.get(t, "/admin/events?user="+other.ID+"&kind=login.failed").want(t, http.StatusOK, "No events.")

	today := time.Now().UTC()
	for query, want := range map[string]string{
		"from=" + today.AddDate(0, 0, 2).Format(time.DateOnly):                                                             "No events.",
		"until=" + today.AddDate(0, 0, -2).Format(time.DateOnly):                                                           "No events.",
		"from=" + today.AddDate(0, 0, -1).Format(time.DateOnly) + "&until=" + today.AddDate(0, 0, 1).Format(time.DateOnly): "wrong password",
		"kind=login.failed&after=0":                              "No events.",
		"kind=" + url.QueryEscape(`"><script>alert(1)</script>`): "No events.",
		"from=" + today.AddDate(0, 0, -1).Format(time.DateOnly) + "&until=" + today.AddDate(0, 0, 1).Format("2006-01-02") + "&x=y": "wrong password",
	} {
		if p := s.get(t, "/admin/events?"+query).want(t, http.StatusOK, want); strings.Contains(p.text, "<script>alert") {
			t.Error("the page holds the markup")
		}
	}
	for _, query := range []string{"from=yesterday", "until=2026-02-30", "user=nobody", "user=" + url.QueryEscape(on.Email)} {
		s.get(t, "/admin/events?"+query).want(t, http.StatusUnprocessableEntity, "aria-invalid")
	}
	s.post(t, "/admin/events", url.Values{"user": {"nobody@people.example"}}).want(t, http.StatusUnprocessableEntity, "No user has exactly")
}

// TestWhoMayNotLookAtUsersFindsNoneInTheLog: whether an address has an account is not
// for those who read events alone.
func TestWhoMayNotLookAtUsersFindsNoneInTheLog(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	roomtest.Must(s.house.Roles.Create(t.Context(), "reader", []string{rbac.ReadEvents}, audit.Operator{Machine: true}))
	s.operator(t, ada, "reader")
	on := s.house.Join(t, "on@people.example")
	s.post(t, "/admin/events", url.Values{"user": {on.Email}}).want(t, http.StatusForbidden, "Your roles do not allow this.")
	s.post(t, "/admin/events", url.Values{"user": {"nobody@people.example"}}).want(t, http.StatusForbidden, "Your roles do not allow this.")
	if p := s.get(t, "/admin/events?user="+on.ID).want(t, http.StatusOK, on.ID); strings.Contains(p.text, on.Email) || strings.Contains(p.text, `href="/admin/users`) {
		t.Error("the log names the user, or leads there")
	}
}

// TestEveryReasonHasWords: what the rooms write down as a reason is told in words.
func TestEveryReasonHasWords(t *testing.T) {
	t.Parallel()
	say := roomtest.Must(words.Read())[words.English]
	reasons := []string{
		account.ErrWrongPassword.Code, login.ErrNotVerified.Code, login.ErrDisabled.Code, login.ErrPendingDeletion.Code, passkey.ErrRefused.Code, passkey.ErrCeremony.Code,
		rbac.ErrPermission.Code, rbac.ErrOutranked.Code, rbac.ErrLastOwner.Code, rbac.ErrUnproved.Code, rbac.ErrNoRole.Code, rbac.ErrTaken.Code, rbac.ErrInUse.Code,
		admin.ErrUnknown.Code, admin.ErrStatus.Code, admin.ErrChanged.Code, admin.ErrNetwork.Code, admin.ErrTwoFactors.Code, session.ErrNoSession.Code, session.ErrNotRecent.Code,
		account.ErrEmailTaken.Code, signup.ErrNoInvitation.Code, "inviter_may_not", "account_exists",
	}
	for _, file := range []string{"../audit/kinds.go", "../store/sessions.go"} {
		parsed := roomtest.Must(parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution))
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if ok && strings.HasPrefix(spec.Names[0].Name, "Reason") && len(spec.Values) > 0 {
				text, isText := spec.Values[0].(*ast.BasicLit)
				if !isText {
					t.Fatalf("%s: %s is no text", file, spec.Names[0].Name)
				}
				reasons = append(reasons, roomtest.Must(strconv.Unquote(text.Value)))
			}
			return true
		})
	}
	if len(reasons) < 45 {
		t.Fatalf("there are %d reasons", len(reasons))
	}
	for _, reason := range reasons {
		if say["admin.reason."+reason] == "" {
			t.Errorf("no words say %s", reason)
		}
	}
}

// TestRolesAreDefinedOnPages creates and deletes roles, and tries what is refused.
func TestRolesAreDefinedOnPages(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	by := s.operator(t, ada, rbac.Admin)
	s.post(t, "/admin/roles/new", url.Values{"name": {"writers"}, "permission": {rbac.ReadEvents}, "permissions": {"articles:read articles:write"}}).leads(t, "/admin/roles")
	s.get(t, "/admin/roles").want(t, http.StatusOK, "articles:write")
	made := s.left(t, by, audit.KindRoleCreated)
	if len(made) != 1 || !strings.Contains(made[0].Details, `"articles:read"`) || !strings.Contains(made[0].Details, rbac.ReadEvents) {
		t.Errorf("the role left %+v", made)
	}
	for _, test := range []struct {
		form url.Values
		want int
	}{
		{url.Values{"name": {""}}, http.StatusUnprocessableEntity},
		{url.Values{"name": {`"><script>alert(1)</script>`}}, http.StatusUnprocessableEntity},
		{url.Values{"name": {"writers"}}, http.StatusConflict},
		{url.Values{"name": {rbac.Owner}}, http.StatusConflict},
		{url.Values{"name": {"kings"}, "permission": {rbac.ManageOwners}}, http.StatusUnprocessableEntity},
		{url.Values{"name": {"kings"}, "permissions": {"admin:everything"}}, http.StatusUnprocessableEntity},
	} {
		if p := s.post(t, "/admin/roles/new", test.form).want(t, test.want, `aria-invalid="true"`); strings.Contains(p.text, "<script>alert") {
			t.Error("the page holds the markup")
		}
	}
	if p := s.post(t, "/admin/roles/new", url.Values{"name": {"forged"}}, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"); p.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site was answered %d", p.StatusCode)
	}

	on := s.house.Join(t, "on@people.example")
	s.roles(t, on.Email, "writers")
	end := func(name, typed string) page {
		return s.post(t, "/admin/roles/"+name+"/end", url.Values{"confirm": {typed}})
	}
	end("writers", "writer").want(t, http.StatusUnprocessableEntity, "not the name of the role")
	end("writers", "writers").want(t, http.StatusConflict, "Users or invitations still have this role")
	s.roles(t, on.Email)
	end("writers", "writers").leads(t, "/admin/roles")
	end("writers", "writers").want(t, http.StatusNotFound, "no custom role")
	end(rbac.Support, rbac.Support).want(t, http.StatusNotFound, "no custom role")
	var names []string
	for _, role := range roomtest.Must(s.house.Roles.List(t.Context())) {
		names = append(names, role.Name)
	}
	if !slices.Equal(names, rbac.BuiltIn()) {
		t.Errorf("there are the roles %v", names)
	}
}

// TestWhoDefinesRolesGivesNoMoreThanTheyMay: an operator with few permissions defines
// roles with these alone, and does not delete one that allows more.
func TestWhoDefinesRolesGivesNoMoreThanTheyMay(t *testing.T) {
	t.Parallel()
	s := opened(t)
	s.stay()
	machine := audit.Operator{Machine: true}
	roomtest.Must(s.house.Roles.Create(t.Context(), "keeper", []string{rbac.ReadRoles, rbac.DefineRoles}, machine))
	roomtest.Must(s.house.Roles.Create(t.Context(), "blind", []string{rbac.DefineRoles}, machine))
	roomtest.Must(s.house.Roles.Create(t.Context(), "watcher", []string{rbac.ReadEvents}, machine))
	s.operator(t, ada, "keeper")
	s.post(t, "/admin/roles/new", url.Values{"name": {"more"}, "permission": {rbac.DisableUsers}}).want(t, http.StatusForbidden, "only grant permissions that you have")
	s.post(t, "/admin/roles/watcher/end", url.Values{"confirm": {"watcher"}}).want(t, http.StatusForbidden, "only grant permissions that you have")
	if p := s.get(t, "/admin/roles"); strings.Contains(p.text, "/admin/roles/watcher/end") {
		t.Error("the list leads to what is refused")
	}
	s.operator(t, "blind@people.example", "blind")
	for _, path := range []string{"/admin/roles", "/admin/roles/new", "/admin/roles/watcher/end"} {
		s.get(t, path).want(t, http.StatusForbidden, "Your roles do not allow this.")
	}
}
