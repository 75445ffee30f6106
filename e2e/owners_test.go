package e2e_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/audittest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// TestTheFirstOwnerIsMadeByCommand has an operator make an owner and a role, be refused
// to take the owner away, and looks at who the trail says it was.
func TestTheFirstOwnerIsMadeByCommand(t *testing.T) {
	t.Parallel()
	o := apptest.Options{DataDir: t.TempDir()}
	run := func(want int, says string, args ...string) {
		t.Helper()
		out, errs, code := apptest.Run(t.Context(), t, o, strings.NewReader("violet umbrella 27\n"), args...)
		if code != want || !strings.Contains(out+errs, says) {
			t.Errorf("%s: %d %s%s, want %d and %q", strings.Join(args, " "), code, out, errs, want, says)
		}
	}
	create := []string{"user", "create", "--email", "root@people.example", "--password-stdin", "--owner"}
	run(0, "version", "migrate")
	run(0, "sallyport user create", "doctor")
	run(2, "--verified", create...)
	run(0, "Created", append(create, "--verified")...)
	run(0, "active users with the role owner: 1", "doctor")
	run(1, "last owner", "user", "disable", "root@people.example")
	run(1, "last owner", "user", "roles", "root@people.example", "--remove", "owner")
	run(0, "owner", "user", "roles", "root@people.example")
	run(0, "Created role editor", "role", "create", "editor", "--permission", "articles:write")
	run(1, "at most 64", "role", "create", "chief", "--permission", "admin:owners:manage")
	run(0, "articles:write", "role", "list")
	run(0, "editor, owner", "user", "roles", "root@people.example", "--add", "editor")
	run(1, "Users or invitations still have this role", "role", "delete", "editor")
	run(2, "name one role", "role", "delete")

	db, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + o.DataDir + "/sallyport.db"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, kind := range []string{audit.KindUserCreated, audit.KindRoleCreated, audit.KindRolesChanged} {
		events := audittest.List(t, db, kind)
		if len(events) != 1 || events[0].ActorID != fmt.Sprintf("os:%d", os.Getuid()) {
			t.Errorf("%s: %+v, want one by the user who ran the command", kind, events)
		}
	}
}
