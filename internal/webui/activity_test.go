package webui

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/words"
)

const activityPath = "/account/activity"

func TestPeopleSeeWhatHappenedToTheirAccount(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.house.Join(t, "bob@people.example")
	from := audit.Origin{Address: "203.0.113.66", UserAgent: firefox}
	for range 3 {
		if _, err := s.house.Logins.WithPassword(t.Context(), login.Password{Email: ada, Password: "not hers at all", Origin: from}); err == nil {
			t.Fatal("a wrong password signs in")
		}
	}
	s.clock.Advance(3 * time.Minute) // until the minute of the refusals is over
	keeper := audit.Keeper{Store: s.house.Store, Trail: audit.New(s.clock), Clock: s.clock}
	if err := keeper.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := s.get(t, activityPath).want(t, http.StatusOK, english("activity.heading"))
	rest := page.text
	for _, next := range []string{
		english("activity.kind.login.failed"), english("activity.repeated.other", "n", "2"),
		english("activity.kind.login.failed"), "Firefox", "203.0.113.66",
		english("activity.kind.session.opened"), english("activity.kind.user.created"),
	} {
		_, after, found := strings.Cut(rest, next)
		if !found {
			t.Errorf("the page does not say %q, or not in its place", next)
			continue
		}
		rest = after
	}
	if strings.Contains(page.text, "bob") || strings.Contains(page.text, english("activity.more")) {
		t.Error("the page tells of somebody else, or that there is more")
	}
}

func TestALongActivityIsShownInPages(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	const events = 60
	trail, who := audit.New(s.clock), s.user(t).ID
	err := s.house.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for range events {
			if err := trail.Record(ctx, tx, audit.Event{Kind: "later.kind", Outcome: audit.Success, UserID: who}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	first := s.get(t, activityPath).want(t, http.StatusOK, english("activity.more")).text
	_, link, _ := strings.Cut(first, `href="`+activityPath+"?")
	query, _, _ := strings.Cut(link, `"`)
	second := s.get(t, activityPath+"?"+strings.ReplaceAll(query, "&amp;", "&")).want(t, http.StatusOK, english("activity.kind.session.opened")).text
	unknown := "<strong>" + english("activity.kind") + "</strong>"
	if n, m := strings.Count(first, unknown), strings.Count(second, unknown); n != 50 || n+m != events {
		t.Errorf("%d and %d events of a kind that this version does not know, of %d", n, m, events)
	}
	if text := s.get(t, activityPath+"?after=0").want(t, http.StatusOK, "").text; !strings.Contains(text, english("activity.none")) {
		t.Error("an empty page does not say that it is")
	}
	for _, after := range []string{"%00", url.QueryEscape(strings.Repeat("x", 5000)), "%ff"} {
		if got := s.get(t, activityPath+"?after="+after).StatusCode; got == http.StatusInternalServerError {
			t.Errorf("after=%.20s: status %d", after, got)
		}
	}
}

// Whatever can happen has words in every language, but for what concerns no user.
func TestEveryKindOfEventHasWords(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../audit/kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(v.Names[0].Name, "Kind") {
			return true
		}
		kind := roomtest.Must(strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)) //nolint:forcetypeassert // a constant
		if room, _, _ := strings.Cut(kind, "."); slices.Contains([]string{"job", "audit", "database", "client", "users", "hook", "key", "role", "admin"}, room) {
			return true // of nobody in particular
		}
		kinds++
		for language, catalogue := range roomtest.Must(words.Read()) {
			if _, ok := catalogue["activity.kind."+kind]; !ok {
				t.Errorf("%s: no words for %s", language, kind)
			}
		}
		return true
	})
	if kinds < 30 {
		t.Errorf("%d kinds were found", kinds)
	}
}
